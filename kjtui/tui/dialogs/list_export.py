"""Write a list to a file: sources, also for reference managers, or the hits of a search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kjtui.documents.document import Document
from kjtui.files.atomic_write import ExportError
from kjtui.find.filter import Filter
from kjtui.formats.bibliography import BIBLIOGRAPHIES, BibliographyFormat, source_references
from kjtui.formats.citation import citation
from kjtui.formats.lists.event_list import event_listing
from kjtui.formats.lists.list_text import LIST_FORMATS, ListFormat
from kjtui.formats.lists.run_list import outcome_listing
from kjtui.history.outcomes import Outcome
from kjtui.history.snapshot import History, Snapshot
from kjtui.languages import tr
from kjtui.record.model import Record, Source
from kjtui.tui.dialogs.export_dialog import ExportDialog
from kjtui.tui.state.exportable import Exportable


class ListFile(NamedTuple):
    """A format of a list: the suffix of its files, and the function that returns the text."""

    suffix: str
    render: Callable[[], str]


class ListExportDialog(ExportDialog):
    """Ask for a file, and write a list to it. The suffix decides the format.

    Args:
        title: The title of the list.
        stem: The default file name without the suffix.
        formats: The formats by name.
        kind: The kind of list, whose last format is offered again.
    """

    def __init__(self, title: str, stem: str, formats: Mapping[str, ListFile], kind: str) -> None:
        def build() -> Document:
            raise NotImplementedError("a list is no document")

        super().__init__(Exportable(title, stem, (("", build),), kind))
        self._formats = formats

    @property
    def suffixes(self) -> Mapping[str, str]:
        """The available formats with their suffixes."""
        return {name: known.suffix for name, known in self._formats.items()}

    def format_of(self, path: Path) -> str:
        """Return the format with the suffix of a path. Raises ``ExportError`` for an unknown suffix."""
        for name, suffix in self.suffixes.items():
            if path.name.lower().endswith(suffix):
                return name
        if not path.suffix:
            return "text"
        message = tr(
            "no format of lists has the ending {suffix}; there are {suffixes}",
            suffix=path.suffix,
            suffixes=", ".join(self.suffixes.values()),
        )
        raise ExportError(f"{path}: {message}")

    def render_as(self, format_name: str) -> str:
        """Return the list in a format."""
        return self._formats[format_name].render()


def sources_export(sources: Sequence[Source], record: Record, day: date) -> ListExportDialog:
    """Return a dialog that writes sources as text, one citation per line, or as a bibliography."""

    def text() -> str:
        return "".join(f"{citation(source, record)}\n" for source in sources)

    def bibliography(known: BibliographyFormat) -> str:
        return known.render(source_references(sources, record))

    formats = {"text": ListFile(".txt", text)}
    for name, known in BIBLIOGRAPHIES.items():
        formats[name] = ListFile(known.suffix, partial(bibliography, known))
    title = tr("1 source") if len(sources) == 1 else tr("{count} sources", count=len(sources))
    return ListExportDialog(title, f"kjtui-sources-{day}", formats, "sources")


def hits_export(history: History, wanted: Filter) -> ListExportDialog:
    """Return a dialog that writes the events of a search, best first, in a format of lists."""

    def listing(known: ListFormat) -> str:
        return known.render(event_listing(history, wanted))

    formats = {name: ListFile(known.suffix, partial(listing, known)) for name, known in LIST_FORMATS.items()}
    return ListExportDialog(wanted.text, "kjtui-events", formats, "events")


def outcomes_export(snapshot: Snapshot, found: Sequence[Outcome]) -> ListExportDialog:
    """Return a dialog that writes the outcomes of pending states in a format of lists."""

    def listing(known: ListFormat) -> str:
        return known.render(outcome_listing(snapshot.history, found))

    formats = {name: ListFile(known.suffix, partial(listing, known)) for name, known in LIST_FORMATS.items()}
    title = tr("1 outcome") if len(found) == 1 else tr("{count} outcomes", count=len(found))
    return ListExportDialog(title, f"kjtui-outcomes-{snapshot.day}", formats, "outcomes")
