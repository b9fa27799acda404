"""States for which a government set a last day, and the states that followed."""

from kjtui.history.outcomes import track_outcomes
from kjtui.history.snapshot import History


def test_japan_limited_its_entry_rules_and_extended_them(package_history: History) -> None:
    """In 2020 Japan suspended its visa waiver, then refused entry. In 2022 it eased the refusal."""
    limits = [
        outcome
        for outcome in track_outcomes(package_history, "japan-entry", package_history.last_day)
        if outcome.until is not None
    ]
    assert [(str(outcome.until), str(outcome.day), outcome.extended) for outcome in limits] == [
        ("2020-03-31", "2020-03-26", True),
        ("2020-04-30", "2020-04-01", False),
        ("2021-12-31", "2021-12-28", True),
        ("2022-02-28", "2022-02-24", False),
    ]
    assert {outcome.fate for outcome in limits} == {"replaced"}


def test_a_pending_state_is_neither_extended_nor_not(package_history: History) -> None:
    outcomes = track_outcomes(package_history, "gsomia", package_history.last_day)
    assert {outcome.extended for outcome in outcomes} == {None}
