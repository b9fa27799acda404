"""A catalogue and a record in which every text is Hangul, so that English text reveals a missing message."""

import json
import re
from gettext import GNUTranslations
from pathlib import Path

from kjtui.record.model import Record
from kjtui.record.store import load
from kjtui.record.translate import translated
from support.stores import ROOT

ADDRESS = "https://example.org/"
"""The web address that every source of the record gets."""

_PLACEHOLDER_OR_WORD = re.compile(r"\{[^{}]*\}|%\(\w+\)[rs]|%[rs]|[A-Za-z]+")


def in_hangul(text: str) -> str:
    """Replace each Latin word by Hangul of about the same width, but keep placeholders."""
    return _PLACEHOLDER_OR_WORD.sub(
        lambda found: found[0] if found[0].startswith(("{", "%")) else "가" * max(len(found[0]) // 2, 1), text
    )


class Hangul(GNUTranslations):
    """A catalogue that translates everything."""

    def __init__(self) -> None:
        super().__init__()

    def gettext(self, message: str) -> str:
        return in_hangul(message)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def record_in_hangul(folder: Path) -> Record:
    """Write a copy of the package's store with every text in Hangul, and load it. Keep ids and codes."""
    tables = json.loads((ROOT / "data.json").read_text(encoding="utf-8"))
    tables.pop("$schema", None)
    whole = translated(tables, "ko", lambda context, english: in_hangul(english))
    for source in whole["sources"].values():
        source |= {"title": "가", "publisher": "가", "url": ADDRESS}
    for track in whole["tracks"].values():
        track.pop("aliases", None)
    store = folder / "data.json"
    store.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return load(store)
