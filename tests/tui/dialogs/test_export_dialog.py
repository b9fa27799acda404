"""The export dialog: accepted paths, errors and messages."""

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from kjtui.formats.format_table import DOCUMENT_FORMATS
from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.export_dialog import ExportDialog
from support.app import (
    NARROW,
    NORMAL,
    Drive,
    notices,
    press,
    screen_text,
)
from support.exports import as_text
from support.paths import CAN, CANNOT, full, tree
from support.stores import BRIDGE, shared_folder, unprivileged

ENDINGS = [one.suffix for one in DOCUMENT_FORMATS.values()]


async def submit(pilot: Pilot[None], typed: str) -> str:
    """Type a path into the open dialog and press enter. Return the message of the dialog."""
    dialog = pilot.app.screen
    dialog.query_one(Input).value = typed
    await press(pilot, "enter")
    assert pilot.app.screen is dialog
    assert dialog.query_one(Input).value == typed
    assert dialog.query_one(Input).has_focus
    return said(pilot)


def said(pilot: Pilot[None]) -> str:
    message = pilot.app.screen.query_one(".message", Static)
    assert message.region.bottom <= pilot.app.size.height
    return str(message.content)


@pytest.fixture
def notified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the message of every notification is added."""
    messages: list[str] = []
    monkeypatch.setattr(KjtuiApp, "notify", lambda app, message, **_: messages.append(message))
    return messages


async def test_a_failed_export_shows_the_reason_and_stays_open(
    driven_bridge: Drive, here: Path, notified: list[str]
) -> None:
    for _, prepare, _ in CANNOT.values():
        prepare(here)
    (here / "old.txt").write_text("old")
    before = tree(here)
    async with driven_bridge("2021-07-01", "e", size=NARROW) as (app, pilot):
        assert said(pilot) == f"{here}/bridge-2021-07-01.txt"
        for typed, _, why in CANNOT.values():
            told = await submit(pilot, typed)
            assert (
                f": {why}" in told
                or told == f"{here}/gone does not exist; press enter again to make this folder"
            )
        assert await submit(pilot, "  ") == "enter a file name"
        with shared_folder() as folder:
            folder.chmod(0o555)
            with unprivileged():
                assert (await submit(pilot, f"{folder}/day.txt")).endswith(
                    "cannot be written: Permission denied"
                )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("os.fsync", full)
            assert (
                await submit(pilot, "day.txt")
                == f"{here}/day.txt: cannot be written: No space left on device"
            )
        assert await submit(pilot, "old.txt") == f"{here}/old.txt exists; press enter again to overwrite it"
        assert (await submit(pilot, "day.odt")).startswith(
            f"{here}/day.odt: no format here has the extension .odt; available:"
        )
        assert await submit(pilot, "old.txt") == f"{here}/old.txt exists; press enter again to overwrite it"
        assert tree(here) == before
        await press(pilot, "backspace")
        assert said(pilot) == f"{here}/{app.screen.query_one(Input).value}"
        await press(pilot, "t", "escape")
        assert tree(here) == before
        assert notified == []


async def test_permission_to_overwrite_is_for_one_name_and_one_time(
    bridge: History, driven_bridge: Drive, here: Path
) -> None:
    for name in ("old.txt", "older.txt"):
        (here / name).write_text(name)
    async with driven_bridge("2021-07-01", "e", size=NORMAL) as (app, pilot):
        assert "exists" in await submit(pilot, "old.txt")
        assert "exists" in await submit(pilot, "older.txt")
        assert "exists" in await submit(pilot, "old.txt")
        (here / "old.txt").unlink()
        await press(pilot, "enter")
        assert not isinstance(app.screen, ExportDialog)
    assert (here / "old.txt").read_text(encoding="utf-8") == as_text(bridge.snapshot(date(2021, 7, 1)))
    assert (here / "older.txt").read_text() == "older.txt"


async def test_the_store_that_is_open_is_never_overwritten(bridge: History, here: Path) -> None:
    store = here / "store.json"
    store.write_bytes(BRIDGE.read_bytes())
    app = KjtuiApp(bridge, date(2021, 7, 1), store=store)
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "e")
        for _ in range(2):
            assert "never overwritten" in await submit(pilot, "store.json")
    assert store.read_bytes() == BRIDGE.read_bytes()


@pytest.mark.parametrize("name", CAN)
async def test_the_dialog_writes_and_shows_the_path(
    name: str, bridge: History, driven_bridge: Drive, here: Path, notified: list[str]
) -> None:
    typed, prepare, place = CAN[name]
    prepare(here)
    async with driven_bridge("2021-07-01", "e", size=NORMAL) as (app, pilot):
        app.screen.query_one(Input).value = typed
        await press(pilot, "enter")
        assert not isinstance(app.screen, ExportDialog)
        assert notified == [f"Saved {Path(typed).expanduser().absolute()}\nE opens it"]
    assert (here / place).read_text(encoding="utf-8") == as_text(bridge.snapshot(date(2021, 7, 1)))


async def test_a_deleted_folder_is_reported(
    driven_bridge: Drive, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = here / "gone"
    gone.mkdir()
    async with driven_bridge("2021-07-01", size=NORMAL) as (_, pilot):
        monkeypatch.chdir(gone)
        gone.rmdir()
        await press(pilot, "e")
        assert "the current folder was deleted" in said(pilot)
        assert "the current folder was deleted" in await submit(pilot, "day.txt")
        monkeypatch.chdir(here)


async def test_a_missing_folder_is_made_after_a_second_enter(
    driven_bridge: Drive, here: Path, notified: list[str]
) -> None:
    async with driven_bridge("2021-07-01", "e", size=NORMAL) as (app, pilot):
        told = f"{here}/new/er does not exist; press enter again to make this folder"
        assert await submit(pilot, "new/er/day.md") == told
        assert not (here / "new").exists()
        await press(pilot, "enter")
        assert not isinstance(app.screen, ExportDialog)
    assert notified == [f"Saved {here}/new/er/day.md\nE opens it"]
    assert (here / "new/er/day.md").read_text(encoding="utf-8").startswith("# ")


async def test_a_missing_folder_with_a_name_too_long_is_refused(driven_bridge: Drive, here: Path) -> None:
    before = tree(here)
    async with driven_bridge("2021-07-01", "e", size=NARROW) as (_, pilot):
        await submit(pilot, f"{'W' * 400}/day.md")
        assert "cannot be made: File name too long" in await submit(pilot, f"{'W' * 400}/day.md")
    assert tree(here) == before


async def test_a_folder_is_not_left_behind_by_a_full_disk(driven_bridge: Drive, here: Path) -> None:
    async with driven_bridge("2021-07-01", "e", size=NORMAL) as (_, pilot):
        await submit(pilot, "new/er/day.md")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("os.fsync", full)
            await press(pilot, "enter")
        assert "No space left on device" in said(pilot)
    assert not (here / "new").exists()


async def test_typing_replaces_the_suggested_name(driven_bridge: Drive, here: Path) -> None:
    async with driven_bridge("2021-07-01", "e", *"own.md", "enter", size=NORMAL):
        assert [path.name for path in here.iterdir() if path.is_file()] == ["own.md"]


async def test_paths_are_shown_as_what_they_are(driven_bridge: Drive, here: Path) -> None:
    async with driven_bridge("2021-07-01", "e", size=NORMAL) as (app, pilot):
        for typed, shown in (
            ("~/day.txt", f"{here}/home/day.txt"),
            ("/tmp/day.txt", "/tmp/day.txt"),
            ("new/day.txt", f"{here}/new/day.txt, in a new folder"),
            ("day.odt", f"day.odt: no format here has the extension .odt; available: {', '.join(ENDINGS)}"),
        ):
            app.screen.query_one(Input).value = typed
            await pilot.pause()
            assert said(pilot) == shown


async def test_arrows_change_the_extension_of_the_name(driven_bridge: Drive, here: Path) -> None:
    async with driven_bridge("2021-07-01", "e", size=NORMAL) as (app, pilot):
        names = []
        for _ in ENDINGS:
            await press(pilot, "down")
            names.append(app.screen.query_one(Input).value)
        assert [Path(name).suffix for name in names] == [*ENDINGS[1:], ENDINGS[0]]
        await press(pilot, "up")
        assert app.screen.query_one(Input).value == f"bridge-2021-07-01{ENDINGS[-1]}"


@pytest.mark.parametrize(
    ("keys", "stem", "title"),
    [
        (["w"], "bridge-bridge-2021-07-01", "◐ on foot only"),
        (["c", "right", "c"], "bridge-2021-07-01-2021-07-02", "1 day apart"),
        (["enter"], "bridge-2021-07-01-foot-2021-07-01", "Bridge open on foot"),
    ],
)
async def test_a_reader_saves_and_copies_its_document(
    driven_bridge: Drive, here: Path, keys: list[str], stem: str, title: str
) -> None:
    async with driven_bridge("2021-07-01", *keys, size=NORMAL) as (app, pilot):
        reader = app.screen
        await press(pilot, "y", "e")
        assert title in app.clipboard
        assert app.screen.query_one(Input).value == f"{stem}.txt"
        await press(pilot, "enter")
        assert app.screen is reader
        assert (here / f"{stem}.txt").read_text(encoding="utf-8") == app.clipboard


async def test_the_file_saved_last_is_opened(
    driven_bridge: Drive, here: Path, monkeypatch: pytest.MonkeyPatch, notified: list[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(KjtuiApp, "open_url", lambda app, url, **_: opened.append(url))
    async with driven_bridge("2021-07-01", "E", size=NORMAL) as (_, pilot):
        assert notified == ["Nothing was saved yet; e exports"]
        await press(pilot, "e", "enter", "E")
        assert opened == [(here / "bridge-2021-07-01.txt").as_uri()]
        (here / "bridge-2021-07-01.txt").unlink()
        await press(pilot, "E")
        assert "no longer there" in notified[-1]
    assert len(opened) == 1


async def test_the_dialog_remembers_folder_and_format(driven: Drive, here: Path) -> None:
    (here / "out").mkdir()
    async with driven("2020-03-10", "e", size=NORMAL) as (app, pilot):
        app.screen.query_one(Input).value = "out/first.md"
        await press(pilot, "enter", "right", "e")
        assert app.screen.query_one(Input).value == str(here / "out" / "kjtui-2020-03-11.md")


async def test_the_formats_are_listed_and_a_page_is_previewed_as_text(driven: Drive) -> None:
    async with driven("2019-07-04", "e", size=NORMAL) as (app, pilot):
        app.screen.query_one(Input).value = "day.html"
        await pilot.pause()
        formats = str(app.screen.query_one(".formats", Static).content)
        assert formats.split() == [".txt", ".md", "▶.html", ".json"]
        assert "<" not in str(app.screen.query_one(".preview", Static).content)[:200]


async def test_a_note_is_called_a_note_and_says_that_it_was_saved(driven: Drive) -> None:
    async with driven("2019-07-04", "a", size=NORMAL, notifications=True) as (app, pilot):
        assert str(app.screen.query_one(".title", Static).content).startswith("Note: ")
        await press(pilot, "x", "ctrl+s")
        assert "Saved" in notices(app)


async def test_the_form_of_the_last_export_is_offered_again(
    driven: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driven("2019-07-04", "e", "tab", "enter", "e", size=NORMAL) as (app, _):
        assert str(app.screen.query_one(".title", Static).content).endswith("in full")


@pytest.mark.parametrize("typed", ["report", "report."])
async def test_a_name_without_an_extension_gets_the_extension_of_its_format(
    driven_bridge: Drive, here: Path, typed: str
) -> None:
    async with driven_bridge("2021-07-01", "e", size=NORMAL) as (app, pilot):
        app.screen.query_one(Input).value = typed
        await pilot.pause()
        assert said(pilot) == f"{here}/report.txt"
        await press(pilot, "enter")
        assert [path.name for path in here.iterdir() if path.is_file()] == ["report.txt"]


async def test_the_first_line_shows_both_forms_and_the_key_names_the_other(driven: Drive) -> None:
    async with driven("2019-07-04", "e", size=NORMAL) as (app, pilot):
        assert str(app.screen.query_one(".title", Static).content).endswith("▶short   in full")
        assert "tab in full" in screen_text(app)
        await press(pilot, "tab")
        assert str(app.screen.query_one(".title", Static).content).endswith("short  ▶in full")
        assert "tab short" in screen_text(app)


async def test_json_has_everything_and_no_choice_of_form(driven: Drive) -> None:
    async with driven("2019-07-04", "e", size=NORMAL) as (app, pilot):
        app.screen.query_one(Input).value = "day.json"
        await pilot.pause()
        assert "short" not in str(app.screen.query_one(".title", Static).content)
        assert "tab in full" not in screen_text(app)
        app.screen.query_one(Input).value = "day.md"
        await pilot.pause()
        assert str(app.screen.query_one(".title", Static).content).endswith("▶short   in full")
