"""Wrapping by terminal cells. The standard library's ``textwrap`` counts characters."""

from __future__ import annotations

from kjtui.record.width import cells, cut


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most ``width`` cells, the first led by ``first`` and the others by ``rest``.

    Words wider than a line are broken.
    """
    lines, line, empty = [], first, True
    for word in text.split():
        room = width - cells(line) - (0 if empty else 1)
        if cells(word) <= room:
            line += word if empty else f" {word}"
        else:
            if not empty:
                lines.append(line)
                line = rest
            while cells(word) > width - cells(line):
                piece, word = cut(word, width - cells(line))
                if not piece and line == rest:  # not even one character fits: it stands out
                    piece, word = word[:1], word[1:]
                lines.append(line + piece)
                line = rest
            line += word
        empty = False
    return [*lines, line] if not empty else lines
