"""Cells of CSV files, for lists and for tables."""

from __future__ import annotations

import re
from datetime import date

from kjtui.record.partial_date import PartialDate, Period

BYTE_ORDER_MARK = "\ufeff"
"""Prefix of a CSV file. Excel needs it to recognize UTF-8; pandas, R and LibreOffice skip it."""

_FORMULA = re.compile(r"\A['\s]*[=+\-@＝＋－＠]")
"""A cell with this prefix can run as a formula in a spreadsheet.

Some programs ignore whitespace before the first operator, and some accept full-width operators.
"""


def csv_cell(value: str | float | date | PartialDate | Period | None) -> str:
    """Return a value as the text of a cell. :func:`shield` prevents the text from running as a formula."""
    if isinstance(value, str):
        return shield(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    if isinstance(value, PartialDate | Period):
        return value.text
    return str(value)


def shield(text: str) -> str:
    """Prefix a formula with an apostrophe, so that a spreadsheet shows the text and never runs it.

    A formula that already has leading apostrophes gets one more apostrophe. This way, removing one apostrophe
    always restores the original text.
    """
    return f"'{text}" if _FORMULA.match(text) else text
