"""Speed and memory. The tests count bytes, lines, opened files and objects in memory.

Tests that measure time would fail on a busy machine, so only the benchmarks measure times.
"""

import gc
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widget import Widget

from kjtui.history.snapshot import History, Snapshot
from kjtui.tui.paint.line_pane import LinePane
from support.app import (
    NARROW,
    WIDE,
    Drive,
    main_screen,
)
from support.stores import BRIDGE
from support.terminal import Terminal

MOST_BYTES = 2_500
"""Maximum bytes of a step that changes only the day. Repainting the whole screen takes 37,000 bytes."""


def seen(snapshot: Snapshot) -> tuple[object, ...]:
    """Return the parts of a snapshot that stay the same until the next event or change of a state."""
    standings = [(standing.state, standing.pending) for standing in snapshot.standings]
    return (snapshot.event_count, standings)


def quiet_days(history: History, first: date, count: int) -> bool:
    days = [history.snapshot(first + timedelta(days=number)) for number in range(count + 1)]
    return all(seen(day) == seen(days[0]) for day in days)


@pytest.mark.slow
@pytest.mark.parametrize("first", ["2019-06-20", "2022-03-02", "2024-07-02"])
def test_a_quiet_step_sends_little(history: History, first: str) -> None:
    assert quiet_days(history, date.fromisoformat(first), 6)
    with Terminal("-m", "kjtui", "--date", first, size=WIDE) as terminal:
        terminal.wait_for(b" help")
        terminal.wait_for_quiet()
        sent = []
        for _ in range(6):
            before = len(terminal.output)
            terminal.type(b"\x1b[C")
            terminal.wait_for(b"\x1b[1;1H")
            terminal.wait_for_quiet()
            sent.append(len(terminal.output) - before)
        # The first step is ignored: on a busy machine it can include the last paint of the start.
        assert max(sent[1:]) <= MOST_BYTES
        terminal.type(b"q")
        assert terminal.wait_for_exit() == 0


async def test_a_quiet_step_paints_few_lines(
    history: History, driven: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quiet_days(history, date(2022, 3, 2), 5)
    async with driven("2022-03-02") as (_, pilot):
        await pilot.press("right")
        painted: Counter[str] = Counter()
        paint = LinePane.render_line

        def counted(pane: LinePane, y: int) -> object:
            painted[pane.id or ""] += 1
            return paint(pane, y)

        monkeypatch.setattr(LinePane, "render_line", counted)
        await pilot.press("right", "right")
        assert painted["headline"] == 2
        assert painted["timeline"] == 2
        assert painted["status"] <= 4
        assert painted["meeting"] <= 6
        assert painted.total() <= 20


@pytest.mark.parametrize("command", ["snapshot 2021-05-09", "why bridge", "check"])
def test_a_store_is_opened_once(command: str) -> None:
    script = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        "from kjtui.cli.commands import main\n"
        "code = main(sys.argv[1:])\n"
        "print(code, opened.count(sys.argv[-1]), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, *command.split(), "--store", str(BRIDGE)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stderr.split() == ["0", "1"]


def alive(history: History) -> tuple[int, int, int]:
    """Return the numbers of widgets, of snapshots of a history, and of all objects in memory."""
    gc.collect()
    objects = gc.get_objects()
    widgets = sum(isinstance(item, Widget) for item in objects)
    snapshots = sum(type(item) is Snapshot and item.history is history for item in objects)
    return widgets, snapshots, len(objects)


@pytest.mark.slow
async def test_ten_thousand_steps_leave_nothing_behind(history: History, driven: Drive) -> None:
    async with driven("2018-12-01", size=NARROW) as (app, pilot):
        gc.unfreeze()
        screen = main_screen(app)

        async def walk(days: int) -> None:
            for number in range(days):
                screen.action_move("day", 1 if number // 1_000 % 2 == 0 else -1)
                if number % 500 == 0:
                    await pilot.pause()
            await pilot.pause()

        await walk(2_000)  # fills the caches
        bindings = len(app.active_bindings)
        widgets, snapshots, objects = alive(history)
        await walk(10_000)
        assert len(app.active_bindings) == bindings
        after = alive(history)
        assert after[0] == widgets
        assert after[1] <= snapshots
        assert after[2] < objects * 1.01


def test_a_relative_store_path_is_not_searched_elsewhere(tmp_path: Path) -> None:
    """A relative path refers to the current folder only, even if the package has a file of the same name."""
    result = subprocess.run(
        [sys.executable, "-m", "kjtui", "snapshot", "--store", "data.json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert result.returncode == 2
    assert result.stderr.startswith("kjtui: data.json: cannot be read")
