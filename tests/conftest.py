"""What the tests share: the real record, a second record about something else, a store made for a test."""

import json
from pathlib import Path

import pytest
from hypothesis import settings

from kjtui.history.snapshot import History
from kjtui.record.model import Record
from kjtui.record.store import default_store, load
from support.stores import BRIDGE, MakeStore, Tables

settings.register_profile("any machine", deadline=None)  # a slow one is no defect
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def own_configuration(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder for each test, so that none sees the reader's or another's."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return folder


@pytest.fixture(scope="session")
def record() -> Record:
    return load(default_store())


@pytest.fixture(scope="session")
def history(record: Record) -> History:
    return History(record)


@pytest.fixture
def bridge() -> History:
    return History(load(BRIDGE))


@pytest.fixture
def tables() -> Tables:
    """The tables of the second record, to be spoilt."""
    tables: Tables = json.loads(BRIDGE.read_text(encoding="utf-8"))
    return tables


@pytest.fixture
def make_store(tmp_path: Path) -> MakeStore:
    def make(tables: Tables) -> Path:
        path = tmp_path / "store.json"
        path.write_text(json.dumps(tables), encoding="utf-8")
        return path

    return make


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a home folder in it."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path
