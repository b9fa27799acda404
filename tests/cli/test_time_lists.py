"""Lists over time, such as runs and outcomes. Each name of an item can be used to select the item."""

import csv
import io
import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kjtui.cli.commands import main
from kjtui.history.snapshot import History
from kjtui.record.model import Record
from kjtui.record.store import default_store
from support.commands import Capture, printed


def rows(capsys: Capture, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed(capsys, *arguments, "--format", "ndjson").splitlines()]


def test_runs_count_the_days_off_japans_list(capsys: Capture) -> None:
    """Korea was off Japan's list from 28 August 2019 to 20 July 2023, both days included."""
    [off] = [run for run in rows(capsys, "runs", "JP list") if run["state"] == "delisted"]
    assert (off["first"], off["last"], off["days"], off["total_days"]) == (
        "2019-08-28",
        "2023-07-20",
        1423,
        1423,
    )


def test_a_state_without_a_known_beginning_has_no_number_of_days(capsys: Capture) -> None:
    text = printed(capsys, "runs", "WTO case DS590")
    first = text.splitlines()[1]
    assert "no case" in first
    assert "unknown" in first
    assert " 0 in this state" not in text
    assert printed(capsys, "runs", "JP entry").splitlines()[1].split()[-2:-1] == ["least"]


@pytest.mark.parametrize(
    ("language", "heading", "total"),
    [
        ("en", "total in this state", "at least 1,015"),
        ("ko", "이 상태 합계", "1,015일 이상"),
        ("ja", "この状態の合計", "1,015以上"),
    ],
)
def test_the_heading_says_what_the_total_counts(
    language: str, heading: str, total: str, capsys: Capture
) -> None:
    header, first, second, *_ = printed(capsys, "runs", "photoresist", "--lang", language).splitlines()
    assert header.endswith(heading)
    assert first.endswith(f"  {total}")
    assert second.endswith("  169")


def test_figures_take_the_track_as_an_option(capsys: Capture) -> None:
    expected = printed(capsys, "figures", "HF", "2021-01-01")
    assert printed(capsys, "figures", "--track", "HF", "2021-01-01") == expected
    assert printed(capsys, "figures", "2021-01-01", "--track", "HF") == expected
    assert main(["figures", "HF", "2021-01-01", "--track", "HF"]) == 2
    assert capsys.readouterr().err == "kjtui: give the track once: as TRACK or with --track\n"


def test_a_comparison_lists_the_lapse_that_did_not_happen(capsys: Capture) -> None:
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


def test_outcomes_match_words_of_the_list_and_of_events(capsys: Capture) -> None:
    everything = rows(capsys, "outcomes")
    lapse = rows(capsys, "outcomes", "2019-11-21", "--match", "gsomia 22 Nov 2019")
    assert [outcome["track"] for outcome in lapse] == ["gsomia"]
    assert rows(capsys, "outcomes", "--match", "") == everything
    assert rows(capsys, "outcomes", "--match", "xyzzy") == []
    by_actor = rows(capsys, "outcomes", "--match", "actor:JP")
    assert 0 < len(by_actor) < len(everything)
    assert all("JP" in outcome["actors"] for outcome in by_actor)


def test_a_term_selects_the_outcomes_and_tracks_that_mention_it(capsys: Capture) -> None:
    """Some events about Japan's list mention GSOMIA, but no state of Japan's list does."""
    assert {outcome["track"] for outcome in rows(capsys, "outcomes", "--match", "term:GSOMIA")} == {"gsomia"}
    assert [track["id"] for track in rows(capsys, "tracks", "--match", "term:GSOMIA")] == ["gsomia"]


def test_states_by_month_have_one_row_per_track_and_one_column_per_month(capsys: Capture) -> None:
    span = ("--from", "2019-07", "--to", "2020-02", "--every", "month")
    lines = printed(capsys, "tracks", *span).splitlines()
    assert lines[0].split() == [
        "track",
        *(f"2019-{month:02}" for month in range(7, 13)),
        "2020-01",
        "2020-02",
    ]
    states = {cells[0]: cells[1:] for cells in (re.split(" {2,}", line) for line in lines[1:])}
    assert states["Photoresist"] == ["individual"] * 5 + ["specific bulk"] * 3
    long_form = rows(capsys, "tracks", *span)
    assert len(long_form) == len(states) * 8
    assert {"track", "period", "state", "pending"} <= set(long_form[0])


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "header", "names"),
    [
        ("en", "since actors track", ["1 Jul 2019", "JP", "Photoresist", "for 4 Jul 2019"]),
        ("ko", "시작 주체 사안", ["2019년 7월 1일", "JP", "포토레지스트", "2019년 7월 4일 예정"]),
        ("ja", "開始 主体 項目", ["2019年7月1日", "JP", "フォトレジスト", "予定日：2019年7月4日"]),
    ],
)
def test_outcomes_as_text_have_a_header_and_name_tracks_and_days(
    language: str, header: str, names: list[str], capsys: Capture
) -> None:
    store = str(default_store(language))
    text = printed(capsys, "outcomes", "2019-07-01", "--lang", language, "--store", store)
    first, *lines = text.splitlines()
    assert first.split()[:3] == header.split()
    [line] = [line for line in lines if names[2] in line]
    cells = re.split(" {2,}", line)
    assert [*cells[:3], cells[4]] == names
    assert cells[-1] == "2019-07-01-meti-announcement"
    assert not re.search(r"\d{4}-\d{2}", " ".join(cells[:-1]))


