"""Verify an export: regenerate it from the request in its footer, and report the differences."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import msgspec

from kjtui.documents.comparison_document import comparison_document
from kjtui.documents.document import Document, EventView, MeetingView, TermView
from kjtui.documents.event_document import event_document
from kjtui.documents.meeting_document import meeting_document
from kjtui.documents.provenance import Provenance, Request
from kjtui.documents.section_choice import SectionError, only_section
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.documents.term_document import term_document
from kjtui.documents.track_document import track_document
from kjtui.files.atomic_write import ExportError, reason_of
from kjtui.formats.format_table import DOCUMENT_FORMATS, render
from kjtui.formats.provenance_parser import is_first_edition, is_list, parse_provenance
from kjtui.history.compare import compare
from kjtui.history.snapshot import History, Snapshot
from kjtui.history.track_page import track_page
from kjtui.languages import ENGLISH, labelled, speaking, tr
from kjtui.record.model import Record
from kjtui.record.sanitize import UNSAFE, sanitize

MOST_BYTES = 64 * 2**20
"""Maximum size of a file in bytes, far above the size of any export."""

HARMLESS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("a byte-order mark", lambda text: text.removeprefix("\ufeff")),
    ("line ends", lambda text: text.replace("\r\n", "\n").replace("\r", "\n")),
    ("spaces at line ends", lambda text: "\n".join(line.rstrip(" \t") for line in text.split("\n"))),
    ("the end of the file", lambda text: text.rstrip("\n") + "\n"),
)
"""Harmless changes by mail programs and editors, each with a function that undoes the change."""


class Verdict(NamedTuple):
    """The result of a verification.

    ``same`` says whether the export equals the regenerated document. ``lines`` are the lines of the report.
    """

    same: bool
    lines: list[str]


def read(path: Path) -> str:
    """Return the text of a file, or of standard input for ``-``.

    Raises ``ExportError`` if the text cannot be read.
    """
    name = sanitize(str(path))
    try:
        if path == Path("-"):
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        elif stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
        else:
            raise ExportError(labelled(name, tr("not a file (- reads standard input)")))
    except (OSError, ValueError) as error:
        raise ExportError(
            tr("{name}: cannot be read: {reason}", name=name, reason=reason_of(error))
        ) from None
    if len(raw) > MOST_BYTES:
        raise ExportError(
            tr("{name}: longer than {size} bytes, too long for an export", name=name, size=f"{MOST_BYTES:,}")
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = tr("not UTF-8 at byte {offset}", offset=error.start)
        raise ExportError(labelled(name, fault)) from None


def language_of_export(text: str) -> str:
    """Return the language named in an export; English by default."""
    claimed = parse_provenance(_normalised(text)[0])
    return claimed.language if claimed else ENGLISH


def verify(text: str, name: str, history: History) -> Verdict:
    """Compare an export with the same document generated from the record.

    Changed line ends and other harmless changes are accepted and reported. ``name`` is the name of the export
    in messages. Raises ``ExportError`` if the text is not an export of this version of kjtui, or if it comes
    from another store.
    """
    record, name = history.record, sanitize(name)
    bare, changes = _normalised(text)
    claimed = parse_provenance(bare)
    if claimed is None:
        raise ExportError(labelled(name, _why_unknown(bare)))
    if claimed.format not in DOCUMENT_FORMATS:
        format_name = sanitize(claimed.format)[:40]
        raise ExportError(
            tr("{name}: this version of kjtui has no format {format}", name=name, format=format_name)
        )
    same_digest = claimed.digest == record.digest
    if not same_digest and _of_another_store(claimed, record):
        store = sanitize(claimed.store or claimed.title)[:60]
        raise ExportError(
            tr(
                "{name}: made from another store, {store}; open that store with --store PATH",
                name=name,
                store=store,
            )
        )
    lines = [] if same_digest else [_changed(claimed, record)]
    request = claimed.request
    if "notes" in request.options:
        raise ExportError(
            tr("{name}: contains notes, which cannot be verified; export it without notes", name=name)
        )
    with speaking(claimed.language):
        document = _document(claimed, history)
        regenerated = render(document, claimed.format) if document else ""
    if not regenerated:
        missing = f"{request.kind} {sanitize(request.id)[:40]}"
        return Verdict(False, [*lines, tr("differs: there is no {missing}", missing=missing)])
    command = sanitize(request.command)
    if claimed.language != ENGLISH:
        command += f" --lang {claimed.language}"
    if bare == regenerated:
        return Verdict(True, [_same(command, changes)])
    lines.append(tr("differs: {command}", command=command))
    return Verdict(False, [*lines, *map(_visible, _differences(bare, regenerated, name, command))])


def _normalised(text: str) -> tuple[str, list[str]]:
    """Undo harmless changes to a text. Return the restored text and the names of the changes."""
    changes = []
    for name, undo in HARMLESS:
        before, text = text, undo(text)
        if text != before:
            changes.append(name)
    return text, changes


def _same(command: str, changes: list[str]) -> str:
    """Return the message "same" or, if there are harmless ``changes``, "same except for …"."""
    if not changes:
        return tr("same: {command}", command=command)
    change_names = tr("{before} and {after}", before="", after="").join(map(tr, changes))
    return tr("same except for {changes}: {command}", changes=change_names, command=command)


def _why_unknown(text: str) -> str:
    if is_first_edition(text):
        return tr("written by kjtui 0.1; verify it with that version")
    if is_list(text):
        return tr("a list; only documents can be verified")
    return tr(
        "no kjtui footer, so it cannot be verified; lists, tables, calendars and bibliographies have none"
    )


def _track_document(request: Request, snapshot: Snapshot) -> Document | None:
    """Return the page of a track, or only the requested section.

    If the page has no such section, return ``None``.
    """
    document = track_document(track_page(snapshot, request.id), full=bool(request.options))
    for option in request.options:
        name, _, section = option.partition("=")
        if name == "section":
            try:
                return only_section(document, section)
            except SectionError:
                return None
    return document


def _of_another_store(claimed: Provenance, record: Record) -> bool:
    """Return whether an export comes from a different store.

    A different version of the current store does not count as a different store.
    """
    if claimed.format == "json":  # a JSON export does not name its store
        return claimed.title != record.dataset.title
    return bool(claimed.store) and not record.store


def _changed(claimed: Provenance, record: Record) -> str:
    """Return a line that compares the record of an export with the current record: versions and digests."""
    was = _version(sanitize(claimed.version)[:40], sanitize(claimed.digest)[:64])
    now = _version(record.dataset.version, record.digest)
    return tr("changed: made from {was}; the record is now {now}", was=was, now=now)


def _version(version: str, digest: str) -> str:
    return tr("version {version}, sha256 {digest}", version=version, digest=digest)


def _document(claimed: Provenance, history: History) -> Document | None:
    """Regenerate the document that an export claims to contain.

    If the subject of the document is not in the record, return ``None``. The footer of the document contains
    the name of the store's file. This name is taken from the export, because it is not part of the record.
    """
    request = claimed.request
    if claimed.store != history.record.store:
        history = History(msgspec.structs.replace(history.record, store=claimed.store))
    first, *others = map(history.snapshot, request.days)
    match request.kind:
        case "snapshot":
            return snapshot_document(first, full="full" in request.options)
        case "comparison":
            return comparison_document(compare(first, *others), full="full" in request.options)
        case "track":
            return _track_document(request, first) if request.id in history.record.tracks else None
        case "event":
            index = history.index_of(request.id)
            if index is None or index >= first.event_count:
                return None
            return event_document(EventView(first.events[index], first))
        case "meeting":
            state = first.meetings.get(request.id)
            return meeting_document(MeetingView(state, first)) if state else None
        case "events":
            return None
        case "term":
            term = history.record.terms.get(request.id)
            return term_document(TermView(term, first)) if term else None


def _differences(bare: str, regenerated: str, name: str, command: str) -> Iterator[str]:
    """Yield a unified diff from the export to the regenerated document."""
    lines, regenerated_lines = bare.split("\n")[:-1], regenerated.split("\n")[:-1]
    if len(lines) > 2 * len(regenerated_lines) + 1000:  # the diff could take hours, and nobody would read it
        yield tr(
            "{count:,} lines; the regenerated document has {made:,}",
            count=len(lines),
            made=len(regenerated_lines),
        )
    else:
        yield from unified_diff(lines, regenerated_lines, name, command, lineterm="")


def _visible(line: str) -> str:
    """Escape control and invisible characters in a line of an untrusted file."""
    return re.sub(UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", line)
