"""The welcome at the first start: a summary of the record, five keys, and the signs of states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kjtui.languages import tr
from kjtui.record.model import Record
from kjtui.tui.dialogs.dialog import Dialog, in_lines
from kjtui.tui.keys.command_table import BY_ID, FIRST_KEYS, bindings
from kjtui.tui.keys.keymap import footer_label, keys_in_force
from kjtui.words import day_words, labels
from kjtui.words.wrap import fit, wrap

_FRAME = 3
"""Number of rows for the border and the title."""
_GAPS = 3
"""Number of empty rows between introduction, keys and hint."""
_KEY_WIDTH = 5
_SENTENCE = re.compile(r"(?<=[.!?]) +")


class WelcomeDialog(Dialog[list[str]]):
    """Introduce the record. Any key closes the dialog.

    The result is the list of keys to pass on to the panes: all except enter, space and escape. Keys typed
    while the dialog closes are added to this list.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("welcome")

    def __init__(self, record: Record, day: date) -> None:
        super().__init__()
        self._dataset, self._day = record.dataset, day
        self._signs = labels.legend_of_record(record)
        self._typed: list[str] = []

    def compose(self) -> ComposeResult:
        """Compose the text, the keys, and the current day."""
        with Vertical(classes="dialog welcome"):
            yield Static(self._dataset.title, classes="title", markup=False)
            yield Static(classes="about", markup=False)
            yield Static(classes="keys", markup=False)
            yield Static(
                tr(
                    "{day} is open. Press enter, or any of these keys.",
                    day=day_words.long_day(self._day),
                ),
                classes="hint",
                markup=False,
            )

    @on(events.Resize)
    def show_about(self) -> None:
        """Show the introduction, the keys and the signs in the most spacious form that fits.

        If the introduction does not fit even in the smallest form, show only its first sentences.
        """
        about = self.query_one(".about", Static)
        width = max(about.size.width, 1)
        about_lines = len(wrap(self._dataset.about, width))
        hint = len(wrap(str(self.query_one(".hint", Static).content), width))
        keys = Content.assemble(*self._keys(width)).split("\n")
        few_words = self._few_words(width)
        signs = in_lines(map(Content, self._signs), "  ", width)
        # Each form: its rows, and whether it is small. A small form has no empty rows between the parts.
        forms = (
            ([*keys, Content(""), *signs], False),
            ([*few_words, *signs], True),
            (few_words, True),
        )
        for rows, small in forms:
            lines_left = self.app.size.height - _FRAME - hint - len(rows) - (0 if small else _GAPS)
            if lines_left >= about_lines:
                break
        self.set_class(small, "-small")
        self.query_one(".keys", Static).update(Content("\n").join(rows))
        about.update(sentences(self._dataset.about, width, max(lines_left, 1)))

    def on_key(self, event: events.Key) -> None:
        """Close, and add the key to the result."""
        event.prevent_default()  # skips Dialog.on_key, which would show a notice
        if self._typed or event.key not in ("enter", "space", "escape"):
            event.stop()
            self._typed.append(event.key)
            self.dismiss(self._typed)

    def on_click(self) -> None:
        """Close."""
        self.action_close()

    def action_close(self) -> None:
        """Close."""
        self.dismiss(self._typed)

    def _few_words(self, width: int) -> list[Content]:
        """Return the keys with their labels from the footer, in as few rows as possible."""
        keys = keys_in_force(self.app)
        footer = (footer_label((BY_ID[identity] for identity in ids), keys) for ids, _ in FIRST_KEYS)
        labelled_keys = (Content.assemble((shown, "$accent bold"), f" {word}") for shown, word in footer)
        return in_lines(labelled_keys, "   ", width)

    def _keys(self, width: int) -> Iterator[tuple[str, str]]:
        """Yield the spans of keys and their purposes. Wrapped lines of a purpose are indented."""
        keys = keys_in_force(self.app)
        for index, (ids, purpose) in enumerate(FIRST_KEYS):
            shown, _ = footer_label((BY_ID[identity] for identity in ids), keys)
            yield f"{chr(10) if index else ''}{fit(shown, _KEY_WIDTH)}", "$accent bold"
            rows = wrap(tr(purpose), max(width - _KEY_WIDTH, 8))
            yield f"\n{' ' * _KEY_WIDTH}".join(rows), ""


def sentences(text: str, width: int, lines: int) -> str:
    """Return the first sentences of a text that fit. If none fits, return the start of the first sentence."""
    parts = _SENTENCE.split(text)
    for count in range(len(parts), 0, -1):
        rows = list(wrap(" ".join(parts[:count]), width))
        if len(rows) <= lines:
            return "\n".join(rows)
    return "\n".join([*rows[: lines - 1], f"{rows[lines - 1][: width - 2]} …"])
