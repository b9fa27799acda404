"""The app as a user operates it with keys and mouse. The tests read the text of its panes."""

from datetime import date
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input, Static

from kjtui.documents.layout import lay_out, plain_lines
from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.event_reader import EventReader
from kjtui.tui.dialogs.export_dialog import ExportDialog
from kjtui.tui.dialogs.goto_dialog import GoToDialog
from kjtui.tui.dialogs.help_dialog import HelpPage
from kjtui.tui.keys.command_table import BY_ID, COMMANDS, CONTEXTS, FOOTER_MAIN, FOOTER_MORE, all_commands
from kjtui.tui.paint.line_pane import LinePane
from kjtui.tui.state.pane_table import PANES
from kjtui.words import day_words
from support.app import (
    NARROW,
    NORMAL,
    WIDE,
    Drive,
    lines,
    main_screen,
    notices,
    press,
    read,
    screen_text,
    selected,
    selected_event,
    sizes,
)
from support.exports import as_text


async def test_the_day_of_the_first_article_at_a_glance(driven: Drive) -> None:
    async with driven("2020-03-10") as (app, _):
        assert read(app, "headline").startswith(
            " Tue 10 March 2020  8th Export Management Policy Dialogue opens"
        )
        status = read(app, "status")
        for line in (
            "◐ Photoresist           specific bulk",
            "● Hydrogen fluoride     individual licence  8 mo",
            "● Japan's list: Korea   delisted, Group B",
            "◌ WTO case DS590        suspended !         3 mo",
            "◐ GSOMIA                notice suspended",
            "● Entry to Japan        suspended ▸ visa-free",
        ):
            assert line in status
        meeting = read(app, "meeting")
        for text in (
            "8th Export Management Policy", "UNDER WAY", "10 Mar 2020 10:00", "video · level: director",
            "Lee Ho-hyeon", "Iida Yoichi", "Before   7th dialogue, 16 Dec 2019, 85 days",
        ):  # fmt: skip
            assert text in meeting
        assert selected(app).startswith("▶ Mar 10 JP+ 8th policy dialogue opens by video")
        cursor = next(i for i, line in enumerate(lines(app, "timeline")) if "─── Tue 10 Mar 2020 ──" in line)
        assert lines(app, "timeline")[cursor - 1].startswith("▶")
        assert "11 JP+ " in lines(app, "timeline")[cursor + 1]


@pytest.mark.parametrize(
    ("start", "keys", "day"),
    [
        ("2020-03-10", ["right"], "2020-03-11"),
        ("2020-03-10", ["h", "h"], "2020-03-08"),
        ("2020-03-10", ["l"], "2020-03-11"),
        ("2020-03-12", ["down"], "2020-03-18"),
        ("2020-03-12", ["k"], "2020-03-11"),
        ("2020-03-10", ["n"], "2020-06-18"),
        ("2020-03-10", ["p"], "2020-03-09"),
        ("2020-03-09", ["m"], "2020-03-10"),
        ("2020-03-10", ["M"], "2020-02-21"),
        ("2020-01-31", ["right_square_bracket"], "2020-02-29"),
        ("2020-03-31", ["left_square_bracket"], "2020-02-29"),
        ("2020-02-29", ["right_curly_bracket"], "2021-02-28"),
        ("2020-02-29", ["left_curly_bracket"], "2019-02-28"),
        ("2020-03-10", ["home"], "2016-06-30"),
        ("2020-03-10", ["end"], "2025-12-31"),
        ("2020-03-10", ["home", "left"], "2016-06-30"),
        ("2020-03-10", ["end", "right", "right_curly_bracket"], "2025-12-31"),
        ("2020-03-10", ["n", "apostrophe"], "2020-03-10"),
        ("2020-03-10", ["n", "apostrophe", "apostrophe"], "2020-06-18"),
        ("2020-03-10", ["n", "right", "apostrophe"], "2020-03-10"),
        ("2020-03-10", ["apostrophe"], "2020-03-10"),
    ],
)
async def test_keys_move_the_day_and_the_selection(
    history: History, driven: Drive, start: str, keys: list[str], day: str
) -> None:
    async with driven(start, *keys) as (app, _):
        screen = main_screen(app)
        assert screen.cursor.day == date.fromisoformat(day)
        assert day_words.header_day(screen.cursor.day) in read(app, "headline")
        assert screen.snapshot is not None
        assert screen.snapshot.standings == history.snapshot(screen.cursor.day).standings


