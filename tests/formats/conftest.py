"""Fixtures for the tests of formats."""

import pytest

from kjtui.history.snapshot import History
from kjtui.record.store import load
from support.hostile import spoilt_tables
from support.stores import MakeStore, Tables


@pytest.fixture(params=["bridge", "mixed", "long", "empty"])
def any_history(
    request: pytest.FixtureRequest, bridge: History, tables: Tables, make_store: MakeStore
) -> History:
    """Return the history of the second record, or of a copy with hostile texts."""
    if request.param == "bridge":
        return bridge
    return History(load(make_store(spoilt_tables(tables, request.param))))
