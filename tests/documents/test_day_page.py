"""The page of a day, and the additional content of the full snapshot."""

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from kjtui.documents.day_page_choice import status_reasons
from kjtui.history.meetings import RECENT
from kjtui.history.snapshot import History
from kjtui.record.model import (
    Dispute,
    Effect,
    Event,
    Meeting,
    MeetingStep,
    Phase,
    Reading,
)
from kjtui.record.partial_date import PartialDate
from support.articles import ARTICLES
from support.exports import as_text, flat
from support.fee_record import fee_event, fee_history

TALKS = (
    Meeting("talks", "talks", "Talks"),
    Meeting("first", "session", "First session", part_of="talks"),
    Meeting("last", "session", "Last session", part_of="talks"),
    Meeting("summit", "summit", "Summit"),
)


def meeting_event(day: str, meeting: str, phase: Phase, *, starts: str, ends: str = "") -> Event:
    """Return an event that puts a meeting into a phase, such as planned or closed."""
    step = MeetingStep(meeting, phase, PartialDate(starts), PartialDate(ends) if ends else None)
    return replace(fee_event(day, name=f"{meeting} {phase}"), meeting=step)


def talks_events() -> tuple[Event, ...]:
    """Return the events of talks that are under way.

    One session of the talks was held. Sources disagree on the first day of the talks.
    """
    readings = tuple(Reading(says=f"on the {day}th", sources=("gazette",)) for day in (10, 18))
    opened = meeting_event("2022-04-14", "talks", "opened", starts="2022-04-10")
    return (
        meeting_event("2022-04-14", "first", "closed", starts="2022-04-10", ends="2022-04-10"),
        replace(opened, disputed=(Dispute("when the talks began", readings),)),
        meeting_event("2022-04-14", "last", "planned", starts="2022-04-18", ends="2022-04-20"),
    )


FACTS = {  # facts that the page of the day has
    date(2020, 3, 10): (
        "UNDER WAY: 8th Export Management Policy Dialogue",
        "10 Mar 2020 10:00",
        "Lee Ho-hyeon, director general for international trade policy",
        "Iida Yoichi",
        "the one in Tokyo in December lifted no measure",
        "the leaders' summit that month brought no agreement",
        "as the coronavirus had strained trust",
        "Japan's visa waiver for Koreans suspended",
        "Photoresist specific bulk licence since 20 Dec 2019",
        "Hydrogen fluoride individual licence since 4 Jul 2019",
        "Japan's list: Korea delisted, Group B since 28 Aug 2019",
        "Korea's list: Japan delisted, area Ga-2 since 18 Sep 2019",
        "WTO case DS590 suspended since 22 Nov 2019",
        "GSOMIA notice suspended since 22 Nov 2019",
        "is not specifically about Japan's export measures",
        "three materials critical to Korea's chip and display industries",
        "did not effectively control sensitive goods with a military use, without giving grounds",
        "politically motivated, over the rulings of 2018",
        "Japanese firms are to compensate Korean victims of forced labour under colonial rule, 1910–45",
    ),
    date(2023, 4, 14): (
        "PLANNED: 10th Export Management Policy Dialogue",
        "18–20 Apr 2023",
        "in person · level: director-general · Seoul",
        "Video session of 12–13 April 2023",
        "under which exporters need a situational licence",
        "Japan's colonial rule of Korea (1910–45)",
        "Special general bulk licences for three materials in force",
        "both have vowed to put each other back on their lists",
        "were seen as retaliation for the 2018 rulings on forced labour",
        "compensate the victims without asking Japan for contributions",
        "despite strong opposition from victims and the opposition party",
        "expect to finish the procedure that puts Japan back on Korea's list by the end of April",
        "Japan to present a time frame for its own step at the meeting",
        "listed: in talks",
        "listed, area Ga: proposed",
    ),
}


