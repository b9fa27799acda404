"""Copy text to the clipboard of the terminal or the browser."""

from __future__ import annotations

from textual.app import App

from kjtui.languages import labelled, tr
from kjtui.words.wrap import cells, fit


def copy_document(app: App[object], text: str) -> None:
    """Copy the text of a document, and show a notice with the size of the text."""
    app.copy_to_clipboard(text)
    size = max(len(text.encode()) // 1000, 1)
    if app.is_web:
        message = tr("{size} kB sent to the browser's clipboard; not every browser accepts it", size=size)
    else:
        message = tr("{size} kB sent to the terminal's clipboard; not every terminal accepts it", size=size)
    app.notify(message, markup=False)


def copy_line(app: App[object], text: str, name: str) -> None:
    """Copy a short text, and show a notice with the name and the beginning of the text."""
    app.copy_to_clipboard(text)
    if app.is_web:
        notice = tr("{name} sent to the browser's clipboard", name=name)
    else:
        notice = tr("{name} sent to the terminal's clipboard", name=name)
    notice = labelled(notice)
    width = max(app.size.width - cells(notice) - 4, 0)
    app.notify(f"{notice}{fit(text, width).rstrip()}", markup=False)
