"""The export of the whole record as iCalendar. The tests read it with the library ``icalendar``."""

import re
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import icalendar
import pytest

from kjtui.cli.commands import main
from kjtui.cli.install_advice import how_to_install
from kjtui.formats.calendar import calendar, sequence
from kjtui.history.snapshot import History, sources_of
from kjtui.record.store import load
from support.hangul import ADDRESS, record_in_hangul
from support.hostile import COMMAND, spoilt_tables
from support.stores import BRIDGE, MakeStore, Tables

ROOT = Path(__file__).parents[2]
Entries = dict[str, icalendar.Event]


@pytest.fixture(params=["real", "bridge", "mixed", "long", "empty"])
def any_history(
    request: pytest.FixtureRequest, history: History, bridge: History, tables: Tables, make_store: MakeStore
) -> History:
    """Return the history of the sample record, of the second record, or of a copy with hostile texts."""
    known = {"real": history, "bridge": bridge}
    return known.get(request.param) or History(load(make_store(spoilt_tables(tables, request.param))))


@cache
def entries(history: History) -> Entries:
    """Return a record's calendar as a mapping from UID to entry. The last part of each UID is omitted."""
    read = icalendar.Calendar.from_ical(calendar(history))
    assert isinstance(read, icalendar.Calendar)
    found = {str(entry["uid"]).rpartition(".")[0]: entry for entry in read.events}
    assert len(found) == len(read.events)
    return found


def text(entry: icalendar.Component, name: str) -> str:
    assert isinstance(entry[name], icalendar.vText)
    return str(entry[name])


def days(entry: icalendar.Event) -> tuple[date, date]:
    """Return the first and the last day of an entry. The field ``dtend`` is the day after the last day."""
    first, end = entry.decoded("dtstart"), entry.decoded("dtend")
    assert type(first) is type(end) is date
    return first, end - timedelta(days=1)


def test_every_event_has_its_days_words_and_sources(any_history: History) -> None:
    record, found = any_history.record, entries(any_history)
    snapshot = any_history.snapshot(any_history.last_day)
    for event in record.events:
        entry = found[f"{event.id}@events"]
        assert days(entry) == (event.date.first, (event.end or event.date).last)
        assert text(entry, "summary") == event.title + (" !" if snapshot.is_disputed(event) else "")
        assert list(map(str, entry.categories)) == [event.kind]
        told = text(entry, "description")
        assert event.summary.strip() in told
        for source in (record.sources[source] for source in sources_of(event, snapshot)):
            assert source.title.strip() in told
            assert source.url.strip() in told
        for dispute in snapshot.disputes(event):
            assert dispute.about in told
        assert (entry["status"], entry["transp"]) == ("CONFIRMED", "TRANSPARENT")
        assert entry.decoded("dtstamp") == datetime(*record.dataset.reviewed.timetuple()[:3], tzinfo=UTC)


def test_every_meeting_of_a_known_day_has_its_days_place_and_status(any_history: History) -> None:
    found = entries(any_history)
    meetings = any_history.snapshot(any_history.last_day).meetings
    for state in meetings.known:
        entry = found[f"{state.meeting.id}@meetings"]
        assert state.starts is not None
        assert days(entry) == (state.starts.first, (state.ends or state.starts).last)
        assert text(entry, "summary") == state.meeting.name
        assert (text(entry, "location") if "location" in entry else "") == state.place
        assert entry["status"] == ("CANCELLED" if state.status == "cancelled" else "CONFIRMED")
        for event in state.events:
            assert event.title in text(entry, "description")
            assert found[f"{event.id}@events"]["related-to"] == entry["uid"]
    assert len(found) == len(any_history.record.events) + len(meetings.known)


def test_a_calendar_holds_no_commands_and_its_lines_are_short(any_history: History) -> None:
    written = calendar(any_history)
    assert written.endswith("END:VCALENDAR\r\n")
    assert not COMMAND.search(written.replace("\r\n", ""))
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75


def test_the_same_store_gives_the_same_bytes(any_history: History) -> None:
    assert calendar(any_history) == calendar(History(any_history.record))


def test_the_calendar_names_its_record(history: History) -> None:
    read = icalendar.Calendar.from_ical(calendar(history))
    record = history.record
    assert isinstance(read, icalendar.Calendar)
    assert str(read["name"]) == record.dataset.title
    assert record.digest in text(read, "description")
    assert text(read, "description").endswith("\nAgain: kjtui export --format icalendar")
    for name, older in (("name", "x-wr-calname"), ("description", "x-wr-caldesc")):
        assert read[name].to_ical() == read[older].to_ical()
    assert (read["version"], bool(read["prodid"])) == ("2.0", True)


@pytest.mark.usefixtures("hangul")
def test_a_calendar_in_korean_holds_no_word_of_english(tmp_path: Path) -> None:
    """The fields that hold codes, such as the categories, are not checked."""
    record = record_in_hangul(tmp_path)
    history = History(record)
    read = icalendar.Calendar.from_ical(calendar(history))
    assert isinstance(read, icalendar.Calendar)
    about = text(read, "description").partition("Data: ")[0]
    shown = [about]
    for entry in entries(history).values():
        shown += [text(entry, name) for name in ("summary", "description", "location") if name in entry]
    words = {word for line in shown for word in re.findall(r"[A-Za-z]{2,}", line.replace(ADDRESS, ""))}
    assert len(shown) > 1000
    assert words <= set(record.dataset.actors)


