"""Wrapping by terminal cells. The standard library's ``textwrap`` counts characters."""

from __future__ import annotations

from kjtui.record.width import cells, cut


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most ``width`` cells, the first led by ``first`` and the others by ``rest``.

    Words wider than a line are broken.
    """
    words = text.split()
    whole = first + " ".join(words)
    if words and cells(whole) <= width:
        return [whole]
    lines, line, used, empty = [], first, cells(first), True
    for word in words:
        wide, gap = cells(word), "" if empty else " "
        if wide > width - used - len(gap):
            if not empty:
                lines.append(line)
                line, used = rest, cells(rest)
            while wide > width - used:
                piece, word = cut(word, width - used)
                if not piece and line == rest:  # not even one character fits: it stands out
                    piece, word = word[:1], word[1:]
                lines.append(line + piece)
                line, used, wide = rest, cells(rest), cells(word)
            gap = ""
        line += gap + word
        used += len(gap) + wide
        empty = False
    return [*lines, line] if not empty else lines
