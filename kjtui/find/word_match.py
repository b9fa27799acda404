"""Match the words of a query with a text: whole words, word starts, phrases, and names in any language.

Texts and queries are folded to one spelling first: case, width, composition and punctuation do not count.
Folded text has single spaces between words and one at each end, so that " word" finds the start of a word and
" word " a whole word, by plain string search. Latin words are words of their own in Japanese and Korean text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

_SEPARATORS = "-/\\_&+*=<>|~^@#$%'’‘\t\n\r"
_PUNCTUATION = str.maketrans(_SEPARATORS, " " * len(_SEPARATORS), '.,;:!?()[]{}"“”`')
_DROPPED = re.compile(r"[.,;:!?()\[\]{}\"“”`]+")
_SYMBOLS = re.compile(r"[^\w\x01]+")
_UNSPACED = (
    *(("\u1100", "\u11ff"), ("\u2e80", "\u9fff"), ("\uac00", "\ud7ff")),
    *(("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff")),
)
"""First and last character of the scripts that write words without spaces, or join them with particles."""
_LATIN_AFTER = r"[a-z](?<=[\u2e80-\U0003ffff][a-z])"
_LATIN_BEFORE = r"[a-z][a-z0-9]*+(?=[\u2e80-\U0003ffff])"
"""A Latin word next to such a character, as GSOMIA in the Japanese for "of GSOMIA". Compiled on first use."""
_UNFINISHED = r"(?<=[\uac00-\ud7a3])[\u1100-\u11ff]+$"
"""The first letters of a Korean syllable that is still being typed, after whole syllables."""
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
    f"{tens}{one}": 10 * ten + number
    for ten, tens in enumerate(("", "十"))
    for number, one in enumerate(("", *"一二三四五六七八九"))
}
"""The numbers up to 19 in the characters that Japanese names of meetings may use."""
_BRITISH_AND_AMERICAN = (
    *(("licence", "license"), ("licencing", "licensing"), ("defence", "defense"), ("offence", "offense")),
    *(("labour", "labor"), ("favour", "favor"), ("neighbour", "neighbor"), ("behaviour", "behavior")),
    *(("programme", "program"), ("centre", "center"), ("cancelled", "canceled")),
)
"""Common words with two spellings."""
_ISE_OR_IZE = re.compile(r"[a-z]{3}i(?P<letter>[sz])(?:e[ds]?|ing|ations?)\b")
_INFLECTED = re.compile(
    r"(?P<stem>[a-z]{4,}?)(?:ing|(?<!e)ed|ies|(?<=[cszxh])es|(?<=e)s|(?<![suie])s|(?<=[vs])al)"
)
"""An English word with an inflectional suffix."""
_JOINED = re.compile(r"(?=(?:\d*[\uac00-\ud7a3]){4})[\d\uac00-\ud7a3]*[\uac00-\ud7a3]")
"""A Korean word that can join several nouns, such as 제3자변제. Writers join or separate them freely."""
_BETWEEN_HANGUL = re.compile(r"(?<=[\uac00-\ud7a3]) (?=[\uac00-\ud7a3])")
_LONG_E = re.compile("(?<=[エケセテネヘメレゲゼデベペェ])イ")
"""The second half of a long vowel that Japanese also writes as a bar: ディスプレイ, ディスプレー."""
_LONGEST_QUERY = 1_000
"""Maximum length of a query in characters; the rest is ignored."""


def fold(text: str) -> str:
    """Return the words of a text in one spelling, separated by single spaces."""
    if text.isascii():
        folded = text.lower().translate(_PUNCTUATION)
    else:
        # Regular expressions: `str.translate` takes twice as long for text that is not ASCII.
        compatible = _LONG_E.sub("ー", unicodedata.normalize("NFKC", text).casefold())
        folded = _SYMBOLS.sub(" ", _DROPPED.sub("", compatible))
        folded = re.sub(_LATIN_BEFORE, r"\g<0> ", re.sub(_LATIN_AFTER, r" \g<0>", folded))
    if "  " in folded:
        folded = " ".join(folded.split())
    return folded.strip()


def fold_text(text: str) -> str:
    """Return folded text with a space at each end, to search for needles."""
    return f" {fold(text)} "


def compact_day(text: str) -> str:
    """Return a date, or an id that begins with a date, as one word, so that year and month are prefixes."""
    return text.replace("-", "")


class Word(Struct, frozen=True):
    """A word or a phrase of a query.

    Attributes:
        text: the folded word.
        whole: whether to match whole words only, as for abbreviations and short numbers.
        strict: whether the word was quoted; prefixes are then never tried.
    """

    text: str
    whole: bool = False
    strict: bool = False

    @property
    def needles(self) -> tuple[str, ...]:
        """Return the strings to search in folded text. The second is a fallback for the first."""
        if is_unspaced(self.text):
            # A phrase that begins with one character, such as "가 지역", would match inside words by chance.
            return (f" {self.text}",) if self.text[1:2] == " " else (self.text,)
        if self.strict:
            return (f" {self.text} ",)
        if self.whole:
            return f" {self.text} ", f" {self.text}"
        return (f" {self.text}",)

    @property
    def separated(self) -> re.Pattern[str] | None:
        """Return a pattern that finds a joined Korean word in parts: "캐치올 규제" for "캐치올규제".

        The pattern matches from the start of a word, so that it does not cross unrelated words; "8차" may
        follow "제".
        """
        if self.strict or not _JOINED.fullmatch(self.text):
            return None
        return re.compile(" 제?" + " ?".join(self.text))

    @property
    def variants(self) -> tuple[Word, ...]:
        """Return other forms of the word: ordinals, British or American spelling, and inflections.

        A quoted phrase has other spellings, but no inflections.
        """
        variants = [Word(text) for text in _ordinals(self.text)]
        variants += [Word(text, self.whole, self.strict) for text in _spellings(self.text)]
        if not self.strict and not self.whole:
            for word in (self, *variants):
                if stem := _stem(word.text):
                    variants.append(Word(stem))
        return tuple(variants)


def joined(text: str) -> str:
    """Return folded text with its Korean words joined, to compare names that are spaced differently."""
    return text if text.isascii() else _BETWEEN_HANGUL.sub("", text)


def _ordinals(word: str) -> list[str]:
    """Return other ways to write an ordinal number, such as "eighth" for "8th"."""
    found = _ORDINAL.fullmatch(word)
    number = _ORDINAL_NUMBERS.get(word, 0)
    if found:
        typed = found["number"] or found["round"]
        number = int(typed) if typed.isdecimal() else _KANJI_NUMBERS.get(typed, 0)
    if not number:
        return []
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0, "th")
    ordinals = [f"{number}{ending}", f"第{number}回", f"제{number}차", f"제{number}회", f"{number}차"]
    if number <= len(_ORDINALS):
        ordinals.append(_ORDINALS[number - 1])
    return [text for text in ordinals if text != word]


def _spellings(text: str) -> list[str]:
    """Return a text in American spelling if it is British, and in British spelling if it is American."""
    spellings = []
    for british, american in _BRITISH_AND_AMERICAN:
        if british in text:
            spellings.append(text.replace(british, american))
        elif american in text:
            spellings.append(text.replace(american, british))
    if found := _ISE_OR_IZE.search(text):
        other = "z" if found["letter"] == "s" else "s"
        spellings.append(text[: found.start("letter")] + other + text[found.end("letter") :])
    return spellings


def _stem(word: str) -> str:
    """Return the stem of an inflected English word, such as "suspend" for "suspended"; empty if none."""
    found = _INFLECTED.fullmatch(word)
    return found["stem"] if found else ""


def is_unspaced(text: str) -> bool:
    """Return whether a text has characters of a script without spaces between words, or with particles."""
    # A regular expression of these ranges takes 2 ms to compile.
    return not text.isascii() and any(
        first <= character <= last for character in text for first, last in _UNSPACED
    )


def parse_words(query: str) -> tuple[Word, ...]:
    """Return the words and quoted phrases that a query requires, without duplicates."""
    return _parse(query, excluded=False)


def parse_excluded(query: str) -> tuple[Word, ...]:
    """Return the words and quoted phrases that a query excludes by a minus sign before them."""
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
    """Return whether every word of a query occurs in the texts, as a whole word or as the start of a word.

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
    """Return the ISO 639-1 code of the language in whose script a text is written; empty without letters."""
    if any("\u1100" <= character <= "\u11ff" or "\uac00" <= character <= "\ud7ff" for character in text):
        return "ko"
    if is_unspaced(text):
        return "ja"
    return "en" if any(character.isalpha() for character in text) else ""


def _occurs(word: Word, folded: str) -> bool:
    if any(needle in folded for form in (word, *word.variants) for needle in form.needles[:1]):
        return True
    return bool(word.separated and word.separated.search(folded))


def _is_whole(typed: str) -> bool:
    """Return whether a word, an abbreviation or a short number, matches only whole words: "US" not "use"."""
    if typed.isdigit():
        return len(typed) <= 3
    return typed.isupper() or len(typed) == 2
