"""The texts of the help: ten keys, then pages of keys, signs, search and files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from kjtui.find.day_examples import day_examples
from kjtui.languages import join_items, labelled, tr, tr_context
from kjtui.record.model import Record, Stage, Tone
from kjtui.tui.keys.command_table import BY_ID, COMMANDS, DIALOGS, Command
from kjtui.tui.keys.keymap import is_available, shown_keys
from kjtui.tui.panes.pane_column import pane_class
from kjtui.tui.state.pane_table import PANES, Pane
from kjtui.words import labels, record_words

OWN_KEYS = (("config.json", '{"keys": {"compare": "u"}} changes the key of a command'),)
STAGES: Mapping[Stage, str] = {
    "in-talks": "the sides are discussing it; neither has committed to it",
    "announced": "a side has said it will; nothing is drafted or decided",
    "proposed": "a draft or a request has been issued",
    "adopted": "decided by the responsible body; in force on a later day",
    "in-force": "it applies",
}
"""The meaning of each stage of an effect, from the least firm to the firmest.

Only effects of the last two stages change a status.
"""

_TEXT_SIGNS = (
    ("▶", "the selected lines; enter opens them"),
    ("[8]", "number in the list of sources at the end"),
    (labels.DISPUTED, "sources disagree"),
    (labels.PENDING, "decided, and not in force yet"),
    (labels.PROPOSED, "proposed, announced or in talks"),
)
PAGE_SIGNS: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "document": (
        "Signs in this text",
        (*_TEXT_SIGNS, ("→", "from the state on the first day to the state on the second day")),
    ),
    "event": ("Signs in an event", (*_TEXT_SIGNS, ("=", "the effect of the event on the status"))),
    "track": (
        "Signs on a track's page",
        (
            *_TEXT_SIGNS,
            ("=", "the effect of the event on the status"),
            ("█▌", "a figure, as a share of the largest"),
            ("⋮", "periods without a published figure"),
        ),
    ),
    "outcomes": ("Signs in this text", _TEXT_SIGNS),
    "meeting-page": ("Signs on a meeting's page", _TEXT_SIGNS),
    "meetings": (
        "Signs in the list of meetings",
        (
            ("┌ └", "a session of the meeting below or above"),
            ("+", "became known after its first day"),
            ("later", "became known after the day on screen"),
        ),
    ),
}
"""The title and the signs in the legend of each dialog.

The keys of the mapping are names of entries in ``DIALOGS``.
"""

FIRST_KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("day.previous", "day.next"), "previous, next day"),
    (("event.previous", "event.next"), "previous, next event"),
    (("change.previous", "change.next"), "previous, next change"),
    (("meeting.previous", "meeting.next"), "previous, next meeting"),
    (("day.go",), "go to a day, a name"),
    (("event.open",), "open what is selected"),
    (("why",), "track"),
    (("search",), "search"),
    (("compare",), "compare two days"),
    (("export",), "export"),
)
"""The rows of keys on the first screen of the help.

Each row has the ids of one or two commands, and one label for both.
"""

EXPORT_FORMATS = ((".txt", "plain text"), (".md", "Markdown"), (".html", "HTML"), (".json", "JSON"))


class Row(NamedTuple):
    """A row of the help: a sign, key or name on the left, its meaning on the right."""

    sign: str
    meaning: str


class Group(NamedTuple):
    """Rows under a title."""

    title: str
    rows: tuple[Row, ...]


class Page(NamedTuple):
    """A page of the help, opened by a digit."""

    title: str
    groups: tuple[Group, ...]


ONLY_COMMANDS = (
    ("kjtui events --count month", "numbers of events by month or year"),
    ("kjtui tracks --every month", "states at the end of each month"),
    ("kjtui runs", "how long each state lasted"),
    ("kjtui figures", "figures as a table"),
    ("kjtui export", "tables, calendar, bibliography, pages"),
)
"""Shell commands that print something which the app does not show."""


def help_pages(
    record: Record, keys: Mapping[str, str], files: Iterable[tuple[str, Path]]
) -> tuple[Page, ...]:
    """Return the help pages for a record.

    Args:
        record: The displayed record.
        keys: The user's own keys.
        files: Names and paths of the user's own files. Empty if the user has no access to files.
    """
    return (
        Page(tr("Keys"), tuple(_keys(keys))),
        Page(tr("Signs"), tuple(_signs(record))),
        Page(tr("Search"), tuple(_search(record, keys))),
        Page(tr("Files"), tuple(_files(keys, files))),
    )


def first_keys(keys: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the ten most useful keys."""
    rows = []
    for ids, meaning in FIRST_KEYS:
        shown = [shown_keys(BY_ID[identity], keys).split()[0] for identity in ids]
        rows.append(Row(" ".join(shown), tr(meaning)))
    return tuple(rows)


def dialog_keys(dialogs: Iterable[str], keys: Mapping[str, str], screen: Screen[Any]) -> tuple[Row, ...]:
    """Return the currently available keys of dialogs, each with the title of its command."""
    names = dict.fromkeys(name for dialog in dialogs for name in (dialog, *DIALOGS[dialog].shares))
    commands = [
        command for name in names for command in DIALOGS[name].commands if is_available(command, screen)
    ]
    return tuple(Row(shown_keys(command, keys), tr(command.title)) for command in commands)


