"""The commands: parse, call, print. A command imports what it needs when it runs, for a quick start."""

from __future__ import annotations

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kjtui import __version__
from kjtui.arguments import UNUSABLE, parser
from kjtui.exports.atomic_write import ExistsError, ExportError, save
from kjtui.exports.formats import format_of, render
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.storage import StoreError
from kjtui.record.store import default_store, load

if TYPE_CHECKING:
    from kjtui.exports.document import Document

DONE, FAULTS = 0, 1
"""Exit codes: success; ``check`` or ``verify`` found something. ``UNUSABLE`` is the third."""


class _RequestError(Exception):
    """The request cannot be met; the message is one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run kjtui and return its exit code."""
    try:
        options = parser().parse_args(arguments)
        command = "version" if options.version else options.command
        if options.date and command not in ("app", "serve"):
            raise _RequestError("--date is for the app; a command takes its day as an argument")
        return _COMMANDS[command](options)
    except ExistsError as error:
        return _refuse(f"{error} (--force overwrites it)")
    except (StoreError, ExportError, _RequestError) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # standard output is full or closed
        _discard_unwritten(sys.stdout)
        return _refuse(f"cannot write: {error.strerror}")


def _store(options: Namespace) -> Path:
    return getattr(options, "store", None) or default_store()


def _history(options: Namespace) -> History:
    return History(load(_store(options)))


def _history_with_day(options: Namespace) -> History:
    """Return the history to open the app on. Raises ``_RequestError`` if the day is outside it."""
    history = _history(options)
    if options.date and not history.first_day <= options.date <= history.last_day:
        covered = f"{history.first_day} to {history.last_day}"
        raise _RequestError(f"{options.date} is outside the record: {covered}")
    return history


def _app(options: Namespace) -> int:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if options.page is not None:
        from kjtui.web.guard import restrict

        restrict(_store(options))
    elif not all(stream and stream.isatty() for stream in streams):
        raise _RequestError("the app needs a terminal; `kjtui snapshot` prints without one")
    history = _history_with_day(options)
    from kjtui.history.link import parse_link
    from kjtui.tui.app import KjtuiApp

    link = parse_link(options.page or "", history)
    app = KjtuiApp(history, link.day or options.date, store=_store(options), open_at=link)
    return app.run_in_terminal()


def _serve(options: Namespace) -> int:
    try:
        from kjtui.web.server import ServeError, serve
    except ModuleNotFoundError:
        raise _RequestError('kjtui serve needs textual-serve: pip install "kjtui[web]"') from None
    title = _history_with_day(options).record.dataset.title
    # -P: do not import modules from the current folder
    command = [sys.executable, "-P", "-m", "kjtui"]
    if options.date:
        command += ["--date", str(options.date)]
    if hasattr(options, "store"):
        command += ["--store", str(options.store.absolute())]
    try:
        serve(command, host=options.host, port=options.port, title=title, visitors=options.visitors)
    except ServeError as error:
        raise _RequestError(str(error)) from None
    return DONE


def _snapshot(options: Namespace) -> int:
    from kjtui.exports.snapshot import snapshot_document

    return _put(options, snapshot_document(_requested_snapshot(_history(options), options)))


def _compare(options: Namespace) -> int:
    from kjtui.exports.comparison import comparison_document
    from kjtui.history.compare import compare

    history = _history(options)
    comparison = compare(history.snapshot(options.day), history.snapshot(options.other))
    return _put(options, comparison_document(comparison))


def _why(options: Namespace) -> int:
    from kjtui.exports.reason import reason_document
    from kjtui.history.reason import explain

    history = _history(options)
    if options.track not in history.record.tracks:
        known = ", ".join(history.record.tracks)
        raise _RequestError(f"there is no track {options.track[:40]!r}; there are {known}")
    return _put(options, reason_document(explain(_requested_snapshot(history, options), options.track)))


