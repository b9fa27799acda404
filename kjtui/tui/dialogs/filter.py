"""Which events to show."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kjtui.history.search import Filter, tracks_of
from kjtui.record.model import Record
from kjtui.tui.commands import bindings
from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.dialog import Dialog, Hint


class FilterDialog(Dialog[Filter | None]):
    """Ask for a track, a kind or an actor to filter by, in addition to the current filter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("filter")

    def __init__(self, record: Record, current: Filter) -> None:
        super().__init__()
        self._choices = list(_choices(record, current))

    def compose(self) -> ComposeResult:
        """Compose an entry for each filter, with the number of events it keeps."""
        with Vertical(classes="dialog reader"):
            yield Static("Show only events of", markup=False)
            yield ChoiceList(*(Option(Content(label)) for label, _ in self._choices), markup=False)
            yield Hint("filter")

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Return the chosen filter."""
        self.dismiss(self._choices[event.option_index][1])


def _choices(record: Record, current: Filter) -> list[tuple[str, Filter]]:
    """Return every filter that keeps an event, with its label."""
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
