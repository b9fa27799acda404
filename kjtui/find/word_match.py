"""Search texts in any language for the words of a query: whole words, beginnings of words, and phrases.

Texts and queries are folded first: case, character width, Unicode composition and punctuation do not matter.
Folded text has one space between words and at each end. A plain string search for " word" then finds the
start of a word, and a search for " word " finds a whole word. Latin letters within Japanese
or Korean text become separate words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from kjtui.find.japanese_particles import without_particles
from kjtui.find.korean_particles import without_certain_particle, without_uncertain_particle

_SEPARATORS = "-/\\_&+*=<>|~^@#$%'’‘\t\n\r"
_PUNCTUATION = str.maketrans(_SEPARATORS, " " * len(_SEPARATORS), '.,;:!?()[]{}"“”`')
_DROPPED = re.compile(r"[.,;:!?()\[\]{}\"“”`]+")
_SYMBOLS = re.compile(r"[^\w\x01]+")
_UNSPACED = (
    *(("\u1100", "\u11ff"), ("\u2e80", "\u9fff"), ("\uac00", "\ud7ff")),
    *(("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff")),
)
"""First and last character of each range of Chinese, Japanese and Korean characters."""
_LATIN_AFTER = r"[a-z](?<=[\u2e80-\U0003ffff][a-z])"
_LATIN_BEFORE = r"[a-z][a-z0-9]*+(?=[\u2e80-\U0003ffff])"
"""Latin letters directly after or before such a character, as in "GSOMIAの". Compiled on first use."""
_UNFINISHED = r"(?<=[\uac00-\ud7a3])[\u1100-\u11ff]+$"
"""Single Korean letters at the end of a text: the beginning of a syllable that is still being typed."""
_TOKEN = re.compile(
    r"""(?P<minus>(?<!\S)-(?=[^\s-]))?"""
    r"""(?:["“”「『](?P<phrase>[^"“”」』]*)(?P<end>["“”」』]?)|(?P<word>[^\s"“”]+))"""
)
_DAY = re.compile(r"\d{4}-\d{2}(-\S+)?")

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
_ORDINAL_NUMBERS = {word: number for number, word in enumerate(_ORDINALS, 1)}
_ORDINAL = re.compile(
    r"(?P<number>\d{1,4})(?:st|nd|rd|th)|[第제]? ?(?P<round>\d{1,4}|[一二三四五六七八九十]{1,3}) ?[回차회]"
)
_KANJI_NUMBERS = {
    f"{tens}{digit}": 10 * ten + number
    for ten, tens in enumerate(("", "十"))
    for number, digit in enumerate(("", *"一二三四五六七八九"))
}
"""The numbers up to 19 in Chinese characters, as in Japanese names of meetings."""
_BRITISH_AND_AMERICAN = (
    *(("licence", "license"), ("licencing", "licensing"), ("defence", "defense"), ("offence", "offense")),
    *(("labour", "labor"), ("favour", "favor"), ("neighbour", "neighbor"), ("behaviour", "behavior")),
    *(("programme", "program"), ("centre", "center"), ("cancelled", "canceled")),
)
"""Common words with a British and an American spelling."""
_ISE_OR_IZE = re.compile(r"[a-z]{3}i(?P<letter>[sz])(?:e[ds]?|ing|ations?)\b")
_INFLECTED = re.compile(
    r"(?P<stem>[a-z]{4,}?)(?:ing|(?<!e)ed|ies|(?<=[cszxh])es|(?<=e)s|(?<![suie])s|(?<=[vs])al)"
)
"""An English word with an inflectional suffix."""
_JOINED = re.compile(r"(?=(?:\d*[\uac00-\ud7a3]){4})[\d\uac00-\ud7a3]*[\uac00-\ud7a3]")
"""A Korean word that may consist of several nouns, such as 제3자변제. The spaces are optional."""
_BETWEEN_WORDS = re.compile(
    r"(?<=[\uac00-\ud7a3]) (?=[\uac00-\ud7a3])|(?<=[\u3041-\u30ff]) (?=[\u3041-\u30ff])"
)
"""A space between two Korean words or between two Japanese words in kana, such as ムン・ジェイン."""
_LONG_E = re.compile("(?<=[エケセテネヘメレゲゼデベペェ])イ")
"""The second half of a long vowel. In Japanese, a bar can replace it: ディスプレイ or ディスプレー."""
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
"""The katakana of each hiragana, for `str.translate`."""
_LONGEST_QUERY = 1_000
"""Maximum length of a query in characters. The rest of a longer query is ignored."""


def fold(text: str) -> str:
    """Normalize case, character width and punctuation for search. Single spaces separate the words."""
    if text.isascii():
        folded = text.lower().translate(_PUNCTUATION)
    else:
        # Regular expressions, because `str.translate` takes twice as long for text that is not ASCII.
        compatible = _LONG_E.sub("ー", unicodedata.normalize("NFKC", text).casefold())
        folded = _SYMBOLS.sub(" ", _DROPPED.sub("", compatible))
        folded = re.sub(_LATIN_BEFORE, r"\g<0> ", re.sub(_LATIN_AFTER, r" \g<0>", folded))
    if "  " in folded:
        folded = " ".join(folded.split())
    return folded.strip()


def fold_text(text: str) -> str:
    """Fold a text and add a space at each end, so that a needle can begin or end with a space."""
    return f" {fold(text)} "


def compact_day(text: str) -> str:
    """Remove the hyphens of a date, or of an id that begins with a date.

    The result is one word that begins with the year and the month.
    """
    return text.replace("-", "")


class Word(Struct, frozen=True):
    """A word or a phrase of a query.

    Attributes:
        text: the folded word.
        whole: whether to try whole words before prefixes. True for abbreviations and short numbers.
        strict: whether the word was quoted. A quoted word matches only whole words.
    """

    text: str
    whole: bool = False
    strict: bool = False

    @property
    def needles(self) -> tuple[str, ...]:
        """Return the strings to search for in folded text. The second string is a fallback for the first."""
        if is_unspaced(self.text):
            # If the first word of a phrase is a single character, as in "가 지역", the phrase must match at
            # the start of a word. Inside words, the phrase would match by chance.
            return (f" {self.text}",) if self.text[1:2] == " " else (self.text,)
        if self.strict:
            return (f" {self.text} ",)
        if self.whole:
            return f" {self.text} ", f" {self.text}"
        return (f" {self.text}",)

    @property
    def separated(self) -> re.Pattern[str] | None:
        """Return a pattern for a Korean word with optional spaces: "캐치올 규제" for "캐치올규제".

        ``None`` for other words.

        A match begins at the start of a word, so that it does not combine parts of unrelated words. The
        pattern also allows the prefix "제": "제8차 정책대화" for "8차정책대화".
        """
        if self.strict or not _JOINED.fullmatch(self.text):
            return None
        return re.compile(" 제?" + " ?".join(self.text))

    @property
    def variants(self) -> tuple[Word, ...]:
        """Return other forms of the word: ordinals, British or American spelling, and inflections.

        Inflections are omitted if the word is quoted.
        """
        variants = [Word(text) for text in _ordinals(self.text)]
        variants += [Word(text, self.whole, self.strict) for text in _spellings(self.text)]
        if not self.strict and not self.whole:
            for word in (self, *variants):
                if stem := _stem(word.text):
                    variants.append(Word(stem))
        return tuple(variants)

    @property
    def without_certain_particle(self) -> Word:
        """Return the word without a Korean particle such as 를. A quoted word is returned unchanged."""
        return self._shortened(without_certain_particle(self.text))

    @property
    def without_uncertain_particle(self) -> Word:
        """Return the word without a Korean particle such as 가, with which many nouns end too.

        A quoted word is returned unchanged.
        """
        return self._shortened(without_uncertain_particle(self.text))

    @property
    def nouns(self) -> tuple[Word, ...]:
        """Return the nouns of a Japanese phrase without its particles. A word without particles has none.

        A quoted phrase has none either.
        """
        return () if self.strict else tuple(Word(noun, self.whole) for noun in without_particles(self.text))

    def _shortened(self, stem: str) -> Word:
        return self if self.strict or not stem else Word(stem, self.whole)


def joined(text: str) -> str:
    """Remove the spaces between words in hangul or kana, to compare names with different spacing.

    Hiragana becomes katakana, because the reading of a name can be typed in either. The text is folded, so a
    middle dot between two words in kana is a space.
    """
    if text.isascii():
        return text
    return _LONG_E.sub("ー", _BETWEEN_WORDS.sub("", text).translate(_KATAKANA))


def _ordinals(word: str) -> list[str]:
    """Return other ways to write an ordinal number, such as "eighth" for "8th"."""
    match = _ORDINAL.fullmatch(word)
    number = _ORDINAL_NUMBERS.get(word, 0)
    if match:
        typed = match["number"] or match["round"]
        number = int(typed) if typed.isdecimal() else _KANJI_NUMBERS.get(typed, 0)
    if not number:
        return []
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0, "th")
    ordinals = [f"{number}{ending}", f"第{number}回", f"제{number}차", f"제{number}회", f"{number}차"]
    if number <= len(_ORDINALS):
        ordinals.append(_ORDINALS[number - 1])
    return [text for text in ordinals if text != word]


def _spellings(text: str) -> list[str]:
    """Return a text with British words in American spelling, and with American words in British spelling."""
    spellings = []
    for british, american in _BRITISH_AND_AMERICAN:
        if british in text:
            spellings.append(text.replace(british, american))
        elif american in text:
            spellings.append(text.replace(american, british))
    if match := _ISE_OR_IZE.search(text):
        other_letter = "z" if match["letter"] == "s" else "s"
        spellings.append(text[: match.start("letter")] + other_letter + text[match.end("letter") :])
    return spellings


def _stem(word: str) -> str:
    """Return the stem of an inflected English word: "suspend" for "suspended". Empty for other words."""
    match = _INFLECTED.fullmatch(word)
    return match["stem"] if match else ""


def is_unspaced(text: str) -> bool:
    """Return whether a text has Chinese, Japanese or Korean characters.

    Such a text may lack spaces between words.
    """
    # No regular expression, because compiling one with these ranges takes 2 ms.
    return not text.isascii() and any(
        first <= character <= last for character in text for first, last in _UNSPACED
    )


def parse_words(query: str) -> tuple[Word, ...]:
    """Return the words and quoted phrases that a query requires, without duplicates."""
    return _parse(query, excluded=False)


def parse_excluded(query: str) -> tuple[Word, ...]:
    """Return the words and quoted phrases that a query excludes with a minus sign."""
    return _parse(query, excluded=True)


def _parse(query: str, *, excluded: bool) -> tuple[Word, ...]:
    words: dict[str, Word] = {}
    for token in _TOKEN.finditer(query[:_LONGEST_QUERY]):
        if bool(token["minus"]) is not excluded:
            continue
        typed = token["word"] or token["phrase"]
        if _DAY.fullmatch(typed):
            typed = compact_day(typed)
        text = re.sub(_UNFINISHED, "", fold(typed))
        if text:
            words.setdefault(text, Word(text, _is_whole(typed), bool(token["end"])))
    return tuple(words.values())


def matches(query: str, texts: Iterable[str]) -> bool:
    """Return whether every word of a query occurs in the texts, as a word or as the start of a word.

    A word with a minus sign must not occur.
    """
    words, excluded = parse_words(query), parse_excluded(query)
    if not words and not excluded:
        return True
    folded = fold_text(" ".join(texts))
    if any(_occurs(word, folded) for word in excluded):
        return False
    return all(_occurs(word, folded) for word in words)


def language_of_words(text: str) -> str:
    """Guess the language of a text from its script, and return the ISO 639-1 code.

    Empty if the text has no letters.
    """
    if any("\u1100" <= character <= "\u11ff" or "\uac00" <= character <= "\ud7ff" for character in text):
        return "ko"
    if is_unspaced(text):
        return "ja"
    return "en" if any(character.isalpha() for character in text) else ""


def _occurs(word: Word, folded: str) -> bool:
    if any(needle in folded for form in (word, *word.variants) for needle in form.needles[:1]):
        return True
    if word.separated and word.separated.search(folded):
        return True
    stem = word.without_certain_particle
    if stem is not word and _occurs(stem, folded):
        return True
    return bool(word.nouns) and all(_occurs(noun, folded) for noun in word.nouns)


def _is_whole(typed: str) -> bool:
    """Return whether a word is an abbreviation or a short number. "US" must not match "use"."""
    if typed.isdigit():
        return len(typed) <= 3
    return typed.isupper() or len(typed) == 2
