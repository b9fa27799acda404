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

SHELLS = ("bash", "zsh", "fish")

DONE, FAULTS, UNUSABLE = 0, 1, 2
"""Exit codes: done; ``check`` found faults or ``verify`` differences; request or store is unusable."""


class _RequestError(Exception):
    """A request that cannot be met; the message is one line."""


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
    gc.disable()  # a command ends before garbage counts; the app takes it up again once it is on screen
    try:
        options = _parser().parse_args(arguments)
        if options.date and options.run not in (_app, _serve):
            return _refuse("--date opens the app; a command takes its day as an argument")
        run = _version if options.version else options.run
        return int(run(options))
    except ExistsError as error:
        return _refuse(f"{error} (--force overwrites it)")
    except (StoreError, ExportError, _RequestError) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # standard output is full or gone
        return _refuse(f"cannot write: {error.strerror}")
    finally:
        gc.enable()


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End by way of all ``finally`` clauses, so that no half file is left."""
    raise SystemExit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kjtui",
        description="Move a date cursor through the Japan–Korea export-control dispute. "
        "Without a command the app opens.",
        epilog="Days are written 2020-03-10. Exit codes: 0 done, 1 check found faults or verify differences, "
        "2 unusable.",
    )
    parser.add_argument(
        "--version", action="store_true", help="print the versions of kjtui and of the record, and stop"
    )
    parser.set_defaults(run=_app, date=None)
    _add_date(parser)
    _add_store(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    snapshot = _document(commands, "snapshot", "print what held on a day", _snapshot)
    snapshot.add_argument("day", nargs="?", type=_day, metavar="DAY", help="default: the latest change")
    comparison = _document(commands, "compare", "print what differs between two days", _compare)
    comparison.add_argument("day", type=_day, metavar="DAY")
    comparison.add_argument("other", type=_day, metavar="DAY")
    why = _document(commands, "why", "print why a track stands as it does", _why)
    why.add_argument("track", metavar="TRACK", help="its id, for example photoresist")
    why.add_argument("day", nargs="?", type=_day, metavar="DAY", help="default: the latest change")

    serving = commands.add_parser("serve", help="serve the app as a web page", description=_serve.__doc__)
    serving.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine alone")
    serving.add_argument("--port", type=_port, default=8000, help="default: 8000")
    _add_date(serving)
    _add_store(serving)
    serving.set_defaults(run=_serve)
    record = commands.add_parser("export", help="write the whole record", description=_export.__doc__)
    record.add_argument(
        "--format",
        choices=("csv", "icalendar"),
        help="default: icalendar where --output ends in .ics, else csv",
    )
    record.add_argument("--output", type=Path, metavar="PATH", help="the folder or file to write; - prints")
    record.add_argument("--force", action="store_true", help="overwrite files")
    _add_store(record)
    record.set_defaults(run=_export)

    verify = commands.add_parser("verify", help="is this export what it was?", description=_verify.__doc__)
    verify.add_argument(
        "path", type=Path, metavar="FILE", help="text, Markdown or JSON; - reads standard input"
    )
    _add_store(verify)
    verify.set_defaults(run=_verify)

    check = commands.add_parser("check", help="is this store sound?", description=_check.__doc__)
    check.add_argument("path", nargs="?", type=Path, metavar="PATH", help="default: the store of the package")
    _add_store(check)
    check.set_defaults(run=_check)

    completion = commands.add_parser(
        "completion", help="print a shell's completion script", description=_completion.__doc__
    )
    completion.add_argument("shell", choices=SHELLS)
    _add_store(completion)
    completion.set_defaults(run=_completion)
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


# SUPPRESS keeps a command's missing option from hiding the one given before the command.
def _add_date(parser: argparse.ArgumentParser) -> None:
    told = "open on this day instead of the latest change"
    parser.add_argument("--date", type=_day, metavar="DAY", default=argparse.SUPPRESS, help=told)


def _add_store(parser: argparse.ArgumentParser) -> None:
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


def _store(options: argparse.Namespace) -> Path:
    return getattr(options, "store", None) or default_store()


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a port from 1 to 65535")


def _history(options: argparse.Namespace) -> History:
    return History(load(_store(options)))


def _opened(options: argparse.Namespace) -> History:
    """The record to open the app on. Raises ``_RequestError`` where it does not have the day."""
    history = _history(options)
    if options.date and not history.first_day <= options.date <= history.last_day:
        covered = f"{history.first_day} to {history.last_day}"
        raise _RequestError(f"{options.date} is outside the record: {covered}")
    return history


def _app(options: argparse.Namespace) -> int:
    """Open the app."""
    in_page = os.environ.get("TEXTUAL_DRIVER") == "textual.drivers.web_driver:WebDriver"  # see _serve
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not in_page and not all(stream and stream.isatty() for stream in streams):
        return _refuse("the app needs a terminal; `kjtui snapshot` prints without one")
    history = _opened(options)
    from kjtui.tui.app import KjtuiApp

    return KjtuiApp(history, options.date, store=_store(options)).run_in_terminal()


def _serve(options: argparse.Namespace) -> int:
    """Serve the app as a web page, to this machine alone unless --host says otherwise."""
    try:
        from kjtui.web.server import ServeError, serve
    except ModuleNotFoundError:
        return _refuse('kjtui serve needs textual-serve: pip install "kjtui[web]"')
    title = _opened(options).record.dataset.title
    # -P: what lies in the current folder is no part of the program
    command = [sys.executable, "-P", "-m", "kjtui"]
    if options.date:
        command += ["--date", str(options.date)]
    if hasattr(options, "store"):
        command += ["--store", str(options.store.absolute())]
    try:
        serve(command, host=options.host, port=options.port, title=title)
    except ServeError as error:
        return _refuse(str(error))
    return DONE


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
    path = _output(options)
    return _put_text(options, formats[options.format or (format_of(path) if path else "text")](value))


def _put_text(options: argparse.Namespace, text: str) -> int:
    path = _output(options)
    if path is None:
        _write(text)
    else:
        save(text, path, force=options.force)
    return DONE


def _output(options: argparse.Namespace) -> Path | None:
    """Where to write; ``None`` prints."""
    return None if options.output in (None, Path("-")) else options.output


def _write(text: str) -> None:
    """Print a text as it is, whatever the locale."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # it is a TextIOWrapper
    sys.stdout.write(text)
    sys.stdout.flush()


