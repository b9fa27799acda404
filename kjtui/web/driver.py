"""Textual's driver of the process that runs the app for a visitor."""

from __future__ import annotations

import os

from textual.drivers.web_driver import WebDriver


class VisitorDriver(WebDriver):
    """A driver that ends the process once the server is gone, however the server ended.

    The system then closes the server's end of standard input. Textual's driver only stops reading.
    """

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if not self.exit_event.is_set():
            os._exit(0)  # the app may be blocked in writing to the server
