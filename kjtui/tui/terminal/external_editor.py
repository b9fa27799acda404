"""Edit a text in the user's external editor."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App

from kjtui.tui.terminal.browser import run_in_terminal

_VARIABLES = ("VISUAL", "EDITOR")
_DEFAULT = "notepad" if sys.platform == "win32" else "vi"


def edit(app: App[Any], text: str) -> str | None:
    """Edit a text in the external editor, which the user chooses with VISUAL or EDITOR.

    The app is suspended until the editor ends.

    Returns:
        The edited text. ``None`` if the editor fails or cannot be used, for example in a browser.
    """
    if app.is_web:
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="kjtui-") as folder:
            path = Path(folder) / "note.md"
            path.write_text(text, encoding="utf-8")
            if not run_in_terminal(app, [*_command(), str(path)]):
                return None
            return path.read_text(encoding="utf-8")
    except (OSError, ValueError):  # no such program, not UTF-8, or a variable that cannot be parsed
        return None


def _command() -> list[str]:
    """Return the editor's command and its options."""
    chosen = next(filter(None, map(os.environ.get, _VARIABLES)), _DEFAULT)
    return shlex.split(chosen) or [_DEFAULT]
