"""The state file: the last day and pane in each record, and the choices of the last export."""

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
    """Return the path of the state file."""
    return user_state_path("kjtui", appauthor=False) / "state.json"


def load_place(record: str) -> Place | None:
    """Return the last place in the record with this key. ``None`` if no place was saved."""
    with suppress(KeyError, TypeError, ValueError):
        place = _load()["places"][record]
        return Place(date.fromisoformat(place["day"]), str(place["pane"]))
    return None


def save_place(record: str, place: Place) -> None:
    """Save the last place in a record. Fail silently."""
    content = _load()
    places = content.get("places")
    places = places if isinstance(places, dict) else {}
    places |= {record: {"day": place.day.isoformat(), "pane": place.pane}}
    _save(content | {"places": places})


class LastExport(Struct, frozen=True):
    """The folder of the last export, and the suffix and form last used for one kind of document."""

    folder: Path
    suffix: str = ""
    form: int = 0


def load_export(kind: str) -> LastExport | None:
    """Return the folder of the last export, and the suffix and form last used for a kind of document.

    ``None`` if nothing was exported yet, or if the folder no longer exists.
    """
    with suppress(AttributeError, KeyError, TypeError, ValueError, OSError):
        content = _load()
        folder = Path(content["export_folder"])
        forms = content.get("export_forms", {})
        suffix, form = str(content["export_suffixes"].get(kind, "")), int(forms.get(kind, 0))
        return LastExport(folder, suffix, form) if folder.is_dir() else None
    return None


def save_export(folder: Path, kind: str, suffix: str, form: int = 0) -> None:
    """Save the folder of an export, and its suffix and form for this kind of document. Fail silently."""
    content = _load()
    suffixes = content.get("export_suffixes")
    suffixes = suffixes if isinstance(suffixes, dict) else {}
    suffixes |= {kind: suffix}
    forms = content.get("export_forms")
    forms = (forms if isinstance(forms, dict) else {}) | {kind: form}
    _save(content | {"export_folder": str(folder), "export_suffixes": suffixes, "export_forms": forms})


def _load() -> dict[str, Any]:
    """Return the content of the file. Empty if the file is missing or broken."""
    with suppress(UserFileError, FileNotFoundError, RuntimeError):
        content = read_json(state_path())
        return content if isinstance(content, dict) else {}
    return {}


def _save(content: dict[str, Any]) -> None:
    with suppress(UserFileError, RuntimeError):
        write_json(content, state_path())
