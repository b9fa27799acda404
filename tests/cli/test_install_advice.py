"""Advice on a missing package, for each way to install kjtui."""

from pathlib import Path

import pytest

from kjtui.cli import install_advice

PACKAGE = '"icalendar>=7,<8"'


@pytest.mark.parametrize(
    ("folder", "file", "content", "command"),
    [
        ("my venv", "pyvenv.cfg", "home = /usr/bin\n", f"'{{prefix}}/bin/python' -m pip install {PACKAGE}"),
        ("venvs/kjtui", "pipx_metadata.json", "{}", f"pipx inject kjtui {PACKAGE}"),
        (".cache/5c8aa3", "pipx_metadata.json", "{}", f"pipx run --with {PACKAGE} … kjtui"),
        ("tools/kjtui", "uv-receipt.toml", "", f"uv pip install --python {{prefix}} {PACKAGE}"),
        (".venv", "pyvenv.cfg", "uv = 0.9.1\n", f"uv pip install --python {{prefix}} {PACKAGE}"),
        ("archive-v0/mxlm-Kk", "pyvenv.cfg", "uv = 0.9.1\n", f"uvx --with {PACKAGE} … kjtui"),
    ],
)
def test_advice_fits_the_installer_of_the_environment(
    folder: str, file: str, content: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = tmp_path / folder
    prefix.mkdir(parents=True)
    (prefix / file).write_text(content)
    monkeypatch.setattr("sys.prefix", str(prefix))
    monkeypatch.setattr("sys.executable", f"{prefix}/bin/python")
    expected = f"icalendar in the same environment as kjtui: {command.format(prefix=prefix)}"
    assert install_advice.how_to_install("icalendar>=7,<8") == expected
