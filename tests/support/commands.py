"""Run commands without a separate process."""

import pytest

from kjtui.cli.commands import main

Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture, *arguments: str) -> str:
    """Run a command and return its output. Fail if the command fails."""
    assert main(arguments) == 0
    return capsys.readouterr().out