def test_states_for_scripts_have_separate_columns_for_state_and_pending(capsys: Capture) -> None:
    """On 31 July 2019 Korea was still on Japan's list, and its removal was proposed."""
    span = ("--from", "2019-07", "--to", "2019-07", "--every", "month", "--match", "track:japan-list")
    table = printed(capsys, "tracks", *span, "--format", "csv")
    [row] = csv.DictReader(io.StringIO(table, newline=""))
    assert row["track"] == "japan-list"
    assert (row["period"], row["state"], row["pending"]) == ("2019-07", "listed", "delisted")
    assert row["pending_stage"] == "proposed"
    [item] = rows(capsys, "tracks", *span)
    assert [entry["state"] for entry in item["pending"]] == ["delisted"]


@pytest.mark.parametrize(
    ("every", "periods"),
    [
        ("year", ["2019", "2020"]),
        ("quarter", ["2019-Q4", "2020-Q1"]),
        ("month", ["2019-12", "2020-01"]),
        ("week", ["2020-W01", "2020-W02"]),
    ],
)
def test_states_are_listed_by_other_periods(every: str, periods: list[str], capsys: Capture) -> None:
    """Monday 30 December 2019 belongs to the first ISO week of 2020."""
    span = ("--from", "2019-12-30", "--to", "2020-01-06", "--every", every, "--match", "GSOMIA")
    found = [item["period"] for item in rows(capsys, "tracks", *span) if item["track"] == "gsomia"]
    assert found == periods


def test_events_are_counted_by_month_with_the_empty_months(capsys: Capture) -> None:
    span = ("--from", "2019-07", "--to", "2019-12")
    counts = rows(capsys, "events", "--kind", "licence", *span, "--count", "month")
    assert [count["period"] for count in counts] == [f"2019-{month:02}" for month in range(7, 13)]
    events = rows(capsys, "events", "--kind", "licence", *span)
    assert sum(count["events"] for count in counts) == len(events)
    assert counts[0]["events"] == 0


def test_counts_without_a_span_begin_and_end_with_an_event(capsys: Capture) -> None:
    for period in ("month", "year"):
        counts = rows(capsys, "events", "--kind", "licence", "--count", period)
        assert counts[0]["events"] > 0
        assert counts[-1]["events"] > 0
        assert sum(count["events"] for count in counts) == len(rows(capsys, "events", "--kind", "licence"))


def test_events_in_full_have_statements_and_sources(capsys: Capture, record: Record, tmp_path: Path) -> None:
    event = next(event for event in record.events if event.says)
    query = ("events", "--match", event.id, "--sort", "day", "--full")
    text = printed(capsys, *query)
    assert event.title in " ".join(text.split())
    assert "SOURCES" in text
    words = " ".join(next(iter(event.says.values())).split()[:6])
    assert words in " ".join(text.split())
    assert record.sources[event.sources[0]].publisher in text
    again = next(line for line in text.splitlines() if line.startswith("Again: kjtui "))
    assert printed(capsys, *shlex.split(again)[2:]) == text
    page = tmp_path / "events.html"
    assert main([*query, "--output", str(page)]) == 0
    assert "<h1" in page.read_text(encoding="utf-8")
    assert main(["events", "--format", "html"]) == 2
    assert "--format html needs --full" in capsys.readouterr().err


def test_events_in_csv_name_their_sources(capsys: Capture, record: Record) -> None:
    table = printed(capsys, "events", "--format", "csv")
    first = next(csv.DictReader(io.StringIO(table, newline="")))
    event = next(event for event in record.events if event.id == first["id"])
    assert first["source_ids"].split() == list(event.sources)
    assert record.sources[event.sources[0]].title in first["sources"]


def test_events_are_sorted_by_day_on_request(capsys: Capture) -> None:
    by_day = [event["id"] for event in rows(capsys, "events", "--match", "gsomia", "--sort", "day")]
    best = [event["id"] for event in rows(capsys, "events", "--match", "gsomia", "--sort", "best")]
    assert by_day != best == [event["id"] for event in rows(capsys, "events", "--match", "gsomia")]
    everything = [event["id"] for event in rows(capsys, "events")]
    assert by_day == [event for event in everything if event in by_day]


