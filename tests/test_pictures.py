"""The pictures of the README are those the app makes now."""

import asyncio
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

import make
from animate import Frame, animate

FOLDER = Path(make.__file__).parent
SVG = "{http://www.w3.org/2000/svg}"
TEXT = f"{SVG}text"
CELL = 12.2
"""Width of a cell in the pictures that Rich draws."""
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


def characters(path: Path) -> set[tuple[str, int, float, str]]:
    """What a picture shows: when (in the moving one), in which column and line, and which character."""
    drawing = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    times = dict(re.findall(r"@keyframes (f\d+)\{(.*?\})\}", next(drawing.iter(f"{SVG}style")).text or ""))
    found = set()
    for group in drawing.iter(f"{SVG}g"):
        for text in group.findall(TEXT):
            column = round(float(text.attrib["x"]) / CELL)
            for index, character in enumerate(text.text or ""):
                place = (column + cell_len((text.text or "")[:index]), float(text.attrib["y"]))
                found.add((times.get(group.get("class", ""), ""), *place, character))
    return {one for one in found if one[-1].strip()}


@pytest.mark.parametrize("name", make.NAMES)
def test_pictures_show_what_the_app_shows(name: str, fresh: Path) -> None:
    file = f"{name}.svg"
    shown, expected = characters(FOLDER / file), characters(fresh / file)
    assert len(shown) > 400
    assert shown == expected, "run python screenshots/make.py, and look at the pictures"


def test_the_characters_of_a_picture_are_found_however_it_is_cut(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.svg", tmp_path / "cut.svg"
    line = '<svg xmlns="http://www.w3.org/2000/svg"><style/><g>{}</g></svg>'
    whole.write_text(line.format('<text x="0" y="1">한ab</text>'), encoding="utf-8")
    cut.write_text(line.format('<text x="0" y="1">한</text><text x="24.4" y="1">ab</text>'), encoding="utf-8")
    assert characters(whole) == characters(cut) == {("", 0, 1, "한"), ("", 2, 1, "a"), ("", 3, 1, "b")}


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
