"""Remove the particle at the end of a Korean word, so that 불화수소를 finds what 불화수소 finds."""

from __future__ import annotations

import re

_STEM = r"(?P<stem>\S.*?\S) ?"
"""At least two characters. A space separates a particle from Latin letters in folded text, as in "wto 에"."""
_CASE = "에서|에게|에|으로부터|로부터|으로|까지|부터"
_CERTAIN = re.compile(f"{_STEM}(?P<particle>(?:{_CASE})?(?:은|는)|{_CASE}|을|를|께서|처럼|보다|이라고|라고)")
_UNCERTAIN = re.compile(f"{_STEM}(?P<particle>(?:{_CASE}|로|과|와)?(?:의|도|만)|이|가|과|와|로)")
"""Particles with which many nouns end too, such as 회의 and 국가."""
_SYLLABLES = ("가", "힣")
_FINAL_CONSONANTS = 28
"""The number of final consonants of a syllable, including none, which comes first."""
_FINAL_L = 8
"""The number of the final consonant ㄹ, after which 로 does not become 으로."""


def without_certain_particle(word: str) -> str:
    """Return a folded word without a particle that is rarely a part of a noun. Empty if it has none."""
    return _without(_CERTAIN, word)


def without_uncertain_particle(word: str) -> str:
    """Return a folded word without a particle that may be a part of a noun. Empty if it has none."""
    return _without(_UNCERTAIN, word)


def _without(particles: re.Pattern[str], word: str) -> str:
    match = None if word.isascii() else particles.fullmatch(word)
    return match["stem"] if match and _may_follow(match["particle"], match["stem"][-1]) else ""


def _may_follow(particle: str, syllable: str) -> bool:
    """Return whether a particle has the form that it takes after a syllable.

    Some particles have one form after a vowel and another after a consonant.
    """
    if not _SYLLABLES[0] <= syllable <= _SYLLABLES[1]:
        return True
    final = (ord(syllable) - ord(_SYLLABLES[0])) % _FINAL_CONSONANTS
    if particle[0] in "를는가와":
        return final == 0
    if particle[0] in "을은이과":
        return final != 0
    return particle[0] != "로" or final in (0, _FINAL_L)
