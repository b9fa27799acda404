"""Serve the page of the app, the HTML documents of days, and downloads."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import aiohttp_jinja2
import jinja2
import textual_serve
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler
from aiohttp.web_runner import GracefulExit
from msgspec import Struct

from kjtui.files.atomic_write import reason_of
from kjtui.languages import LANGUAGES, preferred_language, speaking, tr
from kjtui.web.access import is_local_host, is_own_origin, listens_on_loopback
from kjtui.web.connection import Connection, ConnectionPool
from kjtui.web.day_pages import DayPages, PageRequest, UnavailableError
from kjtui.web.visitor import Visitor

_LINK_KEYS = ("date", "event", "track")
"""Keys in the query string of the page. They set the day, event or track on which the app opens."""

_MAX_LINK_VALUE = 200

_DOWNLOAD_TIMEOUT = 30.0
"""Timeout in seconds to send a chunk of a download."""

_CONNECTIONS, _CONNECTIONS_PER_VISITOR = 64, 8
"""Maximum number of waiting connections: a base number, plus a number per visitor."""

_SECURITY_HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_POLICY = (
    "default-src 'self' 'unsafe-inline'; img-src data:; "
    "connect-src 'self' ws: wss:; "  # some browsers do not count WebSockets as 'self'
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class ServeError(Exception):
    """The server cannot listen; the message is one line."""


class Settings(Struct, frozen=True):
    """Settings of the server.

    Attributes:
        command: The command that runs kjtui with the store. For a visitor, ``--page=QUERY`` is added.
        store: The store. Changes to it clear the cache of documents.
        titles: The title of the record in each language. The first title is the default.
        first_day: The page links to the document of this day, until the app reports a different day.
        opening: Arguments that set the day on which the app opens; may be empty.
        host: The host to listen on.
        port: The port to listen on.
        max_visitors: The maximum number of visitors at a time.
        language: Code of the language for all visitors. If empty, the browser's preferred language is used.
    """

    command: Sequence[str]
    store: Path
    titles: Mapping[str, str]
    first_day: date
    opening: Sequence[str]
    host: str
    port: int
    max_visitors: int
    language: str = ""


def serve(settings: Settings) -> None:
    """Serve the page until the process is stopped. Raises ``ServeError`` if the server cannot listen."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a visitor who disconnects must not end the server
    host, port = settings.host, settings.port
    logging.getLogger("aiohttp.server").addFilter(_is_no_bad_request)
    _allow_many_files()
    try:
        server = _Server(settings, is_local=listens_on_loopback(host, port))
        # Do not use asyncio.run: at the end, it would cancel every task, and this hangs if a process is just
        # being started. There is nothing to clean up: visitors' processes end when their pipes close, even if
        # the server is killed.
        with suppress(GracefulExit, KeyboardInterrupt):
            asyncio.new_event_loop().run_until_complete(server.run())
    except (socket.gaierror, UnicodeError):
        raise ServeError(tr("there is no host {host!r}", host=host)) from None
    except OSError as error:
        # The text of asyncio's error contains the address too, so use only the system's message.
        plain = OSError(error.errno, os.strerror(error.errno)) if error.errno else error
        raise ServeError(
            tr("cannot serve on {host} port {port}: {reason}", host=host, port=port, reason=reason_of(plain))
        ) from None


