"""The first start of the app, later starts, and the footer."""

import json
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from kjtui.history.snapshot import History
from kjtui.record.model import Stage
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.help_dialog import HelpDialog, HelpPage
from kjtui.tui.dialogs.help_pages import first_keys, help_pages, pane_signs
from kjtui.tui.dialogs.welcome_dialog import WelcomeDialog, sentences
from kjtui.tui.keys.command_table import all_commands
from kjtui.tui.state import last_place
from kjtui.tui.state.pane_table import PANES, Pane
from kjtui.words import labels
from kjtui.words.wrap import cells
from support.app import NARROW, NORMAL, WIDE, Drive, main_screen, press, screen_text, sizes


@pytest.mark.parametrize("size", sizes((200, 50)))
async def test_the_first_start_introduces_the_record(history: History, size: tuple[int, int]) -> None:
    app = KjtuiApp(history)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WelcomeDialog)
        assert main_screen(app).cursor.day == history.record.dataset.start
        text = screen_text(app)
        for part in (
            "In July 2019 Japan began to",
            "From March to July 2023",
            "keys, signs, search and files" if size != NARROW else "? help",
            "Thursday 4 July 2019 is open",
        ):
            assert part in text
        about = str(app.screen.query_one(".about").render())
        said, whole = " ".join(about.split()), history.record.dataset.about
        assert said.endswith(".")
        assert said == whole
        await press(pilot, "enter")
        assert app.screen_stack == [main_screen(app)]


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW, (45, 40)], ids=str)
async def test_the_welcome_explains_the_signs_of_states(history: History, size: tuple[int, int]) -> None:
    app = KjtuiApp(history)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for part in ("○ free", "● controlled", "▸ decided", "▹ undecided"):
            assert part in screen_text(app)


async def test_a_key_of_the_welcome_works(history: History) -> None:
    app = KjtuiApp(history)
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "right")
        await pilot.pause()
        assert app.screen is main_screen(app)
        assert main_screen(app).cursor.day == date(2019, 7, 5)


async def test_keys_typed_ahead_of_the_welcome_are_not_lost(history: History) -> None:
    app = KjtuiApp(history)
    async with app.run_test(size=NORMAL) as pilot:
        for _ in range(3):
            app.simulate_key("right")
        await pilot.pause(0.3)
        assert app.screen_stack == [main_screen(app)]
        assert main_screen(app).cursor.day == date(2019, 7, 7)


async def test_a_later_start_opens_at_the_last_place(history: History) -> None:
    first = KjtuiApp(history)
    async with first.run_test(size=NORMAL) as pilot:
        await press(pilot, "enter", "n", "3", "q")
    left = main_screen_day(first)
    second = KjtuiApp(history)
    async with second.run_test(size=NORMAL) as pilot:
        await pilot.pause()
        screen = main_screen(second)
        assert second.screen is screen
        assert (screen.cursor.day, screen.pane) == (left, "meeting")
        assert screen.query_one("#meeting").has_focus
        await press(pilot, "q")
    third = KjtuiApp(history, date(2023, 4, 14))
    async with third.run_test(size=NORMAL):
        assert main_screen(third).cursor.day == date(2023, 4, 14)


def main_screen_day(app: KjtuiApp) -> date:
    place = last_place.load_place("Japan–Korea export controls")
    assert place
    assert app.return_code == 0
    return place.day


async def test_another_record_has_a_place_of_its_own(history: History, bridge: History) -> None:
    for record in (history, bridge):
        app = KjtuiApp(record)
        async with app.run_test(size=NORMAL) as pilot:
            await press(pilot, "escape", "n", "q")
    places = json.loads(last_place.state_path().read_text(encoding="utf-8"))["places"]
    assert set(places) == {history.record.dataset.title, bridge.record.dataset.title}


async def test_a_named_day_welcomes_nobody_and_is_remembered(history: History, driven: Drive) -> None:
    async with driven("2019-08-26", size=NORMAL) as (app, pilot):
        await pilot.pause()
        assert app.screen is main_screen(app)
        await press(pilot, "right", "q")
    place = last_place.load_place(history.record.dataset.title)
    assert place
    assert place.day == date(2019, 8, 27)


