"""The sources of an event, a track, a meeting or the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from kjtui.documents.layout import Passage
from kjtui.find.word_match import matches
from kjtui.formats.citation import citation
from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot, sources_of
from kjtui.languages import join_items, labelled, tr
from kjtui.record.model import Event, Source
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.narrowed_dialog import NarrowedDialog, NarrowingLine
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.dialogs.passage_list import PassageList
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.paint.line_pane import Line
from kjtui.tui.state.clipboard import copy_line
from kjtui.tui.terminal.browser import open_address
from kjtui.words import labels, source_words
from kjtui.words.addresses import web_address
from kjtui.words.wrap import cells, fit, wrap


class SourceGroup(NamedTuple):
    """The title of an item, and its sources."""

    title: str
    sources: tuple[Source, ...]


def event_group(event: Event, snapshot: Snapshot) -> SourceGroup:
    """Return the sources of an event, including the sources of each version in a disagreement."""
    sources = snapshot.record.sources
    cited = tuple(sources[identity] for identity in sources_of(event, snapshot))
    return SourceGroup(labels.dated_title(event), cited)


def status_group(standing: Standing, snapshot: Snapshot) -> Iterator[SourceGroup]:
    """Yield the sources of the events that set a track's state, last day and pending states, newest first.

    The sources of an initial state come last.
    """
    events = {entry.event.id: entry.event for entry in standing.pending}
    for reason in (standing.because, standing.until_by):
        if reason:
            events[reason.id] = reason
    for event in sorted(events.values(), key=lambda event: event.day, reverse=True):
        yield event_group(event, snapshot)
    if not standing.because:
        yield initial_group(standing, snapshot)


def initial_group(standing: Standing, snapshot: Snapshot) -> SourceGroup:
    """Return the sources of a track's initial state, which precedes its first event."""
    sources = snapshot.record.sources
    track = standing.track
    return SourceGroup(
        tr("{name}, initial status", name=track.name),
        tuple(sources[identity] for identity in track.initial.sources),
    )


def day_groups(sources: Sequence[Source], snapshot: Snapshot) -> list[SourceGroup]:
    """Group the sources of a day by the event that cites them, newest event first.

    Sources of initial states follow, then sources of facts and figures.
    """
    day_source_ids = {source.id for source in sources}
    citing = [event_group(event, snapshot) for event in reversed(snapshot.events)]
    citing += [initial_group(standing, snapshot) for standing in snapshot.standings]
    groups = []
    cited: set[str] = set()
    for group in citing:
        of_the_day = tuple(source for source in group.sources if source.id in day_source_ids)
        if of_the_day:
            groups.append(group._replace(sources=of_the_day))
            cited.update(source.id for source in of_the_day)
    others = tuple(source for source in sources if source.id not in cited)
    if others:
        groups.append(SourceGroup(tr("Facts and figures"), others))
    return groups


