"""The page of a track, the charts of its series, and the sources of the selected passage."""

from datetime import date
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input, Static

from kjtui.documents.figure_blocks import figure_table
from kjtui.documents.layout import lay_out, lay_out_blocks, plain_lines
from kjtui.documents.track_document import track_document
from kjtui.formats.citation import citation
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.document_reader import DocumentText
from kjtui.tui.dialogs.event_reader import EventReader
from kjtui.tui.dialogs.export_dialog import ExportDialog
from kjtui.tui.dialogs.sources_dialog import SourceList, SourcesDialog, day_groups, event_group
from kjtui.tui.dialogs.track_reader import TrackReader
from kjtui.words.wrap import cells
from support.app import (
    NORMAL,
    WIDE,
    Drive,
    main_screen,
    narrowest,
    notices,
    press,
    screen_text,
    selected_event,
    sizes,
)


def top_screen(app: KjtuiApp) -> Screen[Any]:
    return app.screen


def page(history: History, day: str, track: str, width: int = 80) -> list[str]:
    """Return the lines of the full page of a track on a day."""
    snapshot = history.snapshot(date.fromisoformat(day))
    document = track_document(track_page(snapshot, track), full=True)
    return list(plain_lines(lay_out(document, width)))


def test_a_page_has_everything_known_about_a_track(history: History) -> None:
    text = "\n".join(page(history, "2021-07-01", "hydrogen-fluoride"))
    for part in (
        "● individual licence, since 4 Jul 2019",
        "WHY",
        "● individual licence from 4 Jul 2019 on: 729 days so far",
        "= in force: ● individual licence",
        "FACTS",
        "2811.11.1000",
        "LICENCES",
        "FIGURES",
        "Jan–May 2019",
        "43.9",
        "28 Jun 2021",
        "STATEMENTS AND MEASURES",
    ):
        assert part in text


@pytest.mark.parametrize("day", ["2019-07-03", "2019-09-20", "2020-06-25", "2022-12-31"])
def test_a_page_has_nothing_of_later_days(history: History, day: str) -> None:
    snapshot = history.snapshot(date.fromisoformat(day))
    for track in history.record.tracks:
        text = "\n".join(page(history, day, track))
        for series in history.record.series.values():
            published = [point for point in series.points if point.published <= snapshot.day]
            assert (series.title in text) <= bool(published)
        for event in history.record.events[snapshot.event_count :]:
            if all(event.title != earlier.title for earlier in snapshot.events):
                assert event.title not in " ".join(text.split())


@pytest.mark.parametrize("width", [44, 52, 71, 72, 80, 120])
def test_a_page_fits_its_width(history: History, width: int) -> None:
    for track in history.record.tracks:
        assert all(cells(line) <= width for line in page(history, "2023-04-14", track, width))


def test_the_decimal_points_of_a_chart_are_below_one_another(history: History) -> None:
    for series in history.snapshot(date(2023, 12, 1)).series:
        values = [figure.value for figure in figure_table(series).figures if "." in figure.value]
        assert len({len(value) - value.index(".") for value in values}) <= 1, series.id


def test_a_chart_marks_derived_values_and_missing_periods(history: History) -> None:
    table = figure_table(history.record.series["hydrogen-fluoride-exports-month"])
    lines = list(plain_lines(lay_out_blocks([table], 80)))
    derived = next(line for line in lines if line.startswith("  Jul 2018"))
    assert "2,720" in derived
    assert "derived" in derived
    position = next(index for index, line in enumerate(lines) if line.startswith("  Oct 2018"))
    assert lines[position + 1].strip() == "⋮"
    assert lines[position + 2].startswith("  Dec 2018")


async def test_enter_opens_an_event_above_the_page_and_d_leads_to_its_day(driven: Drive) -> None:
    async with driven("2021-07-01", "2", "down", "enter", "enter") as (app, pilot):
        assert isinstance(app.screen, EventReader)
        assert app.screen.event.title == "Individual licensing of three materials takes effect"
        await press(pilot, "left")
        earlier = app.screen.event
        assert earlier.day < date(2019, 7, 4)
        await press(pilot, "escape")
        page = top_screen(app)
        assert isinstance(page, TrackReader)
        assert page.text.selected_passage is not None
        assert page.text.selected_passage.event == earlier.id
        assert main_screen(app).cursor.day == date(2021, 7, 1)
        await press(pilot, "d")
        assert top_screen(app) is main_screen(app)
        assert selected_event(app) is earlier
        await press(pilot, "apostrophe")
        assert main_screen(app).cursor.day == date(2021, 7, 1)


@pytest.mark.parametrize("size", narrowest(NORMAL, WIDE))
async def test_a_number_leads_to_a_section(driven: Drive, size: tuple[int, int]) -> None:
    """Four keys open the page of hydrogen fluoride at its licences. A fifth key goes to its trade figures."""
    async with driven("2019-12-01", "2", "down", "w", "4", size=size) as (app, pilot):
        rows = screen_text(app).split("\n")
        (heading,) = (number for number, row in enumerate(rows) if "LICENCES" in row)
        assert heading < 6
        assert "2019-11-16 JP     First licence for liquid" in rows[heading + 2]
        await press(pilot, "5")
        assert "Japan's share of hydrogen fluoride, January" in screen_text(app)
        await press(pilot, "escape", "down", "down", "down", "w", "4")
        assert notices(app) == ["Licences: nothing was public yet on this day."]


