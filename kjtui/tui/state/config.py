"""The user's configuration file: the theme and language chosen last, and the custom keys."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from platformdirs import user_config_path

from kjtui.files.user_file import UserFileError, read_json, write_json
from kjtui.languages import LANGUAGES, tr
from kjtui.record.sanitize import sanitize, sanitize_tree

_MAX_KEYS = 300
"""Maximum number of key assignments, about twice the number of commands."""


class Config(Struct, frozen=True):
    """The content of the configuration file. All text is sanitized.

    Attributes:
        theme: Name of the theme chosen last. Can be empty, or the name of an unknown theme.
        language: Code of the language chosen last. Empty if the user chose none, or if the code is unknown.
        keys: The key assignments, not yet validated.
        fault: Why the file cannot be used. Empty if the file is valid or missing.
    """

    theme: str = ""
    keys: object = {}  # immutable default
    fault: str = ""
    language: str = ""


def config_path() -> Path:
    """Return the path of the configuration file."""
    return user_config_path("kjtui", appauthor=False) / "config.json"


def load_config() -> Config:
    """Return the configuration. If there is no file or the file cannot be used, return default values."""
    try:
        content = _read()
        keys = sanitize_tree(content.get("keys", {}))
    except UserFileError as error:
        return Config(fault=tr("cannot be used: {reason}", reason=sanitize(error.reason)))
    except (RuntimeError, ValueError) as error:  # no home folder, or duplicate keys after sanitizing
        return Config(fault=tr("cannot be used: {error}", error=sanitize(str(error))))
    if isinstance(keys, dict) and len(keys) > _MAX_KEYS:
        return Config(fault=tr("cannot be used: more than {limit:,} entries for keys", limit=_MAX_KEYS))
    theme = content.get("theme")
    language = content.get("language")
    return Config(
        theme if isinstance(theme, str) else "",
        keys,
        language=language if isinstance(language, str) and language in LANGUAGES else "",
    )


def save_theme(theme: str) -> None:
    """Save a theme. Fail silently."""
    _save("theme", theme)


def save_language(code: str) -> None:
    """Save a language. Fail silently."""
    _save("language", code)


def _save(name: str, value: str) -> None:
    """Save a value and keep the rest of the file.

    Fail silently, because an unwritable folder is no reason to interrupt the user. Never overwrite a file
    that cannot be used, because the user may be able to repair it.
    """
    with suppress(UserFileError, RuntimeError, ValueError):
        write_json(_read() | {name: value}, config_path())


def _read() -> dict[str, Any]:
    """Return the content of the file. Empty if there is no file.

    Raises ``UserFileError`` if the file cannot be read, and ``ValueError`` if the file has no JSON object.
    """
    for path in (config_path(), _old_path()):
        try:
            content = read_json(path)
        except FileNotFoundError:
            continue
        if not isinstance(content, dict):
            raise ValueError(tr("not a JSON object"))
        return content
    return {}


def _old_path() -> Path:
    """Return the path that the configuration file had in earlier versions."""
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "kjtui" / "config.json"
