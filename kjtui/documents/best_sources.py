"""Choose the few sources that a short document cites for each claim."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from kjtui.documents.block_builders import Claim, Select
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Source

_NEAR = timedelta(days=7)
"""Maximum time between a claim and a source that counts as near the claim."""

_AFTER_NAME = re.compile(r" via |\s?[(（]|, | text\b")
"""Separator after the name of a publisher, before the intermediary or the edition."""


def best_sources(snapshot: Snapshot) -> Select:
    """Return a function that chooses the best source of a claim, and one source of each named publisher.

    The best source is an official one by a body named in the text, published on the day of the claim or in
    the week before it. Without such a source, the nearest source is used. Sources are tried in this order:
    published on the day of the claim or in the week after it, in the week before it, at any time. If several
    are equally near, the first source of the claim is chosen. Other official publishers named in the text are
    not added. Sources published after the day of the snapshot are only used if the claim has no earlier
    source.
    """
    published = snapshot.record.sources

    @cache  # a page cites most of its events several times
    def select(claim: Claim) -> tuple[str, ...]:
        usable = [source for source in claim.sources if not published[source].is_later(snapshot.day)]
        ranked = sorted(usable or claim.sources, key=lambda source: _rank(published[source], claim))
        chosen = {_name(published[source]): source for source in ranked[:1]}
        for source in ranked:
            if published[source].kind != "official" and _names(claim.text, published[source]):
                chosen.setdefault(_name(published[source]), source)
        return tuple(chosen.values())

    return select


def _rank(source: Source, claim: Claim) -> tuple[bool, int]:
    """Return the sort key of a source of a claim, the best source first."""
    return not _is_from_the_acting_body(source, claim), _remoteness(source, claim.day)


def _is_from_the_acting_body(source: Source, claim: Claim) -> bool:
    """Return whether a body named in the claim published the source on its day or in the week before."""
    if source.kind != "official" or source.date is None or claim.day is None:
        return False
    return timedelta() <= claim.day - source.date.last <= _NEAR and _names(claim.text, source)


def _remoteness(source: Source, day: date | None) -> int:
    """Return the rank of a source: 0 on the day or in the week after, 1 in the week before, 2 otherwise."""
    if day is None:
        return 0
    if source.date is None or source.date.first - day > _NEAR or day - source.date.last > _NEAR:
        return 2
    return 0 if source.date.last >= day else 1


def _name(source: Source) -> str:
    """Return the publisher of a source without edition or intermediary."""
    return _AFTER_NAME.split(source.publisher)[0].removeprefix("The ")


def _names(text: str, source: Source) -> bool:
    """Return whether a text names the publisher of a source.

    Particles may follow the name in Korean and Japanese, but no Latin letter.
    """
    name = _name(source)
    return name in text and re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text) is not None
