"""What commands load, and what the code knows of the dispute. The layers are checked by import-linter."""

import ast
from pathlib import Path

import pytest

import kjtui
from support.modules import loaded_by, loaded_modules
from support.stores import GOLDEN

PACKAGE = Path(kjtui.__file__).parent
GOLDEN_TEXT = GOLDEN / "2020-03-10.txt"


@pytest.mark.parametrize(
    "arguments",
    [
        ["snapshot", "2020-03-10"],
        ["snapshot", "2020-03-10", "--format", "json"],
        ["check"],
        ["verify", str(GOLDEN_TEXT)],
        ["export", "--format", "icalendar"],
    ],
    ids=" ".join,
)
def test_commands_load_no_textual_and_of_rich_only_cells(arguments: list[str]) -> None:
    modules = loaded_modules(f"from kjtui.cli import main; main({arguments!r})")
    assert {"msgspec", "tinydb", "rich.cells"} <= modules
    rich = {name for name in modules if name.startswith("rich.") and not name.startswith("rich._")}
    assert rich == {"rich.cells"}
    assert not modules & {"textual", "asyncio", "hypothesis"}


def test_exporting_tables_loads_no_textual(tmp_path: Path) -> None:
    loaded = loaded_by(f"from kjtui.cli import main; main(['export', '--output', {str(tmp_path / 'x')!r}])")
    assert "csv" in loaded
    assert not loaded & {"textual", "asyncio", "icalendar"}


def test_a_snapshot_loads_nothing_that_only_other_commands_need() -> None:
    loaded = loaded_by("from kjtui.cli import main; main(['snapshot', '2020-03-10'])")
    assert not loaded & {"csv", "difflib", "icalendar"}


def test_nothing_reaches_for_the_network() -> None:
    loaded = loaded_by("from kjtui.cli import main; main(['snapshot', '2020-03-10'])")
    assert not loaded & {"socket", "ssl", "http", "urllib3", "requests"}


def test_the_code_knows_nothing_of_the_dispute() -> None:
    """Another dispute is another store: names of the first stand in texts for people alone."""
    for path in PACKAGE.rglob("*.py"):
        names = {
            node.id if isinstance(node, ast.Name) else node.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Name | ast.Attribute)
        }
        text = " ".join(names).lower()
        for word in ("japan", "korea", "photoresist", "gsomia", "wto", "dialogue_"):
            assert word not in text, f"{path}: {word}"
