"""Extract the interface messages and the record's texts into the catalogues for the translators.

Unchanged messages keep their translations. Entries whose message no longer exists are removed.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from kjtui.languages import ENGLISH, LANGUAGES
from kjtui.record.translate import texts

ROOT = Path(__file__).parents[2]
"""The repository. Catalogues are read from here, because an installed package has no .po files."""

PACKAGE = ROOT / "kjtui"
LOCALES = PACKAGE / "words" / "locale"
STORE = ROOT / "data.json"
TRANSLATED = tuple(code for code in LANGUAGES if code != ENGLISH)

_HEADER = """\
{name} of kjtui in {language}.
Translated by machine and reviewed against the English; the English text governs.
`python tests/regenerate.py` updates this file. Change translations here."""

_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""The fixed date in every catalogue, so that equal messages give equal bytes."""


_LEFT_OUT = (b'"Generated-By:', b'"Report-Msgid-Bugs-To:', b'"Project-Id-Version:')
"""Header lines that depend on the version of Babel or have no content. They are removed."""


_FUNCTIONS = ("tr", "tr_context", "_group")
"""Functions that translate their first argument. ``tr_context`` translates its second argument."""


Message = tuple[str | None, str]
"""A message: its context, which can be ``None``, and its text."""


def literals() -> Iterator[Message]:
    """Yield the messages that the code passes to ``tr`` and ``tr_context``, sorted by file and line."""
    for path in sorted(PACKAGE.rglob("*.py")):
        calls = []
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _FUNCTIONS and node.args:
                calls.append(node)
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            found = [one.value if isinstance(one, ast.Constant) else None for one in call.args[:2]]
            if getattr(call.func, "id", "") == "tr_context":
                context, text = found
                if isinstance(context, str) and isinstance(text, str):
                    yield context, text
            elif isinstance(found[0], str):
                yield None, found[0]


def _templates() -> Iterator[str]:
    """Yield the messages in the HTML templates of ``kjtui serve``."""
    for path in sorted((PACKAGE / "web").glob("*.html")):
        yield from re.findall(r'\btr\("([^"]+)"', path.read_text(encoding="utf-8"))


def _command_table() -> Iterator[str]:
    from kjtui.tui.keys.command_table import COMMANDS, DIALOGS, FIRST_KEYS

    for group, commands in COMMANDS.items():
        yield group
        for command in commands:
            yield from _command(command)
    for dialog in DIALOGS.values():
        yield dialog.title
        for command in dialog.commands:
            yield from _command(command)
    for _, purpose in FIRST_KEYS:
        yield purpose


def _command(command: Any) -> Iterator[str]:
    yield command.title
    yield command.help
    yield command.footer.partition(" ")[2]


def _panes() -> Iterator[str]:
    from kjtui.tui.panes.day_header import DayHeader
    from kjtui.tui.panes.lanes import LanesPane
    from kjtui.tui.panes.meeting import MeetingPane
    from kjtui.tui.panes.status import StatusPane
    from kjtui.tui.panes.timeline import Timeline
    from kjtui.tui.state.pane_table import PANES

    for pane in PANES:
        yield pane.title
        yield pane.help
    for widget in (DayHeader, Timeline, StatusPane, MeetingPane, LanesPane):
        for _, meaning in getattr(widget, "SIGNS", ()):
            yield meaning
    yield MeetingPane.NO_REPORT


