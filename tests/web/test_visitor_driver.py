"""Several threads in the process of a visitor send packets. The packets are never mixed."""

import asyncio
import os
import struct
import sys
from collections import Counter
from threading import Thread
from typing import BinaryIO

import pytest
from textual.app import App

from kjtui.tui.terminal.visitor_driver import VisitorDriver

PACKETS, SIZE = 40, 100_000  # far more bytes than fit into a pipe


def packets(output: BinaryIO) -> Counter[bytes]:
    """Count the packets of each kind. Assert that no packet mixes the texts of two senders."""
    found: Counter[bytes] = Counter()
    while head := output.read(5):
        kind, size = struct.unpack("!cI", head)
        payload = output.read(size)
        assert kind in (b"D", b"P")
        assert len(payload) == size
        assert (b"screen" in payload) != (b"download" in payload)
        found[kind] += 1
    return found


async def test_the_screen_and_a_download_are_not_mixed(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with open(reading, "rb") as output, open(writing, "w", encoding="utf-8") as standard_output:  # noqa: PTH123  # pipes
        monkeypatch.setattr(sys, "__stdout__", standard_output)
        monkeypatch.setattr(sys, "__stdin__", output)  # the driver does not read its input here
        driver = VisitorDriver(App())
        screen, chunk = "screen " * (SIZE // 7), "download" * (SIZE // 8)

        def send(what: str) -> None:
            for _ in range(PACKETS):
                if what == "screen":
                    driver.write(screen)
                else:
                    driver.write_binary_encoded(("deliver_chunk", "key", chunk))

        threads = [Thread(target=send, args=(what,)) for what in ("screen", "download")]

        def write() -> None:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            standard_output.close()

        writer = Thread(target=write)
        writer.start()
        try:
            assert await asyncio.to_thread(packets, output) == {b"D": PACKETS, b"P": PACKETS}
        finally:
            while output.read(1 << 20):
                pass  # read the rest, so that the threads can end
            writer.join()


@pytest.fixture
def exit_codes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Prevent the driver from ending the process. Return a list to which the exit codes are added."""
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    return codes


async def test_an_error_of_the_input_thread_is_printed(
    exit_codes: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    with open(reading, "rb") as standard_input, open(writing, "wb") as server:  # noqa: PTH123  # pipes
        monkeypatch.setattr(sys, "__stdin__", standard_input)
        monkeypatch.setattr(sys, "__stdout__", server)
        driver = VisitorDriver(App())
        server.write(b"M" + (4).to_bytes(4, "big") + b"none")
        server.flush()
        driver.run_input_thread()
    assert exit_codes[0] == 1
    assert "JSONDecodeError" in capsys.readouterr().err


async def test_a_server_that_is_gone_ends_the_process(
    exit_codes: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    with open(reading, "rb") as standard_input:  # noqa: PTH123  # a pipe
        monkeypatch.setattr(sys, "__stdin__", standard_input)
        driver = VisitorDriver(App())
        os.close(writing)
        driver.run_input_thread()
    assert exit_codes == [0]
    assert capsys.readouterr().err == ""
