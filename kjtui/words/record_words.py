"""The record in words: its coverage, review, version and language."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from kjtui.languages import ENGLISH, current_language, join_items, labelled, tr
from kjtui.record.model import Dataset, Record
from kjtui.record.partial_date import day_in_sentence
from kjtui.words import day_words

if TYPE_CHECKING:
    from kjtui.history.snapshot import Snapshot


def outside(day: date, record: Record) -> str:
    """Return a warning for a day outside the coverage. Empty for a day within the coverage.

    For a day after the record, documents show the last day of the record. For a day before the record, they
    show the initial states.
    """
    coverage = record.dataset.coverage
    if day in coverage:
        return ""
    days = {"day": day, "first": coverage.first, "last": coverage.last}
    span = {name: day_in_sentence(value) for name, value in days.items()}
    if day > record.last_day:
        return tr(
            "{day} lies OUTSIDE THE COVERAGE of the record, {first} to {last}: "
            "this is the status on the last day of the record, {last_day}.",
            **span,
            last_day=day_in_sentence(record.last_day),
        )
    if day < record.first_day:
        return tr(
            "{day} lies OUTSIDE THE COVERAGE of the record, {first} to {last}: "
            "this is the initial status, before any event.",
            **span,
        )
    return tr(
        "{day} lies OUTSIDE THE COVERAGE of the record, {first} to {last}: events may be missing.", **span
    )


def held_at_the_end(snapshot: Snapshot) -> str:
    """Return the title of a snapshot, including its date."""
    record = snapshot.record
    if snapshot.asked > record.last_day:
        return tr("status on {day}, the last day of the record", day=day_words.long_day(snapshot.day))
    if snapshot.asked < record.first_day:
        return tr("initial status, before any event of the record")
    return tr("status at the end of {day}", day=day_words.long_day(snapshot.day))


def reviewed(dataset: Dataset) -> str:
    """Return the coverage of the record, and the day of its last review."""
    coverage = dataset.coverage
    return tr(
        "Coverage {first} to {last}, reviewed {day}.",
        first=day_in_sentence(coverage.first),
        last=day_in_sentence(coverage.last),
        day=day_in_sentence(dataset.reviewed),
    )


def named_codes(dataset: Dataset) -> dict[str, str]:
    """Return a mapping from actor codes to names. Codes that equal the name, such as WTO, are left out."""
    return {code: name for code, name in dataset.actors.items() if code != name}


def codes(used: Collection[str], dataset: Dataset) -> str:
    """Return a sentence that explains the codes in ``used``. Empty if no code needs an explanation."""
    meanings = [f"{code} {name}" for code, name in named_codes(dataset).items() if code in used]
    return tr("{sentence}.", sentence=labelled(tr("Codes"), join_items(meanings))) if meanings else ""


def translation(dataset: Dataset) -> str:
    """Return a sentence on how the record was translated. Empty if the record is not a translation."""
    if not dataset.original_title:
        return ""
    return tr("Translated by machine and reviewed against the English; the English text governs.")


def data(record: Record) -> str:
    """Return the title, version and digest of a record."""
    return f"{record.dataset.title}, version {record.dataset.version}, sha256 {record.digest}"


def command(record: Record, *words: str) -> str:
    """Return the command line that repeats an export, including the options for language and store."""
    from shlex import join

    arguments = ["kjtui", *words]
    if current_language() != ENGLISH:
        arguments += ["--lang", current_language()]
    if record.store:
        arguments += ["--store", record.store]
    return join(arguments)