async def test_visitors_of_a_page_have_no_place(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    last_place.save_place(history.record.dataset.title, last_place.Place(date(2020, 1, 1), "status"))
    before = last_place.state_path().read_text()
    monkeypatch.setattr(KjtuiApp, "is_web", True)
    app = KjtuiApp(history)
    async with app.run_test(size=NORMAL) as pilot:
        assert main_screen(app).cursor.day == history.record.dataset.start
        await press(pilot, "enter", "n", "q")
    assert last_place.state_path().read_text() == before


@pytest.mark.parametrize(
    "broken", ["", "[]", '{"places": 7}', '{"places": {"Japan–Korea export controls": 7}}', "\0"]
)
async def test_a_broken_place_is_ignored(history: History, broken: str) -> None:
    path = last_place.state_path()
    path.parent.mkdir(parents=True)
    path.write_text(broken, encoding="utf-8")
    app = KjtuiApp(history)
    async with app.run_test(size=NORMAL) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WelcomeDialog)
        await press(pilot, "enter", "q")
    assert last_place.load_place(history.record.dataset.title)


def test_an_unwritable_folder_does_not_prevent_the_exit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file" / "state"))
    (tmp_path / "file").touch()
    last_place.save_place("x", last_place.Place(date(2020, 1, 1), "status"))
    assert last_place.load_place("x") is None


def test_sentences_are_kept_whole_as_long_as_one_fits() -> None:
    text = "One two three. Four five six. Seven."
    assert sentences(text, 40, 1) == text
    assert sentences(text, 30, 1) == "One two three. Four five six."
    assert sentences(text, 14, 1) == "One two three."
    assert sentences(text, 8, 1) == "One tw …"


WORDS = {
    NORMAL: "day event open change search go export track help quit",
    WIDE: "day event open change search go export track meetings outcome filter compare help quit",
}


@pytest.mark.parametrize("size", WORDS, ids=str)
async def test_the_footer_uses_its_width(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-08-26", size=size) as (app, _):
        line = screen_text(app).splitlines()[-1]
        assert cells(line.rstrip()) <= size[0]
        words = re.sub(r"\S+ (\S+)", r"\1", line).split()
        assert words == WORDS[size].split()


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (70, " ←→ day ↑↓ event ⏎ open n/p change / search g go ? help q quit"),
        (60, " ←→ day ↑↓ event ⏎ open n/p change / search ? help q quit"),
        (45, " ←→ day ⏎ open / search g go ? help q quit"),
        (18, " ? help q quit"),
        (10, " ? help"),
    ],
)
async def test_a_narrow_footer_drops_whole_entries(driven: Drive, width: int, line: str) -> None:
    async with driven("2019-08-26", size=(width, 20)) as (app, pilot):
        assert screen_text(app).splitlines()[-1].rstrip() == line
        await pilot.click(offset=(line.index("?"), 19))
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)


async def test_a_click_on_the_footer_runs_the_command(driven: Drive) -> None:
    async with driven("2019-08-26") as (app, pilot):
        line = screen_text(app).splitlines()[-1]
        await pilot.click(offset=(line.index("n/p change") + 4, 39))
        assert main_screen(app).cursor.day == date(2019, 8, 28)


@pytest.mark.parametrize(
    ("label", "cell", "day"),
    [
        ("←→ day", 0, date(2019, 8, 25)),
        ("←→ day", 1, date(2019, 8, 27)),
        ("←→ day", 4, date(2019, 8, 27)),
        ("n/p change", 0, date(2019, 8, 28)),
        ("n/p change", 2, date(2019, 8, 23)),
    ],
)
async def test_each_of_two_keys_in_the_footer_can_be_tapped(
    driven: Drive, label: str, cell: int, day: date
) -> None:
    async with driven("2019-08-26") as (app, pilot):
        line = screen_text(app).splitlines()[-1]
        await pilot.click(offset=(line.index(label) + cell, 39))
        assert main_screen(app).cursor.day == day


