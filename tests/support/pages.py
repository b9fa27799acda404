"""The pages of the documentation, and their examples. An example is a command with its output."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from kjtui.cli.request import UNUSABLE
from support.stores import ROOT

PAGES = sorted(path for folder in (ROOT, ROOT / "docs", ROOT / ".github") for path in folder.glob("*.md"))
EXAMPLE = re.compile(r"```console\n\$ (.+)\n((?:.*\n)*?)```")


def run_example(command: str) -> str:
    """Run the command of an example, and return its output. Its working folder contains a link to ``docs``.

    Raises ``AssertionError`` if kjtui rejects the command, because examples must not contain mistakes.
    """
    with tempfile.TemporaryDirectory() as folder:
        # The command does not run in the repository, so that it writes no files there.
        (Path(folder) / "docs").symlink_to(ROOT / "docs")
        result = subprocess.run(
            ["bash", "-c", re.sub(r"\bkjtui (?=[a-z-])", f"{sys.executable} -m kjtui ", command)],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
    assert result.returncode != UNUSABLE, f"{command}: {result.stderr}"
    return result.stdout


def with_outputs(page: str, run: Callable[[str], str]) -> str:
    """Return a page with new outputs of its examples. ``run`` returns the output of a command."""
    return EXAMPLE.sub(lambda found: f"```console\n$ {found[1]}\n{run(found[1])}```", page)
