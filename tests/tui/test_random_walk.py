"""Invariants of the app under random input: keys, clicks, pastes and sizes in any order.

Some tests repeat walks that once failed. Their steps are copied from the output of hypothesis. For a longer
hunt, run ``HYPOTHESIS_PROFILE=long pytest tests/tui/test_random_walk.py``.
"""

import asyncio
import os
from collections.abc import Iterable
from contextlib import AsyncExitStack, suppress
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from textual import events
from textual.pilot import Pilot
from textual.strip import Strip

from kjtui.files import atomic_write
from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs import export_dialog
from kjtui.tui.keys.command_table import COMMANDS
from kjtui.tui.paint.line_pane import LinePane
from kjtui.tui.panes.lanes import LanesPane
from kjtui.tui.panes.timeline import Timeline
from kjtui.tui.state.pane_table import PANES
from kjtui.words import day_words
from kjtui.words.wrap import cells
from support.app import main_screen
from support.stores import sample_record

COMMAND_KEYS = sorted(
    {key for group in COMMANDS.values() for command in group for key in command.keys.split(",")}
)
DIALOG_KEYS = [
    *("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup"),
    *("pagedown", "backspace", "delete", "ctrl+a", "ctrl+w", "ctrl+k", "ctrl+x", "ctrl+v", "ctrl+c"),
    *("ctrl+p", "ctrl+q", "space"),
]
HOSTILE = [
    *("2020-03-10", "2020-02-30", "+30", "-99999999999w", "next meeting", "9999-12-31", "0000", "\u0663"),
    *("photoresist", "불화수소", "GSOMIA\nJapan", "[/] [bold [@click=app.quit]x[/]", "W" * 400, "\t\r\n"),
    *("\x1b[2J\x1b]52;c;aGk=\x07", "\u202egnp.exe", "e" + "\u0301" * 40, "\ud800"),
    *("../x.md", "a/b", "~", "x.json"),
]
SMALL, LARGE = (1, 1), (300, 100)

Step = tuple[str, dict[str, Any]]
"""The name of a rule in the state machine, and its arguments, as printed by hypothesis."""


@cache
def record_history() -> History:
    return History(sample_record())


sizes = st.one_of(
    st.sampled_from([(120, 40), (80, 24), (60, 20), SMALL, LARGE, (110, 13), (79, 34), (20, 5)]),
    st.tuples(st.integers(1, 130), st.integers(1, 45)),
)
places = st.tuples(st.floats(0, 1, exclude_max=True, width=16), st.floats(0, 1, exclude_max=True, width=16))
texts = st.sampled_from(HOSTILE) | st.text(max_size=20)


def seen(strip: Strip) -> Strip:
    """Return a row without empty segments, which occur in panes of zero width."""
    return Strip([segment for segment in strip if segment.text]).simplify()


