"""The README and the other pages of documentation: their commands, links, examples and keys."""

import json
import re
import shlex
import textwrap
import tomllib
from datetime import date
from typing import Any

import pytest

from kjtui.history.snapshot import History
from kjtui.record.folder.text_folder import TextFolder
from kjtui.record.folder_check import check_folder
from kjtui.tui.state.view import View
from kjtui.words.wrap import fit
from support import pages
from support.keys_page import keys_page
from support.stores import ROOT

PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in pages.PAGES}
README = PAGES["README.md"]
CODE_BLOCK = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
EXAMPLES = [
    pytest.param(command, output, id=f"{page}: {command}")
    for page, text in PAGES.items()
    for command, output in pages.EXAMPLE.findall(text)
]
RECIPES = re.findall(r"   ```python\n(.*?)   ```", PAGES[".github/CONTRIBUTING.md"], re.DOTALL)
EXAMPLE = ROOT / "docs" / "example"


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_examples_print_the_output_shown(command: str, output: str) -> None:
    assert pages.run_example(command) == output


@pytest.mark.parametrize(
    "page", ["README.md", "docs/another-dispute.md", "docs/cookbook.md", "docs/exports.md"]
)
def test_pages_have_examples(page: str) -> None:
    assert "```console\n$ " in PAGES[page]


def test_the_cookbook_answers_each_of_its_questions_with_one_command() -> None:
    recipes = re.split(r"^### ", PAGES["docs/cookbook.md"], flags=re.MULTILINE)[1:]
    assert len(recipes) >= 12
    for recipe in recipes:
        assert recipe.partition("\n")[0].endswith("?")
        assert recipe.count("```console\n$ kjtui ") == recipe.count("```console") == 1


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_and_headings_that_exist(page: str) -> None:
    for target, heading in re.findall(r"\]\(([^)#:]*)#?([^)#:]*)\)", PAGES[page]):
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), target
        if heading:
            assert heading in anchors(path.read_text(encoding="utf-8")), f"{target}#{heading}"


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub generates for the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", CODE_BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_excerpts_of_the_example_are_from_its_files() -> None:
    files = "".join(path.read_text(encoding="utf-8") for path in EXAMPLE.rglob("*.*"))
    excerpts = re.findall(r"```(?:toml|csv)\n(.*?)```", PAGES["docs/another-dispute.md"], re.DOTALL)
    assert [text for text in excerpts if text not in files and not text.startswith("disputed")] == []
    assert len(excerpts) > 6
    for text in excerpts:
        assert text.startswith("period,") or tomllib.loads(text)


def test_the_example_store_is_built_from_the_example_folder() -> None:
    assert check_folder(EXAMPLE) == []
    store = ROOT / "docs" / "example.json"
    assert store.read_text(encoding="utf-8") == TextFolder(EXAMPLE).store(), "python tests/regenerate.py"
    assert all(json.loads(store.read_text(encoding="utf-8")).values()), "every table has a document"


def test_the_pane_recipe_draws_the_disputed_events(history: History) -> None:
    [recipe] = [block for block in RECIPES if "class DisputedPane" in block]
    module: dict[str, Any] = {"__name__": "disputed"}
    exec(textwrap.dedent(recipe), module)
    snapshot = history.snapshot(date(2019, 12, 31))
    lines = list(module["DisputedPane"](View.of(snapshot)).compose_lines(snapshot, 40))
    titles = [event.title for event in reversed(snapshot.events) if snapshot.is_disputed(event)]
    assert ["".join(text for text, _ in line) for line in lines[:1]] == [f" 2019-12-24 {fit(titles[0], 28)}"]
    assert len(lines) == len(titles)


def test_the_recipes_change_lines_that_exist() -> None:
    text, path = PAGES[".github/CONTRIBUTING.md"], ROOT
    changed = []
    for name, diff in re.findall(
        r"`(kjtui/[\w/]+\.py)`|^ *```diff\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL
    ):
        if name:
            path = ROOT / name
            continue
        lines = textwrap.dedent(diff).splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        assert (before in path.read_text(encoding="utf-8")) if before else not path.exists(), diff
        changed.append(path.name)
    assert {"pane_table.py", "outline.py", "format_table.py", "parser.py", "disputed_command.py"} <= set(
        changed
    )


def test_the_page_of_keys_is_made_from_the_table_of_commands() -> None:
    assert PAGES["docs/keys.md"] == keys_page()


def test_the_readme_is_short() -> None:
    assert len(CODE_BLOCK.sub("", README).split()) <= 950


def test_the_test_command_installs_extras_and_groups_that_exist() -> None:
    [command] = [line for line in README.splitlines() if line.endswith("pytest")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    words = shlex.split(command)
    extras = re.findall(r"[\w-]+", " ".join(re.findall(r"\.\[(.+)\]", command)))
    assert set(extras) == {*project["project"]["optional-dependencies"]}, "some tests need every extra"
    assert words[words.index("--group") + 1] in project["dependency-groups"]
