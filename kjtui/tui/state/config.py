"""The configuration file, in the user's configuration folder: the last theme, and the reader's own keys."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from platformdirs import user_config_path

from kjtui.files.atomic_write import ExportError, save


class Config(Struct, frozen=True):
    """What the file says.

    Attributes:
        theme: The theme chosen last; may be empty or unknown.
        keys: What it says of keys, unchecked.
        fault: Why the file cannot be used; empty if it can.
    """

    theme: str = ""
    keys: object = {}  # never changed
    fault: str = ""


def config_path() -> Path:
    """Return the path of the configuration file."""
    return user_config_path("kjtui", appauthor=False) / "config.json"


def load_config() -> Config:
    """Return the configuration; an empty one if there is no file or it cannot be used."""
    try:
        content = _read()
    except (OSError, RuntimeError) as error:
        return Config(fault=f"cannot be read: {getattr(error, 'strerror', None) or error}")
    except ValueError as error:
        return Config(fault=f"cannot be used: {error}")
    theme = content.get("theme")
    return Config(theme if isinstance(theme, str) else "", content.get("keys", {}))


def save_theme(theme: str) -> None:
    """Save a theme and keep the rest of the file.

    Fail silently: an unwritable folder is no reason to interrupt the reader. A file that cannot be used is
    left as it is, since there may be only a comma missing in it.
    """
    with suppress(OSError, ValueError, RuntimeError, ExportError):
        content = _read() | {"theme": theme}
        path = config_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        save(json.dumps(content, ensure_ascii=False, indent=2) + "\n", path, force=True)


def _read() -> dict[str, Any]:
    """Return the content of the file. Raises ``ValueError`` if it is not a JSON object, or ``OSError``."""
    path = config_path()
    path = path if path.exists() else _old_path()
    if not path.exists():
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError("not a JSON object")
    return content


def _old_path() -> Path:
    """Return the path that kjtui used on every system before it followed the system's conventions."""
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "kjtui" / "config.json"
