"""What the tests share: the real record, a second record about something else, a store made for a test."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from kjtui.history.snapshot import History
from kjtui.record.model import Record
from kjtui.record.store import default_store, load

Tables = dict[str, dict[str, dict[str, Any]]]
MakeStore = Callable[[Tables], Path]

settings.register_profile("any machine", deadline=None)  # a slow one is no defect
settings.load_profile("any machine")

HERE = Path(__file__).parent
BRIDGE = HERE / "stores" / "bridge.json"


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that others may enter too, as they may not enter those that pytest makes for root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Without the rights of root, who may read and write everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


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
