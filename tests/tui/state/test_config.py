"""The configuration file and the state file, even if their paths are pipes, devices or huge files."""

import json
from datetime import date
from pathlib import Path

import pytest

from kjtui.tui.state.config import config_path, load_config, save_theme
from kjtui.tui.state.last_place import Place, load_place, save_place, state_path
from support.app import (
    Drive,
    notices,
)
from support.paths import ODD_SHAPES


@pytest.mark.parametrize("shape", ODD_SHAPES)
def test_a_configuration_that_is_no_file_is_reported_in_one_line(shape: str) -> None:
    make, reason = ODD_SHAPES[shape]
    config_path().parent.mkdir(parents=True)
    make(config_path())
    fault = load_config().fault
    assert reason in fault
    assert fault.isprintable()
    save_theme("nord")  # must neither wait nor fail
    assert load_config().fault == fault


@pytest.mark.parametrize("shape", ODD_SHAPES)
def test_a_state_that_is_no_file_is_ignored(shape: str) -> None:
    make, _ = ODD_SHAPES[shape]
    state_path().parent.mkdir(parents=True)
    make(state_path())
    assert load_place("record") is None
    save_place("record", Place(date(2020, 3, 10), "status"))  # must neither wait nor fail


async def test_no_control_character_of_the_configuration_is_shown(driven: Drive) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text(
        json.dumps({"keys": {"\x1b]52;c;aGk=\x07\x1b[31m\u202eX": "x", "help": "\x1b\u202e"}})
    )
    async with driven("2019-08-26", notifications=True) as (app, pilot):
        await pilot.pause()
        assert len(notices(app)) == 2
        assert all(notice.isprintable() for notice in notices(app))


async def test_a_configuration_of_ten_thousand_entries_is_one_notice(driven: Drive) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text(json.dumps({"keys": {f"no-such-{number}": "x" for number in range(10_000)}}))
    async with driven("2019-08-26", "right", notifications=True) as (app, _):
        [notice] = notices(app)
        assert notice == "cannot be used: more than 300 entries for keys"


def test_a_configuration_behind_a_link_keeps_its_link_and_mode(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.json"
    target.write_text('{"keys": {"help": "f2"}}')
    target.chmod(0o600)
    config_path().parent.mkdir(parents=True)
    config_path().symlink_to(target)
    save_theme("nord")
    assert config_path().is_symlink()
    assert json.loads(target.read_text()) == {"keys": {"help": "f2"}, "theme": "nord"}
    assert target.stat().st_mode & 0o777 == 0o600
