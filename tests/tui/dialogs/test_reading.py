"""Dialogs for reading: track pages, comparisons, search, filter, sources and palette."""

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kjtui.find.filter import Filter
from kjtui.find.search import Index
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.comparison_reader import ComparisonReader
from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.document_reader import DocumentReader, DocumentText
from kjtui.tui.dialogs.filter_dialog import FilterDialog
from kjtui.tui.dialogs.help_dialog import HelpDialog
from kjtui.tui.dialogs.hit_list import HitList
from kjtui.tui.dialogs.palette import DialogCommandProvider
from kjtui.tui.dialogs.search_bar import SearchBar
from kjtui.tui.dialogs.sources_dialog import SourceList, SourcesDialog
from kjtui.tui.dialogs.track_reader import TrackReader
from kjtui.tui.main_screen import MainScreen
from kjtui.tui.state import config
from support.app import (
    NARROW,
    NORMAL,
    WIDE,
    Drive,
    app_on,
    lines,
    main_screen,
    narrowest,
    notices,
    press,
    read,
    screen_text,
    selected,
    selected_event,
)
from support.exports import as_json, as_text

FIRST, SECOND = date(2020, 3, 10), date(2023, 4, 14)


def shown(app: KjtuiApp) -> str:
    """Return the text of the open document reader, without the mark of the selected passage."""
    text = app.screen.query_one(DocumentText)
    return "".join(
        "".join(span for span, _ in text.line(index)).strip(" ▶") + "\n" for index in range(text.line_count())
    )


def test_pages_explain_why_photoresist_and_hydrogen_fluoride_differ(history: History) -> None:
    snapshot = history.snapshot(date(2021, 6, 1))
    resist, fluoride = (track_page(snapshot, track) for track in ("photoresist", "hydrogen-fluoride"))
    assert [step.event.id for step in resist.changes if step.before is not step.after] == [
        "2019-07-04-individual-licensing",
        "2019-12-20-photoresist-eased",
    ]
    assert [step.event.id for step in fluoride.changes if step.before is not step.after] == [
        "2019-07-04-individual-licensing"
    ]
    text = as_text(resist)
    assert "in force: ◐ specific bulk licence" in text
    assert "previously ● individual\n    licence" in text
    assert text.endswith("Again: kjtui track photoresist 2021-06-01\n")


def test_licences_are_steps_that_change_nothing(history: History) -> None:
    steps = track_page(history.snapshot(date(2020, 2, 1)), "hydrogen-fluoride").steps
    licences = [step for step in steps if step.event.kind == "licence"]
    assert licences
    assert all(not step.effects and step.before is step.after for step in licences)


def test_a_track_page_has_nothing_of_later_days(history: History) -> None:
    for day in history.event_days[::7]:
        for track in history.record.tracks:
            steps = track_page(history.snapshot(day), track).steps
            assert all(step.event.day <= day for step in steps)


def test_the_comparison_of_the_days_of_the_articles_lists_their_differences(history: History) -> None:
    comparison = compare(history.snapshot(SECOND), history.snapshot(FIRST))
    assert (comparison.before.day, comparison.after.day, comparison.days) == (FIRST, SECOND, 1130)
    same = {d.after.track.id for d in comparison.differences if not d.changed}
    assert same == {"japan-list", "korea-list", "japan-catch-all"}
    text = as_text(comparison)
    assert "1,130 days apart: 9 changed, 3 the same" in text
    changed = text.partition("CHANGED\n")[2].partition("EXPECTED")[0]
    assert "◌ suspended → ○ withdrawn\n    2023-03-23 " in changed
    document = json.loads(as_json(comparison))
    assert {track["track"] for track in document["tracks"] if not track["changed"]} == same


def test_a_day_compared_with_itself(history: History) -> None:
    comparison = compare(history.snapshot(FIRST), history.snapshot(FIRST))
    assert not any(difference.changed for difference in comparison.differences)
    assert not comparison.events
    assert "0 days apart: 0 changed, 12 the same" in as_text(comparison)


def test_the_difference_is_that_of_the_standings(history: History) -> None:
    days = history.changes[::3]
    for one, other in pairwise(days):
        before, after = history.snapshot(one), history.snapshot(other)
        changed = {d.after.track.id for d in compare(before, after).differences if d.changed}
        pairs = zip(before.standings, after.standings, strict=True)
        assert changed == {b.track.id for b, a in pairs if a.state is not b.state}


