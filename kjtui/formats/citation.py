"""Sources and records as plain citations, to paste into a text."""

from __future__ import annotations

from kjtui.record.model import Record, Source
from kjtui.record.partial_date import day_text
from kjtui.words import labels
from kjtui.words.addresses import web_address


def citation(source: Source, record: Record) -> str:
    """Return title, publisher, date, address and access day."""
    title = labels.title(source)
    stop = "" if title[-1:] in ".?!…" else "."
    address = web_address(source.url)
    accessed = source.accessed or record.dataset.reviewed
    where = f" {address} (accessed {day_text(accessed)})." if address else ""
    return f"{title}{stop} {source.publisher}, {source.date or 'undated'}.{where}"


def record_citation(record: Record) -> str:
    """Return authors, title, version, day of review, address and digest of a record."""
    dataset = record.dataset
    parts = [
        ", ".join(dataset.authors),
        f"{dataset.title}, version {dataset.version}",
        day_text(dataset.reviewed),
        web_address(dataset.url) or "",
        f"SHA-256 {record.digest}",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
