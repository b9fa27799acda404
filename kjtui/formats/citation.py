"""Sources and records as plain citations, to paste into a text."""

from __future__ import annotations

from kjtui.languages import ENGLISH, tr
from kjtui.record.model import Dataset, Record, Source
from kjtui.record.partial_date import day_text
from kjtui.words import source_words
from kjtui.words.addresses import web_address


def citation(source: Source, record: Record) -> str:
    """Return the title, publisher, date, address and access day of a source."""
    title = source_words.title(source)
    stop = "" if title[-1:] in ".?!…" else "."
    address = web_address(source.url)
    accessed = source.accessed or record.dataset.reviewed
    cited = f"{title}{stop} {source.publisher}, {source.date or tr('undated')}."
    if not address:
        return cited
    where = tr("{address} (accessed {day}).", address=address, day=day_text(accessed))
    return f"{cited} {where}"


def record_citation(record: Record) -> str:
    """Return the authors, title, version, day of review, address and digest of a record."""
    dataset = record.dataset
    parts = [
        ", ".join(dataset.authors),
        tr("{title}, version {version}", title=dataset.title, version=dataset.version),
        text_language(dataset),
        day_text(dataset.reviewed),
        web_address(dataset.url) or "",
        f"SHA-256 {record.digest}",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def text_language(dataset: Dataset) -> str:
    """Return a phrase with the language of a record's text.

    For English and for unknown languages, return an empty text.
    """
    name = source_words.LANGUAGE_NAMES.get(dataset.language, "")
    if not name or dataset.language == ENGLISH:
        return ""
    return tr("{language} text", language=tr(name.capitalize()))
