"""The page in a real browser. Needs Chromium and Playwright; .ci/browser installs both."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kjtui.history.snapshot import History, Snapshot
from support.exports import as_json, as_text
from support.server import served

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run"]
"""Beside those of Playwright, which keep a browser from calling home and work for root."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The current, home and configuration folder of the server."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder, "--date", "2020-03-10") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The page, once the app is in it."""
    page = context.new_page()
    page.goto(address)
    sees(page, "Tuesday 10 March 2020")
    return page


def shown(page: Page) -> str:
    """What stands in the page, read as its reader can: mark all of it with shift and the mouse, and copy."""
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


def sees(page: Page, text: str) -> None:
    """Wait until a text stands in the page."""
    page.wait_for_selector("body.-first-byte")
    for _ in range(100):
        if text in shown(page):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{text!r} is not in the page:\n{shown(page)}")


def test_the_page_shows_all_panes(page: Page) -> None:
    text = shown(page)
    for words in ("1 Timeline", "2 Status", "3 Meeting", "4 Lanes", "8th policy dialogue opens by video"):
        assert words in text
    assert page.title() == "Japan–Korea export controls · kjtui"
    assert page.locator("#terminal").is_visible()
    assert not page.locator(".told:visible").count(), "what stood there before the app is gone"


def test_a_key_moves_the_day_without_a_click_first(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    sees(page, "Wednesday 11 March 2020")
    page.keyboard.press("ArrowLeft")
    sees(page, "Tuesday 10 March 2020")


def test_a_click_moves_it_too(page: Page) -> None:
    row = next(i for i, line in enumerate(shown(page).splitlines()) if "Korea amends its Foreign" in line)
    box = page.locator(".xterm-screen").bounding_box()
    assert box
    height = box["height"] / len(shown(page).splitlines())
    page.mouse.click(box["x"] + 200, box["y"] + (row + 0.5) * height)
    sees(page, "Wednesday 18 March 2020")


@pytest.mark.parametrize(
    ("more", "name", "write"),
    [
        ("", "kjtui-2020-03-10.txt", as_text),
        (".json", "kjtui-2020-03-10.txt.json", as_json),
    ],
)
def test_an_export_downloads(
    page: Page, folder: Path, history: History, more: str, name: str, write: Callable[[Snapshot], str]
) -> None:
    page.keyboard.press("e")
    sees(page, "to your downloads")
    page.keyboard.type(more)
    sees(page, name)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == name
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text == write(history.snapshot(date(2020, 3, 10)))
    sees(page, f"Handed {name}")
    assert list(folder.iterdir()) == []


def test_copy_reaches_the_clipboard_of_the_browser(
    page: Page, context: BrowserContext, history: History
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("y")
    sees(page, "sent to the browser's clipboard")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == as_text(history.snapshot(date(2020, 3, 10)))


def test_a_source_opens_in_a_page_of_its_own(page: Page) -> None:
    page.context.route(re.compile("."), lambda route: route.fulfill(body="the source"))
    page.keyboard.press("s")
    sees(page, "[1]")
    with page.expect_popup() as source:
        page.keyboard.press("Enter")
    source.value.wait_for_url(re.compile("^https?://"))


def test_the_page_asks_nobody_but_its_server(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:")))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    sees(page, "Tuesday 10 March 2020")
    assert any(url.endswith(".ttf") for url in asked), "its font is the server's"
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert complaints == []


def test_a_page_from_elsewhere_cannot_run_the_app(context: BrowserContext, address: str) -> None:
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


def test_quitting_leaves_a_way_back(page: Page) -> None:
    page.keyboard.press("q")
    page.locator("text=Open it again").click()
    sees(page, "Tuesday 10 March 2020")
