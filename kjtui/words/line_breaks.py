"""The places within a word where a line may break, by the rules of Chinese, Japanese and Korean."""

from __future__ import annotations

import re

_IDEOGRAPHIC = (
    "\u2e80-\u303f\u3040-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6"
    "\U00020000-\U0003ffff"
)
_NO_START = (
    "、。，．・：；？！ー々〻ゝゞヽヾ）］｝〕〉》」』】〙〗〟｠～〜゠…‥–—％‰℃°′″”’"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ｡｣､･ｧ-ｰﾞﾟ\u3099\u309a"
    r",.:;?!)\]}%\u0300-\u036f"
)
"""Characters that begin no line in Japanese."""
_NO_END = r"（［｛〔〈《「『【〘〖〝｟“‘￥＄＃£$([{#"
"""Characters that end no line in Japanese."""
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHIC}]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_BREAK = re.compile(
    f"(?<![{_NO_END}])(?![{_NO_START}])(?:(?<=[{_IDEOGRAPHIC}])|(?=[{_IDEOGRAPHIC}]))(?!(?<=[０-９])[０-９])"
)
"""Matches the places between characters where a line may break in Chinese and Japanese.

A number has no such place, neither in ASCII digits nor in full-width ones.
"""


def units_of(word: str) -> list[str]:
    """Return the parts of a word between which a line may break.

    Korean breaks between words only, as English does.
    """
    if not _IDEOGRAPH.search(word) or _HANGUL.search(word):
        return [word]
    return [unit for unit in _BREAK.split(word) if unit]
