"""Values with their units, in every language."""

import pytest

from kjtui.words.labels import amount


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
