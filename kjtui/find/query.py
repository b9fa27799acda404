"""Parse queries: words, and fields such as ``actor:JP kind:licence``.

Names of fields and values can be in English or in the language of the interface.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import SequenceMatcher, get_close_matches
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from kjtui.find.filter import Filter
from kjtui.find.names import Names, names_of, names_typed
from kjtui.find.word_match import fold, language_of_words, matches
from kjtui.languages import ENGLISH, current_language, join_items, noted, tr, tr_context
from kjtui.record.model import Record, SourceKind
from kjtui.record.store import translation
from kjtui.words import labels, source_words

_FIELD = re.compile(
    r"""(?<![\w:："-])(?P<minus>-)?(?P<name>[^\W\d_]+(?:-[^\W\d_]+)*)(?P<colon>[:：])(?!//)"""
    r"""(?P<value>"[^"]*"?|[^\s"]*)|"[^"]*"?"""
)
"""A field or a quoted phrase. A phrase is one match, so a colon within it does not make it a field."""

_OPERATOR = re.compile(r'"[^"]*"?|(?<!\S)(?P<word>AND|OR|NOT|(?:and|or|not)(?=\s+-?[a-z-]+:\S))(?!\S)')
"""An operator of other query languages, or a quoted phrase.

A phrase is one match, so a word such as OR within the phrase is not found as an operator.
"""

_ENGLISH_FIELD = r"""(?<![\w:])(?P<minus>-?)(?P<name>{names}):(?P<value>"[^"]*"|[\w-]+)"""
"""A field with an English name and an ASCII value, within a text in any language. ``names`` are filled in."""

_NOTE = re.compile(r"[(（][^()（）]*[)）]")

_FEW = 20
"""Maximum number of values listed in a message."""

_LEAST_SIMILAR, _MUCH_LESS = 0.5, 0.2
"""Minimum similarity of a suggestion, and the maximum difference to the similarity of the best one."""
_LEAST_SIMILAR_NAME = 0.6
"""Minimum similarity of a name. Many Korean and Japanese names of two characters share one by chance."""

FIELDS: Mapping[str, str] = {
    "actor": "who acts",
    "kind": "kind of event",
    "track": "track it concerns",
    "level": "level of its meeting",
    "meeting": "meeting it is about",
    "term": "person, body or term it mentions",
    "source": "words of a source",
    "publisher": "words of the publisher of a source",
    "source-kind": "kind of a source: official, press …",
    "lang": "language of a source",
    "machine-translated": "source read in machine translation: yes, no",
    "disputed": "sources disagree: yes, no",
    "confidence": "high, medium, low",
    "minor": "minor event: yes, no",
    "official": "an official source among its sources: yes, no",
    "sources": "number of sources",
}
"""The fields that a query can have, each with its description."""

LEVELS: Mapping[str, str] = {"dg": "director-general", "director": "director-general"}
"""Abbreviations of levels."""


class FieldError(ValueError):
    """A query has an unknown field, an unknown value or an operator. The message is shown to the user."""


class Query(Struct, frozen=True):
    """A query split into words and filters. Events must match all filters.

    A word with a minus sign excludes the events that contain this word. A field with a minus sign becomes a
    negated filter.
    """

    words: str
    filters: tuple[Filter, ...] = ()


def parse_query(text: str, record: Record) -> Query:
    """Split a query into words and fields.

    A field without a value is ignored, because the user may still be typing it. Raises ``FieldError`` for an
    unknown field, a value that is not in the record, or an operator such as OR.
    """
    _refuse_operators(text)
    filters = []
    words = []
    end = 0
    for match in _FIELD.finditer(text):
        if match["name"] is None:
            continue
        written = match["value"]
        value = written.strip('"').strip()
        name = field_called(match["name"])
        if not name:
            if value and match["colon"] == ":":  # a full-width colon is also punctuation, as in a headline
                raise FieldError(
                    tr(
                        "there is no field {name!r}; fields are {fields}",
                        name=match["name"].lower(),
                        fields=join_items(map(field_label, FIELDS)),
                    )
                )
            continue
        words.append(text[end : match.start()])
        end = match.end()
        if not value:
            continue
        if name == "publisher":
            event_filter = Filter(publisher=publishers(written, record))
        else:
            event_filter = Filter().with_field(name.replace("-", "_"), resolve(name, value, record))
        filters.append(replace(event_filter, negated=match["minus"] is not None))
    words.append(text[end:])
    return Query(" ".join(words).strip(), tuple(filters))


def field_called(typed: str) -> str:
    """Return the field with a name in English or in the language of the interface. Empty if there is none."""
    name = unicodedata.normalize("NFKC", typed).lower()
    if name in FIELDS:
        return name
    return next((field for field in FIELDS if name == _local_name(field)), "")


def field_label(field: str) -> str:
    """Return the name of a field in the language of the interface and in English: ``種類（kind）``."""
    name = _local_name(field)
    return field if name == field else noted(name, field)


def _local_name(field: str) -> str:
    return tr_context("field", field)


def local_fields(text: str, record: Record) -> str:
    """Return a text with the fields in it written in the language of the interface.

    For example, ``actor:JP`` becomes ``주체:일본``. A value stays as it is if its name needs quotation marks.
    """

    def local(match: re.Match[str]) -> str:
        field, value = match["name"], match["value"]
        with suppress(FieldError):
            names = dict(field_values(field, record)).get(resolve(field, value, record), ())
            value = next((name for name in names[:1] if " " not in name), value)
        colon = "：" if current_language() == "ja" else ":"
        return f"{match['minus']}{_local_name(field)}{colon}{value}"

    if current_language() == ENGLISH:
        return text
    pattern = _ENGLISH_FIELD.format(names="|".join(sorted(FIELDS, key=len, reverse=True)))
    return re.sub(pattern, local, text, flags=re.ASCII)


def noun(name: str) -> str:
    """Return the name of a field or of an option in the language of the interface, for messages."""
    return _local_name(name) if name in FIELDS else tr(name)


def value_label(value: str, names: Iterable[str]) -> str:
    """Return a value with its name in front: ``会合（meeting）``.

    A name that contains the value, such as ``欧州連合（EU）``, is returned alone. After a name with a note in
    parentheses, the value is not in parentheses. In English, the value is returned alone, because values are
    English words.

    Args:
        value: the value of a field, or an id.
        names: the names of the value, the main name first.
    """
    name = next(iter(names), "")
    if current_language() == ENGLISH or not name:
        return value
    if value in name:
        return name
    return f"{name} {value}" if name.endswith((")", "）")) else noted(name, value)


def value_labels(values: Iterable[str], names: Names) -> str:
    """Return a list of values, each with its name in front."""
    return join_items(value_label(value, names.get(value, ())) for value in values)


def _refuse_operators(text: str) -> None:
    """Raise ``FieldError`` if a query has an operator of other query languages, such as OR."""
    for match in _OPERATOR.finditer(text):
        if match["word"]:
            raise FieldError(
                tr(
                    "{word} is no operator: all words and fields must match; -word and -field:value exclude",
                    word=match["word"],
                )
            )


def resolve(name: str, value: str, record: Record) -> str:
    """Find the value of a field from the text that the user typed.

    The text can be the whole value, a name of the value, or the beginning of either. It can also be a part of
    names of a single value. Case is ignored.

    Raises ``FieldError``, with the closest values, if nothing matches.
    """
    if name == "source" or (name == "sources" and value.isdecimal()):  # all words and numbers are allowed
        return value
    if name == "level":
        value = LEVELS.get(value.lower(), value)
    if name == "term":
        return _term(value, record)
    names_by_value = dict(field_values(name, record))
    folded = fold(value)
    for candidate, names in names_by_value.items():
        if folded in (fold(candidate), *map(fold, names)):
            return candidate
    for candidate, names in names_by_value.items():
        if folded and any(name.startswith(folded) for name in (fold(candidate), *map(fold, names))):
            return candidate
    containing = names_typed(value, names_by_value).ids
    if len(containing) == 1:
        return containing[0]
    raise FieldError(unknown(name, value, names_by_value))


def publishers(typed: str, record: Record) -> tuple[str, ...]:
    """Return the publishers whose names contain the typed words.

    A whole name in quotation marks selects only that publisher.

    Raises ``FieldError``, with the closest names, if no publisher matches.
    """
    aliases = record.dataset.aliases
    names_by_publisher = {
        source.publisher: (source.publisher, *aliases.get(source.publisher, ()))
        for source in record.sources.values()
    }
    selected: list[str] = []
    if typed.startswith('"'):
        typed_name = fold(typed.strip('"'))
        selected = [name for name, names in names_by_publisher.items() if typed_name in map(fold, names)]
    if not selected:
        selected = [
            name for name, names in names_by_publisher.items() if matches(typed, map(_without_notes, names))
        ]
    if not selected:
        selected = [name for name, names in names_by_publisher.items() if matches(typed, names)]
    if not selected:
        selected = _translated_publishers(typed, record)
    if not selected:
        raise FieldError(unknown("publisher", typed, names_by_publisher))
    return tuple(sorted(selected))


def _without_notes(name: str) -> str:
    """Remove notes such as "(citing …)" from the name of a publisher. The notes name other publishers."""
    return _NOTE.sub("", name)


def _translated_publishers(typed: str, record: Record) -> list[str]:
    """Return the publishers whose translated names contain the typed words.

    The translation into the language of these words is searched.
    """
    translated = translation(record, language_of_words(typed))
    if translated is None:
        return []
    sources = [source for source in translated.sources.values() if matches(typed, (source.publisher,))]
    return list({record.sources[source.id].publisher for source in sources if source.id in record.sources})


def _term(value: str, record: Record) -> str:
    """Return the id of the glossary entry with a name that matches ``value``.

    Raises ``FieldError`` if no entry matches. Also raises it if the typed text is only a part of a name and
    matches several entries.
    """
    names = names_of("term", record)
    typed = names_typed(value, names)
    if not typed.ids:
        raise FieldError(unknown("term", value, names))
    if len(typed.ids) > 1 and not typed.whole:
        raise FieldError(several(value, typed.ids, names))
    return typed.ids[0]


def unknown(name: str, value: str, candidates: Names) -> str:
    """Return the error message about an unknown value, with suggestions.

    Args:
        name: the name of the field or option.
        value: the unknown value.
        candidates: the known values, each with its names.
    """
    if set(candidates) == {"yes", "no"}:
        return tr("{name} is yes or no, not {value!r}", name=noun(name), value=value[:40])
    near = hint(name, value, candidates)
    return tr("there is no {name} {value!r}; {hint}", name=noun(name), value=value[:40], hint=near)


def several(typed: str, ids: Iterable[str], names: Names) -> str:
    """Return the error message about an ambiguous text."""
    return tr("{typed!r} can mean {ids}", typed=typed[:40], ids=value_labels(list(ids)[:_FEW], names))


def hint(name: str, value: str, candidates: Names) -> str:
    """Return suggestions for an unknown value: known values that are similar, or that have a similar name."""
    if not candidates:
        return tr("the record has none")
    near = nearest(value, candidates)
    if not near:
        value_by_name = {name: candidate for candidate, names in candidates.items() for name in names}
        near_names = nearest(value, value_by_name, _LEAST_SIMILAR_NAME)
        near = list(dict.fromkeys(value_by_name[name] for name in near_names))
    if near:
        return tr("did you mean {near}?", near=value_labels(near, candidates))
    if len(candidates) <= _FEW:
        return tr("available: {known}", known=value_labels(candidates, candidates))
    command = "kjtui sources" if name == "publisher" else f"kjtui {name}s"
    return tr("{command} lists them", command=command)


def nearest(word: str, candidates: Iterable[str], least: float = _LEAST_SIMILAR) -> list[str]:
    """Return up to three suggestions for a word: known words that contain it, then similar known words.

    Words that are much less similar than the most similar word, or less similar than ``least``, are left out.
    """
    by_text = {candidate.lower(): candidate for candidate in candidates}
    typed = word.lower()
    containing = [text for text in by_text if typed and typed in text]
    similar = get_close_matches(typed, by_text, 3, cutoff=least)
    if similar:
        best = SequenceMatcher(None, similar[0], typed).ratio()
        similar = get_close_matches(typed, similar, cutoff=max(least, best - _MUCH_LESS))
    near = list(dict.fromkeys([*containing[:3], *similar]))[:3]
    return [by_text[text] for text in near]


def quoted(value: str) -> str:
    """Return a value as it is typed in a query: in quotation marks if it has spaces."""
    return f'"{value}"' if " " in value else value


def field_values(name: str, record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the known values of a field, each with its names, the main name first."""
    match name:
        case "track" | "meeting" | "actor" | "term":
            yield from names_of(name, record).items()
        case "kind" | "confidence":
            for value in sorted({getattr(event, name) for event in record.events}):
                yield value, (labels.spoken(value),)
        case "level":
            steps = (event.meeting for event in record.events if event.meeting)
            for level in sorted({step.level for step in steps if step.level}):
                yield level, (level, *record.dataset.aliases.get(level, ()))
        case "lang":
            for language in sorted({source.language for source in record.sources.values()}):
                yield language, (source_words.language_name(language),)
        case "source-kind":
            for kind in get_args(SourceKind):
                yield kind, (labels.spoken(kind),)
        case "sources":
            for count in sorted({len(event.sources) for event in record.events}):
                yield str(count), ()
        case "disputed" | "minor" | "machine-translated" | "official":
            yield "yes", (tr("yes"), tr_context("search", "yes"), "true")
            yield "no", (tr("no"), tr_context("search", "no"), "false")
