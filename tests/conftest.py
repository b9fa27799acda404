"""Shared fixtures: the sample record, the second record, and stores made for one test."""

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

settings.register_profile("any machine", deadline=None)  # tests must not fail on a slow machine
settings.load_profile("any machine")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests that cannot run on this machine, so that pytest does not report them as skipped."""
    missing = [item for item in items if not can_run(item)]
    if missing:
        config.hook.pytest_deselected(items=missing)
        items[:] = [item for item in items if item not in missing]


def can_run(item: pytest.Item) -> bool:
    """Return whether this machine has the system and the programs that the markers of a test require."""
    if item.get_closest_marker("posix") and os.name != "posix":
        return False
    return all(is_installed(name) for marker in item.iter_markers("needs") for name in marker.args)


def is_installed(name: str) -> bool:
    return bool(shutil.which(name) or importlib.util.find_spec(name))


@pytest.fixture(scope="session")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that holds a configuration folder for each test."""
    return tmp_path_factory.mktemp("users")


@pytest.fixture(autouse=True)
def own_configuration(users: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own, empty configuration folder. The folder of the real user is not used."""
    user = Path(tempfile.mkdtemp(dir=users))  # faster than pytest's mktemp, which lists all earlier folders
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
    """Return the history of the package's own record."""
    return History(load(default_store()))


@pytest.fixture
def bridge() -> History:
    """Return the history of the second record."""
    return History(load(BRIDGE))


@pytest.fixture
def tables() -> Tables:
    """Return the tables of the second record. A test may change them."""
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
    """Change to a folder that is empty except for a home folder, and return its path."""
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
    """Return a folder of compiled catalogues and translated stores, built from the repository."""
    from support.catalogues import build_catalogues  # it imports Babel, which is slow

    return build_catalogues(tmp_path_factory.mktemp("catalogues"))


@pytest.fixture
def all_languages(built_catalogues: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the package find the catalogues and stores of every language. Return to English after the test."""
    monkeypatch.setattr(languages, "LOCALES", built_catalogues)
    monkeypatch.setattr(store, "LOCALES", built_catalogues)
    languages._load.cache_clear()  # noqa: SLF001  # the cache may hold installed catalogues
    yield
    languages.use_language(languages.ENGLISH)
    languages._load.cache_clear()  # noqa: SLF001  # as above
