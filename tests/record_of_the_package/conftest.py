"""The record that the package ships: a correction of it can fail tests of this folder only."""

import pytest

from kjtui.history.snapshot import History
from kjtui.record.store import load
from support.stores import ROOT


@pytest.fixture(scope="session")
def package_history() -> History:
    """Return the history of the record that the package ships."""
    return History(load(ROOT / "data.json"))
