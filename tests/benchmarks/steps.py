"""Measure the time from a key press to the last byte of output, for steps of one day.

If several programs are compared, they take turns, one step each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from kjtui.languages import ENGLISH
from kjtui.record.store import default_stores

from .bench import Bench, Program
from .figures import Figure, milliseconds
from .made_up_store import COMMON_YEAR
from .programs import NEXT_YEAR, RIGHT, app, ikhal, visidata
from .terminal import PROC, MeasuredTerminal

MAX_AGAINST_IKHAL = 0.65
MAX_AGAINST_SMALL_STORE = 1.1
MAX_STEADY_BYTES = 2_500
MAX_QUIET_BYTES = 700

_WARM_UP = 5
"""Number of steps before the first measured step."""
_REPEATS_PER_SECOND = 30
_STEADY_STEPS = 30
"""Maximum number of steps. Every longer walk through the record contains a change of a state."""
_QUIET_STEPS = 15
_TIMELINE_TOP = 2
"""The row below the timeline's title. This row changes only when the timeline scrolls."""


class Step(NamedTuple):
    """Seconds from a key press to the last byte, number of bytes, and whether the timeline scrolled."""

    seconds: float
    size: int
    turned: bool


class Walk(NamedTuple):
    """The steps of a walk, and the mean processor seconds per step.

    ``processor`` is empty on systems without ``PROC``.
    """

    steps: Sequence[Step] = ()
    processor: Sequence[float] = ()


def busy_steps(bench: Bench) -> Iterator[Figure]:
    """Measure steps through the busiest days: single steps, and steps with the key held down."""
    effort = bench.effort
    first = date.fromisoformat(bench.in_fresh_process("busiest", "", str(effort.steps)))
    calendar, spreadsheet = peers = (ikhal(bench), visidata(bench))
    apps = {language: _app(first, language=language) for language in default_stores()}
    programs = [*apps.values(), *(peer for peer in peers if peer.command)]
    with ExitStack() as stack:
        terminals = {program: stack.enter_context(bench.open(program)) for program in programs}
        walks = _walk(terminals, effort.steps)
        holding = [terminals[program] for program in (apps[ENGLISH], calendar) if program in terminals]
        held = [terminal.hold(RIGHT, effort.repeats, _REPEATS_PER_SECOND).seconds for terminal in holding]
        ahead = [terminal.hold(RIGHT, effort.repeats).seconds for terminal in holding]
    ours = walks[apps[ENGLISH]]
    against = f"{calendar.name}: {calendar.about}"
    theirs = walks.get(calendar, Walk())
    for language, program in apps.items():
        yield from _compare(
            f"one-day step ({language})", walks[program], against, theirs, time=MAX_AGAINST_IKHAL
        )
    against_rows = f"{spreadsheet.name}: {spreadsheet.about}"
    yield from _compare("one-day step", ours, against_rows, walks.get(spreadsheet, Walk()))
    yield milliseconds(f"held at {_REPEATS_PER_SECOND}/s, last key to last byte", held[:1], against, held[1:])
    yield Figure("    steps it is then behind", [held[0] / median(_seconds(ours))], "steps")
    yield milliseconds(f"{effort.repeats} keys at once, to last byte", ahead[:1], against, ahead[1:])
    if turning := [step for step in ours.steps if step.turned]:
        yield from _compare(f"step that turns the page, of {len(turning)}", Walk(turning))


def steady_steps(bench: Bench) -> Iterator[Figure]:
    """Measure the bytes per step, on days with many events but without a change of a state."""
    steps = _steps_of_kind(bench, "steady", min(bench.effort.steps, _STEADY_STEPS))
    sizes = [step.size for step in steps if not step.turned]
    yield Figure(f"bytes of a step without a change, of {len(sizes)}", sizes, "bytes", bound=MAX_STEADY_BYTES)
    yield Figure("    the most of them", [max(sizes)], "bytes")
    yield Figure("    how many of them send more", [sum(size > MAX_STEADY_BYTES for size in sizes)], "steps")
    if turning := [step.size for step in steps if step.turned]:
        yield Figure(f"    those that turn the page, of {len(turning)}", turning, "bytes")


def quiet_steps(bench: Bench) -> Iterator[Figure]:
    """Measure the bytes per step, on days without events."""
    sizes = [step.size for step in _steps_of_kind(bench, "quiet", min(bench.effort.steps, _QUIET_STEPS))]
    yield Figure(f"bytes of a step without an event, of {len(sizes)}", sizes, "bytes", bound=MAX_QUIET_BYTES)


