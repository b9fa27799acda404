"""Run commands in the process of the tests."""

import pytest

from kjtui.cli.commands import main

Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture, *arguments: str) -> str:
    """Return the output of a command, which must succeed."""
    assert main(arguments) == 0
    return capsys.readouterr().out