def _export(options: argparse.Namespace) -> int:
    """Write the whole record: csv is a folder of tables that join by their ids, icalendar a file with its
    events and meetings as entries of whole days.
    """
    path = _output(options)
    if options.format == "icalendar" or (options.format is None and path and path.suffix.lower() == ".ics"):
        try:
            from kjtui.text.calendar import calendar
        except ModuleNotFoundError as error:
            return _refuse(f"icalendar needs the module {error.name}: pip install 'kjtui[ics]'")
        return _put_text(options, calendar(_history(options)))
    if path is None:
        return _refuse("csv is a folder of tables: name one with --output, or ask for --format icalendar")
    from kjtui.text.csv import csv_files
    from kjtui.text.folder import save_all

    save_all(csv_files(_history(options)), path, force=options.force)
    return DONE


def _verify(options: argparse.Namespace) -> int:
    """Make an export again as its last lines say, and tell whether it is the same, or else what differs."""
    from kjtui.text.verify import read, verify

    text = read(options.path)
    verdict = verify(text, str(options.path), _history(options))
    _write("".join(f"{line}\n" for line in verdict.lines))
    return DONE if verdict.same else FAULTS


def _check(options: argparse.Namespace) -> int:
    """Tell every fault of a store, a line each; nothing where it is sound."""
    from kjtui.record.check import check

    path = options.path or _store(options)
    faults = check(path)
    _write("".join(f"{clean(str(path))}: {fault}\n" for fault in faults))
    return FAULTS if faults else DONE


def _completion(options: argparse.Namespace) -> int:
    """Print the script that lets a shell complete commands, options, paths and the ids of tracks."""
    from kjtui.completion import completion

    _write(completion(_parser(), options.shell, _history(options).record.tracks) + "\n")
    return DONE


def _version(options: argparse.Namespace) -> int:
    """Print the version of kjtui and that of the record, which may be the one that is unusable."""
    try:
        record = _history(options).record.dataset.version
    except StoreError:
        _write(f"kjtui {__version__}\n")
        raise
    _write(f"kjtui {__version__} · record {record}\n")
    return DONE


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
