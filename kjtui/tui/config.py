"""The configuration file, in the user's configuration folder. It holds the theme chosen last."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_config_path


def config_path() -> Path:
    """Return the path of the configuration file."""
    return user_config_path("kjtui", appauthor=False) / "config.json"


def load_theme() -> str:
    """Return the theme chosen last, or nothing if there is none or the file cannot be read."""
    with suppress(OSError, ValueError, RuntimeError):
        path = config_path()
        config = json.loads((path if path.exists() else _old_path()).read_text(encoding="utf-8"))
        theme = config.get("theme") if isinstance(config, dict) else ""
        return theme if isinstance(theme, str) else ""
    return ""


def save_theme(theme: str) -> None:
    """Save a theme. Fail silently: an unwritable folder is no reason to interrupt the reader."""
    with suppress(OSError, RuntimeError):
        path = config_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"theme": theme}) + "\n", encoding="utf-8")


def _old_path() -> Path:
    """Return the path that kjtui used on every system before it followed the system's conventions."""
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "kjtui" / "config.json"
