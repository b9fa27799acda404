"""Verifying an export: making it again from what it says of itself, and telling what differs."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import msgspec

from kjtui.exports.claim import Claim, claim
from kjtui.exports.comparison import COMPARISON
from kjtui.exports.files import ExportError
from kjtui.exports.formats import SNAPSHOT
from kjtui.exports.reason import REASON
from kjtui.history.compare import compare
from kjtui.history.reason import explain
from kjtui.history.snapshot import History
from kjtui.record.sanitize import UNSAFE, sanitize

MOST_BYTES = 64 * 2**20
"""How much is read: far more than any export has."""

_HARMLESS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("a byte-order mark", lambda text: text.removeprefix("\ufeff")),
    ("line ends", lambda text: text.replace("\r\n", "\n").replace("\r", "\n")),
    ("spaces at line ends", lambda text: "\n".join(line.rstrip(" \t") for line in text.split("\n"))),
    ("the end of the file", lambda text: text.rstrip("\n") + "\n"),
)
"""What mail and editors do to a text without changing what it says, and how to undo it."""


class Verdict(NamedTuple):
    """Whether an export is the same as what is made again, and what to tell of it, in lines."""

    same: bool
    lines: list[str]


def read(path: Path) -> str:
    """The text of a file, or of standard input for ``-``. Raises ``ExportError`` where there is none."""
    name = sanitize(str(path))
    try:
        if path == Path("-"):
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        elif stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
        else:
            raise ExportError(f"{name}: not a file (- reads standard input)")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExportError(f"{name}: cannot be read: {why}") from None
    if len(raw) > MOST_BYTES:
        raise ExportError(f"{name}: longer than {MOST_BYTES:,} bytes, which no export is")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExportError(f"{name}: not UTF-8 at byte {error.start}") from None


def verify(text: str, name: str, history: History) -> Verdict:
    """Whether an export called ``name`` is what the record gives.

    What mail and editors do to the ends of lines makes no difference, but is told. Raises ``ExportError``
    where the text is no export, or was drawn from a store other than the one at hand.
    """
    record, name = history.record, sanitize(name)
    bare, changes = _undo(text)
    said = claim(bare)
    if said is None:
        raise ExportError(f"{name}: no export that kjtui can make again: its last lines do not tell how")
    known = said.digest == record.digest
    if not known and _of_another_store(said, history):
        store = sanitize(said.store or said.title)[:60]
        raise ExportError(f"{name}: drawn from another store, {store}: open it with --store PATH")
    lines = [] if known else [_changed(said, history)]
    try:
        made = _made(said, history)
    except KeyError:
        return Verdict(False, [*lines, f"differs: there is no track {sanitize(said.command.track)[:40]}"])
    if bare == made:
        but = f" but for {' and '.join(changes)}" if changes else ""
        return Verdict(True, [f"same{but}: {said.command}"])
    lines.append(f"differs: {sanitize(str(said.command))}")
    return Verdict(False, [*lines, *map(_shown, _differences(bare, made, name, str(said.command)))])


def _undo(text: str) -> tuple[str, list[str]]:
    """The text as it was before mail and editors had it, and what they did."""
    changes = []
    for name, undo in _HARMLESS:
        before, text = text, undo(text)
        if text != before:
            changes.append(name)
    return text, changes


def _of_another_store(said: Claim, history: History) -> bool:
    record = history.record
    return bool(said.store and not record.store) or bool(said.title and said.title != record.dataset.title)


def _changed(said: Claim, history: History) -> str:
    """That the record is not what it was, in one line."""
    record = history.record
    was = f"version {sanitize(said.version)[:40]}, sha256 {sanitize(said.digest)[:64]}"
    now = f"version {record.dataset.version}, sha256 {record.digest}"
    return f"changed: drawn from {was}; the record is now {now}"


def _made(said: Claim, history: History) -> str:
    """The export made again. Raises ``KeyError`` where there is no such track.

    The name of the store's file is no part of the record, so it is taken from the export.
    """
    if not said.title and _unwrapped(said.store) != _unwrapped(history.record.store):
        history = History(msgspec.structs.replace(history.record, store=said.store))
    command = said.command
    first, *others = map(history.snapshot, command.days)
    if command.name == "compare":
        return COMPARISON[said.format](compare(first, *others))
    if command.name == "why":
        return REASON[said.format](explain(first, command.track))
    return SNAPSHOT[said.format](first)


def _unwrapped(name: str) -> str:
    """A name without its spaces, which lines of text may have parted or joined."""
    return "".join(name.split())


def _differences(bare: str, made: str, name: str, command: str) -> Iterator[str]:
    """What differs, line by line: first what the export has, then what is made again."""
    has, makes = bare.split("\n")[:-1], made.split("\n")[:-1]
    if len(has) > 2 * len(makes) + 1000:  # comparing could take hours, and nobody would read the outcome
        yield f"{len(has):,} lines, where {len(makes):,} are made again"
    else:
        yield from unified_diff(has, makes, name, command, lineterm="")


def _shown(line: str) -> str:
    """A line of a file from anywhere, with what could command a terminal or hide written out."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
