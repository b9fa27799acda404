"""The list of meetings: the state of each meeting on the displayed day, and meetings disclosed later."""

import pytest

from support.app import NARROW, NORMAL, WIDE, Drive, screen_text


def row(text: str, words: str) -> str:
    return next(line for line in text.split("\n") if words in line)


@pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE], ids=str)
async def test_a_meeting_that_became_known_later_is_marked_in_words(
    driven: Drive, size: tuple[int, int]
) -> None:
    async with driven("2019-08-20", "L", *"foreign ministers", size=size) as (app, _):
        text = screen_text(app)
        assert "later" in row(text, "Foreign ministers, Beijing")
        assert "later" not in row(text, "Foreign ministers, Bangkok")


async def test_a_meeting_planned_by_the_day_is_not_listed_as_held(driven: Drive) -> None:
    async with driven("2023-04-14", "L", *"10th", size=WIDE) as (app, _):
        tenth = row(screen_text(app), "10th Export Management")
        assert "planned" in tenth
        assert "later" not in tenth
        assert "Korea's controls explained" not in tenth  # published on 21 April


async def test_a_later_meeting_shows_its_outcome_after_the_mark(driven: Drive) -> None:
    async with driven("2019-07-15", "L", *"beijing", size=(160, 40)) as (app, _):
        beijing = row(screen_text(app), "Foreign ministers, Beijing")
        assert "later" in beijing
        assert "No agreement" in beijing.partition("later")[2]


async def test_a_wide_list_has_column_headers_full_names_and_levels(driven: Drive) -> None:
    async with driven("2019-08-20", "L", size=WIDE) as (app, _):
        text = screen_text(app)
        heads = row(text, "day name")
        assert "director-general" in text
        assert "director-ge…" not in text
        seoul = row(text, "Foreign-ministry directors general, Seoul")
        assert "…" not in seoul
        assert seoul[heads.index("state") :].startswith("later")


async def test_the_highlighted_meeting_has_its_place_and_outcome_below_the_list(driven: Drive) -> None:
    async with driven("2019-08-02", "L", size=NORMAL) as (app, _):
        assert "Bangkok" in row(screen_text(app), "level: ministers")
        assert "Outcome: " in screen_text(app)


async def test_outcomes_have_a_column_if_it_is_wide_enough(driven: Drive) -> None:
    async with driven("2019-08-20", "L", *"rcep", size=(200, 50)) as (app, _):
        text = screen_text(app)
        heads = row(text, "day name")
        jakarta = row(text, "Talks beside RCEP, Zhengzhou")
        assert jakarta[heads.index("outcome") :].startswith("No new answer")
