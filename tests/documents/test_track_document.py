"""The page of a track."""

import re
from datetime import date

from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from support.exports import as_text, flat


def test_the_page_of_a_track(history: History) -> None:
    text = flat(as_text(track_page(history.snapshot(date(2021, 7, 1)), "hydrogen-fluoride"), full=True))
    for told in (
        "Hydrogen fluoride on Thursday 1 July 2021",
        "● individual licence, since 4 Jul 2019",
        "= adopted: ● individual licence from 4 Jul 2019; nothing changes yet",
        "Threshold: hydrogen fluoride, and mixtures with more than 30 % of it by weight",
        "LICENCES",
        "Japan's share of hydrogen fluoride, January to May",
        "Jan–May 2019 43.9 █████▎ published 1 Jul 2019",
        "published 29 Aug 2019, derived",
        "STATEMENTS AND MEASURES",
    ):
        assert told in text
    assert "Jan–May 2022" not in text


def test_the_short_page_of_every_track_has_at_most_120_lines_before_its_sources(history: History) -> None:
    for day in (date(2019, 8, 29), date(2021, 7, 1), history.last_day):
        for track in history.record.tracks:
            above, _, _ = as_text(track_page(history.snapshot(day), track)).partition("SOURCES\n")
            assert len(above.splitlines()) <= 120, (day, track)


def test_a_past_state_has_its_days(history: History) -> None:
    text = flat(as_text(track_page(history.snapshot(date(2023, 7, 21)), "japan-list")))
    # The number of days includes 28 August 2019 and 20 July 2023.
    assert "● delisted, Group B from 28 Aug 2019 to 20 Jul 2023: 1,423 days" in text


def test_the_greatest_figure_of_a_series_has_the_longest_bar_unless_it_is_a_share(history: History) -> None:
    text = as_text(track_page(history.snapshot(date(2021, 7, 1)), "hydrogen-fluoride"), full=True)
    bars = [len(bar) for bar in re.findall("█[█▏▎▍▌▋▊▉]*", text)]
    assert max(bars) == 12
    assert bars.count(12) >= 4
