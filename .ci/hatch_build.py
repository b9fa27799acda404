"""Compile the catalogues of the interface and build the stores of other languages, for the wheel.

Hatch runs this hook for wheels and editable installs. The compiled files lie beside the catalogues, outside
version control.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # the configuration is not used
    """Compile ``kjtui.po`` and apply ``record.po`` of every language."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files and add them to the wheel."""
        root = Path(self.root)
        for path in build(root):
            build_data["artifacts"].append(path.relative_to(root).as_posix())


def build(root: Path) -> list[Path]:
    """Compile all catalogues of a repository and return the paths of the written files."""
    store = json.loads((root / "data.json").read_text(encoding="utf-8"))
    translate = _translate_module(root)
    written = []
    for folder in sorted((root / "kjtui" / "words" / "locale").glob("*/LC_MESSAGES")):
        compiled = folder / "kjtui.mo"
        with compiled.open("wb") as file:
            write_mo(file, _read(folder / "kjtui.po"))
        language, catalogue = folder.parent.name, _read(folder / "record.po")

        def look_up(context: str, text: str, catalogue: Catalog = catalogue) -> str:
            message = catalogue.get(text, context)
            return str(message.string) if message and message.string and not message.fuzzy else text

        translated = translate.translated(store, language, look_up)
        path = folder.parent / "data.json"
        path.write_text(json.dumps(translated, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        written += [compiled, path]
    return written


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _translate_module(root: Path) -> Any:
    """Import the module that builds stores, without the package and its dependencies."""
    spec = importlib.util.spec_from_file_location("translate", root / "kjtui" / "record" / "translate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
