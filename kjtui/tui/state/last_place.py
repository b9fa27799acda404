"""Where the reader left off, for each record, in the user's state folder."""

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
    """Return where the reader left the record with a title; ``None`` if that is not known."""
    with suppress(KeyError, TypeError, ValueError):
        place = _places()[record]
        return Place(date.fromisoformat(place["day"]), str(place["pane"]))
    return None


def save_place(record: str, place: Place) -> None:
    """Save where the reader leaves a record. Fail silently, as saving a theme does."""
    with suppress(UserFileError, RuntimeError):
        places = _places() | {record: {"day": place.day.isoformat(), "pane": place.pane}}
        write_json({"places": places}, state_path())


def _places() -> dict[str, Any]:
    """Return the places by the titles of the records; none if the file is missing or broken."""
    with suppress(UserFileError, FileNotFoundError, RuntimeError, KeyError, TypeError):
        places = read_json(state_path())["places"]
        return places if isinstance(places, dict) else {}
    return {}
