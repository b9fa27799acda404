"""Unformatted lists, and functions that filter and sort their items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Annotated, Any, NamedTuple, TypeVar

from msgspec import Meta, Struct

from kjtui.find.filter import Filter
from kjtui.find.word_match import matches
from kjtui.formats.json.encoding import builtins
from kjtui.history.snapshot import History, Snapshot
from kjtui.languages import tr, tr_context
from kjtui.record.model import Event, Record

ItemT = TypeVar("ItemT")

AsOf = Annotated[date, Meta(description="the day from which the list is seen: nothing later is in it")]


class Column(NamedTuple):
    """A column of a list.

    Attributes:
        name: the name.
        text: a function that returns the text of the column for an item.
        context: the context in which the name is translated. Empty for none.
    """

    name: str
    text: Callable[[Any], str]
    context: str = ""

    @property
    def heading(self) -> str:
        """Return the name in the language of the interface."""
        return tr_context(self.context, self.name) if self.context else tr(self.name)


class Listing(NamedTuple):
    """An unformatted list.

    Attributes:
        noun: the name of the items in the plural.
        items: the items as JSON structs.
        columns: the columns of the text and Markdown formats. The texts of the last column can be long.
        fields: the columns of the CSV format. A string is the name of a field of the items.
        whole: the JSON struct of the whole list, with the metadata of the record.
        rows: the values for the rows of the text and Markdown formats; ``None`` to use ``items``.
    """

    noun: str
    items: list[Any]
    columns: tuple[Column, ...]
    fields: tuple[str | Column, ...]
    whole: Struct
    rows: list[Any] | None = None

    def text_rows(self) -> list[list[str]]:
        """Return the rows of the text and Markdown formats. Each row is a list of cells."""
        items = self.items if self.rows is None else self.rows
        return [[column.text(item) for column in self.columns] for item in items]


def named_first(query: str, items: list[ItemT], names: Callable[[ItemT], Iterable[str]]) -> list[ItemT]:
    """Sort items so that matches in the name precede matches in other texts."""
    if not query:
        return items
    return sorted(items, key=lambda item: not matches(query, names(item)))


def seen_from(history: History, event_filter: Filter) -> Snapshot:
    """Return the snapshot of a filter's last day. If it is not set, use the last day of the record."""
    return history.snapshot(event_filter.last or history.last_day)


def strings(item: Struct) -> list[str]:
    """Return all texts and numbers in the fields of an item. For a field that is true, return its name."""
    return list(_strings(builtins(item)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            if item is True:
                yield str(name)
            else:
                yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def any_fits(events: Iterable[Event], filters: Iterable[Filter], record: Record) -> bool:
    """Return whether one event matches all positive filters, and all events match all negated filters.

    If there are no positive filters, the first condition is always met.
    """
    events, filters = tuple(events), tuple(filters)
    needed = [event_filter for event_filter in filters if not event_filter.negated]
    negated = [event_filter for event_filter in filters if event_filter.negated]
    if not all(event_filter.fits(event, record) for event_filter in negated for event in events):
        return False
    if not needed:
        return True
    return any(all(event_filter.fits(event, record) for event_filter in needed) for event in events)
