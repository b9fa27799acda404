"""The keys that a dialog shows in its hint can be tapped, because a phone has no keyboard."""

import pytest
from textual.pilot import Pilot

from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.document_reader import DocumentReader
from kjtui.tui.dialogs.event_reader import EventReader
from kjtui.tui.dialogs.sources_dialog import SourcesDialog
from kjtui.tui.dialogs.track_reader import TrackReader
from kjtui.words.wrap import cells
from support.app import Drive, main_screen, press, screen_text

PHONE = (45, 40)


async def tap(pilot: Pilot[None], label: str, *, at: int = 0) -> None:
    """Tap on a label of the hint, ``at`` cells to the right of the label's beginning."""
    hint = pilot.app.screen.query_one(Hint)
    rows = [str(line) for line in str(hint.render()).split("\n")]
    row = next(number for number, text in enumerate(rows) if label in text)
    before = rows[row].partition(label)[0]
    left = hint.content_region.x - hint.region.x
    await pilot.click(Hint, offset=(left + cells(before) + at, row + hint.content_region.y - hint.region.y))
    await pilot.pause()


async def test_an_open_event_is_no_dead_end_by_touch(driven: Drive) -> None:
    async with driven("2019-07-04", "enter", size=PHONE) as (app, pilot):
        reader = app.screen
        assert isinstance(reader, EventReader)
        first = reader.index
        await tap(pilot, "←→ event", at=1)
        later = reader.index
        assert later > first
        await tap(pilot, "←→ event", at=3)
        assert reader.index > later
        await tap(pilot, "←→ event")
        assert reader.index == later
        await tap(pilot, "←→ event")
        assert reader.index == first
        await tap(pilot, "s sources", at=4)
        assert isinstance(app.screen, SourcesDialog)
        await tap(pilot, "esc closes")
        await tap(pilot, "w track")
        assert isinstance(app.screen, TrackReader)
        await tap(pilot, "esc closes")
        await tap(pilot, "esc closes", at=5)
        assert app.screen is main_screen(app)


@pytest.mark.parametrize("key", ["L", "f", "g", "slash", "e", "S", "question_mark", "t", "B", "a", "w"])
async def test_every_dialog_closes_by_touch(driven: Drive, key: str) -> None:
    async with driven("2019-07-04", key, size=(80, 40)) as (app, pilot):
        assert app.screen is not main_screen(app)
        labels = [label for label, _ in app.screen.query_one(Hint)._entries()]  # noqa: SLF001  # of its own
        await tap(pilot, next(label for label in labels if label.startswith("esc")))
        assert app.screen is main_screen(app)


async def test_up_and_down_are_on_the_side_of_their_arrows(driven: Drive) -> None:
    async with driven("2019-07-04", "L", size=PHONE) as (app, pilot):
        found = app.screen.query_one("FoundList")
        before = found.highlighted  # type: ignore[attr-defined]  # an OptionList
        await tap(pilot, "↑↓ choose", at=7)
        assert found.highlighted == before + 1  # type: ignore[attr-defined]  # as above
        await tap(pilot, "↑↓ choose")
        assert found.highlighted == before  # type: ignore[attr-defined]  # as above


async def test_pages_of_the_help_open_by_touch(driven: Drive) -> None:
    async with driven("2019-07-04", "question_mark", size=(80, 40)) as (app, pilot):
        tabs = app.screen.query_one("#help-tabs")
        row = next(line for line in screen_text(app).split("\n") if "3 Search" in line)
        await pilot.click("#help-tabs", offset=(row.index("3 Search") - tabs.region.x, 0))
        await pilot.pause()
        shown = screen_text(app)
        await press(pilot, "1", "3")
        assert screen_text(app) == shown


async def test_the_outcomes_of_a_day_close_by_touch(driven: Drive) -> None:
    async with driven("2019-08-01", "o", size=PHONE) as (app, pilot):
        opened = app.screen
        assert isinstance(opened, DocumentReader)
        await tap(pilot, "esc closes")
        assert app.screen is main_screen(app)


@pytest.mark.parametrize("key", ["w", "enter", "S", "o", "L"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_a_hint_takes_two_rows_of_a_small_screen(
    driven: Drive, key: str, size: tuple[int, int]
) -> None:
    async with driven("2019-08-28", key, size=size) as (app, _):
        rows = str(app.screen.query_one(Hint).render()).split("\n")
        assert len(rows) <= 2
        assert rows[-1].endswith("esc closes")
        assert "? help" in rows[-1] or key == "L"


@pytest.mark.parametrize("key", ["w", "enter", "S", "o"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (45, 40)], ids=str)
async def test_a_page_has_the_whole_of_a_small_screen(driven: Drive, key: str, size: tuple[int, int]) -> None:
    async with driven("2019-08-28", key, size=size) as (app, _):
        assert (
            app.screen.query_one(".reader").size == size or app.screen.query_one(".reader").outer_size == size
        )


@pytest.mark.parametrize("keys", [("enter",), ("w",), ("w", "enter"), ("S",)], ids=str)
async def test_lines_of_a_page_are_short_enough_to_read(driven: Drive, keys: tuple[str, ...]) -> None:
    async with driven("2019-08-28", *keys, size=(200, 50)) as (app, _):
        assert app.screen.query_one("#sources" if keys == ("S",) else "#document").size.width <= 104