def test_json_of_a_track_page(history: History) -> None:
    document = json.loads(as_json(track_page(history.snapshot(FIRST), "gsomia")))
    assert document["track"]["state"] == "notice-suspended"
    assert [step["after"] for step in document["steps"]][-1] == "notice-suspended"
    sources = {source["id"] for source in document["sources"]}
    assert all(set(step["sources"]) <= sources for step in document["steps"])


@pytest.mark.parametrize(
    ("query", "event"),
    [
        ("불화수소", "2019-08-29-first-hf-gas-licence"),
        ("フッ化水素", "2019-08-29-first-hf-gas-licence"),
        ("etching gas licence", "2019-08-29-first-hf-gas-licence"),
        ("white list removal", "2019-08-28-japan-delisting"),
        ("수출관리정책대화", "2020-03-10-eighth-dialogue-opens"),
        ("輸出管理政策対話 video", "2020-03-10-eighth-dialogue-opens"),
        ("iida yoichi", "2019-12-16-seventh-dialogue"),
        ("Yoichi Iida", "2019-12-16-seventh-dialogue"),
        ("GSOMIA notice", "2019-08-23-gsomia-notice"),
        ("2019-07-04", "2019-07-04-individual-licensing"),
    ],
)
def test_search_finds_by_any_name(history: History, query: str, event: str) -> None:
    found = [history.record.events[place].id for place in Index(history.record).find(query)]
    assert event in found
    assert len(found) < len(history.record.events) / 2


def test_an_empty_search_finds_nothing(history: History) -> None:
    index = Index(history.record)
    assert index.find("  ") == index.find("xyzzy") == ()


def test_filters_combine(history: History) -> None:
    events = history.record.events
    limit = Filter(track="photoresist", kind="licence", actor="KR")
    kept = [event.id for event in events if limit.fits(event, history.record)]
    assert kept
    assert all("resist" in event for event in kept)
    assert all(Filter().fits(event, history.record) for event in events)


async def test_the_page_of_a_track_in_the_app(driven: Drive) -> None:
    async with driven("2019-12-20", "w") as (app, pilot):
        assert isinstance(app.screen, TrackReader)
        assert shown(app).startswith("Photoresist ")
        assert "◐ specific bulk licence, since 20 Dec 2019" in shown(app)
        await press(pilot, "right")
        assert shown(app).startswith("Hydrogen fluoride ")
        assert "● individual licence, since 4 Jul 2019" in shown(app)
        await press(pilot, "left", "left")
        assert shown(app).startswith("Korea's catch-all law")
        await press(pilot, "w")
        assert not isinstance(app.screen, TrackReader)


@pytest.mark.parametrize("size", narrowest(NORMAL))
async def test_notices_cover_the_footer_and_nothing_else(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-08-25", size=size, notifications=True) as (app, pilot):
        before = screen_text(app).split("\n")
        await press(pilot, "enter")
        await pilot.pause()
        after = screen_text(app).split("\n")
        assert after[:-1] == before[:-1]
        assert "No event on this day." in after[-1]


@pytest.mark.parametrize("size", [WIDE, NORMAL], ids=str)
async def test_a_comparison_begins_with_all_that_changed(driven: Drive, size: tuple[int, int]) -> None:
    """Each changed track has one line above the events. Reversed changes are in a separate section."""
    async with driven("2019-07-04", "c", "g", *"2023-07-21", "enter", "c", size=size) as (app, _):
        rows = shown(app).split("\n")
        first = rows.index("───────") + 1
        changed = rows[first : rows.index("", first)]
        assert sum("→ " in row for row in changed) == 7
        assert "before: listed → 28 Aug 2019 delisted, Group B (1,423 days)" in " ".join(shown(app).split())


@pytest.mark.parametrize("size", [NARROW, (45, 40)], ids=str)
async def test_a_narrow_comparison_keeps_each_sign_beside_its_state(
    driven: Drive, size: tuple[int, int]
) -> None:
    async with driven("2019-11-21", "c", "g", *"2019-12-31", "enter", "c", size=size) as (app, _):
        rows = [row.strip(" ▶") for row in shown(app).split("\n")]
        assert rows[rows.index("Photoresist") + 1].startswith("● individual licence")
        assert not any(row.endswith(("→", "◐", "◌", "□")) for row in rows)


async def test_digits_jump_to_the_sections_of_a_comparison(driven: Drive) -> None:
    keys = ("2020-03-10", "c", "g", *"2023-04-14", "enter", "c")
    async with driven(*keys, "7", size=NORMAL, notifications=True) as (app, pilot):
        assert "EVENTS AFTER THE FIRST DAY" in screen_text(app).splitlines()[1]
        await press(pilot, "3")
        assert "HOW IT CAME ABOUT" in screen_text(app).splitlines()[1]
        await press(pilot, "4")
        assert notices(app) == ["Changed and changed back: nothing between these days."]


async def test_a_search_in_a_comparison_finds_events_between_its_days(
    driven: Drive, history: History
) -> None:
    keys = ("2020-03-10", "c", "g", *"2023-04-14", "enter", "c", "/")
    async with driven(*keys, *"GSOMIA", size=NORMAL) as (app, pilot):
        hits = app.screen.query_one(HitList).hits
        days = [history.record.events[hit].day for hit in hits]
        assert days
        assert date(2020, 3, 10) < min(days) <= max(days) <= date(2023, 4, 14)
        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, ComparisonReader)