@pytest.mark.usefixtures("hangul")
def test_the_command_of_a_calendar_in_korean_names_the_language(history: History) -> None:
    read = icalendar.Calendar.from_ical(calendar(history))
    assert isinstance(read, icalendar.Calendar)
    assert text(read, "description").endswith("\nAgain: kjtui export --format icalendar --lang ko")


def test_an_unknown_day_is_not_invented(bridge: History) -> None:
    entry = entries(bridge)["2021-04-hearing-set@events"]
    assert days(entry) == (date(2021, 4, 1), date(2021, 4, 30))
    assert "Known only to the month: Apr 2021" in text(entry, "description")


def test_a_meeting_lasts_to_its_last_day(history: History) -> None:
    found = entries(history)
    assert days(found["dialogue-08@meetings"]) == (date(2020, 3, 10), date(2020, 3, 11))
    assert "When: 10 Mar 2020 10:00 – 11 Mar 2020 01:50" in text(found["dialogue-08@meetings"], "description")
    assert days(found["dialogue-10@meetings"]) == (date(2023, 4, 18), date(2023, 4, 20))


def test_a_planned_meeting_is_tentative_and_one_without_a_day_is_named(
    tables: Tables, make_store: MakeStore
) -> None:
    tables["meetings"]["2"] = {"id": "hearing-2", "series": "hearing", "name": "Second hearing"}
    tables["events"]["5"]["meeting"] = {"id": "hearing-2", "phase": "planned"}
    history = History(load(make_store(tables)))
    assert "hearing-2@meetings" not in entries(history)
    assert "related-to" not in entries(history)["2021-07-01-foot@events"]
    read = icalendar.Calendar.from_ical(calendar(history))
    assert isinstance(read, icalendar.Calendar)
    assert "no date is known: Second hearing." in text(read, "description")
    tables["events"]["5"]["meeting"]["starts"] = "2021-W40"
    entry = entries(History(load(make_store(tables))))["hearing-2@meetings"]
    assert entry["status"] == "TENTATIVE"
    assert days(entry) == (date(2021, 10, 4), date(2021, 10, 10))
    assert "Known only to the week: week of 4 Oct 2021" in text(entry, "description")


def test_ids_are_stable_and_differ_by_record(
    history: History, bridge: History, tables: Tables, make_store: MakeStore
) -> None:
    def uids(of: History) -> set[str]:
        return {str(entry["uid"]) for entry in entries(of).values()}

    before = uids(bridge)
    tables["events"]["1"] |= {"title": "Another title", "date": "2021-03-01"}
    tables["dataset"]["1"]["version"] = "2"
    assert uids(History(load(make_store(tables)))) == before
    tables["dataset"]["1"]["title"] = "Another record"
    assert not uids(History(load(make_store(tables)))) & before


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_dates_at_the_ends_of_the_calendar(tables: Tables, make_store: MakeStore, day: str) -> None:
    tables["events"]["1"]["date"] = day
    entry = entries(History(load(make_store(tables))))["2021-03-02-crack@events"]
    assert entry.decoded("dtstart") == date.fromisoformat(day)
    assert ("dtend" in entry) == (day == "0001-01-01")


def test_only_an_address_on_the_web_becomes_a_link(tables: Tables, make_store: MakeStore) -> None:
    for url, link in (
        ("javascript:alert(1)", None),
        ("https://example.org/a b;ü", "https://example.org/a%20b;%C3%BC"),
    ):
        tables["sources"]["2"]["url"] = url
        entry = entries(History(load(make_store(tables))))["2021-03-02-crack@events"]
        assert entry.get("url") == link


def test_the_command_prints_and_writes_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "record.ics"
    assert main(["export", "--store", str(BRIDGE), "--output", str(path)]) == 0
    assert path.read_bytes().decode() == calendar(History(load(BRIDGE)))
    assert main(["export", "--store", str(BRIDGE), "--format", "icalendar"]) == 0
    assert capsys.readouterr().out.encode() == path.read_bytes()
    assert main(["export", "--output", str(path)]) == 2
    assert capsys.readouterr().err == f"kjtui: {path}: exists (--force overwrites it)\n"


def test_without_the_library_one_line_says_how_to_install_it() -> None:
    code = (
        "import sys; sys.modules['icalendar'] = None\n"
        "from kjtui.cli.commands import main; sys.exit(main(['export', '--format', 'icalendar']))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    [needed] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["ics"]
    assert result.stderr == f"kjtui: --format icalendar needs {how_to_install(needed)}\n"


def test_a_later_version_has_a_higher_sequence_number() -> None:
    versions = ["draft", "1", "1.2", "1.2.3", "1.10", "2", "2026.9.30", "2026.11.6", "9999.1"]
    numbers = [sequence(version) for version in versions]
    assert numbers == sorted(numbers)
    assert len({*numbers}) == len(numbers)
    assert numbers[-1] < 2**31


def test_a_date_without_points_is_its_own_sequence_number() -> None:
    assert [sequence("20261130"), sequence("20261201")] == [20_261_130, 20_261_201]


@pytest.mark.parametrize(
    ("version", "number"), [("2026.11.6", 2_026_011_006), ("7", 7_000_000), ("7.1", 7_001_000), ("draft", 0)]
)
def test_a_sequence_number_has_three_digits_for_each_part_after_the_first(version: str, number: int) -> None:
    assert sequence(version) == number


def test_entries_are_dated_by_the_review_of_the_record(history: History) -> None:
    record = history.record
    for entry in entries(history).values():
        assert entry.decoded("last-modified").date() == record.dataset.reviewed
        assert entry.decoded("sequence") == sequence(record.dataset.version)
