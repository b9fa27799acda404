"""Shell completion of commands, options, tracks and paths."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kjtui.cli.commands import main
from support.stores import BRIDGE, Tables


def script(shell: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["completion", shell, *options]) == 0
    return capsys.readouterr().out


@pytest.fixture
def bash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "kjtui.bash"
    path.write_text(script("bash", capsys), encoding="utf-8")
    return path


def completions(bash: Path, line: str) -> set[str]:
    """Return bash's completions for the last word of a line."""
    words = line.split(" ")
    commands = f"""
        source {shlex.quote(str(bash))}
        COMP_WORDS=({" ".join(shlex.quote(word) for word in words)}) COMP_CWORD={len(words) - 1}
        "$(complete -p kjtui | sed 's/.*-F \\([^ ]*\\) .*/\\1/')"
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    result = subprocess.run(["bash", "-c", commands], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kjtui ", {"snapshot", "compare", "why", "check", "completion"}),
        ("kjtui --store x.json ", {"snapshot", "why"}),
        ("kjtui --", {"--date", "--store", "--version"}),
        ("kjtui why ", {"photoresist", "wto-ds590"}),
        ("kjtui track ", {"photoresist", "wto-ds590"}),
        ("kjtui event ", {"2019-07-04-individual-licensing"}),
        ("kjtui events --track ", {"photoresist", "wto-ds590"}),
        ("kjtui events --kind ", {"licence", "statement"}),
        ("kjtui events --kind =", {"licence", "statement"}),  # bash splits "--kind=" into two words
        ("kjtui events --actor ", {"JP", "WTO"}),
        ("kjtui sources --meeting ", {"dialogue-08"}),
        ("kjtui meetings --format ", {"text", "ndjson", "csv"}),
        ("kjtui snapshot --", {"--format", "--output", "--force", "--store"}),
        ("kjtui snapshot --format ", {"text", "markdown", "json"}),
        ("kjtui export --format ", {"csv", "icalendar", "ris", "bibtex", "csl-json"}),
        ("kjtui export --event ", {"2019-07-04-individual-licensing"}),
        ("kjtui export --track ", {"photoresist", "wto-ds590"}),
        ("kjtui export --kind ", {"licence", "measure"}),
        ("kjtui export --actor ", {"JP", "KR"}),
        ("kjtui help ", {"dates", "filters", "formats", "snapshot", "export"}),
        ("kjtui completion ", {"bash", "zsh", "fish"}),
    ],
)
def test_bash_offers_the_words_that_can_follow(line: str, expected: set[str], bash: Path) -> None:
    assert completions(bash, line) >= expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kjtui sn", {"snapshot"}),
        ("kjtui why wto", {"wto-ds590"}),
        ("kjtui why photoresist ", set()),
        ("kjtui snapshot ", set()),
        ("kjtui compare --fo", {"--format", "--force"}),
        ("kjtui events --kind = mea", {"measure"}),
        ("kjtui --lang = ko events --kind = mea", {"measure"}),
    ],
)
def test_bash_offers_no_other_words(line: str, expected: set[str], bash: Path) -> None:
    assert completions(bash, line) == expected


@pytest.mark.parametrize("before", ["kjtui check ", "kjtui --store ", "kjtui snapshot --output "])
def test_bash_offers_files(before: str, bash: Path, tmp_path: Path) -> None:
    (tmp_path / "store.json").touch()
    assert completions(bash, f"{before}{tmp_path}/st") == {f"{tmp_path}/store.json"}


@pytest.mark.parametrize(
    ("shell", "syntax"),
    [("zsh", {"#compdef kjtui", "_files"}), ("fish", {"complete -c kjtui", "__fish_complete_path"})],
)
def test_other_shells_get_the_same_words(
    shell: str, syntax: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = script(shell, capsys)
    words = {"snapshot", "compare", "why", "check", "completion", "photoresist", "wto-ds590", "markdown"}
    options = {"date", "store", "format", "output", "force", "version"}
    assert {word for word in syntax | words | options if word not in text} == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_tracks_are_those_of_the_store(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = script(shell, capsys, "--store", str(BRIDGE))
    assert "bridge ferry" in text
    assert "photoresist" not in text


def test_ids_that_a_shell_would_execute_are_left_out(
    tables: Tables, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile = json.dumps("b$(touch x)`touch x`'; touch x; \"$(touch x)")
    Path("store.json").write_text(json.dumps(tables).replace('"bridge"', hostile), encoding="utf-8")
    for shell in ("zsh", "fish", "bash"):
        text = script(shell, capsys, "--store", "store.json")
        assert "ferry" in text
        assert "touch x" not in text
    bash = tmp_path / "kjtui.bash"
    bash.write_text(text, encoding="utf-8")
    assert completions(bash, "kjtui why ") == {"ferry"}
    assert not Path("x").exists()


def test_zsh_options_with_a_value_may_have_an_equals_sign(capsys: pytest.CaptureFixture[str]) -> None:
    text = script("zsh", capsys)
    assert '"--kind=[' in text
    assert '"--force[' in text


def shell_output(shell: str, commands: str) -> str:
    """Return the output of a shell that has loaded its completion script."""
    load = {
        "bash": "source <(kjtui completion bash)",
        "zsh": 'compdef() { }; _arguments() { }; eval "$(kjtui completion zsh)"',
        "fish": "kjtui completion fish | source",
    }
    options = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}
    program = [shell, *options[shell], "-c", f"{load[shell]}\n{commands}"]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path}
    return subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout


STORE_LINES = [
    ([], {"photoresist"}),
    (["--store", str(BRIDGE)], {"bridge", "ferry"}),
    ([f"--store={BRIDGE}"], {"bridge", "ferry"}),
    (["--store", "/nowhere.json"], {"photoresist"}),
]


@pytest.mark.parametrize(("options", "expected"), STORE_LINES)
def test_bash_offers_the_tracks_of_the_store_on_the_line(options: list[str], expected: set[str]) -> None:
    words = [part for option in options for part in option.replace("=", " = ").split()]
    line = shlex.join(["kjtui", *words, "track", ""])
    commands = f"COMP_WORDS=({line}) COMP_CWORD={len(words) + 2}; _kjtui; echo ${{COMPREPLY[@]}}"
    assert set(shell_output("bash", commands).split()) >= expected


@pytest.mark.needs("zsh")
@pytest.mark.parametrize(("options", "expected"), STORE_LINES)
def test_zsh_offers_the_tracks_of_the_store_on_the_line(options: list[str], expected: set[str]) -> None:
    line = shlex.join(["kjtui", *options, "track", ""])
    commands = f"words=({line}); CURRENT=$#words; _kjtui_with_store; echo $_shtab_kjtui_track_options"
    # Older versions of shtab list this argument twice, the second time for the whole program.
    offers = re.findall(r":track, by its id:\((.*?)\)", shell_output("zsh", commands))
    assert offers
    assert all(set(ids.split()) >= expected for ids in offers)


@pytest.mark.needs("fish")
@pytest.mark.parametrize(("options", "expected"), STORE_LINES)
def test_fish_offers_the_tracks_of_the_store_on_the_line(options: list[str], expected: set[str]) -> None:
    line = shlex.join(["kjtui", *options, "track", ""]).removesuffix("''")
    output = shell_output("fish", f"complete -C {shlex.quote(line)}")
    assert {row.partition("\t")[0] for row in output.splitlines()} >= expected


@pytest.mark.needs("fish")
def test_fish_offers_the_ids_of_the_package_again_without_a_store() -> None:
    commands = f"complete -C 'kjtui --store {BRIDGE} track ' >/dev/null; complete -C 'kjtui track photo'"
    assert shell_output("fish", commands) == "photoresist\ttrack, by its id\n"
