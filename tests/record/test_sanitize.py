"""Control characters, invisible characters and stacked accents are removed from the text of a store."""

import pytest

from kjtui.record.sanitize import may_need_sanitizing, sanitize, sanitize_tree
from kjtui.record.store import load
from support.broken_stores import event
from support.stores import MakeStore, Tables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b]52;c;aGk=\x07x", "]52;c;aGk=x"),
        ("a\x9b2Jb", "a2Jb"),
        ("left\u202eright", "leftright"),
        ("Photo\u1160\u115fresist", "Photoresist"),
        ("Photo\u3164\uffa0\u2800resist", "Photoresist"),
        ("Photo\U0001343f\U00016fe4\U0001d159resist", "Photoresist"),
        ("\u1112\u1161\u11ab", "\u1112\u1161\u11ab"),
        ("one\r\ntwo\tthree", "one two three"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\U0001f468\u200d\U0001f469\ufe0f", "\U0001f468\U0001f469"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e" + "\u0301" * 50, "e\u0301\u0301\u0301"),
        ("ก" + "\u0e49" * 50, "ก" + "\u0e49" * 8),
        ("가" + "\u11a8" * 50, "가" + "\u11a8" * 8),
        ("ကြ" + "\u103d\u103e\u102d\u102f\u1037", "ကြ" + "\u103d\u103e\u102d\u102f\u1037"),
        ("—" * 50, "—" * 50),
        ("불화수소 フッ化水素 – “quoted”", "불화수소 フッ化水素 – “quoted”"),
    ],
)
def test_sanitized_text(text: str, expected: str) -> None:
    assert sanitize(text) == expected
    assert sanitize(expected) == expected


def test_keys_and_values_of_any_depth_are_sanitized() -> None:
    dirty = {"ev\u200bents": [{"title": "a\x07"}, ["b\x1b", 1, None]]}
    assert sanitize_tree(dirty) == {"events": [{"title": "a"}, ["b", 1, None]]}


def test_keys_that_would_become_equal_are_refused() -> None:
    with pytest.raises(ValueError, match="two keys differ only by unseen characters"):
        sanitize_tree({"events": 1, "ev\u200bents": 2})


@pytest.mark.slow
def test_the_quick_scan_misses_no_character_that_sanitizing_changes() -> None:
    texts = [chr(code) * 20 for code in range(0x7F, 0x40000) if not 0xD800 <= code < 0xE000]
    changed = [text for text in texts if sanitize(text) != text]
    assert len(changed) > 1000
    assert [text for text in changed if not may_need_sanitizing(f'{{"title": "{text}"}}'.encode())] == []


@pytest.mark.parametrize("code", range(0x20))
def test_no_control_character_survives_loading(tables: Tables, make_store: MakeStore, code: int) -> None:
    event(tables)["title"] = f"a{chr(code)}b"
    assert load(make_store(tables)).events[0].title in ("ab", "a b")
