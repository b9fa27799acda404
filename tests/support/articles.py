"""The days of the two press articles. The record must contain every fact of these articles."""

from datetime import date

ARTICLES = (date(2020, 3, 10), date(2023, 4, 14))
