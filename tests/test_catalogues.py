"""The catalogues: their messages, placeholders and particles, and the stores built from the catalogues."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kjtui.record.check import validate
from support.catalogues import LOCALES, TRANSLATED, catalogues, messages, read_catalogue

_PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}|%\(\w+\)[rs]|%[rs]")
_SEPARATOR = ":,"
"""Format of thousands separators, which Japanese does without."""
_PARTICLE = re.compile(r"\}(은|는|이|가|을|를|와|과|으로|로|의|에|도|만)(?![가-힣])")


def translations(name: str) -> Iterator[tuple[str, str, str]]:
    for language in TRANSLATED:
        for message in read_catalogue(LOCALES / language / "LC_MESSAGES" / name):
            if message.id and message.string:
                yield language, str(message.id), str(message.string)


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(LOCALES.glob("*/LC_MESSAGES/*.po")), ids=str)
def test_a_catalogue_is_as_tests_regenerate_writes_it(path: Path) -> None:
    assert path.read_bytes() == catalogues()[path]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_translates_every_message_once_it_is_filled(language: str) -> None:
    catalogue = read_catalogue(LOCALES / language / "LC_MESSAGES" / "kjtui.po")
    missing = []
    for context, text in messages():
        message = catalogue.get(text, context)
        assert message is not None, text
        if not message.string:
            missing.append(text)
    assert missing == []


def test_translations_have_the_placeholders_of_their_messages() -> None:
    for language, english, translation in translations("kjtui.po"):
        assert _placeholders(translation) == _placeholders(english), (language, english)


def _placeholders(text: str) -> list[str]:
    return sorted(found[0].replace(_SEPARATOR, "") for found in _PLACEHOLDER.finditer(text))


def test_no_korean_particle_follows_a_placeholder() -> None:
    for language, english, translation in translations("kjtui.po"):
        if language == "ko":
            assert not _PARTICLE.search(translation), english


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_store_of_a_language_has_no_faults(language: str, built_catalogues: Path) -> None:
    assert list(validate(built_catalogues / language / "data.json")) == []