async def test_a_page_opens_at_the_step_that_led_to_the_standing(driven: Drive) -> None:
    async with driven("2023-03-16", "2", "enter", "s") as (app, _):
        assert "20 Dec 2019: Japan opens specific bulk licences for photoresist" in screen_text(app)


def test_items_without_sources_show_no_number_of_sources(history: History) -> None:
    for track in history.record.tracks:
        assert not [line for line in page(history, "2019-07-04", track) if "[0]" in line]


async def test_the_page_leads_to_other_tracks_sources_and_export(driven: Drive) -> None:
    async with driven("2021-07-01", "2", "enter", "right", "down", "s", size=NORMAL) as (app, pilot):
        assert isinstance(app.screen, SourcesDialog)
        await press(pilot, "escape", "e")
        assert isinstance(app.screen, ExportDialog)
        assert app.screen.query_one(Input).value == "kjtui-hydrogen-fluoride-2021-07-01.txt"
        await press(pilot, "escape", "escape")
        assert main_screen(app).track == "hydrogen-fluoride"


@pytest.mark.parametrize("size", sizes((60, 12)))
async def test_every_line_of_a_page_can_be_reached(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2023-04-14", "2", "down", "enter", size=size) as (app, _):
        assert isinstance(app.screen, TrackReader)
        text = app.screen.query_one(DocumentText)
        seen = set(range(text.rows))
        for _ in range(4000):
            before = text.scroll_offset.y
            text.action_select(1)
            seen.update(range(text.scroll_offset.y, text.scroll_offset.y + text.rows))
            assert text.scroll_offset.y - before <= text.rows
            if len(seen) >= text.line_count():
                break
        assert len(seen) >= text.line_count()


async def test_the_sources_of_a_passage_have_the_numbers_of_the_page(driven: Drive) -> None:
    async with driven("2021-07-01", "2", "enter", size=NORMAL) as (app, pilot):
        assert isinstance(app.screen, TrackReader)
        text = app.screen.query_one(DocumentText)
        sources = text.document.sources
        for _ in range(6):
            text.action_select(1)
        passage = text.selected_passage
        assert passage
        cited = [number for number, source in enumerate(sources, 1) if source.id in passage.sources]
        assert cited[0] > 1
        await press(pilot, "s")
        found = app.screen.query_one(SourceList)
        rows = ["".join(span for span, _ in found.line(index)) for index in range(found.line_count())]
        for number in cited:
            assert any(row.lstrip(" ▶").startswith(f"[{number}]") for row in rows), number


async def test_an_event_leads_to_its_own_sources(driven: Drive) -> None:
    async with driven("2019-08-02") as (app, pilot):
        for keys in (["s"], ["enter", "s"]):
            await press(pilot, *keys)
            assert isinstance(app.screen, SourcesDialog)
            count = len(event_group(selected_event(app), main_screen(app).snapshot).sources)
            assert f"{count} sources" in str(app.screen.query_one(".count", Static).content)
            await press(pilot, "escape", "escape")


async def test_a_source_can_be_opened_and_copied(history: History, driven: Drive) -> None:
    async with driven("2019-08-02") as (app, pilot):
        opened: list[str] = []
        app.open_url = lambda url, *, new_tab=True: opened.append(url)  # type: ignore[method-assign]  # no browser
        source = event_group(selected_event(app), main_screen(app).snapshot).sources[1]
        await press(pilot, "s", "down", "enter", "y")
        assert opened == [app.clipboard] == [source.url]
        await press(pilot, "c")
        assert app.clipboard == citation(source, history.record)
        for part in (source.title, source.publisher, source.url, str(source.date), "accessed"):
            assert part in app.clipboard


async def test_typed_text_narrows_the_sources_of_the_day(driven: Drive) -> None:
    async with driven("2020-03-10", "S", "slash", *"8TH dialogue yonhap", size=NORMAL) as (app, pilot):
        found = app.screen.query_one(SourceList)
        shown = ["".join(span for span, _ in found.line(index)) for index in range(found.line_count())]
        assert shown
        assert all("Yonhap" in line for line in shown if line.lstrip(" ▶").startswith("["))
        await press(pilot, "enter")
        assert app.focused is found
        await press(pilot, "escape")
        assert app.screen_stack[-1] is not main_screen(app)
        await press(pilot, "escape")
        assert app.screen_stack == [main_screen(app)]


def test_the_sources_of_the_day_are_by_event_newest_first(history: History) -> None:
    snapshot = history.snapshot(date(2020, 3, 10))
    sources = [history.record.sources[one] for event in snapshot.events for one in event.sources]
    groups = day_groups(sources, snapshot)
    titles = [f"{event.date}: {event.title}" for event in reversed(snapshot.events)]
    assert [group.title for group in groups][: len(titles)] == titles
    assert {source.id for group in groups for source in group.sources} >= {source.id for source in sources}


def test_no_fact_is_shown_before_the_day_that_it_names(history: History) -> None:
    """The measures of 4 July 2019 were announced on 1 July. Pages of earlier days must not mention them."""
    for track in history.record.tracks:
        before, after = (" ".join(page(history, day, track)) for day in ("2019-06-30", "2019-07-01"))
        assert "July 2019" not in before
        assert "Aug 2019" not in before
        if track == "photoresist":
            assert "Licences before 4 July 2019" in after


@pytest.mark.usefixtures("hangul")
async def test_a_digit_scrolls_to_a_section_with_a_translated_heading(driven: Drive) -> None:
    async with driven("2021-07-01", "w", notifications=True) as (app, pilot):
        await press(pilot, "2")
        assert not notices(app)