async def test_compare_on_the_pinned_day_asks_for_another_day(driven: Drive) -> None:
    async with driven("2019-11-21", "c", "c", notifications=True) as (app, _):
        assert notices(app) == ["This day is pinned; go to another day, and c compares"]
        assert app.screen is main_screen(app)


@pytest.mark.parametrize("size", narrowest(NORMAL, WIDE))
async def test_a_hint_never_parts_a_key_from_its_word(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-11-22", "s", size=size) as (app, _):
        hint = app.screen.query_one(Hint)
        lines_of_hint = str(hint.render()).split("\n")
        assert " · ".join(lines_of_hint).split(" · ") == [
            "⏎ opens", "y copies the address", "c a citation", "e exports", "/ narrows", "? help",
            "esc closes",
        ]  # fmt: skip
        assert hint.size.height == len(lines_of_hint)


async def test_a_click_on_a_track_opens_its_page(driven: Drive) -> None:
    async with driven("2020-03-10") as (app, pilot):
        row = next(i for i, line in enumerate(lines(app, "status")) if "GSOMIA" in line)
        await pilot.click("#status", offset=(10, row + 1))
        await pilot.pause()
        assert shown(app).startswith("GSOMIA ")


async def test_compare_in_the_app(driven: Drive) -> None:
    async with driven("2020-03-10", "c", "down", "down") as (app, pilot):
        assert any("Tue 10 Mar 2020 pinned" in line for line in lines(app, "timeline"))
        await press(pilot, "n")
        assert "100 days after 10 Mar 2020" in read(app, "headline")
        assert "was ◌ suspended" in read(app, "status")
        await press(pilot, "c")
        assert isinstance(app.screen, DocumentReader)
        assert "WTO case DS590            ◌ suspended → ● panel requested\n" in shown(app)
        assert "2020-06-18 Korea asks the WTO for a panel" in shown(app)
        await press(pilot, "escape", "escape")
        assert main_screen(app).pinned is None
        assert "was" not in read(app, "status")
        assert not any("pinned" in line for line in lines(app, "timeline"))


async def test_the_pinned_day_shows_on_either_side_of_the_cursor(driven: Drive) -> None:
    async with driven("2020-03-10", "c", "up", "up") as (app, _):
        timeline = lines(app, "timeline")
        cursor = next(i for i, line in enumerate(timeline) if line.startswith("───"))
        pin = next(i for i, line in enumerate(timeline) if line.startswith("┄┄┄"))
        assert cursor < pin
        assert "before 10 Mar 2020" in read(app, "headline")
        assert sum("8th policy dialogue opens" in line for line in timeline) == 1


async def test_filter_in_the_app(history: History, driven: Drive) -> None:
    async with driven("2020-03-10", "f") as (app, pilot):
        assert isinstance(app.screen, FilterDialog)
        await press(pilot, "down", "up", "enter")
        assert "filter: Photoresist (esc)" in read(app, "headline")
        limit = main_screen(app).filter
        assert limit == Filter(track="photoresist")
        visible = [history.record.events[index] for index in main_screen(app).cursor.visible_events]
        assert visible
        assert all(limit.fits(event, history.record) for event in visible)
        assert any(not event.effects for event in visible)
        await press(pilot, "down")
        assert selected_event(app) in visible
        await press(pilot, "escape")
        assert "only" not in read(app, "headline")
        assert main_screen(app).filter == Filter()


async def test_filters_are_combined_in_one_dialog(driven: Drive) -> None:
    async with driven("2020-03-10", "f", *"불화수소", "tab", *"licence", "tab", "enter") as (app, pilot):
        assert main_screen(app).filter == Filter(track="hydrogen-fluoride", kind="licence")
        assert "filter: Hydrogen fluoride · licence (esc)" in read(app, "headline")
        await press(pilot, "f", *"stella", "enter")
        assert main_screen(app).filter.text == "stella"
        await press(pilot, "f", *"kind lic", "enter")
        assert main_screen(app).filter == Filter(track="hydrogen-fluoride", text="stella")
        await press(pilot, "f", "escape")
        assert main_screen(app).filter == Filter(track="hydrogen-fluoride", text="stella")
        await press(pilot, "f", "enter")
        assert main_screen(app).filter == Filter()


async def test_sources_are_numbered_as_in_the_export(history: History, driven: Drive) -> None:
    async with driven("2020-03-10", "S") as (app, pilot):
        assert isinstance(app.screen, SourcesDialog)
        text = as_text(history.snapshot(FIRST)).partition("\nSOURCES\n")[2]
        page = re.findall(r"^ *(\[\d+\] [^:\n]+)", text, re.MULTILINE)
        found = app.screen.query_one(SourceList)
        rows = ["".join(span for span, _ in found.line(index)) for index in range(found.line_count())]
        numbered = [row.strip() for row in rows if row.lstrip(" ▶").startswith("[")]
        assert len(numbered) > 100
        listed = {" ".join(row.lstrip("▶").split(": ")[0].split()) for row in numbered}
        assert len(page) > 10
        for source in page:
            assert any(row.startswith(source[:40].strip()) for row in listed), source
        opened: list[str] = []
        app.open_url = lambda url, *, new_tab=True: opened.append(url)  # type: ignore[method-assign]  # no browser
        await press(pilot, "enter", "y")
        assert opened == [app.clipboard]
        assert opened[0].startswith("http")


async def test_copy_reports_its_result(history: History, driven: Drive) -> None:
    async with driven("2020-03-10", "y", notifications=True) as (app, _):
        assert app.clipboard == as_text(history.snapshot(FIRST))
        assert "not every terminal accepts it" in notices(app)[0]


async def test_the_palette_finds_a_command_by_its_description(driven: Drive) -> None:
    async with driven("2020-03-10", "ctrl+p", *"search and files") as (app, pilot):
        await pilot.pause(0.4)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, HelpDialog)