def _constants() -> Iterator[str]:
    from kjtui.files.atomic_write import REASONS
    from kjtui.files.parser_messages import PARSER_MESSAGES
    from kjtui.find.query import FIELDS
    from kjtui.find.snippet import DATE
    from kjtui.formats.verify import HARMLESS
    from kjtui.tui.dialogs.filter_dialog import HEADINGS
    from kjtui.tui.dialogs.goto_dialog import EXAMPLES
    from kjtui.tui.dialogs.help_pages import (
        EXPORT_FORMATS,
        FIRST_KEYS,
        ONLY_COMMANDS,
        OWN_KEYS,
        PAGE_SIGNS,
        STAGES,
    )
    from kjtui.tui.state.moves import MOVES
    from kjtui.tui.terminal.ambiguous_width import OTHER_SETTING, SETTINGS

    yield from REASONS.values()
    yield from PARSER_MESSAGES
    yield from (change for change, _ in HARMLESS)
    yield from FIELDS.values()
    yield from HEADINGS.values()
    yield DATE
    yield EXAMPLES
    for pairs in (FIRST_KEYS, EXPORT_FORMATS, ONLY_COMMANDS, OWN_KEYS):
        yield from (meaning for _, meaning in pairs)
    for title, signs in PAGE_SIGNS.values():
        yield title
        yield from (meaning for _, meaning in signs)
    yield from STAGES.values()
    for move in MOVES.values():
        yield from (move.at_start, move.at_end)
    yield from (setting for *_, setting in SETTINGS)
    yield OTHER_SETTING


def _help_topics() -> Iterator[str]:
    from kjtui.cli.topics import TOPICS

    for name, topic in TOPICS.items():
        yield name
        yield topic.summary
        for part in topic.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from (example.meaning for example in part)


def _command_line() -> Iterator[str]:
    """Yield the untranslated summaries, descriptions and help texts of the command-line parser."""
    from kjtui.cli.argparse_texts import ARGPARSE_TEXTS
    from kjtui.cli.parser import COMMAND_MODULES, build_parser, command, noun

    yield from ARGPARSE_TEXTS
    whole = build_parser()
    yield whole.description or ""
    yield whole.epilog or ""
    for name in COMMAND_MODULES:
        yield command(name).summary
        yield command(name).description
    for parser in (whole, *_subparsers(whole)):
        for group in parser._action_groups:  # noqa: SLF001  # argparse lists its arguments nowhere else
            yield group.title or ""
            yield group.description or ""
        for action in parser._actions:  # noqa: SLF001  # as above
            if action.help and action.help != "==SUPPRESS==":
                yield action.help
            if action.choices and not isinstance(action.choices, dict):
                yield noun(action)


def _subparsers(whole: Any) -> Iterable[Any]:
    for action in whole._actions:  # noqa: SLF001  # as above
        if isinstance(action.choices, dict):
            return list(action.choices.values())
    return []


def _new_folder() -> Iterator[str]:
    """Yield the explanations and the texts of the example in the files of a new record."""
    from kjtui.record.folder.new_folder import EXAMPLE_TEXT, EXPLANATION, README, TEMPLATES, explanation_text

    yield README
    for template in TEMPLATES.values():
        yield from EXAMPLE_TEXT.findall(template)
        yield from map(explanation_text, EXPLANATION.findall(template))


def _words() -> Iterator[str]:
    """Yield the names of days, months, stages, kinds and sections."""
    from kjtui.documents.track_document import RULE, SECTIONS
    from kjtui.formats.site.site_frame import LISTS
    from kjtui.history import meetings
    from kjtui.record import explain, model, partial_date
    from kjtui.words import day_words, source_words

    yield from (*partial_date.LONG_MONTHS, *partial_date.MONTHS, *partial_date.WEEKDAYS)
    yield from day_words.SHORT_WEEKDAYS
    vocabularies = (
        *(model.Stage, model.Kind, model.Confidence, model.Form, model.SourceKind),
        meetings.Status,
    )
    for words in vocabularies:
        yield from (word.replace("-", " ") for word in get_args(words))
    yield from (*SECTIONS, RULE)
    yield from LISTS.values()
    yield from (name.capitalize() for name in source_words.LANGUAGE_NAMES.values())
    yield from (*explain.TYPES.values(), *explain.DATE_HINTS.values())
    yield from _column_names()


