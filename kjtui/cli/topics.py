"""Help on what several commands share: how days are written, how lists are filtered, which formats there are.

``kjtui help`` prints a topic; the manual page has each as a section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kjtui.formats.document_formats import FORMATS

_WIDTH = 80


class Example(NamedTuple):
    """Something to type, and what it means."""

    typed: str
    meaning: str


class Topic(NamedTuple):
    """A topic of help: a summary in a few words, and paragraphs or lists of examples, in order."""

    summary: str
    parts: tuple[str | tuple[Example, ...], ...]


TOPICS: Mapping[str, Topic] = {
    "dates": Topic(
        "how to write a day",
        (
            "A command that takes a DAY takes any of these:",
            (
                Example("2020-03-10", "a day in ISO 8601; also 2020/3/10 and 20200310"),
                Example("10 March 2020", "a day in words; also March 10, 2020 and 10 Mar 2020"),
                Example("2020年3月10日", "a day in Japanese; 2020년 3월 10일 in Korean"),
                Example("2020-03", "a month: its first day, and for --to its last; also March 2020"),
                Example("2020-W11", "an ISO week: its Monday, and for --to its Sunday"),
                Example("2020", "a year: 1 January, and for --to 31 December"),
                Example("today", "the day on which the command runs"),
                Example("start", "the day that a first reader is shown"),
                Example("end", "the last day of the record"),
                Example("-2w", "two weeks before the latest change; also +30, -3m, +1y"),
                Example("last meeting", "also first meeting, last change, first event and the like"),
            ),
            "A text that could mean several days is refused with those days: 3/4/2020 is in March or in "
            'April. Quote what has spaces: kjtui snapshot "10 March 2020".',
            "Nothing that became public after the day is used: a snapshot, a track's page and a list up to a "
            "day say what was known then. Without a DAY, snapshot and track take the day of the latest "
            "change, and event the end of the record.",
        ),
    ),
    "filters": Topic(
        "how to choose what a list or a bibliography holds",
        (
            "Lists (events, meetings, tracks, sources) and bibliographies (export) take filters. A thing is "
            "listed if it fits all of them. Each list takes the filters that make sense for it: --help says "
            "which.",
            (
                Example("--from 2019-07", "from this day on"),
                Example("--to 2019-12", "up to this day, as seen from it"),
                Example("--track photoresist", "what bears on a track; `kjtui tracks` lists the ids"),
                Example("--kind licence", "events of a kind; --help lists the kinds"),
                Example("--actor JP", "events in which a side acts, by its code"),
                Example("--meeting dialogue-08", "events of a meeting; `kjtui meetings` lists the ids"),
                Example(
                    '--match "white list"',
                    "things with all of these words; of events also aliases, in English, Japanese and Korean",
                ),
            ),
            "An id that does not exist is refused with those that are nearest. Shells complete ids: see "
            "kjtui completion --help.",
        ),
    ),
    "formats": Topic(
        "which formats there are, and for what",
        (
            "Documents (snapshot, compare, track, event) and lists (events, meetings, tracks, sources) print "
            "text unless --format names another format. With --output PATH the ending of the name decides, "
            "and an ending that names no format is refused.",
            (
                *(Example(name, f"{known.suffix}: {known.purpose}") for name, known in FORMATS.items()),
                Example("ndjson", ".ndjson: programs that read one thing a line; lists only"),
                Example("csv", ".csv: spreadsheets; lists only"),
            ),
            "export writes the whole record, or sources as a bibliography:",
            (
                Example("csv", "a folder of tables that join by id"),
                Example("icalendar", ".ics: calendars"),
                Example("ris", ".ris: Zotero, EndNote, Mendeley and other reference managers"),
                Example("bibtex", ".bib: BibTeX and biblatex"),
                Example("csl-json", ".csl.json: Pandoc, citeproc and Zotero"),
            ),
            "The same store and the same request give the same bytes. Documents name the version and the "
            "SHA-256 digest of the record, and kjtui verify checks them. A file is overwritten only with "
            "--force; it is written whole or not at all.",
        ),
    ),
}
"""Every topic by the word that asks for it."""


def topic_text(name: str) -> str:
    """Return a topic as text of at most 80 cells a line. Raises ``KeyError`` if there is no such topic."""
    from kjtui.words.wrap import wrap  # the parser imports this module, and Rich takes long to import

    topic = TOPICS[name]
    lines = [f"{name}: {topic.summary}"]
    for part in topic.parts:
        lines.append("")
        if isinstance(part, str):
            lines += wrap(part, _WIDTH)
        else:
            lines += _columns(part)
    return "".join(f"{line}\n" for line in lines)


def _columns(examples: tuple[Example, ...]) -> Iterator[str]:
    """Yield what is typed and what it means side by side."""
    from kjtui.words.wrap import cells, wrap

    gutter = max(cells(example.typed) for example in examples) + 4
    for example in examples:
        first = f"  {example.typed}"
        yield from wrap(example.meaning, _WIDTH, first + " " * (gutter - cells(first)), " " * gutter)
