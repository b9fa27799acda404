"""Crash reports: a file with the traceback, and one line with its path."""

from __future__ import annotations

from pathlib import Path

from kjtui import __version__
from kjtui.files.atomic_write import ExportError, reason_of, save
from kjtui.languages import join_clauses, tr
from kjtui.record.sanitize import sanitize


def report_path() -> Path:
    """Return the path of the latest report."""
    from platformdirs import user_state_path

    return user_state_path("kjtui") / "crash.txt"


def save_report(error: BaseException, size: tuple[int, int]) -> str:
    """Write a crash report. Return one line with its path, or with the error if writing failed.

    ``size`` is the size of the terminal, in columns and lines.
    """
    import platform  # imported here, because only a crash needs them
    import traceback

    from textual import __version__ as textual_version

    name = f"{type(error).__name__}: {error}".partition("\n")[0]
    what = tr("stopped by an error of its own ({error})", error=sanitize(name)[:100])
    about = (
        f"kjtui {__version__}, Textual {textual_version}, Python {platform.python_version()}, "
        f"{platform.system()}, {size[0]}×{size[1]}\n\n"
    )
    path = report_path()
    report = about + "".join(traceback.format_exception(error))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(report.encode(errors="backslashreplace"), path, force=True)
    except (OSError, RuntimeError, ExportError) as failed:
        reason = sanitize(reason_of(failed))
        return join_clauses((what, tr("no report could be written: {reason}", reason=reason)))
    return join_clauses((what, tr("please report it with {path}", path=sanitize(str(path)))))
