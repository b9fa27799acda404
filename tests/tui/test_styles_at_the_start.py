"""At the start, the styles of the panes are computed once, when the panes are mounted."""

from collections.abc import Iterable

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from kjtui.tui.terminal.guards import ScreenGuard
from support.app import NARROW, NORMAL, WIDE, Drive, main_screen


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW], ids=str)
async def test_the_styles_of_new_panes_are_final(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2021-05-20", size=size) as (app, pilot):
        await pilot.pause()
        screen = main_screen(app)
        nodes = list(screen.walk_children(with_self=True))
        at_start = [node.styles.css for node in nodes]
        screen.update_node_styles(animate=False)
        assert [node.styles.css for node in nodes] == at_start


async def test_the_screen_computes_no_styles_when_it_first_resumes(
    driven: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    updated: list[DOMNode] = []
    update = Stylesheet.update_nodes

    def recording(self: Stylesheet, nodes: Iterable[DOMNode], animate: bool = False) -> None:
        nodes = list(nodes)
        updated.extend(nodes)
        update(self, nodes, animate=animate)

    monkeypatch.setattr(Stylesheet, "update_nodes", recording)
    async with driven("2021-05-20") as (_, pilot):
        await pilot.pause()
        assert not any(isinstance(node, ScreenGuard) for node in updated)
