"""Measurements of processes: start-up, the snapshot command, opening a store, search, and memory.

If two programs are compared, they run alternately, so that other load on the machine affects both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from shutil import which
from typing import NamedTuple

from kjtui.record.store import default_stores

from .bench import Bench, Program
from .figures import Figure, milliseconds
from .programs import DAY, LEFT, RIGHT, app, bare_app
from .terminal import PROC

MAX_FIRST_PAINT = 1.25
MAX_SNAPSHOT_COMMAND = 2.6
MAX_OPENING = 3.0
MAX_FIRST_LETTER = 0.5
MAX_NEXT_LETTER = 1.0
MAX_MEMORY = 1.3

_WORD = "licence"


class Start(NamedTuple):
    """Seconds until the first full paint, seconds until the last paint, and processor seconds of a start."""

    painted: float
    settled: float
    processor: float


def start_up(bench: Bench) -> Iterator[Figure]:
    """Measure the start: the times until the first full paint and the last paint, and the processor time."""
    reference = bare_app()
    apps = {language: app(DAY, language=language) for language in default_stores()}
    starts: dict[Program, list[Start]] = {program: [] for program in (*apps.values(), reference)}
    for _ in range(bench.effort.starts + 1):
        for program, measured in starts.items():
            measured.append(_start(bench, program))
    theirs = starts[reference][1:]  # the first start of each program fills caches
    for language, program in apps.items():
        yield from _compare_starts(f"first paint ({language})", starts[program][1:], reference.name, theirs)


def _compare_starts(
    name: str, ours: Sequence[Start], against: str, theirs: Sequence[Start]
) -> Iterator[Figure]:
    names = (name, "    last paint of the start", "    processor until settled")
    bounds = (MAX_FIRST_PAINT, None, None)
    columns = zip(names, zip(*ours, strict=True), zip(*theirs, strict=True), bounds, strict=True)
    for figure_name, our_seconds, their_seconds, bound in columns:
        yield milliseconds(figure_name, our_seconds, against, their_seconds, bound)


def snapshot_command(bench: Bench) -> Iterator[Figure]:
    """Measure ``kjtui snapshot DAY`` from start to end."""
    ours, theirs = ("-m", "kjtui", "snapshot", DAY.isoformat()), ("-c", "import tinydb")
    runs = [bench.run(*command) for _ in range(bench.effort.commands + 1) for command in (ours, theirs)]
    against = 'python -c "import tinydb"'
    seconds, processor = ([run.seconds for run in runs], [run.processor for run in runs])
    yield milliseconds("kjtui snapshot DAY", seconds[2::2], against, seconds[3::2], MAX_SNAPSHOT_COMMAND)
    yield milliseconds("    processor for it", processor[2::2], against, processor[3::2])


def opening(bench: Bench) -> Iterator[Figure]:
    """Measure the time for opening a store, including the snapshot that the app shows first."""
    for events in bench.effort.events[1:]:
        store = str(bench.store(events))
        seconds = [
            float(bench.in_fresh_process(what, store))
            for _ in range(bench.effort.openings)
            for what in ("open", "json")
        ]
        bound = MAX_OPENING if events == bench.effort.events[-1] else None
        against = "json.load of the same file"
        yield milliseconds(f"opening {events:,} events", seconds[::2], against, seconds[1::2], bound)


def searching(bench: Bench) -> Iterator[Figure]:
    """Measure the time of a search after its first letter and after each further letter.

    The reference for further letters is fzf, which searches the titles.
    """
    events = bench.effort.events[-1]
    store = str(bench.store(events))
    opened, letters = [], []
    for _ in range(bench.effort.openings):
        opened.append(float(bench.in_fresh_process("open", store)))
        letters.append([float(seconds) for seconds in bench.in_fresh_process("search", store, _WORD).split()])
    yield milliseconds(
        f"first letter in search, {events:,} events",
        [first for first, *_ in letters],
        "opening their store",
        opened,
        MAX_FIRST_LETTER,
    )
    name = "    each further letter"
    ours = [seconds for _, *further in letters for seconds in further]
    if which("fzf") is None:
        yield milliseconds(name, ours, "not measured: fzf is not installed")
        return
    titles = bench.folder / "titles.txt"
    bench.in_fresh_process("titles", store, str(titles))
    theirs = [
        bench.filter_seconds(titles, _WORD[:length])
        for _ in range(bench.effort.openings)
        for length in range(2, len(_WORD) + 1)
    ]
    yield milliseconds(name, ours, "fzf --filter over the titles", theirs, MAX_NEXT_LETTER)


def memory(bench: Bench) -> Iterator[Figure]:
    """Measure the memory of the app: with the record of kjtui, with a large store, and after a long walk."""
    if not PROC.exists():
        return
    most, walk, reference = bench.effort.events[-1], bench.effort.walk, bare_app()
    store = bench.store(most)
    with ExitStack() as stack:
        bare, own, large = (
            stack.enter_context(bench.open(program)) for program in (reference, app(DAY), app(DAY, store))
        )
        of_bare, of_own, of_large = bare.memory(), own.memory(), large.memory()
        own.hold(RIGHT, walk // 2)
        own.hold(LEFT, walk // 2)
        after = own.memory()
    yield _megabytes("memory of the app", of_own.resident, reference.name, of_bare.resident, MAX_MEMORY)
    yield _megabytes("    at its peak", of_own.peak, reference.name, of_bare.peak)
    yield _megabytes(f"memory with {most:,} events", of_large.resident, reference.name, of_bare.resident)
    yield _megabytes("    at its peak", of_large.peak, reference.name, of_bare.peak)
    yield _megabytes("    at its peak", of_large.peak, "its file", store.stat().st_size)
    yield _megabytes(f"memory after {walk:,} steps", after.resident, "before them", of_own.resident)


def _start(bench: Bench, program: Program) -> Start:
    with bench.start(program) as terminal:
        painted = terminal.wait_for(*program.painted)
        settled = terminal.wait_for(program.settled)
        terminal.settle()
        return Start(painted, settled, terminal.kill())


def _megabytes(name: str, ours: int, against: str, theirs: int, bound: float | None = None) -> Figure:
    return Figure(name, [ours / 1e6], "MB", against, [theirs / 1e6], bound)