def _column_names() -> Iterator[str]:
    """Yield the column names of lists."""
    for path in sorted((PACKAGE / "formats" / "lists").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Column":
                column = node.args[0]
                if isinstance(column, ast.Constant) and isinstance(column.value, str):
                    yield column.value


TABLES: tuple[Callable[[], Iterator[str]], ...] = (
    _command_table,
    _panes,
    _help_topics,
    _command_line,
    _new_folder,
    _words,
    _constants,
    _templates,
)
"""Functions that yield texts from tables in the code. These texts are translated only when they are shown."""


def _tones() -> Iterator[Message]:
    """Yield the names of tones.

    These messages have a context, because words such as "open" have other meanings elsewhere.
    """
    from kjtui.words import labels

    for word in labels.TONE_WORDS.values():
        yield "tone", word


def _fields() -> Iterator[Message]:
    """Yield the names of fields, as typed in a query. A translation has no spaces."""
    from kjtui.find.query import FIELDS

    for field in FIELDS:
        yield "field", field


def _tables() -> Iterator[Message]:
    """Yield the meanings of the tables and columns that ``kjtui export`` writes.

    These messages have a context, because words such as "title" have other translations elsewhere.
    """
    from kjtui.formats.tables.all_tables import TABLES as EXPORTED

    for table in EXPORTED.values():
        yield "table", table.meaning
        for column in table.columns:
            yield "table", column.meaning


def messages() -> list[Message]:
    """Return all messages of the interface: first the literals in calls, then the texts in tables."""
    tables = ((None, text) for table in TABLES for text in table())
    found = dict.fromkeys(chain(literals(), tables, _tones(), _fields(), _tables()))
    return [(context, text) for context, text in found if any(map(str.isalpha, text))]


def _sort_key(message: Message) -> tuple[str, str]:
    context, text = message
    return text, context or ""


def interface_catalogue(language: str) -> bytes:
    """Return the updated catalogue of the interface."""
    path = LOCALES / language / "LC_MESSAGES" / "kjtui.po"
    # Sorted, to avoid merge conflicts between unrelated changes.
    return _updated(path, language, "Interface", sorted(messages(), key=_sort_key))


def record_catalogue(language: str) -> bytes:
    """Return the updated catalogue of the record."""
    path = LOCALES / language / "LC_MESSAGES" / "record.po"
    tables = json.loads(STORE.read_text(encoding="utf-8"))
    return _updated(path, language, "Record", texts(tables))


def catalogues() -> dict[Path, bytes]:
    """Return the updated catalogues as a mapping from path to content."""
    found = {}
    for language in TRANSLATED:
        folder = LOCALES / language / "LC_MESSAGES"
        found[folder / "kjtui.po"] = interface_catalogue(language)
        found[folder / "record.po"] = record_catalogue(language)
    return found


def build_catalogues(folder: Path) -> Path:
    """Create compiled catalogues and translated stores in a folder. The wheel contains the same files.

    Returns:
        The folder to use instead of ``LOCALES``.
    """
    locales = folder / LOCALES.relative_to(ROOT)
    shutil.copytree(LOCALES, locales, ignore=shutil.ignore_patterns("*.mo", "data.json"))
    translate = Path("kjtui", "record", "translate.py")
    (folder / translate).parent.mkdir(parents=True)
    shutil.copy(ROOT / translate, folder / translate)
    shutil.copy(STORE, folder)
    compile_catalogues(folder)
    return locales


def compile_catalogues(root: Path = ROOT) -> None:
    """Create compiled catalogues and translated stores in a repository, as an editable install does."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / ".ci" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    hook.build(root)


def read_catalogue(path: Path) -> Catalog:
    """Return a catalogue. It is empty if the file does not exist."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def _updated(path: Path, language: str, name: str, found: Iterable[tuple[str | None, str]]) -> bytes:
    before = read_catalogue(path)
    header = "\n".join(
        f"# {line}" for line in _HEADER.format(name=name, language=LANGUAGES[language]).split("\n")
    )
    catalogue = Catalog(
        language,
        header_comment=header,
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        last_translator="The kjtui authors",
        language_team="The kjtui authors",
        fuzzy=False,
    )
    for context, text in found:
        known = before.get(text, context)
        catalogue.add(text, str(known.string) if known else "", context=context)
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_LEFT_OUT))


def write_catalogues() -> None:
    """Write the updated catalogues to the repository."""
    for path, content in catalogues().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