class RandomReader(RuleBasedStateMachine):
    """A user who performs random actions."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.patch = pytest.MonkeyPatch()
        home = Path(self.folder.name).resolve()
        for name in ("HOME", "XDG_CONFIG_HOME"):
            self.patch.setenv(name, str(home / "home"))
        (home / "work").mkdir()
        self.patch.chdir(home / "work")
        self.patch.setattr(KjtuiApp, "open_url", lambda *_, **__: None)

        def save_at_home(text: str, path: Path, *, force: bool = False, keep: Iterable[Path] = ()) -> None:
            with suppress(OSError, RuntimeError, ValueError):  # ``save`` reports an invalid path
                if not path.expanduser().resolve().is_relative_to(home):
                    raise atomic_write.ExportError("not in a test")
            atomic_write.save(text, path, force=force, keep=keep)

        self.patch.setattr(export_dialog, "save", save_at_home)
        self.runner = asyncio.Runner()
        self.size = (80, 24)
        self.steps = 0
        self.is_open = False

    @initialize(size=sizes, day=st.sampled_from([None, "2016-06-30", "2020-03-10", "2025-12-31"]))
    def open(self, size: tuple[int, int] = (80, 24), day: str | None = None) -> None:
        self.history = record_history()
        self.size = size
        self.app = KjtuiApp(self.history, date.fromisoformat(day) if day else None)
        self.stack = AsyncExitStack()
        self.pilot: Pilot[None] = self.runner.run(
            self.stack.enter_async_context(self.app.run_test(size=size, notifications=True))
        )
        self.is_open = True
        self.runner.run(self.settle())

    async def settle(self) -> None:
        for _ in range(3):
            if self.app.is_running:
                await self.pilot.pause(0)

    def post(self, *messages: events.Event) -> None:
        """Post messages and wait. If the app quits, check its exit code and open the app again."""

        async def posted() -> None:
            for message in messages:
                message.set_sender(self.app)
                self.app.post_message(message)
                await asyncio.sleep(0)
            await self.settle()

        self.runner.run(posted())
        if not self.app.is_running:
            self.close()
            self.open(self.size)

    def close(self) -> None:
        self.is_open = False
        self.runner.run(self.stack.aclose())
        assert self.app.return_code == 0

    # Actions of the user

    @rule(keys=st.lists(st.sampled_from(COMMAND_KEYS), min_size=1, max_size=8))
    def command(self, keys: list[str]) -> None:
        self.post(*(events.Key(key, key if len(key) == 1 else CHARACTERS.get(key)) for key in keys))

    @rule(keys=st.lists(st.sampled_from(DIALOG_KEYS), min_size=1, max_size=4))
    def edit(self, keys: list[str]) -> None:
        self.post(*(events.Key(key, None) for key in keys))

    @rule(text=texts)
    def type(self, text: str) -> None:
        self.post(*(events.Key(character, character) for character in text[:12] if character.isprintable()))

    @rule(text=texts)
    def paste(self, text: str) -> None:
        self.post(events.Paste(text))

    @rule(place=places, button=st.sampled_from([1, 1, 1, 2, 3]))
    def click(self, place: tuple[float, float], button: int = 1) -> None:
        at = self.cell(place)
        self.post(self.mouse(events.MouseDown, at, button), self.mouse(events.MouseUp, at, button))

    @rule(start=places, end=places)
    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        first, last = self.cell(start), self.cell(end)
        self.post(
            self.mouse(events.MouseMove, first, 0),
            self.mouse(events.MouseDown, first, 1),
            self.mouse(events.MouseMove, last, 1),
            self.mouse(events.MouseUp, last, 1),
        )

    @rule(place=places, down=st.booleans())
    def scroll(self, place: tuple[float, float], down: bool) -> None:
        self.post(self.mouse(events.MouseScrollDown if down else events.MouseScrollUp, self.cell(place), 0))

    @rule(size=sizes)
    def resize(self, size: tuple[int, int]) -> None:
        self.size = size
        self.runner.run(self.pilot.resize_terminal(*size))
        self.post()

    @rule()
    def wait(self) -> None:
        """Wait until timers expire, such as those of the palette's search, tooltips and double clicks."""
        self.runner.run(asyncio.sleep(0.1))
        self.post()

    def cell(self, place: tuple[float, float]) -> tuple[int, int]:
        return int(place[0] * self.size[0]), int(place[1] * self.size[1])

    def mouse(self, kind: Any, at: tuple[int, int], button: int) -> events.MouseEvent:
        message = kind(None, *at, 0, 0, button, False, False, False, *at)
        assert isinstance(message, events.MouseEvent)
        return message

    # Invariants after each action

    @invariant()
    def nothing_went_wrong(self) -> None:
        assert self.app.return_code in (None, 0)

    @invariant()
    def every_pane_shows_the_same_day(self) -> None:
        screen = main_screen(self.app)
        snapshot = screen.snapshot
        assert self.history.first_day <= screen.cursor.day <= self.history.last_day
        assert snapshot is not None
        assert snapshot.day == screen.cursor.day
        fresh = self.history.snapshot(screen.cursor.day)
        assert (snapshot.standings, snapshot.event_count) == (fresh.standings, fresh.event_count)
        shown = [pane.snapshot for pane in screen.query(LinePane) if hasattr(pane, "snapshot")]
        assert shown == [snapshot] * (2 + len(PANES))

    @invariant()
    def selection_filter_and_pin_agree(self) -> None:
        screen = main_screen(self.app)
        timeline = screen.query_one(Timeline)
        assert (timeline.cursor, timeline.pinned, timeline.search) == (
            screen.cursor,
            screen.pinned,
            screen.search,
        )
        assert screen.query_one(LanesPane).pinned is screen.pinned
        if screen.cursor.selected is not None:
            assert self.history.record.events[screen.cursor.selected].day == screen.cursor.day
        events = self.history.record.events
        visible = screen.cursor.visible_events
        assert list(visible) == sorted(set(visible))
        assert screen.cursor.selected is None or screen.cursor.selected in visible
        kept = set(screen.index.select(screen.filter))
        main = {index for index in kept if screen.visible_events.minor or events[index].weight == "main"}
        assert main <= set(visible)

    @invariant()
    def painted_cells_are_up_to_date(self) -> None:
        """Panes repaint only changed cells, so the check looks for outdated cells.

        Only some steps are checked: the check repaints the pane, which removes outdated cells.
        """
        self.steps += 1
        if self.steps % 8:
            return
        for pane in main_screen(self.app).query(LinePane):
            region = pane.size.region
            painted = [seen(strip) for strip in pane.render_lines(region)]
            pane.refresh()
            assert painted == [seen(strip) for strip in pane.render_lines(region)], pane.id
            if pane.id == "headline" and pane.size:
                day = day_words.header_day(main_screen(self.app).cursor.day)
                assert cells(day) + 2 > pane.size.width or day in painted[0].text

    def teardown(self) -> None:
        """Check that escape still returns to the panes, and that q quits the app."""
        try:
            if self.is_open:
                for _ in range(12):
                    self.post(events.Key("escape", None))
                    screen = main_screen(self.app)
                    if self.app.screen is screen and not screen.query("SearchBar.-open"):
                        break
                self.runner.run(self.quit())
                self.close()
        finally:
            self.runner.close()
            self.patch.undo()
            self.folder.cleanup()

    async def quit(self) -> None:
        self.app.post_message(events.Key("q", "q"))
        await self.settle()
        assert not self.app.is_running