async def test_events_of_one_day_are_visited_one_by_one(driven: Drive) -> None:
    async with driven("2020-03-05", "v") as (app, pilot):
        visited = []
        for _ in range(4):
            await press(pilot, "down")
            visited.append((main_screen(app).cursor.day.isoformat(), main_screen(app).cursor.selected))
        assert [day for day, _ in visited[:3]] == ["2020-03-06"] * 3
        first = visited[0][1]
        assert first is not None
        assert [index for _, index in visited] == list(range(first, first + 4))


async def test_a_change_selects_the_event_that_made_it(driven: Drive) -> None:
    async with driven("2019-12-19", "n") as (app, _):
        assert "Japan opens specific bulk licences for pho" in selected(app)
        assert "today" in next(line for line in lines(app, "status") if "Photoresist" in line)


@pytest.mark.slow
async def test_every_pane_follows_a_walk_through_the_whole_record(history: History) -> None:
    app = KjtuiApp(history, history.changes[0])
    async with app.run_test(size=WIDE) as pilot:
        for day in history.changes[1:]:
            await press(pilot, "n")
            stepped = {pane: read(app, pane) for pane in ("headline", "status", "meeting")}
            assert main_screen(app).cursor.day == day
            fresh = KjtuiApp(history, day)
            if day in history.changes[5:40:9]:
                async with fresh.run_test(size=WIDE):
                    assert stepped == {pane: read(fresh, pane) for pane in stepped}


@pytest.mark.slow
async def test_panes_leave_no_outdated_cell_after_a_key(driven: Drive) -> None:
    """Panes repaint only changed cells. The test checks that no changed cell is left out."""
    async with driven("2019-06-20") as (app, pilot):
        for key in [
            "right",
            "n",
            "n",
            "down",
            "m",
            "up",
            "c",
            "p",
            "n",
            "escape",
            "end",
            "home",
            "n",
            "m",
            "n",
        ]:
            await press(pilot, key)
            screen = main_screen(app)
            shown = screen_text(app)
            for pane in screen.query(LinePane):
                pane.refresh()
            await pilot.pause()
            assert shown == screen_text(app), key


async def test_go_to_shows_its_interpretation(driven: Drive) -> None:
    async with driven("2020-03-10", "g") as (app, pilot):
        assert isinstance(app.screen, GoToDialog)
        message = app.screen.query_one(".message", Static)
        for typed, answer in (
            ("2023-04-14", "Friday 14 April 2023 · "),
            ("2023-02-30", "there is no 2023-02-30 in the calendar"),
            ("April 9, 2020", "Thursday 9 April 2020 · "),
            ("2020年4月9日", "Thursday 9 April 2020 · "),
            ("+30", "Thursday 9 April 2020 · "),
            ("1999-01-01", "1999-01-01 is outside the record: 2016-06-30 to 2025-12-31"),
            ("today", "Wednesday 31 December 2025 · the last day of the record; today is"),
            ("last meeting", "Friday 21 February 2020 · "),
            ("next change", "Thursday 18 June 2020 · "),
            ("both of its 2019 notes", "1 found for 'both of its 2019 notes'"),
            ("4 July", "10 possible days"),
            ("hydogen", "nothing found; tab takes hydrogen"),
            ("xyzzy", "neither a day nor a name in the record; esc / searches the texts"),
        ):
            app.screen.query_one(Input).value = typed
            await pilot.pause()
            assert str(message.content).startswith(answer)
        await press(pilot, "enter")
        assert isinstance(app.screen, GoToDialog)
        app.screen.query_one(Input).value = "2023-04-14"
        await press(pilot, "enter")
        assert main_screen(app).cursor.day == date(2023, 4, 14)
        await press(pilot, "g", "escape")
        assert main_screen(app).cursor.day == date(2023, 4, 14)


async def test_go_to_highlights_its_best_answer(driven: Drive) -> None:
    async with driven("2020-01-10", "g", *"8th dialogue", "enter") as (app, pilot):
        assert main_screen(app).cursor.day == date(2020, 3, 10)
        await press(pilot, "g", *"4 july", "enter")
        assert main_screen(app).cursor.day == date(2020, 7, 4)
        await press(pilot, "g", *"4 july", "up", "enter")
        assert main_screen(app).cursor.day == date(2019, 7, 4)
        await press(pilot, "g", *"today", "enter")
        assert main_screen(app).cursor.day == date(2025, 12, 31)


async def test_go_to_corrects_misspelt_words(driven: Drive) -> None:
    async with driven("2020-01-10", "g", *"photresist", "tab") as (app, _):
        assert app.screen.query_one(Input).value == "photoresist"
        assert isinstance(app.screen, GoToDialog)
        assert app.screen.found.option_count


