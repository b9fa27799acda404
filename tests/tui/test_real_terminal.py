"""The app in a real terminal during fast input, and the state of the terminal after a crash.

For a longer hunt, run ``python -m tests.hunt --seed 1 --sessions 40 --jobs 2 --shrink``.
"""

from pathlib import Path

import pytest

from support.random_reader import Input, play, session, shrink
from support.terminal import Terminal

pytestmark = pytest.mark.slow  # every test starts the program

FAILS = """
from kjtui.tui.main_screen import MainScreen
def fail(self): raise RuntimeError("boom [/] \\x1b]0;title\\x07\\nsecond line")
MainScreen.action_help = fail
from kjtui.__main__ import run
run()
"""


@pytest.mark.parametrize("seed", [11, 12, 13, 14, 15])
def test_a_random_reader_with_a_mouse(seed: int) -> None:
    outcome = play(session(seed, 300))
    assert outcome.fault == "", (
        f"python -m tests.hunt --seed {seed} --inputs 300 --shrink\n{outcome.output[-3000:]}"
    )


def steps(*sent: bytes, pause: float = 0.0) -> list[Input]:
    return [Input("case", one, None, pause) for one in sent]


PRESS, MOVE, RELEASE = b"\x1b[<0;40;10M", b"\x1b[<32;90;30M", b"\x1b[<0;90;30m"
FAILED_ONCE: dict[str, list[Input]] = {
    "the palette opened while it closes": steps(*[b"\x10", b"\x1b[<0;1;1M", b"\x1b[<0;1;1m"] * 15),
    "the palette closed while it opens": steps(
        *[b"\x10", b"\x1b[<0;60;8M", b"\x1b[<0;60;8m", b"e", b"\x1b"] * 20
    ),
    "a palette that finds nothing and closes": steps(
        *[b"\x10", b"zzqqzz", b"\x1b[<0;1;1M\x1b[<0;1;1m"] * 10, pause=0.06
    ),
    "a dialog in a terminal of one cell": [
        *steps(b"e", pause=0.05),
        *(Input("case", sent, size, 0.01) for size in ((1, 1), (250, 80)) * 6 for sent in (b"",)),
        *steps(PRESS, MOVE, RELEASE),
    ],
    "a drag across a resize": [
        *steps(b"f", PRESS, MOVE),
        Input("case", b"", (20, 5), 0.0),
        *steps(MOVE, b"\x1b", RELEASE, PRESS, RELEASE),
    ],
    "a paste whose end never came": steps(b"/", b"\x1b[200~" + b"x" * 9000, pause=0.05),
    "keys held down that open dialogs": steps(b"w" * 80, b"\x10" * 80, b"e" * 80),
    "a search that closes and opens": steps(*[b"/", b"ko", b"\x1b[B", b"\x1b"] * 25),
    "bytes that are no text": steps(b"\xff\xfe", b"\xed\xa0\x80", b"\x1b[97:65;5u"),
}


@pytest.mark.parametrize("inputs", FAILED_ONCE.values(), ids=FAILED_ONCE)
def test_a_session_that_failed_once_passes(inputs: list[Input]) -> None:
    outcome = play(inputs)
    assert outcome.fault == "", outcome.output[-3000:]


def crash(state: Path | str) -> tuple[Terminal, str]:
    """Make the app crash. Return the terminal, and the error message that the app leaves on it."""
    with Terminal("-c", FAILS, env={"XDG_STATE_HOME": str(state)}) as terminal:
        terminal.wait_for(b" help")
        terminal.type(b"?")
        assert terminal.wait_for_exit() == 1
        assert terminal.faults() == {}
        left = b"".join(terminal.output.rpartition(b"kjtui: ")[1:]).decode("utf-8")
    return terminal, left


def test_a_crash_leaves_the_terminal_one_line_and_a_report(tmp_path: Path) -> None:
    terminal, left = crash(tmp_path)
    report = tmp_path / "kjtui" / "crash.txt"
    assert left == (
        "kjtui: stopped by an error of its own (RuntimeError: boom [/] ]0;title); "
        f"please report it with {report}\r\n"
    )
    assert b"Traceback" not in terminal.output
    text = report.read_text(encoding="utf-8")
    assert text.startswith("kjtui ")
    assert "Traceback" in text
    assert 'raise RuntimeError("boom' in text or "RuntimeError: boom" in text


def test_a_crash_that_cannot_be_reported_says_why() -> None:
    _, left = crash("/dev/null")
    assert left == (
        "kjtui: stopped by an error of its own (RuntimeError: boom [/] ]0;title); "
        "no report could be written: Not a directory\r\n"
    )


def test_a_session_is_the_same_for_the_same_seed() -> None:
    assert session(3, 200) == session(3, 200) != session(4, 200)


def test_a_session_that_fails_is_shrunk() -> None:
    inputs = [Input("key", key, None, 0) for key in (b"a", b"b", b"c", b"d", b"e")]

    def fault_of(tried: list[Input]) -> str:
        return "dies of b and d" if {b"b", b"d"} <= {one.sent for one in tried} else ""

    assert [one.sent for one in shrink(inputs, "dies of b and d", fault_of=fault_of)] == [b"b", b"d"]
