"""Split terminal input into text, control sequences and pastes, in linear time and bounded memory.

The grammar is ECMA-48 with two extensions of xterm. BEL also ends a control string. An escape character
inside a sequence begins a new sequence. Textual's own parser has three faults. It parses an unfinished
sequence again after every character. It treats unknown sequences as typed keys. It waits forever for a
missing end marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["text", "escape", "sequence", "paste"]

MAX_SEQUENCE = 1024
"""Maximum length of a sequence, in characters.

The longest useful sequence is a word from an input method, with about a hundred characters.
"""

MAX_PASTE = 1_000_000
"""Maximum length of pasted text, in characters. The rest is dropped."""

_ESC = "\x1b"
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
_EIGHT_BIT = {"\x8f": "O", "\x90": "P", "\x98": "X", "\x9b": "[", "\x9d": "]", "\x9e": "^", "\x9f": "_"}
"""The 7-bit form of each 8-bit control character, without the escape character."""

_STRINGS = "PX]^_"
"""Characters that follow escape and begin a control string (DCS, SOS, OSC, PM or APC).

ST ends a control string. All control strings are dropped.
"""

_INTERESTING = re.compile("[\x1b\x8f\x90\x98\x9b\x9d\x9e\x9f]")
_STRING_END = re.compile("[\x07\x18\x1a\x1b\x9c]")
_FINAL = re.compile("[\x18\x1a\x1b@-~]")


class Token(NamedTuple):
    """A piece of input.

    Attributes:
        kind: ``text`` for typed characters, ``escape`` for the escape key, ``sequence`` for a complete
            control sequence in its 7-bit form, ``paste`` for pasted text.
        text: the characters.
    """

    kind: Kind
    text: str


class SequenceSplitter:
    """A splitter for one input stream. Between reads, it stores only an unfinished sequence or paste."""

    def __init__(self) -> None:
        self._held = ""  # an unfinished sequence, beginning with escape
        self._in_string = False  # inside a control string; its characters are dropped
        self._string_is_empty = False
        self._overlong = False  # inside a control sequence longer than MAX_SEQUENCE
        self._paste: list[str] | None = None
        self._pasted = 0

    @property
    def waiting(self) -> Literal["", "key", "end"]:
        """What kind of input is missing: none, the rest of a key, or the end of a string or paste.

        The escape key and keys with alt begin like a sequence, so the timeout for ``key`` must be short.
        """
        if self._paste is not None or self._overlong:
            return "end"
        if self._in_string:
            return "key" if self._string_is_empty else "end"
        return "key" if self._held else ""

    def feed(self, data: str) -> Iterator[Token]:
        """Add input and yield the tokens that are now complete."""
        data, self._held = self._held + data, ""
        position = 0
        while position < len(data):
            if self._paste is not None:
                token, position = self._read_paste(data, position)
                if token:
                    yield token
            elif self._in_string:
                position = self._skip_string(data, position)
            elif self._overlong:
                position = self._skip_sequence(data, position)
            else:
                match = _INTERESTING.search(data, position)
                start = match.start() if match else len(data)
                if start > position:
                    yield Token("text", data[position:start])
                position = start
                if match:
                    token, position = self._read_sequence(data, start)
                    if token:
                        yield token

    def expire(self) -> Iterator[Token]:
        """End unfinished input after a timeout.

        Yield a paste or a key. Drop a control string or a sequence.
        """
        held, self._held = self._held, ""
        self._in_string = self._overlong = False
        if self._paste is not None:
            yield self._end_paste()
        if held == _ESC:
            yield Token("escape", _ESC)
        elif held[:1] == _ESC and len(held) == 2:  # alt with a character that also introduces a sequence
            yield Token("sequence", held)

    def _read_sequence(self, data: str, start: int) -> tuple[Token | None, int]:
        """Return the sequence at ``start`` and the next position.

        The sequence is ``None`` if it is incomplete or begins a control string, such as OSC.
        """
        introducer = _EIGHT_BIT.get(data[start], "")
        body = start + 1
        if not introducer:
            if body == len(data):
                return self._hold(data, start)
            introducer = data[body]
            if introducer == _ESC:
                return Token("escape", _ESC), body
            body += 1
        if introducer in _STRINGS:
            self._in_string = self._string_is_empty = True
            return None, body
        if introducer in "[O":
            return self._read_control_sequence(data, start, introducer, body)
        return Token("sequence", _ESC + introducer), body

    def _read_control_sequence(
        self, data: str, start: int, introducer: str, body: int
    ) -> tuple[Token | None, int]:
        """Return the control sequence at ``start`` and the next position.

        A control sequence has parameters and a final character. The returned sequence is ``None`` if it is
        incomplete or dropped.
        """
        next_two = data[body : body + 2]
        # The function keys of the Linux console have one more character.
        if introducer == "[" and next_two[:1] == "[":
            if len(next_two) < 2:
                return self._hold(data, start)
            return Token("sequence", f"{_ESC}[{next_two}"), body + 2
        final = _FINAL.search(data, body)
        if final is None:
            if len(data) - body > MAX_SEQUENCE:
                self._overlong = True
                return None, len(data)
            return self._hold(data, start)
        end = final.end()
        if final[0] == _ESC:  # a new sequence interrupts this one, as in xterm
            return None, final.start()
        # CAN and SUB cancel a sequence (ECMA-48).
        if final[0] in "\x18\x1a" or end - body > MAX_SEQUENCE:
            return None, end
        # Also skip the last three bytes of an X10 mouse report, which would appear as typed text.
        if introducer == "[" and final[0] == "M" and final.start() == body:
            return (None, end + 3) if end + 3 <= len(data) else self._hold(data, start)
        sequence = f"{_ESC}{introducer}{data[body:end]}"
        if sequence == _PASTE_START:
            self._paste, self._pasted = [], 0
            return None, end
        return (None if sequence == _PASTE_END else Token("sequence", sequence)), end

    def _hold(self, data: str, start: int) -> tuple[None, int]:
        """Store an unfinished sequence until more input arrives."""
        self._held = data[start:]
        return None, len(data)

    def _read_paste(self, data: str, position: int) -> tuple[Token | None, int]:
        """Collect pasted text.

        Return the paste and the next position. The paste is ``None`` until it is complete. Only the end
        marker completes a paste, because pasted text can contain any other sequence.
        """
        assert self._paste is not None
        # The end marker can be split between two reads, so a possible prefix of the marker is held back.
        end = data.find(_PASTE_END, position)
        stop = end if end >= 0 else len(data) - _prefix_length(data, position)
        characters_left = max(MAX_PASTE - self._pasted, 0)
        self._paste.append(data[position : min(stop, position + characters_left)])
        self._pasted += stop - position
        if end < 0:
            self._held = data[stop:]
            return None, len(data)
        return self._end_paste(), end + len(_PASTE_END)

    def _end_paste(self) -> Token:
        assert self._paste is not None
        text, self._paste = "".join(self._paste), None
        return Token("paste", text)

    def _skip_string(self, data: str, position: int) -> int:
        """Skip a control string and return the next position.

        If the string is not yet complete, the next position is the end of the data.
        """
        self._string_is_empty = False
        match = _STRING_END.search(data, position)
        if match is None:
            return len(data)
        if match[0] != _ESC:
            self._in_string = False
            return match.end()
        if match.end() == len(data):
            self._held = _ESC  # the first half of ST, or a new sequence
            return len(data)
        self._in_string = False
        return match.end() + 1 if data[match.end()] == "\\" else match.start()

    def _skip_sequence(self, data: str, position: int) -> int:
        """Skip an overlong control sequence and return the next position."""
        match = _FINAL.search(data, position)
        if match is None:
            return len(data)
        self._overlong = False
        return match.start() if match[0] == _ESC else match.end()


def _prefix_length(data: str, position: int) -> int:
    """Return the number of characters at the end of the data that may begin the end marker."""
    for length in range(min(len(_PASTE_END) - 1, len(data) - position), 0, -1):
        if data.endswith(_PASTE_END[:length]):
            return length
    return 0
