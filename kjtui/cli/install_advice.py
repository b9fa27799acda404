"""Advice on installing a missing package, with the tool that installed kjtui: pip, pipx or uv."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from kjtui.languages import tr


def how_to_install(requirement: str) -> str:
    """Return a phrase for the end of an error message.

    The phrase names the missing package, and the command that installs it into kjtui's environment.
    """
    return tr(
        "{name} in the same environment as kjtui: {command}",
        name=requirement.partition(">")[0],
        command=_command(Path(sys.prefix), f'"{requirement}"'),
    )


def _command(environment: Path, requirement: str) -> str:
    """Return the command that installs a package into an environment.

    Environments of pipx and uv contain a marker file. Environments of uv contain no pip. ``uvx`` and
    ``pipx run`` create temporary environments; their option ``--with`` installs a package there.
    """
    if (environment / "pipx_metadata.json").exists():
        if environment.parent.name != "venvs":
            return f"pipx run --with {requirement} … kjtui"
        return f"pipx inject kjtui {requirement}"
    if environment.parent.name.startswith(("archive-v", "environments-v")):
        return f"uvx --with {requirement} … kjtui"
    if (environment / "uv-receipt.toml").exists() or _made_by_uv(environment):
        return f"uv pip install --python {shlex.quote(str(environment))} {requirement}"
    return f"{shlex.quote(sys.executable)} -m pip install {requirement}"


def _made_by_uv(environment: Path) -> bool:
    try:
        lines = (environment / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return any(line.startswith("uv = ") for line in lines)