@pytest.mark.slow
async def test_the_palette_leads_to_events_tracks_and_terms(driven: Drive) -> None:
    async with driven("2020-03-10", "ctrl+p", *"korea withdraws both of its") as (app, pilot):
        await pilot.pause(0.4)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert main_screen(app).cursor.day == date(2023, 3, 21)
        await press(pilot, "ctrl+p", *"stela chemifa yearly")
        await pilot.pause(0.4)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert "Stella Chemifa's yearly profit" in selected_event(app).title
        await press(pilot, "ctrl+p", *"forced-labour awards")
        await pilot.pause(0.4)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, TrackReader)


async def test_the_theme_is_remembered(history: History, own_configuration: Path) -> None:
    app = KjtuiApp(history)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "t", "down", "enter")
        assert app.theme == "kjtui-light"
    assert json.loads((own_configuration / "kjtui" / "config.json").read_text()) == {"theme": "kjtui-light"}
    assert KjtuiApp(history).theme == "kjtui-light"


@pytest.mark.parametrize("broken", ["", "[]", '{"theme": 7}', '{"theme": "no-such-theme"}', "\0"])
def test_a_broken_configuration_is_ignored(history: History, own_configuration: Path, broken: str) -> None:
    (own_configuration / "kjtui").mkdir()
    (own_configuration / "kjtui" / "config.json").write_text(broken)
    assert KjtuiApp(history).theme == "kjtui-dark"


def test_the_old_configuration_is_read_until_there_is_a_new_one(
    own_configuration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "user_config_path", lambda *_, **__: tmp_path / "new")
    (own_configuration / "kjtui").mkdir()
    (own_configuration / "kjtui" / "config.json").write_text('{"theme": "nord"}')
    assert config.load_config().theme == "nord"
    config.save_theme("dracula")
    assert config.load_config().theme == "dracula"
    assert (tmp_path / "new" / "config.json").exists()


