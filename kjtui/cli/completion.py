"""Shell completion, generated from the parser."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import shtab

_PLAIN = re.compile(r"[a-z0-9][\w.-]*", re.ASCII | re.IGNORECASE)
"""Matches ids that are safe to complete.

Shells expand completions, so an id with special characters could run a command.
"""

_ZSH_OPTION = re.compile(r'^(\s*"--[\w-]+)(?=\[.*\]:)', re.MULTILINE)
"""Matches the name of each option that takes a value, in the generated zsh script.

The names are replaced by ``--option=``, so that zsh completes ``--option=value`` too.
"""

_BASH_WRAPPER = """
# Readline splits --option=value into three words, which the generated function does not expect.
_kjtui() {
  local index store script words=() current=$COMP_CWORD
  for index in "${!COMP_WORDS[@]}"; do
    if [[ ${COMP_WORDS[index]} != "=" ]]; then
      words+=("${COMP_WORDS[index]}")
    elif (( index == COMP_CWORD )); then
      words+=("")
    elif (( index < COMP_CWORD )); then
      (( current -= 1 ))
    fi
  done
  for (( index = 1; index < current - 1; index += 1 )); do
    [[ ${words[index]} == "--store" ]] && store=${words[index + 1]/#\\~/$HOME}
  done
  if [[ $store != "$_kjtui_store" ]]; then
    script=$(kjtui ${store:+"--store=$store"} completion bash 2>/dev/null) && eval "$script"
    _kjtui_store=$store
  fi
  local COMP_WORDS=("${words[@]}") COMP_CWORD=$current
  _shtab_kjtui
}

complete -o bashdefault -F _kjtui kjtui
"""

_ZSH_WRAPPER = """
_kjtui_with_store() {
  local store script index
  for (( index = 2; index < CURRENT; index += 1 )); do
    case $words[index] in
      --store) (( index + 1 < CURRENT )) && store=${(Q)words[index + 1]} ;;
      --store=*) store=${(Q)words[index]#--store=} ;;
    esac
  done
  store=${store/#\\~/$HOME}
  if [[ $store != "$_kjtui_store" ]]; then
    script=$(kjtui ${store:+"--store=$store"} completion zsh 2>/dev/null) && eval "$script"
    _kjtui_store=$store
  fi
  _shtab_kjtui "$@"
}
"""

_FISH_IDS = """
function _kjtui_ids
  set -l words (commandline -opc)
  set -l store ''
  for index in (seq 2 (count $words))
    if test "$words[$index]" = --store
      set store $words[(math $index + 1)]
    else if string match -q -- '--store=*' $words[$index]
      set store (string replace -- --store= '' $words[$index])
    end
  end
  set store (string replace -r '^~' $HOME -- "$store")
  if test "$store" != "$_kjtui_store"
    set -l option
    test -n "$store"; and set option --store=$store
    kjtui $option completion fish 2>/dev/null | string match -r '^set -g _kjtui_ids_.*' | source
    set -g _kjtui_store $store
  end
  set -l name _kjtui_ids_$argv[1]
  printf '%s\\n' $$name
end
"""


def completion(parser: argparse.ArgumentParser, shell: str, ids: Mapping[str, Iterable[str]]) -> str:
    """Return a shell script that completes options, choices, paths and ids.

    ``ids`` maps the name of each argument to its possible ids. ``parser`` is modified, and can no longer be
    used for parsing. If the user has typed ``--store``, the script runs ``kjtui completion`` with that store,
    and then completes the ids of that store.
    """
    safe_ids = {name: tuple(filter(_PLAIN.fullmatch, words)) for name, words in ids.items()}
    for action in _actions(parser):
        if action.dest in safe_ids:
            action.choices = safe_ids[action.dest]
            action.help = f"{action.dest}, by its id"
        elif action.type is Path or action.dest == "output":
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab reads it from the action
    script = shtab.complete(parser, shell=shell)
    if shell == "bash":
        return script + _BASH_WRAPPER
    if shell == "fish":
        return _with_fish_ids(script, safe_ids)
    return _with_zsh_store(_ZSH_OPTION.sub(r"\1=", script))


def _with_zsh_store(script: str) -> str:
    """Add a wrapper function to the zsh script. Register the wrapper instead of the generated function."""
    functions, types, registration = script.rpartition("typeset -A opt_args")
    return functions + _ZSH_WRAPPER + types + registration.replace("_shtab_kjtui", "_kjtui_with_store")


def _with_fish_ids(script: str, ids: Mapping[str, Sequence[str]]) -> str:
    """Return the fish script with a function call in place of each list of ids."""
    lines = []
    for name, words in ids.items():
        listed = " ".join(words)
        lines.append(f"set -g _kjtui_ids_{name} {listed}")
        if words:
            script = script.replace(f'a "{listed}"', f'a "(_kjtui_ids {name})"')
    return "\n".join([script, *lines]) + "\n" + _FISH_IDS


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield all arguments of the parser and of its subcommands."""
    for action in parser._actions:  # noqa: SLF001  # argparse has no public list of them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # as above
            for command in action.choices.values():
                yield from _actions(command)
