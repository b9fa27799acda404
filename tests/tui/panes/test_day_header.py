"""The header of a day: its subject, and the next change.

The expected texts and days come from the articles and from the record's sources.
"""

# The table below is easiest to read with one row per line, so long lines are allowed:

import re
from datetime import date, timedelta

import pytest

from kjtui.history.snapshot import History
from kjtui.tui.panes.day_header import about
from kjtui.words import day_words
from kjtui.words.wrap import cells
from support.app import (
    NARROW,
    WIDE,
    Drive,
    press,
    read,
)


def header(history: History, day: str, width: int) -> str:
    snapshot = history.snapshot(date.fromisoformat(day))
    return "".join(text for text, _ in about(snapshot, width - cells(day_words.header_day(snapshot.day)) - 4))


@pytest.mark.parametrize(
    ("day", "says"),
    [
        # October and November 2018: the court awards.
        ("2018-10-30", ["Supreme Court orders Nippon Steel to pay forced labourers"]),
        ("2018-11-01", ["Awards: final, unpaid since 30 Oct 2018 (3 days)"]),
        # July 2019: the three materials.
        ("2019-07-01", ["METI announces individual licensing of three materials", "3 days until individual licence"]),
        ("2019-07-02", ["Kono and Suga explain the review", "2 days until Resist, HF, FPI: individual"]),
        ("2019-07-04", ["Individual licensing of three materials takes effect"]),
        ("2019-07-12", ["Working-level meeting on the export measures, Tokyo: held"]),
        ("2019-07-14", ["WTO General Council to take up Japan's controls", "controls · 9 days until WTO General Council"]),
        ("2019-07-21", ["2 days until WTO General Council", "Resist, HF, FPI: individual licence since 4 Jul 2019 (18 days)"]),
        ("2019-07-23", ["WTO General Council planned for today"]),
        ("2019-07-24", ["WTO General Council closes"]),
        # August and September 2019: the partner lists and GSOMIA.
        ("2019-08-02", ["Japan's cabinet decides to take Korea off its list", "26 days until JP list: delisted, Group B"]),
        ("2019-08-12", ["MOTIE presents draft that takes Japan off Korea's list", "16 days until JP list"]),
        ("2019-08-22", ["Korea decides to end GSOMIA", "6 days until JP list: delisted, Group B"]),
        ("2019-08-28", ["Korea's removal from Japan's list takes effect", "87 days until GSOMIA: lapsed"]),
        ("2019-09-11", ["Korea asks Japan for WTO consultations", "73 days until GSOMIA: lapsed"]),
        ("2019-09-18", ["Japan's removal from Korea's list in force", "66 days until GSOMIA: lapsed"]),
        # November and December 2019: GSOMIA continues, and the dialogue resumes.
        ("2019-11-20", ["3 days until GSOMIA: lapsed", "KR list: delisted, area Ga-2 since 18 Sep 2019 (64 days)"]),
        ("2019-11-22", ["Korea suspends its notice to end GSOMIA"]),
        ("2019-12-15", ["Foreign ministers, Madrid: held", "1 day until 7th Export Management Policy Dialogue"]),
        ("2019-12-16", ["7th Export Management Policy Dialogue held"]),
        ("2019-12-20", ["Japan opens specific bulk licences for photoresist"]),
        ("2019-12-24", ["Summit, Chengdu: held", "Foreign ministers, Chengdu: held"]),
        # March 2020: the first article.
        ("2020-03-09", ["Japan's visa waiver for Koreans suspended", "1 day until 8th Export Management Policy Dialogue"]),
        ("2020-03-10", ["8th Export Management Policy Dialogue opens", "22 days until JP entry: visa-free"]),
        ("2020-03-11", ["8th Export Management Policy Dialogue closes"]),
        ("2020-06-02", ["Korea announces it will resume the WTO case"]),
        ("2020-06-18", ["Korea asks the WTO for a panel", "1 day until KR catch-all: explicit in statute"]),
        ("2020-07-29", ["WTO panel established in DS590"]),
        # March to July 2023: the measures are reversed, and the second article appears.
        ("2023-03-06", ["Talks on a return to the pre-July 2019 controls announced"]),
        ("2023-03-16", ["Bulk licences for the three materials decided", "9th dialogue closes", "Summit, Japan: held"]),
        ("2023-03-21", ["Korea withdraws both of its 2019 notes on GSOMIA"]),
        ("2023-03-23", ["Special general bulk licences for three materials in force"]),
        ("2023-04-14", ["10th dialogue set for Seoul, 18 to 20 April (+2)", "4 days until 10th dialogue"]),
        ("2023-04-15", ["3 days until 10th dialogue", "Resist, HF, FPI: bulk licence since 23 Mar 2023 (24 days)"]),
        ("2023-04-18", ["10th Export Management Policy Dialogue opens"]),
        ("2023-04-19", ["10th Export Management Policy Dialogue under way"]),
        ("2023-04-24", ["Korea's list: Japan back in area Ga, in force", "4th session of the 10th dialogue opens"]),
        ("2023-04-28", ["Japan opens public comment on Korea's return to Group A"]),
        ("2023-06-27", ["Cabinet of Japan decides Korea's return to Group A", "24 days until JP list: listed"]),
        ("2023-07-21", ["Korea back in Group A, in force"]),
        ("2024-01-01", ["JP list: listed since 21 Jul 2023 (165 days)"]),
    ],
)  # fmt: skip
def test_the_header_has_its_text_at_120_columns(history: History, day: str, says: list[str]) -> None:
    text = header(history, day, 120)
    assert text.startswith(says[0])
    for words in says:
        assert words in text


