"""Open a screen above another screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.dom import DOMNode
from textual.screen import Screen

from kjtui.tui.terminal.guards import is_covered

_MOST_SCREENS = 10
"""Maximum number of open screens.

Textual renders translucent screens recursively, and fails with about fifty screens.
"""

ResultT = TypeVar("ResultT")


def open_screen(
    opener: DOMNode, screen: Screen[ResultT], callback: Callable[[ResultT | None], None] | None = None
) -> None:
    """Open a screen above the current screen. If too many screens are open, ring the bell instead.

    Do nothing if a screen has already opened above ``opener``. Without this check, a key that is held down
    would open several dialogs: while the first dialog opens, the repeated key presses wait in the queue of
    the screen below.

    Args:
        opener: The current screen, or a node of this screen.
        screen: The screen to open.
        callback: Called with the result when the screen closes.
    """
    app = opener.app
    if is_covered(opener):
        return
    if len(app.screen_stack) >= _MOST_SCREENS:
        app.bell()
        return
    app.push_screen(screen, callback)
