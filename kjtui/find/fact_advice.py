"""Suggest tracks whose facts contain the words of a query. The search for events does not cover facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kjtui.find.query import FieldError, parse_query
from kjtui.find.search import Index
from kjtui.find.word_match import matches, parse_words
from kjtui.history.snapshot import History
from kjtui.languages import join_names, tr
from kjtui.record.model import Fact

_MOST_NAMES = 3
"""Maximum number of tracks in the message of :func:`fact_advice`."""


def fact_advice(text: str, history: History, index: Index) -> str:
    """Return a message with the names of the tracks whose facts contain the words of a query.

    The message also has a command that prints the first of these tracks. Empty if there is no such track.
    """
    try:
        words = parse_query(text, history.record).words
    except FieldError:
        return ""
    if not parse_words(words):
        return ""
    facts = dict(_found(words, index))
    if not facts:
        return ""
    track, fact = next(iter(facts.items()))
    names = join_names([history.record.tracks[track_id].name for track_id in facts][:_MOST_NAMES])
    section = "requirements" if fact.states else "facts"
    command = " ".join(("kjtui track", track, *_day(track, fact, history), "--section", section))
    return tr("found in the facts of {tracks}: {command}", tracks=names, command=command)


def _found(words: str, index: Index) -> Iterator[tuple[str, Fact]]:
    """Yield the id of each track with a matching fact, together with the first such fact.

    A fact matches if its text and the names of its track together contain all ``words``.

    Facts are searched in the language of the interface and in the language of the words.
    """
    records = [index.record]
    if translation := index.translation(parse_words(words)):
        records.append(translation.record)
    for record in records:
        for track in record.tracks.values():
            names = (track.name, track.short, *track.aliases)
            for fact in track.facts:
                if matches(words, (*names, fact.label, fact.value)):
                    yield track.id, fact
                    break


def _day(track: str, fact: Fact, history: History) -> Iterator[str]:
    """Yield the last day on which the page of a track shows a fact. Yield nothing for a current fact."""
    days = []
    for run in history.runs(track):
        if fact.states and run.state.id not in fact.states:
            continue
        last = min(run.last or history.last_day, fact.until or date.max, history.last_day)
        if last >= max(run.first or date.min, fact.since or date.min):
            days.append(last)
    if days and days[-1] < history.latest_change:
        yield days[-1].isoformat()