@pytest.mark.parametrize(
    ("day", "width", "says"),
    [
        (
            "2019-08-30",
            120,
            "JP list: delisted, Group B since 28 Aug 2019 (3 days) · 85 days until GSOMIA: lapsed",
        ),
        ("2019-08-30", 100, "JP list: delisted, Group B since 28 Aug 2019 · 85 days until GSOMIA: lapsed"),
        ("2019-08-30", 80, "85 days until GSOMIA: lapsed"),
        ("2019-08-30", 60, "85 days until GSOMIA: lapsed"),
        ("2021-02-14", 60, "WTO DS590: panel established"),
        ("2023-04-15", 60, "3 days until 10th dialogue"),
        ("2020-03-10", 80, "8th Export Management Policy Dialogue opens"),
        ("2020-03-10", 60, "8th dialogue opens"),
        ("2023-03-16", 100, "Bulk licences for the three materials decided (+1) · 9th dialogue closes"),
        ("2023-03-16", 80, "Bulk licences for the three materials decided (+2)"),
        ("2023-04-14", 80, "10th dialogue set for Seoul, 18 to 20 April · in 4 days"),
        ("2023-03-16", 60, "Bulk licences for the three mater… (+2)"),
    ],
)
def test_less_important_parts_are_omitted_in_a_narrow_header(
    history: History, day: str, width: int, says: str
) -> None:
    assert header(history, day, width) == says


def test_an_event_that_is_named_is_not_counted_among_the_others(history: History) -> None:
    """On 22 November 2019 Korea decided to suspend both its notice on the pact and its WTO case."""
    assert "(+1)" in header(history, "2019-11-22", 80)
    wide = header(history, "2019-11-22", 120)
    assert "Korea suspends the WTO procedure" in wide
    assert "(+" not in wide


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_the_last_day_of_a_state_is_never_shown_without_the_state(history: History, width: int) -> None:
    for day in ("2019-08-21", "2019-08-22", "2020-07-29", "2020-07-30"):
        until = header(history, day, width).partition(" until ")[2]
        assert bool(until) == (width >= 100)  # a narrow header omits the last day
        assert ": " in until or not until


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 200])
def test_the_header_fits_on_every_day(history: History, width: int) -> None:
    for day in [*history.event_days, *(day - timedelta(days=1) for day in history.event_days)]:
        text = header(history, day.isoformat(), width)
        assert text
        assert cells(text) <= width - cells(day_words.header_day(day)) - 4
        assert "Gen. Council" not in text


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_line_begins_with_the_day_and_its_focus(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2020-03-10", size=size) as (app, _):
        assert read(app, "headline").startswith(" Tue 10 March 2020  8th ")


async def test_the_title_of_the_record_is_shown_if_there_is_room(history: History, driven: Drive) -> None:
    async with driven("2019-12-16") as (app, pilot):
        assert read(app, "headline").endswith(history.record.dataset.title)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert history.record.dataset.title not in read(app, "headline")


def test_the_next_session_of_a_meeting_is_shown_at_80_columns(package_history: History) -> None:
    """The 10th dialogue had met by video. Its next session was planned for 18 April 2023 in Seoul."""
    assert header(package_history, "2023-04-14", 80) == "10th dialogue under way · next session in 4 days"


async def test_a_day_of_change_has_its_number_and_its_distance(driven: Drive) -> None:
    async with driven("2019-08-28", size=(160, 40)) as (app, pilot):
        assert re.search(r"change \d+ of \d+, 5 days after the previous one$", read(app, "headline").rstrip())
        await press(pilot, "right")
        assert "change" not in read(app, "headline")


async def test_changes_are_counted_of_the_track_that_n_follows(driven: Drive) -> None:
    async with driven("2019-08-01", "2", *["down"] * 3, "n", size=(160, 40)) as (app, pilot):
        assert read(app, "headline").rstrip().endswith("change 1 of 2 of Japan's list: Korea")
        await press(pilot, "1")
        assert re.search(r"change \d+ of \d+, 5 days after the previous one$", read(app, "headline").rstrip())


@pytest.mark.parametrize(
    ("size", "text"),
    [
        ((45, 40), "+40 d · c compares"),
        (NARROW, "40 days after 21 Nov · c compares"),
        (WIDE, "40 days after 21 Nov 2019 · c compares · esc unpins"),
    ],
    ids=str,
)
async def test_a_pinned_day_keeps_the_key_that_compares_at_every_width(
    driven: Drive, size: tuple[int, int], text: str
) -> None:
    async with driven("2019-11-21", "c", "g", *"2019-12-31", "enter", size=size) as (app, _):
        assert text in read(app, "headline")


@pytest.mark.parametrize("width", [45, 80, 120])
def test_a_day_outside_the_coverage_has_a_caution_and_no_states(history: History, width: int) -> None:
    text = header(history, "2016-07-02", width)
    assert text.startswith("outside the coverage")
    assert "since" not in text
