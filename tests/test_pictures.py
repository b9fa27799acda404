"""The pictures of the README are those the app makes now."""

import asyncio
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import make
from animate import Frame, animate

FOLDER = Path(make.__file__).parent
SVG = "{http://www.w3.org/2000/svg}"
TEXT = f"{SVG}text"
# A screen as Rich draws it.
SCREEN = """<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">
<style>.t-r1 {{ fill: #fff }}</style><defs/><rect/><text/><g/>
<g transform="translate(9, 41)"><rect fill="#000" x="0" y="0" shape-rendering="crispEdges"/><g>
<text class="t-r1" x="0" y="0" clip-path="url(#a)">same</text>
<text class="t-r1" x="5" y="0" clip-path="url(#a)">{word}</text>
</g></g></svg>"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screenshots")
    asyncio.run(make.main(folder))
    return folder


@pytest.mark.parametrize("name", make.NAMES)
def test_pictures_are_fresh(name: str, fresh: Path) -> None:
    file = f"{name}.svg"
    assert (fresh / file).read_bytes() == (FOLDER / file).read_bytes(), "python screenshots/make.py, and look"


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(make.NAMES)


def test_the_moving_picture_plays_alone_and_is_light() -> None:
    svg = (FOLDER / f"{make.CROSSING}.svg").read_text(encoding="utf-8")
    assert sum(seconds for _, seconds in make.CROSSING_STEPS) == pytest.approx(10)
    assert len(svg) < 400_000
    assert not re.search(r"<script|<image|url\(|@import|href", svg), "it loads and runs nothing"


def test_each_word_is_drawn_once_and_shown_in_its_frames_alone() -> None:
    words = ("one", "two", "one", "two")
    svg = animate([Frame(SCREEN.format(word=word), 0.5) for word in words], still=1)
    drawing = ElementTree.fromstring(svg)
    group = {text.text: found.get("class") for found in drawing.iter(f"{SVG}g") for text in found.iter(TEXT)}
    assert svg.count(">same<") == svg.count(">one<") == svg.count(">two<") == 1
    assert f"@keyframes {group['one']}{{0%{{visibility:visible}}25%{{visibility:hidden}}50%" in svg
    assert f"@keyframes {group['two']}{{0%{{visibility:hidden}}25%{{visibility:visible}}50%" in svg
    assert f"@keyframes {group['same']}{{" not in svg
    stillness, _ = svg.split("@media (prefers-reduced-motion:no-preference)")
    assert f".{group['one']}{{visibility:hidden}}" in stillness
    assert f".{group['two']}{{visibility:hidden}}" not in stillness
