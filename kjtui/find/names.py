"""Find tracks, meetings, actors and terms by a typed name or by a part of a name such as a surname."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from kjtui.find.word_match import fold, is_unspaced, joined
from kjtui.record.model import Record, Term

Names = Mapping[str, tuple[str, ...]]
"""A mapping from the id of each item to its names."""

_KANA = re.compile(r"[\u3041-\u30ff\s]+")
"""A name in hiragana or katakana only. The range includes the middle dot and the sign for a long vowel."""


class Typed(NamedTuple):
    """The items that a typed name can mean.

    Attributes:
        ids: the ids of the items. If the text is a whole name, items whose main name matches come first,
            then items whose alias matches.
        whole: whether the text is a whole name.
        first: whether the text is the beginning of a name, such as a surname.
    """

    ids: tuple[str, ...]
    whole: bool = False
    first: bool = False


def names_of(kind: str, record: Record) -> Names:
    """Return the names of all items of a kind. The keys are the ids. The main name of an item comes first.

    The kind is "track", "meeting", "actor" or "term".
    """
    if kind == "track":
        return {track.id: (track.name, track.short, *track.aliases) for track in record.tracks.values()}
    if kind == "meeting":
        return {
            meeting.id: (meeting.name, meeting.short, *meeting.aliases)
            for meeting in record.meetings.values()
        }
    if kind == "actor":
        aliases = record.dataset.aliases
        return {code: (name, *aliases.get(name, ())) for code, name in record.dataset.actors.items()}
    return {term.id: (term.term, *term.aliases) for term in record.terms.values()}


def terms_by_name(record: Record) -> list[Term]:
    """Return the glossary entries in the order of their names in the language of the record.

    Case is ignored. In Japanese, a name with an alias in kana is sorted by this reading, because the order of
    kanji says nothing about how they are read.
    """

    def sort_key(term: Term) -> str:
        names = (term.term, *term.aliases)
        readings = filter(_KANA.fullmatch, names) if record.dataset.language == "ja" else iter(names)
        return joined(fold(next(readings, term.term)))

    return sorted(record.terms.values(), key=sort_key)


def names_typed(typed: str, names: Names) -> Typed:
    """Return the items that a typed text can mean.

    These are the items with a name that equals the text. If there are none, return the items with a name that
    begins with the text. If there are none either, return the items with a name that contains the text. The
    beginning is tried first, because in Japanese and Korean names the surname comes first.
    """
    text = joined(fold(typed))
    if not text:
        return Typed(())
    positions: dict[str, int] = {}  # index of the matching name; 0 is the main name
    begun: list[str] = []
    holding: list[str] = []
    for identity, names_of_one in names.items():
        folded = [joined(fold(name)) for name in names_of_one]
        called = [fold(identity), *folded]
        if text in called:
            positions[identity] = called.index(text)
        if any(_begins(name, text) for name in folded):
            begun.append(identity)
        if any(_holds(name, text) for name in folded):
            holding.append(identity)
    if positions:
        return Typed(tuple(sorted(positions, key=positions.__getitem__)), whole=True)
    if begun:
        return Typed(tuple(begun), first=True)
    return Typed(tuple(holding))


def names_begun(typed: str, names: Names) -> tuple[str, ...]:
    """Return the items with a name that begins with a typed text, such as "hydrogen fl".

    Items whose main name matches come before items whose alias matches. A single Latin letter matches
    nothing, because it begins too many names.
    """
    text = joined(fold(typed))
    if len(text) < 2 and not is_unspaced(text):
        return ()
    positions: dict[str, int] = {}
    for identity, names_of_one in names.items():
        begun = [begins(name, typed) for name in names_of_one]
        if any(begun):
            positions[identity] = begun.index(True)
    return tuple(sorted(positions, key=positions.__getitem__))


def begins(name: str, typed: str) -> bool:
    """Return whether a name begins with a typed text. The text may end in the middle of a word."""
    return joined(fold(name)).startswith(joined(fold(typed)))


def _begins(name: str, text: str) -> bool:
    """Return whether a name begins with a text. Latin text matches only whole words."""
    return name.startswith(text if is_unspaced(text) else f"{text} ")


def _holds(name: str, text: str) -> bool:
    """Return whether a name contains a text. Latin text matches only whole words."""
    return text in name if is_unspaced(text) else f" {text} " in f" {name} "
