"""Texts of a store are data. No text acts as a command in the terminal or in a file, or crashes the app."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect
from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.widgets import Input, Static

from kjtui.cli.commands import main
from kjtui.formats.format_table import DOCUMENT_FORMATS
from kjtui.history.snapshot import History
from kjtui.record.model import StoreFile, Value
from kjtui.record.sanitize import sanitize
from kjtui.record.store import load
from kjtui.tui.app import KjtuiApp
from kjtui.tui.paint.line_pane import LinePane
from kjtui.tui.terminal.ambiguous_width import QUERY
from kjtui.words.wrap import cells, fit, wrap
from support.app import NARROW, NORMAL, WIDE, lines, main_screen, press, screen_text, strips
from support.exports import as_text
from support.hostile import COMMAND, PIECES, spoilt_tables
from support.stores import BRIDGE, MakeStore, Tables

DEADLINE = 60
"""Timeout in seconds. A process that runs longer counts as hung."""

NAME = "[b]'$(reboot)'\x1b[2J\u202e\n[@click=app.quit]x"
"""A hostile name for a file or folder."""


@pytest.fixture
def hostile_store(kind: str, tables: Tables, make_store: MakeStore) -> Path:
    path = make_store(spoilt_tables(tables, kind))
    return path.rename(path.with_name(NAME))


@pytest.fixture
def hostile(hostile_store: Path) -> History:
    return History(load(hostile_store))


def struct_types(kind: Any) -> Iterator[inspect.StructType]:
    """Yield all struct types that a type contains, including the type itself."""
    if isinstance(kind, inspect.StructType):
        yield kind
        for field in kind.fields:
            yield from struct_types(field.type)
    parts = [*getattr(kind, "types", ()), getattr(kind, "item_type", None), getattr(kind, "value_type", None)]
    for part in filter(None, parts):
        yield from struct_types(part)


def texts(value: Any) -> Iterator[str]:
    """Yield the texts in the value of a field, except the texts of nested structs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *texts(inner))
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)


