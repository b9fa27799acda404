"""The page with the app in a real browser. The tests need Chromium and Playwright (see .ci/browser)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kjtui.history.snapshot import History, Snapshot
from support.exports import as_json, as_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.needs("playwright")


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """Open the page, wait until the app is drawn, and return the page."""
    page = context.new_page()
    page.goto(address)
    wait_for(page, "10 March 2020")
    return page


def screen_text(page: Page) -> str:
    """Return the text on the app's screen: select it with shift and the mouse, and copy it."""
    box = page.locator(".xterm-screen").bounding_box()
    assert box
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 1, box["y"] + 1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] - 1)
    page.mouse.up()
    page.keyboard.up("Shift")
    copied: str = page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            const event = new ClipboardEvent("copy", { clipboardData, bubbles: true });
            document.querySelector(".xterm-helper-textarea").dispatchEvent(event);
            return clipboardData.getData("text/plain");
        }"""
    )
    return copied


def wait_for(page: Page, text: str) -> None:
    """Wait until the app shows ``text``."""
    page.wait_for_selector("body.-first-byte")
    for _ in range(100):
        if text in screen_text(page):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{text!r} is not on the screen:\n{screen_text(page)}")


def test_the_page_shows_all_panes(page: Page) -> None:
    text = screen_text(page)
    for words in ("1 Timeline", "2 Status", "3 Meeting", "4 Lanes", "8th policy dialogue opens by video"):
        assert words in text
    assert page.title() == "Japan–Korea export controls · kjtui"
    assert page.locator("#terminal").is_visible()
    assert not page.locator(".message:visible").count(), "the messages are hidden once the app is drawn"


def test_a_key_moves_the_day_without_a_click_first(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    wait_for(page, "11 March 2020")
    page.keyboard.press("ArrowLeft")
    wait_for(page, "10 March 2020")


def test_a_click_moves_the_day(page: Page) -> None:
    row = next(
        i for i, line in enumerate(screen_text(page).splitlines()) if "Korea amends its Foreign" in line
    )
    box = page.locator(".xterm-screen").bounding_box()
    assert box
    height = box["height"] / len(screen_text(page).splitlines())
    page.mouse.click(box["x"] + 200, box["y"] + (row + 0.5) * height)
    wait_for(page, "18 March 2020")


@pytest.mark.parametrize(
    ("typed", "name", "render"),
    [
        ("", "kjtui-2020-03-10.txt", as_text),
        ("day.json", "day.json", as_json),
    ],
)
def test_an_export_is_downloaded(
    page: Page,
    folder: Path,
    package_history: History,
    typed: str,
    name: str,
    render: Callable[[Snapshot], str],
) -> None:
    page.keyboard.press("e")
    wait_for(page, "to your downloads")
    page.keyboard.type(typed)
    wait_for(page, name)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == name
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text == render(package_history.snapshot(date(2020, 3, 10)))
    wait_for(page, f"Sent {name}")
    assert list(folder.iterdir()) == []


def test_copying_fills_the_clipboard_of_the_browser(
    page: Page, context: BrowserContext, package_history: History
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("y")
    wait_for(page, "sent to the browser's clipboard")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == as_text(package_history.snapshot(date(2020, 3, 10)))


def test_a_source_opens_in_a_new_page(page: Page) -> None:
    page.context.route(re.compile("."), lambda route: route.fulfill(body="the source"))
    page.keyboard.press("s")
    wait_for(page, "[1]")
    with page.expect_popup() as source:
        page.keyboard.press("Enter")
    source.value.wait_for_url(re.compile("^https?://"))


def test_the_page_loads_nothing_from_other_servers(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url.replace("ws:", "http:")))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    wait_for(page, "10 March 2020")
    assert any(url.endswith(".ttf") for url in requests), "the font comes from the server"
    assert [url for url in requests if not url.startswith(f"{address}/")] == []
    assert errors == []


def test_a_page_of_another_server_cannot_open_a_websocket(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route("http://elsewhere.example/", lambda route: route.fulfill(body="elsewhere"))
    page.goto("http://elsewhere.example/")
    answer = page.evaluate(
        """address => new Promise(answer => {
            const socket = new WebSocket(address);
            socket.onopen = () => answer("open");
            socket.onerror = () => answer("refused");
        })""",
        address.replace("http:", "ws:") + "/ws",
    )
    assert answer == "refused"


def test_after_quitting_the_app_can_be_opened_again(page: Page) -> None:
    page.keyboard.press("q")
    page.locator("text=Open it again").click()
    wait_for(page, "10 March 2020")


def test_the_address_sets_the_opening_position(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/?date=2019-07-04&track=photoresist")
    wait_for(page, "4 July 2019")
    wait_for(page, "Photoresist")
    page.goto(f"{address}/?event=2019-07-04-individual-licensing")
    wait_for(page, "esc closes")
    page.goto(f"{address}/?event=none")
    wait_for(page, "there is no event 'none'")
    page.keyboard.press("ArrowRight")
    wait_for(page, "11 March 2020")
    assert page.url == f"{address}/?event=none", "the address does not follow the reader"


def test_the_link_below_the_terminal_leads_to_the_document_of_the_day(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.locator("nav", has_text="2020-03-11").wait_for()
    page.locator("nav a").click()
    assert page.url.endswith("/document?date=2020-03-11&lang=en")
    assert "11 March 2020" in page.locator("h1").inner_text()


@pytest.mark.parametrize("size", [(375, 667), (1280, 800)])
def test_the_page_fits_the_window_at_a_readable_size(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    width, height = size
    is_phone = width < 600
    context = browser.new_context(
        viewport={"width": width, "height": height}, is_mobile=is_phone, has_touch=is_phone
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("body.-first-byte")
    scrolled = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert scrolled == [width, height], "laid out in the width of the screen, without scrolling"
    assert page.evaluate("visualViewport.scale") == 1
    terminal = page.locator(".xterm-screen").bounding_box()
    link = page.locator("nav a").bounding_box()
    assert terminal
    assert link
    assert width - 20 < terminal["width"] <= width
    assert terminal["y"] + terminal["height"] <= link["y"]
    assert link["y"] + link["height"] <= height
    if is_phone:
        assert link["height"] >= 44, "a finger hits it"
    context.close()


@pytest.mark.parametrize(
    "query", ["ping=/static/css/xterm.css?pinged", "delay=1", "ping=http://elsewhere.example/"]
)
def test_an_address_cannot_make_the_page_fetch_or_wait(
    context: BrowserContext, address: str, query: str
) -> None:
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{address}/?{query}&date=2019-07-04")
    wait_for(page, "4 July 2019")
    assert not [url for url in requests[1:] if "pinged" in url or "elsewhere" in url]


def test_another_page_cannot_frame_the_app(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route("http://localhost:9/", lambda route: route.fulfill(body=f"<iframe src='{address}'></iframe>"))
    page.goto("http://localhost:9/")
    page.wait_for_timeout(1000)
    frame = page.frames[1]
    assert frame.url.startswith("chrome-error:")


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    yield context
    context.close()


def swipe_up(page: Page, distance: int) -> None:
    """Drag a finger upwards on the page by a distance in pixels."""
    finger = page.context.new_cdp_session(page)
    points = [{"x": 190, "y": 600 - step * distance / 10} for step in range(11)]
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
    for point in points[1:]:
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_swipe_scrolls_a_text_to_its_end(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/?event=2019-08-02-japan-cabinet-decision")
    wait_for(page, "esc closes")
    assert "Id: 2019-08-02" not in screen_text(page)
    for _ in range(3):
        swipe_up(page, 300)
    wait_for(page, "Id: 2019-08-02")


def test_taps_on_the_last_line_step_back_and_forward(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/?date=2020-03-11")
    wait_for(page, "11 March 2020")
    box = page.locator(".xterm-screen").bounding_box()
    assert box
    lines = screen_text(page).splitlines()
    row = next(number for number, line in enumerate(lines) if "←→ day" in line)
    width, height = box["width"] / len(lines[row]), box["height"] / (row + 1)
    left = lines[row].index("←→ day")
    for cell, day in ((1, "12 March 2020"), (0, "11 March 2020"), (4, "12 March 2020")):
        page.touchscreen.tap(box["x"] + (left + cell + 0.5) * width, box["y"] + (row + 0.5) * height)
        wait_for(page, day)
