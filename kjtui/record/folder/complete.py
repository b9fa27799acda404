"""Complete the documents of a folder: add the fields that are optional in text files but required in a store.

Identifiers are derived from dates and titles. Inline sources become separate documents. If a document cites
a source by its address, the identifier of the source replaces the address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kjtui.languages import tr
from kjtui.record.folder.csl_sources import site_of
from kjtui.record.folder.defaults import add_defaults, tables
from kjtui.record.folder.documents import TABLES, Document, Documents
from kjtui.record.folder.identifiers import identify, slug, used_identifiers
from kjtui.record.folder.places import JsonOrigin
from kjtui.record.folder.source_line import SOURCE_LINE, source_of_line
from kjtui.record.folder.toml_positions import KeyPath
from kjtui.record.partial_date import PartialDate

_DEFAULT_KIND = "press"
_DEFAULT_LANGUAGE = "en"


def complete(documents: Documents) -> None:
    """Add the missing fields of all documents, and sort the events chronologically."""
    for table in TABLES:
        if table not in ("dataset", "sources"):
            used = used_identifiers(documents[table])
            for document in documents[table]:
                identify(table, document, used)
    add_defaults(documents)
    _Sources(documents).complete()
    documents["events"].sort(key=_sort_day)


class _Sources:
    """The sources of a folder.

    A source can be found by its identifier, by its address, or by its id in another program (the foreign id).
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        dataset = next(iter(documents["dataset"]), {})
        self._language = dataset.get("language", _DEFAULT_LANGUAGE)
        self._used = used_identifiers(documents["sources"])
        self._by_name: dict[str, Document] = {}
        self._cited: set[str] = set()

    def complete(self) -> None:
        """Complete all sources, and cite each of them by its id.

        Uncited sources that come from CSL-JSON are removed, because a bibliography exported from another
        program may have sources that the record does not cite.
        """
        for source in self._documents["sources"]:
            self._register(source)
        citing = []
        for table in TABLES:
            for document in self._documents[table]:
                for part, path in _citing_parts(document):
                    sources = part.get("sources")
                    if isinstance(sources, list):
                        citing.append((document, sources, (*path, "sources")))
        for document, sources, path in citing:
            self._collect(document, sources, path)
        for document, sources, path in citing:
            self._resolve(document, sources, path)
        for event in self._documents["events"]:
            cited = [self._by_name[name] for name in event.get("sources", ()) if name in self._by_name]
            if "confidence" not in event and "sources" in event:
                # Set the confidence even if a source is unknown. Otherwise the missing confidence would be
                # reported in addition to the unknown source.
                event["confidence"] = _confidence(cited)
        self._documents.keep("sources", self._belongs)

    def _belongs(self, source: Document) -> bool:
        """Return whether a source is kept: it is cited, or it does not come from CSL-JSON."""
        return source["id"] in self._cited or not isinstance(self._documents.origin(source), JsonOrigin)

    def _register(self, source: Document) -> None:
        """Add the missing fields of a source. Index the source by its identifier, address and foreign id."""
        name = source.get("id")
        if isinstance(name, str) and name != slug(name):  # for example, the address of an item in Zotero
            self._by_name[name] = source
            del source["id"]
        if "publisher" not in source and (site := site_of(str(source.get("url", "")))):
            source["publisher"] = site
        identify("sources", source, self._used)
        source.setdefault("language", self._language)
        source.setdefault("kind", _DEFAULT_KIND)
        for name in (source["id"], source.get("url")):
            if name and isinstance(name, str):
                self._by_name.setdefault(name, source)

    def _collect(self, document: Document, sources: list[Any], path: KeyPath) -> None:
        """Move inline sources to the table of sources. Leave only their identifiers in the citations."""
        for index, source in enumerate(sources):
            if isinstance(source, str):
                source = source_of_line(source) or source
            if isinstance(source, dict):
                sources[index] = self._inline(source, document, (*path, index))

    def _resolve(self, document: Document, sources: list[Any], path: KeyPath) -> None:
        """Replace each address and foreign id in a list of citations with the identifier of the source."""
        for index, source in enumerate(sources):
            if not isinstance(source, str):
                continue
            if source in self._by_name:
                sources[index] = self._by_name[source]["id"]
                self._cited.add(sources[index])
            elif "://" in source:
                place = self._documents.place(document, (*path, index))
                if " " in source:
                    message = tr("a source in one line is written {form}", form=SOURCE_LINE)
                    self._documents.report(place, message)
                else:
                    message = tr("no source has this address: {address}", address=source)
                    self._documents.report_missing(place, message)

    def _inline(self, source: Document, document: Document, path: KeyPath) -> Any:
        """Return the identifier of an inline source. Add the source if it is new."""
        existing = self._by_name.get(str(source.get("url")))
        if existing is None:
            origin = self._documents.origin(document).below(path)
            self._documents.add("sources", source, origin)
            self._register(source)
            return source["id"]
        for field, value in source.items():
            if existing.get(field) != value:
                place = self._documents.place(document, (*path, field))
                message = tr(
                    "the source {source} has the same address but a different {field}",
                    source=existing["id"],
                    field=field,
                )
                self._documents.report(place, message)
        return existing["id"]


def _citing_parts(document: Document) -> Iterator[tuple[Document, KeyPath]]:
    """Yield the parts of a document that can cite sources, each with its path."""
    yield document, ()
    initial = document.get("initial")
    if isinstance(initial, dict):
        yield initial, ("initial",)
    for field in ("facts", "points"):
        for index, part in enumerate(tables(document.get(field))):
            yield part, (field, index)
    for dispute_index, dispute in enumerate(tables(document.get("disputed"))):
        for reading_index, reading in enumerate(tables(dispute.get("readings"))):
            yield reading, ("disputed", dispute_index, "readings", reading_index)


def _sort_day(event: Document) -> date:
    """Return the day by which an event is sorted. Events with an unreadable date are sorted last."""
    try:
        return PartialDate(event["date"]).last
    except (KeyError, TypeError, ValueError):
        return date.max


def _confidence(sources: Iterable[Document]) -> str:
    """Return the default confidence of an event with these sources, as defined in docs/store.md."""
    sources = list(sources)
    if all(source.get("machine_translated") or source["kind"] == "forum" for source in sources):
        return "low"
    official = any(source["kind"] == "official" for source in sources)
    publishers = {source.get("publisher") for source in sources}
    return "high" if official or len(publishers) > 1 else "medium"