def test_without_colours_the_terminals_own_two_are_not_used(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert KjtuiApp(history, theme="ansi-dark").theme == "kjtui-dark"


@pytest.mark.slow
@pytest.mark.parametrize(
    "theme", ["kjtui-light", "textual-light", "nord", "ansi-dark", "ansi-light", "dracula"]
)
async def test_every_theme_shows_the_same_words(history: History, theme: str) -> None:
    plain = app_on(history, "2020-03-10")
    async with plain.run_test(size=WIDE):
        expected = read(plain, "status")
    app = KjtuiApp(history, FIRST, theme=theme)
    async with app.run_test(size=WIDE) as pilot:
        assert app.theme == theme
        assert read(app, "status") == expected
        await press(pilot, "w", "escape", "question_mark", "escape", "S")
        assert isinstance(app.screen, SourcesDialog)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(100, 30), (60, 50), (120, 30), (200, 60)], ids=str)
async def test_other_layouts_keep_day_and_standings(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2020-03-10", size=size) as (app, pilot):
        for key, pane in (("2", "status"), ("3", "meeting"), ("4", "lanes"), ("1", "timeline")):
            await press(pilot, key)
            widget = main_screen(app).query_one(f"#{pane}")
            assert widget.has_focus
            assert widget.size.height > 4
            assert "10 March 2020" in read(app, "headline")
            standings = read(app, "strip") + read(app, "status")
            assert "specific bulk" in standings
            assert "individual" in standings


async def test_a_search_is_one_jump(driven: Drive) -> None:
    async with driven("2019-07-01", "slash", *"gsomia notice", "down", "enter") as (app, pilot):
        assert main_screen(app).cursor.day > date(2019, 7, 1)
        await press(pilot, "apostrophe")
        assert main_screen(app).cursor.day == date(2019, 7, 1)


async def test_escape_closes_a_search_that_lost_the_focus(driven: Drive) -> None:
    async with driven("2019-07-01", "slash", *"gsomia") as (app, pilot):
        main_screen(app).query_one("#timeline").focus()
        await press(pilot, "escape")
        assert not main_screen(app).query(SearchBar)
        assert main_screen(app).cursor.day == date(2019, 7, 1)


async def test_the_cursor_never_selects_a_hidden_event(driven: Drive) -> None:
    async with driven("2020-03-09", "f", *"catch-all law", "enter") as (app, pilot):
        assert main_screen(app).filter == Filter(track="korea-catch-all")
        assert main_screen(app).cursor.selected in main_screen(app).cursor.visible_events
        await press(pilot, "left")
        assert main_screen(app).cursor.selected is None
        await press(pilot, "down")
        assert main_screen(app).cursor.selected in main_screen(app).cursor.visible_events


async def test_a_pin_on_the_cursors_own_day_keeps_the_cursor(driven: Drive) -> None:
    async with driven("2020-03-10", "c") as (app, pilot):
        assert any(line.startswith("─── Tue 10 Mar 2020 pinned") for line in lines(app, "timeline"))
        await press(pilot, "right", "left")
        assert any(line.startswith("─── Tue 10 Mar 2020 pinned") for line in lines(app, "timeline"))


async def test_deciding_events_come_first(driven: Drive) -> None:
    async with driven("2019-08-01", "right") as (app, _):
        assert "cabinet decides" in selected(app)


async def test_a_step_beyond_the_end_keeps_the_way_back(driven: Drive) -> None:
    async with driven("2020-03-10", "end", "right_square_bracket", "apostrophe") as (app, _):
        assert main_screen(app).cursor.day == date(2020, 3, 10)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 12), (20, 5), (1, 1)], ids=str)
