"""The targets that the go-to dialog offers for a typed text."""

from datetime import date

import pytest
from msgspec.structs import replace

from kjtui.find.day_parser import NotADayError
from kjtui.find.goto import Answer, find_day, find_targets
from kjtui.find.names import names_begun, names_of
from kjtui.find.search import Index
from kjtui.history.meetings import Stop
from kjtui.history.snapshot import History
from kjtui.record.model import Event, Meeting, MeetingStep, Term
from kjtui.record.partial_date import PartialDate
from support.fee_record import fee_event, fee_history

CURSOR = date(2020, 1, 1)
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def index(history: History) -> Index:
    return Index(history.record)


def find(text: str, history: History, index: Index) -> Answer:
    return find_targets(text, history, index, CURSOR, TODAY)


def test_a_typed_day_is_an_exact_target(history: History, index: Index) -> None:
    answer = find("March 10, 2020", history, index)
    assert answer.exact
    assert [target.day for target in answer.targets] == [date(2020, 3, 10)]


def test_a_day_without_a_year_gives_several_targets(history: History, index: Index) -> None:
    answer = find("4 July", history, index)
    assert not answer.exact
    assert date(2019, 7, 4) in [target.day for target in answer.targets]


@pytest.mark.parametrize("text", ["8th dialogue", "Eighth dialogue", "第8回 政策対話", "제8차"])
def test_a_meeting_is_found_by_its_number(history: History, index: Index, text: str) -> None:
    answer = find(text, history, index)
    assert not answer.exact
    assert answer.targets[0].day == date(2020, 3, 10)
    assert answer.targets[0].name == "8th Export Management Policy Dialogue"


def test_the_page_of_a_person_comes_before_a_meeting_named_after_the_person() -> None:
    """The person comes first although the typed surname is only the beginning of the name."""
    talks = Meeting(id="talks", series="talks", name="Quill–Marsh talks")
    step = MeetingStep(id="talks", phase="closed", starts=PartialDate("2022-03-01"))
    history = fee_history(replace(fee_event("2022-03-01"), meeting=step), meetings=[talks])
    person = Term(id="q-1", term="Quill Ada", meaning="minister of the quay", sources=("gazette",))
    record = replace(history.record, terms={"q-1": person})
    named = find("Quill", History(record), Index(record))
    assert [target.name for target in named.targets][:2] == ["Quill Ada", "Quill–Marsh talks"]


def test_the_whole_name_of_one_item_is_exact(history: History, index: Index) -> None:
    event = next(event for event in history.record.events if event.day == date(2019, 8, 28))
    answer = find(event.title, history, index)
    assert (answer.targets[0].day, answer.targets[0].name) == (event.day, event.title)
    assert answer.exact


@pytest.mark.parametrize("word", ["today", "오늘", "今日"])
def test_today_after_the_end_of_the_record_becomes_its_last_day_with_a_notice(
    history: History, index: Index, word: str
) -> None:
    answer = find(word, history, index)
    assert answer.exact
    assert answer.targets[0].day == history.last_day
    assert answer.targets[0].name == "the last day of the record; today is 2026-01-01"


def test_a_misspelt_word_gets_a_suggestion(history: History, index: Index) -> None:
    with pytest.raises(NotADayError):
        find("hydogen", history, index)
    assert "hydrogen" in index.nearest("hydogen")


def test_steps_from_the_cursor(history: History, index: Index) -> None:
    assert find("next change", history, index).targets[0].day == min(d for d in history.changes if d > CURSOR)
    several = find("last meeting", history, index)
    assert [(target.day, target.name) for target in several.targets] == [
        (date(2019, 12, 24), "Foreign ministers, Chengdu"),
        (date(2019, 12, 24), "Summit, Chengdu"),
    ]
    assert not several.exact


@pytest.mark.parametrize(
    ("english", "others"),
    [
        ("next meeting", ["다음 회의", "다음회의", "次の会合", "次の会議"]),
        ("last meeting", ["지난 회의", "이전 회담", "前の会合", "前回の会談"]),
        ("final meeting", ["마지막 회의", "最後の会合"]),
        ("first change", ["첫 변화", "첫 번째 변화", "最初の変化"]),
        ("next change", ["다음 변화", "次の変化"]),
        ("previous event", ["직전 사건", "지난 사건", "前の出来事"]),
        ("final event", ["마지막 사건", "最後の出来事"]),
    ],
)
def test_a_step_means_the_same_in_every_language(
    history: History, index: Index, english: str, others: list[str]
) -> None:
    wanted = find(english, history, index)
    assert [find(text, history, index) for text in others] == [wanted] * len(others)