FULL_FACTS = {  # facts that only the full snapshot has
    date(2020, 3, 10): (
        "It had been planned as a meeting in person in Seoul",
        "METI announces individual licensing of three materials",
        "Korea's removal from Japan's list takes effect",
        "Japan's removal from Korea's list in force",
        "Korea suspends the WTO procedure in DS590",
        "Korea suspends its notice to end GSOMIA",
        "Japan opens specific bulk licences for photoresist",
        "asked to stay put for 14 days and not use public transport",
        "“lack of understanding” of Korea's “advanced, outstanding” quarantine system",
        "had added 14 people, 25 %",
        "return its rules to those in place before July 2019",
    ),
    date(2023, 4, 14): (
        "fluorinated polyimide, photoresist and hydrogen fluoride, materials for chips and displays",
        "Individual licensing of three materials takes effect",
        "Korea's removal from Japan's list takes effect",
        "Japan's removal from Korea's list in force",
        "Supreme Court orders Nippon Steel to pay forced labourers",
        "Korea: a foundation is to pay the 2018 awards",
        "the first such visit of a Korean president in 12 years",
    ),
}


@pytest.mark.parametrize(("day", "fact"), [(day, fact) for day, facts in FACTS.items() for fact in facts])
def test_the_short_snapshot_has_the_main_facts_of_the_article(history: History, day: date, fact: str) -> None:
    assert fact in flat(as_text(history.snapshot(day)))


@pytest.mark.parametrize(
    ("day", "fact"), [(day, fact) for day, facts in FULL_FACTS.items() for fact in facts]
)
def test_the_full_snapshot_has_the_other_facts_of_the_article(history: History, day: date, fact: str) -> None:
    assert fact in flat(as_text(history.snapshot(day), full=True))


