"""The stores that tests read, and access rights for tests that run as root."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kjtui.record.model import Record
from kjtui.record.store import load

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
SAMPLE = DATA / "sample.json"
"""The record that tests of the code read: abridged, and independent of corrections of ``data.json``."""
BRIDGE = DATA / "bridge.json"
"""The second record, a small record about another subject."""
GOLDEN = DATA / "golden"

Tables = dict[str, dict[str, dict[str, Any]]]
"""The content of a store: its tables, and their documents by number."""
MakeStore = Callable[[Tables], Path]
"""Write tables to a file and return its path."""


def sample_record() -> Record:
    """Return the sample record without a file name; documents then name it like the record of the package."""
    return replace(load(SAMPLE), store="")


@contextmanager
def shared_folder() -> Iterator[Path]:
    """Yield a folder that other users may enter; pytest's own folders belong to its user alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Give up the rights of root, which include reading and writing every file."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def file_state(path: Path) -> object:
    """Return the state that reading must not change: first megabyte, times, size, mode and folder."""
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    content = b""
    if path.is_file():
        with path.open("rb") as file:
            content = file.read(1_000_000)
    return content, state.st_mtime_ns, state.st_size, state.st_mode, sorted(path.parent.iterdir())
