"""Dialogs that write a list to a file: sources, hits of a search, or outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from kjtui.documents.document import Document
from kjtui.find.filter import Filter
from kjtui.formats.bibliography import BIBLIOGRAPHIES, BibliographyFormat, source_references
from kjtui.formats.citation import citation
from kjtui.formats.format_table import LIST_FORMATS, render_list, suffixes
from kjtui.formats.lists.event_list import event_listing
from kjtui.formats.lists.listing import Listing
from kjtui.formats.lists.outcome_list import outcome_listing
from kjtui.history.outcomes import Outcome
from kjtui.history.snapshot import History, Snapshot
from kjtui.languages import tr
from kjtui.record.model import Record, Source
from kjtui.tui.dialogs.export_dialog import ExportDialog
from kjtui.tui.state.exportable import Exportable, file_stem


class ListFile(NamedTuple):
    """A format of a list: the suffix of its files, and the function that renders the list."""

    suffix: str
    render: Callable[[], str]


class ListExportDialog(ExportDialog):
    """Ask for a file name, and write a list to the file. The suffix selects the format.

    Args:
        title: The title of the list.
        stem: The default file name without the suffix.
        formats: The formats by name.
        kind: The kind of list. The dialog offers the format last used for this kind.
    """

    def __init__(self, title: str, stem: str, formats: Mapping[str, ListFile], kind: str) -> None:
        def build() -> Document:
            raise NotImplementedError("a list is no document")

        super().__init__(Exportable(title, stem, (("", build),), kind))
        self._formats = formats

    @property
    def suffixes(self) -> Mapping[str, str]:
        """A mapping from the name of each available format to its suffix."""
        return {name: list_file.suffix for name, list_file in self._formats.items()}

    def render_as(self, format_name: str) -> str:
        """Render the list in a format."""
        return self._formats[format_name].render()


def sources_export(sources: Sequence[Source], record: Record, day: date) -> ListExportDialog:
    """Return a dialog that writes sources: as text with one citation per line, or as a bibliography file."""

    def text() -> str:
        return "".join(f"{citation(source, record)}\n" for source in sources)

    def bibliography(bibliography_format: BibliographyFormat) -> str:
        return bibliography_format.render(source_references(sources, record))

    formats = {"text": ListFile(".txt", text)}
    for name, bibliography_format in BIBLIOGRAPHIES.items():
        formats[name] = ListFile(bibliography_format.suffix, partial(bibliography, bibliography_format))
    title = tr("1 source") if len(sources) == 1 else tr("{count} sources", count=len(sources))
    return ListExportDialog(title, file_stem(record, "sources", day), formats, "sources")


def hits_export(history: History, event_filter: Filter) -> ListExportDialog:
    """Return a dialog that exports the hits of a search as a list, sorted by relevance."""
    formats = _list_files(lambda: event_listing(history, event_filter))
    return ListExportDialog(event_filter.text, file_stem(history.record, "events"), formats, "events")


def outcomes_export(snapshot: Snapshot, outcomes: Sequence[Outcome]) -> ListExportDialog:
    """Return a dialog that exports the outcomes of pending states as a list."""
    formats = _list_files(lambda: outcome_listing(snapshot.history, outcomes))
    title = tr("1 outcome") if len(outcomes) == 1 else tr("{count} outcomes", count=len(outcomes))
    return ListExportDialog(title, file_stem(snapshot.record, "outcomes", snapshot.day), formats, "outcomes")


def _list_files(build: Callable[[], Listing]) -> dict[str, ListFile]:
    """Return the file formats of a list. The list is built again for each export."""

    def render_as(name: str) -> str:
        return render_list(build(), name)

    return {
        name: ListFile(suffix, partial(render_as, name)) for name, suffix in suffixes(LIST_FORMATS).items()
    }
