"""The keys of vi and pagers work in every pane and reader: space, ctrl+d, ctrl+u, g and G."""

import pytest

from kjtui.tui.app import KjtuiApp
from support.app import NORMAL, Drive, lines, press

SHORT = (60, 12)
READERS = [("1", "enter"), ("w",), ("3", "enter"), ("S",), ("o",), ("question_mark", "1")]
PANES = [("1",), ("2", "z"), ("3",)]


def scrolled(app: KjtuiApp) -> float:
    assert app.focused is not None
    return app.focused.scroll_offset.y


@pytest.mark.parametrize("keys", [*PANES, *READERS], ids=" ".join)
async def test_space_and_control_keys_page(driven: Drive, keys: tuple[str, ...]) -> None:
    async with driven("2020-03-10", *keys, *["ctrl+u"] * 3, size=SHORT) as (app, pilot):
        start = scrolled(app)
        for key in ("space", "ctrl+d"):
            await press(pilot, key)
            assert scrolled(app) > start
            await press(pilot, "ctrl+u")
            assert scrolled(app) == start


@pytest.mark.parametrize("keys", READERS, ids=" ".join)
async def test_g_twice_and_capital_g_go_to_the_ends_of_a_reader(driven: Drive, keys: tuple[str, ...]) -> None:
    async with driven("2020-03-10", *keys, "G", size=SHORT) as (app, pilot):
        assert app.focused is not None
        assert scrolled(app) == app.focused.max_scroll_y > 0
        await press(pilot, "g", "g")
        assert scrolled(app) == 0


async def test_a_page_of_the_timeline_names_a_month_once(driven: Drive) -> None:
    async with driven("2019-07-04", "space", size=NORMAL) as (app, _):
        rows = lines(app, "timeline")
        assert rows[0].startswith("  Jul ")
        assert not rows[1].startswith("  Jul ")
