"""If a test runs a command in the test process, the command reads the sample record by default."""

import pytest

from support.stores import SAMPLE


@pytest.fixture(autouse=True)
def sample_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kjtui.cli.request.default_store", lambda language="en": SAMPLE)
    monkeypatch.setattr("kjtui.record.store.default_store", lambda language="en": SAMPLE)
