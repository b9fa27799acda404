"""Opening items with enter, saving pictures from the palette, and the keys in the footer."""

from pathlib import Path

import pytest

from kjtui.tui.dialogs.sources_dialog import SourcesDialog
from kjtui.tui.dialogs.track_reader import TrackReader
from support.app import NORMAL, WIDE, Drive, notices, screen_text


async def test_enter_on_a_requirement_lists_its_sources_and_the_hint_says_so(driven: Drive) -> None:
    async with driven("2019-07-04", "w", size=NORMAL) as (app, pilot):
        reader = app.screen
        assert isinstance(reader, TrackReader)
        chosen = reader.text.selected_passage
        assert chosen is not None
        while chosen.event or chosen.track or not chosen.sources:
            await pilot.press("down")
            chosen = reader.text.selected_passage
            assert chosen is not None
        await pilot.pause()
        assert "⏎ lists its sources" in screen_text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, SourcesDialog)


@pytest.mark.parametrize("opened", [(), ("enter",)], ids=["panes", "reader"])
async def test_the_palette_saves_a_picture_in_the_current_folder(
    driven: Drive, opened: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driven("2019-07-04", *opened, "ctrl+p", *"screenshot", notifications=True) as (app, pilot):
        await pilot.pause(0.5)
        assert "ctrl+p" not in screen_text(app)
        await pilot.press("enter")
        await pilot.pause(0.6)
        (picture,) = tmp_path.glob("*.svg")
        assert any(str(picture) in notice for notice in notices(app))


async def test_the_palette_shows_why_a_picture_cannot_be_saved(
    driven: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with driven("2019-07-04", notifications=True) as (app, pilot):
        folder.rmdir()
        app.action_save_screenshot()
        await pilot.pause(0.6)
        assert any("No such file" in notice for notice in notices(app))
        monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("size", "wanted"), [(WIDE, ("e export", "o outcome", "L meetings")), (NORMAL, ("e export",))]
)
async def test_the_footer_shows_the_most_useful_keys(
    driven: Drive, size: tuple[int, int], wanted: tuple[str, ...]
) -> None:
    async with driven("2019-07-04", size=size) as (app, _):
        footer = screen_text(app).split("\n")[size[1] - 1]
        assert all(label in footer for label in wanted)
        assert "w why" not in footer
