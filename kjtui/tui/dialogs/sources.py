"""The sources behind the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kjtui.exports import labels
from kjtui.exports.addresses import web_address
from kjtui.record.model import Source
from kjtui.tui.commands import bindings
from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.dialog import Dialog, Hint


class SourcesDialog(Dialog[None]):
    """List the sources behind the day, numbered as in its export."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("sources")

    def __init__(self, sources: Sequence[Source]) -> None:
        super().__init__()
        self._sources = sources

    def compose(self) -> ComposeResult:
        """Compose an entry for each source."""
        with Vertical(classes="dialog reader"):
            yield Static(f"{len(self._sources)} sources", markup=False)
            yield ChoiceList(*(self._option(n, s) for n, s in enumerate(self._sources, 1)), markup=False)
            yield Hint("sources")

    def _option(self, number: int, source: Source) -> Option:
        marks = [
            source.kind,
            source.language,
            *(["machine translation"] if source.machine_translated else []),
        ]
        return Option(
            Content.assemble(
                (f"[{number}] ", "$accent"),
                f"{labels.published(source)}: {source.title}\n",
                (f"{', '.join(marks)} · {source.url}", "$line-dim"),
            )
        )

    @on(OptionList.OptionSelected)
    def open(self, event: OptionList.OptionSelected) -> None:
        """Open the address of the source in the browser."""
        if address := web_address(self._sources[event.option_index].url):
            self.app.open_url(address)
        else:
            self.notify("This source has no address", markup=False)

    def action_copy(self) -> None:
        """Copy the address of the source to the clipboard."""
        index = self.query_one(OptionList).highlighted
        if index is not None and self._sources[index].url:
            self.app.copy_to_clipboard(self._sources[index].url)
            taker = "browser" if self.app.is_web else "terminal"
            self.notify(f"Address sent to the {taker}'s clipboard", markup=False)
