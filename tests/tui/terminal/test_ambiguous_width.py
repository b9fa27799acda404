"""Advice for terminals in which characters of ambiguous width take two cells."""

from pathlib import Path

import pytest

from kjtui.tui.terminal.ambiguous_width import advice
from support.stores import SAMPLE
from support.terminal import Terminal


@pytest.mark.parametrize(
    ("environment", "setting"),
    [
        ({"XTERM_VERSION": "XTerm(390)"}, "start xterm without -cjk_width"),
        ({"TERM_PROGRAM": "mintty"}, "Charwidth=ambig-narrow"),
        ({"TERM_PROGRAM": "tmux"}, "set its ambiguous-width characters to narrow"),
        ({}, "set its ambiguous-width characters to narrow"),
    ],
)
def test_the_advice_names_the_setting_of_the_terminal(environment: dict[str, str], setting: str) -> None:
    assert setting in advice(environment)
    assert advice(environment).isprintable()


@pytest.mark.slow
@pytest.mark.parametrize(("reply", "advised"), [(b"\x1b[1;3R", True), (b"\x1b[1;2R", False), (b"", False)])
def test_only_a_wide_terminal_gets_advice_and_the_start_does_not_wait(
    reply: bytes, advised: bool, tmp_path: Path
) -> None:
    arguments = ("-m", "kjtui", "--store", str(SAMPLE), "--date", "2020-03-10")
    with Terminal(*arguments, env={"HOME": str(tmp_path)}) as terminal:
        terminal.wait_for(b"\x1b[6n")
        if reply:
            terminal.type(reply)
        terminal.wait_for(b" help")
        terminal.wait_for_quiet()
        assert (b"two cells wide" in terminal.output) == advised
