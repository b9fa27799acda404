"""The help: what this is, the keys in force, the signs of every pane, stages, actors and terms.

The keys of dialogs come last, as each dialog names its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from textual.content import Content

from kjtui.record.model import Record, Stage
from kjtui.tui.dialogs.contents import Parts, term_parts
from kjtui.tui.keys.command_table import COMMANDS, DIALOGS, Command
from kjtui.tui.keys.keymap import shown_keys
from kjtui.tui.panes.pane_column import pane_class
from kjtui.tui.state.pane_table import PANES
from kjtui.words import labels
from kjtui.words.wrap import cells, fit

STAGES: Mapping[Stage, str] = {
    "in-talks": "the sides talk about it; neither has undertaken it",
    "announced": "a side has said it will; nothing is drafted or decided",
    "proposed": "a draft or a request is out",
    "adopted": "decided by those who decide; in force on a later day",
    "in-force": "it holds",
}
"""How firm an effect is, from loose to firm. Only the last two ever change a status."""

TRACK_SIGNS = (
    ("[8]", "how many sources the line has; s lists them"),
    ("=", "what the event did to the status"),
    ("≈", "derived from published figures"),
)

_DIM = "$line-dim"
_SIGN = 8
_TITLE = 21


def help_content(record: Record, keys: Mapping[str, str]) -> Content:
    """Return the help on a record, with the keys that the reader chose."""
    parts: Parts = []
    if record.dataset.about:
        parts += [(f"{record.dataset.title}\n", "bold"), (f"{record.dataset.about}\n\n", "")]
    parts.append(("Keys\n\n", "bold underline"))
    for group, commands in COMMANDS.items():
        parts += _group(group, commands, keys)
    for pane in PANES:
        if signs := pane_class(pane).signs(record):
            parts += _table(f"Signs in {pane.number} {pane.title}", signs)
    parts += _table("Signs on a track's page", TRACK_SIGNS)
    stages = ((labels.spoken(stage), text) for stage, text in STAGES.items())
    parts += _table("How firm a pending status is", stages)
    parts += _table("Who acts", record.dataset.actors.items())
    shortened = ((track.short, track.name) for track in record.tracks.values() if track.short)
    parts += _table("Short names of tracks", shortened)
    if record.terms:
        parts.append(("Terms\n", "bold"))
        for term in record.terms.values():
            parts += term_parts(term)
        parts.append(("\n", ""))
    for dialog in DIALOGS.values():
        parts += _group(dialog.title, dialog.commands, keys)
    parts.append(("ctrl+p finds commands, events, meetings and tracks by name. ", _DIM))
    parts.append(("Keys can be changed in config.json: see the README.", _DIM))
    return Content.assemble(*parts)


def _group(title: str, commands: Iterable[Command], keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield f"{title}\n", "bold"
    for command in commands:
        yield f"  {_fit(shown_keys(command, keys), _SIGN)}", "$accent"
        yield _fit(command.title, _TITLE), ""
        yield f"{command.help}\n", _DIM
    yield "\n", ""


def _table(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    rows = list(rows)
    width = max((cells(sign) for sign, _ in rows), default=0) + 2
    yield f"{title}\n", "bold"
    for sign, meaning in rows:
        yield f"  {fit(sign, width)}", "$accent"
        yield f"{meaning}\n", ""
    yield "\n", ""


def _fit(text: str, width: int) -> str:
    """Pad a text, and never cut it: a key that is cut is no key."""
    return f"{text} " if cells(text) >= width else fit(text, width)
