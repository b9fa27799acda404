"""Advice for installing a missing package, matching the installer of kjtui."""

from __future__ import annotations

import sys
from pathlib import Path

from kjtui.languages import tr


def how_to_install(requirement: str) -> str:
    """Return the name of a missing package and the command that installs it into kjtui's environment."""
    name = requirement.partition(">")[0]
    return tr(
        '{name} in the same environment as kjtui: {installer} "{requirement}"',
        name=name,
        installer=_installer(Path(sys.prefix)),
        requirement=requirement,
    )


def _installer(environment: Path) -> str:
    """Return the command that installs packages into an environment.

    pipx and uv mark their environments with a file. Environments of uv have no pip.
    """
    if (environment / "pipx_metadata.json").exists():
        return "pipx inject kjtui"
    if (environment / "uv-receipt.toml").exists() or _made_by_uv(environment):
        return f"uv pip install --python {environment}"
    return "pip install"


def _made_by_uv(environment: Path) -> bool:
    try:
        lines = (environment / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return any(line.startswith("uv = ") for line in lines)
