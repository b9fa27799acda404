"""HTML documents in a real browser, at the widths of a phone, a tablet and a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from support.exports import as_html

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.needs("playwright")

WIDTHS = (320, 768, 1280)

OVERFLOWING = """() => [...document.querySelectorAll("th, td, dt, dd, li, p, h1, h2, h3, .table")]
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
    .map(box => box.textContent.slice(0, 60))"""
"""JavaScript that returns the text of each element whose content is wider than the element."""


def documents(history: History) -> Iterator[str]:
    """Yield a short and a full snapshot, a comparison and a track page."""
    snapshot = history.snapshot(date(2019, 7, 4))
    yield as_html(snapshot)
    yield as_html(snapshot, full=True)
    yield as_html(compare(history.snapshot(date(2019, 6, 30)), history.snapshot(date(2019, 12, 31))))
    yield as_html(track_page(history.snapshot(date(2020, 3, 10)), "photoresist"))


@pytest.fixture
def pages(context: BrowserContext, package_history: History) -> Iterator[Page]:
    """Return an iterator that loads one document after another into a page of the browser."""
    page = context.new_page()

    def opened() -> Iterator[Page]:
        for html in documents(package_history):
            page.set_content(html)
            yield page

    return opened()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_of_a_document_covers_another(pages: Iterator[Page], width: int) -> None:
    for page in pages:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_date_in_the_status_stays_on_one_line(pages: Iterator[Page]) -> None:
    page = next(pages)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        heights = page.locator(".day").evaluate_all("days => days.map(day => day.offsetHeight)")
        assert heights
        assert max(heights) < 30, "a line of text is about 20 pixels high"


def test_the_meaning_of_a_state_has_half_of_the_table(pages: Iterator[Page]) -> None:
    page = next(pages)
    for width in (768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        table, cell = (page.locator(name).first.bounding_box() for name in ("table", "tbody td"))
        assert table
        assert cell
        assert "No bulk licence of any kind" in page.locator("tbody td").first.inner_text()
        assert cell["width"] >= table["width"] / 2
