"""Serve a page that runs the app, with textual-serve, and accept connections only from that page."""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import sys
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import aiohttp_jinja2
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from textual_serve.server import Server

from kjtui.web.visitor import Visitor

_LINK_KEYS = ("date", "event", "track")
"""What an address may ask for: where the app opens."""

_MAX_LINK_VALUE = 200


class ServeError(Exception):
    """The server cannot listen; the message is one line."""


def is_loopback(host: str) -> bool:
    """Return whether a host name or address means this machine, and only as seen from itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(command: Sequence[str], *, host: str, port: int, title: str, visitors: int) -> None:
    """Serve the page until the process is stopped, to at most so many visitors at once.

    For each visitor run ``command`` with ``--page=QUERY``, the part of the page's address that says where
    the app opens. Raises ``ServeError`` if the server cannot listen on that host and port.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a visitor who leaves must not end the server
    try:
        _Server(command, host, port, title, visitors).serve()
    except (socket.gaierror, UnicodeError):
        raise ServeError(f"there is no host {host!r}") from None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise ServeError(f"cannot serve on {host} port {port}: {reason}") from None


class _Server(Server):
    """A server whose page loads nothing from elsewhere, and which runs the app only for that page."""

    def __init__(self, command: Sequence[str], host: str, port: int, title: str, limit: int) -> None:
        super().__init__("kjtui", host, port, title, templates_path=Path(__file__).parent)
        self._command = command
        self._limit = limit
        self._visitors: set[Visitor] = set()

    def serve(self, debug: bool = False) -> None:
        """Serve, and print the address once the port is bound. Stopping does not wait for visitors."""
        logging.getLogger("aiohttp.server").addFilter(_is_no_bad_request)
        app = self._make_app()
        web.run_app(app, host=self.host, port=self.port, print=self._print_address, shutdown_timeout=0.1)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        # textual-serve's script adds its own query to this address, so a link goes into the path.
        app.router.add_get("/ws/{link}", self.handle_websocket)
        return app

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

    async def handle_index(self, request: web.Request) -> web.Response:
        """Return the page, or one that says that there are too many visitors."""
        full = len(self._visitors) >= self._limit
        response = aiohttp_jinja2.render_template(
            "full.html" if full else "app_index.html",
            request,
            {"application": {"name": self.title}, "limit": self._limit},
            status=503 if full else 200,
        )
        response.headers["Cache-Control"] = "no-store"  # a page once full need not be the next time
        return response

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for a visitor. Refuse pages of other origins, and one visitor too many."""
        link = _link(request.match_info.get("link", ""))
        visitor = Visitor([*self._command, f"--page={link}"], self.download_manager)
        if not (self._is_own_page(request) and visitor.websocket.can_prepare(request)):
            raise web.HTTPForbidden(text="only the page of this server may run the app\n")
        if len(self._visitors) >= self._limit:
            raise web.HTTPServiceUnavailable(text="there are too many visitors; try again later\n")
        self._visitors.add(visitor)
        try:
            await visitor.attend(request)
        finally:
            self._visitors.remove(visitor)
            if request.transport:
                request.transport.abort()  # closing would wait for a visitor who reads nothing
        return visitor.websocket

    def _is_own_page(self, request: web.Request) -> bool:
        origin = request.headers.get("Origin")  # browsers send it with every WebSocket
        if origin is not None and origin.partition("://")[2] != request.host:
            return False
        # DNS rebinding: a foreign name that resolves to this machine gives a foreign page the right origin.
        named = re.sub(r":\d+$", "", request.host).strip("[]")
        return is_loopback(named) or not is_loopback(self.host)


def _is_no_bad_request(record: logging.LogRecord) -> bool:
    """Filter out requests that are no HTTP. aiohttp answers them, and logs a traceback for each."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


def _link(query: str) -> str:
    """Return the part of a page's query that says where the app opens, in ASCII."""
    given = parse_qs(query)
    kept = {key: given[key][0][:_MAX_LINK_VALUE] for key in _LINK_KEYS if key in given}
    return urlencode(kept, errors="replace")
