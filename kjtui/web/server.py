"""Serve a page that runs the app, with textual-serve, and accept connections only from that page."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server


class ServeError(Exception):
    """The server cannot listen; the message is one line."""


def is_loopback(host: str) -> bool:
    """Return whether a host name or address means this machine, and only as seen from itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(command: Sequence[str], *, host: str, port: int, title: str) -> None:
    """Serve the page until the process is stopped; run ``command`` once for each visitor.

    Raises ``ServeError`` if the server cannot listen on that host and port.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a visitor who leaves must not end the server
    join = subprocess.list2cmdline if sys.platform == "win32" else shlex.join
    server = _Server(join(command), host, port, title, templates_path=Path(__file__).parent)
    try:
        server.serve()
    except (socket.gaierror, UnicodeError):
        raise ServeError(f"there is no host {host!r}") from None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise ServeError(f"cannot serve on {host} port {port}: {reason}") from None


class _Server(Server):
    """A server whose page loads nothing from elsewhere, and which runs the app only for that page."""

    def serve(self, debug: bool = False) -> None:
        """Serve, and print the address once the port is bound. Stopping does not wait for visitors."""
        app = self._make_app()
        web.run_app(app, host=self.host, port=self.port, print=self._print_address, shutdown_timeout=1)

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing yet: the port may be in use."""

    def _print_address(self, _: str) -> None:
        address = f"[{self.host}]" if ":" in self.host else self.host
        print(f"kjtui: http://{address}:{self.port} (ctrl+c stops it)", flush=True)
        if not is_loopback(self.host):
            print(
                f"kjtui: warning: anyone who can reach {address}:{self.port} can run the app and read the "
                "record; there is no password and no encryption",
                file=sys.stderr,
            )

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for a visitor. Refuse requests from pages of other origins."""
        if not (self._is_own_page(request) and web.WebSocketResponse().can_prepare(request)):
            raise web.HTTPForbidden(text="only the page of this server may run the app\n")
        return await super().handle_websocket(request)

    def _is_own_page(self, request: web.Request) -> bool:
        origin = request.headers.get("Origin")  # browsers send it with every WebSocket
        if origin is not None and origin.partition("://")[2] != request.host:
            return False
        # DNS rebinding: a foreign name that resolves to this machine gives a foreign page the right origin.
        named = re.sub(r":\d+$", "", request.host).strip("[]")
        return is_loopback(named) or not is_loopback(self.host)
