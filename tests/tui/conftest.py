"""The app of the sample record, opened on a day."""

import pytest

from kjtui.history.snapshot import History
from support.app import Drive, drive


@pytest.fixture
def driven(history: History) -> Drive:
    return drive(history)
