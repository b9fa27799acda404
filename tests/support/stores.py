"""The stores that tests read, and folders to write in."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
BRIDGE = DATA / "bridge.json"
GOLDEN = DATA / "golden"

Tables = dict[str, dict[str, dict[str, Any]]]
MakeStore = Callable[[Tables], Path]


@contextmanager
def shared_folder() -> Iterator[Path]:
    """Yield a folder that other users may enter; those that pytest makes for root they may not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Drop the rights of root, who may read and write everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
