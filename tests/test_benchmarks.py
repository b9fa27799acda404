"""The benchmarks wait for certain texts. The tests check that the app still shows these texts."""

import pytest

from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from support.app import screen_text

pytest.importorskip("termios", reason="the benchmarks need a Unix terminal")

from benchmarks.programs import DAY, app
from benchmarks.terminal import COLUMNS, ROWS


async def test_the_first_screen_shows_the_texts_that_benchmarks_wait_for(history: History) -> None:
    awaited = app(DAY)
    started = KjtuiApp(history, DAY)
    async with started.run_test(size=(COLUMNS, ROWS)) as pilot:
        await pilot.pause()
        shown = screen_text(started)
        assert [text for text in (*awaited.painted, awaited.settled) if text not in shown] == []
