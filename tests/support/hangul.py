"""A catalogue that translates every message into Hangul, to find texts that are not messages."""

import re
from gettext import GNUTranslations

_PLACEHOLDER_OR_WORD = re.compile(r"\{[^{}]*\}|%\(\w+\)[rs]|%[rs]|[A-Za-z]+")


def in_hangul(text: str) -> str:
    """Replace each Latin word by Hangul that is as wide; placeholders stay."""
    return _PLACEHOLDER_OR_WORD.sub(
        lambda found: found[0] if found[0].startswith(("{", "%")) else "가" * max(len(found[0]) // 2, 1), text
    )


class Hangul(GNUTranslations):
    """A catalogue that translates everything."""

    def __init__(self) -> None:
        super().__init__()

    def gettext(self, message: str) -> str:
        return in_hangul(message)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)
