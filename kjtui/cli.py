"""The command line: parses, calls, prints. The app is imported only where it runs."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, TypeVar

from kjtui import __version__
from kjtui.history.compare import compare
from kjtui.history.reason import reason
from kjtui.history.snapshot import History
from kjtui.record.clean import clean
from kjtui.record.store import StoreError, default_store, load
from kjtui.text.export import COMPARISON, FORMATS, REASON, SNAPSHOT, ExistsError, ExportError, format_of, save

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    Commands = argparse._SubParsersAction["_Parser"]

T = TypeVar("T")

DONE, FAULTS, UNUSABLE = 0, 1, 2
"""Exit codes: done, ``check`` found faults, the request or the store is unusable."""


class _Parser(argparse.ArgumentParser):
    """A parser that refuses in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"kjtui: {message} (see {self.prog} --help)\n")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Print help as a command prints; argparse would keep silent about a full device."""
        if file is sys.stdout:
            _write(message)
        else:
            super()._print_message(message, file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run kjtui and return its exit code."""
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `kjtui snapshot | head` ends quietly
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _end)
    try:
        options = _parser().parse_args(arguments)
        if options.date and options.run is not _app:
            return _refuse("--date opens the app; a command takes its day as an argument")
        return int(options.run(options))
    except (StoreError, ExportError) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # standard output is full or gone
        return _refuse(f"cannot write: {error.strerror}")


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End by way of all ``finally`` clauses, so that no half file is left."""
    raise SystemExit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kjtui",
        description="Move a date cursor through the Japan–Korea export-control dispute. "
        "Without a command the app opens.",
        epilog="Days are written 2020-03-10. Exit codes: 0 done, 1 check found faults, 2 unusable.",
    )
    parser.add_argument("--version", action="version", version=f"kjtui {__version__}")
    parser.add_argument(
        "--date", type=_day, metavar="DAY", help="open on this day instead of the latest change"
    )
    _add_store(parser)
    parser.set_defaults(run=_app)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    snapshot = _document(commands, "snapshot", "print what held on a day", _snapshot)
    snapshot.add_argument("day", nargs="?", type=_day, metavar="DAY", help="default: the latest change")
    comparison = _document(commands, "compare", "print what differs between two days", _compare)
    comparison.add_argument("day", type=_day, metavar="DAY")
    comparison.add_argument("other", type=_day, metavar="DAY")
    why = _document(commands, "why", "print why a track stands as it does", _why)
    why.add_argument("track", metavar="TRACK", help="its id, for example photoresist")
    why.add_argument("day", nargs="?", type=_day, metavar="DAY", help="default: the latest change")

    check = commands.add_parser("check", help="is this store sound?", description=_check.__doc__)
    check.add_argument("path", nargs="?", type=Path, metavar="PATH", help="default: the store of the package")
    _add_store(check)
    check.set_defaults(run=_check)
    return parser


def _document(
    commands: Commands, name: str, help_text: str, run: Callable[..., int]
) -> argparse.ArgumentParser:
    """A command that prints a document or writes it to a file."""
    parser = commands.add_parser(name, help=help_text, description=run.__doc__)
    parser.add_argument("--format", choices=FORMATS, help="default: by the suffix of --output, else text")
    parser.add_argument("--output", type=Path, metavar="PATH", help="write a file instead; - prints")
    parser.add_argument("--force", action="store_true", help="overwrite the file")
    _add_store(parser)
    parser.set_defaults(run=run)
    return parser


def _add_store(parser: argparse.ArgumentParser) -> None:
    # SUPPRESS keeps a command's missing option from hiding the one given before the command.
    parser.add_argument(
        "--store", type=Path, metavar="PATH", default=argparse.SUPPRESS, help="open another store"
    )


def _day(text: str) -> date:
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"there is no day {text!r}") from None
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a day like 2020-03-10")


def _history(options: argparse.Namespace) -> History:
    return History(load(getattr(options, "store", None) or default_store()))


def _app(options: argparse.Namespace) -> int:
    """Open the app."""
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return _refuse("the app needs a terminal; `kjtui snapshot` prints without one")
    history = _history(options)
    if options.date and not history.first_day <= options.date <= history.last_day:
        return _refuse(f"{options.date} is outside the record: {history.first_day} to {history.last_day}")
    gc.disable()  # until it is on screen: what is loaded and built by then stays anyway
    from kjtui.tui.app import KjtuiApp

    return KjtuiApp(history, options.date).run_in_terminal()


def _snapshot(options: argparse.Namespace) -> int:
    """Print what held at the end of a day: every standing and meeting, the events, their sources."""
    history = _history(options)
    return _put(options, SNAPSHOT, history.snapshot(options.day or history.latest_change))


def _compare(options: argparse.Namespace) -> int:
    """Print what differs between two days, by which events, and what is the same."""
    history = _history(options)
    return _put(options, COMPARISON, compare(history.snapshot(options.day), history.snapshot(options.other)))


def _why(options: argparse.Namespace) -> int:
    """Print the chain of events that gives a track its standing on a day, each step with its sources."""
    history = _history(options)
    if options.track not in history.record.tracks:
        known = ", ".join(history.record.tracks)
        return _refuse(f"there is no track {options.track[:40]!r}; there are {known}")
    return _put(
        options, REASON, reason(history.snapshot(options.day or history.latest_change), options.track)
    )


def _put(options: argparse.Namespace, formats: Mapping[str, Callable[[T], str]], value: T) -> int:
    """Print a document, or write it to a file."""
    path: Path | None = None if options.output in (None, Path("-")) else options.output
    text = formats[options.format or (format_of(path) if path else "text")](value)
    if path is None:
        _write(text)
        return DONE
    try:
        save(text, path, force=options.force)
    except ExistsError as error:
        return _refuse(f"{error} (--force overwrites it)")
    return DONE


def _write(text: str) -> None:
    """Print a text as it is, whatever the locale."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # it is a TextIOWrapper
    sys.stdout.write(text)
    sys.stdout.flush()


def _check(options: argparse.Namespace) -> int:
    """Tell every fault of a store, a line each; nothing where it is sound."""
    from kjtui.record.check import check

    path = options.path or getattr(options, "store", None) or default_store()
    faults = check(path)
    _write("".join(f"{clean(str(path))}: {fault}\n" for fault in faults))
    return FAULTS if faults else DONE


def _refuse(message: str) -> int:
    """One line on standard error."""
    line = "".join(character for character in message if character.isprintable())
    if sys.stderr is None:
        return UNUSABLE
    try:
        print(f"kjtui: {line}", file=sys.stderr)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    return UNUSABLE
