"""The stores that tests read, and helpers for tests of access rights."""

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
"""The sample record, an abridged copy of ``data.json``. Later changes of ``data.json`` do not affect it."""
BRIDGE = DATA / "bridge.json"
"""The second record, a small record about a different subject."""
GOLDEN = DATA / "golden"

Tables = dict[str, dict[str, dict[str, Any]]]
"""The content of a store: for each table, a mapping from number to document."""
MakeStore = Callable[[Tables], Path]
"""A function that writes tables to a file and returns its path."""


def sample_record() -> Record:
    """Return the sample record without its file name, so that documents treat it as the package's record."""
    return replace(load(SAMPLE), store="")


@contextmanager
def shared_folder() -> Iterator[Path]:
    """Yield a temporary folder that other users may enter. They may not enter the folders of pytest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Run the context without root privileges, because root may access every file."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def file_state(path: Path) -> object:
    """Return the state of a path: first megabyte, time of change, size, mode, and names in its folder."""
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    content = b""
    if path.is_file():
        with path.open("rb") as file:
            content = file.read(1_000_000)
    return content, state.st_mtime_ns, state.st_size, state.st_mode, sorted(path.parent.iterdir())
