"""The commands: parse, call, print. A command imports what it needs when it runs, for a quick start."""

from __future__ import annotations

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kjtui import __version__
from kjtui.cli.install_advice import how_to_install
from kjtui.cli.parser import UNUSABLE, nearest, parse, parser
from kjtui.cli.progress import with_progress
from kjtui.files.atomic_write import ExistsError, ExportError, save
from kjtui.formats.document_formats import format_of, render
from kjtui.history.snapshot import History, Snapshot, sources_of
from kjtui.record.storage import StoreError, is_folder
from kjtui.record.store import default_store, load

if TYPE_CHECKING:
    from kjtui.documents.document import Document
    from kjtui.find.filter import Filter
    from kjtui.formats.bibliography import Reference
    from kjtui.formats.lists import Listing
    from kjtui.notes import Note
    from kjtui.record.model import Event

DONE, FAULTS = 0, 1
"""Exit codes: success; ``check`` or ``verify`` found something. ``UNUSABLE`` is the third."""

_FEW = 20
"""How many ids are named in a message at most."""

_FILTERS = ("track", "kind", "actor", "meeting")
"""The options that are fields of a filter."""

_SOURCES_OF = ("day", "event", "first", "last", "track", "kind", "actor", "meeting", "match", "cite")
"""The options that say what a bibliography holds."""


class _RequestError(Exception):
    """The request cannot be met; the message is one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run kjtui and return its exit code."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        command = "version" if options.version else options.command
        if options.date is not None and command not in ("app", "serve"):
            raise _RequestError("--date is for the app; a command takes its day as an argument")
        if options.page is not None:  # a process of `kjtui serve`
            from kjtui.web.guard import restrict

            restrict(_store(options))
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


def _day(text: str, history: History, *, last: bool = False) -> date:
    """Return the day that was typed, of a month or a year the first or the last.

    Raises ``_RequestError`` if it means no day or several.
    """
    if len(text) == 10:  # nearly always a plain date, for which the parser need not be loaded
        with suppress(ValueError):
            return date.fromisoformat(text)
    from kjtui.find.goto import find_day

    try:
        return find_day(text, history, date.today(), last=last)
    except ValueError as error:
        raise _RequestError(str(error)) from None


def _history_with_day(options: Namespace) -> tuple[History, date | None]:
    """Return the history to open the app on, and the day if one was typed.

    Raises ``_RequestError`` if the day is outside the history.
    """
    history = _history(options)
    if options.date is None:
        return history, None
    day = _day(options.date, history)
    if not history.first_day <= day <= history.last_day:
        raise _RequestError(f"{day} is outside the record: {history.first_day} to {history.last_day}")
    return history, day


def _app(options: Namespace) -> int:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if options.page is None and not all(stream and stream.isatty() for stream in streams):
        raise _RequestError("the app needs a terminal; `kjtui snapshot` prints without one")
    history, day = _history_with_day(options)
    from kjtui.find.link import parse_link
    from kjtui.tui.app import KjtuiApp

    link = parse_link(options.page or "", history)
    app = KjtuiApp(history, link.day or day, store=_store(options), open_at=link)
    return app.run_in_terminal()


def _serve(options: Namespace) -> int:
    try:
        from kjtui.web.server import ServeError, Settings, serve
    except ModuleNotFoundError:
        raise _RequestError(f"kjtui serve needs {how_to_install('textual-serve>=1.1.2,<2')}") from None
    history, day = _history_with_day(options)
    dataset, store = history.record.dataset, _store(options).absolute()
    # -P: do not import modules from the current folder
    settings = Settings(
        command=[sys.executable, "-P", "-m", "kjtui", "--store", str(store)],
        store=store,
        title=dataset.title,
        first_day=day or dataset.start or history.latest_change,
        opening=["--date", str(day)] if day else [],
        host=options.host,
        port=options.port,
        max_visitors=options.visitors,
    )
    try:
        serve(settings)
    except ServeError as error:
        raise _RequestError(str(error)) from None
    return DONE


def _snapshot(options: Namespace) -> int:
    from kjtui.documents.snapshot_document import snapshot_document

    history = _history(options)
    notes = _notes(history) if options.notes else None
    snapshot = _requested_snapshot(history, options)
    return _put(options, snapshot_document(snapshot, full=options.full, notes=notes))


def _notes(history: History) -> Sequence[Note]:
    """Return the reader's notes about the record."""
    from kjtui.notes import Notes, NotesError, default_path

    try:
        return Notes(default_path()).read(history.record.dataset.title)
    except NotesError as error:
        raise _RequestError(str(error)) from None


def _compare(options: Namespace) -> int:
    from kjtui.documents.comparison_document import comparison_document
    from kjtui.history.compare import compare

    history = _history(options)
    days = (_day(options.day, history), _day(options.other, history))
    comparison = compare(*map(history.snapshot, days))
    return _put(options, comparison_document(comparison))


def _track(options: Namespace) -> int:
    from kjtui.documents.track_document import track_document
    from kjtui.history.track_page import track_page

    history = _history(options)
    _require("track", options.track, history.record.tracks)
    page = track_page(_requested_snapshot(history, options), options.track)
    return _put(options, track_document(page, full=options.full))


