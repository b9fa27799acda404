"""The status pane and the status strip: states, first days and pending states, each on a fixed line."""

import re
from datetime import date

import pytest

from kjtui.history.snapshot import History
from kjtui.words.labels import is_firm
from support.app import (
    NARROW,
    NORMAL,
    WIDE,
    Drive,
    lines,
    main_screen,
    press,
    read,
)

LARGE = (200, 50)


@pytest.mark.parametrize("size", [NORMAL, NARROW])
async def test_the_strip_shows_what_is_pending_with_its_day(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-08-26", size=size) as (app, _):
        strip = read(app, "strip")
        for item in ("○ JP list listed ▸28 Aug", "● GSOMIA notice ▸23 Nov", "○ KR list listed ▹deli"):
            assert item in strip
        assert "○ JP catch-all exempt ▸28 Aug" in strip


@pytest.mark.parametrize("size", [NORMAL, NARROW, (48, 30), (45, 40), (40, 30)])
@pytest.mark.parametrize("day", ["2019-07-05", "2019-08-02", "2023-03-16", "2023-07-07"])
async def test_every_pending_state_has_its_sign_in_the_strip_at_every_width(
    driven: Drive, day: str, size: tuple[int, int]
) -> None:
    async with driven(day, size=size) as (app, _):
        pending = [one.pending[0] for one in main_screen(app).snapshot.standings if one.pending]
        strip = read(app, "strip")
        assert strip.count("▸") == sum(is_firm(entry) for entry in pending)
        assert strip.count("▹") == sum(not is_firm(entry) for entry in pending)


async def test_a_narrow_strip_has_no_word_rather_than_its_first_letters(driven: Drive) -> None:
    async with driven("2019-07-05", size=(36, 40)) as (app, _):
        assert not re.search(r" \S{1,4}…", read(app, "strip"))


async def test_a_sign_in_the_strip_has_its_state_if_there_is_room(driven: Drive) -> None:
    async with driven("2023-03-16", size=NORMAL) as (app, _):
        assert "● KR list delisted ▹list" in read(app, "strip")


async def test_the_pane_shows_pending_states_beside_the_state(driven: Drive) -> None:
    async with driven("2019-08-26") as (app, pilot):
        status = read(app, "status")
        for line in (
            "○ Japan's list: Korea   listed ▸ delisted",
            "○ Korea's list: Japan   listed ▹ delisted",
            "● GSOMIA                notice ▸ lapsed 23 Nov",
            "○ Japan's catch-all     exempt ▸ applies 28 Aug",
        ):
            assert line in status
        await pilot.resize_terminal(*LARGE)
        await pilot.pause()
        status = read(app, "status")
        assert "listed ▸ delisted, Group B on 28 Aug 2019" in status
        assert "since 2004" in status
        assert "listed, area Ga ▹ delisted, area Ga-2: proposed !" in status


async def test_only_decided_states_are_bold(driven: Drive) -> None:
    async with driven("2019-08-26") as (app, _):
        pane = main_screen(app).query_one("#status")
        for sign, bold in (("▸", True), ("▹", False)):
            rows = (pane.render_line(y) for y in range(pane.size.height))
            marked = [segment for row in rows for segment in row if sign in segment.text]
            assert marked
            assert {bool(segment.style and segment.style.bold) for segment in marked} == {bold}


@pytest.mark.parametrize("keys", [("2",), ("2", "c", "n", "n")], ids=["pending", "compared"])
async def test_a_state_that_is_cut_keeps_the_colour_of_its_sign(driven: Drive, keys: tuple[str, ...]) -> None:
    """The name of a state is truncated to make room for its age or for a second state."""
    async with driven("2019-08-23", *keys, size=(30, 30)) as (app, _):
        pane = main_screen(app).query_one("#status")
        is_beside_another = set()
        for y in range(pane.size.height):
            segments = [segment for segment in pane.render_line(y) if segment.text.strip(" ▶")]
            colours = [segment.style and segment.style.color for segment in segments]
            if len(segments) > 3 and segments[2].text.endswith("…"):
                sign, _, state, other = colours[:4]
                assert state == sign
                assert other != sign
                is_beside_another.add(segments[3].text.endswith("…"))
        assert is_beside_another == {True, False}


async def test_dates_have_ages_if_there_is_room(driven: Drive) -> None:
    async with driven("2020-10-01", size=LARGE) as (app, pilot):
        assert "individual licence" in read(app, "status")
        assert "14 mo  4 Jul 2019" in read(app, "status")
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert "individual licence 14 mo" in read(app, "status")
        assert "specific bulk !     9 mo" in read(app, "status")


@pytest.mark.parametrize(("size", "dates"), [(WIDE, False), (NARROW, True)])
async def test_the_last_column_has_ages_or_dates_but_not_both(
    driven: Drive, size: tuple[int, int], dates: bool
) -> None:
    async with driven("2020-03-10", "2", size=size) as (app, _):
        rows = lines(app, "status")
        assert any(re.search(r"\d{1,2} [A-Z][a-z]{2} \d{4}$", row) for row in rows) is dates
        assert any(re.search(r" (\d+ (d|mo)|today)$", row) for row in rows) is not dates


async def test_a_change_of_the_day_before_has_its_age(driven: Drive) -> None:
    """Korea suspended its visa waiver on 9 March 2020. The long name of the state leaves room for its age."""
    async with driven("2020-03-10") as (app, _):
        row = next(row for row in lines(app, "status") if "Entry to Korea" in row)
        assert row.endswith(" 2 d")


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW, (45, 40)])
@pytest.mark.parametrize("day", ["2019-08-02", "2023-03-16"])
async def test_a_pending_sign_is_followed_by_its_state(
    driven: Drive, size: tuple[int, int], day: str
) -> None:
    async with driven(day, "2", size=size) as (app, _):
        status = read(app, "status")
        signs = re.findall("[▸▹]", status)
        assert signs
        assert len(re.findall("[▸▹] [a-zK]{4,}", status)) == len(signs)


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW, LARGE])
async def test_headings_and_tracks_keep_their_lines(
    history: History, driven: Drive, size: tuple[int, int]
) -> None:
    async with driven("2019-06-30", "2", size=size) as (app, pilot):
        kept = {tuple(line[:24].lstrip(" ▶○◐●◌").rstrip() for line in lines(app, "status"))}
        screen = main_screen(app)
        for day in history.changes[4::3]:
            screen.move(screen.cursor.to_day(history, day))
            await pilot.pause()
            kept.add(tuple(line[:24].lstrip(" ▶○◐●◌").rstrip() for line in lines(app, "status")))
        assert len(kept) == 1
        assert "Partner lists" in next(iter(kept))


