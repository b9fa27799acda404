"""Line breaks and cell widths in Latin, Japanese and Korean text."""

import textwrap
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kjtui.words.wrap import cells, cut, fit, wrap, wrap_address


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=200), st.integers(12, 40))
def test_a_wrapped_address_loses_nothing(address: str, width: int) -> None:
    lines = wrap_address(address, width, "  ")
    assert all(cells(line) <= width for line in lines)
    assert "".join(line.removeprefix("  ") for line in lines) == address


def test_an_address_is_broken_before_a_mark_and_its_spaces_are_encoded() -> None:
    assert wrap_address("https://a.example/one two/three-four", 24, "  ") == [
        "  https://a.example",
        "  /one%20two/three-four",
    ]
    assert wrap_address("", 24, "  ") == []


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"]), max_size=60
)


@given(texts, st.integers(2, 40))
def test_wrapping_keeps_every_character_within_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_characters_that_belong_together_are_parted_if_a_line_has_no_room_for_them() -> None:
    assert wrap("000£漢", 2) == ["00", "0£", "漢"]


def test_a_word_begins_on_the_second_line_if_the_first_has_no_room_for_a_character() -> None:
    assert wrap("漢字と仮名", 6, "12345", "") == ["12345", "漢字と", "仮名"]
    assert wrap("漢字と仮名", 6, "1234", "") == ["1234漢", "字と", "仮名"]


@given(st.lists(st.text("abc-/.", min_size=1, max_size=12)), st.integers(18, 40))
def test_english_wraps_as_in_the_standard_library(words: list[str], width: int) -> None:
    first, rest = "1. ", " " * 4
    expected = textwrap.wrap(
        " ".join(words), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
    assert wrap(" ".join(words), width, first, rest) == expected


@given(
    st.lists(
        st.sampled_from(
            ("漢", "カナ", "「漢」", "か、", "す。", "（漢）", "12%の", "漢、경산성", "8月", " ", "é")
        )
    ),
    st.integers(14, 40),
)
def test_japanese_lines_begin_and_end_as_japanese_does(pieces: list[str], width: int) -> None:
    for previous, line in pairwise(wrap("".join(pieces), width)):
        assert not line.startswith(("、", "。", "」", "）", "%", "月"))
        assert not previous.endswith(("「", "（"))


def test_a_japanese_line_breaks_between_characters_but_not_before_a_full_stop_or_in_a_number() -> None:
    assert wrap("輸出管理を見直した。対象は「フッ化水素」など１２３品目。", 18) == [
        "輸出管理を見直し",
        "た。対象は「フッ化",
        "水素」など１２３",
        "品目。",
    ]
    assert wrap("見直した。2019年", 10) == ["見直した。", "2019年"]
    assert wrap("約１２３４５件", 8) == ["約", "１２３４", "５件"]


def test_a_japanese_text_fills_the_line_after_a_word() -> None:
    assert wrap("METI, 2019: 輸出管理の見直し", 20) == ["METI, 2019: 輸出管理", "の見直し"]


def test_a_korean_name_in_a_japanese_text_stays_whole_and_no_line_begins_with_a_full_stop() -> None:
    assert wrap("韓国語の名称は「산업통상부」（産業通商省）となった。資源産業は", 30) == [
        "韓国語の名称は「산업통상부」",
        "（産業通商省）となった。資源産",
        "業は",
    ]


def test_names_in_several_scripts_break_after_a_comma() -> None:
    assert wrap("강제징용、강제동원、징용공、wartime labour", 24) == [
        "강제징용、강제동원、",
        "징용공、wartime labour",
    ]


def test_a_number_stays_with_its_unit_and_no_last_character_stands_alone() -> None:
    assert wrap("次回は2020年12月16日", 16) == ["次回は2020年12月", "16日"]
    assert wrap("次回は2020年12月16日", 15) == ["次回は2020年", "12月16日"]
    assert wrap("二日の間に変わったこと", 20) == ["二日の間に変わった", "こと"]
    assert wrap("状態を変更した。", 14) == ["状態を変更", "した。"]


def test_a_korean_line_breaks_between_words_where_it_can() -> None:
    assert wrap("한국 정부는 수출규제에", 12) == ["한국 정부는", "수출규제에"]
    assert wrap("수출규제에대한", 10) == ["수출규제에", "대한"]


@given(texts, st.integers(2, 40))
def test_fitting_gives_exactly_the_width(text: str, width: int) -> None:
    assert cells(fit(text, width)) == width
    beginning, rest = cut(text, width)
    assert beginning + rest == text
    assert cells(beginning) <= width
