"""The last days that governments set for their own measures, and what followed."""

from kjtui.history.outcomes import track_outcomes
from kjtui.history.snapshot import History


def test_japan_extended_the_suspension_of_its_visa_waiver_six_times(package_history: History) -> None:
    """Announced on 5 March 2020 until the end of March; on 28 August extended without a last day."""
    limits = [
        outcome
        for outcome in track_outcomes(package_history, "japan-entry", package_history.last_day)
        if outcome.until is not None
    ]
    assert [(str(outcome.until), str(outcome.day)) for outcome in limits] == [
        ("2020-03-31", "2020-03-26"),
        ("2020-04-30", "2020-04-27"),
        ("2020-05-31", "2020-05-25"),
        ("2020-06-30", "2020-06-29"),
        ("2020-07-31", "2020-07-22"),
        ("2020-08-31", "2020-08-28"),
    ]
    assert {outcome.fate for outcome in limits} == {"replaced"}
    assert {outcome.extended for outcome in limits} == {True}


def test_a_pending_state_is_neither_extended_nor_not(package_history: History) -> None:
    outcomes = track_outcomes(package_history, "gsomia", package_history.last_day)
    assert {outcome.extended for outcome in outcomes} == {None}
