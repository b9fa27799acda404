"""Read the user's custom keys from the configuration, and return a message for each invalid entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct
from textual.app import App
from textual.binding import Binding
from textual.keys import REPLACED_KEYS, Keys, format_key, key_to_character
from textual.screen import Screen

from kjtui.languages import labelled, tr
from kjtui.tui.keys.command_table import BY_ID, CONTEXTS, DIALOGS, Command, meet
from kjtui.words.wrap import cells

RESERVED = ("ctrl+c", "ctrl+p", "ctrl+q")
"""Keys that Textual handles before any command: copy, palette, quit."""

_MODIFIERS = {"alt", "ctrl", "hyper", "meta", "shift", "super"}
_NAMED = {key.value for key in Keys if not key.value.startswith("<")} | {"space"}
"""Names of keys that cannot be written as a single character."""


class Keymap(Struct, frozen=True):
    """The user's custom keys by command id, and a message for each invalid entry."""

    keys: Mapping[str, str] = {}
    faults: tuple[str, ...] = ()


@runtime_checkable
class Remapped(Protocol):
    """An app with a key map."""

    keymap: Keymap


def keys_in_force(app: App[Any]) -> Mapping[str, str]:
    """Return the user's custom keys by command id."""
    return app.keymap.keys if isinstance(app, Remapped) else {}


def key_of(app: App[Any], identity: str) -> str:
    """Return the first active key of a command, as displayed in messages."""
    command, keys = BY_ID[identity], keys_in_force(app)
    if identity in keys:
        return format_key(keys[identity].split(",")[0])
    return command.shown.split()[0]


def is_available(command: Command, screen: Screen[Any]) -> bool:
    """Return whether a command can be run now."""
    action = command.action.partition("(")[0]
    namespace: Screen[Any] | App[Any] = screen
    if action.startswith("app."):
        namespace, action = screen.app, action.removeprefix("app.")
    return namespace.check_action(action, ()) is not False


def parse_keymap(entries: object) -> Keymap:
    """Return the valid entries, and messages for the invalid entries.

    An entry is also invalid if one of its keys conflicts with a default key or an earlier entry.
    """
    if not isinstance(entries, dict):
        return Keymap({}, (tr("keys: expected ids of commands with their keys"),))
    chosen: dict[str, str] = {}
    faults = []
    for identity, text in entries.items():
        try:
            chosen[identity] = ",".join(_parse(text, BY_ID.get(identity)))
        except ValueError as error:
            faults.append(labelled(identity[:40], str(error)))
    while clash := next(_clashes(chosen), None):
        identity, key, other_id = clash
        del chosen[identity]
        faults.append(
            tr("{identity}: {key} is also the key of {other}", identity=identity, key=key, other=other_id)
        )
    return Keymap(chosen, tuple(faults))


def shown_keys(command: Command, keys: Mapping[str, str]) -> str:
    """Return the keys of a command as displayed in help and palette."""
    if command.id not in keys:
        return command.shown
    return " ".join(format_key(key) for key in keys[command.id].split(","))


def footer_label(commands: Iterable[Command], keys: Mapping[str, str]) -> tuple[str, str]:
    """Return the label of one or more commands in the footer and in hints: their keys and their word."""
    first, *others = commands
    shown, _, word = first.footer.partition(" ")
    word = tr(word)
    first_key, dash, last_key = shown.partition("-")
    if first_key and dash:  # a range of keys, such as 1-4
        shown = tr("{first_key}-{last_key}", first_key=first_key, last_key=last_key)
    if keys.keys() & {command.id for command in (first, *others)}:
        ways = (keys.get(command.id, command.keys).split(",")[0] for command in (first, *others))
        shown = "/".join(format_key(key) for key in ways)
    return shown, word


def clicked_command(commands: Sequence[Command], shown: str, cell: int) -> Command:
    """Return the command to run after a click on a cell of a label.

    A label consists of keys and a word. If a label has two commands, a click on a key selects the command of
    this key. A click on the word selects the command that steps forward.
    """
    if len(commands) != 2:
        return commands[0]
    first, second = commands
    if cell < cells(shown):
        return first if cell * 2 < cells(shown) - 1 else second
    return first if second.is_backward else second


def _parse(text: object, command: Command | None) -> list[str]:
    """Parse the keys in an entry of the configuration, and return their Textual names.

    Raises ``ValueError`` if the command cannot have these keys.
    """
    if command is None:
        raise ValueError(tr("there is no such command"))
    if not command.keys:
        raise ValueError(tr("only the palette has this command"))
    if not isinstance(text, str):
        raise ValueError(tr('expected keys, such as "l,right"'))
    keys = list(dict.fromkeys(_key(part.strip()) for part in text.split(",")))
    for key in keys:
        if key in RESERVED:
            raise ValueError(tr("{key} is reserved", key=key))
        typing = CONTEXTS[command.id] and DIALOGS[CONTEXTS[command.id]].typing
        if typing and (key == "space" or _is_character(key)):
            message = tr("{key} is needed for typing in the dialog of this command", key=format_key(key))
            raise ValueError(message)
    return keys


def _key(text: str) -> str:
    """Return the Textual name of a key. Raises ``ValueError`` for an unknown key."""
    if len(text) == 1 and text.isprintable() and not text.isspace():
        (binding,) = Binding.make_bindings([Binding(text, "")])
        return binding.key
    *modifiers, name = text.split("+")
    is_known = name in _NAMED or _is_character(name)
    if not is_known or not set(modifiers) <= _MODIFIERS:
        raise ValueError(tr("{text!r} is not a key", text=text[:20]))
    return text


def _is_character(name: str) -> bool:
    """Return whether a key types a printable character."""
    character = key_to_character(REPLACED_KEYS.get(name, name))
    return character is not None and character.isprintable()


def _clashes(chosen: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield each conflict: the id of the entry, the key, and the id of the other command with this key.

    Begin with the conflicts of the last entry.
    """
    for identity in reversed(list(chosen)):
        for key in chosen[identity].split(","):
            for other in BY_ID.values():
                has_key = other.id != identity and key in chosen.get(other.id, other.keys).split(",")
                if has_key and meet(identity, other.id):
                    yield identity, format_key(key), other.id
