"""Documents of days are cached. The number of processes that create documents is limited."""

import asyncio
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from kjtui.web import day_pages
from kjtui.web.day_pages import DayPages, PageRequest, UnavailableError

DAY = date(2020, 3, 10)
PROGRAM = "import sys; open({log!r}, 'a').write(sys.argv[4] + ' '); print(sys.argv[4])"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return the path of the file in which each process writes its day."""
    return tmp_path / "log"


@pytest.fixture
def pages(log: Path) -> DayPages:
    log.touch()
    return DayPages([sys.executable, "-c", PROGRAM.format(log=str(log))], log.parent / "store.json")


async def test_a_day_requested_many_times_is_made_once(pages: DayPages, log: Path) -> None:
    found = await asyncio.gather(*(pages.page(PageRequest(DAY)) for _ in range(20)))
    assert {*found, await pages.page(PageRequest(DAY))} == {b"2020-03-10\n"}
    assert log.read_text().split() == ["2020-03-10"]


async def test_the_least_recently_used_day_is_evicted(
    pages: DayPages, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_pages, "_MAX_PAGES", 2)
    for day in (1, 2, 1, 3, 1, 2):
        await pages.page(PageRequest(date(2020, 3, day)))
    assert log.read_text().split() == ["2020-03-01", "2020-03-02", "2020-03-03", "2020-03-02"]


async def test_a_store_that_changes_is_read_again(pages: DayPages, log: Path) -> None:
    await pages.page(PageRequest(DAY))
    (log.parent / "store.json").write_text("changed")
    await pages.page(PageRequest(DAY))
    assert len(log.read_text().split()) == 2


async def test_too_many_waiting_requests_are_refused(
    pages: DayPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_pages, "_MAX_REQUESTS", 3)
    days = [DAY + timedelta(number) for number in range(5)]
    results = await asyncio.gather(*map(pages.page, map(PageRequest, days)), return_exceptions=True)
    assert [type(result) for result in results] == [bytes, bytes, bytes, UnavailableError, UnavailableError]
    assert await pages.page(PageRequest(days[4])) == b"2020-03-14\n"


async def test_a_process_that_takes_too_long_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_pages, "_TIMEOUT", 0.2)
    pages = DayPages([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "store.json")
    with pytest.raises(UnavailableError, match="takes too long"):
        await asyncio.wait_for(pages.page(PageRequest(DAY)), 10)


async def test_a_failed_process_is_tried_again(tmp_path: Path) -> None:
    pages = DayPages([sys.executable, "-c", "import sys; sys.exit(2)"], tmp_path / "store.json")
    for _ in range(2):
        with pytest.raises(UnavailableError, match="cannot be made"):
            await pages.page(PageRequest(DAY))
