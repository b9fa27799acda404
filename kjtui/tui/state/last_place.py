"""Where the reader left off, for each record, in the user's state folder."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from platformdirs import user_state_path

from kjtui.files.atomic_write import ExportError, save


class Place(Struct, frozen=True):
    """A day, and the id of a pane."""

    day: date
    pane: str


def state_path() -> Path:
    """Return the path of the file."""
    return user_state_path("kjtui", appauthor=False) / "state.json"


def load_place(record: str) -> Place | None:
    """Return where the reader left the record of a title; ``None`` if that is not known."""
    with suppress(KeyError, TypeError, ValueError):
        place = _places()[record]
        return Place(date.fromisoformat(place["day"]), str(place["pane"]))
    return None


def save_place(record: str, place: Place) -> None:
    """Save where the reader leaves a record. Fail silently, as saving a theme does."""
    with suppress(OSError, RuntimeError, ExportError):
        places = _places() | {record: {"day": place.day.isoformat(), "pane": place.pane}}
        path = state_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        save(json.dumps({"places": places}, ensure_ascii=False, indent=2) + "\n", path, force=True)


def _places() -> dict[str, Any]:
    """Return the places by the titles of the records; none if the file is missing or broken."""
    with suppress(OSError, RuntimeError, ValueError, KeyError, TypeError):
        places = json.loads(state_path().read_text(encoding="utf-8"))["places"]
        return places if isinstance(places, dict) else {}
    return {}