class _Server:
    """Answers the requests of browsers.

    Args:
        settings: Settings of the server.
        is_local: Whether only this machine can reach the server.
    """

    def __init__(self, settings: Settings, *, is_local: bool) -> None:
        self._settings = settings
        self._is_local = is_local
        self._visitors: set[Visitor] = set()
        self._pages = DayPages(settings.command, settings.store)

    async def run(self) -> None:
        """Listen until a signal raises ``GracefulExit``."""
        runner = web.AppRunner(self._app(), handle_signals=True, access_log=None)
        await runner.setup()
        assert runner.server is not None
        limit = _CONNECTIONS + _CONNECTIONS_PER_VISITOR * self._settings.max_visitors
        pool = ConnectionPool(runner.server, limit)
        loop = asyncio.get_running_loop()
        await loop.create_server(pool.connect, self._settings.host or None, self._settings.port)
        self._print_address()
        await asyncio.Event().wait()

    def _app(self) -> web.Application:
        """Return the web application with all routes."""

        @web.middleware
        async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._answer(request, handler)

        app = web.Application(middlewares=[answer])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(Path(__file__).parent))
        aiohttp_jinja2.get_env(app).globals["tr"] = tr
        app.router.add_get("/", self._show_app)
        app.router.add_get("/ws", self._run_app)
        # textual-serve's script adds its own query to this address, so the page's query is part of the path.
        app.router.add_get("/ws/{query}", self._run_app)
        app.router.add_get("/document", self._show_document)
        app.router.add_get("/download/{key}", self._send_download)
        app.router.add_static("/static", Path(textual_serve.__file__).parent / "static")
        app.on_response_prepare.append(_add_security_headers)
        return app

    def _print_address(self) -> None:
        """Print the address of the server, and a warning if other machines can reach the server."""
        host, port = self._settings.host, self._settings.port
        address = f"[{host}]" if ":" in host else host
        print(f"kjtui: http://{address}:{port} ({tr('ctrl+c stops it')})", flush=True)
        if not self._is_local:
            print(
                "kjtui: "
                + tr(
                    "warning: anyone who can reach {address} can run the app and read the record; "
                    "there is no password and no encryption",
                    address=f"{address}:{port}",
                ),
                file=sys.stderr,
            )

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request. To prevent DNS rebinding, a local server refuses foreign host names."""
        if self._is_local and not is_local_host(request.host, self._settings.host):
            raise web.HTTPForbidden(text="this server answers only under the name of this machine\n")
        connection = request.transport.get_protocol() if request.transport else None
        if not isinstance(connection, Connection):
            return await handler(request)
        connection.answer()
        try:
            return await handler(request)
        finally:
            connection.wait()

    async def _show_app(self, request: web.Request) -> web.StreamResponse:
        """Return the page of the app, or an error page if there are too many visitors."""
        language = self._language(request, request.query_string)
        titles = self._settings.titles
        is_full = len(self._visitors) >= self._settings.max_visitors
        values = {
            "title": titles.get(language) or next(iter(titles.values())),
            "language": language,
            "day": _requested_day(request) or self._settings.first_day,
            "limit": self._settings.max_visitors,
        }
        template, status = ("full.html", 503) if is_full else ("app_index.html", 200)
        with speaking(language):
            response = aiohttp_jinja2.render_template(template, request, values, status=status)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Cache-Control"] = "no-store"  # the error page must not be cached
        response.headers["Vary"] = "Accept-Language"
        return response

    async def _run_app(self, request: web.Request) -> web.StreamResponse:
        """Run the app for a visitor.

        Refuse cross-origin requests. If there are too many visitors, refuse all requests.
        """
        page_query = request.match_info.get("query", "")
        language = self._language(request, page_query)
        opening = [*self._settings.opening, "--lang", language, f"--page={_link_query(page_query)}"]
        visitor = Visitor([*self._settings.command, *opening])
        if not (_is_own_page(request) and visitor.websocket.can_prepare(request)):
            raise web.HTTPForbidden(text="only the page of this server may run the app\n")
        if len(self._visitors) >= self._settings.max_visitors:
            raise web.HTTPServiceUnavailable(text="there are too many visitors; try again later\n")
        self._visitors.add(visitor)
        try:
            await visitor.attend(request)
        finally:
            self._visitors.remove(visitor)
            if request.transport:
                request.transport.abort()  # close() would wait until the browser has read all data
        return visitor.websocket

    async def _show_document(self, request: web.Request) -> web.StreamResponse:
        """Return the HTML document of a day, for users who cannot use the app."""
        day = _requested_day(request)
        language, full = self._language(request, request.query_string), request.query.get("full") == "1"
        if day is None:
            with speaking(language):
                text = tr("this address needs a day, such as {example}", example="?date=2020-03-10")
            raise web.HTTPNotFound(text=f"{text}\n")
        try:
            page = await self._pages.page(PageRequest(day, language, full))
        except UnavailableError as error:
            raise web.HTTPServiceUnavailable(text=f"{error}\n") from None
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return web.Response(body=page, content_type="text/html", charset="utf-8", headers=headers)

    def _language(self, request: web.Request, query: str) -> str:
        """Return the language set by the query, or else by the settings, or else by the browser."""
        asked = parse_qs(query).get("lang", [""])[0]
        if asked in LANGUAGES:
            return asked
        return self._settings.language or preferred_language(request.headers.get("Accept-Language", ""))

    async def _send_download(self, request: web.Request) -> web.StreamResponse:
        """Send a file that a visitor's app offers. After a HEAD request, the file is still available."""
        key = request.match_info["key"]
        visitor = next((visitor for visitor in self._visitors if key in visitor.downloads), None)
        language = self._language(request, request.query_string)
        if visitor is None:
            with speaking(language):
                raise web.HTTPNotFound(text=tr("there is no such download") + "\n")
        download = visitor.downloads[key]
        if request.method == "HEAD":
            return web.Response(headers=download.headers())
        if download.started:
            with speaking(language):
                raise web.HTTPConflict(text=tr("this download has started already") + "\n")
        download.started = True
        response = web.StreamResponse(headers=download.headers())
        await response.prepare(request)
        try:
            async for chunk in visitor.read_download(download):
                async with asyncio.timeout(_DOWNLOAD_TIMEOUT):
                    await response.write(chunk)
        except (ConnectionError, TimeoutError):
            if request.transport:
                request.transport.abort()  # so that the browser reports an incomplete download
        return response


async def _add_security_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_SECURITY_HEADERS)
    response.headers.setdefault("Content-Security-Policy", "frame-ancestors 'none'")


def _allow_many_files() -> None:
    """Raise the limit of open files to the maximum. Each visitor needs several files."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return
    _, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # macOS refuses an unlimited number
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard_limit, hard_limit))


def _is_own_page(request: web.Request) -> bool:
    """Return ``False`` for a cross-origin WebSocket request."""
    origin = request.headers.get("Origin")  # browsers send this header with every WebSocket request
    if origin is None:
        return True
    # A proxy with TLS sets this header to "https". No page can set this header.
    scheme = request.headers.get("X-Forwarded-Proto", request.scheme)
    return is_own_origin(origin, scheme, request.host)


def _is_no_bad_request(record: logging.LogRecord) -> bool:
    """Drop the log records of malformed requests. aiohttp logs a traceback for each of these requests."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


def _requested_day(request: web.Request) -> date | None:
    """Return the day in the address of a request, or ``None`` if the address has no valid day."""
    text = request.query.get("date", "")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _link_query(query: str) -> str:
    """Reduce a page's query string to the day, event and track on which the app opens, as ASCII text."""
    given = parse_qs(query)
    link = {key: given[key][0][:_MAX_LINK_VALUE] for key in _LINK_KEYS if key in given}
    return urlencode(link, errors="replace")
