"""Open the app, press keys, and read its panes line by line."""

from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from itertools import takewhile
from typing import Any, Protocol

import pytest
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, TextArea

from kjtui.history.snapshot import History
from kjtui.record.model import Event
from kjtui.tui.app import KjtuiApp
from kjtui.tui.main_screen import MainScreen
from kjtui.tui.paint.line_pane import LinePane

WIDE, NORMAL, NARROW = (120, 40), (80, 24), (60, 20)


def narrowest(*others: tuple[int, int]) -> list[Any]:
    """Return terminal sizes as test parameters: the narrowest layout, and ``others`` marked as slow."""
    return _parameters((NARROW,), others)


def sizes(*others: tuple[int, int]) -> list[Any]:
    """Return terminal sizes as test parameters: one for each layout, and ``others`` marked as slow."""
    return _parameters((WIDE, NORMAL, NARROW), others)


def _parameters(quick: Iterable[tuple[int, int]], slow: Iterable[tuple[int, int]]) -> list[Any]:
    marked = [pytest.param(size, id=str(size), marks=pytest.mark.slow) for size in slow]
    return [*(pytest.param(size, id=str(size)) for size in quick), *marked]


def app_on(history: History, day: str) -> KjtuiApp:
    return KjtuiApp(history, date.fromisoformat(day))


class Drive(Protocol):
    """The type of the fixture ``driven``, a function that opens the app on a day and presses keys."""

    def __call__(
        self, day: str, *keys: str, size: tuple[int, int] = WIDE, notifications: bool = False
    ) -> AbstractAsyncContextManager[tuple[KjtuiApp, Pilot[None]]]: ...


def drive(history: History) -> Drive:
    """Return a function like the fixture ``driven``, but for a given history."""

    @asynccontextmanager
    async def driven(
        day: str, *keys: str, size: tuple[int, int] = WIDE, notifications: bool = False
    ) -> AsyncIterator[tuple[KjtuiApp, Pilot[None]]]:
        app = app_on(history, day)
        async with app.run_test(size=size, notifications=notifications) as pilot:
            if keys:
                await press(pilot, *keys)
            yield app, pilot

    return driven


def main_screen(app: App[None]) -> MainScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def lines(app: App[None], pane: str) -> list[str]:
    """Return the painted lines of a pane."""
    widget = main_screen(app).query_one(f"#{pane}", LinePane)
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


def read(app: App[None], pane: str) -> str:
    return "\n".join(lines(app, pane))


def strips(app: App[None]) -> list[Strip]:
    """Return the lines of the screen as strips. Textual has no public function for strips."""
    return app.screen._compositor.render_strips()  # noqa: SLF001  # no public way


def screen_text(app: App[None]) -> str:
    """Return the text of the screen."""
    return "\n".join(strip.text for strip in strips(app))


def notices(app: App[None]) -> list[str]:
    """Return the messages of the visible notifications. Textual has no public function for them."""
    return [notification.message for notification in app._notifications]  # noqa: SLF001  # no public way


def selected(app: App[None]) -> str:
    """Return the timeline's line for the selected event."""
    return next((line for line in lines(app, "timeline") if line.startswith("▶")), "")


def selected_event(app: App[None]) -> Event:
    """Return the event that the cursor selects."""
    screen = main_screen(app)
    assert screen.cursor.selected is not None
    return screen.history.record.events[screen.cursor.selected]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait after each key.

    In an input field, consecutive letters are posted without a pause, to simulate fast typing.
    """
    left = list(keys)
    while left:
        typed = list(takewhile(is_letter, left)) if isinstance(pilot.app.focused, Input | TextArea) else []
        for letter in typed:
            pilot.app.post_message(Key("space" if letter == " " else letter, letter))
        if typed:
            await pilot.pause()
            del left[: len(typed)]
        else:
            await pilot.press(left.pop(0))
    await pilot.pause(0)


def is_letter(key: str) -> bool:
    return len(key) == 1 and (key.isalnum() or key == " ")
