"""The document of an event."""

import re
from datetime import date

from kjtui.documents.document import EventView
from kjtui.history.snapshot import History
from kjtui.record.store import load
from support.exports import as_text, export, flat
from support.fee_record import fee_event, fee_history
from support.stores import MakeStore, Tables


def test_the_codes_beside_events_are_explained_at_the_end_of_a_document() -> None:
    text = as_text(fee_history(fee_event("2022-03-04")).snapshot(date(2022, 3, 4)))
    assert "Codes: V Vesper." in text


def test_an_event_has_each_side_and_its_effects(history: History) -> None:
    event = next(e for e in history.record.events if e.says and e.effects and e.disputed)
    text = flat(as_text(EventView(event, history.snapshot(history.last_day))))
    actors, tracks = history.record.dataset.actors, history.record.tracks
    assert all(f"{actors[code]}: {flat(said)}" in text for code, said in event.says.items())
    assert all(f"{tracks[effect.track].name}: " in text for effect in event.effects)
    assert all(dispute.about in text for dispute in event.disputed)
    assert f"Id: {event.id}" in text


def test_stages_are_written_in_words(tables: Tables, make_store: MakeStore) -> None:
    event = tables["events"]["4"]
    effect = event["effects"][0] | {"stage": "in-talks"}
    effect.pop("in_force", None)
    event["effects"] = [effect]
    history = History(load(make_store(tables)))
    day = history.event_days[-1]
    view = next(e for e in history.record.events if e.id == event["id"])
    assert ": in talks: " in flat(as_text(EventView(view, history.snapshot(day))))


def test_an_event_names_the_tracks_it_concerns_once(package_history: History) -> None:
    event = next(event for event in package_history.record.events if len(event.touches) > 2)
    view = EventView(event, package_history.snapshot(package_history.last_day))
    names = ", ".join(package_history.record.tracks[track].name for track in event.touches)
    assert f"Concerns: {names}" in flat(as_text(view))
    for form in ("text", "html", "markdown"):
        text = export(view, form)
        assert text.count("Concerns") == 1


def test_an_event_has_the_status_and_the_outcome_of_its_meeting_by_the_day(package_history: History) -> None:
    event = next(e for e in package_history.record.events if e.id == "2020-03-10-eighth-dialogue-opens")
    assert event.meeting
    that_day = as_text(EventView(event, package_history.snapshot(event.day)))
    later = as_text(EventView(event, package_history.snapshot(package_history.last_day)))
    assert "8th Export Management Policy Dialogue: under way" in that_day
    assert "Outcome" not in that_day
    assert "8th Export Management Policy Dialogue: held" in later
    assert "under way" not in later
    outcome = package_history.snapshot(package_history.last_day).meetings.get(event.meeting.id)
    assert outcome
    assert outcome.outcome
    assert f"Outcome: {flat(outcome.outcome)}" in flat(later)


def test_the_sources_of_an_event_are_in_the_order_of_publication(package_history: History) -> None:
    event = next(e for e in package_history.record.events if e.id == "2019-07-04-individual-licensing")
    text = as_text(EventView(event, package_history.snapshot(event.day)))
    _, _, sources = text.partition("\nSOURCES\n")
    later = ["later than this day" in entry for entry in re.split(r"\n *\[\d+\] ", flat_lines(sources))[1:]]
    assert later == sorted(later)
    assert not later[0]


def flat_lines(text: str) -> str:
    """Return a text with its wrapped lines joined."""
    return re.sub(r"\n {5}", " ", text)
