"""Combine pictures of one screen into a moving SVG without scripts, fonts or external resources.

Each run of text and each background is written once, in a group that CSS shows in its frames. Without motion,
by preference or missing support, one frame is shown.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "http://www.w3.org/2000/svg"
STYLE = re.compile(r"\.([\w-]+-r\d+) \{ (.*?) \}")
FONT = '"Fira Code",ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace'

Frames = tuple[int, ...]
"""Numbers of the frames that show something, in order."""
Run = tuple[str, tuple[tuple[str, str], ...], str]
"""A piece of a picture: tag, attributes in order, text."""


class Frame(NamedTuple):
    """A picture as Rich's SVG, and the seconds it is shown."""

    svg: str
    seconds: float


def animate(frames: Sequence[Frame], still: int) -> str:
    """Return the frames as a looping SVG; `still` is the number of the frame to show without motion."""
    ElementTree.register_namespace("", SVG)
    looks: dict[str, str] = {}
    pictures = [_runs(frame.svg, looks) for frame in frames]
    groups: dict[Frames, list[Run]] = {}
    for run in dict.fromkeys(run for picture in pictures for run in picture):
        numbers = tuple(number for number, picture in enumerate(pictures) if run in picture)
        groups.setdefault(numbers, []).append(run)
    root = ElementTree.fromstring(frames[0].svg)
    _, _, chrome, title, buttons, screen = root
    style = Element("style")
    style.text = _style(looks, list(groups), [frame.seconds for frame in frames], still)
    title.set("class", "title")
    moving = Element("g", transform=screen.attrib["transform"])
    for tag in ("rect", "text"):  # all backgrounds lie below all text
        for index, runs in enumerate(groups.values()):
            group = Element("g", {"class": f"f{index}"})
            group.extend(_element(run) for run in runs if run[0] == tag)
            if len(group):
                moving.append(group)
    drawing = Element(f"{{{SVG}}}svg", viewBox=root.attrib["viewBox"])
    drawing.extend((style, chrome, title, buttons, moving))
    for element in drawing.iter():
        element.tail = "\n"
        if element.text is not None and not element.text.strip():
            element.text = None
    return ElementTree.tostring(drawing, encoding="unicode")


def _runs(svg: str, looks: dict[str, str]) -> dict[Run, None]:
    """Return the runs of a picture in order; add the class of each new style to `looks`."""
    styles = dict(STYLE.findall(svg))
    runs: dict[Run, None] = {}
    for element in ElementTree.fromstring(svg)[-1].iter():
        tag = element.tag.removeprefix(f"{{{SVG}}}")
        attributes = dict(element.attrib)
        if tag == "text" and element.text is not None and element.text.strip(" \n\N{NO-BREAK SPACE}"):
            attributes["class"] = looks.setdefault(styles[attributes["class"]], f"s{len(looks)}")
            del attributes["clip-path"]
            runs[tag, tuple(attributes.items()), element.text] = None
        elif tag == "rect":
            del attributes["shape-rendering"]
            runs[tag, tuple(attributes.items()), ""] = None
    return runs


def _element(run: Run) -> Element:
    tag, attributes, text = run
    element = Element(tag, dict(attributes))
    if tag == "text":
        element.text = text
        element.set("lengthAdjust", "spacingAndGlyphs")  # connects box characters in any font
    return element


def _style(looks: dict[str, str], groups: Sequence[Frames], seconds: Sequence[float], still: int) -> str:
    """Return the style sheet: the looks of the text, and when each group is shown."""
    rules = [
        f"g{{font:20px {FONT};white-space:pre}}",
        "rect{shape-rendering:crispEdges}",
        ".title{font:bold 18px arial,sans-serif}",
        *(f".{name}{{{look.replace(' ', '')}}}" for look, name in looks.items()),
    ]
    moves: list[str] = []
    for index, numbers in enumerate(groups):
        if len(numbers) == len(seconds):
            continue
        if still not in numbers:
            rules.append(f".f{index}{{visibility:hidden}}")
        moves.append(f"@keyframes f{index}{{{_steps(numbers, seconds)}}}.f{index}{{animation-name:f{index}}}")
    clock = f"g{{animation:{sum(seconds):g}s step-end infinite}}"
    return "\n".join((*rules, "@media (prefers-reduced-motion:no-preference){", clock, *moves, "}"))


def _steps(numbers: Frames, seconds: Sequence[float]) -> str:
    """Return the keyframes of a group: when it appears and disappears, in per cent of the loop."""
    steps = []
    for visible, run in groupby(range(len(seconds)), lambda number: number in numbers):
        start = 100 * sum(seconds[: next(run)]) / sum(seconds)
        steps.append(f"{start:.6g}%{{visibility:{'visible' if visible else 'hidden'}}}")
    return "".join(steps)