async def test_the_columns_of_the_strip_keep_their_places(history: History, driven: Drive) -> None:
    async with driven("2019-06-30", size=NORMAL) as (app, pilot):
        screen = main_screen(app)
        places = set()
        rows = set()
        steady = (date(2019, 6, 30), date(2019, 10, 1), date(2021, 2, 14))
        for day in (*steady, date(2020, 3, 6), date(2023, 3, 16), date(2023, 7, 7)):
            screen.move(screen.cursor.to_day(history, day))
            await pilot.pause()
            strip = lines(app, "strip")
            named = [[name for name in ("HF", "KR list", "Awards") if name in line] for line in strip]
            rows.add(str(named))
            if day in steady:
                places.add(tuple(line.index("KR list") for line in strip if "KR list" in line))
        assert len(rows) == 1
        assert len(places) == 1
        assert "▸21 Jul" in read(app, "strip")  # columns are dropped to make room for the date


async def test_a_pinned_day_shows_its_states_beside_the_current_states(driven: Drive) -> None:
    async with driven("2019-08-01") as (app, pilot):
        rows = len([line for line in lines(app, "status") if line])
        await press(pilot, "c", "n", "n", "n")
        assert len([line for line in lines(app, "status") if line]) == rows
        assert "was ○ listed" in read(app, "status")


async def test_a_state_on_a_later_pinned_day_is_not_shown_as_past(driven: Drive) -> None:
    async with driven("2023-04-14", "c") as (app, pilot):
        screen = main_screen(app)
        assert "This day is pinned" in read(app, "headline")
        screen.go_to_day(date(2020, 3, 10))
        await pilot.pause()
        assert "individual then ○ bulk" in read(app, "status")
        assert "was" not in read(app, "status")
        assert "! then ◐ foundation" in read(app, "status")
        await pilot.resize_terminal(200, 50)
        await pilot.pause()
        assert "on 14 Apr 2023: ○ explicit in statute" in read(app, "status")


async def test_a_state_on_an_earlier_pinned_day_has_its_words_where_cut(driven: Drive) -> None:
    async with driven("2020-03-10", "c") as (app, pilot):
        main_screen(app).go_to_day(date(2023, 4, 14))
        await pilot.pause()
        assert "was ● assets" in read(app, "status")
        assert "then" not in read(app, "status")


async def test_a_day_of_change_shows_the_state_before_it(driven: Drive) -> None:
    async with driven("2019-07-04") as (app, pilot):
        assert "● Hydrogen fluoride     individual was ○ bulk" in read(app, "status")
        await press(pilot, "right")
        assert "was" not in read(app, "status")
