"""Shell completion, generated from the parser."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import shtab

_PLAIN = re.compile(r"[a-z0-9][\w.-]*", re.ASCII | re.IGNORECASE)
"""Ids that are safe to complete. Shells expand completions, so any other id could run a command."""

_ZSH_OPTION = re.compile(r'^(\s*"--[\w-]+)(?=\[.*\]:)', re.MULTILINE)
"""An option with a value, in the script for zsh. With an ``=`` after it, ``--option=value`` completes too."""

_BASH_VALUES = """
# Readline splits --option=value into three words, which the generated function does not expect.
_kjtui() {
  local index words=() current=$COMP_CWORD
  for index in "${!COMP_WORDS[@]}"; do
    if [[ ${COMP_WORDS[index]} != "=" ]]; then
      words+=("${COMP_WORDS[index]}")
    elif (( index == COMP_CWORD )); then
      words+=("")
    elif (( index < COMP_CWORD )); then
      (( current -= 1 ))
    fi
  done
  local COMP_WORDS=("${words[@]}") COMP_CWORD=$current
  _shtab_kjtui
}

complete -o bashdefault -F _kjtui kjtui
"""


def completion(parser: argparse.ArgumentParser, shell: str, ids: Mapping[str, Iterable[str]]) -> str:
    """Return a completion script for options, choices, paths and ids.

    ``ids`` holds the completions by argument name. The parser cannot be used for parsing
    afterwards.
    """
    for action in _actions(parser):
        if action.dest in ids:
            action.choices = tuple(filter(_PLAIN.fullmatch, ids[action.dest]))
            action.help = f"{action.dest}, by its id"
        elif action.type is Path or action.dest == "output":
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab reads it from the action
    script = shtab.complete(parser, shell=shell)
    if shell == "zsh":
        return _ZSH_OPTION.sub(r"\1=", script)
    return script + _BASH_VALUES if shell == "bash" else script


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield every argument of the parser and of its commands."""
    for action in parser._actions:  # noqa: SLF001  # argparse has no public list of them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # as above
            for command in action.choices.values():
                yield from _actions(command)
