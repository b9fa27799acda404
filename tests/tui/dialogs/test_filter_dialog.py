"""The filter dialog. Counts that do not depend on the typed text are computed only once."""

import pytest
from textual.widgets import OptionList

from kjtui.find.filter import Filter
from kjtui.find.search import Index
from support.app import Drive, press, screen_text


async def test_typing_does_not_count_the_values_again(driven: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    selected: list[Filter] = []
    select = Index.select

    def recorded(index: Index, limit: Filter) -> object:
        selected.append(limit)
        return select(index, limit)

    async with driven("2019-08-02", "f") as (app, pilot):
        monkeypatch.setattr(Index, "select", recorded)
        await press(pilot, *"wto")
        assert {limit.text for limit in selected} == {"wto"}
        assert "WTO DS590" in screen_text(app)
        selected.clear()
        await press(pilot, "tab")
        assert any(limit.track for limit in selected)  # tab sets the filter, so the entries are counted again


async def test_an_unknown_field_is_named(driven: Drive) -> None:
    async with driven("2019-08-02", "f", *"kinds:court", size=(120, 40)) as (app, _):
        assert "there is no field 'kinds'" in screen_text(app)


async def test_the_title_says_what_enter_shows(driven: Drive) -> None:
    async with driven("2019-07-04", "f", size=(120, 40)) as (app, pilot):
        assert "enter shows Photoresist: " in screen_text(app)
        await press(pilot, *"gsom")
        assert "enter shows GSOMIA: " in screen_text(app)
        await press(pilot, "enter", "f")
        assert "enter shows everything: " in screen_text(app)
        await press(pilot, *"GSOM")
        assert "enter shows everything: " in screen_text(app)  # the filter is GSOMIA, and enter removes it
        await press(pilot, "tab", *"wto case", "tab")
        assert "enter shows WTO case DS590: " in screen_text(app)


@pytest.mark.parametrize("key", ["f", "L", "t"])
async def test_the_highlighted_entry_has_the_mark_of_selected_rows(driven: Drive, key: str) -> None:
    async with driven("2019-07-04", key, size=(120, 40)) as (app, _):
        found = app.screen.query_one(OptionList)
        rows = [found.render_line(row).text for row in range(found.size.height)]
        marked = [row for row in rows if row.startswith("▶")]
        assert found.highlighted is not None
        assert len(marked) == 1
        shown = str(found.get_option_at_index(found.highlighted).prompt)
        assert marked[0].removeprefix("▶").strip() == shown.strip()


async def test_an_entry_of_two_lines_has_one_mark(driven: Drive) -> None:
    async with driven("2019-07-04", "g", *"hydrogen", "down", "down", "down", size=(80, 24)) as (app, _):
        found = app.screen.query_one(OptionList)
        rows = [found.render_line(row).text for row in range(found.size.height)]
        assert sum(row.startswith("▶") for row in rows) == 1