def _requested_snapshot(history: History, options: Namespace) -> Snapshot:
    """Return the snapshot of the requested day, by default that of the latest change."""
    return history.snapshot(_day(options.day, history) if options.day is not None else history.latest_change)


def _event(options: Namespace) -> int:
    from kjtui.documents.document import EventView
    from kjtui.documents.event_document import event_document

    history = _history(options)
    day = _day(options.day, history) if options.day is not None else history.last_day
    event = _public_event(options.event, history, day)
    return _put(options, event_document(EventView(event, history.snapshot(day))))


def _public_event(identity: str, history: History, day: date) -> Event:
    """Return an event. Raises ``_RequestError`` if there is none of this id that was public on a day."""
    events = {event.id: event for event in history.record.events}
    _require("event", identity, events)
    event = events[identity]
    if day < event.day:
        raise _RequestError(f"{event.id} was not public on {day}, but from {event.day}")
    return event


def _events(options: Namespace) -> int:
    from kjtui.formats.lists import event_listing

    history = _history(options)
    return _put_list(options, event_listing(history, _selection(options, history)))


def _meetings(options: Namespace) -> int:
    from kjtui.formats.lists import meeting_listing

    history = _history(options)
    return _put_list(options, meeting_listing(history, _selection(options, history)))


def _sources(options: Namespace) -> int:
    from kjtui.formats.lists import source_listing

    history = _history(options)
    wanted = _selection(options, history)
    return _put_list(options, source_listing(history, wanted.with_text(""), wanted.text))


def _tracks(options: Namespace) -> int:
    from kjtui.formats.lists import track_listing

    return _put_list(options, track_listing(_requested_snapshot(_history(options), options), options.match))


def _list_notes(options: Namespace) -> int:
    from kjtui.formats.lists import note_listing

    history = _history(options)
    return _put_list(options, note_listing(_notes(history), history.record, options.match))


def _selection(options: Namespace, history: History) -> Filter:
    """Return the filter that the options name. Raises ``_RequestError`` if the record has no such thing."""
    from kjtui.find.filter import FieldError, Filter, parse_query, resolve

    fields = {}
    for name in _FILTERS:
        if value := getattr(options, name, None):
            try:
                fields[name] = resolve(name, value, history.record)
            except FieldError as error:
                raise _RequestError(str(error)) from None
    first, last = getattr(options, "first", None), getattr(options, "last", None)
    first_day = _day(first, history) if first else None
    last_day = _day(last, history, last=True) if last else None
    if first_day and last_day and first_day > last_day:
        raise _RequestError(f"--from {first_day} is after --to {last_day}")
    text = getattr(options, "match", "") or ""
    try:
        parse_query(text, history.record)
    except FieldError as error:
        raise _RequestError(str(error)) from None
    return Filter(**fields, first=first_day, last=last_day, text=text)


def _require(kind: str, identity: str, known: Iterable[str]) -> None:
    """Raise ``_RequestError``, with the ids that are nearest, if there is no such id."""
    ids = list(known)
    if identity in ids:
        return
    if near := nearest(identity, ids):
        hint = f"did you mean {', '.join(near)}?"
    else:
        hint = f"there are {', '.join(ids)}" if len(ids) <= _FEW else f"kjtui {kind}s lists them"
    raise _RequestError(f"there is no {kind} {identity[:40]!r}; {hint}")


@with_progress
def _export(options: Namespace) -> int:
    from kjtui.formats.bibliography import BIBLIOGRAPHIES

    path = _output(options)
    format_name = options.format or _export_format(path)
    if format_name in BIBLIOGRAPHIES:
        references = _references(options, _history(options))
        return _put_text(options, BIBLIOGRAPHIES[format_name].render(references))
    if chosen := _given(options, _SOURCES_OF):
        raise _RequestError(f"{chosen[0]} is for bibliographies: --format ris, bibtex or csl-json")
    if format_name == "icalendar":
        try:
            from kjtui.formats.calendar import calendar
        except ModuleNotFoundError:
            needed = how_to_install("icalendar>=7,<8")
            raise _RequestError(f"--format icalendar needs {needed}") from None
        return _put_text(options, calendar(_history(options)))
    if path is None:
        raise _RequestError("csv writes a folder of tables: give one with --output, or use another --format")
    from kjtui.files.atomic_write import save_all
    from kjtui.formats.csv import csv_files

    save_all(csv_files(_history(options)), path, force=options.force)
    return DONE


def _export_format(path: Path | None) -> str:
    """Return the format that a path asks for by its ending. Raises ``_RequestError`` if none has it."""
    from kjtui.formats.bibliography import BIBLIOGRAPHIES, bibliography_format_of

    if path is None:
        return "csv"
    if bibliography := bibliography_format_of(path):
        return bibliography
    if path.suffix.lower() == ".ics":
        return "icalendar"
    if path.suffix and not path.is_dir():
        endings = ", ".join([".ics", *(known.suffix for known in BIBLIOGRAPHIES.values())])
        raise _RequestError(
            f"{path}: no format has the ending {path.suffix}; there are {endings}, and --format csv writes a "
            "folder of this name"
        )
    return "csv"


