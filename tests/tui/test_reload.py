"""Changes of the store on disk while the app is open."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kjtui.cli.commands import main
from kjtui.history.snapshot import History
from kjtui.record.store import load
from kjtui.tui.app import KjtuiApp
from kjtui.tui.main_screen import MainScreen
from support.app import WIDE, main_screen, notices, read, selected_event
from support.stores import BRIDGE

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.json"
    path.write_bytes(BRIDGE.read_bytes())
    return path


def rewrite(path: Path, change: Change) -> None:
    root = json.loads(path.read_text("utf-8"))
    change(root)
    path.write_text(json.dumps(root, ensure_ascii=False), "utf-8")


def retitle(root: dict[str, Any]) -> None:
    for event in root["events"].values():
        event["title"] = f"Anew: {event['title']}"


def shown_messages(app: KjtuiApp) -> str:
    return " ".join(notices(app))


def limits(screen: MainScreen) -> tuple[date, object]:
    """Return the day, pane, zoom, filter and pinned day of a screen."""
    pinned = screen.pinned.day if screen.pinned else None
    return screen.cursor.day, (screen.pane, screen.zoomed, screen.filter, pinned)


async def test_a_change_is_noticed_and_read_on_demand(store: Path) -> None:
    history = History(load(store))
    app = KjtuiApp(history, history.changes[1], store=store)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", *"measure", "enter", "c", "right", "up", "4", "z")
        before = main_screen(app)
        state = limits(before)
        chosen = selected_event(app).id
        app.check_store()
        assert not shown_messages(app)
        rewrite(store, retitle)
        app.check_store()
        await pilot.pause()
        assert "press r to reload" in shown_messages(app)
        assert before.history is history

        await pilot.press("r")
        await pilot.pause()
        screen = main_screen(app)
        assert screen.history is not history
        assert limits(screen) == state
        assert selected_event(app).id == chosen
        assert screen.focused is not None
        assert screen.focused.id == "lanes"
        await pilot.press("z", "1", "escape", "escape")
        assert "Anew: " in read(app, "timeline")
        await pilot.press("right")
        assert screen.cursor.day > state[0]


async def test_a_store_that_broke_keeps_the_record(store: Path) -> None:
    history = History(load(store))
    app = KjtuiApp(history, store=store)
    async with app.run_test(size=WIDE) as pilot:
        shown = read(app, "timeline")
        for spoil in (lambda: store.write_text('{"events": '), store.unlink):
            spoil()
            await pilot.press("r")
            await pilot.pause()
            assert "Store not reloaded" in shown_messages(app)
            assert main_screen(app).history is history
            assert read(app, "timeline") == shown


async def test_a_reload_drops_the_selected_event_and_the_pin_that_the_record_lacks(store: Path) -> None:
    history = History(load(store))
    app = KjtuiApp(history, history.last_day, store=store)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("up", "c")
        chosen = selected_event(app).id

        def shorten(root: dict[str, Any]) -> None:
            events = [event for event in root["events"].values() if event["id"] != chosen]
            root["events"] = {str(number): event for number, event in enumerate(events, 1)}
            root["dataset"]["1"]["coverage"]["to"] = events[-2]["date"]

        rewrite(store, shorten)
        await pilot.press("r")
        await pilot.pause()
        screen = main_screen(app)
        assert screen.history.first_day <= screen.cursor.day <= screen.history.last_day
        assert screen.pinned is not None
        assert screen.pinned.day <= screen.history.last_day


async def test_an_unchanged_store_is_not_put_on_screen_anew(store: Path) -> None:
    app = KjtuiApp(History(load(store)), date(2020, 1, 1), store=store)
    async with app.run_test(size=WIDE) as pilot:
        before = main_screen(app).history
        store.touch()
        await pilot.press("r")
        await pilot.pause()
        assert main_screen(app).history is before
        assert "has not changed" in shown_messages(app)


@pytest.mark.parametrize("size", [WIDE, (45, 40), (60, 20)])
async def test_a_broken_file_of_a_folder_is_named_in_the_header_until_it_is_mended(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = tmp_path / "record"
    assert main(["build", "--reverse", str(BRIDGE), str(folder)]) == 0
    app = KjtuiApp(History(load(folder)), store=folder)
    async with app.run_test(size=size) as pilot:
        file = folder / "sources.toml"
        sound = file.read_text(encoding="utf-8")
        file.write_text(sound + 'title = "Ferry\n', encoding="utf-8")
        app.check_store()
        app.clear_notifications()
        await pilot.press("right")
        line = sound.count("\n") + 1
        assert f"sources.toml:{line}:" in read(app, "headline")

        file.write_text(sound + "# mended\n", encoding="utf-8")
        app.check_store()
        await pilot.pause()
        assert "sources.toml" not in read(app, "headline")
        assert "Not reloaded" not in read(app, "headline")


async def test_the_header_names_the_fault_of_a_store_until_it_is_read_again(store: Path) -> None:
    app = KjtuiApp(History(load(store)), store=store)
    async with app.run_test(size=WIDE) as pilot:
        sound = store.read_bytes()
        store.write_text('{"events": ')
        await pilot.press("r")
        await pilot.pause()
        assert "  Not reloaded" in read(app, "headline")
        store.write_bytes(sound)
        await pilot.press("r")
        await pilot.pause()
        assert "Not reloaded" not in read(app, "headline")
        assert "not reloaded" not in shown_messages(app)
