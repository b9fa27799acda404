"""Shell completion, made from the parser, so that a new command or option completes by itself."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import shtab

_PLAIN = re.compile(r"[a-z0-9][\w.-]*", re.ASCII | re.IGNORECASE)
"""The ids to offer: shells expand what they complete, so another id could be a command."""


def completion(parser: argparse.ArgumentParser, shell: str, tracks: Iterable[str]) -> str:
    """The script that lets a shell complete what the parser takes: paths, choices, and tracks by their ids.

    The parser is not fit for parsing afterwards.
    """
    ids = tuple(filter(_PLAIN.fullmatch, tracks))
    for action in _actions(parser):
        if action.dest == "track":
            action.choices, action.help = ids, "a track"
        elif action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab reads it from the action
    return shtab.complete(parser, shell=shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of the parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
