"""The HTML document of a day as served on the web, with links to other days, languages and the app."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from urllib.parse import urlencode

from kjtui.documents.document import Document
from kjtui.formats.html import Links, render
from kjtui.formats.html_page import language_list, link_list
from kjtui.history.day_steps import next_of, previous_of
from kjtui.history.snapshot import Snapshot
from kjtui.languages import LANGUAGES, current_language, tr
from kjtui.record.partial_date import day_text


def served_page(document: Document, snapshot: Snapshot, *, full: bool) -> str:
    """Return the page of a snapshot's document.

    Args:
        document: The document.
        snapshot: The snapshot.
        full: Whether the document contains every event. Even if true, links to other days lead to short
            documents.
    """
    navigation = [*_days(snapshot), *_day_field(snapshot), *_languages(snapshot.day, full=full)]
    return render(document, navigation, _ServedLinks(snapshot.day))


class _ServedLinks(Links):
    """Links of a served document.

    The only page to link to is the full document of the day, which lists all events.
    """

    def __init__(self, day: date) -> None:
        self._day = day

    def events(self) -> str:
        return _address("document", self._day, full=True)


def _days(snapshot: Snapshot) -> Iterator[str]:
    history, day = snapshot.history, snapshot.day
    yesterday, tomorrow = day - timedelta(days=1), day + timedelta(days=1)
    before, after = previous_of(history.changes, day), next_of(history.changes, day)
    links = [_link(_address("./", day), tr("Open this day in the app"))]
    if yesterday >= history.first_day:
        links.append(_link(_address("document", yesterday), tr("Previous day")))
    if tomorrow <= history.last_day:
        links.append(_link(_address("document", tomorrow), tr("Next day")))
    if before and before != yesterday:
        links.append(_link(_address("document", before), tr("Previous change: {day}", day=day_text(before))))
    if after and after != tomorrow:
        links.append(_link(_address("document", after), tr("Next change: {day}", day=day_text(after))))
    yield from link_list(tr("Days"), links)


def _day_field(snapshot: Snapshot) -> Iterator[str]:
    """Yield a form that opens a chosen day of the record."""
    first, last = snapshot.history.first_day, snapshot.history.last_day
    yield '<form action="document">'
    yield f'<label for="date">{escape(tr("Day"))}</label>'
    limits = f'value="{snapshot.day}" min="{first}" max="{last}" required'
    yield f'<input type="date" id="date" name="date" {limits}>'
    yield f'<input type="hidden" name="lang" value="{current_language()}">'
    yield f'<button type="submit">{escape(tr("Show"))}</button>'
    yield "</form>"


def _languages(day: date, *, full: bool) -> Iterator[str]:
    addresses = [(code, _address("document", day, language=code, full=full)) for code in LANGUAGES]
    yield from language_list(addresses, current_language())


def _address(page: str, day: date, *, language: str = "", full: bool = False) -> str:
    query = {"date": day.isoformat(), "lang": language or current_language()}
    if full:
        query["full"] = "1"
    return f"{page}?{urlencode(query)}"


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'