def test_the_page_of_every_day_with_an_event_or_a_change_has_at_most_100_lines(history: History) -> None:
    for day in sorted({*history.event_days, *history.changes, *history.meeting_days}):
        body = as_text(history.snapshot(day)).partition("\nSOURCES\n")[0]
        assert len(body.splitlines()) <= 100, day


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_the_main_event_of_the_day_is_printed_with_its_text(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    text = flat(as_text(snapshot))
    own = history.events_on(day)
    assert all(event.title in text for event in own)
    assert flat(own[0].summary) in text


def test_old_figures_are_only_in_the_full_snapshot(history: History) -> None:
    title = "Japan's share of fluorinated polyimide, January to May"  # its latest figure is for May 2021
    snapshot = history.snapshot(date(2023, 1, 1))
    assert title not in flat(as_text(snapshot))
    assert title in flat(as_text(snapshot, full=True))


def test_the_full_snapshot_has_every_event_and_its_command(history: History) -> None:
    snapshot = history.snapshot(ARTICLES[0])
    text = as_text(snapshot, full=True)
    assert all(event.title in flat(text) for event in snapshot.events)
    assert text.endswith("Format: text\nAgain: kjtui snapshot 2020-03-10 --full\n")
    assert "kjtui snapshot 2020-03-10 --full" in as_text(snapshot)


def test_a_session_names_its_parent_meeting(history: History) -> None:
    assert "Part of 10th Export Management Policy Dialogue" in flat(as_text(history.snapshot(ARTICLES[1])))


def test_omitted_statements_are_counted_including_minor_statements(history: History) -> None:
    counted = set()
    for number in range(0, 180):
        day = date(2019, 7, 10) + timedelta(days=number)
        snapshot = history.snapshot(day)
        page = as_text(snapshot)
        said = [
            event
            for event in snapshot.events
            if event.kind == "statement" and 0 < (day - event.day).days <= 30
        ]
        minor = sum(event.weight == "minor" for event in said)
        main = len(said) - minor
        if not said or "STATEMENTS IN THE LAST 30 DAYS" in page:
            continue
        shown_minor = main == 0
        main, minor = max(main - 1, 0), minor - shown_minor
        parts = [str(main)] if main else []
        parts += [f"{minor} minor"] if minor else []
        brief = flat(page).partition("In brief Statements in the last 30 days: ")[2]
        entry = brief.partition("What else led")[0].partition("Figures:")[0].partition("Left out")[0]
        if parts:
            assert entry.strip().endswith(f"(another {' and '.join(parts)})"), day
        else:
            assert entry, day
        counted.add((main > 0, minor > 0))
    assert (True, True) in counted


def test_a_meeting_under_way_is_dated_from_its_first_day_and_lists_its_sessions() -> None:
    """A real example: the 10th policy dialogue was disclosed only after two of its sessions had been held."""
    text = flat(as_text(fee_history(*talks_events(), meetings=TALKS).snapshot(date(2022, 4, 14))))
    assert "UNDER WAY: Talks [1]! When since 10 Apr 2022" in text
    assert "Session First session, 10 Apr 2022, held" in text
    assert "Disputed when the talks began" in text
    assert "PLANNED: Last session [1] When 18–20 Apr 2022" in text


def test_meetings_held_in_the_last_30_days_are_listed() -> None:
    """A real example: a summit took place within a week after the 11th policy dialogue."""
    events = (
        meeting_event("2022-06-07", "talks", "closed", starts="2022-06-07"),
        meeting_event("2022-06-12", "summit", "closed", starts="2022-06-12"),
    )
    history = fee_history(*events, meetings=TALKS)
    meetings = (
        as_text(history.snapshot(date(2022, 6, 20))).partition("\nMEETINGS\n")[2].partition("\n\nTHAT")[0]
    )
    assert "HELD: Summit" in meetings
    assert "Other meeting: Talks, 7 Jun 2022" in meetings
    later = as_text(history.snapshot(date(2022, 8, 1))).partition("\nMEETINGS\n")[2]
    assert "Talks" not in later.partition("\nCHANGED")[0]


def test_minor_events_of_the_last_30_days_fill_a_list_with_few_main_events() -> None:
    events = [
        replace(fee_event(f"2022-03-0{day}", name=f"event {day}"), weight="minor") for day in range(1, 8)
    ]
    events[2] = replace(events[2], weight="main")
    history = fee_history(*events)
    page = flat(as_text(history.snapshot(date(2022, 3, 10))))
    listed = page.partition("CHANGED IN THE LAST 30 DAYS")[2].partition("SOURCES")[0]
    assert re.findall(r"2022-03-0(\d)", listed)[:5] == ["7", "6", "5", "4", "3"]
    omitted = "Left out of this page: Changed in the last 30 days (another 2 minor)"
    assert f"{omitted}: kjtui snapshot 2022-03-10 --full" in listed


def test_figures_are_not_listed_as_statements() -> None:
    published = replace(fee_event("2022-03-01", name="Fees of 2021 published"), kind="figures")
    text = as_text(fee_history(published).snapshot(date(2022, 3, 10)))
    assert "Fees of 2021 published" in text.partition("\nFIGURES\n")[2]
    assert "STATEMENTS IN THE LAST" not in text


def test_a_plan_is_not_listed_beside_the_meeting_that_followed() -> None:
    events = (
        meeting_event("2022-03-01", "talks", "planned", starts="2022-03-05"),
        meeting_event("2022-03-05", "talks", "opened", starts="2022-03-05"),
        meeting_event("2022-03-06", "talks", "closed", starts="2022-03-05", ends="2022-03-06"),
    )
    text = as_text(fee_history(*events, meetings=TALKS).snapshot(date(2022, 3, 20)))
    changed = text.partition("\nCHANGED IN THE LAST 30 DAYS\n")[2]
    assert "talks closed" in changed
    assert "talks planned" not in changed
    assert "talks opened" not in changed
    assert "Changed in the last 30 days (another 2)" in changed


def test_a_section_without_room_is_reduced_to_its_first_entry() -> None:
    """The page is so full that the section of statements is reduced to one line."""
    earlier = [fee_event(f"2022-05-1{number}", name=f"earlier {number}") for number in range(5)]
    said = replace(fee_event("2022-05-15", name="A word"), kind="statement")
    own = [fee_event("2022-05-20", name=f"decree {number}") for number in range(75)]
    for count in range(60, 75):
        page = flat(as_text(fee_history(*earlier, said, *own[:count]).snapshot(date(2022, 5, 20))))
        omitted = page.partition("Left out of this page: ")[2].partition("SOURCES")[0]
        if "Changed in the last 30 days" in omitted:
            assert "Statements in the last 30 days: 15 May 2022: A word [1]" in page


def test_an_event_behind_a_state_is_listed_for_30_days_on_any_page(history: History) -> None:
    for day in sorted({*history.event_days, *history.changes}):
        snapshot = history.snapshot(day)
        text = flat(as_text(snapshot))
        reasons = status_reasons(snapshot, RECENT)
        for event in snapshot.events:
            if event.id in reasons and day - event.day <= RECENT:
                assert event.title in text, (day, event.id)


def test_a_state_describes_the_disagreement_of_its_sources() -> None:
    readings = tuple(Reading(says=f"on the {day}th", sources=("gazette",)) for day in (1, 2))
    half = Effect(track="fee", state="half", stage="in-force")
    disputes = (Dispute("the first day", readings), Dispute("the rate", readings))
    history = fee_history(replace(fee_event("2022-03-01", half), disputed=disputes))
    brief = "since 1 Mar 2022 [1]! Half the fee is due. ! Sources disagree on the first day; 1 more"
    assert brief in flat(as_text(history.snapshot(date(2022, 3, 2))))
    full = flat(as_text(history.snapshot(date(2022, 3, 2)), full=True))
    assert "! Sources disagree on the first day; the rate" in full.partition("MEETINGS")[0]


def test_a_disagreement_about_an_event_of_the_day_is_indented_like_its_text() -> None:
    text = as_text(fee_history(*talks_events(), meetings=TALKS).snapshot(date(2022, 4, 14)))
    assert "\n  ! Sources disagree on when the talks began\n" in text
    assert "\n!" not in text


def test_a_disagreement_about_a_pending_state_is_shown_below_that_state() -> None:
    readings = tuple(Reading(says=f"on the {day}th", sources=("gazette",)) for day in (1, 2))
    half = Effect(track="fee", state="half", stage="proposed")
    proposal = replace(fee_event("2022-03-01", half), disputed=(Dispute("the day", readings),))
    snapshot = fee_history(proposal).snapshot(date(2022, 3, 2))
    for full in (False, True):
        status = as_text(snapshot, full=full).partition("MEETINGS")[0]
        assert re.search(r"\n  ▹ .*proposed.*\n    ! Sources disagree on the day\n", status)
        assert status.count("Sources disagree") == 1


def test_details_of_a_meeting_cite_the_report_that_has_them() -> None:
    planned = meeting_event("2022-03-01", "talks", "planned", starts="2022-03-05")
    held = replace(fee_event("2022-03-06", name="talks closed"), sources=("letter",))
    held = replace(held, meeting=MeetingStep("talks", "closed", outcome="A draft"))
    text = flat(as_text(fee_history(planned, held, meetings=TALKS).snapshot(date(2022, 3, 10))))
    assert "HELD: Talks [1] When 5 Mar 2022 [2] Outcome A draft" in text


def test_an_empty_list_is_not_named_as_omitted() -> None:
    """The day's events leave no room for earlier changes. The record has no statements and no figures."""
    earlier = [fee_event("2022-05-10", name=f"earlier {number}") for number in range(3)]
    own = [fee_event("2022-05-20", name=f"decree {number}") for number in range(90)]
    page = flat(as_text(fee_history(*earlier, *own).snapshot(date(2022, 5, 20))))
    omitted = page.partition("In brief ")[2].partition("SOURCES")[0]
    assert "Changed in the last 30 days: 10 May 2022: earlier 2 [1] (another 2)" in omitted
    assert "That day (another " in omitted
    assert "Said" not in omitted
    assert "Figures" not in omitted
