"""The focus of each day. The expected values come from the articles and from the record's sources."""

from datetime import date

import pytest

from kjtui.history.day_focus import Change, Happening, Lasting, focus_of
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import History

MATERIALS = ("photoresist", "hydrogen-fluoride", "fluorinated-polyimide")


def leads(history: History, day: str) -> list[str]:
    """Return the kind and the subject of each part of a day's focus."""
    written = []
    for part in focus_of(history.snapshot(date.fromisoformat(day))).parts:
        match part:
            case Change(event=None):
                written.append(f"change: {part.standings[0].track.id}")
            case Change():
                written.append(
                    f"change: {part.standings[0].track.id} by {part.event.id if part.event else ''}"
                )
            case Happening():
                written.append(f"event: {part.event.id}")
            case MeetingState():
                written.append(f"meeting: {part.meeting.id}")
            case Lasting():
                written.append(f"lasting: {', '.join(s.track.id for s in part.standings)} for {part.days}")
    return written


@pytest.mark.parametrize(
    ("day", "lead"),
    [
        # Highest precedence: a change of state.
        ("2018-10-30", "change: court-awards"),
        ("2019-07-04", "change: photoresist by 2019-07-04"),
        ("2019-08-28", "change: japan-list"),
        ("2019-09-11", "change: wto-ds590"),
        ("2019-09-18", "change: korea-list"),
        ("2019-11-22", "change: gsomia"),
        ("2019-12-20", "change: photoresist"),
        ("2020-03-09", "change: japan-entry"),
        ("2020-06-18", "change: wto-ds590"),
        ("2020-07-29", "change: wto-ds590"),
        ("2023-03-06", "change: wto-ds590"),
        ("2023-03-21", "change: gsomia"),
        ("2023-03-23", "change: photoresist"),
        ("2023-04-24", "change: korea-list"),
        ("2023-07-21", "change: japan-list"),
        # Second precedence: a decision. It takes precedence over a meeting of the same day.
        ("2019-08-02", "event: 2019-08-02-japan-cabinet"),
        ("2023-03-16", "event: 2023-03-16-three-materials-decided"),
        ("2023-06-27", "event: 2023-06-27"),
        # Third precedence: a meeting. It takes precedence over other events.
        ("2019-07-12", "meeting: working-2019-07"),
        ("2019-07-23", "meeting: wto-general-2019-07"),
        ("2019-07-24", "meeting: wto-general-2019-07"),
        ("2019-12-16", "meeting: dialogue-07"),
        ("2019-12-24", "meeting: summit-2019-12-chengdu"),
        ("2020-03-10", "meeting: dialogue-08"),
        ("2023-04-18", "meeting: dialogue-10"),
        ("2023-04-19", "meeting: dialogue-10"),
        ("2023-05-07", "meeting: summit-2023-05-seoul"),
        # Days with other events only: the most important event.
        ("2019-07-01", "event: 2019-07-01"),
        ("2019-08-12", "event: 2019-08-12"),
        ("2019-08-22", "event: 2019-08-22"),
        ("2020-06-02", "event: 2020-06-02"),
        ("2021-07-01", "event: 2021-07-01"),
        ("2023-04-28", "event: 2023-04-28"),
        # Days without events: the last change and its age in days.
        ("2018-11-01", "lasting: court-awards for 3"),
        ("2019-07-06", "lasting: photoresist, hydrogen-fluoride, fluorinated-polyimide for 3"),
        ("2019-10-15", "lasting: korea-list for 28"),
        ("2022-08-14", "lasting: korea-entry for 11"),
        ("2024-01-01", "lasting: japan-list for 165"),
    ],
)
def test_the_focus_of_a_day_is_its_change_meeting_or_event(history: History, day: str, lead: str) -> None:
    assert leads(history, day)[0].startswith(lead)


def test_the_decision_and_both_meetings_of_16_march_2023(history: History) -> None:
    assert leads(history, "2023-03-16")[1:] == ["meeting: dialogue-09", "meeting: summit-2023-03-tokyo"]


@pytest.mark.parametrize(
    ("day", "next_day"),
    [
        ("2019-07-01", "2019-07-04"),
        ("2019-08-02", "2019-08-28"),
        ("2019-08-28", "2019-11-23"),
        ("2020-03-09", "2020-03-10"),
        ("2023-04-14", "2023-04-18"),
        ("2023-06-27", "2023-07-21"),
        ("2024-01-01", None),
    ],
)
def test_the_next_scheduled_item(history: History, day: str, next_day: str | None) -> None:
    coming = focus_of(history.snapshot(date.fromisoformat(day))).next
    assert (coming and coming.day.isoformat()) == next_day


def test_every_day_has_a_focus_and_its_next_item_is_later(history: History) -> None:
    for day in history.event_days:
        focus = focus_of(history.snapshot(day))
        assert focus.parts
        assert focus.next is None or focus.next.day > day


def test_changes_of_leading_tracks_come_first(history: History) -> None:
    groups = list(dict.fromkeys(track.group for track in history.record.tracks.values()))
    compared = 0
    for day in history.changes:
        (lead, *_) = focus_of(history.snapshot(day)).parts
        changed = [s for s in history.snapshot(day).standings if s.because and s.since == day]
        if changed:
            assert isinstance(lead, Change)
            leading = min(groups.index(standing.track.group) for standing in changed)
            assert groups.index(lead.standings[0].track.group) == leading
            compared += 1
    assert compared > 10


def test_an_event_is_named_once(history: History) -> None:
    for day in history.event_days:
        parts = focus_of(history.snapshot(day)).parts
        named = [part.event.id for part in parts if isinstance(part, Change | Happening) and part.event]
        assert len(named) == len(set(named))
