"""The pages of days with many events."""

from datetime import date

from kjtui.history.snapshot import History
from support.exports import as_text, flat


def test_a_decision_is_printed_with_its_text_and_earlier_changes_by_title(package_history: History) -> None:
    """16 March 2023 had many events: a dialogue, a decision on licences, a summit and a new fund."""
    snapshot = package_history.snapshot(date(2023, 3, 16))
    body = flat(as_text(snapshot).partition("\nSOURCES\n")[0])
    decided = next(event for event in snapshot.events if event.id == "2023-03-16-three-materials-decided")
    assert flat(decided.summary) in body
    changed = body.partition("CHANGED IN THE LAST 30 DAYS")[2]
    assert "Talks on a return to the pre-July 2019 controls announced" in changed


def test_the_11th_dialogue_is_among_the_meetings_of_20_july_2023(package_history: History) -> None:
    """The dialogue was held on 7 July and disclosed on 11 July. Meetings of other series followed."""
    text = as_text(package_history.snapshot(date(2023, 7, 20)))
    meetings = text.partition("\nMEETINGS\n")[2].partition("\nCHANGED")[0]
    assert "Other meeting: 11th Export Management Policy Dialogue, 7 Jul 2023" in meetings


def test_the_10th_dialogue_is_under_way_since_10_april_2023(package_history: History) -> None:
    text = flat(as_text(package_history.snapshot(date(2023, 4, 14))))
    assert "UNDER WAY: 10th Export Management Policy Dialogue [12–13]! When since 10 Apr 2023" in text
    assert "Session Video session of 12–13 April 2023, held" in text


def test_the_page_of_14_april_2023_has_the_facts_of_the_article(package_history: History) -> None:
    text = flat(as_text(package_history.snapshot(date(2023, 4, 14))))
    for fact in (
        "exporters need a situational licence",
        "in person in Seoul from 18 to 20 April",
        "have vowed to put each other back on their lists",
        "Japan restores bulk licences for the three materials",
        "Korea withdraws its WTO complaint against Japan",
    ):
        assert fact in text, fact


def test_the_page_of_2_august_2019_has_the_texts_of_decision_and_answer(
    package_history: History,
) -> None:
    snapshot = package_history.snapshot(date(2019, 8, 2))
    text = flat(as_text(snapshot))
    for event in snapshot.events:
        if event.id in ("2019-08-02-japan-cabinet-decision", "2019-08-02-korea-answers"):
            assert flat(event.summary) in text
