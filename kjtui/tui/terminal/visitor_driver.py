"""The driver of a web visitor's app. Pipes connect the app to the web server."""

from __future__ import annotations

import os
import sys
import traceback
from codecs import getincrementaldecoder
from datetime import date
from threading import Lock
from typing import Any

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver, _ExitInput

from kjtui.tui.terminal.input_parser import InputParser


class VisitorDriver(WebDriver):
    """A driver that ends the process when the server ends, and reports errors of its input thread.

    The system closes standard input when the server ends for any reason. Textual's driver then stops reading
    but keeps the process running. Textual's driver also ignores errors of the input thread, so their cause
    would be lost.

    A lock keeps packets separate. In Textual's driver, one thread writes the screen, and a different
    thread writes downloads. Long packets are written to the pipe in pieces. Without the lock, the pieces of
    two packets would mix.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._write_lock = Lock()
        self._day: date | None = None

    def write(self, data: str) -> None:
        with self._write_lock:
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        with self._write_lock:
            super().write_meta(data)

    def write_binary_encoded(self, data: tuple[str | bytes, ...]) -> None:
        with self._write_lock:
            super().write_binary_encoded(data)

    def report_day(self, day: date) -> None:
        """Report a change of the displayed day."""
        if day != self._day:
            self._day = day
            self.write_meta({"type": "day", "day": day.isoformat()})

    def run_input_thread(self) -> None:
        """Read packets until the app or the server exits."""
        try:
            self._read_packets()
        except _ExitInput:
            return
        except Exception:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        finally:
            self._input_reader.close()
        if not self.exit_event.is_set():
            os._exit(0)  # the app may be blocked in writing to the server

    def _read_packets(self) -> None:
        parser = InputParser()
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        packets = ByteStream()
        for data in self._input_reader:
            if data:
                for kind, payload in packets.feed(data):
                    if kind == "D":
                        for message in parser.feed(decode(payload)):
                            self.process_message(message)
                    else:
                        self._on_meta(kind, payload)
            for message in parser.tick():
                self.process_message(message)
