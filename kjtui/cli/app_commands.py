"""The commands that open the app, either in the terminal or as a web page."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from datetime import date
from io import TextIOWrapper

from kjtui.cli.arguments import add_date
from kjtui.cli.install_advice import how_to_install
from kjtui.cli.request import DONE, Command, RequestError, StoreOptions, day_of, history_of, store_of
from kjtui.history.snapshot import History
from kjtui.languages import ENGLISH, LanguageError, current_language, language_of, tr, use_language
from kjtui.record.store import default_stores, load


class AppOptions(StoreOptions, frozen=True, kw_only=True):
    """Options of the app."""

    date: str | None = None


class ServeOptions(StoreOptions, frozen=True, kw_only=True):
    """Options of ``serve``."""

    date: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    visitors: int = 32


def _history_with_day(options: AppOptions | ServeOptions) -> tuple[History, date | None]:
    """Return the history for the app, and the requested day. The day is ``None`` if none was requested.

    Raises ``RequestError`` if the day is outside the history.
    """
    history = history_of(options)
    if options.date is None:
        return history, None
    day = day_of(options.date, history)
    if not history.first_day <= day <= history.last_day:
        from kjtui.find.day_parser import outside_record

        raise RequestError(outside_record(day, history.first_day, history.last_day))
    return history, day


def _app(options: AppOptions) -> int:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    is_served = os.environ.get("TEXTUAL_DRIVER", "").startswith("kjtui.")
    if not is_served:
        if not all(stream and stream.isatty() for stream in streams):
            raise RequestError(tr("the app needs a terminal; `kjtui snapshot` prints without one"))
        _ignore_variables()
        _write_utf8()
    follows_environment = options.lang is None and options.page is None and _choose_language()
    history, day = _history_with_day(options)
    from kjtui.tui.app import KjtuiApp

    link = None
    if options.page:
        from kjtui.find.link import parse_link

        link = parse_link(options.page, history)
        day = link.day or day
    app = KjtuiApp(
        history,
        day,
        store=store_of(options),
        open_at=link,
        follows_environment=follows_environment,
    )
    return app.run_in_terminal()


def _ignore_variables() -> None:
    """Remove environment variables that would break the app. Call this before Textual is imported.

    Textual raises an unhandled exception if one of its own variables has an invalid value. If a shell
    exports COLUMNS and LINES, Textual would use these values as the terminal size and ignore every resize.
    """
    for variable in ("TEXTUAL_DRIVER", "COLUMNS", "LINES"):
        os.environ.pop(variable, None)
    if os.environ.get("TEXTUAL_COLOR_SYSTEM") not in ("auto", "standard", "256", "truecolor"):
        os.environ.pop("TEXTUAL_COLOR_SYSTEM", None)


def _write_utf8() -> None:
    """Make Python write UTF-8 to the terminal in every locale. Textual always decodes its input as UTF-8.

    In a locale with a different encoding, Python would otherwise print backslash escapes instead of the lines
    around the panes.
    """
    for stream in (sys.__stdout__, sys.__stderr__):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _choose_language() -> bool:
    """Use the language that the user chose last. If there is none, use the language of the environment.

    If the language comes from the environment and is not English, save it as the user's choice and return
    ``True``. Otherwise return ``False``.
    """
    from kjtui.tui.state.config import load_config, save_language

    chosen = load_config().language
    code = chosen or language_of()
    with suppress(LanguageError):
        use_language(code)
    follows = not chosen and current_language() != ENGLISH
    if follows:
        save_language(code)
    return follows


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; default: 127.0.0.1, this machine only"
    )
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on; default: 8000")
    parser.add_argument(
        "--visitors",
        type=_visitors,
        default=32,
        metavar="N",
        help="maximum number of visitors at a time; default: 32",
    )
    add_date(parser)


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(tr("{text!r} is not a port from 1 to 65535", text=text[:40]))


def _visitors(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 10_000:
        return int(text)
    raise argparse.ArgumentTypeError(tr("{text!r} is not a number from 1 to 9999", text=text[:40]))


def _serve(options: ServeOptions) -> int:
    try:
        from kjtui.web.server import ServeError, Settings, serve
    except ModuleNotFoundError:
        raise RequestError(
            tr("kjtui serve needs {advice}", advice=how_to_install("textual-serve>=1.1.2,<2"))
        ) from None
    history, day = _history_with_day(options)
    dataset, store = history.record.dataset, store_of(options).absolute()
    if options.store:
        titles = {dataset.language: dataset.title}
    else:
        titles = {language: load(path).dataset.title for language, path in default_stores().items()}
    # -P: do not import modules from the current folder
    command = [sys.executable, "-P", "-m", "kjtui"]
    if options.store:  # without --store, kjtui opens the bundled store in the visitor's language
        command += ["--store", str(store)]
    settings = Settings(
        command=command,
        store=store,
        titles=titles,
        first_day=day or dataset.start or history.latest_change,
        opening=["--date", str(day)] if day else [],
        host=options.host,
        port=options.port,
        max_visitors=options.visitors,
        language=options.lang or "",
    )
    try:
        serve(settings)
    except ServeError as error:
        raise RequestError(str(error)) from None
    return DONE


APP = Command("app", "", "", AppOptions, lambda _: None, _app)
"""The default command: open the app in the terminal."""

COMMANDS = (
    Command(
        "serve",
        "serve the app as a web page",
        "Serve the app as a web page. Only this machine can connect unless --host is given.",
        ServeOptions,
        _add_serve,
        _serve,
        ("kjtui serve", "kjtui serve --port 8080 --date {day}", "kjtui serve --host 0.0.0.0 --visitors 20"),
    ),
)
