"""Each command loads only the modules that it needs, and the code does not depend on the dispute.

The tool import-linter checks the layers (see pyproject.toml).
"""

import ast
from pathlib import Path

import pytest

import kjtui
from support.modules import loaded_modules
from support.stores import GOLDEN

PACKAGE = Path(kjtui.__file__).parent
GOLDEN_TEXT = GOLDEN / "2020-03-10.txt"
HELP = ("cli/parser.py", "cli/topics.py")
LANGUAGES = ("japanese", "korean")  # the names of these languages in biblatex
DISPUTE_NAMES = ("japan", "korea", "photoresist", "gsomia", "wto", "dialogue")


@pytest.mark.parametrize(
    "arguments",
    [
        ["snapshot", "2020-03-10"],
        ["snapshot", "2020-03-10", "--format", "json"],
        ["snapshot", "2020-03-10", "--full"],
        ["track", "gsomia"],
        ["events", "--match", "gsomia", "--format", "csv"],
        ["check"],
        ["verify", str(GOLDEN_TEXT)],
        ["export", "--format", "icalendar"],
    ],
    ids=" ".join,
)
def test_commands_load_no_textual_and_only_the_cells_of_rich(arguments: list[str]) -> None:
    modules = loaded_modules(f"from kjtui.cli.commands import main; main({arguments!r})")
    assert {"msgspec", "tinydb", "rich.cells"} <= modules
    rich = {name for name in modules if name.startswith("rich.") and not name.startswith("rich._")}
    assert rich == {"rich.cells"}
    assert not modules & {"textual", "asyncio", "hypothesis"}


def test_exporting_tables_loads_no_textual(tmp_path: Path) -> None:
    modules = loaded_modules(
        f"from kjtui.cli.commands import main; main(['export', '--output', {str(tmp_path / 'x')!r}])"
    )
    assert "csv" in modules
    assert not modules & {"textual", "asyncio", "icalendar"}


def test_snapshot_loads_nothing_that_only_other_commands_need() -> None:
    modules = loaded_modules("from kjtui.cli.commands import main; main(['snapshot', '2020-03-10'])")
    assert "kjtui.history.snapshot" in modules
    assert not modules & {"csv", "difflib", "icalendar"}


def test_snapshot_loads_no_network_modules() -> None:
    modules = loaded_modules("from kjtui.cli.commands import main; main(['snapshot', '2020-03-10'])")
    assert "kjtui.history.snapshot" in modules
    assert not modules & {"socket", "ssl", "http", "urllib3", "requests"}


def test_the_app_starts_without_the_text_editor_and_the_word_search() -> None:
    modules = loaded_modules("import kjtui.tui.app, kjtui.tui.notes_controller")
    assert "kjtui.tui.main_screen" in modules
    assert not modules & {"textual.widgets._text_area", "filelock", "kjtui.find.word_match"}


def test_no_identifier_or_string_names_the_dispute() -> None:
    """The code must work for any dispute. Only docstrings and help texts may name the present dispute."""
    found = {
        (path.relative_to(PACKAGE).as_posix(), text)
        for path in PACKAGE.rglob("*.py")
        for text in identifiers_and_strings(ast.parse(path.read_text(encoding="utf-8")))
        if any(name in text.lower() for name in DISPUTE_NAMES)
    }
    found = {(file, text) for file, text in found if text not in LANGUAGES}
    assert {(file, text) for file, text in found if file not in HELP} == set()
    assert all(" " in text for _, text in found), "arguments.py has it in help texts only"


def identifiers_and_strings(tree: ast.AST) -> set[str]:
    """Return the names, attributes and strings of a module, without its docstrings."""
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            found.add(node.value)
    return found


def test_no_file_name_occurs_twice_in_the_package() -> None:
    names = [path.name for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    assert sorted(names) == sorted({*names})
