"""Text of a store is data: no byte of it reaches the terminal or a file as a command, nothing crashes."""

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import BRIDGE, MakeStore, Tables
from pilots import NARROW, WIDE, lines, main_screen, press
from textual import events
from textual.widgets import Input, Static

from kjtui.history.snapshot import History
from kjtui.record.store import load
from kjtui.record.width import cells
from kjtui.text.json import snapshot_json
from kjtui.text.plain import snapshot_text
from kjtui.tui.app import KjtuiApp

HOSTILE = {
    "markup": "[/] [bold [@click=app.quit]x[/] [link=http://x]y [#zzz]q[/] $accent C:\\[x] [/x]",
    "escapes": "\x1b]52;c;aGk=\x07\x1b[2J\x1b[31m\x9b2J\x85\x1b]8;;http://x\x1b\\link",
    "bidi": "\u202egnp.exe\u2066 \u200fright \u061c",
    "wide": "불화수소フッ化水素" * 8,
    "long word": "W" * 3000,
    "combining": "e" + "\u0301" * 300 + " zero\u200bwidth\u2060 \ufe0f",
    "lines": "one\ntwo\r\nthree\ttab\u2028four\v\f",
    "empty": "",
}
COMMAND = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def spoil(value: Any, hostile: str, field: str = "") -> Any:
    """The same value with hostile text in every field that is free text."""
    kept = {
        "id",
        "date",
        "end",
        "time",
        "kind",
        "tone",
        "state",
        "track",
        "stage",
        "in_force",
        "phase",
        "form",
    }
    kept |= {"sources", "from", "to", "reviewed", "confidence", "starts", "ends", "since"}
    if isinstance(value, str):
        return value if field in kept else hostile
    if isinstance(value, list):
        return value if field in ("actors", *kept) else [spoil(item, hostile, field) for item in value]
    if isinstance(value, dict):
        return {key: spoil(item, hostile, key) for key, item in value.items()}
    return value


@pytest.fixture(params=HOSTILE)
def hostile(request: pytest.FixtureRequest, tables: Tables, make_store: MakeStore) -> History:
    return History(load(make_store(spoil(tables, HOSTILE[request.param]))))


def test_exports_hold_no_commands_and_keep_their_width(hostile: History) -> None:
    for day in hostile.event_days:
        text = snapshot_text(hostile.snapshot(day))
        assert not COMMAND.search(text)
        assert max(map(cells, text.splitlines())) <= 80
        assert not COMMAND.search(snapshot_json(hostile.snapshot(day)))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_panes_and_dialogs_show_it_as_text(
    hostile: History, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = KjtuiApp(hostile, hostile.event_days[0])
    async with app.run_test(size=size, notifications=True) as pilot:
        moves = ["down", "3", "down", "4", "down", "plus", "2", "down", "1", "down", "enter", "escape"]
        asks = [
            "w",
            "right",
            "escape",
            "c",
            "up",
            "c",
            "escape",
            "s",
            "escape",
            "f",
            "enter",
            "escape",
            "escape",
        ]
        rest = [
            "slash",
            "x",
            "escape",
            "g",
            "x",
            "escape",
            "y",
            "e",
            "enter",
            "z",
            "z",
            "question_mark",
            "end",
        ]
        for key in [*moves, *asks, *rest] if size == WIDE else [*moves, "w", "escape", "s", "escape", "e"]:
            await press(pilot, key)
            for strip in app.screen._compositor.render_strips():
                assert not COMMAND.search(strip.text), key
                assert strip.cell_length == size[0], key
        assert app.is_running


async def test_markup_is_shown_verbatim(tables: Tables, make_store: MakeStore) -> None:
    tables["events"]["1"]["title"] = "[/] [b]x[/b] [@click=app.quit]y[/]"
    app = KjtuiApp(History(load(make_store(tables))), load(BRIDGE).events[0].day)
    async with app.run_test(size=WIDE) as pilot:
        assert any("[/] [b]x[/b] [@click=app.quit]y[/]" in line for line in lines(app, "timeline"))
        await press(pilot, "enter")
        assert "[/] [b]x[/b] [@click=app.quit]y[/]" in str(app.screen.query_one(Static).content)
        await pilot.click(Static, offset=(30, 0))
        assert main_screen(app).is_attached


async def test_hostile_input_is_only_a_name(
    bridge: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = KjtuiApp(bridge, bridge.event_days[0])
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        for name, pasted in (("x", "[b]\x1b[2J.txt"), ("y", "\u202e[@click=app.quit]x[]")):
            await press(pilot, "e")
            app.screen.query_one(Input).value = ""
            app.screen.query_one(Input).post_message(events.Paste(pasted))
            await press(pilot, name, "enter")
            assert all(not COMMAND.search(strip.text) for strip in app.screen._compositor.render_strips())
        assert sorted(path.name for path in tmp_path.iterdir()) == ["x", "y"]


async def test_the_palette_shows_it_as_text(tables: Tables, make_store: MakeStore) -> None:
    tables["events"]["1"]["title"] = "crack [/] [@click=app.quit]x[/] [#zzz]"
    tables["terms"]["1"] = {
        "id": "term",
        "term": "crack [/b] term",
        "meaning": "[/] [bold",
        "sources": ["notice-1"],
    }
    app = KjtuiApp(History(load(make_store(tables))), load(BRIDGE).events[0].day)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+p", *"crack")
        await pilot.pause(0.5)
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "crack [/] [@click=app.quit]x[/] [#zzz]" in text
        assert "crack [/b] term" in text
        assert "[/] [bold" in text
