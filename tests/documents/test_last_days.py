"""Last days of states. The cited source belongs to the event that set, extended or lifted the last day."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from kjtui.history.compare import Comparison, compare
from kjtui.history.snapshot import History, Snapshot
from kjtui.history.track_page import TrackPage, track_page
from kjtui.languages import speaking
from kjtui.record.model import Effect
from support.exports import as_html, as_json, as_markdown, as_text, flat
from support.fee_record import fee_event, fee_history


def due(until: date | None) -> Effect:
    return Effect("fee", "due", "in-force", until=until)


MARCH, APRIL = date(2022, 3, 31), date(2022, 4, 30)
FIRST = fee_event("2022-01-10", due(MARCH), name="first")
EXTENDED = replace(fee_event("2022-03-20", due(APRIL), name="extension"), sources=("letter",))
LIFTED = replace(fee_event("2022-04-20", due(None), name="lasting"), sources=("letter",))


def day(number: int, history: History, month: int = 4) -> Snapshot:
    return history.snapshot(date(2022, month, number))


@pytest.fixture(name="history", scope="module")
def fixture_history() -> History:
    return fee_history(FIRST, EXTENDED, LIFTED)


def test_an_extended_last_day_cites_the_extension(history: History) -> None:
    text = as_text(day(1, history))
    assert "waiver suspended until 30 Apr 2022 [1], since 10 Jan 2022 [2]" in flat(text)
    assert " [1] Harbour Post" in text
    markdown = as_markdown(day(1, history))
    assert (
        "waiver suspended until 30 Apr 2022 \\[[1](#source-1)\\] | 10 Jan 2022 \\[[2](#source-2)" in markdown
    )
    html = as_html(day(1, history))
    assert 'waiver suspended until 30 Apr 2022 <span class="cited">[<a href="#source-1">1</a>]' in html
    assert '"until_by": "2022-03-20-extension"' in as_json(day(1, history))


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "line", "cell"),
    [
        (
            "ko",
            "2022년 1월 10일부터, 2022년 4월 30일까지 [1] [2]",
            "waiver suspended, 2022년 4월 30일까지",
        ),
        (
            "ja",
            "2022年1月10日から、2022年4月30日まで [1] [2]",
            "waiver suspended、2022年4月30日まで",
        ),
    ],
)
def test_korean_and_japanese_name_the_last_day_after_the_start(
    history: History, language: str, line: str, cell: str
) -> None:
    """In a table, the first day has its own column, so the last day is in the column of the state."""
    snapshot = day(1, history)
    with speaking(language):
        for text in (as_text(snapshot), as_text(track_page(snapshot, "fee"))):
            assert unspaced(line) in unspaced(text)
        assert f"{cell} \\[[1](#source-1)" in as_markdown(snapshot)


def unspaced(text: str) -> str:
    """Return a text without spaces and line breaks, so that its wrapping does not matter."""
    return "".join(text.split())


def test_a_last_day_that_the_same_event_set_is_cited_once(history: History) -> None:
    text = flat(as_text(day(15, history, month=2)))
    assert "waiver suspended until 31 Mar 2022, since 10 Jan 2022 [1]" in text


def test_a_state_that_became_lasting_cites_the_event_that_lifted_its_last_day(history: History) -> None:
    standing = history.standing("fee", date(2022, 5, 15))
    assert (standing.until, standing.until_by, standing.because) == (None, LIFTED, FIRST)
    text = as_text(day(15, history, month=5))
    assert "since 10 Jan 2022 [1], without end date [2]" in flat(text)
    assert " [2] Harbour Post" in text
    assert '"until_by": "2022-04-20-lasting"' in as_json(day(15, history, month=5))


def test_another_state_has_no_lifted_last_day() -> None:
    free = fee_event("2022-05-01", Effect("fee", "free", "in-force"), name="free")
    standing = fee_history(FIRST, LIFTED, free).standing("fee", date(2022, 5, 15))
    assert standing.until_by is None


def test_a_passed_last_day_is_cited() -> None:
    history = fee_history(FIRST, EXTENDED)
    text = flat(as_text(day(10, history, month=5)))
    assert "since 10 Jan 2022 [1], until 30 Apr 2022; nothing recorded since [2]" in text


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
@pytest.mark.parametrize(
    "subject",
    [
        lambda history: track_page(day(1, history), "fee"),
        lambda history: compare(day(1, history, month=1), day(1, history)),
        lambda history: compare(day(25, history, month=3), day(1, history)),
    ],
    ids=["track", "changed", "the same"],
)
def test_every_document_cites_a_last_day(
    subject: Callable[[History], Comparison | TrackPage], history: History, *, full: bool
) -> None:
    assert "until 30 Apr 2022 [" in flat(as_text(subject(history), full=full))


def test_a_state_that_is_to_become_lasting_says_so_while_it_is_limited() -> None:
    """A real example: visa-free entry to Korea was to end on 31 October 2022, but became permanent."""
    lasting = fee_event("2022-03-20", Effect("fee", "due", "adopted", date(2022, 4, 1)), name="lasting")
    snapshot = fee_history(FIRST, lasting).snapshot(date(2022, 3, 25))
    text = flat(as_text(snapshot))
    assert "Next, set for 1 Apr 2022: Landing fee, waiver suspended without end date." in text
    assert "▸ waiver suspended without end date: set for 1 Apr 2022" in text
