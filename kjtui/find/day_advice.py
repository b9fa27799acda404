"""Recognize a query that is a day. The search for events does not cover days."""

from __future__ import annotations

from datetime import date

from kjtui.find.day_parser import parse_days
from kjtui.find.goto import span
from kjtui.history.snapshot import History


def typed_days(text: str, history: History, today: date) -> tuple[date, ...]:
    """Return the days that a query can mean. Empty if the query is not a day within the record.

    A query such as ``+30`` counts from the latest change, as in commands.
    """
    try:
        return parse_days(text, span(history, history.latest_change), today)
    except ValueError:
        return ()
