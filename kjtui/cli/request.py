"""Options and functions shared by commands: open the record, resolve ids and days, and write output."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from msgspec import Struct

from kjtui.files.atomic_write import ExportError, save
from kjtui.formats.format_table import (
    DOCUMENT_FORMATS,
    LIST_FORMATS,
    format_of,
    render,
    render_list,
    suffixes,
)
from kjtui.history.snapshot import History, Snapshot
from kjtui.languages import ENGLISH, current_language, join_clauses, labelled, tr
from kjtui.record.partial_date import day_in_sentence
from kjtui.record.sanitize import sanitize
from kjtui.record.store import default_store, load

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from kjtui.documents.document import Document
    from kjtui.find.filter import Filter
    from kjtui.formats.lists.listing import Listing
    from kjtui.notes import Note
    from kjtui.record.model import Event

_MOST_SUGGESTIONS = 8
"""Maximum number of ids suggested for a partial name."""

DONE, FAULTS, UNUSABLE = 0, 1, 2
"""Exit codes.

``DONE``: success. ``FAULTS``: ``check`` or ``verify`` found a fault. ``UNUSABLE``: any other error, such as
an invalid argument or an unreadable store.
"""


class RequestError(Exception):
    """The request cannot be fulfilled. The message is one line."""


class StoreOptions(Struct, frozen=True, kw_only=True):
    """Options of every command.

    Attributes:
        store: The store to read; ``None`` for the bundled store.
        lang: Code of the language; ``None`` for the default.
        page: The query string of the address in the browser. Only ``kjtui serve`` passes this option.
    """

    store: Path | None = None
    lang: str | None = None
    page: str | None = None


class OutputOptions(StoreOptions, frozen=True, kw_only=True):
    """Options of a command that prints its output or writes it to a file."""

    format: str | None = None
    output: str | None = None
    force: bool = False


class SpanOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of a command that filters a list by first and last day, by track and by words."""

    first: str | None = None
    last: str | None = None
    track: str | None = None
    match: str = ""


class FilterOptions(SpanOptions, frozen=True, kw_only=True):
    """Options of a command that filters events."""

    kind: str | None = None
    actor: str | None = None
    meeting: str | None = None


class SourceOptions(FilterOptions, frozen=True, kw_only=True):
    """Options of a command that filters events and their sources."""

    event_match: str = ""
    publisher: str | None = None
    source_kind: str | None = None
    language: str | None = None
    machine_translated: str | None = None


class Command(Struct, frozen=True):
    """A command.

    Attributes:
        name: the name on the command line.
        summary: a short description, for the list of commands.
        description: the full description, in sentences.
        options: the class of the options.
        add: the function that adds the arguments to the parser.
        run: the function that runs the command and returns the exit code.
        examples: command lines with placeholders such as ``{track}``. Names from the record replace them.
    """

    name: str
    summary: str
    description: str
    options: type[Any]
    add: Callable[[ArgumentParser], None]
    run: Callable[[Any], int]
    examples: tuple[str, ...] = ()


# The record


def store_of(options: StoreOptions) -> Path:
    """Return the path of the store to read."""
    return options.store or default_store(current_language())


def history_of(options: StoreOptions) -> History:
    """Return the history of the store to read. Raises ``StoreError`` if the store is unusable."""
    return History(load(store_of(options)))


def day_of(text: str, history: History, *, last: bool = False) -> date:
    """Parse a day. For a month or a year, return its first day, or its last day if ``last`` is true.

    Raises ``RequestError`` if the text is invalid or ambiguous.
    """
    if len(text) == 10:  # usually an ISO date; avoids importing the day parser
        with suppress(ValueError):
            return date.fromisoformat(text)
    from kjtui.find.goto import find_day

    try:
        return find_day(text, history, date.today(), last=last)
    except ValueError as error:
        raise RequestError(str(error)) from None


def snapshot_of(day: str | None, history: History, *, default: date) -> Snapshot:
    """Return the snapshot of the requested day, or of the default day if none was requested."""
    return history.snapshot(default if day is None else day_of(day, history))


def notes_of(history: History) -> Sequence[Note]:
    """Return the user's notes about the record. Raises ``RequestError`` if the notes cannot be read."""
    from kjtui.notes import Notes, NotesError, default_path

    try:
        return Notes(default_path()).read(history.record.dataset.key)
    except NotesError as error:
        raise RequestError(str(error)) from None


