"""Convert terminal input to Textual's messages.

Textual trusts every reply of a terminal. This parser forwards keys, pastes and the few reports that the app
uses, and drops everything else. It replaces the input loop of Textual's parser, but uses Textual's tables of
keys.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from time import monotonic

from textual import events, messages
from textual._xterm_parser import FOCUSIN, FOCUSOUT, XTermParser
from textual.constants import ESCAPE_DELAY
from textual.keys import Keys
from textual.message import Message

from kjtui.tui.terminal.key_flood import PAUSE, KeyFlood
from kjtui.tui.terminal.sequences import SequenceSplitter, Token

END_TIMEOUT = 1.0
"""Timeout in seconds for a paste or a control string whose end marker is missing."""

_UNTYPED = "[\x80-\x9f\ud800-\udfff\ufffd]"
"""Matches characters that no key types: C1 control characters, surrogates, and the replacement character.

The pattern is compiled at the first key, because compiling it takes long.
"""

_ESCAPE = re.compile(r"\x1b(\[27(;[\d:]*)?u)?")
"""The escape key.

If this key arrives alone after a pause, it ends a paste or a string whose end marker is missing. The
timeout is not enough: a user who sees no reaction keeps typing, and the timeout is never reached. An
escape inside pasted text does not end the paste, because it does not arrive alone after a pause.
"""

_MOUSE = re.compile(r"\x1b\[<\d{1,4};-?\d{1,6};-?\d{1,6}[Mm]")
_CURSOR = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})R")
_SYNCHRONIZED = re.compile(r"\x1b\[\?2026;[1-4]\$y")
_REPORTS = re.compile(r"\x1b\[[<?>=]|\x1b\[[\d;:]*[ -/]|\x1b\[[\d;:]*[Rcnty]")
"""Replies to queries, and mouse reports.

None of them is a key. Size reports of the terminal (mode 2048) are included, because Textual would resize to
any number in such a report. The app does not need size reports, because SIGWINCH reports each new size.
Textual never enables mode 2048, because this parser drops the terminal's reply that the mode is supported.
"""

_REPORT_TYPES: dict[str, tuple[type[Message], ...]] = {
    "focus": (events.AppFocus, events.AppBlur),
    "cursor": (events.CursorPosition,),
    "move": (events.MouseMove,),
    "wheel": (
        *(events.MouseScrollDown, events.MouseScrollUp),
        *(events.MouseScrollLeft, events.MouseScrollRight),
    ),
}
_KEPT_REPORTS = {"focus": 1, "cursor": 1, "move": 1, "wheel": 8}
"""Maximum number of consecutive reports of each kind in one read.

Only the last reports are kept. For a wheel, eight reports are enough, because nobody turns a wheel faster.
"""


class InputParser(XTermParser):
    """A parser that accepts any input without errors, in linear time.

    If one read has many consecutive reports, the parser drops all except the last ones of each kind. For
    example, 200 mouse moves become one message.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._splitter = SequenceSplitter()
        self._flood = KeyFlood(_is_key)
        self._last_input = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """Parse data. Empty data means the end of the input."""
        now = monotonic()
        pause, self._last_input = now - self._last_input, now
        tokens: list[Token] = []
        if not data or (
            pause >= ESCAPE_DELAY and self._splitter.waiting == "end" and _ESCAPE.fullmatch(data)
        ):
            tokens += self._splitter.expire()
        tokens += self._splitter.feed(data)
        typed = list(self._flood.filter(tokens, pause))
        if not data:
            typed += self._flood.end()
        return list(_merged(message for token in typed for message in self._messages(token)))

    def tick(self) -> Iterable[Message]:
        """End unfinished input after a timeout, and a flood of keys after a pause."""
        tokens: list[Token] = []
        pause = monotonic() - self._last_input
        if pause >= PAUSE:
            tokens += self._flood.end()
        waiting = self._splitter.waiting
        if waiting and pause >= (min(ESCAPE_DELAY, END_TIMEOUT) if waiting == "key" else END_TIMEOUT):
            tokens += self._splitter.expire()
        return [message for token in tokens for message in self._messages(token)]

    def _messages(self, token: Token) -> Iterator[Message]:
        if token.kind == "paste":
            yield events.Paste(token.text.replace("\x00", "").replace("\x1b", ""))
        elif token.kind == "escape":
            yield events.Key("escape", "\x1b")
        elif token.kind == "text":
            for character in re.sub(_UNTYPED, "", token.text):
                yield from self._keys(character)
        else:
            yield from self._sequence_messages(token.text)

    def _sequence_messages(self, sequence: str) -> Iterator[Message]:
        if sequence == FOCUSIN:
            yield events.AppFocus()
        elif sequence == FOCUSOUT:
            yield events.AppBlur()
        elif _MOUSE.fullmatch(sequence):
            if (mouse := self.parse_mouse_code(sequence)) is not None:
                yield mouse
        elif _SYNCHRONIZED.fullmatch(sequence):
            yield messages.TerminalSupportsSynchronizedOutput()
        elif position := _CURSOR.fullmatch(sequence):
            yield events.CursorPosition(int(position[2]) - 1, int(position[1]) - 1)
        elif not _REPORTS.match(sequence):
            yield from self._keys(sequence)

    def _keys(self, sequence: str) -> Iterator[events.Key]:
        """Yield the keys for a character or a sequence. Yield nothing for an unknown sequence."""
        try:
            keys = list(self._sequence_to_key_events(sequence))
            if not keys and len(sequence) == 2:
                keys = list(self._sequence_to_key_events(sequence[1], alt=True))
        except (ValueError, OverflowError):  # int() or chr() failed on a field of an extended key
            return
        yield from (key for key in keys if key.key != Keys.Ignore)


def _is_key(token: Token) -> bool:
    """Return whether the token was typed. If not, it is a paste or a report of the terminal."""
    is_report = token.text in (FOCUSIN, FOCUSOUT) or _REPORTS.match(token.text) is not None
    return token.kind != "paste" and not is_report


def _merged(input_messages: Iterable[Message]) -> Iterator[Message]:
    """Yield the messages. Of consecutive reports, yield only the last ones of each kind."""
    waiting: dict[str, deque[Message]] = {}
    for message in input_messages:
        kind = next((kind for kind, types in _REPORT_TYPES.items() if isinstance(message, types)), None)
        if kind:
            waiting.setdefault(kind, deque(maxlen=_KEPT_REPORTS[kind])).append(message)
        else:
            yield from chain(*waiting.values())
            waiting.clear()
            yield message
    yield from chain(*waiting.values())
