"""The HTML document of a day on a server, with links to other days and to the app."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from urllib.parse import urlencode

from kjtui.documents.document import Document
from kjtui.formats.html import render
from kjtui.formats.html_page import link_list
from kjtui.history.day_steps import next_of, previous_of
from kjtui.history.snapshot import Snapshot
from kjtui.languages import current_language, tr
from kjtui.record.partial_date import day_text


def served_page(document: Document, snapshot: Snapshot) -> str:
    """Return the page of a snapshot's document."""
    return render(document, list(_navigation(snapshot)))


def _navigation(snapshot: Snapshot) -> Iterator[str]:
    history, day = snapshot.history, snapshot.day
    yesterday, tomorrow = day - timedelta(days=1), day + timedelta(days=1)
    before, after = previous_of(history.changes, day), next_of(history.changes, day)
    links = [_link("./", day, tr("Open this day in the app"))]
    if yesterday >= history.first_day:
        links.append(_day_link(yesterday, tr("Previous day")))
    if tomorrow <= history.last_day:
        links.append(_day_link(tomorrow, tr("Next day")))
    if before and before != yesterday:
        links.append(_day_link(before, tr("Previous change: {day}", day=day_text(before))))
    if after and after != tomorrow:
        links.append(_day_link(after, tr("Next change: {day}", day=day_text(after))))
    yield from link_list(tr("Days"), links)


def _day_link(day: date, text: str) -> str:
    return _link("document", day, text)


def _link(page: str, day: date, text: str) -> str:
    query = urlencode({"date": day.isoformat(), "lang": current_language()})
    return f'<a href="{escape(f"{page}?{query}")}">{escape(text)}</a>'
