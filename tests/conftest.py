"""Fixtures that tests share: the sample record, the second record, and stores made for a test."""

import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kjtui import languages
from kjtui.history.snapshot import History
from kjtui.record import store
from kjtui.record.model import Record
from kjtui.record.store import default_store, load
from support.hangul import Hangul
from support.stores import BRIDGE, MakeStore, Tables, sample_record

settings.register_profile("any machine", deadline=None)  # a slow machine is not a defect
settings.load_profile("any machine")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests that cannot run here, so that they are reported neither as run nor as skipped."""
    missing = [item for item in items if not can_run(item)]
    if missing:
        config.hook.pytest_deselected(items=missing)
        items[:] = [item for item in items if item not in missing]


def can_run(item: pytest.Item) -> bool:
    """Return whether the system and the installed programs meet the markers of a test."""
    if item.get_closest_marker("posix") and os.name != "posix":
        return False
    return all(is_installed(name) for marker in item.iter_markers("needs") for name in marker.args)


def is_installed(name: str) -> bool:
    return bool(shutil.which(name) or importlib.util.find_spec(name))


@pytest.fixture(scope="session")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the user who runs the tests."""
    return tmp_path_factory.mktemp("users")


@pytest.fixture(autouse=True)
def own_configuration(users: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty configuration folder instead of the folder of the user."""
    user = Path(tempfile.mkdtemp(dir=users))  # pytest's mktemp lists all folders made before
    for name in ("CONFIG", "DATA", "STATE"):
        folder = user / name.lower()
        folder.mkdir()
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return user / "config"


@pytest.fixture(scope="session")
def record() -> Record:
    """Return the sample record."""
    return sample_record()


@pytest.fixture(scope="session")
def history(record: Record) -> History:
    return History(record)


@pytest.fixture(scope="session")
def package_history() -> History:
    """Return the history of the record that the package ships."""
    return History(load(default_store()))


@pytest.fixture
def bridge() -> History:
    """Return the history of the second record."""
    return History(load(BRIDGE))


@pytest.fixture
def tables() -> Tables:
    """Return the tables of the second record, for a test to change."""
    tables: Tables = json.loads(BRIDGE.read_text(encoding="utf-8"))
    return tables


@pytest.fixture
def make_store(tmp_path: Path) -> MakeStore:
    """Return a function that writes tables to a file."""

    def make(tables: Tables) -> Path:
        path = tmp_path / "store.json"
        path.write_text(json.dumps(tables), encoding="utf-8")
        return path

    return make


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty current folder with a home folder in it."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def hangul(monkeypatch: pytest.MonkeyPatch) -> None:
    """Translate every message into Hangul of about the same width."""
    monkeypatch.setattr(languages, "_catalogue", Hangul())
    monkeypatch.setattr(languages, "_current", "ko")


@pytest.fixture(scope="session")
def built_catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of compiled catalogues and translated stores, independent of the installation."""
    from support.catalogues import build_catalogues  # Babel loads slowly, and few tests need it

    return build_catalogues(tmp_path_factory.mktemp("catalogues"))


@pytest.fixture
def all_languages(built_catalogues: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the package find catalogues and stores of every language; speak English again afterwards."""
    monkeypatch.setattr(languages, "LOCALES", built_catalogues)
    monkeypatch.setattr(store, "LOCALES", built_catalogues)
    languages._load.cache_clear()  # noqa: SLF001  # it may hold installed catalogues
    yield
    languages.use_language(languages.ENGLISH)
    languages._load.cache_clear()  # noqa: SLF001  # as above
