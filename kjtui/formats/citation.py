"""A source as a plain citation, to paste into a text."""

from __future__ import annotations

from kjtui.record.model import Record, Source
from kjtui.record.partial_date import day_text
from kjtui.words import labels
from kjtui.words.addresses import web_address


def citation(source: Source, record: Record) -> str:
    """Return title, publisher, date, address and the day on which it was last read."""
    title = labels.title(source)
    stop = "" if title[-1:] in ".?!…" else "."
    address = web_address(source.url)
    where = f" {address} (accessed {day_text(record.dataset.reviewed)})." if address else ""
    return f"{title}{stop} {source.publisher}, {source.date or 'undated'}.{where}"
