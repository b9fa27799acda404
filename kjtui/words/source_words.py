"""Sources in words: publisher, date and title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kjtui.languages import join_items, noted, tr
from kjtui.record.model import Source

LANGUAGE_NAMES: Mapping[str, str] = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "pt": "portuguese",
    "ru": "russian",
    "zh": "chinese",
}
"""The names of languages, as used in biblatex."""


def language_name(code: str) -> str:
    """Return the name of a language, translated into the language of the interface.

    For an unknown language, return the code.
    """
    return tr(LANGUAGE_NAMES[code].capitalize()) if code in LANGUAGE_NAMES else code


def published(source: Source, day: date | None = None) -> str:
    """Return the publisher and the date of a source, with a note if the date is later than ``day``."""
    dated = source.date.text if source.date else tr("undated")
    later = tr("later than this day") if day and source.is_later(day) else ""
    return noted(join_items((source.publisher, dated)), later)


def title(source: Source) -> str:
    """Return the title of a source, with a note if the cited text is a machine translation."""
    return source.title + machine_translation(source)


def brackets(sources: Iterable[Source]) -> str:
    """Return a sentence that explains titles in square brackets. Empty if no source has such a title."""
    if any(source.title.startswith("[") for source in sources):
        return tr("A title in square brackets is a description of the source, not its own title.")
    return ""


def machine_translation(source: Source) -> str:
    """Return a note on machine translation, as a suffix for the title of a source.

    Empty if the cited text is not a machine translation.
    """
    return noted("", tr("machine translation")) if source.machine_translated else ""
