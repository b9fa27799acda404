"""The text export: golden files for the days of the two articles, and properties of every document."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from kjtui.documents.snapshot_document import snapshot_document
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.words import labels
from kjtui.words.wrap import PAGE_WIDTH, cells
from regenerate import goldens
from support.exports import as_text


@pytest.mark.parametrize("golden", goldens().items(), ids=lambda item: item[0].stem)
def test_the_days_of_the_articles(golden: tuple[Path, str]) -> None:
    path, text = golden
    assert text == path.read_text(encoding="utf-8"), "python tests/regenerate.py, and read the difference"


def some_days(history: History) -> list[date]:
    first = date(2018, 9, 1)
    return [first + timedelta(days=count) for count in range(0, 2800, 97)] + list(history.changes)


def test_text_is_narrow_plain_and_citable(history: History) -> None:
    for day in some_days(history):
        text = as_text(history.snapshot(day))
        lines = text.splitlines()
        assert max(map(cells, lines)) <= PAGE_WIDTH, max(lines, key=cells)
        assert all(character.isprintable() or character == "\n" for character in text)
        assert text.endswith(f"Again: kjtui snapshot {day}\n")
        assert lines[-6:-1] == [
            "Record: Japan–Korea export controls",
            f"Version: {history.record.dataset.version}",
            f"SHA-256: {history.record.digest}",
            f"Document: snapshot {day}",
            "Format: text",
        ]


def test_every_event_up_to_the_day_and_none_after_is_in_the_text(history: History) -> None:
    for day in (date(2019, 7, 4), date(2020, 3, 10), date(2023, 4, 14)):
        text = " ".join(as_text(history.snapshot(day), full=True).split())
        for event in history.record.events:
            known = event.day <= day
            time = f"{event.time} " if event.time else ""
            title = f"{event.date.text} {labels.actors(event, 6)} {time}{event.title}"
            assert (title in text) == known, event.id


def test_numbers_of_sources_are_gapless_and_explained(history: History) -> None:
    text = as_text(history.snapshot(date(2020, 3, 10)))
    body, _, sources = text.partition("\nSOURCES\n")
    listed = re.findall(r"^ {0,3}\[(\d+)\] ", sources, re.MULTILINE)
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    cited = {int(n) for run in re.findall(r"\[([\d,–]+)\]", body) for n in re.split("[,–]", run)}
    assert max(cited) == len(listed)


@pytest.mark.parametrize("full", [False, True])
def test_an_address_can_be_joined_from_its_lines(history: History, full: bool) -> None:
    snapshot = history.snapshot(date(2020, 3, 10))
    listed = as_text(snapshot, full=full).partition("\nSOURCES\n")[2].partition("\n────")[0]
    entries = re.split(r"\n(?= {0,3}\[\d+\] )", listed)[1:]
    document = snapshot_document(snapshot, full=full)
    assert len(entries) == len(document.sources)
    for entry, source in zip(entries, document.sources, strict=True):
        assert "".join(line.strip() for line in entry.split("\n")).endswith(source.url)
        assert not any(line.endswith("-") for line in entry.split("\n"))
    assert max(len(entry.split("\n")) for entry in entries) > 2


def test_a_comparison_lists_changes_and_reversed_changes(history: History) -> None:
    """Japan took Korea off its list on 28 August 2019 and put it back on 21 July 2023."""
    days = (date(2019, 7, 4), date(2023, 7, 21))
    text = " ".join(as_text(compare(*map(history.snapshot, days))).split())
    assert "CHANGED AND CHANGED BACK" in text.partition("Japan's list: Korea listed")[0]
    assert " changed and changed back, " in text
    text = re.sub(r" \[[\d–,]+\]!?", "", text)  # citations
    before = "listed → 28 Aug 2019 delisted, Group B (1,423 days)"
    assert f"Japan's list: Korea listed, since 21 Jul 2023 before: {before}" in text


def test_a_document_marks_decided_and_undecided_states(history: History) -> None:
    """On 26 August 2019, Korea's removal from Japan's list was set for 28 August.

    Japan's removal from Korea's list was only proposed.
    """
    text = as_text(history.snapshot(date(2019, 8, 26)))
    assert "▸ delisted, Group B: set for 28 Aug 2019" in text
    assert "▹ delisted, area Ga-2: proposed" in text