def large_stores(bench: Bench) -> Iterator[Figure]:
    """Measure the time of the first paint and the time per step, for stores of three sizes.

    The first walk goes through days that are the same in all stores. The second walk goes through the
    additional events of the larger stores.
    """
    small, *larger = bench.effort.events
    count = min(bench.effort.steps, _STEADY_STEPS)
    year = [day.isoformat() for day in (date(COMMON_YEAR, 1, 1), date(COMMON_YEAR, 12, 31))]
    first = date.fromisoformat(bench.in_fresh_process("steady", str(bench.store(small)), str(count), *year))
    programs = {events: _app(first, bench.store(events)) for events in bench.effort.events}
    painted: dict[int, float] = {}
    with ExitStack() as stack:
        terminals: dict[Program, MeasuredTerminal] = {}
        for events, program in programs.items():
            terminal = terminals[program] = stack.enter_context(bench.start(program))
            painted[events] = terminal.wait_for(*program.painted)
            terminal.wait_for(program.settled)
            terminal.settle()
        same = _walk(terminals, count)
        for terminal in terminals.values():
            terminal.press(NEXT_YEAR)
        dense = _walk(terminals, count)
    against = f"with {small} events"
    for events in larger:
        bound = MAX_AGAINST_SMALL_STORE if events == larger[-1] else None
        ours, theirs = programs[events], programs[small]
        name = f"one-day step with {events:,} events"
        yield from _compare(name, same[ours], against, same[theirs], time=bound, size=bound)
        yield from _compare("    on days with most of them", dense[ours], against, dense[theirs])
        yield milliseconds(
            f"first paint with {events:,} events", [painted[events]], against, [painted[small]]
        )


def crowded_days(bench: Bench) -> Iterator[Figure]:
    """Measure steps through busy weeks in a large store and in a store with only the events of these weeks.

    Both stores give nearly the same screens. Events that are not on screen cause the difference in time.
    """
    most, first = bench.effort.events[-1], date(COMMON_YEAR + 1, 3, 1)
    weeks = (first - timedelta(60), first + timedelta(60))
    whole, part = (app(first, store) for store in (bench.store(most), bench.store(most, *weeks)))
    with ExitStack() as stack:
        terminals = {program: stack.enter_context(bench.open(program)) for program in (whole, part)}
        walks = _walk(terminals, min(bench.effort.steps, _STEADY_STEPS))
    yield from _compare(f"crowded day, {most:,} events", walks[whole], "those weeks alone", walks[part])


def _app(first: date, store: Path | None = None, language: str = ENGLISH) -> Program:
    """Return the app, opened ``_WARM_UP`` days before ``first``."""
    return app(first - timedelta(_WARM_UP), store, language)


def _steps_of_kind(bench: Bench, kind: str, count: int) -> Sequence[Step]:
    """Walk ``count`` days in the record of kjtui. For the kinds of walk, see ``fresh_process.walk_start``."""
    program = _app(date.fromisoformat(bench.in_fresh_process(kind, "", str(count))))
    with bench.open(program) as terminal:
        return _walk({program: terminal}, count)[program].steps


def _walk(terminals: Mapping[Program, MeasuredTerminal], count: int) -> dict[Program, Walk]:
    """After the warm-up, take ``count`` steps in each terminal. The terminals take turns, one step each."""
    for _ in range(_WARM_UP):
        for program, terminal in terminals.items():
            terminal.press(program.step)
    before = {program: terminal.processor() for program, terminal in terminals.items() if PROC.exists()}
    steps: dict[Program, list[Step]] = {program: [] for program in terminals}
    for _ in range(count):
        for program, terminal in terminals.items():
            top = terminal.row(_TIMELINE_TOP)
            answer = terminal.press(program.step)
            steps[program].append(Step(*answer, turned=terminal.row(_TIMELINE_TOP) != top))
    return {
        program: Walk(taken, [(terminals[program].processor() - before[program]) / count] if before else [])
        for program, taken in steps.items()
    }


def _compare(
    name: str,
    ours: Walk,
    against: str = "",
    theirs: Walk = Walk(),  # noqa: B008  # immutable
    *,
    time: float | None = None,
    size: float | None = None,
) -> Iterator[Figure]:
    """Yield the time, processor time and bytes per step of two walks.

    ``time`` is the upper bound for the time. ``size`` is the upper bound for the bytes.
    """
    yield milliseconds(f"{name}, key to last byte", _seconds(ours), against, _seconds(theirs), time)
    if ours.processor:
        yield milliseconds("    processor for it", ours.processor, against, theirs.processor)
    sizes = [[step.size for step in walk.steps] for walk in (ours, theirs)]
    yield Figure("    bytes for it", sizes[0], "bytes", against, sizes[1], size)


def _seconds(walk: Walk) -> list[float]:
    return [step.seconds for step in walk.steps]
