"""Find line break positions by the rules of Chinese, Japanese and Korean.

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
_LAST_MARKS = frozenset("、。！？…）」』")
"""Punctuation that does not count as the last character of a word."""
_FULL_WIDTH_DIGITS = frozenset("０１２３４５６７８９")
_DIGITS = frozenset("0123456789")
_COUNTED = frozenset("年月日時分秒週回期次件人社者品種国省円歳条項号章点割倍代台％%カヵヶ億万兆千度")
"""Characters of units and large numbers. They stay on the same line as the digit before them."""


class LineBreaks:
    """The positions within a text at which a line may break.

    Korean text breaks only between words, like English. Japanese text has no spaces, but Korean names in
    Japanese text are not broken either. A list of such names breaks only after punctuation marks. The last
    character of a word is never alone on a line.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._word_end = 0  # of the word that ``_only_after_pauses`` is about
        self._only_after_pauses = False

    def last(self, start: int, last: int) -> int:
        """Return the last position up to ``last`` at which a line from ``start`` may break. -1 if none."""
        space = self._text.rfind(" ", start, last + 1)
        for position in range(last, max(start, space + 1), -1):
            if self._is_break(position):
                return position
        return space

    def _is_break(self, position: int) -> bool:
        """Return whether a line may break between two characters of a word."""
        before, after = self._text[position - 1], self._text[position]
        if not (_is_within(before, _IDEOGRAPHIC) or _is_within(after, _IDEOGRAPHIC)):
            return False
        if not may_part(before, after):
            return False
        return before in _PAUSES or not (self._is_last(position) or self._breaks_after_pauses(position))

    def _is_last(self, position: int) -> bool:
        """Return whether a character is the last of its word. Punctuation after the character is ignored."""
        text = self._text
        position += 1
        while position < len(text) and text[position] in _LAST_MARKS:
            position += 1
        return position == len(text) or text[position] == " "

    def _breaks_after_pauses(self, position: int) -> bool:
        """Return whether the word at a position breaks only after punctuation marks."""
        if position >= self._word_end:
            text = self._text
            end = text.find(" ", position)
            self._word_end = len(text) if end < 0 else end
            word = text[text.rfind(" ", 0, position) + 1 : self._word_end]
            self._only_after_pauses = not _has(word, _KANA) and _has(word, _HANGUL)
        return self._only_after_pauses


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
