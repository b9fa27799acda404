"""The benchmarks wait for certain texts. The tests check that the app still shows these texts."""

import pytest

from kjtui.history.snapshot import History
from kjtui.languages import speaking
from kjtui.record.store import default_stores, load
from kjtui.tui.app import KjtuiApp
from support.app import screen_text

pytest.importorskip("termios", reason="the benchmarks need a Unix terminal")

from benchmarks.programs import DAY, app
from benchmarks.terminal import COLUMNS, ROWS


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
async def test_the_first_screen_shows_the_texts_that_benchmarks_wait_for(language: str) -> None:
    awaited = app(DAY, language=language)
    with speaking(language):
        started = KjtuiApp(History(load(default_stores()[language])), DAY)
        async with started.run_test(size=(COLUMNS, ROWS)) as pilot:
            await pilot.pause()
            shown = screen_text(started)
            assert [text for text in (*awaited.painted, awaited.settled) if text not in shown] == []
