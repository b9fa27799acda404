"""Generate the manual page from the parser and the help topics. It is the same on every Python version."""

import argparse
import re
from collections.abc import Iterator

from kjtui import __version__
from kjtui.cli.parser import build_parser
from kjtui.cli.parser import command as command_of
from kjtui.cli.topics import TOPICS, ExampleNames, filled
from support.stores import ROOT

_WIDTH = 80

_NAME = "show what held on any day of a record of events, why, and who says so"
_EVERYWHERE = "Every command takes --store, before or after its name, and --help."
_CLOSING = {
    "EXIT STATUS": (
        ("0", "Success."),
        ("1", "check found errors in a store, or verify found differences."),
        ("2", "The request or the store cannot be used; one line on standard error says why."),
    ),
    "ENVIRONMENT": (
        ("NO_COLOR", "If set, the app uses no colors."),
        ("BROWSER", "The browser that opens sources and exports."),
        ("XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "Where the files below are, on Linux."),
    ),
    "FILES": (
        ("~/.config/kjtui/config.json", "The theme and your own keys, on Linux."),
        ("~/.local/share/kjtui/notes.json", "Your notes and bookmarks, on Linux."),
        ("~/.local/state/kjtui/state.json", "Where you left off in each record, on Linux."),
        ("~/.local/state/kjtui/crash.txt", "The report of the latest crash of the app, on Linux."),
    ),
}


def manual() -> str:
    """Return the manual page in roff format, with ``man`` macros."""
    return "".join(f"{part}\n" for line in _lines() for part in _wrapped(line))


def _released() -> str:
    """Return the date of the latest release."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    [day] = re.findall(r"^date-released: (.+)$", citation, re.MULTILINE)
    return str(day)


def _wrapped(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 80 bytes. Do not split requests. Do not split at escaped spaces."""
    if line.startswith("."):
        yield line
        return
    part = ""
    for word in re.split(r"(?<!\\) ", line):
        longer = f"{part} {word}" if part else word
        if part and _bytes(longer) > _WIDTH:
            yield part
            longer = rf"\&{word}" if word.startswith((".", "'")) else word
        part = longer
    yield part


def _bytes(line: str) -> int:
    """Return the length of a line after all non-ASCII characters are escaped for roff."""
    return sum(1 if character.isascii() else len(rf"\[u{ord(character):X}]") for character in line)


def _lines() -> Iterator[str]:
    whole = build_parser()
    yield r".\" Made by tests/regenerate.py from the parser."
    yield f'.TH KJTUI 1 "{_released()}" "kjtui {__version__}" "User commands"'
    yield from (".SH NAME", rf"kjtui \- {_text(_NAME)}")
    yield from (".SH SYNOPSIS", *_synopsis("kjtui", whole), ".SH DESCRIPTION", _text(whole.description or ""))
    yield from (".SH OPTIONS", *_arguments(whole), ".PP", _text(_EVERYWHERE), ".SH COMMANDS")
    for name, command in _commands(whole).items():
        yield f".SS {_text(name)}"
        yield from (*_synopsis(f"kjtui {name}", command), ".PP", _text(command.description or ""))
        yield from _arguments(command, without=("store",))
    for name, topic in TOPICS.items():
        yield f".SH {name.upper()}"
        for number, part in enumerate(topic.parts):
            if isinstance(part, str):
                yield from ((".PP",) if number else ())
                yield _text(ExampleNames().fill([part])[0])
            else:
                shown = filled(part, ExampleNames())
                yield from _definitions(tuple((example.typed, example.meaning) for example in shown))
    yield ".SH EXAMPLES"
    examples = [example for name in _commands(whole) for example in command_of(name).examples]
    for number, example in enumerate(ExampleNames().fill(tuple(examples))):
        yield from ((".PP",) if number else ())
        yield rf"\fB{_text(example)}\fR"
    for name, entries in _CLOSING.items():
        yield from (f".SH {name}", *_definitions(entries))


def _commands(whole: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return a mapping from the name of a command to its parser."""
    for action in whole._actions:  # noqa: SLF001  # argparse has no public list of them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # as above
            return dict(action.choices)
    raise AssertionError("no commands")


def _synopsis(name: str, command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the synopsis of a command. Options come first, then positional arguments."""
    yield ".HP"
    words = [rf"\fB{_text(name)}\fR"]
    for action in sorted(_shown(command), key=lambda one: not one.option_strings):
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # as above
            words.append(r"[\fICOMMAND\fR \|.\|.\|.\|]")
            continue
        called = _called(action).replace(" ", r"\ ")  # prevents a line break
        words.append(f"[{called}]" if action.option_strings or action.nargs == "?" else called)
    yield " ".join(words)


def _arguments(command: argparse.ArgumentParser, without: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the arguments of a command, with help and choices."""
    for action in _shown(command):
        commands = isinstance(action, argparse._SubParsersAction)  # noqa: SLF001  # as above
        if commands or action.dest in without or not (action.help or action.choices):
            continue
        choices = ""
        if action.choices and action.metavar is None:
            choices = ", ".join(map(str, action.choices))
        yield from (".TP", _called(action), _text("; ".join(filter(None, (choices, action.help)))))


def _shown(command: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the visible arguments of a command, except --help."""
    actions = command._actions  # noqa: SLF001  # as above
    return [action for action in actions if action.help != argparse.SUPPRESS and action.dest != "help"]


def _called(action: argparse.Action) -> str:
    """Return an argument in the notation of the manual page: its names, and a placeholder for its value."""
    value = rf"\fI{_text(str(action.metavar or action.dest.upper()))}\fR"
    if not action.option_strings:
        return value
    names = ", ".join(rf"\fB{_text(name)}\fR" for name in action.option_strings)
    return names if action.nargs == 0 else f"{names} {value}"


def _definitions(entries: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for term, meaning in entries:
        yield from (".TP", rf"\fB{_text(term)}\fR", _text(meaning))


def _text(text: str) -> str:
    """Escape text for roff, so that roff prints it unchanged, including backslashes and hyphens."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("\N{EN DASH}", r"\(en")
    escaped = re.sub(r"`([^`]*)`", r"\\fB\1\\fR", escaped).replace("'", r"\(aq")
    return rf"\&{escaped}" if escaped.startswith(".") else escaped
