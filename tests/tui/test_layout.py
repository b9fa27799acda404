"""Pictures of the whole screen at three sizes. Review the pictures after `pytest --snapshot-update`."""

from typing import Protocol

import pytest

from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from support.app import NARROW, NORMAL, WIDE, app_on


class Compare(Protocol):
    """The type of the fixture of pytest-textual-snapshot."""

    def __call__(self, app: KjtuiApp, *, terminal_size: tuple[int, int], press: list[str]) -> bool: ...


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, bridge: History, size: tuple[int, int]) -> None:
    app = app_on(bridge, "2021-05-20")
    assert snap_compare(app, terminal_size=size, press=["down", "up"])
