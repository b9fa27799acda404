"""The lanes: the lines at the cursor and at the pinned day, other marks, zoom and clicks."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any, get_args

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.geometry import Region

from kjtui.history.snapshot import History
from kjtui.record.model import Tone
from kjtui.record.store import load
from kjtui.tui import app as main_app
from kjtui.tui.paint.date_scale import CHANGE, MEETING, Scale, Window
from kjtui.tui.paint.date_scale import zoom_levels as zooms
from kjtui.tui.paint.line_pane import Span
from kjtui.tui.paint.themes import DARK, LIGHT, own_variables
from kjtui.tui.panes.lanes import AHEAD, CURSOR, PINNED, LanesPane, period
from kjtui.tui.state.view import View
from kjtui.words import labels
from kjtui.words.wrap import cells
from support.app import screen_text
from support.stores import MakeStore, Tables, sample_record

REAL = History(sample_record())
COVERAGE = Window(REAL.record.dataset.coverage.first, REAL.record.dataset.coverage.last)
MARKS = {CHANGE, AHEAD[CHANGE], labels.PENDING}
WIDE, HALF, NARROW = (120, 20), (64, 20), (30, 20)
DAY = timedelta(days=1)


class Watched(LanesPane):
    """A pane that records the regions that it repaints."""

    def __init__(self, history: History, day: date) -> None:
        self.painted: list[Region] = []
        super().__init__(View.of(history.snapshot(day)))

    def refresh(self, *regions: Region, **options: Any) -> "Watched":
        self.painted += regions
        return super().refresh(*regions, **options)


class Alone(App[None]):
    """An app with only the lanes pane."""

    CSS_PATH = str(main_app.__file__).replace("app.py", "app.tcss")

    def __init__(self, history: History, day: date) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.history = history
        self.pane = Watched(history, day)
        self.pane.styles.height = "1fr"
        self.told: list[date | str] = []

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        self.theme_variables = variables | own_variables(variables)
        return self.theme_variables

    def compose(self) -> ComposeResult:
        yield self.pane

    def go(self, day: date) -> None:
        self.pane.view = View.of(self.history.snapshot(day))

    @on(LanesPane.DaySelected)
    def select_day(self, message: LanesPane.DaySelected) -> None:
        self.told.append(message.day)

    @on(LanesPane.TrackSelected)
    def select_track(self, message: LanesPane.TrackSelected) -> None:
        self.told.append(message.track)

    def text(self) -> list[str]:
        """Return the painted lines."""
        return [self.pane.render_line(y).text.rstrip() for y in range(self.pane.line_count())]

    def rows(self) -> list[list[Span]]:
        """Return the bars. Each cell of a bar is a character with its style."""
        lines = (self.pane.line(index) for index in range(self.pane.line_count()))
        return [[(sign, style) for text, style in line[1:] for sign in text] for line in lines]

    def row(self, track: str) -> list[Span]:
        return self.rows()[list(self.history.record.tracks).index(track) + 1]

    def cursor(self) -> int:
        """Return the cell of the cursor. Assert that it is the same in every lane."""
        found = [[cell for cell, (_, style) in enumerate(row) if style == "cursor"] for row in self.rows()]
        assert all(len(row) == 1 for row in found)
        assert len({row[0] for row in found}) == 1
        return found[0][0]

    def scale(self) -> Scale:
        """Return the scale that shows the whole coverage."""
        return Scale(COVERAGE, len(self.rows()[0]))

    def place(self, row: int, cell: int) -> tuple[int, int]:
        """Return the position of a cell within the pane, counting the border."""
        return (cells(self.pane.line(0)[0][0]) + cell + 1, row + 1)


# The pane


async def test_the_lanes_of_another_record(bridge: History) -> None:
    app = Alone(bridge, date(2021, 5, 20))
    async with app.run_test(size=(50, 7)):
        assert app.text() == [
            "          2021 ╷   Apr╷ │╷  Jul╷  ╷  Oct╷  ╷",
            " Bridge   ······◆━━━━━━━│━━━◇╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍",
            " Ferry    ┈┈┈┈┈┈┈┈┈┈┈┈┈┈│┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
            " Meetings             • │",
        ]
        app.go(date(2021, 5, 5))
        assert app.text() == [
            "          2021 ╷   Apr│  ╷  Jul╷  ╷  Oct╷  ╷",
            " Bridge   ······◆━━━━━│━━▸━━◇╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍",
            " Ferry    ┈┈┈┈┈┈┈┈┈┈┈┈│┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
            " Meetings             ◦",
        ]


@pytest.mark.parametrize("size", [WIDE, HALF, NARROW], ids=str)
@pytest.mark.parametrize("zoom", [0, 2, 5])
async def test_the_cursor_is_one_line_through_all_lanes_and_later_cells_are_dimmed(
    size: tuple[int, int], zoom: int
) -> None:
    app = Alone(REAL, COVERAGE.first)
    async with app.run_test(size=size):
        app.pane.zoom(zoom)
        for day in (COVERAGE.first, *REAL.changes, COVERAGE.last):
            app.go(day)
            here = app.cursor()
            sign, style = app.rows()[0][here]
            assert style == "cursor"
            assert sign == CURSOR or sign.isalnum()  # a label can be at the cursor
            for row in app.rows():
                assert {style for _, style in row[:here]} <= {*get_args(Tone), "dim"}
                # At the highest zoom a day can be two cells wide.
                assert {style for _, style in row[here + 5 :]} <= {"ahead", "accent"}
                assert {sign for sign, _ in row[:here]}.isdisjoint(AHEAD.values())
                assert {sign for sign, style in row if style == "ahead"}.isdisjoint(AHEAD)


async def test_a_change_in_the_cell_of_the_cursor_is_ahead_until_its_day() -> None:
    app = Alone(REAL, COVERAGE.first)
    seen = set()
    async with app.run_test(size=WIDE):
        for track in REAL.record.tracks:
            first = REAL.runs(track)[1].first
            for day in (first - DAY, first):
                app.go(day)
                here = app.cursor()
                if here == app.scale().cell(first) and not REAL.snapshot(day).standing(track).pending:
                    assert app.row(track)[here][0] == (CHANGE if day == first else AHEAD[CHANGE])
                    seen.add(day == first)
    assert seen == {True, False}


async def test_a_set_change_is_marked_on_its_day_once_it_is_known() -> None:
    app = Alone(REAL, date(2019, 8, 1))
    async with app.run_test(size=WIDE):
        app.pane.zoom(5)
        for day, shown in (
            (date(2019, 8, 1), (AHEAD[CHANGE], "ahead")),
            (date(2019, 8, 10), (labels.PENDING, "accent")),
            (date(2019, 8, 31), (CHANGE, "controlled")),
        ):
            app.go(day)
            marked = [span for span in app.row("japan-list") if span[0] in MARKS]
            assert marked == [shown]


async def test_a_dropped_change_is_marked_only_while_it_is_pending() -> None:
    app = Alone(REAL, date(2019, 11, 21))
    async with app.run_test(size=WIDE):
        app.pane.zoom(5)
        assert sum(sign == labels.PENDING for sign, _ in app.row("gsomia")) == 1
        app.go(date(2019, 11, 22))
        assert labels.PENDING not in {sign for sign, _ in app.row("gsomia")}


async def test_meetings_are_marked_at_their_days() -> None:
    app = Alone(REAL, date(2020, 3, 10))
    async with app.run_test(size=WIDE):
        row = app.rows()[-1]
        marked = {cell for cell, (sign, _) in enumerate(row) if sign in (MEETING, AHEAD[MEETING])}
        assert marked == {app.scale().cell(day) for day in REAL.meeting_days if COVERAGE.holds(day)}
        assert row[app.cursor()][0] == MEETING


async def test_the_pinned_day_is_a_second_line() -> None:
    app = Alone(REAL, date(2020, 3, 10))
    async with app.run_test(size=WIDE):
        app.pane.pinned = REAL.snapshot(date(2021, 4, 14))
        cell = app.scale().cell(app.pane.pinned.day)
        assert all(row[cell] == (PINNED, "strong") for row in app.rows())
        app.pane.pinned = REAL.snapshot(date(2023, 3, 23))
        cell = app.scale().cell(app.pane.pinned.day)
        assert app.row("hydrogen-fluoride")[cell] == (AHEAD[CHANGE], "strong")
        app.pane.pinned = REAL.snapshot(date(2020, 3, 10))
        assert app.rows()[1][app.cursor()] == (CURSOR, "cursor")
        app.pane.pinned = REAL.snapshot(date(2023, 3, 23))
        app.pane.zoom(5)
        app.pane.pinned = None
        assert "strong" not in {style for row in app.rows() for _, style in row}


async def test_a_step_changes_no_cells_but_those_of_the_cursor() -> None:
    app = Alone(REAL, date(2019, 6, 1))
    async with app.run_test(size=WIDE) as pilot:
        for zoom in (0, 3):
            app.go(date(2019, 6, 1))
            app.pane.zoom(-9)
            app.pane.zoom(zoom)
            for _ in range(50):
                assert app.pane.snapshot
                before, here, snapshot = app.rows(), app.cursor(), app.pane.snapshot
                await pilot.pause(0)
                app.pane.painted.clear()
                app.go(snapshot.day + DAY)
                there = app.cursor()
                beyond = app.place(0, there + 12)[0]
                if there < here:
                    continue  # the lanes scrolled by a page
                for index, (old, new) in enumerate(zip(before, app.rows(), strict=True)):
                    differ = {cell for cell in range(len(old)) if old[cell] != new[cell]}
                    if index >= len(REAL.record.tracks) or not set_anew(snapshot, app.pane.snapshot, index):
                        assert differ <= set(range(here, there + 4))
                        assert all(r.right < beyond for r in app.pane.painted if r.y == index)
                    assert differ or not any(r.y == index for r in app.pane.painted)


def set_anew(before: Any, after: Any, index: int) -> bool:
    """Return whether the pending states of a track differ between two snapshots."""
    return bool(before.standings[index].pending != after.standings[index].pending)


async def test_lanes_leave_no_outdated_cell_after_a_step_or_zoom() -> None:
    """The pane repaints only changed cells. The test checks that no changed cell is left out."""
    app = Alone(REAL, date(2019, 7, 1))
    async with app.run_test(size=WIDE) as pilot:
        steps: list[Callable[[], None]] = [
            *(partial(app.go, date(2019, 7, 1) + days * DAY) for days in (1, 4, 44, 300)),
            partial(app.pane.zoom, 3),
            partial(setattr, app.pane, "pinned", REAL.snapshot(date(2020, 5, 1))),
            *(partial(app.go, date(2019, 7, 1) + days * DAY) for days in (301, 400, 40)),
            partial(app.pane.zoom, -2),
            partial(setattr, app.pane, "pinned", None),
        ]
        for step in steps:
            step()
            await pilot.pause()
            shown = screen_text(app)
            app.pane.refresh()
            await pilot.pause()
            assert shown == screen_text(app), step


# Zoom


def test_there_are_no_more_zooms_than_a_short_coverage_has_room_for(bridge: History) -> None:
    assert zooms(COVERAGE) == [2649, 1826, 730, 365, 183, 61]
    assert zooms(period(bridge.snapshot(date(2021, 5, 20)))) == [365, 183, 61]


async def test_zoom_keeps_the_cursor_visible_and_near_its_position() -> None:
    for day in (COVERAGE.first, date(2019, 7, 4), date(2022, 9, 9), COVERAGE.last):
        app = Alone(REAL, day)
        async with app.run_test(size=WIDE):
            whole, place = app.text(), app.cursor()
            looks = [whole]
            for _ in range(7):
                app.pane.zoom(1)
                assert abs(app.cursor() - place) <= 3
                looks.append(app.text())
            assert looks[6] == looks[5] == looks[7]
            assert len({tuple(look) for look in looks}) == 6
            app.pane.zoom(-1)
            assert app.text() != looks[5]
            app.pane.zoom(-9)
            assert app.text() == whole


async def test_the_window_shifts_if_the_cursor_would_leave_it() -> None:
    app = Alone(REAL, date(2020, 3, 10))
    async with app.run_test(size=WIDE):
        app.pane.zoom(5)
        turned = 0
        for days in range(150):
            before = app.cursor()
            app.go(date(2020, 3, 10) + days * DAY)
            turned += app.cursor() < before
        assert turned == 3
        app.go(date(2025, 12, 31))
        assert app.cursor() >= len(app.rows()[0]) - 2
        app.go(date(2018, 10, 1))
        assert app.cursor() == 0


async def test_steps_outside_the_coverage_leave_the_bars_still() -> None:
    app = Alone(REAL, date(2016, 11, 24))
    async with app.run_test(size=WIDE):
        still = app.rows()[0][40:]
        for zoom, day in (
            (0, date(2016, 11, 25)),
            (0, REAL.first_day),
            (3, date(2017, 1, 1)),
            (0, REAL.first_day),
        ):
            app.pane.zoom(zoom)
            app.go(day)
            app.cursor()
            app.pane.zoom(-9)
            assert app.rows()[0][40:] == still
        app.go(COVERAGE.first)
        assert app.cursor() == 0


# The mouse


async def test_a_click_on_a_bar_selects_the_day() -> None:
    app = Alone(REAL, date(2019, 8, 10))
    async with app.run_test(size=WIDE) as pilot:
        scale, tracks = app.scale(), ["the years", *REAL.record.tracks]
        for row, day in (
            (tracks.index("gsomia"), date(2023, 3, 21)),  # a change
            (tracks.index("japan-list"), date(2019, 8, 28)),  # pending
            (len(tracks), date(2022, 9, 21)),  # a meeting
        ):
            await pilot.click("#lanes", offset=app.place(row, scale.cell(day)))
            assert app.told.pop() == day
        for row, cell in (
            (0, 0),
            (tracks.index("korea-entry"), 70),
            (len(tracks), 60),
        ):
            await pilot.click("#lanes", offset=app.place(row, cell))
            assert app.told.pop() == scale.first_day(cell)
        await pilot.click("#lanes", offset=app.place(len(tracks) + 1, 31))
        await pilot.click("#lanes", offset=(0, 3))
        assert app.told == []


async def test_a_click_on_a_scheduled_change_selects_its_day(bridge: History) -> None:
    app = Alone(bridge, date(2021, 5, 5))
    async with app.run_test(size=(50, 20)) as pilot:
        cell = [sign for sign, _ in app.row("bridge")].index(labels.PENDING)
        await pilot.click("#lanes", offset=app.place(1, cell))
        assert app.told == [date(2021, 6, 1)]


@pytest.mark.slow
async def test_a_click_selects_the_day_that_the_cursor_then_marks() -> None:
    app = Alone(REAL, date(2021, 1, 1))
    async with app.run_test(size=WIDE) as pilot:
        for _ in range(6):
            for cell in (25, 80):
                await pilot.click("#lanes", offset=app.place(1, cell))
                day = app.told.pop()
                assert isinstance(day, date)
                app.go(day)
                assert cell - app.cursor() in (0, 1)
            app.pane.zoom(1)


@pytest.mark.slow
async def test_a_click_on_a_name_selects_the_track() -> None:
    app = Alone(REAL, date(2021, 1, 1))
    async with app.run_test(size=WIDE) as pilot:
        for row in range(len(REAL.record.tracks) + 2):
            await pilot.click("#lanes", offset=(3, row + 1))
        assert app.told == list(REAL.record.tracks)


async def test_a_click_in_lines_that_were_scrolled() -> None:
    app = Alone(REAL, date(2021, 1, 1))
    async with app.run_test(size=(80, 8)) as pilot:
        await pilot.pause()
        app.pane.scroll_to(y=4, animate=False, immediate=True)
        await pilot.pause()
        await pilot.click("#lanes", offset=(3, 2))
        assert app.told == [list(REAL.record.tracks)[4]]
        assert "2020" in app.text()[0]  # the line of the years does not scroll


# Unusual sizes and records


@pytest.mark.slow
async def test_any_size(bridge: History) -> None:
    app = Alone(bridge, date(2021, 5, 20))
    async with app.run_test(size=(1, 1)) as pilot:
        for width in (*range(1, 16), 24, 300):
            await pilot.resize_terminal(width, 8)
            await pilot.pause()
            assert all(cells(text) <= width for text in app.text())
            app.pane.zoom(1 if width % 2 else -1)
            app.go(date(2021, 1, 1) + width * DAY)
            if width >= 10:
                app.cursor()


def tables_with(tables: Tables, tracks: Iterable[str]) -> Tables:
    """Return the second record with only some of its tracks, and without meetings."""
    tables["tracks"] = {key: track for key, track in tables["tracks"].items() if track["id"] in tracks}
    tables["meetings"] = {}
    tables["events"] = {key: event for key, event in tables["events"].items() if "meeting" not in event}
    for event in tables["events"].values():
        event["effects"] = [effect for effect in event.get("effects", ()) if effect["track"] in tracks]
    return tables


async def test_one_track_without_a_change_and_no_meeting(tables: Tables, make_store: MakeStore) -> None:
    history = History(load(make_store(tables_with(tables, ["ferry"]))))
    app = Alone(history, date(2021, 5, 20))
    async with app.run_test(size=(40, 4)):
        assert app.pane.line_count() == 2
        assert app.text()[0].startswith("       2021╷ ")
        assert app.text()[1].startswith(" Ferry ┈┈┈┈┈┈┈┈┈┈┈│┈┈┈┈")


async def test_long_names_are_truncated_by_their_width_in_cells(
    tables: Tables, make_store: MakeStore
) -> None:
    tables["tracks"]["1"]["short"] = "불화수소フッ化水素"
    tables["tracks"]["2"]["name"] = "[/] [bold]"
    app = Alone(History(load(make_store(tables))), date(2021, 5, 20))
    async with app.run_test(size=(60, 8)):
        assert app.text()[1].startswith(" 불화수소フッ… ···")
        assert app.text()[2].startswith(" [/] [bold]    ┈┈┈")
        assert len({cells(strip) for strip in app.text()[1:3]}) == 1


async def test_both_themes() -> None:
    app = Alone(REAL, date(2020, 3, 10))
    async with app.run_test(size=WIDE) as pilot:
        before, dark = app.text(), app.pane.render_line(0)
        app.theme = LIGHT.name
        await pilot.pause()
        assert app.text() == before
        assert app.pane.render_line(0) != dark
