"""The search in the app: hits sorted by relevance, the text of the selected hit, and repeating a search."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from kjtui.find.search import Index
from kjtui.history.snapshot import History
from kjtui.record.model import Effect
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.event_reader import EventReader
from kjtui.tui.dialogs.hit_list import HitList, HitPreview
from kjtui.tui.dialogs.search_dialog import SearchDialog
from kjtui.words.wrap import cells
from support.app import (
    NARROW,
    NORMAL,
    WIDE,
    Drive,
    drive,
    main_screen,
    press,
    screen_text,
    selected_event,
)
from support.fee_record import fee_event, fee_history

SIZES = [(60, 20), (80, 24), (80, 30), (120, 40), (200, 50), (20, 6)]


def dialog(app: KjtuiApp) -> SearchDialog:
    assert isinstance(app.screen, SearchDialog)
    return app.screen


def hit_titles(app: KjtuiApp) -> list[str]:
    events = main_screen(app).history.record.events
    return [events[number].title for number in dialog(app).query_one(HitList).hits]


async def test_hits_are_listed_best_first_and_enter_goes_to_the_first(driven: Drive) -> None:
    async with driven("2019-07-01", "slash", *"gsomia notice") as (app, pilot):
        titles = hit_titles(app)
        both = [("GSOMIA" in title and "notice" in title) for title in titles]
        assert both[0]
        assert both == sorted(both, reverse=True)
        assert f"1 of {len(titles)} · by relevance" in screen_text(app)
        assert main_screen(app).cursor.day == date(2019, 7, 1)
        await press(pilot, "enter")
        assert selected_event(app).title == titles[0]
        assert main_screen(app).query_one("#timeline").has_focus


async def test_escape_changes_nothing(driven: Drive) -> None:
    async with driven("2019-08-26", size=NORMAL) as (app, pilot):
        await pilot.pause()
        before = screen_text(app)
        await press(pilot, "slash", *"summit", "down", "down", "escape")
        assert screen_text(app) == before
        assert main_screen(app).search is None


async def test_tab_lists_the_hits_by_day_and_keeps_the_selected_one(driven: Drive) -> None:
    async with driven("2019-07-01", "slash", *"gsomia notice", "down") as (app, pilot):
        found = dialog(app).query_one(HitList)
        chosen = found.event
        await press(pilot, "tab")
        assert list(found.hits) == sorted(found.hits)
        assert found.event == chosen
        assert "· by day" in screen_text(app)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_the_list_of_hits_scrolls_with_the_selected_hit(
    history: History, driven: Drive, size: tuple[int, int]
) -> None:
    async with driven("2019-07-01", "slash", *"gsomia", size=size) as (app, pilot):
        hits = dialog(app).query_one(HitList)
        for key in ("down",) * 12 + ("up",) * 12:
            await press(pilot, key)
            event = history.record.events[hits.hits[hits.selected]]
            shown = [hits.render_line(y).text for y in range(hits.size.height)]
            assert any(event.title[:20] in line for line in shown)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_selected_hit_is_readable_if_there_is_room(
    history: History, driven: Drive, size: tuple[int, int]
) -> None:
    async with driven("2019-07-01", "slash", *"stella", "down", size=size) as (app, _):
        text = screen_text(app)
        event = history.record.events[dialog(app).query_one(HitList).event or 0]
        assert event.title[:8] in text
        summary = " ".join(event.summary.split()[:3])
        assert (summary in text) or size[0] < 100
        if size == (60, 20):
            assert "stella" in text.lower()


async def test_a_kept_search_is_repeated_with_n_until_escape(history: History, driven: Drive) -> None:
    async with driven("2019-07-01") as (app, pilot):
        screen = main_screen(app)
        await press(pilot, "slash", *"stella", "tab", "up", "up", "up", "up", "enter")
        assert screen.search is not None
        matches = screen.search.matches
        assert screen.cursor.selected == matches[0]
        await press(pilot, "n")
        assert screen.cursor.selected == matches[1]
        line = screen_text(app).split("\n")[-1]
        assert f"/stella  2 of {len(matches)} " in line
        assert "nN match" in line
        await press(pilot, "N")
        assert screen.cursor.selected == matches[0]
        await press(pilot, "slash")
        assert dialog(app).query_one(Input).value == "stella"
        await press(pilot, "escape", "escape")
        assert screen.search is None
        day = screen.cursor.day
        await press(pilot, "n")
        assert screen.cursor.day == min(change for change in history.changes if change > day)


async def test_tab_completes_a_field_although_events_have_the_word(driven: Drive) -> None:
    async with driven("2019-08-02", "slash", *"act") as (app, pilot):
        assert hit_titles(app)
        await press(pilot, "tab")
        assert app.screen.query_one(Input).value == "actor:"


async def test_a_misspelt_word_is_corrected_with_tab(driven: Drive) -> None:
    async with driven("2019-07-01", "slash", *"hydogen", "enter", size=NARROW) as (app, pilot):
        assert "did you mean hydrogen?" in screen_text(app)
        assert "tab takes hydrogen" in screen_text(app)
        await press(pilot, "tab")
        assert dialog(app).query_one(Input).value == "hydrogen"
        assert hit_titles(app)


async def test_values_of_fields_are_offered_and_completed(driven: Drive) -> None:
    async with driven("2019-07-01", "slash") as (app, pilot):
        assert "actor: kind: track: level:" in screen_text(app)
        await press(pilot, *"kind", "colon")
        assert "kind: kind of event" in screen_text(app)
        await press(pilot, *"li")
        assert "tab takes kind:licence" in screen_text(app)
        await press(pilot, "tab", "enter")
        assert selected_event(app).kind == "licence"


async def test_keys_typed_into_the_search_are_text(driven: Drive) -> None:
    async with driven("2020-03-10", "slash", *"q n e", size=NARROW) as (app, _):
        assert dialog(app).query_one(Input).value == "q n e"
        assert app.is_running


async def test_a_search_keeps_to_the_filter(history: History, driven: Drive) -> None:
    async with driven("2019-07-01") as (app, pilot):
        screen = main_screen(app)
        await press(pilot, "f", "enter", "slash", *"korea", "enter")
        assert screen.search is not None
        assert screen.search.matches
        events = history.record.events
        assert all(screen.filter.fits(events[index], history.record) for index in screen.search.matches)


async def test_letters_appear_while_the_record_is_still_being_indexed(
    driven: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(index: Index) -> Iterator[None]:
        while True:
            yield

    monkeypatch.setattr(Index, "prepare", prepare)
    async with driven("2019-07-01") as (app, pilot):
        await pilot.press("slash", *"agreement")
        assert dialog(app).query_one(Input).value == "agreement"


async def test_hits_are_counted_by_the_values_of_fields(history: History, driven: Drive) -> None:
    async with driven("2019-07-01", "slash", *"gsomia", size=WIDE) as (app, pilot):
        events = [history.record.events[number] for number in dialog(app).query_one(HitList).hits]
        korean = sum("KR" in event.actors for event in events)
        statements = sum(event.kind == "statement" for event in events)
        disputed = sum(bool(event.disputed) for event in events)
        counted = screen_text(app).split("\n")[1]
        assert f"KR {korean}" in counted
        assert "kind: meeting " in counted
        assert f"disputed: yes {disputed}" in counted
        await press(pilot, *" kind", "colon")
        assert f"statement {statements}" in screen_text(app).split("\n")[1]
        await press(pilot, *"statement")
        assert len(hit_titles(app)) == statements


@pytest.mark.parametrize("size", [(45, 40), NARROW, NORMAL], ids=str)
async def test_counts_fit_into_a_line(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-07-01", "slash", *"gsomia", size=size) as (app, _):
        counted = screen_text(app).split("\n")[1]
        assert re.match(r" actor: [A-Z]+ \d+.* · kind: [a-z]+ \d+", counted)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (45, 40)], ids=str)
async def test_below_the_list_the_selected_hit_is_readable(
    history: History, driven: Drive, size: tuple[int, int]
) -> None:
    async with driven("2019-07-01", "slash", *"stella", "down", size=size) as (app, _):
        event = history.record.events[dialog(app).query_one(HitList).event or 0]
        assert " ".join(event.summary.split()[:12]) in " ".join(screen_text(app).split())


async def test_an_event_opened_from_a_search_steps_through_its_matches_by_day(
    history: History, driven: Drive
) -> None:
    async with driven("2019-07-01", "slash", *"gsomia notice", "enter") as (app, pilot):
        matches = main_screen(app).matches
        position = matches.index(main_screen(app).cursor.selected)
        assert f"{position + 1} of {len(matches)} by day" in screen_text(app).split("\n")[-1]
        await press(pilot, "enter")
        assert f"{position + 1} of {len(matches)} of this search" in screen_text(app)
        assert isinstance(app.screen, EventReader)
        step = "right" if position + 1 < len(matches) else "left"
        await press(pilot, step)
        following = position + (1 if step == "right" else -1)
        assert app.screen.index == matches[following]
        await press(pilot, "escape")
        assert f"{following + 1} of {len(matches)} by day" in screen_text(app).split("\n")[-1]


async def test_the_counts_of_a_search_use_the_line_to_its_end(driven: Drive) -> None:
    async with driven("2019-07-01", "slash", *"gsomia", size=(200, 40)) as (app, _):
        whole = screen_text(app).split("\n")[1].rstrip()
    async with driven("2019-07-01", "slash", *"gsomia", size=(cells(whole) + 1, 40)) as (app, _):
        assert screen_text(app).split("\n")[1].rstrip() == whole  # nothing is truncated


async def test_a_code_with_a_number_of_others_has_a_space_before_the_title(driven: Drive) -> None:
    async with driven("2020-07-29", "slash", *"panel", size=(80, 24)) as (app, _):
        text = screen_text(app)
        assert re.search(r"WTO \+\d ", text)
        assert not re.search(r"WTO \+\d\S", text)


async def test_a_hit_without_a_summary_shows_its_effects_or_its_source() -> None:
    due = fee_event("2022-02-01", Effect("fee", "due", "in-force"), name="fee due")
    word = fee_event("2022-02-06", name="a word on the fee", touches=["fee"])
    history = fee_history(*(replace(event, summary="") for event in (due, word)))
    async with drive(history)("2022-02-06", "slash", *"fee") as (app, _):
        assert "in force: ● waiver suspended" in screen_text(app)
        assert "Decrees" in screen_text(app)


async def test_a_click_on_a_hit_shows_its_text_and_number(driven: Drive) -> None:
    async with driven("2020-03-10", "slash", *"gsomia", size=NORMAL) as (app, pilot):
        hits = app.screen.query_one(HitList)
        first = hits.event
        await pilot.click(HitList, offset=(6, 4))
        await pilot.pause()
        assert hits.event is not None
        assert hits.event != first
        preview = app.screen.query_one(HitPreview)
        text = "".join(text for index in range(preview.line_count()) for text, _ in preview.line(index))
        title = main_screen(app).history.record.events[hits.event].title
        assert title in " ".join(text.split())
        assert re.search(rf" {hits.selected + 1} of {len(hits.hits)}", screen_text(app))


@pytest.mark.parametrize("text", ["令和2年3月10日", "2020년 3월 10일"])
async def test_a_day_typed_as_a_query_names_the_key_that_goes_to_it(driven: Drive, text: str) -> None:
    async with driven("2019-07-01", "slash", size=(80, 24)) as (app, pilot):
        dialog(app).query_one(Input).value = text
        await pilot.pause()
        assert not dialog(app).query_one(HitList).hits
        assert "this is a day: in the panes, g goes to it" in screen_text(app)
