"""The filter dialog: counts that do not depend on the typed text are computed once."""

import pytest

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
        assert any(limit.track for limit in selected)  # the filter changed


async def test_an_unknown_field_is_named(driven: Drive) -> None:
    async with driven("2019-08-02", "f", *"kinds:court", size=(120, 40)) as (app, _):
        assert "there is no field 'kinds'" in screen_text(app)
