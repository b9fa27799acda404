"""Make the pictures of the README from the real app: python screenshots/make.py [FOLDER]."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from textual.widgets import Input

from animate import Frame, animate
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.formats.format_table import render
from kjtui.history.snapshot import History
from kjtui.record.store import default_store, load
from kjtui.tui.app import KjtuiApp


class Picture(NamedTuple):
    """A picture to take: the day, the size, and the keys to press."""

    name: str
    size: tuple[int, int]
    day: str
    keys: tuple[str, ...] = ()
    theme: str = "kjtui-dark"


PICTURES = (
    Picture("2020-03-10", (120, 40), "2020-03-10"),
    Picture("2023-04-14-light", (120, 40), "2023-04-14", theme="kjtui-light"),
    Picture("why", (100, 36), "2021-06-01", ("w",)),
    Picture("compare", (120, 40), "2020-03-10", ("c", "g", *"2023-04-14", "enter", "c")),
    Picture("lanes", (120, 24), "2019-12-20", ("4", "z", "plus")),
    Picture("event", (100, 30), "2019-12-20", ("enter",)),
    Picture("80x24", (80, 24), "2019-08-23"),
    Picture("60x20", (60, 20), "2023-03-16", ("3",)),
)

CROSSING = "crossing"
CROSSING_SIZE = (120, 40)
CROSSING_STARTS = "2019-06-30"
# The keys to press before each frame, and the seconds it is shown: ten in all.
CROSSING_STEPS: tuple[tuple[tuple[str, ...], float], ...] = (
    ((), 0.9),
    (("right",), 1.2),  # 1 July 2019: announced
    (("right",), 0.3),
    (("right",), 0.3),
    (("right",), 1.7),  # 4 July 2019: in force
    (("g",), 0.4),
    (tuple("2023-"), 0.3),
    (tuple("03-15"), 0.4),
    (("enter",), 0.6),
    (("right",), 1.1),  # 16 March 2023: decided
    *((("right",), 0.2),) * 6,
    (("right",), 1.6),  # 23 March 2023: in force
)
CROSSING_STILL = 4
PAGE_DAY, PAGE_SIZE = "2023-04-14", "900,620"
NAMES = (CROSSING, *(picture.name for picture in PICTURES))


async def take(picture: Picture, history: History) -> str:
    """Take a picture as SVG."""
    app = KjtuiApp(history, date.fromisoformat(picture.day), theme=picture.theme)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.press(*picture.keys)
        await pilot.pause()
        return app.export_screenshot(title="kjtui", simplify=True)


async def cross(history: History) -> str:
    """Film the cursor crossing July 2019 and March 2023, as a moving SVG."""
    app = KjtuiApp(history, date.fromisoformat(CROSSING_STARTS), theme="kjtui-dark")
    frames = []
    async with app.run_test(size=CROSSING_SIZE) as pilot:
        for keys, seconds in CROSSING_STEPS:
            await pilot.press(*keys)
            for entry in app.screen.query(Input):
                entry.cursor_blink = False  # otherwise the picture would depend on the time
            await pilot.pause()
            frames.append(Frame(app.export_screenshot(title="kjtui", simplify=True), seconds))
    return animate(frames, CROSSING_STILL)


async def main(folder: Path) -> None:
    """Write all pictures into a folder."""
    history = History(load(default_store()))
    (folder / f"{CROSSING}.svg").write_text(await cross(history), encoding="utf-8")
    for picture in PICTURES:
        (folder / f"{picture.name}.svg").write_text(await take(picture, history), encoding="utf-8")


def photograph_page(folder: Path) -> None:
    """Take a picture of an HTML document in a browser, if Chromium is installed."""
    browser = shutil.which("chromium")
    if browser is None:
        print("no chromium: html.png is left as it is", file=sys.stderr)
        return
    snapshot = History(load(default_store())).snapshot(date.fromisoformat(PAGE_DAY))
    with tempfile.TemporaryDirectory() as temporary:
        page = Path(temporary) / "day.html"
        page.write_text(render(snapshot_document(snapshot), "html"), encoding="utf-8")
        options = ("--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={PAGE_SIZE}")
        picture = (folder / "html.png").resolve()
        subprocess.run([browser, *options, f"--screenshot={picture}", page.as_uri()], check=True)


if __name__ == "__main__":
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    with tempfile.TemporaryDirectory() as user:  # without the notes and settings of the user
        os.environ |= {f"XDG_{name}_HOME": user for name in ("CONFIG", "DATA", "STATE")}
        asyncio.run(main(into))
    photograph_page(into)
