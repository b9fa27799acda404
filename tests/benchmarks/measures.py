"""Starting, opening, and memory. What is compared runs in turn, so that other work falls on both alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple

from .bench import Bench, Program
from .figures import Figure, milliseconds
from .programs import DAY, LEFT, RIGHT, app, bare
from .terminal import PROC

FIRST_PAINT, COMMAND, OPENING = 1.35, 3.0, 3.0
"""The bounds on what is measured here, as ratios."""


class Start(NamedTuple):
    """A start: seconds to the first full paint, to the last one, and of processor until then."""

    painted: float
    settled: float
    processor: float


def start_up(bench: Bench) -> Iterator[Figure]:
    """From the start to the first paint and to the last, and the processor's time until then."""
    reference = bare()
    starts = [
        _start(bench, program) for _ in range(bench.effort.starts + 1) for program in (app(DAY), reference)
    ]
    ours, theirs = starts[2::2], starts[3::2]  # the first of each fills caches

    def figure(name: str, of: Callable[[Start], float], bound: float | None = None) -> Figure:
        return milliseconds(name, map(of, ours), reference.name, map(of, theirs), bound)

    yield figure("first paint of the full app", lambda start: start.painted, FIRST_PAINT)
    yield figure("    last paint of the start", lambda start: start.settled)
    yield figure("    processor until settled", lambda start: start.processor)


def snapshot_command(bench: Bench) -> Iterator[Figure]:
    """``kjtui snapshot DAY`` from start to end, printing to nowhere."""
    ours, theirs = ("-m", "kjtui", "snapshot", DAY.isoformat()), ("-c", "import tinydb")
    runs = [bench.run(*command) for _ in range(bench.effort.commands + 1) for command in (ours, theirs)]
    against = 'python -c "import tinydb"'
    for name, place, bound in (("kjtui snapshot DAY", 0, COMMAND), ("    processor for it", 1, None)):
        numbers = [run[place] for run in runs]
        yield milliseconds(name, numbers[2::2], against, numbers[3::2], bound)


def opening(bench: Bench) -> Iterator[Figure]:
    """Opening a store, to the snapshot of the day that is shown first."""
    for events in bench.effort.events[1:]:
        store = str(bench.store(events))
        numbers = [
            float(bench.inside(what, store))
            for _ in range(bench.effort.openings)
            for what in ("open", "json")
        ]
        bound = OPENING if events == bench.effort.events[-1] else None
        against = "json.load of the same file"
        yield milliseconds(f"opening {events:,} events", numbers[::2], against, numbers[1::2], bound)


def memory(bench: Bench) -> Iterator[Figure]:
    """What the app holds in memory: with its own record, with very many events, after a walk."""
    if not PROC.exists():
        return
    most, walk, reference = bench.effort.events[-1], bench.effort.walk, bare()
    store = bench.store(most)
    with ExitStack() as stack:
        none, own, large = (
            stack.enter_context(bench.open(program)) for program in (reference, app(DAY), app(DAY, store))
        )
        start, before, full = none.memory(), own.memory(), large.memory()
        own.hold(RIGHT, walk // 2)
        own.hold(LEFT, walk // 2)
        after = own.memory()
    for name, ours in (("memory of the app", before), (f"memory with {most:,} events", full)):
        yield _megabytes(name, ours.resident, reference.name, start.resident)
        yield _megabytes("    at its peak", ours.peak, reference.name, start.peak)
    yield _megabytes("    at its peak", full.peak, "its file", store.stat().st_size)
    yield _megabytes(f"memory after {walk:,} steps", after.resident, "before them", before.resident)


def _start(bench: Bench, program: Program) -> Start:
    with bench.start(program) as terminal:
        painted = terminal.until(*program.painted)
        settled = terminal.until(program.settled)
        terminal.settle()
        return Start(painted, settled, terminal.kill())


def _megabytes(name: str, ours: int, against: str, theirs: int) -> Figure:
    return Figure(name, [ours / 1e6], "MB", against, [theirs / 1e6])
