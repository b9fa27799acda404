"""Shell completion, generated from the parser."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import shtab

_PLAIN = re.compile(r"[a-z0-9][\w.-]*", re.ASCII | re.IGNORECASE)
"""Ids that are safe to complete. Shells expand completions, so any other id could run a command."""


def completion(parser: argparse.ArgumentParser, shell: str, ids: Mapping[str, Iterable[str]]) -> str:
    """Return a completion script for options, choices, paths and ids.

    ``ids`` holds the completions by argument name. The parser cannot be used for parsing
    afterwards.
    """
    for action in _actions(parser):
        if action.dest in ids:
            action.choices = tuple(filter(_PLAIN.fullmatch, ids[action.dest]))
            action.help = f"the id of a {action.dest}"
        elif action.type is Path or action.dest == "output":
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab reads it from the action
    return shtab.complete(parser, shell=shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield every argument of the parser and of its commands."""
    for action in parser._actions:  # noqa: SLF001  # argparse has no public list of them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # as above
            for command in action.choices.values():
                yield from _actions(command)
