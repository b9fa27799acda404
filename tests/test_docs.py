"""What the README and the other pages show is what one gets."""

import json
import os
import re
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kjtui.exports.wrap import fit
from kjtui.history.snapshot import History
from kjtui.record.check import validate
from kjtui.tui.commands import COMMANDS
from support.stores import ROOT, MakeStore, Tables

PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in (ROOT, ROOT / "docs", ROOT / ".github")
    for path in folder.glob("*.md")
}
README = PAGES["README.md"]
ANOTHER_DISPUTE = PAGES["docs/another-dispute.md"]
CONSOLES = [
    (page, command, output)
    for page, text in PAGES.items()
    for command, output in re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", text)
]
PANE = re.findall(r"   ```python\n(.*?)   ```", PAGES[".github/CONTRIBUTING.md"], re.DOTALL)
STEPS: list[Tables] = [
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", ANOTHER_DISPUTE, re.DOTALL)
]


@pytest.mark.parametrize(("page", "command", "output"), CONSOLES)
def test_commands_print_what_is_shown(page: str, command: str, output: str, tmp_path: Path) -> None:
    run = command.replace("kjtui ", f"{sys.executable} -m kjtui ")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    (tmp_path / "docs").symlink_to(ROOT / "docs")  # what commands write stays out of the repository
    result = subprocess.run(
        ["bash", "-c", run], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert result.stdout == output


def test_there_are_commands_to_test() -> None:
    assert {page for page, _, _ in CONSOLES} == {"README.md", "docs/another-dispute.md", "docs/exports.md"}


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_exist(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", PAGES[page]):
        assert ((ROOT / page).parent / target).exists(), target


def test_each_step_of_the_example_is_a_sound_store_and_the_last_is_its_file(make_store: MakeStore) -> None:
    tables: Tables = {}
    for step in STEPS:
        for table, documents in step.items():
            tables.setdefault(table, {}).update(documents)
        assert validate(make_store(tables)) == []
    assert tables == json.loads((ROOT / "docs" / "example.json").read_text(encoding="utf-8"))
    assert len(tables["events"]) == 12


def test_the_pane_of_ten_minutes_draws_a_snapshot(history: History) -> None:
    module: dict[str, Any] = {"__name__": "disputed"}
    exec(textwrap.dedent(*PANE), module)
    snapshot = history.snapshot(date(2019, 12, 31))
    lines = list(module["DisputedPane"](snapshot).compose_lines(snapshot, 40))
    titles = [event.title for event in reversed(snapshot.events) if event.disputed]
    assert ["".join(text for text, _ in line) for line in lines[:1]] == [f" 2019-12-24 {fit(titles[0], 28)}"]
    assert len(lines) == len(titles)


def test_every_key_is_told() -> None:
    told = set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", README, flags=re.DOTALL)))
    for command in (command for group in COMMANDS.values() for command in group):
        assert told & set(command.shown.split()), command.title