def test_the_help_explains_every_sign_actor_and_stage(history: History) -> None:
    rows = [row for page in help_pages(history.record, {}, []) for group in page.groups for row in group.rows]
    for pane in PANES:
        assert {*pane_signs(pane, history.record)} <= {*rows}
    shown = {row.sign for row in rows}
    assert {"PRV", "in talks", "Jul ?", "▹", "esc"} <= shown
    for command in all_commands():
        assert any(command.help[1:] in row.meaning for row in rows), command.id


@pytest.mark.parametrize("pane", PANES, ids=lambda pane: pane.id)
async def test_the_first_screen_of_the_help_fits_and_opens_with_keys(
    history: History, driven: Drive, pane: Pane
) -> None:
    async with driven("2019-08-26", size=NORMAL) as (app, pilot):
        await press(pilot, str(pane.number), "question_mark")
        page = app.screen.query_one(HelpPage)
        assert page.line_count() <= page.rows
        text = screen_text(app)
        for part in ("previous, next day", "compare two days", "PRV Private parties", "1 Keys", "4 Files"):
            assert part in text
        for row in pane_signs(pane, history.record):
            assert row.sign in text


@pytest.mark.parametrize(
    ("keys", "signs"),
    [
        (["w"], ["Signs on a track's page", "⋮", "[8]", "▹"]),
        (["c", "right", "c"], ["Signs in this text", "→", "[8]", "▸"]),
        (["3", "enter"], ["Signs on a meeting's page", "[8]"]),
        (["enter"], ["Signs in an event", "=", "[8]"]),
    ],
    ids=lambda value: value[0],
)
async def test_the_help_of_a_page_explains_its_own_signs(
    driven: Drive, keys: list[str], signs: list[str]
) -> None:
    async with driven("2020-03-10", *keys, "question_mark", size=(120, 60)) as (app, _):
        page = app.screen.query_one(HelpPage)
        text = "\n".join("".join(span for span, _ in page.line(y)) for y in range(page.line_count()))
        for sign in signs:
            assert sign in text
        assert "how restrictive: free, eased, controlled" in text
        assert "the pinned day" not in text


async def test_the_help_of_a_pane_explains_the_signs_of_the_strip(driven: Drive) -> None:
    async with driven("2020-03-10", "question_mark", size=NORMAL) as (app, _):
        for part in ("○ free", "● controlled", "▸ decided", "▹ undecided"):
            assert part in screen_text(app)


async def test_the_help_opens_with_keys_on_a_small_screen(driven: Drive) -> None:
    async with driven("2019-08-26", "f1", size=NARROW) as (app, _):
        text = screen_text(app)
        for row in first_keys({}):
            assert row.meaning in text
        assert [row.sign for row in first_keys({})] == [
            "← →",
            "↑ ↓",
            "p n",
            "M m",
            "g",
            "enter",
            "w",
            "/",
            "c",
            "e",
        ]


async def test_the_help_has_pages_by_digit_and_narrows_by_words(driven: Drive) -> None:
    async with driven("2019-08-26", "question_mark", "3", size=NORMAL) as (app, pilot):
        assert "What to type" in screen_text(app)
        await press(pilot, "slash", *"clipboard", "enter")
        text = screen_text(app)
        assert "Copy the day's text to the clipboard" not in text
        assert "copy the day's text to the clipboard" in text
        assert "What to type" not in text
        await press(pilot, "escape", "escape")
        assert app.screen is main_screen(app)


async def test_the_footer_shows_what_fits_to_the_last_cell(driven: Drive) -> None:
    async with driven("2019-08-26", size=(300, 40)) as (app, _):
        whole = screen_text(app).splitlines()[-1].rstrip()
    async with driven("2019-08-26", size=(cells(whole), 40)) as (app, _):
        assert screen_text(app).splitlines()[-1] == whole


def test_the_help_explains_each_stage_of_the_model(history: History) -> None:
    rows = [row for page in help_pages(history.record, {}, []) for group in page.groups for row in group.rows]
    assert {labels.spoken(stage) for stage in get_args(Stage)} <= {row.sign for row in rows}
