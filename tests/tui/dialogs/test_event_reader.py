"""The dialog that shows an event: its keys, the search from the dialog, and the outcomes of the event."""

import pytest

from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.document_reader import DocumentText
from kjtui.tui.dialogs.event_reader import EventReader
from kjtui.tui.dialogs.help_dialog import HelpDialog
from kjtui.tui.dialogs.search_dialog import SearchDialog
from kjtui.tui.dialogs.track_reader import TrackReader
from support.app import NARROW, NORMAL, Drive, main_screen, press, screen_text, selected_event

CABINET_DECISION = "2019-08-02"


def reader(app: KjtuiApp) -> EventReader:
    assert isinstance(app.screen, EventReader)
    return app.screen


def one_line(app: KjtuiApp) -> str:
    """Return the whole text of the open dialog as one line."""
    text = app.screen.query_one(DocumentText)
    lines = ("".join(span for span, _ in text.line(index)) for index in range(text.line_count()))
    return " ".join(" ".join(lines).replace("▶", " ").split())


async def test_an_event_shows_its_outcomes_only_on_request(driven: Drive) -> None:
    async with driven(CABINET_DECISION, "enter", size=NORMAL) as (app, pilot):
        assert "took effect" not in screen_text(app)
        await press(pilot, "o")
        assert "WHAT CAME OF IT BY 31 DEC 2025" in screen_text(app)
        assert "took effect on 28 Aug 2019" in one_line(app)
        await press(pilot, "o", "G")
        assert "WHAT CAME OF IT" not in screen_text(app)


async def test_an_event_without_pending_states_shows_a_message(history: History, driven: Drive) -> None:
    async with driven(CABINET_DECISION, "enter") as (app, pilot):
        events = history.record.events
        plain = next(index for index, event in enumerate(events) if not event.effects)
        reader(app).show_found(plain, ())
        await press(pilot, "o")
        assert "This event left no state pending." in screen_text(app)


async def test_a_later_event_opened_from_outcomes_is_shown_as_known_on_its_day(
    driven: Drive,
) -> None:
    async with driven(CABINET_DECISION, "enter", "o", "enter") as (app, _):
        assert reader(app).event.date.text == "2019-08-28"
        assert "as known on 28 Aug 2019" in one_line(app)


async def test_o_on_the_main_screen_shows_the_outcomes_of_pending_states(driven: Drive) -> None:
    async with driven("2019-08-01", "o", size=NARROW) as (app, _):
        assert "Outcomes of states pending on 1 Aug 2019" in one_line(app)
        assert "As known on 31 Dec 2025, the end of the record" in one_line(app)
        assert "took effect on 28 Aug 2019, 58 days later" in one_line(app)


@pytest.mark.parametrize("size", [NARROW, NORMAL])
async def test_help_in_an_event_begins_with_the_keys_of_an_event(
    driven: Drive, size: tuple[int, int]
) -> None:
    async with driven(CABINET_DECISION, "enter", "question_mark", size=size) as (app, pilot):
        assert isinstance(app.screen, HelpDialog)
        text = screen_text(app)
        assert "Previous event" in text
        assert "What came of it" in text
        assert "compare two days" not in text
        await press(pilot, "escape")
        reader(app)


@pytest.mark.parametrize("keys", [("w",), ("3", "enter"), ("s",), ("B",), ("f",), ("L",), ("g",), ("e",)])
async def test_help_opens_in_every_dialog(driven: Drive, keys: tuple[str, ...]) -> None:
    async with driven("2020-03-10", *keys, "f1") as (app, _):
        assert isinstance(app.screen, HelpDialog)
        assert "Close" in screen_text(app)


async def test_a_search_from_an_event_opens_the_hit_in_the_same_reader(
    history: History, driven: Drive
) -> None:
    async with driven(CABINET_DECISION, "enter", "slash") as (app, pilot):
        assert isinstance(app.screen, SearchDialog)
        await press(pilot, *"stella", "enter")
        matches = main_screen(app).matches
        events = history.record.events
        assert reader(app).index in matches
        assert "Stella" in screen_text(app)
        assert "nN match" in screen_text(app)
        first = reader(app).index
        later = [match for match in matches if match > first]
        await press(pilot, "n" if later else "N")
        assert reader(app).index in matches
        assert reader(app).index != first
        last_read = reader(app).event
        await press(pilot, "escape")
        assert selected_event(app) is last_read
        assert "/stella" in screen_text(app)
        assert last_read in [events[match] for match in matches]


async def test_a_search_from_a_track_page_opens_the_hit_above_it(driven: Drive) -> None:
    async with driven(CABINET_DECISION, "w", "slash", *"stella", "enter") as (app, pilot):
        assert "of this search" in screen_text(app)
        reader(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, TrackReader)


async def test_escape_in_a_search_from_an_event_returns_to_the_event(driven: Drive) -> None:
    async with driven(CABINET_DECISION, "enter", "slash", *"stella", "escape") as (app, _):
        assert reader(app).event.date.text == CABINET_DECISION
        assert main_screen(app).search is None


async def test_the_keys_of_matches_step_through_a_kept_search(driven: Drive) -> None:
    async with driven("2019-07-01", "slash", *"stella", "tab", *["up"] * 4, "enter", "enter") as (app, pilot):
        matches = main_screen(app).matches
        assert reader(app).index == matches[0]
        await press(pilot, "n")
        assert reader(app).index == matches[1]
        await press(pilot, "N")
        assert reader(app).index == matches[0]


async def test_without_a_search_the_keys_of_matches_are_not_offered(driven: Drive) -> None:
    async with driven(CABINET_DECISION, "enter") as (app, pilot):
        assert "nN match" not in screen_text(app)
        before = reader(app).index
        await press(pilot, "n")
        assert reader(app).index == before
        await press(pilot, "question_mark")
        assert "Next event" in screen_text(app)
        assert "Next match" not in screen_text(app)
