"""The pages at the root of a site: the overview, and lists of events, meetings, terms and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

import msgspec

from kjtui.find.names import terms_by_name
from kjtui.formats.html import source_line
from kjtui.formats.html_page import link_list
from kjtui.formats.site.lanes_picture import lanes_picture
from kjtui.formats.site.search_page import json_in_html
from kjtui.formats.site.site_links import SiteLinks, page_name
from kjtui.history.fold import Standing, decides
from kjtui.history.snapshot import History, Snapshot, sources_of
from kjtui.languages import join_clauses, join_items, labelled, tr
from kjtui.record.model import Event, Record, Source
from kjtui.words import day_words, labels, meeting_words
from kjtui.words.addresses import web_address

_LINKS = SiteLinks("")


def overview(history: History) -> Iterator[str]:
    """Yield a description of the record, the states over time, and the days with a change."""
    dataset = history.record.dataset
    if dataset.about:
        yield f"<p>{escape(dataset.about)}</p>"
    yield f"<h2>{escape(tr('States over time'))}</h2>"
    yield from lanes_picture(history, _LINKS)
    yield f"<h2>{escape(tr('Tracks'))}</h2>"
    last = history.snapshot(history.last_day)
    as_of = tr("As of the last day of the record, {day}.", day=day_words.long_day(history.last_day))
    yield f"<p>{escape(as_of)}</p>"
    yield "<ul>"
    for standing in last.standings:
        link = f'<a href="{_LINKS.track(standing.track.id)}">{escape(standing.track.name)}</a>'
        yield f"<li>{labelled(link, escape(_standing(standing, history.last_day)))}</li>"
    yield "</ul>"
    if not history.changes:
        return
    yield f"<h2>{escape(tr('Days on which a state changed, or its change became known'))}</h2>"
    yield "<ul>"
    for day in history.changes:
        names = join_clauses(_changed(history, day))
        yield f'<li><a href="{_LINKS.day(day)}"><time>{day}</time></a> {escape(names)}</li>'
    yield "</ul>"


def _standing(standing: Standing, day: date) -> str:
    """Return the text of a standing: its state, a warning if the state is overdue, and the pending states."""
    parts = [labels.signed_state(standing, day), labels.overdue(standing, day)]
    parts += [labels.pending(entry, standing, day) for entry in standing.pending]
    return join_clauses(part for part in parts if part)


def _changed(history: History, day: date) -> Iterator[str]:
    """Yield the tracks whose state changed on a day, with the new state."""
    for track in history.record.tracks.values():
        for run in history.runs(track.id):
            if run.first == day:
                yield labelled(track.name, run.state.label)


def events(history: History) -> Iterator[str]:
    """Yield all events, grouped by year. Events that decide a change of a state are in bold type."""
    bold = tr("Events with a decision that changes a state are in bold type.")
    yield f"<p>{escape(bold)}</p>"
    years: dict[str, list[str]] = {}
    for event in history.record.events:
        title = f'<a href="{_LINKS.event(event.id)}">{escape(event.title)}</a>'
        if decides(event):
            title = f"<strong>{title}</strong>"
        line = f"<li><time>{event.date.text}</time> · {escape(' '.join(event.actors))} · {title}</li>"
        years.setdefault(str(event.day.year), []).append(line)
    yield from _sections(years)


def _sections(sections: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield links to headings, followed by the headings with their lists.

    Args:
        sections: The headings, each with the items of its list.
    """
    yield from link_list(
        tr("On this page"), [f'<a href="#{name}">{escape(tr(name))}</a>' for name in sections]
    )
    for name, items in sections.items():
        yield f'<h2 id="{name}">{escape(tr(name))}</h2>'
        yield from ("<ul>", *items, "</ul>")


def meetings(history: History) -> Iterator[str]:
    """Yield all meetings with their status and days."""
    yield "<ul>"
    for state in history.snapshot(history.last_day).meetings.known:
        name = f'<a href="{_LINKS.meeting(state.meeting.id)}">{escape(state.meeting.name)}</a>'
        words = join_items((labels.spoken(state.status), meeting_words.days(state)))
        yield f"<li>{labelled(name, escape(words))}</li>"
    yield "</ul>"


def terms(history: History) -> Iterator[str]:
    """Yield all terms with their meaning, sorted by name."""
    yield "<ul>"
    for term in terms_by_name(history.record):
        name = f'<a href="{_LINKS.term(term.id)}">{escape(term.term)}</a>'
        yield f"<li>{labelled(name, escape(term.meaning))}</li>"
    yield "</ul>"


def sources(history: History) -> Iterator[str]:
    """Yield all sources, grouped by year of publication. Each source has links to the events that cite it."""
    last = history.snapshot(history.last_day)
    citing = _citing(last)
    years: dict[str, list[str]] = {}
    for source in sorted(history.record.sources.values(), key=_published):
        year = str(source.date.first.year) if source.date else "undated"
        years.setdefault(year, []).extend(_source(source, citing.get(source.id, ()), last.day))
    yield from _sections(years)


def _published(source: Source) -> date:
    """Return the day of publication as a sort key. Undated sources come last."""
    return source.date.first if source.date else date.max


def _source(source: Source, citing: Sequence[Event], day: date) -> Iterator[str]:
    yield f'<li id="{escape(page_name("source", source.id)[:-5].replace("/", "-"))}">'
    yield source_line(source, day)
    if citing:
        yield "<ul>"
        for event in citing:
            yield f'<li><a href="{_LINKS.event(event.id)}">{escape(event.title)}</a></li>'
        yield "</ul>"
    yield "</li>"


def _citing(snapshot: Snapshot) -> dict[str, list[Event]]:
    """Return a dictionary from the id of each cited source to the events that cite the source."""
    citing: dict[str, list[Event]] = {}
    for event in snapshot.events:
        for source in sources_of(event, snapshot):
            citing.setdefault(source, []).append(event)
    return citing


def dataset_description(record: Record) -> Iterator[str]:
    """Yield a schema.org ``Dataset`` that describes the record, for search engines."""
    dataset = record.dataset
    data = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.about or dataset.notice or dataset.title,
        "version": dataset.version,
        "dateModified": dataset.reviewed.isoformat(),
        "temporalCoverage": f"{dataset.coverage.first}/{dataset.coverage.last}",
        "inLanguage": dataset.language,
        "identifier": f"sha256:{record.digest}",
        "license": _licence_address(dataset.license),
        "url": web_address(dataset.url) or "",
        "creator": [{"@type": "Organization", "name": author} for author in dataset.authors],
        "isAccessibleForFree": True,
    }
    text = msgspec.json.encode({name: value for name, value in data.items() if value}).decode()
    yield f'<script type="application/ld+json">{json_in_html(text)}</script>'


def _licence_address(identifier: str) -> str:
    """Return the web address of a licence, given its SPDX identifier. Search engines expect an address."""
    return f"https://spdx.org/licenses/{identifier}" if identifier and " " not in identifier else identifier
