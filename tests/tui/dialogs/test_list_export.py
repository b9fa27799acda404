"""Exports of lists from the app: sources as text or bibliography, and the hits of a search."""

from pathlib import Path

import pytest
from textual.widgets import Input

from kjtui.history.snapshot import History
from kjtui.tui.dialogs.export_dialog import ExportDialog
from kjtui.tui.dialogs.hit_list import HitList
from kjtui.tui.dialogs.list_export import ListExportDialog
from kjtui.tui.dialogs.search_dialog import SearchDialog
from kjtui.tui.dialogs.sources_dialog import SourceList, SourcesDialog
from support.app import (
    Drive,
    main_screen,
    notices,
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
async def test_listed_sources_are_written_in_the_format_of_the_extension(
    driven: Drive, tmp_path: Path, ending: str, beginning: str
) -> None:
    path = tmp_path / f"footnotes{ending}"
    async with driven("2020-03-10", "S", "e") as (app, pilot):
        assert isinstance(app.screen, ListExportDialog)
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        await pilot.pause()
    assert path.read_text(encoding="utf-8").startswith(beginning)
    assert path.stat().st_size > 1_000


@pytest.mark.parametrize(("ending", "beginning"), [(".txt", "date "), (".csv", "id,date"), (".json", "{")])
async def test_the_hits_of_a_search_are_written_best_first(
    history: History, driven: Drive, tmp_path: Path, ending: str, beginning: str
) -> None:
    path = tmp_path / f"hits{ending}"
    async with driven("2020-03-10", "slash", *"gsomia", "ctrl+s") as (app, pilot):
        assert isinstance(app.screen, ListExportDialog)
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        await pilot.pause()
        assert isinstance(app.screen, SearchDialog)
        hits = app.screen.query_one(HitList).hits
    written = path.read_text(encoding="utf-8")
    assert written.startswith(beginning)
    positions = [written.index(history.record.events[index].id) for index in hits[:5]]
    assert positions == sorted(positions)


async def test_a_search_without_hits_writes_no_file(driven: Drive) -> None:
    async with driven("2020-03-10", "slash", *"xyzzy", "ctrl+s", notifications=True) as (app, _):
        assert isinstance(app.screen, SearchDialog)
        assert notices(app) == ["There are no hits to save."]


async def test_the_format_of_the_last_export_is_kept_for_each_kind_of_document(
    driven: Drive, tmp_path: Path
) -> None:
    async with driven("2020-03-10", "S", "e") as (_, pilot):

        def typed() -> Path:
            return Path(pilot.app.screen.query_one(Input).value)

        pilot.app.screen.query_one(Input).value = str(tmp_path / "sources.csl.json")
        await press(pilot, "enter")
        await pilot.pause()
        await press(pilot, "escape", "e")
        assert typed() == tmp_path / "kjtui-2020-03-10.txt"
        pilot.app.screen.query_one(Input).value = str(tmp_path / "day.md")
        await press(pilot, "enter")
        await pilot.pause()
        await press(pilot, "S", "e")
        assert typed() == tmp_path / "kjtui-sources-2020-03-10.csl.json"
        await press(pilot, "escape", "escape", "e")
        assert typed() == tmp_path / "kjtui-2020-03-10.md"


async def test_a_term_is_exported_in_every_format_that_it_has(
    history: History, driven: Drive, tmp_path: Path
) -> None:
    async with driven("2020-03-10") as (app, pilot):
        screen = main_screen(app)
        screen.show_term(history.record.terms["seko-hiroshige"])
        await pilot.pause()
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, ExportDialog)
        assert list(pilot.app.screen.suffixes.values()) == [".txt", ".md", ".html"]
        path = tmp_path / "seko.md"
        pilot.app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        await pilot.pause()
    assert "Seko" in path.read_text(encoding="utf-8")
