"""Open a screen above another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.dom import DOMNode
from textual.screen import Screen

from kjtui.tui.terminal.guards import is_covered

_MOST_SCREENS = 10
"""Limit of open screens. Textual renders translucent screens recursively, and fails at about fifty."""

ResultT = TypeVar("ResultT")


def open_screen(
    opener: DOMNode, screen: Screen[ResultT], callback: Callable[[ResultT | None], None] | None = None
) -> None:
    """Open a screen above the screen of a node, unless another screen already covers it.

    A key that is held down would otherwise open a dialog for each repeat, because the repeats wait in the
    queue of the lower screen while the first dialog opens.

    Args:
        opener: The current screen, or a node in it.
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
