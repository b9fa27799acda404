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
main > .lanes { list-style: none; padding: 0; max-width: none; }
.fill { position: absolute; }
.lanes li { display: grid; grid-template-columns: 12rem 1fr; gap: 0 0.5rem; align-items: center; }
.lanes svg { width: 100%; height: 1.25rem; }
.lanes .years { height: 1rem; font: 0.75rem system-ui, sans-serif; }
.lanes text { fill: CanvasText; }
.lanes line { stroke: GrayText; }
.bar { stroke: CanvasText; fill: CanvasText; }
.bar.free, .bar.idle { fill: Canvas; }
.bar.idle, .bar.open, .bar.advanced, .bar.closed { stroke-dasharray: 3 2; }
.bar.eased, .bar.open { fill-opacity: 0.25; }
.bar.advanced { fill-opacity: 0.5; }
.bar.closed { fill: url(#closed-fill); }
pattern path { stroke: CanvasText; stroke-width: 2; }
.legend svg { width: 1.5rem; height: 1rem; vertical-align: middle; }
@media (max-width: 40rem) {
  .lanes li { display: block; }
  .lanes a { display: inline-block; padding-top: 0.5rem; }
}
"""

_BAR = 'y="3" height="14"'
"""Position and height of a bar in pixels."""

_MIN_YEAR_WIDTH = 6.0
"""Minimum distance between the labels of the first two years, in percent of the picture's width.

Closer labels would overlap.
"""

_MAX_YEARS = 10

_CLOSED_FILL = (
    '<svg class="fill" width="0" height="0" aria-hidden="true"><defs>'
    '<pattern id="closed-fill" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path d="M-1 1 1 -1M0 6 6 0M5 7 7 5"/></pattern></defs></svg>'
)
"""Diagonal lines as the fill of closed procedures. A solid fill would look like a restriction."""


def lanes_picture(history: History, links: SiteLinks) -> Iterator[str]:
    """Yield the HTML lines of the picture: one row per track, one bar per run.

    The picture shows the whole record, so bars have the days in force, as in ``kjtui runs``. A change that
    was published later is at its first day in force.

    A table below the picture shows the same data in text form.

    Each row is a separate SVG with positions in percent of its width, so that all years fit on a phone.
    """
    scale = _Scale(history)
    years = list(scale.years())
    grid = "".join(f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>' for _, x in years)
    name = escape(tr("States over time"))
    yield _CLOSED_FILL
    yield f'<ul class="lanes" aria-label="{name}">'
    numbers = "".join(f'<text x="{x:.2f}%" dx="2" y="12">{year}</text>' for year, x in years)
    yield f'<li aria-hidden="true"><span></span><svg class="years">{numbers}</svg></li>'
    for track in history.record.tracks.values():
        bars = "".join(_bar(run, scale) for run in history.runs(track.id))
        link = f'<a href="{links.track(track.id)}">{escape(track.name)}</a>'
        yield f'<li>{link}<svg aria-hidden="true">{grid}{bars}</svg></li>'
    yield "</ul>"
    yield from _legend(history)
    yield from _table(history, links)


def _legend(history: History) -> Iterator[str]:
    """Yield the fill, the sign and the name of each tone in the record."""
    yield '<ul class="legend">'
    for tone in labels.record_tones(history.record):
        box = f'<rect class="bar {tone}" x="1" y="1" width="22" height="14"/>'
        bar = f'<svg viewBox="0 0 24 16" aria-hidden="true">{box}</svg>'
        yield f"<li>{bar} {labels.SYMBOLS[tone]} {escape(labels.tone_word(tone))}</li>"
    yield "</ul>"


class _Scale:
    """Horizontal positions of days, in percent of the picture's width."""

    def __init__(self, history: History) -> None:
        self.first = history.record.dataset.coverage.first
        self.last = max(history.last_day, self.first)
        self._days = max((self.last - self.first).days, 1)

    def position(self, day: date) -> float:
        """Return the position of a day. A day outside the scale is at the nearest end."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return days * 100 / self._days

    def years(self) -> Iterator[tuple[int, float]]:
        """Return the years to label, with their positions. In a long record, only some years are labelled.

        If the first two labels would overlap, the first year is omitted.
        """
        years = range(self.first.year, self.last.year + 1)
        step = (len(years) - 1) // _MAX_YEARS + 1
        shown = [(year, self.position(date(year, 1, 1))) for year in years[::step]]
        if len(shown) > 1 and shown[1][1] - shown[0][1] < _MIN_YEAR_WIDTH:
            del shown[0]
        return iter(shown)


def _bar(run: Run, scale: _Scale) -> str:
    """Return the bar of a run, or an empty text if the run ended before the first day of the picture."""
    if run.end is not None and run.end < scale.first:
        return ""
    left = scale.position(run.since or scale.first)
    width = max(scale.position(run.end or scale.last) - left, 0.15)
    title = tr("{label}: {value}", label=run.state.label, value=_span(run))
    place = f'x="{left:.2f}%" width="{width:.2f}%" {_BAR}'
    return f'<rect class="bar {run.state.tone}" {place}><title>{escape(title)}</title></rect>'


def _span(run: Run) -> str:
    """Return the first and the last day in force of a run as text. If a day is unknown, it is left out."""
    last = day_text(run.end) if run.end else ""
    if run.since is None:
        return tr("to {day}", day=last) if last else tr("always")
    first = day_text(run.since)
    if run.since == run.end:
        return first
    return tr("from {first} to {last}", first=first, last=last) if last else tr("from {day}", day=first)


def _table(history: History, links: SiteLinks) -> Iterator[str]:
    yield "<details>"
    yield f"<summary>{escape(tr('The same data as a table'))}</summary>"
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
