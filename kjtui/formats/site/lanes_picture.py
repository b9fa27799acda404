"""A picture of all tracks over time, in SVG."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from kjtui.formats.site.site_links import SiteLinks
from kjtui.history.fold import Run
from kjtui.history.snapshot import History
from kjtui.languages import tr
from kjtui.record.partial_date import day_text
from kjtui.words import labels

STYLE = """\
.lanes { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
.lanes text { fill: CanvasText; }
.lanes a text { fill: LinkText; text-decoration: underline; }
.lanes line { stroke: GrayText; }
.lanes rect { stroke: CanvasText; fill: CanvasText; }
.lanes .free, .lanes .idle { fill: Canvas; }
.lanes .idle, .lanes .open, .lanes .advanced, .lanes .closed { stroke-dasharray: 3 2; }
.lanes .eased, .lanes .open { fill-opacity: 0.25; }
.lanes .advanced { fill-opacity: 0.5; }
.lanes .closed { fill: url(#closed-fill); }
.lanes path { stroke: CanvasText; stroke-width: 2; }
.scroll { overflow-x: auto; }
.scroll .lanes { min-width: 40rem; }
.legend .lanes { width: 1.5rem; height: 1rem; vertical-align: middle; }
"""

_NAME_WIDTH = 190
_CHART_WIDTH = 770
_ROW_HEIGHT = 24
_BAR_HEIGHT = 14
_YEAR_WIDTH = 40

_CLOSED_FILL = (
    '<defs><pattern id="closed-fill" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path d="M-1 1 1 -1M0 6 6 0M5 7 7 5"/></pattern></defs>'
)
"""Diagonal lines. A solid fill would look like the fill of a restriction."""


def lanes_picture(history: History, links: SiteLinks) -> Iterator[str]:
    """Yield the lines of the picture: one row per track, one bar per run. A table holds the same as text."""
    tracks = list(history.record.tracks.values())
    height = (len(tracks) + 1) * _ROW_HEIGHT
    size = f'viewBox="0 0 {_NAME_WIDTH + _CHART_WIDTH} {height}"'
    name, kind = escape(tr("States over time")), escape(tr("Chart"))
    yield f'<section class="scroll" tabindex="0" aria-label="{name}">'
    yield f'<svg class="lanes" {size} xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{kind}">'
    yield _CLOSED_FILL
    scale = _Scale(history)
    for year, x in scale.years():
        yield f'<line x1="{x}" x2="{x}" y1="{_ROW_HEIGHT}" y2="{height}"/>'
        yield f'<text x="{x + 3}" y="{_ROW_HEIGHT - 8}">{year}</text>'
    for row, track in enumerate(tracks, 1):
        top = row * _ROW_HEIGHT
        name = f'<text x="0" y="{top + 16}">{escape(track.name)}</text>'
        yield f'<a href="{links.track(track.id)}">{name}</a>'
        for run in history.runs(track.id):
            yield from _bar(run, top, scale)
    yield "</svg>"
    yield "</section>"
    yield from _legend(history)
    yield from _table(history, links)


def _legend(history: History) -> Iterator[str]:
    """Yield the fill, the sign and the name of each tone in the record."""
    yield '<ul class="legend">'
    for tone in labels.record_tones(history.record):
        box = f'<rect class="{tone}" x="1" y="1" width="22" height="{_BAR_HEIGHT}"></rect>'
        bar = f'<svg class="lanes" viewBox="0 0 24 16" aria-hidden="true">{box}</svg>'
        yield f"<li>{bar} {labels.SYMBOLS[tone]} {escape(labels.tone_word(tone))}</li>"
    yield "</ul>"


class _Scale:
    """Horizontal positions of days."""

    def __init__(self, history: History) -> None:
        self.first = history.record.dataset.coverage.first
        self.last = max(history.last_day, self.first)
        self._days = max((self.last - self.first).days, 1)

    def position(self, day: date) -> int:
        """Return the position of a day; a day outside the scale gets the nearest end."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return _NAME_WIDTH + round(days * _CHART_WIDTH / self._days)

    def years(self) -> Iterator[tuple[int, int]]:
        """Return years with their positions; for a long record, only some years.

        The first year is shown only if its name has room before the second.
        """
        years = range(self.first.year, self.last.year + 1)
        shown = [(year, self.position(date(year, 1, 1))) for year in years[:: len(years) // 12 + 1]]
        if len(shown) > 1 and shown[1][1] - shown[0][1] < _YEAR_WIDTH:
            del shown[0]
        return iter(shown)


def _bar(run: Run, top: int, scale: _Scale) -> Iterator[str]:
    left = scale.position(run.first)
    right = scale.position(run.last or scale.last)
    if right <= left and run.last:
        right = left + 1
    if run.last is not None and run.last < scale.first:
        return
    title = tr("{label}: {value}", label=run.state.label, value=_span(run))
    box = f'x="{left}" y="{top + 4}" width="{right - left}" height="{_BAR_HEIGHT}"'
    yield f'<rect class="{run.state.tone}" {box}><title>{escape(title)}</title></rect>'


def _span(run: Run) -> str:
    """Return the first and the last day of a run, if it has them."""
    last = day_text(run.last) if run.last else ""
    if run.first == date.min:
        return tr("to {day}", day=last) if last else tr("always")
    first = day_text(run.first)
    if run.first == run.last:
        return first
    return tr("from {first} to {last}", first=first, last=last) if last else tr("from {day}", day=first)


def _table(history: History, links: SiteLinks) -> Iterator[str]:
    yield "<details>"
    yield f"<summary>{escape(tr('The same as a table'))}</summary>"
    yield "<table>"
    heads = "".join(
        f'<th scope="col">{escape(name)}</th>' for name in (tr("Track"), tr("State"), tr("Dates"))
    )
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for track in history.record.tracks.values():
        link = f'<a href="{links.track(track.id)}">{escape(track.name)}</a>'
        for run in history.runs(track.id):
            state = f"{labels.SYMBOLS[run.state.tone]} {escape(run.state.label)}"
            yield f'<tr><th scope="row">{link}</th><td>{state}</td><td>{escape(_span(run))}</td></tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</details>"