class SourceList(PassageList):
    """Sources grouped under the titles of the items that cite them."""

    DEFAULT_CSS = "SourceList { height: 1fr; overflow-y: scroll; }"

    def __init__(self, groups: Sequence[SourceGroup], snapshot: Snapshot, numbered: Sequence[Source]) -> None:
        super().__init__(id="sources")
        self._groups, self._snapshot = groups, snapshot
        self._all = bool(numbered)
        listed = [source for group in groups for source in group.sources]
        self._total = len({source.id for source in listed})
        distinct = dict.fromkeys(source.id for source in (*numbered, *listed))
        self._numbers = {identity: number for number, identity in enumerate(distinct, 1)}
        self._query = ""

    def narrow(self, query: str) -> None:
        """List the sources that contain every word of a query."""
        self._query = query.strip()
        self.show()

    def listed_sources(self) -> list[Source]:
        """Return the listed sources without duplicates."""
        listed = [source for group in self._found() for source in group.sources]
        return list({source.id: source for source in listed}.values())

    def summary(self) -> str:
        """Return a line with the number of sources."""
        total = self._total
        if self._query:
            found_ids = {source.id for group in self._found() for source in group.sources}
            return tr("{count} of {total} sources", count=len(found_ids), total=total)
        if len(self._groups) == 1:
            return tr("1 source") if total == 1 else tr("{total} sources", total=total)
        if not self._all:
            return tr("{total} sources, by event, newest first", total=total)
        return tr(
            "{total} sources up to {day}, the newest event first; numbered as in the export",
            total=total,
            day=day_text(self._snapshot.day),
        )

    def compose_passages(self, width: int) -> Iterator[Passage]:
        """Compose titles and sources."""
        text_width = max(width - 2, 1)
        for group_index, group in enumerate(self._found()):
            titles: list[Line] = [()] if group_index else []
            titles += [((f" {row}", "strong"),) for row in wrap(group.title, text_width)]
            yield Passage(tuple(titles))
            for source in group.sources:
                yield self._source(source, text_width)
        if self._query and not self._items:
            yield Passage((((f" {tr('none found')}", "dim"),),))

    def _found(self) -> Iterator[SourceGroup]:
        for group in self._groups:
            sources = tuple(source for source in group.sources if self._holds(group.title, source))
            if sources:
                yield group._replace(sources=sources)

    def _holds(self, title: str, source: Source) -> bool:
        """Return whether a source, or the title of the item that cites it, matches the query."""
        names = (source.publisher, *self._snapshot.record.dataset.aliases.get(source.publisher, ()))
        kinds = (source.kind, labels.spoken(source.kind))
        texts = (title, *names, source.title, str(source.date or ""), *kinds, source.url)
        return matches(self._query, texts)

    def _source(self, source: Source, text_width: int) -> Passage:
        prefix = f" [{self._numbers[source.id]}] "
        published = source_words.published(source)
        late = source_words.published(source, self._snapshot.day)[len(published) :]
        indent = " " * cells(prefix)
        first, *further_rows = wrap(
            labelled(published, source_words.title(source)),
            max(text_width - cells(prefix), 8),
        ) or [""]
        lines: list[Line] = [((prefix, "dim"), (first, ""))]
        lines += [((f"{indent}{row}", ""),) for row in further_rows]
        if late:
            lines.append(((f"{indent}{fit(late.strip(), max(text_width - cells(indent), 0))}", "warning"),))
        kind = join_items((labels.spoken(source.kind), source_words.language_name(source.language)))
        about = f"{kind} · {source.url or tr('no address')}"
        lines.append(((f"{indent}{fit(about, max(text_width - cells(indent), 0))}", "dim"),))
        return Passage(tuple(lines), sources=(source.id,))


class SourcesDialog(NarrowedDialog[None]):
    """List sources, grouped by the items that cite them.

    The user can open a source, copy its address or a citation, and filter the list.

    Args:
        groups: The sources of each item.
        snapshot: The snapshot of the day. Sources published after the day are marked.
        numbered: The sources of the document, if any, in the order of their numbers. Sources that are not in
            the document get the numbers after these.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("sources")
    HINTS = ("sources",)
    LIST = "SourceList"

    def __init__(
        self, groups: Sequence[SourceGroup], snapshot: Snapshot, numbered: Sequence[Source] = ()
    ) -> None:
        super().__init__()
        self._record, self._day = snapshot.record, snapshot.day
        self._list = SourceList(groups, snapshot, numbered)

    def compose(self) -> ComposeResult:
        """Compose the number of sources, the list, and the filter input."""
        with Vertical(classes="dialog reader"):
            yield Static(f" {self._list.summary()}", classes="count", markup=False)
            yield self._list
            yield NarrowingLine(tr("words of title, publisher or event"))
            yield Hint(*self.HINTS)

    def narrow(self, query: str) -> None:
        """List the sources that contain every word of a query."""
        self._list.narrow(query)
        self.query_one(".count", Static).update(f" {self._list.summary()}")

    def action_export(self) -> None:
        """Write the listed sources as text, or as a bibliography for a reference manager."""
        from kjtui.tui.dialogs.list_export import sources_export

        sources = self._list.listed_sources()
        open_screen(self, sources_export(sources, self._record, self._day))

    @on(PassageList.OpenRequested)
    def action_open(self) -> None:
        """Open the address of the source in the browser."""
        source = self._selected()
        if source and (address := web_address(source.url)):
            otherwise = tr("{key} copies the address", key=key_of(self.app, "sources.copy"))
            open_address(self.app, address, otherwise=otherwise)
        elif source:
            self.notify(tr("This source has no address"), markup=False)

    def action_copy_address(self) -> None:
        """Copy the address of the source to the clipboard."""
        source = self._selected()
        if source and source.url:
            copy_line(self.app, source.url, tr("Address"))
        elif source:
            self.notify(tr("This source has no address"), markup=False)

    def action_copy_citation(self) -> None:
        """Copy a plain-text citation of the source to the clipboard."""
        if source := self._selected():
            copy_line(self.app, citation(source, self._record), tr("Citation"))

    def _selected(self) -> Source | None:
        passage = self._list.selected_passage
        return self._record.sources[passage.sources[0]] if passage else None
