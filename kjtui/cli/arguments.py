"""Arguments shared by several commands. Shell completion offers the ``choices`` of each argument."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kjtui.languages import LANGUAGES
from kjtui.record.model import Kind, SourceKind

if TYPE_CHECKING:
    Arguments = argparse._ActionsContainer  # noqa: SLF001  # the common base of parsers and groups

ENDINGS = {"md": "markdown", "txt": "text", "htm": "html", "ics": "icalendar", "bib": "bibtex"}
"""Maps each alternative file extension to the name of its format."""


def format_name(typed: str) -> str:
    """Convert a typed format name or file extension, such as ``md``, to the format name."""
    name = typed.lower().removeprefix(".")
    return ENDINGS.get(name, name)


class Vocabulary:
    """The words that an option accepts, in English or in the language of the interface, in any case."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Return the words, each with its name in the language of the interface."""
        from kjtui.words.labels import spoken  # imported here: importing the parser must be fast

        return {word: (spoken(word),) for word in self.words}

    def __call__(self, typed: str) -> str:
        """Return the English word for a typed word. An unknown word is returned unchanged."""
        word = typed.lower()
        if word in self.words:
            return word
        return next((english for english, (name,) in self.names.items() if name.lower() == word), word)


def add_vocabulary(parser: Arguments, option: str, words: Iterable[str], metavar: str) -> None:
    """Add an option that accepts the words of a vocabulary. Its help lists the words."""
    words = tuple(words)
    parser.add_argument(option, type=Vocabulary(words), choices=words, metavar=metavar, help=", ".join(words))


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add the option ``--store``."""
    # Without SUPPRESS, the default of this option would override a --store typed before the command.
    parser.add_argument(
        "--store",
        type=Path,
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="read this store; default: the bundled store",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add the option ``--lang``."""
    parser.add_argument(
        "--lang",
        choices=tuple(LANGUAGES),
        default=argparse.SUPPRESS,  # see add_store()
        help="language; default: en, but in the app the language chosen last",
    )


def add_date(parser: argparse.ArgumentParser) -> None:
    """Add the option ``--date``: the day that the app shows first."""
    parser.add_argument(
        "--date",
        metavar="DAY",
        default=argparse.SUPPRESS,  # see add_store()
        help="open on this day; default: where you left off",
    )


def add_output(parser: argparse.ArgumentParser, formats: Iterable[str]) -> None:
    """Add the options for the output format and the output file."""
    parser.add_argument(
        "--format",
        type=format_name,
        choices=tuple(formats),
        help="default: by the file extension of --output, else text",
    )
    parser.add_argument("--output", metavar="PATH", help="output file, or - for standard output")
    parser.add_argument("--force", action="store_true", help="overwrite the file")


def add_day(parser: argparse.ArgumentParser, help_text: str = "default: the latest change") -> None:
    """Add an optional argument for a day."""
    parser.add_argument("day", nargs="?", metavar="DAY", help=help_text)


def add_span(parser: Arguments) -> None:
    """Add the options ``--from`` and ``--to``: the first and the last day."""
    parser.add_argument(
        "--from", dest="first", metavar="DAY", help="first day; a month or a year means its first day"
    )
    parser.add_argument(
        "--to", dest="last", metavar="DAY", help="last day; a month or a year means its last day"
    )


def add_match(parser: argparse.ArgumentParser, things: str) -> None:
    """Add the option ``--match``, which selects the items of a list that contain certain words."""
    parser.add_argument(
        "--match",
        metavar="TEXT",
        default="",
        help=f"only {things} with all of these words; see `kjtui help search`",
    )


def add_event_filters(parser: Arguments) -> None:
    """Add the options that filter events."""
    parser.add_argument("--track", metavar="TRACK", help="only events that concern this track")
    add_vocabulary(parser, "--kind", get_args(Kind), "KIND")
    parser.add_argument("--actor", metavar="CODE", help="only events in which this actor acts")


def add_source_filters(parser: Arguments) -> None:
    """Add the options that filter sources."""
    parser.add_argument("--publisher", metavar="TEXT", help="only sources of a publisher with these words")
    add_vocabulary(parser, "--source-kind", get_args(SourceKind), "KIND")
    parser.add_argument("--language", metavar="CODE", help="only sources in this language, such as ko")
    parser.add_argument(
        "--machine-translated",
        choices=("yes", "no"),
        help="only sources that were read in machine translation (yes), or only other sources (no)",
    )
