"""The record, its sources and its series as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import UNSET, Struct, UnsetType

from kjtui.languages import ENGLISH, current_language
from kjtui.record.model import Record, Series, Source, SourceKind
from kjtui.record.partial_date import PartialDate, Period


class DatasetJson(Struct):
    """The record of the document. ``digest`` is the SHA-256 of the store.

    ``language`` is the language of the document. If it is missing, the language is English.
    """

    title: str
    version: str
    digest: str
    language: str | UnsetType = UNSET


class SourceJson(Struct):
    """A publication that is cited for the claims of the record."""

    id: str
    title: str
    publisher: str
    language: str
    kind: SourceKind
    machine_translated: bool
    date: PartialDate | UnsetType = UNSET
    url: str | UnsetType = UNSET
    accessed: PartialDate | UnsetType = UNSET
    archived: str | UnsetType = UNSET
    copy_of: str | UnsetType = UNSET


class PointJson(Struct):
    """A figure that was published on the day ``published``.

    ``derived`` is true if the figure was computed from other figures.
    """

    period: Period
    value: float
    published: date
    derived: bool
    sources: list[str]


class SeriesJson(Struct):
    """A series of figures about a track. The figures were published on different days."""

    id: str
    track: str
    title: str
    measure: str
    unit: str
    note: str
    points: list[PointJson]


def dataset_json(record: Record) -> DatasetJson:
    """Convert the metadata of a record to its JSON struct."""
    language = current_language()
    return DatasetJson(
        record.dataset.title,
        record.dataset.version,
        record.digest,
        UNSET if language == ENGLISH else language,
    )


def source_json(source: Source) -> SourceJson:
    """Convert a source to its JSON struct."""
    return SourceJson(
        source.id,
        source.title,
        source.publisher,
        source.language,
        source.kind,
        source.machine_translated,
        source.date or UNSET,
        source.url or UNSET,
        PartialDate(source.accessed.isoformat()) if source.accessed else UNSET,
        source.archived or UNSET,
        source.copy_of or UNSET,
    )


def sources_json(cited: Iterable[str], record: Record) -> list[SourceJson]:
    """Convert the cited sources to JSON structs, in the order of citation, without duplicates."""
    return [source_json(record.sources[source]) for source in dict.fromkeys(cited)]


def cited_by_points(all_series: Iterable[Series]) -> Iterator[str]:
    """Yield the ids of the sources of all figures in the given series."""
    return (source for series in all_series for point in series.points for source in point.sources)
