"""Choose the few sources that a short document cites for each claim."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from kjtui.documents.block_builders import Claim, Select
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Source

_NEAR = timedelta(days=7)
"""Sources published within this time before or after a claim are preferred."""

_AFTER_NAME = re.compile(r" via |\s?[(（]|, | text\b")
"""Separator after the name of a publisher. An intermediary or an edition follows the separator."""


def best_sources(snapshot: Snapshot) -> Select:
    """Return a function that selects the sources to cite for a claim.

    The function selects the best source. If the text of the claim also names different publishers, one source
    from each of them is added. Official sources are never added in this way.

    The best source is an official source with two properties: the text of the claim names its publisher, and
    the source was published on the day of the claim or in the week before. If there is no such source, the
    date decides. Sources from the day of the claim or the week after are preferred, then sources from the
    week before, and then all others. Among equal sources, the order in the claim decides. Sources published
    after the day of the snapshot are used only if all sources of the claim were published after this day.
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
    """Return the sort key of a source. The best source of the claim has the lowest key."""
    return not _is_from_the_acting_body(source, claim), _remoteness(source, claim.day)


def _is_from_the_acting_body(source: Source, claim: Claim) -> bool:
    """Return whether a source is official, is recent, and has a publisher that the claim's text names.

    A source is recent if it was published on the day of the claim or in the week before.
    """
    if source.kind != "official" or source.date is None or claim.day is None:
        return False
    return timedelta() <= claim.day - source.date.last <= _NEAR and _names(claim.text, source)


def _remoteness(source: Source, day: date | None) -> int:
    """Rank a source by its day of publication.

    Return 0 if the source was published on the given day or in the week after, 1 if it was published in the
    week before the given day, and 2 otherwise.
    """
    if day is None:
        return 0
    if source.date is None or source.date.first - day > _NEAR or day - source.date.last > _NEAR:
        return 2
    return 0 if source.date.last >= day else 1


def _name(source: Source) -> str:
    """Return the name of a source's publisher, without the edition or the intermediary."""
    return _AFTER_NAME.split(source.publisher)[0].removeprefix("The ")


def _names(text: str, source: Source) -> bool:
    """Return whether a text contains the name of a source's publisher.

    The name must not be part of a longer Latin word or number. In Korean and Japanese, a particle may
    directly follow the name.
    """
    name = _name(source)
    return name in text and re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text) is not None
