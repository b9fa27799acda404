"""Outcomes of pending states in the app.

Only outcomes use events after the displayed day. The headings of outcomes say so.
"""

from pathlib import Path
from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.widgets import Input

from kjtui.formats.lists.list_csv import render
from kjtui.formats.lists.outcome_list import outcome_listing
from kjtui.history.outcomes import outcomes_of
from kjtui.history.snapshot import History
from kjtui.tui.dialogs.document_reader import DocumentReader
from kjtui.tui.dialogs.outcomes_reader import OutcomesReader
from kjtui.tui.dialogs.track_reader import TrackReader
from kjtui.tui.main_screen import MainScreen
from support.app import Drive, main_screen, press, screen_text


def shown(app: App[None]) -> type[Screen[Any]]:
    return type(app.screen)


def read(app: App[None]) -> str:
    """Return the whole text of the dialog on screen."""
    reader = app.screen
    assert isinstance(reader, DocumentReader)
    lines = (reader.text.line(number) for number in range(reader.text.line_count()))
    return " ".join(" ".join("".join(text for text, _ in line) for line in lines).split())


async def test_the_outcomes_of_a_day_use_later_events_and_the_summary_says_so(driven: Drive) -> None:
    async with driven("2019-08-01", "o") as (app, pilot):
        assert shown(app) is OutcomesReader
        text = read(app)
        assert text.startswith("Outcomes of states pending on 1 Aug 2019 As known on 31 Dec 2025, the end")
        assert "delisted, Group B, proposed on 1 Jul 2019, no day set: took effect on 28 Aug 2019" in text
        await press(pilot, "escape")
        assert shown(app) is MainScreen


async def test_the_page_of_a_track_shows_later_outcomes_only_on_request(driven: Drive) -> None:
    async with driven("2019-08-01") as (app, pilot):
        main_screen(app).show_track("japan-list")
        await pilot.pause()
        page = read(app)
        assert "delisted, Group B, proposed on 1 Jul 2019, no day set: still open" in page
        assert "28 Aug 2019" not in page
        await press(pilot, "o")
        assert shown(app) is OutcomesReader
        assert "took effect on 28 Aug 2019" in read(app)
        assert "As known on 31 Dec 2025" in read(app)
        await press(pilot, "escape")
        assert shown(app) is TrackReader
        assert read(app) == page


async def test_the_page_of_a_track_lists_its_past_states_with_their_days(driven: Drive) -> None:
    async with driven("2023-04-14") as (app, pilot):
        main_screen(app).show_track("photoresist")
        await pilot.pause()
        assert "individual licence from 4 Jul 2019 to 19 Dec 2019: 169 days" in read(app)


async def test_the_palette_leads_to_the_outcomes(driven: Drive) -> None:
    for query in ("outcomes", "came of", "pending on the day"):
        async with driven("2019-08-01", "ctrl+p", *query) as (app, pilot):
            await pilot.pause(0.4)
            assert "What came of it" in screen_text(app), query


async def test_the_export_of_outcomes_is_the_list_of_the_command(
    history: History, driven: Drive, tmp_path: Path
) -> None:
    path = tmp_path / "outcomes.csv"
    async with driven("2019-08-01", "o", "e") as (app, pilot):
        app.screen.query_one(Input).value = str(path)
        day = main_screen(app).cursor.day
        await press(pilot, "enter")
        await pilot.pause()
    listing = outcome_listing(history, outcomes_of(history, day))
    assert path.read_bytes().decode() == render(listing)


async def test_a_comparison_says_how_long_each_state_held(driven: Drive) -> None:
    """Photoresist required individual licences for 169 days, from 4 July to 19 December 2019."""
    async with driven("2019-06-30", "c", "g", *"2019-12-31", "enter", "c") as (app, _):
        text = read(app)
    assert "bulk licence → 4 Jul 2019 individual licence (169 days)" in text
    assert "→ 20 Dec 2019 specific bulk licence (12 days so far)" in text


async def test_the_key_of_outcomes_switches_between_the_day_and_all_days(driven: Drive) -> None:
    async with driven("2019-08-01", "o", "o") as (app, pilot):
        every = read(app)
        assert every.startswith("Outcomes of all pending states")
        assert "lapsed, adopted on 23 Aug 2019 for 23 Nov 2019" in every
        await press(pilot, "o")
        assert read(app).startswith("Outcomes of states pending on 1 Aug 2019")


async def test_a_day_without_pending_states_has_no_list_of_sources(driven: Drive) -> None:
    async with driven("2018-11-05", "o") as (app, _):
        assert read(app).endswith("Nothing was pending.")