def known_id(kind: str, typed: str, history: History) -> str:
    """Return the id of the item that the typed id or name refers to. Case is ignored.

    ``kind`` is ``track``, ``event``, ``meeting``, ``actor`` or ``term``. For a term, part of the name is
    enough, such as the surname of a person. For a meeting, words from its names are enough. If several items
    have the typed name, return the first and report the others.

    Raises ``RequestError`` if nothing matches. Also raises it, with the ids, if part of a name matches
    several items. If a day was typed instead of an event, the message suggests the events of this day.
    """
    names = _names_by_id(kind, history)
    if typed in names:
        return typed
    from kjtui.find.names import names_typed
    from kjtui.find.query import noun, several, unknown, value_labels
    from kjtui.find.word_match import matches

    typed_name = names_typed(typed, names)
    if typed_name.whole:
        first, *others = typed_name.ids
        if others:
            report(tr("{typed!r} is also a name of {ids}", typed=typed[:40], ids=value_labels(others, names)))
        return first
    ids = typed_name.ids
    by_words = kind == "meeting" and "-" not in typed  # a text with hyphens is an id, perhaps misspelt
    if by_words:
        ids = tuple(identity for identity, called in names.items() if matches(typed, called))
    if kind == "event":
        ids = _events_of(typed, history)
    if ids and not by_words and kind != "term":
        near = tr("did you mean {near}?", near=value_labels(ids[:_MOST_SUGGESTIONS], names))
        message = tr("there is no {name} {value!r}; {hint}", name=noun(kind), value=typed[:40], hint=near)
        raise RequestError(message)
    if not ids:
        raise RequestError(unknown(kind, typed, names))
    if len(ids) > 1:
        raise RequestError(several(typed, ids, names))
    return ids[0]


def _events_of(typed: str, history: History) -> tuple[str, ...]:
    """Return the ids of the events of a typed day. Empty if the text is not a day."""
    from kjtui.find.day_advice import typed_days

    days = typed_days(typed, history, date.today())
    return tuple(event.id for event in history.record.events if event.day in days)


def _names_by_id(kind: str, history: History) -> Mapping[str, tuple[str, ...]]:
    """Return a dict from the id of each item of a kind to the names of the item."""
    record = history.record
    if kind == "event":
        return {event.id: () for event in record.events}
    from kjtui.find.names import names_of

    return names_of(kind, record)


def public_event(typed: str, history: History, day: date) -> Event:
    """Return the event whose id was typed.

    Raises ``RequestError`` if the id is unknown, or if the event was not yet public on ``day``.
    """
    identity = known_id("event", typed, history)
    event = history.event(identity)
    if day < event.day:
        raise RequestError(
            tr(
                "{id} was not public on {day}; it became public on {first_day}",
                id=event.id,
                day=day_in_sentence(day),
                first_day=day_in_sentence(event.day),
            )
        )
    return event


def check_order(first_day: date, last_day: date) -> None:
    """Raise ``RequestError`` if the first day is after the last."""
    if first_day > last_day:
        raise RequestError(
            tr("--from {first_day} is after --to {last_day}", first_day=first_day, last_day=last_day)
        )


def filter_of(options: Any, history: History, text: str | None) -> Filter:
    """Convert the options and the query ``text`` to a filter.

    Raises ``RequestError`` for an unknown value of an option, or an unknown field or value in the query.
    """
    from kjtui.find.filter import Filter
    from kjtui.find.query import FieldError, parse_query, publishers

    fields: dict[str, Any] = {}
    for name in ("track", "actor", "meeting"):
        if value := getattr(options, name, None):
            fields[name] = known_id(name, value, history)
    for name in ("kind", "source_kind", "machine_translated"):
        if value := getattr(options, name, None):
            fields[name] = value
    if language := getattr(options, "language", None):
        fields["lang"] = language.lower()
    first, last = getattr(options, "first", None), getattr(options, "last", None)
    first_day = day_of(first, history) if first else None
    last_day = day_of(last, history, last=True) if last else None
    if first_day and last_day:
        check_order(first_day, last_day)
    published: tuple[str, ...] = ()
    try:
        parse_query(text or "", history.record)
        if publisher := getattr(options, "publisher", None):
            published = publishers(publisher, history.record)
    except FieldError as error:
        raise RequestError(str(error)) from None
    return Filter(**fields, publisher=published, first=first_day, last=last_day, text=text or "")


