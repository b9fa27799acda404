"""The preview of the selected event, below the list in the timeline pane."""

import pytest

from kjtui.history.snapshot import History
from kjtui.tui.panes.event_detail import detail_height, event_detail
from kjtui.words.wrap import cells
from support.app import (
    NORMAL,
    Drive,
    lines,
    press,
    read,
    screen_text,
    selected_event,
    sizes,
)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("size", sizes((200, 50), (60, 50), (79, 30)))
@pytest.mark.parametrize("day", ["2019-07-01", "2019-08-02", "2019-11-22", "2020-03-10", "2023-03-16"])
async def test_the_selected_event_is_read_without_a_dialog(
    driven: Drive, size: tuple[int, int], day: str
) -> None:
    async with driven(day, size=size) as (app, _):
        shown, event = lines(app, "timeline"), selected_event(app)
        assert any(line.startswith("▶") for line in shown)
        rule = next(index for index, line in enumerate(shown) if line.endswith("───") and "source" in line)
        assert rule >= 4
        below = words(" ".join(line.split(" │ ")[0] for line in shown[rule + 1 :]))
        assert event.title in below
        assert " ".join(event.summary.split()[:5]) in below


@pytest.mark.parametrize("size", sizes((120, 12), (120, 8), (30, 12), (200, 13)))
@pytest.mark.parametrize("day", ["2019-07-01", "2019-11-22", "2023-03-16"])
async def test_the_selected_event_is_visible(driven: Drive, size: tuple[int, int], day: str) -> None:
    async with driven(day, size=size) as (app, _):
        assert any(line.startswith("▶") for line in lines(app, "timeline"))


@pytest.mark.parametrize("width", [20, 58, 78, 99, 100, 118, 200])
def test_the_preview_fits_its_height(history: History, width: int) -> None:
    for event in history.record.events[::7]:
        snapshot = history.snapshot(event.day)
        for height in (2, 4, 11, 40):
            preview = event_detail(event, snapshot, width, height)
            assert len(preview) <= height
            assert all(sum(cells(text) for text, _ in line) <= width for line in preview)


def test_a_tall_preview_has_everything(history: History) -> None:
    for event in history.record.events[::11]:
        preview = event_detail(event, history.snapshot(event.day), 90, 200)
        text = words(" ".join("".join(span for span, _ in line) for line in preview))
        assert words(event.summary) in text
        assert all(words(said) in text for said in event.says.values())


@pytest.mark.parametrize("rows", range(60))
def test_the_list_keeps_four_rows(rows: int) -> None:
    height = detail_height(rows, 80)
    assert height == 0 or rows - height >= 4


async def test_a_later_source_is_marked(driven: Drive) -> None:
    async with driven("2020-03-09", "enter", size=(200, 50)) as (app, pilot):
        await press(pilot, "end")
        assert "(later than this day)" in screen_text(app)


async def test_a_step_to_another_event_changes_the_preview(driven: Drive) -> None:
    async with driven("2020-03-10", "down", size=NORMAL) as (app, _):
        assert selected_event(app).title in words(read(app, "timeline").rpartition("───")[2])


@pytest.mark.parametrize(
    ("size", "day"), [((45, 40), "2019-07-04"), ((200, 50), "2019-07-04"), ((200, 50), "2019-08-28")], ids=str
)
async def test_in_a_tall_pane_a_usual_text_is_whole(driven: Drive, size: tuple[int, int], day: str) -> None:
    async with driven(day, size=size) as (app, _):
        text = words(" ".join(line.partition("│")[0] for line in lines(app, "timeline")))
        event = selected_event(app)
        assert words(event.summary) in text
        if size[0] == 200:
            assert all(words(said) in text for said in event.says.values())
