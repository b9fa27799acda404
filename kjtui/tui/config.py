"""What the app remembers between runs: the theme, in the user's configuration folder."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path


def _path() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "kjtui" / "config.json"


def load_theme() -> str:
    """The theme chosen last; empty where none was, or where the file cannot be read."""
    with suppress(OSError, ValueError, RuntimeError):
        config = json.loads(_path().read_text(encoding="utf-8"))
        theme = config.get("theme") if isinstance(config, dict) else ""
        return theme if isinstance(theme, str) else ""
    return ""


def save_theme(theme: str) -> None:
    """Remember a theme. A folder that cannot be written is no reason to disturb the reader."""
    with suppress(OSError, RuntimeError):
        path = _path()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"theme": theme}) + "\n", encoding="utf-8")
