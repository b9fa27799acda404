"""Custom keys of the user: accepted keys, and messages about rejected keys."""

import json
import re
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.binding import Binding

from kjtui.tui import dialogs
from kjtui.tui.keys.command_table import BY_ID, DIALOGS, all_commands
from kjtui.tui.keys.keymap import Keymap, clicked_command, parse_keymap
from support.app import (
    Drive,
    main_screen,
    notices,
    press,
    screen_text,
)


def configure(folder: Path, **content: object) -> None:
    (folder / "kjtui").mkdir(exist_ok=True)
    (folder / "kjtui" / "config.json").write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("entries", "keys", "faults"),
    [
        ({}, {}, []),
        ({"day.next": "l, right"}, {"day.next": "l,right"}, []),
        ({"help": "H"}, {"help": "H"}, []),
        ({"search": "?", "help": "/"}, {"search": "question_mark", "help": "slash"}, []),
        (
            {"day.next": "left,h", "day.previous": "right,l"},
            {"day.next": "left,h", "day.previous": "right,l"},
            [],
        ),
        ({"sources.copy": "a"}, {"sources.copy": "a"}, []),
        ({"nope": "x"}, {}, ["nope: there is no such command"]),
        ({"help": 7}, {}, ['help: expected keys, such as "l,right"']),
        ({"help": "nonsense"}, {}, ["help: 'nonsense' is not a key"]),
        ({"help": "x,"}, {}, ["help: '' is not a key"]),
        ({"help": "ctrl+p"}, {}, ["help: ctrl+p is reserved"]),
        ({"search": "h"}, {}, ["search: h is also the key of day.previous"]),
        ({"help": "x", "search": "x"}, {"help": "x"}, ["search: x is also the key of help"]),
        ({"notes.delete": "j"}, {}, ["notes.delete: j is also the key of list.down"]),
        ({"document.copy": "j"}, {}, ["document.copy: j is also the key of items.down"]),
        ({"event.track": "y"}, {}, ["event.track: y is also the key of document.copy"]),
        ({"finder.close": "q"}, {}, ["finder.close: q is needed for typing in the dialog of this command"]),
        ({"finder.close": "f2"}, {"finder.close": "f2"}, []),
        ([], {}, ["keys: expected ids of commands with their keys"]),
    ],
)
def test_each_entry_is_accepted_or_rejected_with_one_line(
    entries: object, keys: dict[str, str], faults: list[str]
) -> None:
    assert parse_keymap(entries) == Keymap(keys, tuple(faults))


def test_the_keys_of_the_table_are_keys() -> None:
    alone = {command.id: command.keys for command in all_commands() if command.keys}
    assert parse_keymap(alone) == Keymap(alone, ())


def test_ids_are_unique_and_those_of_a_dialog_begin_with_its_name() -> None:
    ids = [command.id for command in all_commands()]
    assert len(set(ids)) == len(ids)
    for name, dialog in DIALOGS.items():
        assert all(command.id.startswith(f"{name}.") for command in dialog.commands)


def test_the_description_of_a_command_fits_its_line_in_the_help() -> None:
    assert [command.help for command in all_commands() if len(command.help) > 48] == []


async def test_keys_in_force_are_shown_and_work(driven: Drive, own_configuration: Path) -> None:
    configure(
        own_configuration, keys={"day.next": "x", "day.previous": "u", "help": "f2", "search": "h", "copy": 7}
    )
    async with driven("2019-08-26", notifications=True) as (app, pilot):
        await pilot.pause()
        assert notices(app) == [
            'copy: expected keys, such as "l,right"',
        ]
        app.clear_notifications()
        await pilot.pause()
        assert " u/x day " in screen_text(app)
        await press(pilot, "x", "right", "l", "u", "x")
        assert main_screen(app).cursor.day == date(2019, 8, 27)
        await press(pilot, "f2", "1")
        text = screen_text(app)
        assert re.search(r"x +Next day: ", text)
        await press(pilot, "3")
        assert re.search(r"h +Search: ", screen_text(app))
        await press(pilot, "4")
        assert re.search(r"y +Copy: ", screen_text(app))


async def test_messages_name_the_keys_in_force(driven: Drive, own_configuration: Path) -> None:
    """The user replaces default keys, so messages must name the new keys."""
    configure(
        own_configuration,
        keys={"compare": "U", "export": "X", "clear": "f4", "timeline.minor": "u", "note.write": "i"},
    )
    async with driven("2019-08-26", "E", notifications=True) as (app, pilot):
        assert notices(app) == ["Nothing was saved yet; X exports"]
        await press(pilot, "U", "right")
        assert "U compares · f4 unpins" in screen_text(app)
        await press(pilot, "f4")
        await press(pilot, "f", *"wto", "enter")
        assert "(f4)" in screen_text(app).splitlines()[0]
        await press(pilot, "f4", "B")
        assert "In the panes, i writes one." in screen_text(app)


@pytest.mark.parametrize("broken", ["", "{", "[]", "\0"])
async def test_a_broken_file_is_reported_and_left_unchanged(
    driven: Drive, own_configuration: Path, broken: str
) -> None:
    (own_configuration / "kjtui").mkdir()
    path = own_configuration / "kjtui" / "config.json"
    path.write_text(broken)
    async with driven("2019-08-26", notifications=True) as (app, pilot):
        await pilot.pause()
        [told] = notices(app)
        assert told.startswith("cannot be used: ")
        await press(pilot, "t", "down", "enter")
    assert path.read_text() == broken


async def test_a_theme_is_saved_beside_the_keys(driven: Drive, own_configuration: Path) -> None:
    configure(own_configuration, keys={"help": "f2"})
    async with driven("2019-08-26", "t", "down") as (app, pilot):
        assert app.theme == "kjtui-light"
        await press(pilot, "escape")
        assert app.theme == "kjtui-dark"
        await press(pilot, "t", "down", "enter")
    content = json.loads((own_configuration / "kjtui" / "config.json").read_text())
    assert content == {"keys": {"help": "f2"}, "theme": "kjtui-light"}


def subclasses(kind: type) -> list[type]:
    below: list[type] = kind.__subclasses__()
    return [kind, *(one for each in below for one in subclasses(each))]


def test_every_binding_of_the_package_has_an_id_of_the_table() -> None:
    from textual.widget import Widget

    for module in iter_modules(dialogs.__path__, f"{dialogs.__name__}."):
        import_module(module.name)  # importing a module defines its widget classes

    ids = {command.id for command in all_commands()}
    for kind in subclasses(Widget):
        if kind.__module__.startswith("kjtui."):
            for binding in kind.__dict__.get("BINDINGS", []):
                assert isinstance(binding, Binding)
                assert binding.id in ids, kind


OPPOSITES = {"previous": "next", "up": "down", "page_up": "page_down", "first": "last", "earlier": "later"}


def test_of_two_opposite_commands_one_is_backward() -> None:
    compared = 0
    for identity, command in BY_ID.items():
        context, _, step = identity.rpartition(".")
        opposite = BY_ID.get(f"{context}.{OPPOSITES.get(step)}")
        if opposite:
            assert (command.is_backward, opposite.is_backward) == (True, False), identity
            compared += 1
    assert compared > 20


def test_a_click_on_the_word_of_two_keys_steps_forward() -> None:
    back, forward = BY_ID["year.previous"], BY_ID["year.next"]
    for commands in ((back, forward), (forward, back)):
        assert clicked_command(commands, "{}", 0) is commands[0]
        assert clicked_command(commands, "{}", 1) is commands[1]
        assert clicked_command(commands, "{}", 3) is forward
