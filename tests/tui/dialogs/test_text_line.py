"""The input lines of dialogs. Long pastes are truncated, and characters that cannot be typed are removed."""

import pytest
from textual import events
from textual.widgets import Input

from kjtui.tui.dialogs.text_line import MAX_LINE
from support.app import Drive

LINES = {"search": ["/"], "filter": ["f"], "meetings": ["L"], "palette": ["ctrl+p"]}


@pytest.mark.parametrize("keys", LINES.values(), ids=LINES)
async def test_a_pasted_megabyte_is_cut(keys: list[str], driven: Drive) -> None:
    async with driven("2020-03-10", *keys) as (app, pilot):
        app.screen.query_one(Input).focus()
        app.post_message(events.Paste("e " * 500_000))
        await pilot.pause()
        assert app.screen.query_one(Input).value == ("e " * 500)
        assert MAX_LINE == 1000


async def test_a_paste_after_typed_text_is_cut_to_the_room_left(driven: Drive) -> None:
    async with driven("2020-03-10", "g", *"2020") as (app, pilot):
        app.post_message(events.Paste("x" * 100))
        await pilot.pause()
        assert app.screen.query_one(Input).value == "2020" + "x" * 56


@pytest.mark.parametrize(
    "pasted", ["\u200e2020-02-28\u200f", "\n2020-02-28\r\nmore", "\u202a2020-02-28\u202c"]
)
async def test_a_paste_loses_invisible_characters(pasted: str, driven: Drive) -> None:
    async with driven("2020-03-10", "g") as (app, pilot):
        app.post_message(events.Paste(pasted))
        await pilot.pause()
        assert app.screen.query_one(Input).value == "2020-02-28"
