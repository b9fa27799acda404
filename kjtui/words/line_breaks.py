"""Find line break positions within a word, by the rules of Chinese, Japanese and Korean.

The module uses no regular expressions. With these large character classes, their compilation would take
longer than printing the output of a command.
"""

from __future__ import annotations

from bisect import bisect_right

_IDEOGRAPHIC = (
    "\u2e80\u303f\u3040\u312f\u31a0\u4dbf\u4e00\u9fff\uf900\ufaff\ufe30\ufe4f\uff01\uff9f\uffe0\uffe6"
    "\U00020000\U0003ffff"
)
"""First and last character of each range of Chinese and Japanese characters."""
_HANGUL = "\u1100\u11ff\u3130\u318f\ua960\ua97f\uac00\ud7ff"
"""First and last character of each range of Korean characters."""
_KANA = "\u3041\u30ff\uff66\uff9f"
"""First and last character of each range of Japanese syllables."""
_NO_START = frozenset(
    "、。，．・：；？！ー々〻ゝゞヽヾ）］｝〕〉》」』】〙〗〟｠～〜゠…‥–—％‰℃°′″”’"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ\u3099\u309a,.:;?!)]}%"
)
"""Characters that must not begin a line in Japanese."""
_NO_END = frozenset("（［｛〔〈《「『【〘〖〝｟“‘￥＄＃£$([{#")
"""Characters that must not end a line in Japanese."""
_PAUSES = frozenset("、。，．；：！？）］｝〕〉》」』】／")
"""Punctuation after which a line may break in any text."""
_FULL_WIDTH_DIGITS = frozenset("０１２３４５６７８９")
_DIGITS = frozenset("0123456789")
_COUNTED = frozenset("年月日時分秒週回期次件人社者品種国省円歳条項号章点割倍代台％%カヵヶ億万兆千度")
"""Characters of units and large numbers. They stay on the same line as the digit before them."""


def units_of(word: str) -> list[str]:
    """Return the parts of a word between which a line may break.

    Korean text breaks only between words, like English. Japanese text has no spaces, but Korean names in
    Japanese text are not broken either. A list of such names breaks only after punctuation marks. The last
    character of a word is never alone on a line.
    """
    only_after_pauses = _has(word, _HANGUL) and not _has(word, _KANA)
    units = []
    start = 0
    before_is_ideograph = _is_within(word[0], _IDEOGRAPHIC)
    for index in range(1, len(word)):
        character = word[index]
        is_ideograph = _is_within(character, _IDEOGRAPHIC)
        before = word[index - 1]
        parts = (before_is_ideograph or is_ideograph) and may_part(before, character)
        if parts and (before in _PAUSES or not only_after_pauses):
            units.append(word[start:index])
            start = index
        before_is_ideograph = is_ideograph
    last = word[start:]
    if units and len(last.rstrip("、。！？…）」』")) == 1 and units[-1][-1] not in _PAUSES:
        last = units.pop() + last
    return [*units, last]


def may_part(before: str, after: str) -> bool:
    """Return whether a line may break between two characters."""
    if before in _NO_END or after in _NO_START or "\u0300" <= after <= "\u036f":
        return False
    if before in _DIGITS and after in _COUNTED:
        return False
    return not (before in _FULL_WIDTH_DIGITS and after in _FULL_WIDTH_DIGITS)


def _has(word: str, ranges: str) -> bool:
    return any(_is_within(character, ranges) for character in word)


def _is_within(character: str, ranges: str) -> bool:
    """Return whether a character is in one of the sorted ranges.

    The ranges are given by their first and last characters.
    """
    position = bisect_right(ranges, character)
    return position % 2 == 1 or (position > 0 and ranges[position - 1] == character)
