"""Add the defaults of fields that are optional in text files but required in a store."""

from __future__ import annotations

from typing import Any

from kjtui.languages import tr
from kjtui.record.folder.documents import Document, Documents
from kjtui.record.folder.identifiers import identify, slug, used_identifiers
from kjtui.record.partial_date import PartialDate

_MEETING_FIELDS = ("name", "short", "series", "round", "part_of", "aliases")
"""Fields of a meeting that an event can define."""


def add_defaults(documents: Documents) -> None:
    """Add the defaults of the dataset, tracks, events and meetings. Sources have defaults of their own."""
    for track in documents["tracks"]:
        _complete_track(track)
    for event in documents["events"]:
        _complete_event(event)
        _define_meeting(event, documents)
    for meeting in documents["meetings"]:
        if meeting.get("id"):
            meeting.setdefault("series", meeting["id"])
    for dataset in documents["dataset"]:
        _complete_coverage(dataset, documents["events"])


def _complete_track(track: Document) -> None:
    """Add the ids of states; the initial state is the first state."""
    states = tables(track.get("states"))
    for state in states:
        if "id" not in state and isinstance(state.get("label"), str):
            state["id"] = slug(state["label"])
    if states and "id" in states[0]:
        initial = track.setdefault("initial", {})
        if isinstance(initial, dict):
            initial.setdefault("state", states[0]["id"])


def _complete_event(event: Document) -> None:
    if "kind" in event:
        return
    if event.get("meeting"):
        event["kind"] = "meeting"  # also with effects, such as the commitments of a joint statement
    elif event.get("effects"):
        event["kind"] = "measure"


def _define_meeting(event: Document, documents: Documents) -> None:
    """Move the definition of a meeting from an event to the table of meetings."""
    step = event.get("meeting")
    if not isinstance(step, dict) or not isinstance(step.get("name"), str):
        return
    definition = {field: step.pop(field) for field in _MEETING_FIELDS if field in step}
    named = "id" if "id" in step else "name"
    wanted = step.get("id", definition["name"])
    known = next((one for one in documents["meetings"] if one.get(named) == wanted), None)
    if known is None:
        known = {**definition, "id": step["id"]} if "id" in step else definition
        identify("meetings", known, used_identifiers(documents["meetings"]))
        documents.add("meetings", known, documents.origin(event).below(("meeting",)))
    for field, value in definition.items():
        if known.get(field) != value:
            message = tr("the meeting {meeting} has another {field}", meeting=known["id"], field=field)
            documents.report(documents.place(event, ("meeting", field)), message)
    step["id"] = known["id"]


def _complete_coverage(dataset: Document, events: list[Document]) -> None:
    """Add the first and last day of the coverage: the first event, and the review or the last event."""
    coverage = dataset.get("coverage", {})
    dates = [_date(event.get("date")) for event in events if event.get("kind") != "background"]
    known = [found for found in dates if found]
    if not known or not isinstance(coverage, dict):
        return
    dataset["coverage"] = coverage
    coverage.setdefault("from", min(found.first for found in known).isoformat())
    if reviewed := _date(dataset.get("reviewed")):
        known.append(reviewed)
    coverage.setdefault("to", max(found.last for found in known).isoformat())


def _date(value: Any) -> PartialDate | None:
    try:
        return PartialDate(value)
    except (TypeError, ValueError):
        return None


def tables(value: Any) -> list[Document]:
    """Return the tables in a list; an empty list for anything else."""
    if not isinstance(value, list):
        return []
    return [element for element in value if isinstance(element, dict)]