def pane_signs(pane: Pane, record: Record) -> tuple[Row, ...]:
    """Return the legend of a pane: its signs with their meanings."""
    return tuple(Row(sign, tr(meaning)) for sign, meaning in pane_class(pane).signs(record))


def page_signs(dialogs: Iterable[str], record: Record) -> Group:
    """Return the legend of the first dialog that has a legend.

    If no dialog has a legend, the group is empty.
    """
    for name in dialogs:
        if name in PAGE_SIGNS:
            title, signs = PAGE_SIGNS[name]
            group = _group(title, signs)
            if name != "meetings":
                group = Group(group.title, (*state_signs(record), *group.rows))
            return group
    return Group("", ())


def state_signs(record: Record) -> tuple[Row, ...]:
    """Return the legend of states: one row for restrictions, and one row for procedures."""
    tones = labels.record_tones(record)
    rows = []
    if restrictions := [tone for tone in labels.RESTRICTIONS if tone in tones]:
        names = join_items(map(labels.tone_word, restrictions))
        rows.append(Row(_symbols(restrictions), tr("how restrictive: {tones}", tones=names)))
    if procedures := [tone for tone in labels.PROCEDURES if tone in tones]:
        names = join_items(map(labels.tone_word, procedures))
        rows.append(Row(_symbols(procedures), tr("how far a case or pact has come: {tones}", tones=names)))
    return tuple(rows)


def _symbols(tones: Iterable[Tone]) -> str:
    return " ".join(labels.SYMBOLS[tone] for tone in tones)


def _keys(keys: Mapping[str, str]) -> Iterator[Group]:
    for title, commands in COMMANDS.items():
        yield Group(tr(title), _commands(commands, keys))
    for dialog in DIALOGS.values():
        yield Group(tr(dialog.title), _commands(dialog.commands, keys))


def _signs(record: Record) -> Iterator[Group]:
    for pane in PANES:
        if signs := pane_signs(pane, record):
            yield Group(f"{pane.number} {tr(pane.title)}", signs)
    yield Group(tr("Signs of states"), state_signs(record))
    for title, rows in dict.fromkeys(PAGE_SIGNS.values()):
        yield _group(title, rows)
    yield _group(
        "How firm a pending status is", ((labels.spoken(stage), text) for stage, text in STAGES.items())
    )
    yield _group("Who acts", record_words.named_codes(record.dataset).items())
    yield _group("Tracks", ((track.short, track.name) for track in record.tracks.values() if track.short))


def _search(record: Record, keys: Mapping[str, str]) -> Iterator[Group]:
    yield Group(tr("What to type"), _search_rules(record.dataset.start or record.first_day))
    commands = ("search", "change.next", "repeat.previous", "filter", "day.go", "clear")
    yield Group(tr("In the panes"), _commands((BY_ID[identity] for identity in commands), keys))
    for name in ("search", "filter", "go"):
        yield Group(tr(DIALOGS[name].title), _commands(DIALOGS[name].commands, keys))


def _search_rules(day: date) -> tuple[Row, ...]:
    """Return the rows that explain what the user can type in the search and in the go-to dialog.

    All examples are notations of ``day``.
    """
    notations = day_examples(day)
    days = (day.isoformat(), notations.words, notations.month_words, "+30", "-7", notations.today)
    return (
        Row(
            tr_context("to type", "words"),
            tr("whole words and beginnings of words, in titles, texts, names and aliases"),
        ),
        Row(tr_context("to type", "“a phrase”"), tr("these words in this order")),
        Row(tr_context("to type", "days"), join_items(days)),
        Row(
            tr_context("to type", "names"),
            tr("a track, a meeting, an event, in any language of the record"),
        ),
    )


def _files(keys: Mapping[str, str], files: Iterable[tuple[str, Path]]) -> Iterator[Group]:
    commands = ("export", "export.open", "copy", "reload", "note.write", "note.list")
    yield Group(tr("Keys"), _commands((BY_ID[identity] for identity in commands), keys))
    yield _group("Export formats by file extension", EXPORT_FORMATS)
    yield _group("Only on the command line", ONLY_COMMANDS)
    yield _group("Custom keys", OWN_KEYS)
    paths = tuple((name, str(path)) for name, path in files)
    if paths:
        yield _group("Your files", paths)


def _group(title: str, rows: Iterable[tuple[str, str]]) -> Group:
    return Group(tr(title), tuple(Row(sign, tr(meaning)) for sign, meaning in rows))


def _commands(commands: Iterable[Command], keys: Mapping[str, str]) -> tuple[Row, ...]:
    rows = []
    for command in commands:
        purpose = tr(command.help)
        meaning = labelled(tr(command.title), f"{purpose[:1].lower()}{purpose[1:]}")
        rows.append(Row(shown_keys(command, keys), meaning))
    return tuple(rows)
