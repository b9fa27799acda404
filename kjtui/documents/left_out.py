"""Describe how many items a page omits, and name the command that prints them."""

from __future__ import annotations

from collections.abc import Iterable

from kjtui.documents.block_types import Omissions
from kjtui.languages import join_clauses, labelled, noted, tr


def left_out(name: str, count: int, minor: int = 0, *, begun: bool) -> str:
    """Return the name of a section with the number of its omitted items.

    If no item is omitted, return an empty text.

    Args:
        name: the name of the section.
        count: the number of omitted items except minor events.
        minor: the number of omitted minor events.
        begun: whether the page shows other items of the section.
    """
    if not count and not minor:
        return ""
    if begun:
        return noted(name, another(count, minor))
    return noted(name, _counted(count, minor))


def another(count: int, minor: int = 0) -> str:
    """Return a phrase for the number of further items, such as "another 3".

    If there are no further items, return an empty text.
    """
    return tr("another {count}", count=_counted(count, minor)) if count or minor else ""


def omissions(omitted: Iterable[str], command: str, *, apart: bool = True) -> Omissions:
    """Return a paragraph that names the omitted items and the command that prints them.

    Args:
        omitted: the names of sections, each with its number of omitted items.
        command: the command.
        apart: whether an empty line separates the paragraph from a list above it.
    """
    items = join_clauses(omitted)
    text = tr("Left out of this page: {items}", items=items)
    return Omissions((labelled(text, command),), apart=apart, items=text)


def _counted(count: int, minor: int) -> str:
    """Return the numbers of main items and of minor events as text."""
    if not minor:
        return tr("{count}", count=f"{count:,}")
    if not count:
        return tr("{minor} minor", minor=f"{minor:,}")
    return tr("{count} and {minor} minor", count=f"{count:,}", minor=f"{minor:,}")
