"""A fast random user: sessions of random inputs to the app in a real terminal, and their outcomes.

The seed alone determines a session. Unlike Textual's pilot, a session never waits until the app is idle.
During a session, the terminal also sends replies, and other programs rewrite the store and the notes.
"""

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import key_to_character

from kjtui.tui.keys.command_table import all_commands
from support.stores import ROOT, SAMPLE
from support.terminal import Terminal

APP = """
import asyncio, faulthandler, signal, sys

def write_tasks(*_):
    for task in asyncio.all_tasks():
        task.print_stack(file=sys.__stderr__)

signal.signal(signal.SIGUSR1, write_tasks)
faulthandler.register(signal.SIGUSR1, chain=True)
sys.argv = ['kjtui', *sys.argv[1:]]
from kjtui.__main__ import run
run()
"""
"""Code that runs kjtui. On SIGUSR1, it writes the stacks of its threads and tasks to the terminal."""

PASTE, PASTE_END = b"\x1b[200~", b"\x1b[201~"
LEAVES = {"app.quit", "app.suspend_process"}
"""Actions that quit or suspend the app. Random sessions skip these actions to avoid restarts."""
TEXTS = (
    *("2020-03-10", "+30", "next meeting", "photoresist", "불화수소", "GSOMIA\nJapan"),
    "[/] [@click=app.quit]x[/]",
    *("\x1b[I", "a\x1b[Oq\x1b[<0;3;3M", "\x1b[201~", "e e e e e e e e e"),
    *("W" * 400, "\t\r\n", "../x.md", "x.json", "e" + "\u0301" * 40, "\u202egnp.exe", "", "qqq", "x" * 9000),
)
UNKNOWN = (
    *(b"\x1b[?1;2c", b"\x1b[>41;354;0c", b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1bP>|XTerm(354)\x1b\\"),
    *(b"\x1b[99;99;99q", b"\x1b[1;99u", b"\x1b[97:65;5u", b"\x1b[9999999999;1u", b"\x1b[57399;1:3u"),
    b"\x1b[27;5;9~",
    *(b"\x1b[?2026;2$y", b"\x1b[12;40R", b"\x1b[M   "),
    *(b"\x1b[<0;0;0M", b"\x1b[<0;9999;9999M", b"\x1b[<-1;-1;-1m"),
    *(b"\x1b[", b"\x1bO", b"\x1b[<", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x00"),
    *(b"\x1b\x1b\x1b", b"\x9b31m"),
    *(b"\x1b[48;40;120;0;0t", b"\x1b[48;0;0;0;0t", b"\x1b[48;30000;30000;9;9t", b"\x1b[?2048;1$y"),
    *(b"\x1b]52;c;" + b"q" * 5000, b"\x1bP" + b"q" * 5000, b"\x1b_Gq\x1b\\", b"\x1b^q\x07", b"\x1bXq\x9c"),
    *(b"\x1b[" + b"9" * 5000 + b"q", b"\x1b[I" * 200, b"\x1b[<35;9;9M" * 200, b"\x1b[" * 200),
)
"""Input that does not come from keys: replies of terminals, and noise of a bad connection."""
STORES: tuple[Callable[[bytes], bytes], ...] = (
    lambda content: content,
    lambda content: content.replace(b'"title": "', b'"title": "e e '),
    lambda content: content[: len(content) // 2],
    lambda content: b"",
)
"""Functions that take the content of the store and return the content that another program writes."""
_NOTE = {"record": "Japan–Korea export controls", "day": "2019-08-02", "text": "theirs"}
NOTES = (
    json.dumps({"notes": {"1": _NOTE}}).encode(),
    b'{"notes": {}}',
    b'{"notes": {"1',
    b"",
)
"""Contents that another program writes to the notes file."""
EXPORTS = (b"e\r", b"e\t\t\r", b"EE", b"e../\r", b"e\x1b[B\r\r")
SIZES = ((1, 1), (250, 80), (80, 24), (120, 40), (60, 20), (20, 5), (79, 13), (2, 60), (200, 1))


_KIND = 60
"""Two faults are of the same kind if their first characters, up to this number, are equal."""
INTERRUPTED = (130, -signal.SIGINT)
"""Exit codes if ctrl+c is pressed after the app has left the terminal."""


OFTEN = ("command", "dialog", "palette", "text", "click", "drag")
SELDOM = ("wheel", "resize", "paste", "unknown", "focus", "move", "note", "export", "store", "notes")


class Input(NamedTuple):
    """An input, followed by a pause in seconds.

    The input is a byte string to send or a new size of the terminal. For the kinds ``store`` and ``notes``,
    ``sent`` is the index of the content that another program writes.
    """

    kind: str
    sent: bytes
    size: tuple[int, int] | None
    pause: float


class Outcome(NamedTuple):
    """The outcome of a session: its fault, the last output of the terminal, and the number of inputs by kind.

    ``fault`` is empty if the session passed.
    """

    fault: str
    output: str
    counts: Counter[str]


def key_bytes() -> dict[str, list[bytes]]:
    """Return the bytes that keys send, in one list for each kind of input: command, dialog and palette."""
    sequences = {
        keys[0].value: sequence
        for sequence, keys in reversed(list(ANSI_SEQUENCES_KEYS.items()))
        if isinstance(keys, tuple) and len(keys) == 1
    }

    def sent(key: str) -> bytes | None:
        text = sequences.get(key) or key_to_character(key) or (key if len(key) == 1 else None)
        return text.encode() if text else None

    commands = [key for one in all_commands() if one.action not in LEAVES for key in one.keys.split(",")]
    dialogs = (
        *("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup"),
        *("pagedown", "backspace", "delete", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+x"),
        *("ctrl+v", "ctrl+c", "j", "k", "f1"),
    )
    palette = ("ctrl+p", "ctrl+p", "enter", "escape", "down", "e", "t", "pagedown")
    return {
        name: [found for key in keys if (found := sent(key))]
        for name, keys in (("command", commands), ("dialog", dialogs), ("palette", palette))
    }


def session(seed: int, count: int) -> list[Input]:
    """Return the inputs of a session with ``count`` steps."""
    chance, keys = random.Random(seed), key_bytes()
    inputs: list[Input] = []
    size = (120, 40)
    habit = {kind: chance.uniform(0.2, 3) for kind in OFTEN} | {
        kind: chance.uniform(0.05, 0.6) for kind in SELDOM
    }

    def mouse(button: int, at: tuple[int, int], end: str = "M") -> bytes:
        return f"\x1b[<{button};{at[0]};{at[1]}{end}".encode()

    def cell() -> tuple[int, int]:
        return chance.randint(1, size[0] + 1), chance.randint(1, size[1] + 1)

    def add(kind: str, sent: bytes = b"", new: tuple[int, int] | None = None) -> None:
        pause = chance.choice((0, 0, 0, 0.001, 0.005, 0.01, 0.02, chance.uniform(0, 0.08)))
        inputs.append(Input(kind, sent, new, pause))

    while len(inputs) < count:
        [kind] = chance.choices(list(habit), list(habit.values()))
        at = cell()
        match kind:
            case "command" | "dialog" | "palette":
                add(kind, chance.choice(keys[kind]))
            case "text":
                add(kind, chance.choice(TEXTS)[:8].replace("\n", " ").encode())
            case "click":
                button = chance.choice((0, 0, 0, 0, 1, 2))
                for _ in range(chance.choice((1, 1, 2, 3))):
                    add(kind, mouse(button, at))
                    add(kind, mouse(button, at, "m"))
            case "drag":
                add(kind, mouse(0, at))
                for _ in range(chance.randint(1, 5)):
                    if chance.random() < 0.1:
                        size = chance.choice(SIZES)
                        add("resize", new=size)
                    if chance.random() < 0.1:
                        add("command", chance.choice(keys["command"]))
                    add(kind, mouse(32, cell()))
                if chance.random() < 0.9:
                    add(kind, mouse(0, cell(), "m"))
            case "move":
                add(kind, mouse(35, at))
            case "wheel":
                add(kind, mouse(chance.choice((64, 65, 66, 67)), at))
            case "resize":
                for _ in range(chance.choice((1, 1, 2, 5))):
                    size = chance.choice((*SIZES, (chance.randint(1, 250), chance.randint(1, 80))))
                    add(kind, new=size)
            case "paste":
                text = chance.choice(TEXTS).encode()
                add(kind, PASTE + text + (PASTE_END if chance.random() < 0.8 else b""))
            case "unknown":
                add(kind, chance.choice(UNKNOWN))
            case "note":
                add(kind, chance.choice((b"a", b"A")))
                add(kind, chance.choice(TEXTS)[:200].replace("\x1b", "").encode())
                add(kind, chance.choice((b"\x13", b"\x13\x13", b"\x1b")))
            case "export":
                add(kind, chance.choice(EXPORTS))
            case "store":
                add(kind, str(chance.randrange(len(STORES))).encode())
                add("command", b"r")
            case "notes":
                add(kind, str(chance.randrange(len(NOTES))).encode())
            case "focus":
                add(kind, chance.choice((b"\x1b[I", b"\x1b[O")))
    return inputs


def play(inputs: Iterable[Input], day: str = "2019-08-02", patience: float = 60) -> Outcome:
    """Send the inputs to the app, and return the outcome. If an input quits the app, restart it."""
    left, counts = list(inputs), Counter[str]()
    output = ""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # the app may still write
        while True:
            with _open(Path(folder), day) as terminal:
                fault, played = _play_until_exit(terminal, left, patience, Path(folder))
                counts += Counter(one.kind for one in left[:played])
                counts["sessions"] += 1
                output = bytes(terminal.output[-200_000:]).decode(errors="replace")
            left = left[played:]
            report = Path(folder, "state", "kjtui", "crash.txt")
            if report.exists():
                output += "\n" + report.read_text(encoding="utf-8")
            if fault or not left:
                return Outcome(fault, output, counts)


def _open(folder: Path, day: str) -> Terminal:
    for name in ("config", "data", "state", "cache", "work"):
        (folder / name).mkdir(exist_ok=True)
    store = folder / "work" / "store.json"
    store.write_bytes(SAMPLE.read_bytes())  # the app must start with a valid store
    homes = {f"XDG_{name.upper()}_HOME": str(folder / name) for name in ("config", "data", "state", "cache")}
    env = {"HOME": str(folder), "BROWSER": "true", "EDITOR": "true", "PYTHONPATH": str(ROOT), **homes}
    arguments = ("--store", str(store), "--date", day)
    return Terminal("-c", APP, *arguments, cwd=folder / "work", env=env, size=(120, 40))


def _write_as_another_program(one: Input, folder: Path) -> None:
    """Rewrite the store or the notes in place, so that the file is empty for a moment."""
    if one.kind == "store":
        content = STORES[int(one.sent)](SAMPLE.read_bytes())
        (folder / "work" / "store.json").write_bytes(content)
    else:
        path = folder / "data" / "kjtui" / "notes.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(NOTES[int(one.sent)])


def _play_until_exit(
    terminal: Terminal, inputs: Sequence[Input], patience: float, folder: Path
) -> tuple[str, int]:
    """Send inputs until the app ends. Return the fault, if any, and the number of inputs sent."""
    terminal.wait_for(b" help")
    played = 0
    for one in inputs:
        if terminal.process.poll() is not None:
            break
        if one.size:
            terminal.resize(one.size)
        elif one.kind in ("store", "notes"):
            _write_as_another_program(one, folder)
        elif not terminal.try_to_type(one.sent, patience):
            return _no_answer(terminal, "input not read"), played
        played += 1
        terminal.read_for(one.pause)
        _resume(terminal)
    deadline = time.monotonic() + patience
    terminal.read_for(0.2)
    keys = 0
    while terminal.process.poll() is None:
        if time.monotonic() > deadline:
            return _no_answer(terminal, "esc and q not answered"), played
        keys += 1
        terminal.try_to_type(b"\x1b" if keys % 4 else b"q", 1)
        terminal.read_for(0.25)
        _resume(terminal)
    terminal.wait_for_quiet()
    if terminal.process.returncode not in (0, *INTERRUPTED):
        return _reason(terminal), played
    if terminal.process.returncode in INTERRUPTED:
        return "", played
    faults = terminal.faults()
    return (f"terminal not restored: {faults}" if faults else ""), played


def _resume(terminal: Terminal) -> None:
    """Continue the app if a command of the palette suspended it."""
    with suppress(ChildProcessError):  # the app has ended
        if os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOHANG):
            terminal.signal(signal.SIGCONT)


def _no_answer(terminal: Terminal, what: str) -> str:
    """Make the app write its stacks to the terminal. Return the fault and whether the app is busy or idle."""
    before = terminal.cpu_seconds()
    terminal.read_for(1)
    activity = "busy" if terminal.cpu_seconds() - before > 0.3 else "idle"
    terminal.signal(signal.SIGUSR1)
    terminal.read_for(1)
    return f"{what}, {activity}"


def _reason(terminal: Terminal) -> str:
    """Return the error message of the app. Without a message, return the exit code."""
    said = bytes(terminal.output[-5_000:]).decode(errors="replace").replace("\r\n", "\n")
    _, found, what = said.rpartition("kjtui: ")
    return what.strip() if found else f"exit code {terminal.process.returncode}"


def shrink(
    inputs: Sequence[Input],
    fault: str,
    *,
    fault_of: Callable[[list[Input]], str] = lambda inputs: play(inputs, patience=10).fault,
    tries: int = 2,
    seconds: float = 300,
) -> list[Input]:
    """Return a shorter session with the same kind of fault.

    Remove parts of the session as long as the rest still fails: first halves, then smaller parts. A session
    is played up to ``tries`` times, because some faults depend on the speed of the machine.
    """
    kept, size, deadline = list(inputs), max(len(inputs) // 2, 1), time.monotonic() + seconds
    while size and time.monotonic() < deadline:
        start = 0
        while start < len(kept) and time.monotonic() < deadline:
            candidate = kept[:start] + kept[start + size :]
            if any(_same(fault_of(candidate), fault) for _ in range(tries)):
                kept = candidate
            else:
                start += size
        size //= 2
    return kept


def _same(fault: str, other: str) -> bool:
    """Return whether two faults are of the same kind.

    Only their beginnings are compared, because the rest can contain names of widgets.
    """
    return bool(fault) and fault[:_KIND] == other[:_KIND]
