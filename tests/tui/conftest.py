"""Fixtures that open the app at a day, with the sample record or with the second record."""

import pytest

from kjtui.history.snapshot import History
from support.app import Drive, drive


@pytest.fixture
def driven(history: History) -> Drive:
    return drive(history)


@pytest.fixture
def driven_bridge(bridge: History) -> Drive:
    return drive(bridge)