def test_sources_are_chosen_by_publisher_kind_and_language(capsys: Capture, record: Record) -> None:
    found = rows(capsys, "sources", "--publisher", "meti", "--source-kind", "Official", "--language", "JA")
    wanted = [
        source.id
        for source in record.sources.values()
        if "METI" in source.publisher and (source.kind, source.language) == ("official", "ja")
    ]
    assert {source["id"] for source in found} == set(wanted)
    assert wanted
    fields = rows(capsys, "sources", "--match", "publisher:METI source-kind:official lang:ja")
    assert fields == found
    assert main(["sources", "--publisher", "Metti"]) == 2
    assert "there is no publisher 'Metti'; did you mean" in capsys.readouterr().err
    ris = printed(capsys, "export", "--publisher", "METI", "--language", "ja", "--format", "ris")
    assert ris.count("TY  - ") == len(
        [one for one in record.sources.values() if "METI" in one.publisher and one.language == "ja"]
    )
    [alone] = {source["publisher"] for source in rows(capsys, "sources", "--publisher", '"METI"')}
    assert alone == "METI"


@pytest.mark.parametrize("field", ["lang:ko", "publisher:METI", "source-kind:official", "source:gsomia"])
def test_a_negated_field_of_sources_lists_the_other_sources(
    field: str, capsys: Capture, record: Record
) -> None:
    found = [source["id"] for source in rows(capsys, "sources", f"--match={field}")]
    others = [source["id"] for source in rows(capsys, "sources", f"--match=-{field}")]
    assert found
    assert others
    assert sorted([*found, *others]) == sorted(record.sources)


def test_sources_later_than_the_last_day_are_marked(capsys: Capture, record: Record) -> None:
    day = "2019-07-31"
    listed = rows(capsys, "sources", "--to", day)
    for source in listed:
        published = record.sources[source["id"]].date
        assert source["later"] == (published is not None and str(published.first) > day)
    assert any(source["later"] for source in listed)
    assert f"later than {day}" in printed(capsys, "sources", "--to", day)


def test_planned_meetings_are_those_of_the_last_day(history: History, capsys: Capture) -> None:
    day = date(2020, 3, 9)
    known = history.snapshot(day).meetings.known
    planned = [state.meeting.id for state in known if state.status == "planned"]
    found = rows(capsys, "meetings", "--status", "planned", "--to", str(day))
    assert [meeting["id"] for meeting in found] == planned
    assert planned


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
    assert "there is no section 'nothing'; available: " in capsys.readouterr().err


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


def test_figures_are_listed_by_series_as_known_on_a_day(capsys: Capture) -> None:
    """Japan published the figure for June 2019 on 30 August: 2,932 tonnes of hydrogen fluoride."""
    before = rows(capsys, "figures", "HF", "2019-08-29")
    after = rows(capsys, "figures", "HF", "2019-08-30")
    [june] = [
        figure
        for figure in after
        if figure["period"] == "2019-06" and figure["series"] == "hydrogen-fluoride-exports-month"
    ]
    assert (june["track"], june["value"], june["published"]) == ("hydrogen-fluoride", 2932, "2019-08-30")
    assert june["sources"]
    assert june not in before
    assert {figure["track"] for figure in rows(capsys, "figures")} > {"hydrogen-fluoride"}
    assert rows(capsys, "figures", "--match", "xyzzy") == []


def test_figures_are_written_as_csv(capsys: Capture) -> None:
    table = list(csv.DictReader(io.StringIO(printed(capsys, "figures", "HF", "--format", "csv"))))
    [june] = [
        row
        for row in table
        if row["period"] == "2019-06" and row["series"] == "hydrogen-fluoride-exports-month"
    ]
    assert (june["first"], june["last"], june["value"]) == ("2019-06-01", "2019-06-30", "2932")


def test_a_query_may_begin_with_a_minus_sign(capsys: Capture) -> None:
    assert main(["events", "--match", "-kind:licence", "--format", "csv"]) == 0
    kinds = {row["kind"] for row in csv.DictReader(capsys.readouterr().out.splitlines())}
    assert kinds
    assert "licence" not in kinds


def test_a_day_without_pending_states_prints_a_message(capsys: Capture) -> None:
    assert main(["outcomes", "2019-12-20"]) == 0
    assert capsys.readouterr() == ("", "kjtui: nothing was pending on 2019-12-20\n")


def test_words_of_facts_suggest_the_page_of_the_track(capsys: Capture) -> None:
    assert main(["events", "--match", "HSK"]) == 0
    assert "kjtui track photoresist --section facts" in capsys.readouterr().err


def test_tracks_are_listed_one_by_one(capsys: Capture) -> None:
    listed = rows(capsys, "tracks", "--track", "gsomia", "--track", "Photoresist")
    assert {row["id"] for row in listed} == {"gsomia", "photoresist"}
