"""Add the defaults of fields that are optional in text files but required in a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kjtui.languages import tr
from kjtui.record.folder.documents import Document, Documents
from kjtui.record.folder.identifiers import identify, slug, used_identifiers
from kjtui.record.model import DECIDED
from kjtui.record.partial_date import PartialDate

_MEETING_FIELDS = ("name", "short", "series", "round", "part_of", "aliases")
"""The fields of a meeting that can be defined in an event instead of in ``meetings.toml``."""

_DECIDING_KINDS = ("measure", "case", "court", "pact")
"""Kinds of events whose effects count as decisions by default, that is, if an effect has no stage.

Talks are not included, because their effects can be mere promises. Other kinds of events seldom have effects.
"""


def add_defaults(documents: Documents) -> None:
    """Add the defaults of the dataset, tracks, events and meetings, but not of sources."""
    state_ids: dict[str, Mapping[str, str]] = {}
    for track in documents["tracks"]:
        state_ids[_text(track, "id")] = _complete_track(track)
    for event in documents["events"]:
        _complete_event(event)
        for effect in tables(event.get("effects")):
            _name_states_by_id(effect, ("state", "then"), state_ids.get(_text(effect, "track"), {}))
        _define_meeting(event, documents)
    for meeting in documents["meetings"]:
        if meeting.get("id"):
            meeting.setdefault("series", meeting["id"])
    for dataset in documents["dataset"]:
        _complete_coverage(dataset, documents)


def _complete_track(track: Document) -> Mapping[str, str]:
    """Add missing ids of states. If the initial state is missing, use the first state.

    Return a dict that maps the label and the id of each state to its id.
    """
    states = tables(track.get("states"))
    for number, state in enumerate(states, 1):
        if "id" not in state and isinstance(state.get("label"), str):
            state["id"] = slug(state["label"]) or f"state-{number}"
    if states and "id" in states[0]:
        initial = track.setdefault("initial", {})
        if isinstance(initial, dict):
            initial.setdefault("state", states[0]["id"])
    # If the label of one state is the id of another state, the id has precedence.
    ids = {state[field]: state["id"] for field in ("label", "id") for state in states if _is_named(state)}
    if isinstance(track.get("initial"), dict):
        _name_states_by_id(track["initial"], ("state",), ids)
    for fact in tables(track.get("facts")):
        if isinstance(fact.get("states"), list):
            fact["states"] = [
                ids.get(name, name) if isinstance(name, str) else name for name in fact["states"]
            ]
    return ids


def _is_named(state: Document) -> bool:
    """Return whether a state has a label and an id."""
    return bool(_text(state, "label") and _text(state, "id"))


def _name_states_by_id(document: Document, fields: Iterable[str], ids: Mapping[str, str]) -> None:
    """In the given fields, replace each label of a state with the id of the state."""
    for field in fields:
        if _text(document, field) in ids:
            document[field] = ids[document[field]]


def _complete_event(event: Document) -> None:
    """Add the kind of an event if it is missing. For a decision, add the missing stages of its effects."""
    if event.get("meeting"):
        event.setdefault("kind", "meeting")  # a meeting, even if it has effects such as commitments
    elif event.get("effects"):
        event.setdefault("kind", "measure")
    if event.get("kind") not in _DECIDING_KINDS:
        return
    day = _date(event.get("date"))
    for effect in tables(event.get("effects")):
        first = _date(effect.get("in_force"))
        is_later = day and first and first.first > day.last
        effect.setdefault("stage", "adopted" if is_later else "in-force")


def _define_meeting(event: Document, documents: Documents) -> None:
    """If an event defines a meeting, move the definition to the table of meetings."""
    step = event.get("meeting")
    if not isinstance(step, dict) or not isinstance(step.get("name"), str):
        return
    definition = {field: step.pop(field) for field in _MEETING_FIELDS if field in step}
    key = "id" if "id" in step else "name"
    id_or_name = step.get("id", definition["name"])
    meeting = next(
        (candidate for candidate in documents["meetings"] if candidate.get(key) == id_or_name), None
    )
    if meeting is None:
        meeting = {**definition, "id": step["id"]} if "id" in step else definition
        identify("meetings", meeting, used_identifiers(documents["meetings"]))
        documents.add("meetings", meeting, documents.origin(event).below(("meeting",)))
    for field, value in definition.items():
        if meeting.get(field) != value:
            message = tr(
                "the meeting {meeting} already has a different {field}",
                meeting=meeting["id"],
                field=field,
            )
            documents.report(documents.place(event, ("meeting", field)), message)
    step["id"] = meeting["id"]


def _complete_coverage(dataset: Document, documents: Documents) -> None:
    """Add the first and the last day of the coverage if they are missing.

    The default last day is the latest of three days: the day of the last event, the day on which the last
    figure was published, and the last day on which a decision took effect. The day of the review is not used,
    because a review does not mean that all events up to that day were recorded. The end of a suspension is
    not used either, because it can be years later.
    """
    coverage = dataset.get("coverage", {})
    events = [event for event in documents["events"] if event.get("kind") != "background"]
    dates = _dates(events, "date")
    if not dates or not isinstance(coverage, dict):
        return
    dataset["coverage"] = coverage
    coverage.setdefault("from", min(partial_date.first for partial_date in dates).isoformat())
    for series in documents["series"]:
        dates += _dates(tables(series.get("points")), "published")
    dates += _scheduled_days(events, _date(dataset.get("reviewed")))
    coverage.setdefault("to", max(partial_date.last for partial_date in dates).isoformat())


def _scheduled_days(events: Iterable[Document], reviewed: PartialDate | None) -> list[PartialDate]:
    """Return the days on which the last decision on each track takes effect.

    These are the values of ``in_force``. Days after the day of the review are omitted.
    """
    decided: dict[str, list[PartialDate]] = {}
    dated = [(partial_date.last, event) for event in events if (partial_date := _date(event.get("date")))]
    for _, event in sorted(dated, key=lambda pair: pair[0]):
        effects = [effect for effect in tables(event.get("effects")) if effect.get("stage") in DECIDED]
        for track in {_text(effect, "track") for effect in effects}:
            of_track = [effect for effect in effects if _text(effect, "track") == track]
            decided[track] = _dates(of_track, "in_force")
    days = [day for of_track in decided.values() for day in of_track]
    return [day for day in days if reviewed and day.last <= reviewed.last]


def _dates(documents: Iterable[Document], field: str) -> list[PartialDate]:
    """Return the dates that several documents have in the same field. Omit invalid dates."""
    return [partial_date for document in documents if (partial_date := _date(document.get(field)))]


def _date(value: Any) -> PartialDate | None:
    try:
        return PartialDate(value)
    except (TypeError, ValueError):
        return None


def _text(document: Document, field: str) -> str:
    value = document.get(field)
    return value if isinstance(value, str) else ""


def tables(value: Any) -> list[Document]:
    """Return the elements of a list that are tables. If the value is not a list, return an empty list."""
    if not isinstance(value, list):
        return []
    return [element for element in value if isinstance(element, dict)]
