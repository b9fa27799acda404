"""Sources in words: publisher, date and title."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kjtui.languages import join_items, noted, tr
from kjtui.record.model import Source


def published(source: Source, day: date | None = None) -> str:
    """Return the publisher and the date of a source, marked if later than a day."""
    dated = source.date.text if source.date else tr("undated")
    later = tr("later than this day") if day and source.is_later(day) else ""
    return noted(join_items((source.publisher, dated)), later)


def title(source: Source) -> str:
    """Return the title of a source, marked if the cited text is a machine translation."""
    return source.title + machine_translation(source)


def brackets(sources: Iterable[Source]) -> str:
    """Return a sentence on titles in square brackets; empty if no source has such a title."""
    if any(source.title.startswith("[") for source in sources):
        return tr("A title in square brackets is a description of the source, not its own title.")
    return ""


def machine_translation(source: Source) -> str:
    """Return the mark of a machine translation, placed after the title; empty otherwise."""
    return noted("", tr("machine translation")) if source.machine_translated else ""
