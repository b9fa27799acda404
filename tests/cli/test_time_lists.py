"""Lists over time: runs, outcomes, and months; and documents by any name of a thing."""

import csv
import io
import json
from typing import Any

import pytest

from kjtui.cli.commands import main
from support.commands import Capture, printed


def rows(capsys: Capture, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed(capsys, *arguments, "--format", "ndjson").splitlines()]


def test_runs_count_the_days_off_japans_list(capsys: Capture) -> None:
    """From 28 August 2019 to 20 July 2023 inclusive."""
    [off] = [run for run in rows(capsys, "runs", "JP list") if run["state"] == "delisted"]
    assert (off["first"], off["last"], off["days"], off["total_days"]) == (
        "2019-08-28",
        "2023-07-20",
        1423,
        1423,
    )


def test_the_days_of_a_state_without_a_known_beginning_are_not_said_to_be_none(capsys: Capture) -> None:
    text = printed(capsys, "runs", "WTO case DS590")
    first = text.splitlines()[0]
    assert "no case" in first
    assert "unknown" in first
    assert " 0 in this state" not in text
    assert "at least" in printed(capsys, "runs", "JP entry").splitlines()[0]


def test_a_comparison_says_that_the_lapse_did_not_happen(capsys: Capture) -> None:
    text = " ".join(printed(capsys, "compare", "2019-11-21", "2019-11-23").split())
    _, _, missed = text.partition("EXPECTED, AND DID NOT HAPPEN")
    assert (
        "GSOMIA: lapsed, adopted on 23 Aug 2019 for 23 Nov 2019: replaced on 22 Nov 2019 by notice suspended"
        in missed
    )


def test_the_lapse_set_for_november_2019_did_not_happen(capsys: Capture) -> None:
    [outcome] = [one for one in rows(capsys, "outcomes", "2019-11-21") if one["track"] == "gsomia"]
    assert outcome["expected"] == "2019-11-23"
    assert outcome["outcome"] == "replaced"
    assert outcome["day"] == "2019-11-22"


def test_outcomes_match_words_of_what_the_list_shows_and_of_events(capsys: Capture) -> None:
    everything = rows(capsys, "outcomes")
    lapse = rows(capsys, "outcomes", "2019-11-21", "--match", "gsomia 22 Nov 2019")
    assert [outcome["track"] for outcome in lapse] == ["gsomia"]
    assert rows(capsys, "outcomes", "--match", "") == everything
    assert rows(capsys, "outcomes", "--match", "xyzzy") == []
    by_actor = rows(capsys, "outcomes", "--match", "actor:JP")
    assert 0 < len(by_actor) < len(everything)


def test_states_by_month_have_a_row_a_track_and_a_column_a_month(capsys: Capture) -> None:
    span = ("--from", "2019-07", "--to", "2020-02", "--every", "month")
    table = list(csv.reader(io.StringIO(printed(capsys, "tracks", *span, "--format", "csv"), newline="")))
    assert table[0] == ["track", *(f"2019-{month:02}" for month in range(7, 13)), "2020-01", "2020-02"]
    states = {row[0]: row[1:] for row in table[1:]}
    assert states["photoresist"] == ["individual"] * 5 + ["specific-bulk"] * 3
    long_form = rows(capsys, "tracks", *span)
    assert len(long_form) == len(states) * 8
    assert {"track", "month", "state", "pending"} <= set(long_form[0])


def test_events_are_counted_by_month_with_the_empty_months(capsys: Capture) -> None:
    span = ("--from", "2019-07", "--to", "2019-12")
    counts = rows(capsys, "events", "--kind", "licence", *span, "--count", "month")
    assert [count["month"] for count in counts] == [f"2019-{month:02}" for month in range(7, 13)]
    events = rows(capsys, "events", "--kind", "licence", *span)
    assert sum(count["events"] for count in counts) == len(events)
    assert counts[0]["events"] == 0


@pytest.mark.parametrize("name", ["HF", "hf", "hydrogen fluoride", "HYDROGEN-FLUORIDE", "불화수소"])
def test_a_track_is_found_by_any_name_in_any_case(name: str, capsys: Capture) -> None:
    assert printed(capsys, "track", name, "2020-03-10") == printed(
        capsys, "track", "hydrogen-fluoride", "2020-03-10"
    )


@pytest.mark.parametrize("actor", ["jp", "JP", "Japan", "japan"])
def test_an_actor_is_found_by_code_or_name_in_any_case(actor: str, capsys: Capture) -> None:
    assert rows(capsys, "events", "--actor", actor) == rows(capsys, "events", "--actor", "JP")


def test_a_section_of_a_track_is_printed_alone(capsys: Capture) -> None:
    text = printed(capsys, "track", "HF", "--section", "facts")
    assert "FACTS" in text
    assert "2811.11.1000" in text
    assert "WHY" not in text
    assert main(["track", "HF", "--section", "nothing"]) == 2
    assert "there is no section 'nothing'; there are " in capsys.readouterr().err


def test_sources_of_the_events_that_match(capsys: Capture) -> None:
    events = rows(capsys, "events", "--match", "stella")
    sources = {source["id"] for source in rows(capsys, "sources", "--event-match", "stella")}
    assert {source for event in events for source in event["sources"]} <= sources
    ris = printed(capsys, "export", "--event-match", "stella", "--format", "ris")
    assert ris.count("TY  - ") == len(sources)


def test_meetings_are_listed_by_level_series_and_status(capsys: Capture) -> None:
    found = rows(capsys, "meetings", "--level", "DG", "--series", "Policy Dialogue", "--status", "held")
    assert [meeting["round"] for meeting in found] == sorted(meeting["round"] for meeting in found)
    assert {meeting["level"] for meeting in found} == {"director-general"}
    assert all({"heads", "known", "outcome"} <= set(meeting) for meeting in found)


def test_a_person_has_the_meetings_headed_and_the_events_that_name_them(capsys: Capture) -> None:
    [person] = rows(capsys, "terms", "--match", '"Lee Ho-hyeon"')
    assert "dialogue-07" in person["heads"]
    assert person["events"]
    text = printed(capsys, "term", "lee ho-hyeon")
    assert "7th Export Management Policy Dialogue" in text
