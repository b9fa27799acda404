"""Split a Japanese phrase at its particles, so that フッ化水素の許可 finds what フッ化水素 許可 finds."""

from __future__ import annotations

import re

_COMPOUND = (
    *("に対して", "に対する", "に対し", "に関して", "に関する", "に基づいて", "に基づく", "に基づき"),
    *("に向けて", "に向けた", "に伴って", "に伴う", "を巡って", "を巡る", "をめぐって", "をめぐる"),
    *("について", "によって", "によると", "による", "により", "において", "における", "にとって"),
    *("として", "を通じて", "を通じた"),
)
"""Particles that consist of several words. They are recognized after any character."""
_NOUN = "a-z0-9ァ-ー々一-鿿"
_PARTICLES = re.compile(
    f"(?:(?<=[{_NOUN}]) ?|(?<=[ぁ-ん]))(?:{'|'.join(_COMPOUND)})[はもの]?(?= ?[{_NOUN}]|$)"
    f"|(?<=[{_NOUN}]) ?(?:から|まで|より|[をはがのにでとへもや])+(?= ?[{_NOUN}]|$)"
)
"""Particles after a noun in kanji, katakana or Latin letters, at the end or before another such noun.

Other hiragana belongs to a word, as in 取り消し, or at the beginning as in り地域. A space separates Latin
letters from a particle in folded text, as in "wto の".
"""
_SHORTEST = 2
"""Minimum length of each noun, in characters. Shorter parts, as in 霞が関, are usually parts of one name."""


def without_particles(word: str) -> tuple[str, ...]:
    """Return the nouns of a folded phrase without the particles. Empty if the phrase has no particles."""
    if word.isascii():
        return ()
    nouns = tuple(noun.strip() for noun in _PARTICLES.split(word) if noun.strip())
    if nouns == (word,) or any(len(noun) < _SHORTEST for noun in nouns):
        return ()
    return nouns
