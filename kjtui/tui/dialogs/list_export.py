"""Write listed sources to a file: as text, or as a bibliography for reference managers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from kjtui.documents.document import Document
from kjtui.files.atomic_write import ExportError
from kjtui.formats.bibliography import BIBLIOGRAPHIES, source_references
from kjtui.formats.citation import citation
from kjtui.languages import tr
from kjtui.record.model import Record, Source
from kjtui.tui.dialogs.export_dialog import ExportDialog
from kjtui.tui.state.exportable import Exportable


class SourcesExportDialog(ExportDialog):
    """Ask for a file, and write sources to it. The suffix decides the format."""

    def __init__(self, sources: Sequence[Source], record: Record, day: date) -> None:
        def build() -> Document:
            raise NotImplementedError("sources are no document")

        title = tr("1 source") if len(sources) == 1 else tr("{count} sources", count=len(sources))
        super().__init__(Exportable(title, f"kjtui-sources-{day}", (("", build),)))
        self._sources, self._record = sources, record

    @property
    def suffixes(self) -> Mapping[str, str]:
        """The available formats with their suffixes."""
        return {"text": ".txt"} | {name: known.suffix for name, known in BIBLIOGRAPHIES.items()}

    def format_of(self, path: Path) -> str:
        """Return the format with the suffix of a path. Raises ``ExportError`` for an unknown suffix."""
        for name, suffix in self.suffixes.items():
            if path.name.lower().endswith(suffix):
                return name
        if not path.suffix:
            return "text"
        endings = ", ".join(self.suffixes.values())
        raise ExportError(
            f"{path}: {tr('no format of sources has this ending; there are {endings}', endings=endings)}"
        )

    def render_as(self, format_name: str) -> str:
        """Return the sources in a format; text has one citation per line."""
        if format_name == "text":
            return "".join(f"{citation(source, self._record)}\n" for source in self._sources)
        return BIBLIOGRAPHIES[format_name].render(source_references(self._sources, self._record))

    def _first_name(self) -> str:
        """Return the default name in the folder of the last export. RIS unless the last export was text."""
        name = super()._first_name()
        try:
            self.format_of(Path(name))
        except ExportError:
            return str(Path(name).with_suffix(".ris"))
        return name
