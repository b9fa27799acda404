"""The programs that are measured and compared."""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kjtui.languages import ENGLISH, speaking, tr
from kjtui.tui.keys.command_table import BY_ID
from kjtui.tui.keys.keymap import footer_label
from kjtui.tui.state.pane_table import PANES
from kjtui.words.day_words import header_day

from .bench import LOCALE, Bench, Program

DAY = date(2020, 3, 10)
"""The day at which the app opens if the measurement does not depend on the day."""
RIGHT, LEFT, NEXT_YEAR = b"\x1b[C", b"\x1b[D", b"}"

_NOT_INSTALLED = "not installed (pip install --group peers)"


def app(day: date, store: Path | None = None, language: str = ENGLISH) -> Program:
    """Return kjtui in a language, opened on ``day``."""
    command: tuple[str, ...] = (sys.executable, "-m", "kjtui", "--date", day.isoformat())
    if store:
        command += ("--store", str(store))
    if language != ENGLISH:
        command += ("--lang", language)
    with speaking(language):
        painted = (header_day(day), *(f"{pane.number} {tr(pane.title)}" for pane in PANES))
        settled = " ".join(footer_label([BY_ID["help"]], {}))
    return Program(f"kjtui ({language})", "", command, painted, settled, RIGHT)


def bare_app() -> Program:
    """Return the bare Textual app."""
    command = (sys.executable, str(Path(__file__).with_name("bare_app.py")))
    return Program("bare Textual app", "one Static, Header, Footer", command, ("A bare app",), "palette")


def ikhal(bench: Bench) -> Program:
    """Return ikhal, the calendar of khal, without events."""
    absent = ""
    if not (_version("khal") and _version("urwid")):
        absent = _NOT_INSTALLED
    elif int(_version("urwid").split(".")[0]) >= 3:
        absent = "not measured: needs urwid below 3"
    elif bench.environment["LANG"] != LOCALE:
        absent = f"not measured: needs the locale {LOCALE}"
    if absent:
        return Program("ikhal", absent)
    calendar, config = bench.folder / "calendar", bench.folder / "khal.conf"
    calendar.mkdir(exist_ok=True)
    day, clock = "%Y-%m-%d", "%H:%M"
    config.write_text(
        f"[calendars]\n[[local]]\npath = {calendar}\n"
        f"[locale]\ntimeformat = {clock}\ndateformat = {day}\nlongdateformat = {day}\n"
        f"datetimeformat = {day} {clock}\nlongdatetimeformat = {day} {clock}\n"
        "local_timezone = Asia/Tokyo\ndefault_timezone = Asia/Tokyo\n"
        f"[sqlite]\npath = {bench.folder / 'khal.db'}\n",
        encoding="utf-8",
    )
    command = (sys.executable, "-m", "khal", "-c", str(config), "interactive")
    return Program("ikhal", "one-day step", command, ("Mo Tu We Th Fr Sa Su",), "q: quit", RIGHT)


def visidata(bench: Bench) -> Program:
    """Return VisiData, opened on a table."""
    if not _version("visidata"):
        return Program("VisiData", _NOT_INSTALLED)
    table = bench.folder / "table.csv"
    rows = (f"2020-03-10,event {number},a title of some length" for number in range(2_000))
    table.write_text("\n".join(["date,event,title", *rows]) + "\n", encoding="utf-8")
    command = (sys.executable, "-m", "visidata", str(table))
    return Program("VisiData", "one-row step", command, ("event 20",), "2000 ", b"j")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