def test_a_command_accepts_a_step_in_every_language(history: History) -> None:
    wanted = find_day("last change", history, TODAY)
    assert wanted < history.latest_change
    assert {find_day(text, history, TODAY) for text in ("지난 변화", "前の変化")} == {wanted}


def test_a_step_without_a_target_names_the_requested_item(history: History, index: Index) -> None:
    with pytest.raises(ValueError, match="there is no 변화 before 2010-01-01"):
        find_targets("지난 변화", history, index, date(2010, 1, 1), TODAY)


def test_the_word_final_means_the_last_such_item_of_the_record(history: History, index: Index) -> None:
    assert find("final change", history, index).targets[0].day == history.changes[-1]


def test_a_step_to_a_meeting_names_it_and_not_the_main_event_of_its_day(
    history: History, index: Index
) -> None:
    """The ministers met on 21 August 2019. That day Korea also doubled its tests of Japanese foods."""
    answer = find_targets("last meeting", history, index, date(2019, 8, 26), TODAY)
    assert [target.name for target in answer.targets] == ["Foreign ministers, Beijing"]
    assert answer.exact


@pytest.mark.parametrize(("text", "day"), [("yesterday", "2025-12-31"), ("tomorrow", "2026-01-02")])
def test_days_next_to_today(history: History, index: Index, text: str, day: str) -> None:
    if date.fromisoformat(day) <= history.last_day:
        assert find(text, history, index).targets[0].day.isoformat() == day
    else:
        with pytest.raises(ValueError, match=f"{day} is outside the record"):
            find(text, history, index)


@pytest.mark.parametrize("text", ["4 July", "10/3/2020", "8th dialogue", "Kishida"])
def test_a_command_refuses_an_ambiguous_day(history: History, text: str) -> None:
    with pytest.raises(ValueError, match=r"can mean|try"):
        find_day(text, history, TODAY)


def test_a_command_accepts_an_unambiguous_day(history: History) -> None:
    assert find_day("2019年7月4日", history, TODAY) == date(2019, 7, 4)


@pytest.mark.parametrize(("text", "track"), [("gsomia", "gsomia"), ("HF", "hydrogen-fluoride")])
def test_a_name_of_a_track_leads_to_its_page(history: History, index: Index, text: str, track: str) -> None:
    answer = find(text, history, index)
    assert (answer.targets[0].item, answer.targets[0].day) == (history.record.tracks[track], CURSOR)
    assert any(isinstance(target.item, Event) for target in answer.targets)


@pytest.mark.parametrize("text", ["Seko", "世耕", "hiroshige seko"])
def test_a_part_of_a_name_leads_to_the_person(history: History, index: Index, text: str) -> None:
    answer = find(text, history, index)
    assert answer.targets[0].item == history.record.terms["seko-hiroshige"]
    assert not answer.exact


def test_the_whole_name_of_one_person_is_exact(history: History, index: Index) -> None:
    answer = find("Seko Hiroshige", history, index)
    assert answer.exact
    assert answer.targets[0].item == history.record.terms["seko-hiroshige"]


def test_terms_come_after_meetings_that_have_the_typed_word(history: History, index: Index) -> None:
    targets = find("dialogue", history, index).targets
    assert isinstance(targets[0].item, Stop)
    assert any(isinstance(target.item, Term) for target in targets)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hydrogen fl", "Hydrogen fluoride"),
        ("wto ca", "WTO case DS590"),
        ("불화수", "Hydrogen fluoride"),
        ("Sek", "Seko Hiroshige"),
    ],
)
def test_names_that_begin_with_the_text_come_first(
    history: History, index: Index, text: str, name: str
) -> None:
    answer = find(text, history, index)
    assert not answer.exact
    assert answer.targets[0].name == name
    assert not isinstance(answer.targets[0].item, Event)


def test_one_letter_is_not_the_beginning_of_a_name(history: History) -> None:
    names = names_of("track", history.record)
    assert not names_begun("h", names)
    assert names_begun("hy", names)
    assert names_begun("불", names)
