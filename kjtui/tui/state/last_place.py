"""The state saved between sessions: the last place in each record, and the last export."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from platformdirs import user_state_path

from kjtui.files.user_file import UserFileError, read_json, write_json


class Place(Struct, frozen=True):
    """A day, and the id of a pane."""

    day: date
    pane: str


def state_path() -> Path:
    """Return the path of the file."""
    return user_state_path("kjtui", appauthor=False) / "state.json"


def load_place(record: str) -> Place | None:
    """Return the last place in the record with this title; ``None`` if unknown."""
    with suppress(KeyError, TypeError, ValueError):
        place = _load()["places"][record]
        return Place(date.fromisoformat(place["day"]), str(place["pane"]))
    return None


def save_place(record: str, place: Place) -> None:
    """Save the last place in a record. Fail silently, like :func:`save_theme`."""
    content = _load()
    places = content.get("places")
    places = places if isinstance(places, dict) else {}
    places |= {record: {"day": place.day.isoformat(), "pane": place.pane}}
    _save(content | {"places": places})


def load_export() -> Path | None:
    """Return the path of the last export, if its folder still exists."""
    with suppress(KeyError, TypeError, ValueError, OSError):
        path = Path(_load()["export"])
        return path if path.parent.is_dir() else None
    return None


def save_export(path: Path) -> None:
    """Save the path of an export. Fail silently, as above."""
    _save(_load() | {"export": str(path)})


def _load() -> dict[str, Any]:
    """Return the content of the file; nothing if the file is missing or broken."""
    with suppress(UserFileError, FileNotFoundError, RuntimeError):
        content = read_json(state_path())
        return content if isinstance(content, dict) else {}
    return {}


def _save(content: dict[str, Any]) -> None:
    with suppress(UserFileError, RuntimeError):
        write_json(content, state_path())
