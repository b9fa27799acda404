"""Listed sources written from the app: as text and as bibliographies."""

from pathlib import Path

import pytest
from textual.widgets import Input

from kjtui.history.snapshot import History
from kjtui.tui.dialogs.sources_dialog import SourceList, SourcesDialog
from kjtui.tui.dialogs.sources_export import SourcesExportDialog
from support.app import (
    Drive,
    main_screen,
    press,
)


async def test_all_sources_follow_the_filter(history: History, driven: Drive) -> None:
    async with driven("2020-03-10", "S") as (app, pilot):
        everything = len(app.screen.query_one(SourceList).listed_sources())
        await press(pilot, "q", "f", *"gsomia", "enter", "S")
        assert isinstance(app.screen, SourcesDialog)
        listed = app.screen.query_one(SourceList).listed_sources()
        assert 0 < len(listed) < everything
        passed = [history.record.events[number] for number in main_screen(app).visible_events.passed]
        cited = {source for event in passed for source in event.sources}
        assert {source.id for source in listed} & cited
        assert all("gsomia" in {*event.touches, *(e.track for e in event.effects)} for event in passed)


@pytest.mark.parametrize(
    ("ending", "beginning"), [(".ris", "TY  - "), (".bib", "@"), (".csl.json", "["), (".txt", "")]
)
async def test_listed_sources_are_written_in_the_format_of_the_ending(
    driven: Drive, tmp_path: Path, ending: str, beginning: str
) -> None:
    path = tmp_path / f"footnotes{ending}"
    async with driven("2020-03-10", "S", "e") as (app, pilot):
        assert isinstance(app.screen, SourcesExportDialog)
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        await pilot.pause()
    assert path.read_text(encoding="utf-8").startswith(beginning)
    assert path.stat().st_size > 1_000
