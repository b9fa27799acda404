"""The days of the two articles whose content the record must contain."""

from datetime import date

ARTICLES = (date(2020, 3, 10), date(2023, 4, 14))