def _references(options: Namespace, history: History) -> list[Reference]:
    """Return what a bibliography is to hold. Raises ``_RequestError`` for options that exclude each other."""
    from kjtui.documents.snapshot_document import snapshot_document
    from kjtui.formats.bibliography import record_reference, source_references
    from kjtui.formats.lists import selected_sources

    record = history.record
    if (options.day or options.event or options.cite) and (
        filters := _given(options, (*_FILTERS, "first", "last", "match"))
    ):
        single = _given(options, ("day", "event", "cite"))[0]
        raise _RequestError(f"{single} says which sources: leave out {filters[0]}")
    day = _day(options.day, history) if options.day is not None else None
    event = _public_event(options.event, history, day or history.last_day) if options.event else None
    if options.cite:
        return [record_reference(record, event, day)]
    if event:
        ids = sources_of(event, history.snapshot(day or history.last_day))
        return source_references([record.sources[source] for source in ids], record)
    if day:
        return source_references(snapshot_document(history.snapshot(day)).sources, record)
    wanted = _selection(options, history)
    return source_references(selected_sources(history, wanted.with_text(""), wanted.text), record)


def _given(options: Namespace, names: Iterable[str]) -> list[str]:
    """Return which of some options were given, as they are typed."""
    typed = {"first": "--from", "last": "--to"}
    return [typed.get(name, f"--{name}") for name in names if getattr(options, name)]


def _put(options: Namespace, document: Document) -> int:
    """Print a document, or write it to a file."""
    path = _output(options)
    format_name = options.format or (format_of(path) if path else "text")
    return _put_text(options, render(document, format_name))


def _put_list(options: Namespace, listing: Listing) -> int:
    """Print a list, or write it to a file. Only on a terminal, lines are cut to its width."""
    from kjtui.formats.list_formats import LIST_FORMATS, list_format_of, text

    path = _output(options)
    format_name = options.format or (list_format_of(path) if path else "text")
    if format_name == "text" and path is None and sys.stdout and sys.stdout.isatty():
        from shutil import get_terminal_size

        return _put_text(options, text(listing, get_terminal_size().columns))
    return _put_text(options, LIST_FORMATS[format_name].render(listing))


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
    from kjtui.formats.verify import read, verify

    text = read(options.path)
    verdict = verify(text, str(options.path), _history(options))
    _write("".join(f"{line}\n" for line in verdict.lines))
    return DONE if verdict.same else FAULTS


def _check(options: Namespace) -> int:
    path = options.path or _store(options)
    if is_folder(path):
        from kjtui.record.folder_check import check_folder

        lines = check_folder(path)
    else:
        from kjtui.record.check import validate
        from kjtui.record.store import describe_faults

        lines = describe_faults(path, validate(path))
    _write("".join(f"{line}\n" for line in lines))
    return FAULTS if lines else DONE


def _new(options: Namespace) -> int:
    from kjtui.files.atomic_write import save_all
    from kjtui.record.folder.new_folder import new_files

    save_all(new_files(date.today()), options.folder, force=options.force)
    return DONE


def _build(options: Namespace) -> int:
    if options.reverse is not None:
        return _write_folder(options)
    if not is_folder(options.folder):
        raise _RequestError(f"{options.folder}: not a folder")
    from kjtui.record.folder.text_folder import TextFolder

    load(options.folder)  # refuses what cannot be used
    return _put_text(options, TextFolder(options.folder).store())


def _write_folder(options: Namespace) -> int:
    """Write the folder of a store."""
    import json

    from kjtui.files.atomic_write import save_all
    from kjtui.record.folder.write_folder import folder_files
    from kjtui.record.storage import ReadOnlyStorage

    load(options.reverse)  # refuses what cannot be used
    tables = json.loads(ReadOnlyStorage(options.reverse).content.decode("utf-8-sig"))
    save_all(folder_files(tables), options.folder, force=options.force)
    return DONE


def _completion(options: Namespace) -> int:
    from kjtui.cli.completion import completion

    record = _history(options).record
    ids = {
        "track": record.tracks,
        "event": [event.id for event in record.events],
        "meeting": record.meetings,
        "actor": record.dataset.actors,
    }
    _write(completion(parser(), options.shell, ids) + "\n")
    return DONE


def _help(options: Namespace) -> int:
    from kjtui.cli.topics import TOPICS, topic_text

    if options.topic in TOPICS:
        _write(topic_text(options.topic))
        return DONE
    parser().parse_args([*filter(None, [options.topic]), "--help"])  # exits
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
    "track": _track,
    "why": _track,
    "event": _event,
    "events": _events,
    "meetings": _meetings,
    "tracks": _tracks,
    "sources": _sources,
    "notes": _list_notes,
    "export": _export,
    "verify": _verify,
    "check": _check,
    "new": _new,
    "build": _build,
    "serve": _serve,
    "completion": _completion,
    "help": _help,
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
