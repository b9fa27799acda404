"""Values with their units, and last days in their short form, in every language."""

from datetime import date

import pytest

from kjtui.languages import speaking
from kjtui.record.model import Effect
from kjtui.words.labels import amount, until_forms
from support.fee_record import fee_event, fee_history


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12.52, "USD million", "USD 12.52 million"),
        (9.5, "%", "9.5%"),
        (794, "tonnes", "794 tonnes"),
        (28.44, "백만 달러", "2,844만 달러"),
        (328.27, "백만 달러", "3억2,827만 달러"),
        (300, "백만 달러", "3억 달러"),
        (66.857, "백만 달러", "6,685만7,000달러"),
        (0, "백만 달러", "0달러"),
        (-4.6, "백만 달러", "-460만 달러"),
        (13_600, "백만 엔", "136억 엔"),
        (28.44, "百万ドル", "2844万ドル"),
        (66.857, "百万ドル", "6685万7000ドル"),
        (0, "百万ドル", "0ドル"),
    ],
)
def test_an_amount_is_written_as_its_language_counts(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(("language", "short"), [("en", "–31 Mar"), ("ko", "~3월 31일"), ("ja", "～3月31日")])
def test_the_short_form_of_a_last_day_has_the_dash_of_the_language(language: str, short: str) -> None:
    suspended = Effect("fee", "half", "in-force", until=date(2022, 3, 31), then="due")
    day = date(2022, 3, 10)
    standing = fee_history(fee_event("2022-03-01", suspended)).snapshot(day).standing("fee")
    with speaking(language):
        assert until_forms(standing, day)[2] == short
