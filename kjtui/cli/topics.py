"""Help topics shared by several commands: days, filters, search, formats, keys and terms.

``kjtui help TOPIC`` prints a topic. The examples contain names from the record in use. The manual page has a
section for each topic.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from kjtui.formats.format_table import DOCUMENT_FORMATS, LIST_FORMATS, Format
from kjtui.languages import ENGLISH, current_language, join_items, labelled, tr
from kjtui.record.model import Record

_LONG = 6
"""Minimum number of letters of the word in an example search."""
_SHARED = 30
"""Rarity of the word in an example search: at most one in this many titles contains the word."""


class Example(NamedTuple):
    """An example: a text to type, and its meaning."""

    typed: str
    meaning: str


class Topic(NamedTuple):
    """A help topic: a short summary, followed by parts. A part is a paragraph or a list of examples."""

    summary: str
    parts: tuple[str | tuple[Example, ...], ...]


class ExampleNames(Struct, frozen=True):
    """Values that examples use: a day, a track id and so on. The defaults are words such as ``TRACK``.

    If there is a ``record``, Korean and Japanese examples of fields have the names of the record's values.
    """

    day: str = "2020-03-10"
    track: str = "TRACK"
    event: str = "EVENT"
    meeting: str = "MEETING"
    actor: str = "CODE"
    term: str = "TERM"
    publisher: str = "TEXT"
    kind: str = "statement"
    series: str = "SERIES"
    figures: str = "SERIES"
    level: str = "LEVEL"
    word: str = "WORDS"
    phrase: str = "TWO WORDS"
    capitals: str = "US"
    record: Record | None = None

    def fill(self, texts: Iterable[str]) -> list[str]:
        """Return texts with their placeholders filled in."""
        from kjtui.find.day_examples import day_examples  # imported here: importing the parser must be fast

        names = {name: getattr(self, name) for name in self.__struct_fields__}
        day = date.fromisoformat(self.day)
        names |= day_examples(day)._asdict()
        names |= {"month": self.day[:7], "year": self.day[:4]}
        iso_year, week, _ = day.isocalendar()
        names |= {"slashes": self.day.replace("-", "/"), "digits": self.day.replace("-", "")}
        names["week"] = f"{iso_year}-W{week:02}"
        filled_texts = [text.format(**names) for text in texts]
        if self.record is None or current_language() == ENGLISH:
            return filled_texts
        from kjtui.find.query import local_fields  # as above

        return [local_fields(text, self.record) for text in filled_texts]


def example_names(store: Path | None) -> ExampleNames:
    """Choose the names from a store that fill in the examples. Skip names that a shell would expand.

    If the store is unusable, return the default names.
    """
    from kjtui.record.storage import StoreError
    from kjtui.record.store import default_store, load

    try:
        record = load(store or default_store(current_language()))
    except (StoreError, OSError):
        return ExampleNames()
    first_day = record.dataset.start or record.dataset.coverage.first
    names: dict[str, Any] = {"record": record, "day": str(first_day)}
    for field, candidates in _candidates(record).items():
        name = next(filter(_is_plain, candidates), "")
        if name:
            names[field] = name[:40]
    if "actor" in names:
        names["capitals"] = names["actor"]
    terms = [term.term for term in record.terms.values()]
    phrases = [term for term in terms if term.count(" ") == 1 and term.replace(" ", "").isalpha()]
    if phrases := phrases or [term for term in terms if not term.isascii() and term.isalnum()]:
        names["phrase"] = phrases[0]
    return ExampleNames(**names)


def _candidates(record: Record) -> dict[str, Iterable[str]]:
    """Return the candidates for each field of ``ExampleNames``, best first."""
    main_events = [event for event in record.events if event.weight == "main"]
    steps = [event.meeting for event in record.events if event.meeting]
    publishers = Counter(source.publisher for source in record.sources.values())
    return {
        "track": record.tracks,
        "event": [event.id for event in reversed(main_events)],
        "meeting": record.meetings,
        "actor": record.dataset.actors,
        "term": record.terms,
        "publisher": [name for name, _ in publishers.most_common()],
        "kind": [event.kind for event in record.events if event.kind != "background"],
        "series": [meeting.series for meeting in record.meetings.values()],
        "figures": record.series,
        "level": [step.level for step in steps if step.level],
        "word": _telling_words([event.title for event in main_events], record),
    }


def _is_plain(name: str) -> bool:
    """Return whether a name has only characters that shells do not expand."""
    return name.replace("-", "").replace(" ", "").isalnum()


def _telling_words(titles: Iterable[str], record: Record) -> list[str]:
    """Return words for an example search: words that occur in few titles, most frequent first.

    If no word qualifies, return the names of tracks, followed by all words in titles. In Korean and Japanese,
    no word qualifies.
    """
    words_of_titles = [set(title.split()) for title in titles]
    counts: Counter[str] = Counter()
    for words in words_of_titles:
        counts.update(word for word in words if len(word) >= _LONG and word.islower())
    few = [word for word, count in counts.most_common() if count * _SHARED <= len(words_of_titles)]
    if few:
        return few
    names = [track.name for track in record.tracks.values() if not track.name.isascii()]
    return names + [word for words in words_of_titles for word in sorted(words)]


def _explained(formats: Mapping[str, Format]) -> Iterator[Example]:
    """For each format that has a ``purpose``, yield an example: the name, the suffix and the purpose."""
    for name, output_format in formats.items():
        if output_format.purpose:
            yield Example(name, f"{output_format.suffix}: {output_format.purpose}")


TOPICS: Mapping[str, Topic] = {
    "dates": Topic(
        "how to write a day",
        (
            "DAY can have any of these forms:",
            (
                Example("{day}", "a day in ISO 8601; also {slashes} and {digits}"),
                Example("{words}", "a day in words; also {more_words}"),
                Example("{foreign}", "a day in another language; also {more_foreign}"),
                Example("{era}", "a day of a Japanese era; also {short_era}"),
                Example("{month}", "a month: its first day, and for --to its last; also {month_words}"),
                Example("{week}", "an ISO week: its Monday, and for --to its Sunday"),
                Example("{year}", "a year: 1 January, and for --to 31 December"),
                Example("{today}", "the day on which the command runs; also yesterday, 어제, 昨日"),
                Example("{start}", "the day that the app shows at its first start"),
                Example("{end}", "the last day of the record"),
                Example("{earlier}", "two weeks before the latest change; also +30, -3m, +1y"),
                Example("{last_year}", "a year before today; in the app, before the day on screen"),
                Example("{last_meeting}", "also first meeting, last change, first event and the like"),
            ),
            "If a text can mean several days, it is rejected and the possible days are listed: 3/4/2020 "
            'is in March or in April. Quote a day with spaces: kjtui snapshot "{words}".',
            "Only facts that were public on DAY are used: a snapshot, a track's page and a list up to "
            "a day show what was known then. Without a DAY, a document about one thing, such as a track "
            "or a meeting, shows the end of the record; a snapshot shows the day of the latest change.",
        ),
    ),
    "filters": Topic(
        "how to filter a list or a bibliography",
        (
            "Lists (events, meetings, tracks, sources) and bibliographies (export) take filters. An item is"
            " listed if it fits all filters. The --help of a list shows its filters. Ids, short names and "
            "codes can be typed in any case.",
            (
                Example("--from {month}", "from this day on"),
                Example("--to {day}", "up to this day, with what was known then"),
                Example("--track {track}", "only items about one track; `kjtui tracks` lists the ids"),
                Example("--kind {kind}", "events of one kind; --help lists the kinds"),
                Example("--actor {actor}", "events in which this actor acts (code or name)"),
                Example("--meeting {meeting}", "events of a meeting; `kjtui meetings` lists the ids"),
                Example('--level "{level}"', "meetings at a level"),
                Example('--series "{series}"', "meetings of a series"),
                Example("--status held", "meetings with this status on the --to day"),
                Example(
                    '--publisher "{publisher}"', "for sources and bibliographies: sources of a publisher"
                ),
                Example(
                    "--source-kind press",
                    "for sources and bibliographies: sources of one kind, such as official or press",
                ),
                Example("--language en", "for sources and bibliographies: sources in a language"),
                Example(
                    "--machine-translated no",
                    "for sources and bibliographies: sources not read in machine translation",
                ),
                Example('--match "{word}"', "items with all of these words; see kjtui help search"),
                Example(
                    '--event-match "{word}"',
                    "for sources and bibliographies: sources of events with these words",
                ),
            ),
            "If an id is unknown, the error names the closest ids. Shells complete ids: see kjtui "
            "completion --help. An empty list is reported on standard error.",
        ),
    ),
    "search": Topic(
        "how words are matched in searches, filters and --match",
        (
            "Words match whole words and the beginnings of words; in scripts without spaces they match "
            "anywhere. Case and width do not matter. All words must occur. A word with an English ending "
            "also matches its other endings: suspended finds suspends, removal finds removed. A Korean word "
            "also matches without its particle: 불화수소를 finds 불화수소. A Japanese phrase also matches as "
            "separate words: 制度の改正 finds 制度 and 改正. British and American "
            "spellings match each other. Words in quotation marks match only as written. There is no OR; "
            "search once for each word. Fields and their values can be typed in English or in the language "
            "of the interface.",
            (
                Example("{word}", "a word: in title, text, quotations and titles of sources"),
                Example('"{phrase}"', "in quotation marks: exactly these words, in this order"),
                Example(
                    "{capitals}", "a word in capitals or of two letters: only whole words, if there are any"
                ),
                Example("-{word}", "without this word; -kind:{kind} excludes events of this kind"),
                Example("actor:{actor}", "events in which this actor acts (code or name)"),
                Example("kind:{kind}", "events of one kind"),
                Example("track:{track}", "events that concern this track (id or any name)"),
                Example("level:ministers", "events of meetings at this level"),
                Example("meeting:{meeting}", "events of a meeting"),
                Example("term:{term}", "events that mention this person, body or term (id or any name)"),
                Example("source:press", "events with these words in a source's title, publisher or id"),
                Example('publisher:"{publisher}"', "events with a source of this publisher"),
                Example("source-kind:press", "events with a source of this kind, such as official or press"),
                Example("lang:en", "events with a source in this language"),
                Example("machine-translated:no", "events with a source not read in machine translation"),
                Example("disputed:yes", "events on which sources disagree; disputed:no finds the others"),
                Example("confidence:low", "events of this confidence: high, medium or low"),
                Example("minor:no", "main events; minor:yes finds only minor events"),
                Example("official:no", "events without an official source; official:yes finds the others"),
                Example("sources:1", "events with this number of sources"),
            ),
            "Other names of tracks, terms and meetings, in any language, find the same results as their "
            "main names. The bundled record is also searched in the language of the query. Events are "
            "sorted by where the words occur: first in the title, then in text and quotations, then in "
            "titles of sources. If the words are the name of a track, other events follow: events that "
            "change the track, events that contain another name of the track, and events that only "
            "concern it. Main events come before minor events. If nothing is found, the message names the "
            "missing word and the number of results of a shorter query. The order is the same in the app "
            "(/, f, g and the palette) and with --match.",
        ),
    ),
    "formats": Topic(
        "available formats and their purposes",
        (
            "Documents (snapshot, compare, track, event, meeting, term) and lists (events, meetings, "
            "tracks, sources, terms, runs, outcomes, figures) print text unless --format names another "
            "format. With --output PATH the file extension selects the format, and an unknown extension "
            "is refused.",
            (
                *_explained(DOCUMENT_FORMATS),
                *_explained(LIST_FORMATS),
            ),
            "export writes the whole record, or sources as a bibliography:",
            (
                Example("csv", "a folder of tables that join by id"),
                Example("sqlite", ".sqlite: SQLite, Datasette, queries across the tables"),
                Example(
                    "site", "a folder called site: linked pages for browsers; only their search has a script"
                ),
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
    "keys": Topic(
        "the first keys of the app",
        (
            "The last line of the app shows the main keys; ? shows all keys. The keys below are the "
            "defaults; a configuration file can change them.",
            (
                Example("← →", "one day back or forward"),
                Example("↑ ↓", "the previous or next event, track or meeting"),
                Example("enter", "open the selected event, track or meeting"),
                Example("n p", "the next or previous change of status; n and N repeat a search"),
                Example("m M", "the next or previous meeting"),
                Example("/", "search"),
                Example("g", "go to a day or a name"),
                Example("f", "filter"),
                Example("c", "pin the day; again to compare with it"),
                Example("s", "sources"),
                Example("e", "export"),
                Example("?", "help"),
                Example("q", "quit"),
            ),
        ),
    ),
    "terms": Topic(
        "the terms of kjtui and their meanings",
        (
            "`kjtui terms` lists the glossary of the record. These words are used for every record:",
            (
                Example("record", "everything that a store holds"),
                Example("track", "a subject with a status over time, such as a measure or a case"),
                Example("state", "a value that the status of a track can have"),
                Example(
                    "standing", "the state of a track on a day, with its start, reason and pending changes"
                ),
                Example("stage", "how firm a change is: in talks, announced, proposed, adopted, in force"),
                Example("run", "an unbroken stretch of days in one state"),
                Example("outcome", "end of a pending state: took effect, replaced, dropped, lapsed, open"),
                Example("fact", "a lasting detail of a track"),
                Example("series", "figures published over time"),
                Example("snapshot", "the status of all tracks at the end of a day"),
            ),
        ),
    ),
}
"""Maps the name of each topic to the topic."""


def topic_called(typed: str) -> str:
    """Return the topic whose name was typed, in English or in the language of the interface.

    Empty if there is none.
    """
    typed = unicodedata.normalize("NFKC", typed)
    return next((name for name in TOPICS if typed in (name, tr(name))), "")


def topic_text(name: str, names: ExampleNames) -> str:
    """Return the text of a topic, wrapped to 80 cells. Raises ``KeyError`` for an unknown topic."""
    # Imported here, because the parser imports this module, and importing Rich is slow.
    from kjtui.words.wrap import PAGE_WIDTH, wrap

    topic = TOPICS[name]
    lines = [labelled(name, tr(topic.summary))]
    for part in topic.parts:
        lines.append("")
        if isinstance(part, str):
            lines += wrap(names.fill([tr(part)])[0], PAGE_WIDTH)
        else:
            lines += _columns(filled(part, names))
    if name == "search" and current_language() != ENGLISH:
        from kjtui.find.query import FIELDS, field_label

        fields = join_items(map(field_label, FIELDS))
        lines += ["", *wrap(tr("Each field has two names: {fields}.", fields=fields), PAGE_WIDTH)]
    return "".join(f"{line}\n" for line in lines)


def filled(examples: Iterable[Example], names: ExampleNames) -> list[Example]:
    """Return examples with their placeholders filled in.

    Leave out examples of formats that are not shown in the language of the interface.
    """
    texts = (names.fill([example.typed, tr(example.meaning)]) for example in examples)
    return [Example(typed, meaning) for typed, meaning in texts if typed]


def _columns(examples: Iterable[Example]) -> Iterator[str]:
    """Yield lines with two columns: the text to type, and its meaning."""
    from kjtui.words.wrap import PAGE_WIDTH, cells, wrap

    examples = tuple(examples)
    gutter = max(cells(example.typed) for example in examples) + 4
    for example in examples:
        first = f"  {example.typed}"
        yield from wrap(example.meaning, PAGE_WIDTH, first + " " * (gutter - cells(first)), " " * gutter)
