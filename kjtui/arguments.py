"""The command-line parser. Shell completion is generated from it too."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kjtui.exports.formats import FORMATS

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    Commands = argparse._SubParsersAction["_Parser"]  # noqa: SLF001  # add_subparsers returns it

UNUSABLE = 2
"""Exit code if the request or the store cannot be used."""

SHELLS = ("bash", "zsh", "fish")


class _Help(argparse.HelpFormatter):
    """A formatter of fixed width: argparse would query the terminal once for each argument."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


class _Parser(argparse.ArgumentParser):
    """A parser that reports an error in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"kjtui: {message} (see {self.prog} --help)\n")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help. Raises ``OSError`` if it cannot be written, which argparse ignores."""
        if file is None and sys.stdout is not None:
            sys.stdout.write(self.format_help())
            sys.stdout.flush()
        else:
            super().print_help(file)


def parser() -> argparse.ArgumentParser:
    """Build the parser. It sets ``command`` to the name of the command, ``app`` if none was given."""
    whole = _Parser(
        prog="kjtui",
        description="Move a date cursor through the Japan–Korea export-control dispute. "
        "Without a command, open the app.",
        epilog="Write days as 2020-03-10. Exit codes: 0 success; 1 check or verify found something; 2 the "
        "request or the store cannot be used.",
    )
    whole.add_argument("--version", action="store_true", help="print the versions of kjtui and of the record")
    whole.set_defaults(command="app", date=None)
    _add_date(whole)
    _add_store(whole)
    # `kjtui serve` starts the app with the query of the page's address.
    whole.add_argument("--page", metavar="QUERY", help=argparse.SUPPRESS)
    commands = whole.add_subparsers(
        title="commands", metavar="COMMAND", prog=whole.prog, parser_class=_Parser
    )

    snapshot = _document(
        commands,
        "snapshot",
        "print what held on a day",
        "Print what held at the end of a day: every standing and meeting, the events and their sources.",
    )
    snapshot.add_argument("day", nargs="?", type=_day, metavar="DAY", help="default: the latest change")
    comparison = _document(
        commands,
        "compare",
        "print what changed between two days",
        "Print what changed between two days and by which events, and what is the same.",
    )
    comparison.add_argument("day", type=_day, metavar="DAY")
    comparison.add_argument("other", type=_day, metavar="DAY")
    why = _document(
        commands,
        "why",
        "print the reason for a track's standing",
        "Print the chain of events behind the standing of a track (a material, a partner list, …) on a day, "
        "each step with its sources.",
    )
    why.add_argument("track", metavar="TRACK", help="its id, for example photoresist")
    why.add_argument("day", nargs="?", type=_day, metavar="DAY", help="default: the latest change")

    notes = _command(
        commands,
        "notes",
        "print your notes",
        "Print your notes on the record, one a line: the day, the text, and the id of the event.",
    )
    notes.add_argument("--output", type=Path, metavar="PATH", help="file to write; - prints")
    notes.add_argument("--force", action="store_true", help="overwrite the file")
    _add_whole_record(commands)
    _add_checks(commands)

    serve = _command(
        commands,
        "serve",
        "serve the app as a web page",
        "Serve the app as a web page, only to this machine unless --host is given.",
    )
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; default: 127.0.0.1, this machine only"
    )
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on; default: 8000")
    serve.add_argument(
        "--visitors", type=_visitors, default=32, metavar="N", help="refuse more at once; default: 32"
    )
    _add_date(serve)
    completion = _command(
        commands,
        "completion",
        "print a shell completion script",
        "Print a script with which a shell completes commands, options, paths and the ids of tracks.",
    )
    completion.add_argument("shell", choices=SHELLS)
    return whole


def _add_whole_record(commands: Commands) -> None:
    export = _command(
        commands,
        "export",
        "write the whole record",
        "Write the whole record: csv writes a folder of tables that join by id, icalendar a file with events "
        "and meetings as all-day entries.",
    )
    export.add_argument(
        "--format",
        choices=("csv", "icalendar"),
        help="default: icalendar if --output ends in .ics, else csv",
    )
    export.add_argument("--output", type=Path, metavar="PATH", help="folder or file to write; - prints")
    export.add_argument("--force", action="store_true", help="overwrite files")


def _add_checks(commands: Commands) -> None:
    verify = _command(
        commands,
        "verify",
        "check an export against the record",
        "Make an export again, as its last lines say, and report whether it is the same or what differs.",
    )
    verify.add_argument("path", type=Path, metavar="FILE", help="an exported file; - reads standard input")
    check = _command(
        commands,
        "check",
        "check a store for errors",
        "List the errors in a store, one per line. Print nothing if the store is valid.",
    )
    check.add_argument("path", nargs="?", type=Path, metavar="PATH", help="default: the store of the package")


def _document(commands: Commands, name: str, summary: str, description: str) -> argparse.ArgumentParser:
    """Add a command that prints a document or writes it to a file."""
    command = _command(commands, name, summary, description)
    command.add_argument("--format", choices=FORMATS, help="default: by the ending of --output, else text")
    command.add_argument("--output", type=Path, metavar="PATH", help="file to write; - prints")
    command.add_argument("--force", action="store_true", help="overwrite the file")
    return command


def _command(commands: Commands, name: str, summary: str, description: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=description)
    command.set_defaults(command=name)
    _add_store(command)
    return command


# SUPPRESS: an option missing after the command must not override the one given before it.
def _add_date(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--date",
        type=_day,
        metavar="DAY",
        default=argparse.SUPPRESS,
        help="open on this day; default: the latest change",
    )


def _add_store(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--store",
        type=Path,
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="read this store; default: the one of the package",
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


def _visitors(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 10_000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number from 1 to 9999")
