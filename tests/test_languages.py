"""The choice of the interface language, and the error for an unknown language."""

import pytest

from kjtui.languages import (
    LanguageError,
    current_language,
    grouped,
    join_clauses,
    join_items,
    join_names,
    join_sentences,
    labelled,
    language_of,
    noted,
    preferred_language,
    quoted,
    speaking,
    tr,
    use_language,
)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ja_JP.eucJP"}, "ja"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANGUAGE": "ja:en", "LANG": "ko_KR"}, "ja"),
        ({"LANG": "ko_KR", "LC_MESSAGES": "en_US"}, "en"),
    ],
)
def test_the_environment_names_a_language_by_the_rules_of_gettext(
    environment: dict[str, str], language: str
) -> None:
    assert language_of(environment) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("de,ja;q=0.5,en;q=0.4", "ja"),
        ("en-GB,ko;q=0.9", "en"),
        ("ja;q=0,ko;q=x", "en"),
        ("*", "en"),
    ],
)
def test_a_browser_names_the_languages_it_prefers(header: str, language: str) -> None:
    assert preferred_language(header) == language


def test_english_needs_no_catalogue_and_fills_in_named_placeholders() -> None:
    assert current_language() == "en"
    assert tr("Saved {path}", path="day.txt") == "Saved day.txt"
    assert tr("Saved {path}") == "Saved {path}"


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "text", "message"),
    [
        ("en", "x", "'x' is not a key"),
        ("ko", "x", "“x”: 키가 아님"),
        ("ja", "x", "「x」はキーではない"),
        ("ja", "\x1b", "「\\x1b」はキーではない"),
    ],
)
def test_a_value_in_a_message_has_the_quotation_marks_of_the_language(
    language: str, text: str, message: str
) -> None:
    with speaking(language):
        assert tr("{text!r} is not a key", text=text) == message


def test_an_unknown_language_is_refused_in_one_line() -> None:
    with pytest.raises(LanguageError, match=r"^there is no language 'xx'; available: en, ko, ja$"):
        use_language("xx")


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "joined"),
    [
        ("en", ["a, b", "a, b", "a; b", "a b", "a: b", "a (b)", "“a”"]),
        ("ko", ["a, b", "a·b", "a / b", "a b", "a: b", "a(b)", "“a”"]),
        ("ja", ["a、b", "a、b", "a／b", "ab", "a：b", "a（b）", "「a」"]),
    ],
)
def test_texts_are_joined_as_the_language_joins_them(language: str, joined: list[str]) -> None:
    with speaking(language):
        assert [
            *(join("ab") for join in (join_items, join_names, join_clauses, join_sentences)),
            labelled("a", "b"),
            noted("a", "b"),
            quoted("a"),
        ] == joined
        assert noted("a", "") == "a"


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "text", "with_note"),
    [("en", "a (b)", "a (b) (c)"), ("ko", "a(b)", "a(b), c"), ("ja", "a（b）", "a（b）、c")],
)
def test_a_note_after_parentheses_is_not_in_parentheses_without_a_space(
    language: str, text: str, with_note: str
) -> None:
    with speaking(language):
        assert noted(text, "c") == with_note


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(("language", "text"), [("en", "38,339"), ("ko", "38,339"), ("ja", "38339")])
def test_a_number_in_a_sentence_is_written_as_the_language_writes_it(language: str, text: str) -> None:
    with speaking(language):
        assert grouped(38339) == text
        assert grouped(1.0) == "1"