async def test_export_writes_what_the_command_prints(
    history: History, driven: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driven("2020-03-10", "e", size=NORMAL, notifications=True) as (app, pilot):
        assert isinstance(app.screen, ExportDialog)
        assert app.screen.query_one(Input).value == "kjtui-2020-03-10.txt"
        await press(pilot, "enter")
        path = tmp_path / "kjtui-2020-03-10.txt"
        assert path.read_text(encoding="utf-8") == as_text(history.snapshot(date(2020, 3, 10)))
        assert notices(app) == [f"Saved {path}\nE opens it"]

        path.write_text("mine")
        await press(pilot, "e", "enter")
        message = app.screen.query_one(".message", Static)
        assert str(message.content) == f"{path} exists; press enter again to overwrite it"
        assert path.read_text() == "mine"
        await press(pilot, "enter")
        assert path.read_text(encoding="utf-8").startswith("Japan–Korea export controls")


async def test_a_failed_export_stays_open_and_shows_why(
    driven: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driven("2020-03-10", "e", size=NORMAL) as (app, pilot):
        for name, why in (
            (
                "missing/day.txt",
                f"{tmp_path}/missing does not exist; press enter again to make this folder",
            ),
            (".", f"{tmp_path}: is a folder"),
            ("", "enter a file name"),
            (
                "~nobody-of-this-name/day.txt",
                "~nobody-of-this-name/day.txt: cannot be written: Could not determine home directory.",
            ),
        ):
            app.screen.query_one(Input).value = name
            await press(pilot, "enter")
            assert isinstance(app.screen, ExportDialog)
            assert str(app.screen.query_one(".message", Static).content) == why
        preview = app.screen.query_one(".preview", Static)
        assert str(preview.content).startswith("Japan–Korea export controls\nStatus at")
        app.screen.query_one(Input).value = "day.json"
        await pilot.pause()
        assert str(preview.content).startswith('{\n  "schema": "kjtui/snapshot/2"')
        await press(pilot, "enter")
        assert (
            (tmp_path / "day.json")
            .read_text(encoding="utf-8")
            .startswith('{\n  "schema": "kjtui/snapshot/2"')
        )
        assert [path.name for path in tmp_path.iterdir()] == ["day.json"]


async def test_help_names_every_command(driven: Drive) -> None:
    async with driven("2020-03-10", "question_mark", size=NORMAL) as (app, pilot):
        await press(pilot, "1")
        page = app.screen.query_one(HelpPage)
        text = "\n".join("".join(text for text, _ in page.line(index)) for index in range(page.line_count()))
        for command in (command for group in COMMANDS.values() for command in group):
            assert command.title in text
            assert command.shown in text
        await press(pilot, "escape")
        assert app.screen_stack == [main_screen(app)]


async def test_an_event_in_full(history: History, driven: Drive) -> None:
    async with driven("2019-12-20", "enter", size=NORMAL) as (app, _):
        assert isinstance(app.screen, EventReader)
        event = selected_event(app)
        text = "\n".join(plain_lines(lay_out(app.screen.text.document, 400)))
        for part in (
            event.title,
            event.summary,
            "Photoresist: in force: ◐ specific bulk licence",
            "Sources disagree",
        ):
            assert part in text
        for source in event.sources:
            assert history.record.sources[source].url in text


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=str)
async def test_small_screens_keep_day_and_standings_and_show_one_pane(
    driven: Drive, size: tuple[int, int]
) -> None:
    async with driven("2020-03-10", size=size) as (app, pilot):
        for key, pane in (("3", "meeting"), ("2", "status"), ("1", "timeline")):
            await press(pilot, key)
            panes = [main_screen(app).query_one(f"#{name}") for name in ("timeline", "status", "meeting")]
            shown = [widget.id for widget in panes if widget.display and widget.size]
            assert shown == [pane]
            assert app.focused is main_screen(app).query_one(f"#{pane}")
            assert "10 March 2020" in read(app, "headline")
            strip = read(app, "strip")
            for part in (
                "◐ Resist specific bulk",
                "● HF individual",
                "● JP list delisted",
                "◌ WTO DS590 suspended",
            ):
                assert (part in strip) == (pane != "status")  # the status pane replaces the strip
        await press(pilot, "right")
        assert "11 March 2020" in read(app, "headline")


async def test_resizing_keeps_cursor_and_focus(driven: Drive) -> None:
    async with driven("2020-03-10", "3") as (app, pilot):
        for width, height in ((60, 20), (1, 1), (300, 100), (80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
        assert main_screen(app).cursor.day == date(2020, 3, 10)
        assert app.focused is main_screen(app).query_one("#meeting")
        assert selected(app).startswith("▶ Mar 10")


async def test_a_click_on_an_event_moves_there(driven: Drive) -> None:
    async with driven("2020-03-10") as (app, pilot):
        row = next(
            i for i, line in enumerate(lines(app, "timeline")) if "visa waiver for Japanese suspended" in line
        )
        await pilot.click("#timeline", offset=(20, row + 1))
        await pilot.pause()
        assert main_screen(app).cursor.day == date(2020, 3, 9)
        assert "visa waiver for Japanese suspended" in selected(app)


async def test_a_click_on_a_tab_shows_its_pane(driven: Drive) -> None:
    async with driven("2020-03-10", size=NORMAL) as (app, pilot):
        await pilot.click("#tabs", offset=(26, 0))
        await pilot.pause()
        assert main_screen(app).pane == "meeting"


async def test_one_pane_alone_and_back(driven: Drive) -> None:
    async with driven("2020-03-10", "3", "z") as (app, pilot):
        meeting, timeline = (main_screen(app).query_one(f"#{pane}") for pane in ("meeting", "timeline"))
        assert meeting.size.height > 25
        assert not timeline.size
        assert "Tue 10 March 2020" in read(app, "headline")
        assert "◌ WTO DS590 suspended" in read(app, "strip")
        await press(pilot, "right", "z")
        assert timeline.size
        assert app.focused is meeting
        assert "HELD" in read(app, "meeting")
        await press(pilot, "z", "escape")
        assert timeline.size


async def test_the_palette_runs_commands(driven: Drive) -> None:
    async with driven("2020-03-10", "ctrl+p") as (app, pilot):
        await press(pilot, *"next change")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert main_screen(app).cursor.day == date(2020, 6, 18)


async def test_outside_the_coverage_the_screen_shows_a_caution(driven: Drive) -> None:
    async with driven("2016-11-23", size=NARROW) as (app, _):
        assert "outside the coverage" in read(app, "headline")


async def test_another_record_without_meetings_yet(driven_bridge: Drive) -> None:
    async with driven_bridge("2021-03-01") as (app, pilot):
        assert "○ Mill Lane bridge" in read(app, "status")
        assert "No meeting so far." in read(app, "meeting")
        await press(pilot, "n")
        assert main_screen(app).cursor.day == date(2021, 3, 5)
        assert "closed ▸ open 1 Jun     today" in read(app, "status")


async def test_q_quits(driven: Drive) -> None:
    async with driven("2020-03-10") as (app, pilot):
        await pilot.press("q")
    assert app.return_code == 0


def test_every_binding_has_an_id_and_no_key_is_bound_twice() -> None:
    commands = list(all_commands())
    keyed = [command for command in commands if command.keys]
    keys = [(CONTEXTS[command.id], key) for command in keyed for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert len({command.id for command in commands}) == len(commands)
    assert all(BY_ID[one].footer for one, *_ in (*FOOTER_MAIN, *FOOTER_MORE))


def test_every_pane_has_a_number_an_id_and_words_of_its_own() -> None:
    assert [pane.number for pane in PANES] == list(range(1, len(PANES) + 1))
    for names in ([pane.id for pane in PANES], [pane.title for pane in PANES], [pane.help for pane in PANES]):
        assert all(names)
        assert len(set(names)) == len(PANES)


@pytest.mark.parametrize("size", sizes((120, 30), (60, 50), (60, 12)))
async def test_every_pane_is_shown_by_its_key(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2020-03-10", size=size) as (app, pilot):
        for pane in reversed(PANES):
            await press(pilot, str(pane.number))
            widget = main_screen(app).query_one(f"#{pane.id}")
            assert widget.has_focus
            assert widget.size.height > 0
            assert str(widget.border_title).startswith(f"{pane.number} {pane.title}")


async def test_the_tabs_name_every_pane(driven: Drive) -> None:
    async with driven("2020-03-10", size=NORMAL) as (app, _):
        names = [f"{pane.number} {pane.title}" for pane in PANES]
        assert read(app, "tabs").strip().split("   ") == names


async def test_text_typed_without_a_pause_reaches_the_dialog_that_its_first_key_opens(driven: Drive) -> None:
    async with driven("2019-07-01") as (app, pilot):
        for character in "/seko":
            app.post_message(Key("slash" if character == "/" else character, character))
        await pilot.pause()
        assert app.screen.query_one(Input).value == "seko"
