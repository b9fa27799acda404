"""Turn floods of keys into pastes.

A person cannot type hundreds of keys between two reads. Such input comes from another program, from a stuck
key, or from a paste in a terminal that does not mark pastes. If each character were handled as a key press,
the app would be busy for a long time: a command takes a fraction of a millisecond, and a character in a text
field takes several milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kjtui.tui.terminal.sequences import MAX_PASTE, Token

MAX_KEYS = 256
"""If one read has more keys than this, they are a flood.

For comparison, a key that is held down repeats about 30 times a second.
"""

PAUSE = 0.1
"""Pause in seconds that ends a flood."""


class KeyFlood:
    """A filter for tokens. During a flood, it collects typed characters and drops other keys.

    Args:
        is_key: A function that returns whether a token was typed.
    """

    def __init__(self, is_key: Callable[[Token], bool]) -> None:
        self._is_key = is_key
        self._collected: list[str] | None = None
        self._length = 0

    def filter(self, tokens: Iterable[Token], pause: float) -> Iterator[Token]:
        """Yield the tokens of one read, without the keys of a flood.

        Args:
            tokens: The tokens.
            pause: Seconds since the previous read.
        """
        if pause >= PAUSE:
            yield from self.end()
        tokens = list(tokens)
        if self._collected is None:
            if self._count_keys(tokens) <= MAX_KEYS:
                yield from tokens
                return
            self._collected, self._length = [], 0
        for token in tokens:
            if not self._is_key(token):
                yield token
            elif token.kind == "text":
                text = token.text[: MAX_PASTE - self._length]
                self._collected.append(text)
                self._length += len(text)

    def end(self) -> Iterator[Token]:
        """End the flood, if there is one. Yield the collected characters as a paste."""
        collected, self._collected = self._collected, None
        if collected:
            yield Token("paste", "".join(collected))

    def _count_keys(self, tokens: list[Token]) -> int:
        keys = filter(self._is_key, tokens)
        return sum(len(token.text) if token.kind == "text" else 1 for token in keys)
