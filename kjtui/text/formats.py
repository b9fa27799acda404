"""A snapshot in each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kjtui.history.snapshot import Snapshot
from kjtui.text.json import snapshot_json
from kjtui.text.markdown import snapshot_markdown
from kjtui.text.plain import snapshot_text

SNAPSHOT: Mapping[str, Callable[[Snapshot], str]] = {
    "text": snapshot_text,
    "markdown": snapshot_markdown,
    "json": snapshot_json,
}


def default_name(snapshot: Snapshot) -> str:
    """The file name an export starts from."""
    return f"kjtui-{snapshot.day}.txt"