async def test_tiny_screens_still_work(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2020-03-10", size=size) as (app, pilot):
        await press(
            pilot, "right", "n", "g", "escape", "e", "escape", "w", "escape", "slash", "x", "escape", "z", "z"
        )
        await press(pilot, "2", "3", "4", "1", "c", "n", "c", "escape", "escape", "question_mark", "escape")
        assert app.is_running


@pytest.mark.slow
@pytest.mark.parametrize("width", [1, 4, 6])
async def test_the_palette_works_in_a_sliver_of_a_terminal(driven: Drive, width: int) -> None:
    async with driven("2020-03-10", "ctrl+p", *"next", "escape", size=(width, 14)) as (app, _):
        assert app.is_running


@pytest.mark.parametrize("width", range(1, 9))
async def test_dialogs_with_lists_open_in_a_sliver_of_a_terminal(driven: Drive, width: int) -> None:
    """If the padding of a list takes the whole width, Textual wraps the options endlessly or not at all."""
    async with driven("2020-03-10", size=(width, 14)) as (app, pilot):
        for key in ("f", "L", "g", "slash"):
            await pilot.press(key)
            await pilot.resize_terminal(width + 1, 14)
            await pilot.resize_terminal(width, 14)
            await pilot.press("escape", "escape")
        assert app.is_running


async def test_a_filter_without_events_shows_a_message(driven: Drive) -> None:
    async with driven("2020-03-10", "f", *"xyzzy", "enter", size=NORMAL) as (app, pilot):
        assert isinstance(app.screen, FilterDialog)
        assert "no event has “xyzzy”" in screen_text(app)
        await press(pilot, "escape")
        assert main_screen(app).filter == Filter()


async def test_end_reaches_the_end_of_a_longer_page_that_was_stepped_to(driven: Drive) -> None:
    async with driven("2023-04-14", "2", "w") as (app, pilot):
        reader = app.screen
        assert isinstance(reader, TrackReader)
        for _ in range(12):
            await press(pilot, "right", "end")
            assert reader.text.scroll_offset.y == reader.text.max_scroll_y
            assert reader.text.max_scroll_y == max(reader.text.line_count() - reader.text.rows, 0)


@pytest.mark.parametrize("size", [WIDE, NORMAL, NARROW])
async def test_the_whole_selected_passage_is_tinted(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-07-04", "enter", size=size) as (app, pilot):
        for _ in range(3):
            text = app.screen.query_one(DocumentText)
            passage = text.selected_passage
            assert passage is not None
            whole = [*range(text.line_count())]
            tinted = [index for index in whole if any("selected" in style for _, style in text.line(index))]
            assert tinted == [*range(tinted[0], tinted[0] + len(passage.lines))]
            assert [
                index for index in whole if text.line(index)[:1] and text.line(index)[0][0] == "▶"
            ] == tinted[:1]
            await pilot.press("down")


@pytest.mark.parametrize("size", [(200, 50), WIDE, NORMAL, NARROW, (45, 40)])
@pytest.mark.parametrize("key", ["w", "s", "e", "question_mark"])
async def test_a_reader_above_another_covers_it(driven: Drive, size: tuple[int, int], key: str) -> None:
    async with driven("2019-07-04", "enter", size=size) as (app, pilot):
        lower = app.screen.query_one(".dialog").region
        await pilot.press(key)
        await pilot.pause()
        assert app.screen.query_one(".dialog").region.contains_region(lower)
        await pilot.press("escape")
        assert isinstance(app.screen, DocumentReader)


async def test_a_click_on_any_line_of_a_source_selects_it_and_another_opens_it(
    driven: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "kjtui.tui.dialogs.sources_dialog.open_address", lambda app, address, **_: opened.append(address)
    )
    async with driven("2019-08-02", "S") as (app, pilot):
        found = app.screen.query_one(SourceList)
        first, source = found.passages[:2]
        painted = [found.render_line(y).text.strip() for y in range(found.size.height)]
        row = painted.index("".join(text for text, *_ in source.lines[0]).strip())
        for line in range(len(source.lines)):
            await press(pilot, "home")
            assert found.selected_passage == first
            await pilot.click(SourceList, offset=(6, row + line))
            assert found.selected_passage == source
            assert len(opened) == line
            await pilot.click(SourceList, offset=(6, row + line))
            assert len(opened) == line + 1


@pytest.mark.parametrize("opened", ["e", "?", "slash", "w"])
async def test_a_command_of_the_palette_does_nothing_once_its_dialog_has_closed(
    driven: Drive, opened: str
) -> None:
    """The palette can run a command late, when a click has already closed the dialog below the palette."""
    async with driven("2019-07-04", opened) as (app, pilot):
        dialog = app.screen
        hits = [hit async for hit in DialogCommandProvider(dialog).discover()]
        await pilot.press("escape")
        assert app.screen is not dialog
        for hit in hits:
            app.call_later(hit.command)
            await pilot.pause()
        assert isinstance(app.screen, MainScreen)


async def test_the_palette_of_a_page_has_the_commands_of_the_page(driven: Drive) -> None:
    async with driven("2020-03-10", "w", "ctrl+p", *"sources", size=(120, 60)) as (app, pilot):
        await pilot.pause(0.3)
        assert "Cited in the selected lines or in the whole text" in screen_text(app)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, SourcesDialog)
