"""The language of the interface: ``gettext`` catalogues, chosen once when the program starts.

English is the language of the source code, so it loads no catalogue. A catalogue maps each English message to
its translation; a message without one stays English.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

ENGLISH = "en"

LANGUAGES: Mapping[str, str] = {ENGLISH: "English", "ko": "한국어", "ja": "日本語"}
"""The name of each language in that language, by ISO 639-1 code."""

LOCALES = Path(__file__).parent / "words" / "locale"
"""Folder of the catalogues: ``ko/LC_MESSAGES/kjtui.mo`` for the interface."""

_current = ENGLISH
_catalogue: NullTranslations | None = None


class LanguageError(Exception):
    """A language cannot be used; the message is one line."""


def use_language(code: str) -> None:
    """Translate messages into a language from now on.

    Raises:
        LanguageError: There is no such language, or its catalogue has not been compiled.
    """
    global _current, _catalogue
    if code not in LANGUAGES:
        raise LanguageError(f"there is no language {code[:20]!r}; there are {', '.join(LANGUAGES)}")
    _catalogue = None if code == ENGLISH else _load(code)
    _current = code


def current_language() -> str:
    """Return the code of the language in use."""
    return _current


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Translate messages into a language for a while. Raises ``LanguageError`` as ``use_language`` does."""
    before = _current
    use_language(code)
    try:
        yield
    finally:
        use_language(before)


def tr(message: str, /, **values: object) -> str:
    """Translate a message and fill in its named placeholders.

    Args:
        message: The English text, such as ``"Saved {path}"``.
        values: The values of the placeholders.
    """
    translated = _catalogue.gettext(message) if _catalogue and message else message
    if not values:
        return translated
    if _catalogue and "!r}" in translated:
        values = {name: _Quoted(value) if isinstance(value, str) else value for name, value in values.items()}
    return translated.format_map(values)


def tr_context(context: str, message: str, /) -> str:
    """Translate a message whose meaning depends on the context.

    Args:
        context: What the message is about, for translators: ``"outcome"``.
        message: The English text.
    """
    return _catalogue.pgettext(context, message) if _catalogue else message


def join_items(items: Iterable[str]) -> str:
    """Return items of a list as one text: "a, b", in Japanese "a、b"."""
    return tr("{items}, {item}", items="", item="").join(items)


def join_names(names: Iterable[str]) -> str:
    """Return names as one text: "Japan, Korea", in Korean with middle dots."""
    return tr("{names}, {name}", names="", name="").join(names)


def join_clauses(clauses: Iterable[str]) -> str:
    """Return clauses, which may have commas of their own, as one text: "a, b; c"."""
    return tr("{clauses}; {clause}", clauses="", clause="").join(clauses)


def join_sentences(sentences: Iterable[str]) -> str:
    """Return sentences as one text; Japanese writes no space between them."""
    return tr("{sentences} {sentence}", sentences="", sentence="").join(filter(None, sentences))


def labelled(label: str, value: str = "") -> str:
    """Return a value after its label: "label: value". Without a value, return the label and its colon."""
    return tr("{label}: {value}", label=label, value=value)


def noted(text: str, note: str) -> str:
    """Return a text followed by a note in parentheses. Without a note, return the text alone."""
    return tr("{text} ({note})", text=text, note=note) if note else text


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return tr("“{text}”", text=text)


def language_of(environment: Mapping[str, str] | None = None) -> str:
    """Return the language of the environment, by the rules of ``gettext``; English by default."""
    variables = os.environ if environment is None else environment
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name):
            code = value.partition(":")[0].partition(".")[0].partition("_")[0].lower()
            return code if code in LANGUAGES else ENGLISH
    return ENGLISH


def preferred_language(header: str) -> str:
    """Return the best language for an Accept-Language header; English by default."""
    wanted = []
    for position, part in enumerate(header[:1000].split(",")):
        tag, _, quality = part.strip().partition(";q=")
        code = tag.partition("-")[0].lower()
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if code in LANGUAGES and weight > 0:
            wanted.append((-weight, position, code))
    return min(wanted)[2] if wanted else ENGLISH


class _Quoted(str):
    """A text whose ``repr`` has the quotation marks of the language, and the escapes of ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return quoted(super().__repr__()[1:-1])


@lru_cache(maxsize=len(LANGUAGES))
def _load(code: str) -> GNUTranslations:
    path = LOCALES / code / "LC_MESSAGES" / "kjtui.mo"
    try:
        with path.open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        raise LanguageError(f"the {code} catalogue is not compiled; install kjtui with pip") from None
