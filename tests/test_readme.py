"""What the README shows is what one gets."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kjtui.tui.commands import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLES = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", README)


@pytest.mark.parametrize(("command", "output"), CONSOLES)
def test_commands_print_what_is_shown(command: str, output: str, tmp_path: Path) -> None:
    run = command.replace("kjtui ", f"{sys.executable} -m kjtui ")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        ["bash", "-c", run], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert result.stdout == output


def test_there_is_a_command_to_test() -> None:
    assert CONSOLES


def test_links_and_pictures_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_key_is_told() -> None:
    told = set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", README, flags=re.DOTALL)))
    for command in (command for group in COMMANDS.values() for command in group):
        assert told & set(command.shown.split()), command.title
