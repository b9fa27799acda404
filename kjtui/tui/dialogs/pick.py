"""Lists to pick from: sources, and what to limit the timeline to."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kjtui.exports import labels
from kjtui.exports.addresses import web_address
from kjtui.history.search import Filter, tracks_of
from kjtui.record.model import Record, Source
from kjtui.tui.dialogs.dialog import Dialog


class _List(OptionList):
    """A list that moves by letters, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(KeyError):  # raised by Textual 8.2.8 for a list that was not laid out yet
            super()._move_page(direction)


class SourcesDialog(Dialog[None]):
    """The sources behind what is on screen, numbered as in the export of the day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,s", "dismiss(None)", "Close"),
        Binding("y", "copy", "Copy address"),
    ]

    def __init__(self, sources: Sequence[Source]) -> None:
        super().__init__()
        self._sources = sources

    def compose(self) -> ComposeResult:
        """One entry each."""
        with Vertical(classes="dialog reader"):
            yield Static(f"{len(self._sources)} sources", markup=False)
            yield _List(*(self._option(n, s) for n, s in enumerate(self._sources, 1)), markup=False)
            yield Static(
                "enter opens in the browser · y copies the address · esc", classes="hint", markup=False
            )

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
        """Open the address in the browser."""
        if address := web_address(self._sources[event.option_index].url):
            self.app.open_url(address)
        else:
            self.notify("This source has no address", markup=False)

    def action_copy(self) -> None:
        """Hand the address to the terminal."""
        index = self.query_one(OptionList).highlighted
        if index is not None and self._sources[index].url:
            self.app.copy_to_clipboard(self._sources[index].url)
            taker = "browser" if self.app.is_web else "terminal"
            self.notify(f"Address sent to the {taker}'s clipboard", markup=False)


class FilterDialog(Dialog[Filter | None]):
    """What to limit the timeline to: a track, a kind, an actor, each added to what is set already."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f", "dismiss(None)", "Close")]

    def __init__(self, record: Record, current: Filter) -> None:
        super().__init__()
        self._choices = list(_choices(record, current))

    def compose(self) -> ComposeResult:
        """One entry for each limit, with how many events it leaves."""
        with Vertical(classes="dialog reader"):
            yield Static("Show only events of", markup=False)
            yield _List(*(Option(Content(label)) for label, _ in self._choices), markup=False)
            yield Static("enter limits the timeline · esc", classes="hint", markup=False)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        self.dismiss(self._choices[event.option_index][1])


def _choices(record: Record, current: Filter) -> list[tuple[str, Filter]]:
    """Every limit that leaves something, named, with the filter it gives."""
    tracks = {track for event in record.events for track in tracks_of(event)}
    limits = [
        (track.name, current._replace(track=track.id))
        for track in record.tracks.values()
        if track.id in tracks
    ]
    kinds = sorted({event.kind for event in record.events})
    limits += [(f"kind: {kind}", current._replace(kind=kind)) for kind in kinds]
    limits += [(f"by {name}", current._replace(actor=code)) for code, name in record.dataset.actors.items()]
    counted = [(name, limit, sum(map(limit.fits, record.events))) for name, limit in limits]
    everything = [("everything", Filter())] if current else []
    return everything + [(f"{name} ({count})", limit) for name, limit, count in counted if count]
