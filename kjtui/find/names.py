"""Find tracks, meetings and terms by a typed name, or by a part of a name such as a surname."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kjtui.find.word_match import fold, is_unspaced, joined
from kjtui.record.model import Record

Names = Mapping[str, tuple[str, ...]]
"""The names of things by id."""


class Typed(NamedTuple):
    """The things that a typed name can mean.

    Attributes:
        ids: their ids; the earlier this name is in the names of a thing, the earlier the thing comes.
        whole: whether the text is a whole name, and not only a part of names.
        first: whether the text is the first words of names, such as a surname.
    """

    ids: tuple[str, ...]
    whole: bool = False
    first: bool = False


def names_of(kind: str, record: Record) -> Names:
    """Return the names of all things of a kind, "track", "meeting", "actor" or "term", main name first."""
    if kind == "track":
        return {track.id: (track.name, track.short, *track.aliases) for track in record.tracks.values()}
    if kind == "meeting":
        return {one.id: (one.name, one.short, *one.aliases) for one in record.meetings.values()}
    if kind == "actor":
        aliases = record.dataset.aliases
        return {code: (name, *aliases.get(name, ())) for code, name in record.dataset.actors.items()}
    return {term.id: (term.term, *term.aliases) for term in record.terms.values()}


def names_typed(typed: str, names: Names) -> Typed:
    """Return what a typed text can mean: a whole name, else the first words of names, else any words of them.

    The first words of the names of persons are their surnames, in most scripts and languages of records.
    """
    text = joined(fold(typed))
    if not text:
        return Typed(())
    positions: dict[str, int] = {}  # the main name of one thing precedes an alias of another
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


def _begins(name: str, text: str) -> bool:
    """Return whether a name begins with some words, in scripts without spaces with some characters."""
    return name.startswith(text if is_unspaced(text) else f"{text} ")


def _holds(name: str, text: str) -> bool:
    """Return whether a name holds some words, in scripts without spaces some characters."""
    return text in name if is_unspaced(text) else f" {text} " in f" {name} "
