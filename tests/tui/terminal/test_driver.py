"""The driver in a real terminal: invalid UTF-8, floods of keys, unusual sizes and environment variables."""

import re
from pathlib import Path

import pytest

from support.terminal import Terminal

pytestmark = pytest.mark.slow  # every test starts the program

STATUS = Path("/proc/self/status")


@pytest.mark.parametrize(
    "sent", [b"\x9b99;99q", b"\x9d0;q\x07", b"\x90q\x9c", b"\xc3\x9b\xe3\x81\x9b"], ids=str
)
def test_control_characters_of_8_bits_begin_a_sequence(sent: bytes) -> None:
    """In the last case, the byte 9b is no control character, but part of a UTF-8 character."""
    with Terminal("-m", "kjtui", "--date", "2020-03-10") as terminal:
        terminal.wait_for(b" help")
        terminal.type(sent)
        terminal.read_for(0.5)
        assert terminal.process.poll() is None
        terminal.quit_app()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("COLUMNS", "20"),
        ("COLUMNS", "99999999"),
        ("LINES", "100000"),
        ("TEXTUAL_DRIVER", "nothing"),
        ("TEXTUAL_COLOR_SYSTEM", "nothing"),
    ],
)
def test_a_variable_does_not_break_the_app(variable: str, value: str) -> None:
    arguments = ("-m", "kjtui", "--date", "2020-03-10")
    with Terminal(*arguments, env={variable: value}, size=(120, 40)) as terminal:
        terminal.wait_for(b"Photoresist")  # in the status pane, which a narrow screen hides
        terminal.quit_app()


@pytest.mark.skipif(not STATUS.exists(), reason="needs /proc")
def test_a_size_that_no_screen_has_is_limited() -> None:
    with Terminal("-m", "kjtui", "--date", "2020-03-10", size=(65535, 65535)) as terminal:
        terminal.wait_for(b"Photoresist")
        terminal.resize((80, 24))
        assert peak_memory(terminal) < 500
        terminal.quit_app()


@pytest.mark.skipif(not STATUS.exists(), reason="needs /proc")
def test_a_flood_of_keys_takes_no_memory() -> None:
    with Terminal("-m", "kjtui", "--date", "2020-03-10") as terminal:
        terminal.wait_for(b" help")
        before = peak_memory(terminal)
        assert terminal.try_to_type(b"\x00" * 20_000, 60)
        assert peak_memory(terminal) - before < 15  # without a limit: 28 MB
        terminal.quit_app()


def peak_memory(terminal: Terminal) -> int:
    """Return the peak resident memory in megabytes."""
    status = Path(f"/proc/{terminal.process.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) // 1024
