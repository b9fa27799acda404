"""The language of the interface. Messages are translated with ``gettext`` catalogues.

English is the language of the source code, so it needs no catalogue. A catalogue maps English messages to
their translations. A message without a translation stays English.
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
"""Maps the ISO 639-1 code of each language to the native name of the language."""

LOCALES = Path(__file__).parent / "words" / "locale"
"""The folder of the catalogues. For example, ``ko/LC_MESSAGES/kjtui.mo`` translates the interface."""

_current = ENGLISH
_catalogue: NullTranslations | None = None


class LanguageError(Exception):
    """A language cannot be used. The message is one line."""


def use_language(code: str) -> None:
    """Translate messages into a language from now on.

    Raises:
        LanguageError: There is no such language, or its catalogue has not been compiled.
    """
    global _current, _catalogue
    if code not in LANGUAGES:
        raise LanguageError(f"there is no language {code[:20]!r}; available: {', '.join(LANGUAGES)}")
    _catalogue = None if code == ENGLISH else _load(code)
    _current = code


def current_language() -> str:
    """Return the code of the language in use."""
    return _current


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Translate messages into a language within a ``with`` block. Raises ``LanguageError``."""
    before = _current
    use_language(code)
    try:
        yield
    finally:
        use_language(before)


def grouped(number: float) -> str:
    """Return a number for a sentence: ``38,339`` or ``1.5``, in Japanese ``38339``."""
    text = f"{number:,}".removesuffix(".0")
    return text.replace(",", "") if _current == "ja" else text


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
    """Translate a message whose translation depends on the context.

    Args:
        context: A word such as ``"outcome"`` that tells translators where the message is used.
        message: The English text.
    """
    return _catalogue.pgettext(context, message) if _catalogue else message


def join_items(items: Iterable[str]) -> str:
    """Join the items of a list: "a, b", or "a、b" in Japanese."""
    return tr("{items}, {item}", items="", item="").join(items)


def join_names(names: Iterable[str]) -> str:
    """Join names: "Japan, Korea", or with middle dots in Korean."""
    return tr("{names}, {name}", names="", name="").join(names)


def join_clauses(clauses: Iterable[str]) -> str:
    """Join clauses that may contain commas: "a, b; c"."""
    return tr("{clauses}; {clause}", clauses="", clause="").join(clauses)


def join_sentences(sentences: Iterable[str]) -> str:
    """Join sentences with spaces, or without spaces in Japanese."""
    return tr("{sentences} {sentence}", sentences="", sentence="").join(filter(None, sentences))


def labelled(label: str, value: str = "") -> str:
    """Return a label and a value: "label: value". Without a value, return the label and the colon."""
    return tr("{label}: {value}", label=label, value=value)


def noted(text: str, note: str) -> str:
    """Return a text followed by a note in parentheses. Without a note, return the text alone.

    In Korean and Japanese, a note that follows other parentheses is separated by a comma, because these
    languages have no space between the two pairs.
    """
    if not note:
        return text
    if _current != ENGLISH and text.endswith((")", "）")):
        return join_items((text, note))
    return tr("{text} ({note})", text=text, note=note)


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return tr("“{text}”", text=text)


def language_of(environment: Mapping[str, str] | None = None) -> str:
    """Return the language set by the environment variables of ``gettext``. The default is English."""
    variables = os.environ if environment is None else environment
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name):
            code = value.partition(":")[0].partition(".")[0].partition("_")[0].lower()
            return code if code in LANGUAGES else ENGLISH
    return ENGLISH


def preferred_language(header: str) -> str:
    """Return the available language that an Accept-Language header prefers. The default is English."""
    candidates = []
    for position, preference in enumerate(header[:1000].split(",")):
        tag, _, quality = preference.strip().partition(";q=")
        code = tag.partition("-")[0].lower()
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if code in LANGUAGES and weight > 0:
            candidates.append((-weight, position, code))
    return min(candidates)[2] if candidates else ENGLISH


class _Quoted(str):
    """A text whose ``repr`` has the quotation marks of the current language.

    As in the ``repr`` of any text, special characters are escaped.
    """

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
