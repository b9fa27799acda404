"""The app of the sample record and of the second record, opened on a day."""

import pytest

from kjtui.history.snapshot import History
from support.app import Drive, drive


@pytest.fixture
def driven(history: History) -> Drive:
    return drive(history)


@pytest.fixture
def driven_bridge(bridge: History) -> Drive:
    return drive(bridge)
