"""The text for the age of a state."""

from datetime import date

import pytest

from kjtui.words import day_words


@pytest.mark.parametrize(
    ("since", "day", "expected"),
    [
        ("2019-07-04", "2019-07-04", "today"),
        ("2019-07-04", "2019-07-05", "2 d"),
        ("2019-07-04", "2019-08-03", "31 d"),
        ("2019-07-04", "2019-08-04", "1 mo"),
        ("2020-01-31", "2020-03-02", "1 mo"),
        ("2019-07-04", "2019-09-04", "2 mo"),
        ("2018-12-31", "2019-03-30", "2 mo"),
        ("2019-07-04", "2023-07-03", "47 mo"),
        ("2019-07-04", "2023-07-04", "48 mo"),
    ],
)
def test_an_age_is_never_rounded_up(since: str, day: str, expected: str) -> None:
    assert day_words.age(date.fromisoformat(since), date.fromisoformat(day)) == expected
