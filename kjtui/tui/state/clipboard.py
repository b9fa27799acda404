"""Copy text to the clipboard of the terminal or the browser."""

from __future__ import annotations

from textual.app import App

from kjtui.words.wrap import cells, fit


def copy_document(app: App[object], text: str) -> None:
    """Copy the text of a document, and say how much was sent."""
    app.copy_to_clipboard(text)
    taker = _taker(app)
    size = max(len(text.encode()) // 1000, 1)
    app.notify(f"{size} kB sent to the {taker}'s clipboard; not every {taker} takes it", markup=False)


def copy_line(app: App[object], text: str, name: str) -> None:
    """Copy a short text, and show its beginning behind its name."""
    app.copy_to_clipboard(text)
    lead = f"{name} sent to the {_taker(app)}'s clipboard: "
    width = max(app.size.width - cells(lead) - 4, 0)
    app.notify(f"{lead}{fit(text, width).rstrip()}", markup=False)


def _taker(app: App[object]) -> str:
    return "browser" if app.is_web else "terminal"
