"""The use of space on the main screen: no standing shown twice, no truncated tab, no empty part."""

import pytest

from kjtui.history.snapshot import History
from kjtui.languages import use_language
from kjtui.record.store import default_store, load
from kjtui.tui.panes.event_detail import event_detail
from kjtui.tui.state.pane_table import PANES
from support.app import NARROW, NORMAL, WIDE, Drive, main_screen, press, read, screen_text


@pytest.mark.parametrize("size", [NORMAL, NARROW, (45, 40)], ids=str)
async def test_the_status_pane_replaces_the_strip(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-07-04", size=size) as (app, pilot):
        strip = main_screen(app).query_one("#strip")
        assert strip.display
        await press(pilot, "2")
        assert not strip.display
        assert "Partner lists" in read(app, "status")
        await press(pilot, "1")
        assert strip.display


@pytest.mark.parametrize("width", [45, 40, 24])
async def test_tabs_fit_the_width_and_a_click_selects_the_pane_below_it(driven: Drive, width: int) -> None:
    async with driven("2019-07-04", size=(width, 20)) as (app, pilot):
        for pane in reversed(PANES):
            tabs = read(app, "tabs")
            assert len(tabs) <= width - 2
            await pilot.click("#tabs", offset=(1 + tabs.index(str(pane.number)), 0))
            await pilot.pause()
            assert main_screen(app).pane == pane.id
            assert f" {pane.number} {pane.title}" in read(app, "tabs")


async def test_at_45_columns_every_tab_has_its_title(driven: Drive) -> None:
    async with driven("2019-07-04", size=(45, 40)) as (app, _):
        assert all(pane.title in read(app, "tabs") for pane in PANES)


async def test_on_a_phone_the_text_of_the_event_gets_the_room(driven: Drive) -> None:
    async with driven("2019-07-04", size=(45, 40)) as (app, _):
        assert "bulk licences valid for" in " ".join(read(app, "timeline").split())


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(("language", "kind"), [("ko", "조치"), ("ja", "措置")])
def test_the_kind_of_an_event_is_named_in_the_language_of_the_app(language: str, kind: str) -> None:
    use_language(language)
    history = History(load(default_store(language)))
    event = history.event("2019-07-04-individual-licensing")
    shown = "".join(
        span for line in event_detail(event, history.snapshot(event.day), 80, 12) for span, _ in line
    )
    assert "measure" not in shown
    assert f"{kind} · " in shown


@pytest.mark.parametrize(
    ("event", "track"),
    [
        ("2019-08-29-first-hf-gas-licence", "hydrogen-fluoride"),
        ("2019-08-29-july-figures", "hydrogen-fluoride"),  # three tracks, one in the title
        ("2019-08-29-directors-seoul", "photoresist"),  # no track in the title: the first track of the record
    ],
)
async def test_w_opens_the_track_that_the_title_names(
    history: History, driven: Drive, event: str, track: str
) -> None:
    index = history.index_of(event)
    assert index is not None
    async with driven("2019-08-29", size=WIDE) as (app, pilot):
        main_screen(app).go_to_event(index)
        await press(pilot, "w", "escape")
        assert main_screen(app).track == track
        await press(pilot, "enter", "w")
        assert history.record.tracks[track].name in screen_text(app)


async def test_the_footer_is_hidden_below_a_dialog(driven: Drive) -> None:
    """The keys in the footer do not work in a dialog."""
    async with driven("2019-07-04") as (app, pilot):
        footer = main_screen(app).query_one("#footer")
        assert footer.visible
        await press(pilot, "enter")
        assert not footer.visible
        await press(pilot, "escape")
        assert footer.visible
