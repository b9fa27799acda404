"""The dialog of a comparison.

The digit keys scroll to the sections. A search finds only events between the two days.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from textual.binding import BindingType

from kjtui.documents.comparison_document import SECTIONS, comparison_document
from kjtui.find.filter import Filter
from kjtui.history.compare import Comparison
from kjtui.languages import tr
from kjtui.tui.dialogs.document_reader import DocumentReader, OpenPassage
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.state.exportable import export_comparison


class ComparisonReader(DocumentReader):
    """Show a comparison in full."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("comparison")
    HINTS = ("comparison", "document")

    def __init__(self, comparison: Comparison, open_passage: OpenPassage) -> None:
        document = comparison_document(comparison, full=True)
        super().__init__(document, comparison.after, open_passage, export_comparison(comparison))
        self._comparison = comparison

    @property
    def search_filter(self) -> Filter:
        """Return a filter for the events after the first day, up to and including the second day."""
        first = self._comparison.before.day + timedelta(days=1)
        return Filter(first=first, last=self._comparison.after.day)

    def action_section(self, section_number: int) -> None:
        """Scroll to a section."""
        name = tr(SECTIONS[section_number - 1])
        if not self.text.show_section(name):
            self.notify(tr("{name}: nothing between these days.", name=name), markup=False)
