"""The pictures in the README are up to date. The tests compare the texts in the pictures, not the bytes."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

import make
from animate import Frame, animate

FOLDER = Path(make.__file__).parent
SVG = "{http://www.w3.org/2000/svg}"
CELL = 12.2
"""The width of a terminal cell in the pictures that Rich draws."""
STEP = re.compile(r"([\d.]+)%\{visibility:(\w+)\}")
# An SVG picture of a screen, in the form that Rich writes.
SCREEN = """<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">
<style>.t-r1 {{ fill: #fff }}</style><defs/><rect/><text/><g/>
<g transform="translate(9, 41)"><rect fill="#000" x="0" y="0" shape-rendering="crispEdges"/><g>
<text class="t-r1" x="0" y="0" clip-path="url(#a)">same</text>
<text class="t-r1" x="61" y="0" clip-path="url(#a)">{word}</text>
</g></g></svg>"""


def text_of(svg: str, percent: float = 0) -> list[str]:
    """Return the lines of text in a picture. For an animation, ``percent`` is the time within its loop.

    The elements of a line are joined, because Rich can split the same line into different elements.
    """
    root = ElementTree.fromstring(svg)
    elements = [(float(e.attrib["y"]), float(e.attrib["x"]), str(e.text)) for e in texts(root, svg, percent)]
    lines: dict[float, str] = defaultdict(str)
    for y, x, text in sorted(elements):
        gap = round(x / CELL) - cell_len(lines[y])
        lines[y] += " " * gap + text.replace("\N{NO-BREAK SPACE}", " ")
    return [line.rstrip() for line in lines.values() if line.strip()]


def texts(element: ElementTree.Element, svg: str, percent: float) -> Iterator[ElementTree.Element]:
    """Yield the text elements that are visible at a point of the animation."""
    if element.tag == f"{SVG}text" and element.text:
        yield element
    elif visible(element.get("class", ""), svg, percent):
        for child in element:
            yield from texts(child, svg, percent)


def visible(group: str, svg: str, percent: float) -> bool:
    """Return whether a group's keyframes make it visible at a point of the animation."""
    keyframes = re.search(rf"@keyframes {group}\{{((?:{STEP.pattern})+)\}}", svg) if group else None
    if keyframes is None:
        return True
    steps = [value for start, value in STEP.findall(keyframes[1]) if float(start) <= percent + 0.001]
    return bool(steps[-1] == "visible")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with newly made pictures."""
    folder = tmp_path_factory.mktemp("screenshots")
    asyncio.run(make.main(folder))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", make.NAMES)
def test_pictures_are_up_to_date(name: str, made: Path) -> None:
    now, committed = ((folder / f"{name}.svg").read_text(encoding="utf-8") for folder in (made, FOLDER))
    starts = [0.0]
    if name == make.CROSSING:
        seconds = [duration for _, duration in make.CROSSING_STEPS]
        starts += [100 * end / sum(seconds) for end in accumulate(seconds[:-1])]
    for start in starts:
        shown = text_of(now, start)
        assert len(shown) > 15
        assert text_of(committed, start) == shown, "run python screenshots/make.py and look at the pictures"


def test_every_picture_is_made_by_a_script() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(make.NAMES)


def test_the_moving_picture_lasts_ten_seconds_is_small_and_loads_nothing() -> None:
    svg = (FOLDER / f"{make.CROSSING}.svg").read_text(encoding="utf-8")
    assert sum(seconds for _, seconds in make.CROSSING_STEPS) == pytest.approx(10)
    assert len(svg) < 400_000
    assert not re.search(r"<script|<image|url\(|@import|href", svg)


def test_the_text_of_a_picture_does_not_depend_on_how_it_is_cut() -> None:
    line = '<svg xmlns="http://www.w3.org/2000/svg"><g>{}</g></svg>'
    whole = line.format('<text x="12.2" y="1">한ab</text>')
    cut = line.format('<text x="36.6" y="1">ab</text><text x="12.2" y="1">한</text>')
    assert text_of(whole) == text_of(cut) == [" 한ab"]


def test_a_moving_picture_draws_each_text_once_and_shows_it_in_its_frames() -> None:
    words = ("one", "two", "one", "two")
    svg = animate([Frame(SCREEN.format(word=word), 0.5) for word in words], still=1)
    assert svg.count(">same<") == svg.count(">one<") == svg.count(">two<") == 1
    assert [text_of(svg, percent) for percent in (0, 25, 50, 75)] == [[f"same {word}"] for word in words]


def test_a_moving_picture_shows_one_frame_where_motion_is_unwanted() -> None:
    svg = animate([Frame(SCREEN.format(word=word), 0.5) for word in ("one", "two")], still=1)
    still_style = svg.partition("@media (prefers-reduced-motion:no-preference)")[0]
    hidden = set(re.findall(r"\.(\w+)\{visibility:hidden\}", still_style))
    groups = {
        text.text: group.get("class")
        for group in ElementTree.fromstring(svg).iter(f"{SVG}g")
        for text in group.iter(f"{SVG}text")
    }
    assert hidden == {groups["one"]}
