"""The house has one direction: record, history, text, tui, and cli above them all; web stands beside."""

import ast
from pathlib import Path

import pytest

import kjtui
from support.modules import loaded_by
from support.stores import GOLDEN

PACKAGE = Path(kjtui.__file__).parent
GOLDEN_TEXT = GOLDEN / "2020-03-10.txt"
MAY_IMPORT: dict[str, set[str]] = {
    "record": {"record"},
    "history": {"record", "history"},
    "text": {"record", "history", "text"},
    "tui": {"record", "history", "text", "tui"},
    "web": set(),
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)


def imports(path: Path) -> set[str]:
    """The parts of the house a module imports, wherever in it."""
    parts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        parts |= {name.split(".")[1] for name in names if name.startswith("kjtui.")}
        assert not (isinstance(node, ast.ImportFrom) and node.level), "imports are absolute"
    return parts


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    assert imports(path) <= MAY_IMPORT[path.relative_to(PACKAGE).parts[0]]


def test_files_are_short() -> None:
    long = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {name: lines for name, lines in long.items() if lines >= 300} == {}


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
def test_commands_load_neither_textual_nor_rich(arguments: list[str]) -> None:
    loaded = loaded_by(f"from kjtui.cli import main; main({arguments!r})")
    assert "msgspec" in loaded
    assert not loaded & {"textual", "rich", "asyncio", "hypothesis"}


def test_exporting_tables_loads_neither_textual_nor_rich(tmp_path: Path) -> None:
    loaded = loaded_by(f"from kjtui.cli import main; main(['export', '--output', {str(tmp_path / 'x')!r}])")
    assert "csv" in loaded
    assert not loaded & {"textual", "rich", "asyncio", "icalendar"}


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
