"""Textual's driver of the process that runs the app for a visitor."""

from __future__ import annotations

import os
from threading import Lock
from typing import Any

from textual.drivers.web_driver import WebDriver


class VisitorDriver(WebDriver):
    """A driver that ends the process once the server is gone, however the server ended.

    The system then closes the server's end of standard input. Textual's driver only stops reading.

    Packets are written one at a time. Textual's driver writes the screen in one thread and a download in
    another, and what is longer than a pipe takes at once is written in pieces: a download during which the
    screen changed could end early.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._writing = Lock()

    def write(self, data: str) -> None:
        with self._writing:
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        with self._writing:
            super().write_meta(data)

    def write_binary_encoded(self, data: tuple[str | bytes, ...]) -> None:
        with self._writing:
            super().write_binary_encoded(data)

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if not self.exit_event.is_set():
            os._exit(0)  # the app may be blocked in writing to the server
