"""Writing a note in the user's own editor."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from kjtui.history.snapshot import History
from kjtui.notes import Notes, default_path
from kjtui.tui.terminal import external_editor
from support.app import (
    Drive,
    press,
    screen_text,
)
from support.stores import SAMPLE
from support.terminal import Terminal, shell_script

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editors are shell scripts")


def editor(folder: Path, lines: str) -> str:
    """Write a shell script that acts as the editor. Return the command that starts it."""
    path = folder / "my editor"
    shell_script(path, lines)
    return f"'{path}' -x"


@contextmanager
def note_being_written(chosen: str, folder: Path) -> Iterator[Terminal]:
    """Run the app with ``chosen`` as the user's editor, and open the app's dialog for a new note."""
    environment = {"EDITOR": chosen, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    arguments = ("-m", "kjtui", "--store", str(SAMPLE), "--date", "2020-03-10")
    with Terminal(*arguments, env=environment) as terminal:
        terminal.wait_for(b" help")
        terminal.type(b"A")
        terminal.wait_for(b"saves")
        yield terminal


@pytest.mark.slow
def test_the_editor_gets_the_terminal_and_its_text_becomes_the_note(tmp_path: Path) -> None:
    chosen = editor(tmp_path, 'echo "EDITOR RUNS"; printf " and more\\n" >> "$2"; read line')
    with note_being_written(chosen, tmp_path) as terminal:
        terminal.type(b"text\x05")
        terminal.wait_for(b"\x1b[?1049l")
        terminal.wait_for(b"EDITOR RUNS")
        assert terminal.faults() == {}
        terminal.type(b"\r")
        terminal.wait_for(b"\x1b[?1049h")
        terminal.wait_for(b"and more")
        terminal.type(b"\x13")
        terminal.wait_for_quiet()
        terminal.quit_app()
    [notes] = tmp_path.rglob("notes.json")
    assert '"text and more"' in json.dumps(json.loads(notes.read_text("utf-8")))


@pytest.mark.slow
def test_after_an_editor_that_does_not_exist_the_app_goes_on_with_the_text(tmp_path: Path) -> None:
    with note_being_written("/nonexistent/editor", tmp_path) as terminal:
        terminal.type(b"kept\x05")
        terminal.wait_for(b"could not be used")
        terminal.type(b"\x13")
        terminal.wait_for_quiet()
        terminal.quit_app()
    [notes] = tmp_path.rglob("notes.json")
    assert '"kept"' in json.dumps(json.loads(notes.read_text("utf-8")))


async def test_without_an_editor_the_text_stays_and_the_dialog_says_so(
    history: History, driven: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_editor, "run_in_terminal", lambda *_: False)
    async with driven("2019-07-04", "A", *"kept", "ctrl+e") as (app, pilot):
        assert "The editor could not be used" in screen_text(app)
        await press(pilot, "ctrl+s")
    [note] = Notes(default_path()).read(history.record.dataset.title)
    assert (note.day, note.text) == (date(2019, 7, 4), "kept")
