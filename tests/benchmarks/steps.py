"""Steps of a day, from the key to the last byte. Programs that are compared step in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from .bench import Bench, Program
from .figures import Figure, milliseconds
from .programs import YEAR_ON, app, ikhal, visidata
from .stores import COMMON_YEAR
from .terminal import PROC, Terminal

AS_IKHAL, AS_SMALL, MOST_BYTES = 1.0, 1.2, 2_500
"""The bounds on what is measured here: ratios to ikhal's and to a small store's, and bytes."""

_WARM_UP = 5
"""Steps that are taken before the first one measured."""
_A_SECOND = 30
"""Repeats of a key that is held down."""
_MOST_STEADY = 30
"""Steps without a change of a standing: longer walks come on a change."""
_TIMELINE_TOP = 2
"""The row below the timeline's title: what stands in it changes only when the page is turned."""


class Step(NamedTuple):
    """A step: seconds from key to last byte, bytes, and whether the timeline turned its page with it."""

    seconds: float
    size: int
    turned: bool


class Walk(NamedTuple):
    """Steps taken one by one, and the seconds of processor for each, where the system tells."""

    steps: Sequence[Step] = ()
    processor: Sequence[float] = ()


def busy_steps(bench: Bench) -> Iterator[Figure]:
    """Steps through the days on which most happens, and what comes of holding the key."""
    effort = bench.effort
    first = date.fromisoformat(bench.inside("busiest", "", str(effort.steps)))
    peers = (ikhal(bench), visidata(bench))
    programs = [_app(first), *(peer for peer in peers if peer.command)]
    with ExitStack() as stack:
        terminals = {program: stack.enter_context(bench.open(program)) for program in programs}
        walks = _walk(terminals, effort.steps)
        calendars = [program for program in programs if program is not peers[1]]
        held = [terminals[one].hold(one.step, effort.repeats, _A_SECOND).seconds for one in calendars]
        ahead = [terminals[one].hold(one.step, effort.repeats).seconds for one in calendars]
    ours = walks[programs[0]]
    for peer, bound in zip(peers, (AS_IKHAL, None), strict=True):
        against = f"{peer.name}: {peer.about}"
        yield from _compare("one-day step", ours, against, walks.get(peer, Walk()), time=bound)
    against = f"{peers[0].name}: {peers[0].about}"
    yield milliseconds(f"held at {_A_SECOND}/s, last key to last byte", held[:1], against, held[1:])
    yield Figure("    steps it is then behind", [held[0] / median(_seconds(ours))], "steps")
    yield milliseconds(f"{effort.repeats} keys at once, to last byte", ahead[:1], against, ahead[1:])
    if turning := [step for step in ours.steps if step.turned]:
        yield from _compare(f"step that turns the page, of {len(turning)}", Walk(turning))


def steady_steps(bench: Bench) -> Iterator[Figure]:
    """Steps that change no standing, through the days without a change on which most happens."""
    count = min(bench.effort.steps, _MOST_STEADY)
    program = _app(date.fromisoformat(bench.inside("steady", "", str(count))))
    with bench.open(program) as terminal:
        steps = _walk({program: terminal}, count)[program].steps
    still = [step.size for step in steps if not step.turned]
    yield Figure(f"bytes of a step without a change, of {len(still)}", still, "bytes", bound=MOST_BYTES)
    yield Figure("    the most of them", [max(still)], "bytes", bound=MOST_BYTES)
    yield Figure("    how many of them send more", [sum(size > MOST_BYTES for size in still)], "steps")
    if turning := [step.size for step in steps if step.turned]:
        yield Figure(f"    those that turn the page, of {len(turning)}", turning, "bytes")


def large_stores(bench: Bench) -> Iterator[Figure]:
    """The app on stores of few, many and very many events: the first paint, and steps.

    First through days that are the same in all of them, then through days on which most of the events of
    the larger ones lie.
    """
    small, *larger = bench.effort.events
    count = min(bench.effort.steps, _MOST_STEADY)
    year = [day.isoformat() for day in (date(COMMON_YEAR, 1, 1), date(COMMON_YEAR, 12, 31))]
    first = date.fromisoformat(bench.inside("steady", str(bench.store(small)), str(count), *year))
    programs = {events: _app(first, bench, events) for events in bench.effort.events}
    painted: dict[int, float] = {}
    with ExitStack() as stack:
        terminals: dict[Program, Terminal] = {}
        for events, program in programs.items():
            terminal = terminals[program] = stack.enter_context(bench.start(program))
            painted[events] = terminal.until(*program.painted)
            terminal.until(program.settled)
            terminal.settle()
        same = _walk(terminals, count)
        for terminal in terminals.values():
            terminal.press(YEAR_ON)
        dense = _walk(terminals, count)
    against = f"with {small} events"
    for events in larger:
        bound = AS_SMALL if events == larger[-1] else None
        ours, theirs = programs[events], programs[small]
        name = f"one-day step with {events:,} events"
        yield from _compare(name, same[ours], against, same[theirs], time=bound, size=bound)
        yield from _compare("the same where they lie thick", dense[ours], against, dense[theirs])
        yield milliseconds(
            f"first paint with {events:,} events", [painted[events]], against, [painted[small]]
        )


def _app(first: date, bench: Bench | None = None, events: int = 0) -> Program:
    """The app, some steps before the first that is measured."""
    return app(first - timedelta(_WARM_UP), bench.store(events) if bench else None)


def _walk(terminals: Mapping[Program, Terminal], count: int) -> dict[Program, Walk]:
    """So many steps in each, in turn, after some that do not count."""
    for _ in range(_WARM_UP):
        for program, terminal in terminals.items():
            terminal.press(program.step)
    before = {program: terminal.processor() for program, terminal in terminals.items() if PROC.exists()}
    steps: dict[Program, list[Step]] = {program: [] for program in terminals}
    for _ in range(count):
        for program, terminal in terminals.items():
            top = terminal.row(_TIMELINE_TOP)
            burst = terminal.press(program.step)
            steps[program].append(Step(*burst, turned=terminal.row(_TIMELINE_TOP) != top))
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
    """What the steps of two walks take: time, processor, bytes; with the bounds on the first and the last."""
    yield milliseconds(f"{name}, key to last byte", _seconds(ours), against, _seconds(theirs), time)
    if ours.processor:
        yield milliseconds("    processor for it", ours.processor, against, theirs.processor)
    sizes = [[step.size for step in walk.steps] for walk in (ours, theirs)]
    yield Figure("    bytes for it", sizes[0], "bytes", against, sizes[1], size)


def _seconds(walk: Walk) -> list[float]:
    return [step.seconds for step in walk.steps]