def report_language(text: str, history: History) -> None:
    """If the query is in the language of another bundled store, tell the user to add ``--lang``."""
    if text.isascii():
        return
    from kjtui.find.word_match import language_of_words
    from kjtui.languages import LANGUAGES
    from kjtui.record.store import default_stores

    record = history.record
    language = language_of_words(text)
    if record.store or language in ("", ENGLISH, record.dataset.language):
        return
    if language in default_stores():
        report(
            tr(
                "names are searched in every language, texts only in {language}; to search texts in {other}, "
                "add --lang {code}",
                language=LANGUAGES.get(record.dataset.language, record.dataset.language),
                other=LANGUAGES[language],
                code=language,
            )
        )


# Output


def put(options: OutputOptions, document: Document) -> int:
    """Print a document, or write it to a file."""
    path = output_path(options)
    format_name = options.format or (format_of(path, suffixes(DOCUMENT_FORMATS)) if path else "text")
    return put_text(options, render(document, format_name))


def put_list(options: OutputOptions, listing: Listing, advice: str = "", empty: str = "") -> int:
    """Print a list, or write it to a file. On a terminal, truncate the lines to the terminal's width.

    Args:
        options: the options.
        listing: the list.
        advice: advice to print if the list is empty.
        empty: the message to print if the list is empty. The default message says that nothing was found.
    """
    code = put_text(options, _list_text(options, listing))
    if not listing.items:
        empty = empty or tr("no {items} found", items=listing.noun)
        report(join_clauses((empty, advice)) if advice else empty)
    return code


def _list_text(options: OutputOptions, listing: Listing) -> str:
    path = output_path(options)
    format_name = options.format or (format_of(path, suffixes(LIST_FORMATS)) if path else "text")
    if format_name == "text" and path is None and sys.stdout and sys.stdout.isatty():
        from shutil import get_terminal_size

        from kjtui.formats.lists.list_text import render as render_text

        return render_text(listing, get_terminal_size().columns)
    content = render_list(listing, format_name)
    if format_name == "csv" and path is not None:
        from kjtui.formats.csv_cells import BYTE_ORDER_MARK

        content = BYTE_ORDER_MARK + content
    return content


def put_text(options: OutputOptions, text: str) -> int:
    """Print a text, or write it to a file and report the path."""
    path = output_path(options)
    if path is None:
        write(text)
    else:
        save(text, path, force=options.force, keep=kept_files(options))
        report(tr("wrote {path}", path=path))
    return DONE


def kept_files(options: OutputOptions) -> list[Path]:
    """Return the paths that ``--force`` must not overwrite: the open store or folder, and the notes."""
    if not options.force:  # without --force, nothing is overwritten
        return []
    from kjtui.notes import default_path

    folder: Path | None = getattr(options, "folder", None)
    return [folder or store_of(options), default_path()]


def output_path(options: OutputOptions) -> Path | None:
    """Return the output path, or ``None`` for standard output.

    Standard output is used if ``--output`` is missing or is ``-``. With ``--output ./-``, the output is
    written to a file named ``-``. Raises ``ExportError`` if the path ends in a slash and does not exist.
    """
    if options.output in (None, "-"):
        return None
    path = Path(options.output or "")
    if options.output and options.output.endswith(("/", os.sep)) and not path.is_dir():
        raise ExportError(tr("{output} is a folder that does not exist", output=options.output))
    return path


def write(text: str) -> None:
    """Print text as UTF-8 with LF line endings, in every locale."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, tr("standard output is closed"))
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # it is a TextIOWrapper
    sys.stdout.write(text)
    sys.stdout.flush()


def report(message: str) -> None:
    """Print a message as one line on standard error, in the encoding of the stream."""
    if sys.stderr is None:
        return
    line = sanitize(labelled("kjtui", message))
    line = "".join(character for character in line if character.isprintable())
    encoding = sys.stderr.encoding or "utf-8"
    try:
        print(line.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)
    except OSError:
        discard_unwritten(sys.stderr)


def refuse(message: str) -> int:
    """Report an error in one line on standard error, and return the exit code ``UNUSABLE``."""
    report(message)
    return UNUSABLE


def discard_unwritten(stream: TextIO | None) -> None:
    """Discard the unwritten output of a stream, so that Python does not try to write it again at exit."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
