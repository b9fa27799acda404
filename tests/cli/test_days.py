"""DAY on the command line accepts the notations of the go-to dialog, except ambiguous days."""

import json
from datetime import date

import pytest

from kjtui.cli.commands import main
from kjtui.find.goto import find_day
from kjtui.history.snapshot import History


def as_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["snapshot", *arguments, "--format", "json"]) == 0
    day = json.loads(capsys.readouterr().out)["as_of"]
    assert isinstance(day, str)
    return day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-03-10", "2020-03-10"),
        ("2020-3-1", "2020-03-01"),
        ("2020-03", "2020-03-01"),
        ("20200310", "2020-03-10"),
        ("2020/3/10", "2020-03-10"),
        ("10 March 2020", "2020-03-10"),
        ("March 10, 2020", "2020-03-10"),
        ("2020年3月10日", "2020-03-10"),
        ("2020년 3월 10일", "2020-03-10"),
        ("-2w", "2025-09-25"),
        ("-30", "2025-09-09"),
        ("+1m", "2025-11-09"),
        ("end", "2025-12-31"),
        ("2019-12-31", "2019-12-31"),
    ],
)
def test_a_day_is_accepted_in_every_notation(text: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_of(capsys, text) == day


def test_words_for_days(history: History, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_of(capsys, "start") == str(history.record.dataset.start)
    assert as_of(capsys, "today") == str(history.last_day)
    assert as_of(capsys, "last change") == str(
        max(day for day in history.changes if day < history.latest_change)
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("last year", "2024-03-31"),
        ("작년", "2024-03-31"),
        ("先月", "2025-02-28"),
        ("next week", "2025-04-07"),
    ],
)
def test_last_year_counts_from_today(text: str, day: str, history: History) -> None:
    assert str(find_day(text, history, date(2025, 3, 31))) == day


def test_every_command_accepts_words_for_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "4 July 2019", "2020/3/10"]) == 0
    first = capsys.readouterr().out
    assert main(["compare", "2019-07-04", "2020-03-10"]) == 0
    assert capsys.readouterr().out == first
    assert main(["why", "photoresist", "20 Dec 2019"]) == 0
    assert "20 December 2019" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("4 July", "'4 July' can mean 2016-07-04, 2017-07-04, 2018-07-04, 2019-07-04, 2020-07-04,"),
        ("10/3/2020", "'10/3/2020' can mean 2020-03-10, 2020-10-03"),
        ("8th dialogue", "'8th dialogue' is not a day: try 2019-07-04"),
        ("", "'' is not a day: try 2019-07-04"),
        ("2020-02-30", "there is no 2020-02-30 in the calendar"),
        ("Fri 10 March 2020", "2020-03-10 is a Tuesday"),
        ("next meeting", "there is no meeting after 2025-10-09"),
        ("+999999y", "+999999y is outside the calendar"),
        ("2020-03-10T10:00", "a time of day is not allowed here"),
    ],
)
def test_an_invalid_or_ambiguous_day_is_refused_in_one_line(
    text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["snapshot", text], ["compare", "2020-03-10", text], ["why", "photoresist", text]):
        assert main(command) == 2
        out, error = capsys.readouterr()
        assert out == ""
        assert error.startswith(f"kjtui: {message}")
        assert error.count("\n") == 1


def test_the_command_lists_every_day_that_a_text_can_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshot", "7월 4일"]) == 2
    error = capsys.readouterr().err
    assert error.rstrip().endswith(", ".join(f"{year}-07-04" for year in range(2016, 2026)))


@pytest.mark.parametrize(
    "words",
    [
        ("track", "HF", "--section", "why", "2019-07-10"),
        ("track", "HF", "2019-07-10", "--section", "why"),
        ("track", "--section", "why", "HF", "2019-07-10"),
    ],
)
def test_a_day_can_follow_an_option(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert "10 July 2019" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        ("track", "photoresist"),
        ("event", "2023-03-23-three-materials-bulk"),
        ("meeting", "dialogue-09"),
    ],
    ids=["track", "event", "meeting"],
)
def test_without_a_day_the_document_of_an_item_shows_the_end_of_the_record(
    command: tuple[str, ...], history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(list(command)) == 0
    default = capsys.readouterr().out
    assert main([*command, str(history.last_day)]) == 0
    assert capsys.readouterr().out == default


def test_a_day_typed_instead_of_an_event_suggests_the_events_of_the_day(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [event.id for event in history.record.events if str(event.day) == "2019-07-01"]
    assert ids
    for typed in ("2019-07-01", "1 July 2019"):
        assert main(["event", typed]) == 2
        expected = f"kjtui: there is no event '{typed}'; did you mean {', '.join(ids)}?\n"
        assert capsys.readouterr().err == expected
