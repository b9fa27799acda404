"""The command that writes tables, a database, a site, a calendar or a bibliography."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kjtui.cli.arguments import add_event_filters, add_source_filters, add_span, format_name
from kjtui.cli.install_advice import how_to_install
from kjtui.cli.progress import with_progress
from kjtui.cli.request import (
    DONE,
    Command,
    RequestError,
    SourceOptions,
    day_of,
    filter_of,
    history_of,
    kept_files,
    public_event,
    put_text,
    report,
)
from kjtui.files.atomic_write import save, save_all
from kjtui.history.snapshot import History, sources_of
from kjtui.languages import current_language, join_items, labelled, tr
from kjtui.record.store import default_stores, load

if TYPE_CHECKING:
    from kjtui.formats.bibliography import Reference

EXPORTS = ("csv", "sqlite", "site", "icalendar", "ris", "bibtex", "csl-json")
"""The formats of ``export``. The last three are bibliographies; see ``kjtui.formats.bibliography``."""

DATABASE_SUFFIXES = (".sqlite", ".sqlite3", ".db")
"""The suffixes of SQLite databases."""

_FILTERS = (
    *("first", "last", "track", "kind", "actor", "meeting", "match", "event_match"),
    *("publisher", "source_kind", "language", "machine_translated"),
)
"""The options that select the sources of a bibliography."""


class ExportOptions(SourceOptions, frozen=True, kw_only=True):
    """Options of ``export``."""

    day: str | None = None
    event: str | None = None
    cite: bool = False


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        type=format_name,
        choices=EXPORTS,
        help="default: by the file extension of --output, .sqlite, .ics, .ris, .bib or .csl.json; site "
        "for a folder called site, else csv",
    )
    parser.add_argument("--output", metavar="PATH", help="output folder or file, or - for standard output")
    parser.add_argument("--force", action="store_true", help="overwrite files")
    chosen = parser.add_argument_group("which sources", "Sources in a bibliography; default: all sources.")
    chosen.add_argument("--day", metavar="DAY", help="the sources of `kjtui snapshot DAY`, in the same order")
    chosen.add_argument("--event", metavar="EVENT", help="the sources of this event")
    add_span(chosen)
    add_event_filters(chosen)
    chosen.add_argument("--meeting", metavar="MEETING", help="only sources of events of this meeting")
    add_source_filters(chosen)
    chosen.add_argument("--match", metavar="TEXT", default="", help="only sources with all of these words")
    chosen.add_argument(
        "--event-match", metavar="TEXT", default="", help="only sources of events with all of these words"
    )
    chosen.add_argument(
        "--cite",
        action="store_true",
        help="cite the record itself instead of sources; with --day or --event, cite its page for that day "
        "or event",
    )


def _export(options: ExportOptions) -> int:
    content = _content(options)
    if isinstance(content, str):
        return put_text(options, content)
    path = Path(options.output or "")
    if isinstance(content, bytes):
        save(content, path, force=options.force, keep=kept_files(options))
        report(tr("wrote {path}", path=path))
    else:
        save_all(content, path, force=options.force)
        report(tr("wrote {count:,} files in {path}", count=len(content), path=path))
    return DONE


@with_progress
def _content(options: ExportOptions) -> str | bytes | Mapping[str, str]:
    """Return the content to write.

    It is a text, the bytes of a database, or a dict from the file names of a folder to their texts.
    """
    from kjtui.formats.bibliography import BIBLIOGRAPHIES

    path = None if options.output == "-" else options.output and Path(options.output)
    format_name = options.format or _export_format(path or None)
    if format_name in BIBLIOGRAPHIES:
        references = _references(options, history_of(options))
        return BIBLIOGRAPHIES[format_name].render(references)
    if chosen := _given(options, ("day", "event", *_FILTERS, "cite")):
        raise RequestError(
            tr("{chosen} is for bibliographies: --format ris, bibtex or csl-json", chosen=chosen[0])
        )
    if format_name == "icalendar":
        try:
            from kjtui.formats.calendar import calendar
        except ModuleNotFoundError:
            needed = how_to_install("icalendar>=7,<8")
            raise RequestError(tr("--format icalendar needs {needed}", needed=needed)) from None
        return calendar(history_of(options))
    if not path:
        raise RequestError(
            tr(
                "{format} cannot be printed; give a path with --output, or another --format",
                format=format_name,
            )
        )
    if format_name == "sqlite":
        from kjtui.formats.tables.sqlite_database import database

        return database(history_of(options))
    if format_name == "site":
        from kjtui.formats.site.site_pages import site

        return site(_histories(options))
    from kjtui.formats.tables.csv_folder import csv_files

    return csv_files(history_of(options))


def _histories(options: ExportOptions) -> dict[str, History]:
    """Return the histories for a site: a dict from language codes to histories.

    With ``--lang`` or ``--store``, the site has only one language.
    """
    if options.lang or options.store:
        return {current_language(): history_of(options)}
    return {language: History(load(path)) for language, path in default_stores().items()}


def _export_format(path: Path | None) -> str:
    """Return the export format that a path suffix implies. Raises ``RequestError`` for an unknown suffix."""
    from kjtui.formats.bibliography import BIBLIOGRAPHIES
    from kjtui.formats.format_table import format_with_suffix

    if path is None:
        return "csv"
    bibliographies = {name: entry.suffix for name, entry in BIBLIOGRAPHIES.items()}
    if bibliography := format_with_suffix(path, bibliographies):
        return bibliography
    if path.suffix.lower() == ".ics":
        return "icalendar"
    if path.suffix.lower() in DATABASE_SUFFIXES:
        return "sqlite"
    if re.search(r"(^|[-.])site$", path.name.lower()):
        return "site"
    if path.suffix and not path.is_dir():
        endings = join_items([".ics", ".sqlite", *bibliographies.values()])
        hint = tr(
            "no format has the extension {suffix}; available: {endings}; for CSV tables, use {tables}; "
            "for web pages, use {site}",
            suffix=path.suffix,
            endings=endings,
            tables="--output tables",
            site="--output site",
        )
        raise RequestError(labelled(str(path), hint))
    return "csv"


def _references(options: ExportOptions, history: History) -> list[Reference]:
    """Return the entries of a bibliography. Raises ``RequestError`` for mutually exclusive options."""
    from kjtui.documents.snapshot_document import snapshot_document
    from kjtui.formats.bibliography import record_reference, source_references
    from kjtui.formats.lists.source_list import selected_sources

    record = history.record
    single = _given(options, ("day", "event", "cite"))
    if single and (filters := _given(options, _FILTERS)):
        raise RequestError(
            tr("{single} selects the sources; leave out {filters}", single=single[0], filters=filters[0])
        )
    day = None if options.day is None else day_of(options.day, history)
    seen_from = day or history.last_day
    event = public_event(options.event, history, seen_from) if options.event else None
    if options.cite:
        return [record_reference(record, event, day)]
    if event:
        ids = sources_of(event, history.snapshot(seen_from))
        return source_references([record.sources[source] for source in ids], record)
    if day:
        return source_references(snapshot_document(history.snapshot(day)).sources, record)
    filter_of(options, history, options.match)  # raises RequestError for unknown fields
    event_filter = filter_of(options, history, options.event_match)
    return source_references(selected_sources(history, event_filter, options.match), record)


def _given(options: ExportOptions, names: Iterable[str]) -> list[str]:
    """Return those of the named options that the user typed, spelled as on the command line."""
    typed = {"first": "--from", "last": "--to"}
    return [typed.get(name, f"--{name.replace('_', '-')}") for name in names if getattr(options, name)]


COMMANDS = (
    Command(
        "export",
        "write tables, a database, a site, a calendar or a bibliography",
        "Write the whole record: csv writes a folder of tables that join by id, sqlite a database, site a "
        "folder of linked pages, icalendar a file with events and meetings as all-day entries. Or write "
        "sources as a bibliography: ris, bibtex or csl-json.",
        ExportOptions,
        _add_export,
        _export,
        (
            "kjtui export --output tables",
            "kjtui export --output meetings.ics",
            "kjtui export --event {event} --format bibtex",
            "kjtui export --day {day} --cite --output day.csl.json --force",
            "kjtui export --track {track} --from {month} --to {day} --output sources.bib",
            'kjtui export --actor {actor} --kind {kind} --match "lang:en" --format ris',
            "kjtui export --meeting {meeting} --format bibtex",
            'kjtui export --event-match "{word}" --output footnotes.ris',
            'kjtui export --publisher "{publisher}" --source-kind press --format ris',
            "kjtui export --language en --machine-translated no --format bibtex",
        ),
    ),
)