def _notes(options: Namespace) -> int:
    from kjtui.exports.notes import note_rows, notes_text
    from kjtui.notes import Notes, NotesError, default_path

    record = _history(options).record
    try:
        notes = Notes(default_path()).read(record.dataset.title)
    except NotesError as error:
        raise _RequestError(str(error)) from None
    return _put_text(options, notes_text(note_rows(notes, record)))


def _requested_snapshot(history: History, options: Namespace) -> Snapshot:
    """Return the snapshot of the requested day, by default that of the latest change."""
    return history.snapshot(options.day or history.latest_change)


def _export(options: Namespace) -> int:
    path = _output(options)
    if options.format == "icalendar" or (options.format is None and path and path.suffix.lower() == ".ics"):
        try:
            from kjtui.exports.calendar import calendar
        except ModuleNotFoundError as error:
            needed = f"--format icalendar needs the module {error.name}: pip install 'kjtui[ics]'"
            raise _RequestError(needed) from None
        return _put_text(options, calendar(_history(options)))
    if path is None:
        raise _RequestError(
            "csv writes a folder of tables: give one with --output, or use --format icalendar"
        )
    if options.format is None and path.suffix and not path.is_dir():
        raise _RequestError(
            f"{path}: no format has the ending {path.suffix}; .ics writes a calendar, and --format csv a "
            "folder of this name"
        )
    from kjtui.exports.atomic_write import save_all
    from kjtui.exports.csv import csv_files

    save_all(csv_files(_history(options)), path, force=options.force)
    return DONE


def _put(options: Namespace, document: Document) -> int:
    """Print a document, or write it to a file."""
    path = _output(options)
    format_name = options.format or (format_of(path) if path else "text")
    return _put_text(options, render(document, format_name))


def _put_text(options: Namespace, text: str) -> int:
    path = _output(options)
    if path is None:
        _write(text)
    else:
        save(text, path, force=options.force)
    return DONE


def _output(options: Namespace) -> Path | None:
    """Return the path to write to; ``None`` to print."""
    return None if options.output in (None, Path("-")) else options.output


def _verify(options: Namespace) -> int:
    from kjtui.exports.verify import read, verify

    text = read(options.path)
    verdict = verify(text, str(options.path), _history(options))
    _write("".join(f"{line}\n" for line in verdict.lines))
    return DONE if verdict.same else FAULTS


def _check(options: Namespace) -> int:
    from kjtui.record.check import validate
    from kjtui.record.sanitize import sanitize

    path = options.path or _store(options)
    faults = validate(path)
    _write("".join(f"{sanitize(str(path))}: {fault}\n" for fault in faults))
    return FAULTS if faults else DONE


def _completion(options: Namespace) -> int:
    from kjtui.completion import completion

    _write(completion(parser(), options.shell, _history(options).record.tracks) + "\n")
    return DONE


def _version(options: Namespace) -> int:
    """Print the version of kjtui and, unless the store cannot be used, that of the record."""
    try:
        record = _history(options).record.dataset.version
    except StoreError:
        _write(f"kjtui {__version__}\n")
        raise
    _write(f"kjtui {__version__} · record {record}\n")
    return DONE


_COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "app": _app,
    "snapshot": _snapshot,
    "compare": _compare,
    "why": _why,
    "notes": _notes,
    "export": _export,
    "verify": _verify,
    "check": _check,
    "serve": _serve,
    "completion": _completion,
    "version": _version,
}


def _write(text: str) -> None:
    """Print text as UTF-8 with plain newlines, whatever the locale."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # it is a TextIOWrapper
    sys.stdout.write(text)
    sys.stdout.flush()


def _refuse(message: str) -> int:
    """Report an error in one line on standard error."""
    line = "".join(character for character in message if character.isprintable())
    if sys.stderr is not None:
        try:
            print(f"kjtui: {line}", file=sys.stderr)
        except OSError:
            _discard_unwritten(sys.stderr)
    return UNUSABLE


def _discard_unwritten(stream: TextIO | None) -> None:
    """Discard unwritten output so that interpreter shutdown does not retry it."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