def fields_with_texts(value: Any) -> Iterator[tuple[str, str, str]]:
    """Yield every text in a value, with the names of its struct and field."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if isinstance(value, Value):
                yield from ((type(value).__name__, name, text) for text in texts(inner))
            yield from fields_with_texts(inner)
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from fields_with_texts(inner)


@pytest.mark.parametrize("kind", ["mixed"])
def test_every_text_that_a_store_can_hold_is_tried_and_comes_out_clean(hostile: History) -> None:
    expected = {
        (kind.cls.__name__, field.name)
        for kind in struct_types(inspect.type_info(StoreFile))
        for field in kind.fields
        if re.search("StrType", str(field.type)) and kind.cls is not StoreFile
        if not any(struct_types(field.type))
    }
    assert len(expected) > 50
    pieces = [sanitize(piece).strip() for piece in PIECES]
    found = set()
    for struct, field, text in fields_with_texts(hostile.record):
        assert not COMMAND.search(text)
        if any(piece in text for piece in pieces):
            found.add((struct, field))
    assert found == expected


KINDS = ["mixed", pytest.param("long", marks=pytest.mark.slow), pytest.param("empty", marks=pytest.mark.slow)]


@pytest.mark.parametrize("kind", KINDS)
def test_exports_contain_no_commands_and_keep_their_width(
    hostile: History, hostile_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    track = next(iter(hostile.record.tracks))
    days = list(map(str, hostile.event_days))
    commands = [["snapshot", day] for day in days] + [
        ["why", track, days[-1]],
        ["compare", days[0], days[-1]],
    ]
    for command in commands:
        for form in DOCUMENT_FORMATS:
            assert main([*command, "--format", form, "--store", str(hostile_store)]) == 0
            out, err = capsys.readouterr()
            assert err == ""
            assert not COMMAND.search(out.replace("\n", ""))
            if form == "text":
                body, _, _ = out.rpartition("\nRecord: ")  # the footer is not wrapped
                assert max(map(cell_len, body.split("\n"))) <= 80
            if form == "json":
                json.loads(out)
    assert main(["check", str(hostile_store)]) == 1
    assert not COMMAND.search(capsys.readouterr().out.replace("\n", ""))
    assert main(["why", "no such track", "--store", str(hostile_store)]) == 2
    assert capsys.readouterr().err.removesuffix("\n").isprintable()


WALK = [
    *("3", "4", "plus", "2", "1", "down"),  # the panes
    *("enter", "escape", "w", "right", "escape"),  # an event and a track page
    *("c", "up", "c", "escape", "escape"),  # a pinned day and a comparison
    *("s", "y", "enter", "escape"),  # sources, which have no web address
    *("f", "down", "enter", "escape"),  # a filter, shown in the first line
    *("slash", "x", "escape"),  # a search
    *("g", "x", "r", "i", "g", "enter", "escape"),  # an event found by its name
    *("y", "e", "enter", "e", "enter", "escape"),  # copy, export, export again
    *("question_mark", "pagedown", "escape", "z", "z"),
    *("ctrl+p", "x", "down", "enter", "escape"),  # the palette
]
"""Keys that open every pane, dialog and notice."""


def check_screen(app: App[None]) -> str:
    """Return the text on screen. Assert that there are no control characters and that each line is full."""
    shown = ""
    for strip in strips(app):
        shown += f"{strip.text}\n"
        assert not COMMAND.search(strip.text)
        assert cell_len(strip.text) == strip.cell_length == app.size.width
        for segment in strip:
            assert segment.control is None
            assert segment.style is None or (
                segment.style.link is None and "@click" not in segment.style.meta
            )
    for pane in main_screen(app).query(LinePane):
        for index in range(pane.line_count() if pane.columns else 0):
            line = "".join(text for text, _ in pane.line(index))
            assert cell_len(line) <= pane.columns, (pane, line)
    assert app.title == "kjtui"
    assert app.sub_title == ""
    return shown


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "size"),
    [("mixed", WIDE), ("mixed", NORMAL), ("mixed", NARROW), ("long", NARROW)],
    ids=str,
)
async def test_panes_dialogs_and_notices_show_it_as_text(
    kind: str, hostile: History, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / f"folder {NAME}"
    folder.mkdir()
    monkeypatch.chdir(folder)
    app = KjtuiApp(hostile, hostile.event_days[0])
    seen = ""
    async with app.run_test(size=size, notifications=True) as pilot:
        for key in WALK:
            await press(pilot, key)
            seen += check_screen(app)
        assert app.is_running
    if kind == "mixed":
        for piece in PIECES:
            assert sanitize(piece).strip()[:12] in seen
    exported = [path.read_text(encoding="utf-8") for path in folder.iterdir()]
    assert len(exported) == 1
    assert not COMMAND.search(exported[0].replace("\n", ""))


def read_until_quiet(terminal: int) -> bytes:
    """Read the output of an app until the app pauses. Return the output."""
    sent, wait = b"", float(DEADLINE)
    while select.select([terminal], [], [], wait)[0]:
        try:
            sent += os.read(terminal, 65536)
        except OSError:  # the app has ended
            break
        wait = 0.2
    return sent


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["mixed"])
def test_no_escape_sequence_of_a_store_reaches_a_terminal(hostile_store: Path, tmp_path: Path) -> None:
    """Run the app in a real terminal, and check all bytes that it sends."""
    terminal, inner = pty.openpty()
    termios.tcsetwinsize(inner, (40, 120))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "kjtui", "--store", str(hostile_store)],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        cwd=tmp_path,
        env=environment | {"TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(inner)
    sent = read_until_quiet(terminal)
    for keys in (
        "k",
        "\r",
        "q",
        "w",
        "l",
        "q",
        "c",
        "k",
        "c",
        "q",
        "s",
        "\r",
        "q",
        "f",
        "\r",
        "e",
        "\r",
        "?",
        "q",
    ):
        os.write(terminal, keys.encode())
        sent += read_until_quiet(terminal)
    os.write(terminal, b"q")
    while more := read_until_quiet(terminal):
        sent += more
    assert process.wait(timeout=DEADLINE) == 0
    os.close(terminal)
    text = sent.decode("utf-8").replace(QUERY, "", 1)  # kjtui's own
    for piece in ("[/] [bold", "gnp.exe", "\ubd88\ud654\uc218\uc18c", "]52;c;aGk="):
        assert piece in text
    for sequence in ("\x1b]52;", "\x1b[31m", "\x1b]8;", "\x1b]0;", "\x1b[6n", "aGk=\x07", "title\x07", "\0"):
        assert sequence not in text, repr(sequence)
    assert not re.search("[\x80-\x9f\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069]", text)


async def test_markup_is_shown_verbatim(tables: Tables, make_store: MakeStore) -> None:
    tables["events"]["1"]["title"] = "[/] [b]x[/b] [@click=app.quit]y[/]"
    app = KjtuiApp(History(load(make_store(tables))), load(BRIDGE).events[0].day)
    async with app.run_test(size=WIDE) as pilot:
        assert any("[/] [b]x[/b] [@click=app.quit]y[/]" in line for line in lines(app, "timeline"))
        await press(pilot, "enter")
        assert "[/] [b]x[/b] [@click=app.quit]y[/]" in screen_text(app)
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
            assert all(not COMMAND.search(strip.text) for strip in strips(app))
        assert sorted(path.name for path in tmp_path.iterdir()) == ["x.txt", "y.txt"]


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
        text = screen_text(app)
        assert "crack [/] [@click=app.quit]x[/] [#zzz]" in text
        assert "crack [/b] term" in text
        assert "[/] [bold" in text


@pytest.mark.slow
def test_widths_are_those_the_app_is_painted_with() -> None:
    """Test every character of the Unicode planes 0 to 3, except characters that sanitizing removes."""
    characters = [
        character for character in map(chr, range(0x20, 0x40000)) if sanitize(character) == character
    ]
    assert len(characters) > 250_000
    assert [hex(ord(one)) for one in characters if cells(one) != cell_len(one)] == []


@given(
    st.text(
        st.characters(exclude_categories=["Cs"])
        | st.sampled_from("\u200d\ufe0f\u0301\u11ab한한\U0001f44d\U0001f3fb")
    )
)
def test_a_text_is_as_wide_as_it_is_painted(text: str) -> None:
    shown = sanitize(text)
    assert cells(shown) == cell_len(shown)
    for width in (1, 2, 7):
        assert cell_len(fit(shown, width)) == width
        assert all(cell_len(line) <= max(width, 2) for line in wrap(shown, width))


SCRIPTS = (
    "plain",
    "불화수소",
    "フッ化水素",
    "ﾌｯ化ｶﾞ",
    "が\u304b\u3099",
    "\u1112\u1161\u11ab\u1100\u1161",
    "cafe\u0301 Z\u0300\u0301\u0302\u0303",
    "क्षि हिन्दी",
    "ที่นี่",
    "ကျွန်ုပ်",
    "שָׁלוֹם عَرَبِيّ",
    "می\u200cخواهم",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f44d\U0001f3fb \U0001f1f0\U0001f1f7",
    "❤\ufe0f ☰ \U0001d306",
    "\U0001fae8 \U00031350 \u0897",
    "a\tb\u00a0c\u3000d",
)


@pytest.mark.slow
@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=str)
async def test_columns_are_aligned_in_any_script(
    size: tuple[int, int], tables: Tables, make_store: MakeStore
) -> None:
    """The text after a name is aligned, even if the name consists of wide characters and fills its column."""
    bridge, crack = tables["tracks"]["1"], tables["events"]["1"]
    bridge["states"][0].update(label="§open", short="§")
    for number, text in enumerate(SCRIPTS, 10):
        tables["tracks"][str(number)] = {
            **bridge,
            "id": f"track-{number}",
            "name": text * 9,
            "short": text * 2,
        }
        acting = {"actors": [text], "title": f"§{text * 9}", "date": "2021-12-30", "effects": []}
        tables["events"][str(number)] = {**crack, "id": f"event-{number}", **acting}
        tables["dataset"]["1"]["actors"][text] = text
    path = make_store(tables)
    history = History(load(path))
    app = KjtuiApp(history)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "end", "up")
        for key, pane, sign in (("1", "timeline", "§"), ("2", "status", "§"), ("4", "lanes", "[─·]")):
            await press(pilot, key, *(["z"] if not main_screen(app).zoomed else []))
            rows = lines(app, pane)[: main_screen(app).query_one(f"#{pane}", LinePane).list_rows]
            assert columns(rows, sign) == 1, rows
    text = as_text(history.snapshot(history.last_day), full=True)
    rows = [line for line in text.splitlines() if line.startswith("2021-12-30")]
    assert len(rows) == len(SCRIPTS)
    assert columns(rows, "§") == 1, rows


def columns(rows: list[str], sign: str) -> int:
    """Return the number of different columns in which a sign occurs."""
    found = [(row, match.start()) for row in rows if (match := re.search(sign, row))]
    assert len(found) >= 3
    return len({cell_len(row[:start]) for row, start in found})
