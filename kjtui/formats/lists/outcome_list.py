"""The list of the outcomes of pending states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.find.query import parse_query
from kjtui.find.word_match import matches
from kjtui.formats.json.outcome_json import OutcomeJson, outcome_json
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.lists.listing import AsOf, Column, Listing, any_fits, strings
from kjtui.history.outcomes import Outcome
from kjtui.history.snapshot import History
from kjtui.languages import labelled, tr
from kjtui.record.partial_date import day_text
from kjtui.words import day_words, labels
from kjtui.words.outcome_words import fate


class OutcomesJson(Struct):
    """The outcomes of states that were pending or had a last day, derived from all events up to ``as_of``."""

    schema: Literal["kjtui/outcomes/1"]
    as_of: AsOf
    dataset: DatasetJson
    outcomes: list[OutcomeJson]


def outcome_listing(history: History, outcomes: Sequence[Outcome], match: str = "") -> Listing:
    """Return a list of the outcomes that match a query, as known at the end of the record.

    Fields in the query must match the event that made the state pending.
    """
    query = parse_query(match, history.record)
    items = []
    fates: dict[tuple[str, str, str, date | None], str] = {}
    for outcome in outcomes:
        item = outcome_json(outcome)
        fates[_key(item)] = fate(outcome)
        track, event = outcome.track, outcome.pending.event
        texts = [*strings(item), track.name, track.short, *track.aliases, event.title]
        texts += [labels.spoken(item.stage), _expected_day(item), fates[_key(item)]]
        texts += [history.record.dataset.actors[actor] for actor in item.actors]
        if outcome.by:
            texts.append(outcome.by.title)
        if matches(query.words, texts) and any_fits((event,), query.filters, history.record):
            items.append(item)
    return Listing(
        "outcomes",
        items,
        (
            Column("since", lambda outcome: day_text(outcome.since)),
            Column("actors", lambda outcome: " ".join(outcome.actors)),
            Column("track", lambda outcome: history.record.tracks[outcome.track].name),
            Column("pending", lambda outcome: labelled(outcome.label, labels.spoken(outcome.stage))),
            Column("expected", _expected_day),
            Column("outcome", lambda outcome: fates[_key(outcome)]),
            Column("event", lambda outcome: outcome.event),
        ),
        (
            *("since", "track", "state", "label", "stage", "expected", "outcome", "day", "days", "on_time"),
            *("event", "by", "actors", "until", "extended"),
        ),
        OutcomesJson("kjtui/outcomes/1", history.last_day, dataset_json(history.record), items),
    )


def _expected_day(outcome: OutcomeJson) -> str:
    if outcome.until:
        return day_words.until(day_text(outcome.until))
    return tr("for {day}", day=day_text(outcome.expected)) if outcome.expected else tr("no day set")


def _key(outcome: OutcomeJson) -> tuple[str, str, str, date | None]:
    """Return the key of an outcome: event, track, state, and the last day of the state or ``None``."""
    return outcome.event, outcome.track, outcome.state, outcome.until
