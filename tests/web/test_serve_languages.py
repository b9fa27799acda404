"""The language of the served page, document and app. It comes from the address, the server or the browser."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from support.server import ServerProcess, server_process, without_navigation
from support.visitor import visiting

pytestmark = pytest.mark.slow  # runs servers

DAY = "date=2020-03-10"


@pytest.fixture(scope="module")
def korean_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with server_process(tmp_path_factory.mktemp("korean"), "--lang", "ko", "--date", "2020-03-10") as server:
        yield server


async def fetch(address: str, accepted: str = "") -> tuple[str, str]:
    """Return a page and its ``Vary`` header."""
    headers = {"Accept-Language": accepted} if accepted else {}
    async with ClientSession() as session, session.get(address, headers=headers) as response:
        assert response.status == 200
        return await response.text(), response.headers["Vary"]


@pytest.mark.parametrize(
    ("query", "accepted", "language", "title"),
    [
        ("", "", "en", "Japan–Korea export controls"),
        ("", "ko-KR,ko;q=0.9,en;q=0.8", "ko", "한일 수출통제"),
        ("?lang=ja", "ko-KR,ko;q=0.9", "ja", "日韓輸出管理問題"),
        ("?lang=xx", "de,ja;q=0.5", "ja", "日韓輸出管理問題"),
        ("?lang=en", "ko", "en", "Japan–Korea export controls"),
    ],
)
async def test_the_page_speaks_the_language_of_the_address_or_of_the_browser(
    query: str, accepted: str, language: str, title: str, server: ServerProcess
) -> None:
    page, vary = await fetch(f"{server.address}/{query}", accepted)
    assert f'<html lang="{language}">' in page
    assert f"<title>{title} · kjtui</title>" in page
    assert f"lang={language}" in page  # the link to the document has the same language
    assert vary == "Accept-Language"


async def test_the_server_may_have_a_language_of_its_own(korean_server: ServerProcess) -> None:
    page, _ = await fetch(korean_server.address, "ja")
    assert '<html lang="ko">' in page
    page, _ = await fetch(f"{korean_server.address}/?lang=ja", "ko")
    assert '<html lang="ja">' in page


@pytest.mark.parametrize("language", ["ko", "ja"])
async def test_the_document_is_what_the_command_prints_in_the_language(
    language: str, server: ServerProcess, folder: Path
) -> None:
    """The page of 30 October 2018 omits nothing, so the served page has no links to omitted content."""
    command = ["snapshot", "2018-10-30", "--format", "html", "--lang", language]
    result = subprocess.run(
        [sys.executable, "-m", "kjtui", *command], cwd=folder, capture_output=True, check=True
    )
    printed = result.stdout.decode()
    assert f'<html lang="{language}">' in printed
    asked, _ = await fetch(f"{server.address}/document?date=2018-10-30&lang={language}")
    preferred, _ = await fetch(f"{server.address}/document?date=2018-10-30", f"{language};q=0.9,en;q=0.1")
    assert asked == preferred
    assert without_navigation(asked) == printed


@pytest.mark.parametrize(
    ("language", "texts"),
    [("ko", ["2020년 3월 10일", "연표"]), ("ja", ["2020年3月10日", "年表"])],
)
async def test_the_app_speaks_the_language_of_the_address(
    language: str, texts: list[str], server: ServerProcess
) -> None:
    async with visiting(server.address, f"{DAY}&lang={language}") as visitor:
        for text in texts:
            await visitor.wait_for(text)