CHARACTERS = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "apostrophe": "'",
    "slash": "/",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "question_mark": "?",
}

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    print_blob=True,
    max_examples=18,
    stateful_step_count=60,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "long", settings.get_profile("ci"), derandomize=False, database=None, max_examples=1000
)

TestRandomReader = pytest.mark.slow(RandomReader.TestCase)
TestRandomReader.settings = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


FAILED_ONCE: dict[str, list[Step]] = {
    "a page key in a palette that has no room": [
        ("open", {"size": SMALL}),
        ("edit", {"keys": ["ctrl+p"]}),
        ("wait", {}),
        ("edit", {"keys": ["pagedown"]}),
    ],
    "a page key in a list that has no room": [
        ("open", {"size": SMALL}),
        ("command", {"keys": ["s"]}),
        ("edit", {"keys": ["pagedown"]}),
    ],
    "a choice made twice": [
        ("open", {}),
        ("command", {"keys": ["f"]}),
        ("edit", {"keys": ["enter", "enter"]}),
    ],
    "a day confirmed twice": [
        ("open", {}),
        ("command", {"keys": ["g"]}),
        ("type", {"text": "2020"}),
        ("edit", {"keys": ["enter", "enter"]}),
    ],
    "a theme picked twice": [
        ("open", {"size": (120, 40)}),
        ("command", {"keys": ["t"]}),
        *[("wait", {})] * 8,
        ("edit", {"keys": ["enter", "enter", "enter"]}),
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("walk", FAILED_ONCE.values(), ids=FAILED_ONCE)
def test_a_walk_that_failed_once(walk: list[Step]) -> None:
    reader = RandomReader()
    try:
        for step, arguments in walk:
            getattr(reader, step)(**arguments)
            reader.nothing_went_wrong()
            reader.every_pane_shows_the_same_day()
    finally:
        reader.teardown()
