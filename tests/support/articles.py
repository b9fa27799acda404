"""The days of the two articles whose content the record must be able to tell."""

from datetime import date

ARTICLES = (date(2020, 3, 10), date(2023, 4, 14))
