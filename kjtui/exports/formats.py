"""A snapshot in each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kjtui.exports.plain import snapshot_text
from kjtui.history.snapshot import Snapshot


# Text is asked for most, so that it does not wait for the others to be imported.
def _markdown(snapshot: Snapshot) -> str:
    from kjtui.exports.markdown import snapshot_markdown

    return snapshot_markdown(snapshot)


def _json(snapshot: Snapshot) -> str:
    from kjtui.exports.json import snapshot_json

    return snapshot_json(snapshot)


SNAPSHOT: Mapping[str, Callable[[Snapshot], str]] = {
    "text": snapshot_text,
    "markdown": _markdown,
    "json": _json,
}


def default_name(snapshot: Snapshot) -> str:
    """The file name an export starts from."""
    return f"kjtui-{snapshot.day}.txt"
