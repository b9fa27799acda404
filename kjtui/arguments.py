"""What the command line takes: the parser, from which the shell's completion is made too."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kjtui.exports.formats import FORMATS

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    Commands = argparse._SubParsersAction["_Parser"]

UNUSABLE = 2
"""The exit code where the request or the store is unusable."""

SHELLS = ("bash", "zsh", "fish")


class _Help(argparse.HelpFormatter):
    """As wide as every text here: argparse asks for the terminal's width for every argument it takes."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


class _Parser(argparse.ArgumentParser):
    """A parser that refuses in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"kjtui: {message} (see {self.prog} --help)\n")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help. Raises ``OSError`` where it cannot be printed, of which argparse says nothing."""
        if file is None and sys.stdout is not None:
            sys.stdout.write(self.format_help())
            sys.stdout.flush()
        else:
            super().print_help(file)


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; ``command`` names what was asked for, ``app`` where nothing was."""
    whole = _Parser(
        prog="kjtui",
        description="Move a date cursor through the Japan–Korea export-control dispute. "
        "Without a command the app opens.",
        epilog="Days are written 2020-03-10. Exit codes: 0 done, 1 check found faults or verify differences, "
        "2 unusable.",
    )
    whole.add_argument(
        "--version", action="store_true", help="print the versions of kjtui and of the record, and stop"
    )
    whole.set_defaults(command="app", date=None)
    _add_date(whole)
    _add_store(whole)
    commands = whole.add_subparsers(
        title="commands", metavar="COMMAND", prog=whole.prog, parser_class=_Parser
    )

    snapshot = _document(
        commands,
        "snapshot",
        "print what held on a day",
        "Print what held at the end of a day: every standing and meeting, the events, their sources.",
    )
    snapshot.add_argument("day", nargs="?", type=_day, metavar="DAY", help="default: the latest change")
    comparison = _document(
        commands,
        "compare",
        "print what differs between two days",
        "Print what differs between two days, by which events, and what is the same.",
    )
    comparison.add_argument("day", type=_day, metavar="DAY")
    comparison.add_argument("other", type=_day, metavar="DAY")
    why = _document(
        commands,
        "why",
        "print why a track stands as it does",
        "Print the chain of events that gives a track its standing on a day, each step with its sources.",
    )
    why.add_argument("track", metavar="TRACK", help="its id, for example photoresist")
    why.add_argument("day", nargs="?", type=_day, metavar="DAY", help="default: the latest change")

    _add_whole_record(commands)
    _add_checks(commands)

    serve = _command(
        commands,
        "serve",
        "serve the app as a web page",
        "Serve the app as a web page, to this machine alone unless --host says otherwise.",
    )
    serve.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine alone")
    serve.add_argument("--port", type=_port, default=8000, help="default: 8000")
    _add_date(serve)
    completion = _command(
        commands,
        "completion",
        "print a shell's completion script",
        "Print the script that lets a shell complete commands, options, paths and the ids of tracks.",
    )
    completion.add_argument("shell", choices=SHELLS)
    return whole


def _add_whole_record(commands: Commands) -> None:
    export = _command(
        commands,
        "export",
        "write the whole record",
        "Write the whole record: csv is a folder of tables that join by their ids, icalendar a file with its "
        "events and meetings as entries of whole days.",
    )
    export.add_argument(
        "--format",
        choices=("csv", "icalendar"),
        help="default: icalendar where --output ends in .ics, else csv",
    )
    export.add_argument("--output", type=Path, metavar="PATH", help="the folder or file to write; - prints")
    export.add_argument("--force", action="store_true", help="overwrite files")


def _add_checks(commands: Commands) -> None:
    verify = _command(
        commands,
        "verify",
        "is this export what it was?",
        "Make an export again as its last lines say, and tell whether it is the same, or else what differs.",
    )
    verify.add_argument(
        "path", type=Path, metavar="FILE", help="text, Markdown, HTML or JSON; - reads standard input"
    )
    check = _command(
        commands,
        "check",
        "is this store sound?",
        "Tell every fault of a store, a line each; nothing where it is sound.",
    )
    check.add_argument("path", nargs="?", type=Path, metavar="PATH", help="default: the store of the package")


def _document(commands: Commands, name: str, told: str, description: str) -> argparse.ArgumentParser:
    """A command that prints a document or writes it to a file."""
    command = _command(commands, name, told, description)
    command.add_argument("--format", choices=FORMATS, help="default: by the suffix of --output, else text")
    command.add_argument("--output", type=Path, metavar="PATH", help="write a file instead; - prints")
    command.add_argument("--force", action="store_true", help="overwrite the file")
    return command


def _command(commands: Commands, name: str, told: str, description: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=told, description=description)
    command.set_defaults(command=name)
    _add_store(command)
    return command


# SUPPRESS keeps a command's missing option from hiding the one given before the command.
def _add_date(command: argparse.ArgumentParser) -> None:
    told = "open on this day instead of the latest change"
    command.add_argument("--date", type=_day, metavar="DAY", default=argparse.SUPPRESS, help=told)


def _add_store(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--store", type=Path, metavar="PATH", default=argparse.SUPPRESS, help="open another store"
    )


def _day(text: str) -> date:
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"there is no day {text!r}") from None
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a day like 2020-03-10")


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a port from 1 to 65535")
