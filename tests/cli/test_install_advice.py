"""Advice on a missing package, for each way to install kjtui."""

from pathlib import Path

import pytest

from kjtui.cli import install_advice


@pytest.mark.parametrize(
    ("file", "content", "command"),
    [
        ("pyvenv.cfg", "home = /usr/bin\n", "pip install"),
        ("pipx_metadata.json", "{}", "pipx inject kjtui"),
        ("uv-receipt.toml", "", "uv pip install --python {prefix}"),
        ("pyvenv.cfg", "home = /usr/bin\nuv = 0.9.1\n", "uv pip install --python {prefix}"),
    ],
)
def test_advice_fits_the_installer_of_the_environment(
    file: str, content: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / file).write_text(content)
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    expected = f'icalendar in the same environment as kjtui: {command} "icalendar>=7,<8"'
    assert install_advice.how_to_install("icalendar>=7,<8") == expected.format(prefix=tmp_path)
