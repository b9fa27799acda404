"""The time scale of the lanes: the days of each cell, marks of changes, and names of years and months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjtui.history.snapshot import History
from kjtui.tui.paint.date_scale import CHANGE, Scale, Window, axis, bar, by_cell
from kjtui.tui.paint.date_scale import zoom_levels as zooms
from kjtui.words.wrap import cells
from support.stores import sample_record

REAL = History(sample_record())
COVERAGE = Window(REAL.record.dataset.coverage.first, REAL.record.dataset.coverage.last)
DAY = timedelta(days=1)

days_covered = st.integers(0, COVERAGE.days - 1).map(lambda days: COVERAGE.first + timedelta(days=days))
widths = st.integers(1, 250)


def window(first: date, days: int) -> Window:
    return Window(first, first + timedelta(days=days - 1))


windows = st.builds(window, st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 4000))
scales = st.builds(Scale, windows, widths)


# The days of each cell


@given(scales)
def test_the_cells_hold_every_day_in_order(scale: Scale) -> None:
    assert scale.first_day(0) == scale.window.first
    assert scale.last_day(scale.width - 1) == scale.window.last
    for cell in range(scale.width):
        assert scale.first_day(cell) <= scale.last_day(cell)
    for cell in range(scale.width - 1):
        step = scale.first_day(cell + 1) - scale.last_day(cell)
        assert step == DAY or (step == 0 * DAY and scale.width > scale.window.days)


@given(scales, st.data())
def test_a_day_is_in_its_cell_and_the_cell_leads_back(scale: Scale, data: st.DataObject) -> None:
    day = scale.window.first + timedelta(days=data.draw(st.integers(0, scale.window.days - 1)))
    cell = scale.cell(day)
    assert scale.first_day(cell) <= day <= scale.last_day(cell)
    assert scale.cell(scale.first_day(cell)) == cell
    after = scale.next_cell(day)
    assert cell < after <= scale.width
    assert scale.first_day(after - 1) <= day
    assert after == scale.width or scale.first_day(after) > day


@given(windows, st.data())
def test_a_part_holds_its_day_and_stays_within_the_whole(whole: Window, data: st.DataObject) -> None:
    days = data.draw(st.integers(1, whole.days))
    day = whole.first + timedelta(days=data.draw(st.integers(0, whole.days - 1)))
    share = data.draw(st.floats(0, 1))
    part = whole.part(days, day, share)
    assert part.days == days
    assert part.holds(day)
    assert whole.holds(part.first)
    assert whole.holds(part.last)
    if whole.first < part.first and part.last < whole.last:
        assert abs(part.share(day) - share) * days <= 1


# The marks of changes


def assert_true(scale: Scale, track: str) -> None:
    """Assert that a bar marks the cells in which the state changes, and no other cell."""
    row = bar(REAL.runs(track), scale)
    changes = {run.first for run in REAL.runs(track)[1:] if scale.window.holds(run.first)}
    assert len(row) == scale.width
    assert {cell for cell, (sign, _) in enumerate(row) if sign == CHANGE} == {scale.cell(c) for c in changes}


@pytest.mark.parametrize("track", REAL.record.tracks)
def test_every_change_is_seen_at_every_width(track: str) -> None:
    for width in range(1, 201):
        assert_true(Scale(COVERAGE, width), track)


@given(days_covered, st.floats(0, 1), st.integers(20, 200))
def test_every_change_is_seen_at_every_zoom(day: date, share: float, width: int) -> None:
    for days in zooms(COVERAGE):
        scale = Scale(COVERAGE.part(days, day, share), width)
        for track in REAL.record.tracks:
            assert_true(scale, track)


@given(days_covered, st.sampled_from(zooms(COVERAGE)), st.integers(20, 200))
def test_a_cell_has_the_tone_of_the_state_at_its_end(day: date, days: int, width: int) -> None:
    scale = Scale(COVERAGE.part(days, day, 0.5), width)
    ends = [REAL.snapshot(scale.last_day(cell)) for cell in range(width)]
    for track in REAL.record.tracks:
        tones = [snapshot.standing(track).state.tone for snapshot in ends]
        assert [tone for _, tone in bar(REAL.runs(track), scale)] == tones


@pytest.mark.parametrize("track", REAL.record.tracks)
def test_a_change_on_the_first_or_last_day_of_a_window_is_seen(track: str) -> None:
    for run in REAL.runs(track)[1:]:
        assert_true(Scale(window(run.first, 61), 40), track)
        assert_true(Scale(window(run.first - 60 * DAY, 61), 40), track)


# The years


@given(scales)
def test_the_axis_is_as_wide_as_the_bars(scale: Scale) -> None:
    assert len(axis(scale)) == scale.width


@pytest.mark.parametrize("width", range(48, 201, 8))
def test_years_are_named_at_their_beginning(width: int) -> None:
    scale = Scale(COVERAGE, width)
    text = axis(scale)
    for year in range(2019, 2026):
        assert text.index(str(year)) == scale.cell(date(year, 1, 1))


@given(days_covered, st.sampled_from(zooms(COVERAGE)), st.integers(40, 200))
def test_every_window_names_its_year_or_the_first_of_them(day: date, days: int, width: int) -> None:
    part = COVERAGE.part(days, day, 0.5)
    years = [word for word in axis(Scale(part, width)).replace("╷", " ").split() if word.isdecimal()]
    assert years
    assert int(years[0]) - part.first.year in (0, 1)
    assert years == sorted(set(years))


def test_months_are_named_and_quarters_ticked_if_there_is_room() -> None:
    days = Scale(window(date(2020, 1, 15), 61), 61)
    assert axis(days).split() == ["2020", "Feb", "Mar"]
    assert axis(days).index("Mar") == days.cell(date(2020, 3, 1))
    assert axis(Scale(window(date(2019, 11, 1), 122), 40)) == "Nov 2019 Dec        2020      Feb      ╷"
    assert axis(Scale(window(date(2019, 11, 10), 137), 24)) == "   Dec 2019   Feb 2020  "
    assert axis(Scale(window(date(2020, 1, 1), 731), 24)) == "2020 ╷  ╷   2021 ╷  ╷   "


@pytest.mark.usefixtures("hangul")
def test_the_axis_is_as_wide_as_the_bars_where_months_are_wide_characters() -> None:
    days = Scale(window(date(2020, 1, 15), 61), 61)
    assert axis(days).split() == ["2020", "가", "가"]
    assert cells(axis(days)) == len(by_cell(axis(days))) == days.width
