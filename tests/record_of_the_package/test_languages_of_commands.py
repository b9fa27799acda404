"""Commands with ``--lang``. Documents name their language and can be verified, and errors are translated."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest

from kjtui.cli.commands import main
from kjtui.formats.format_table import DOCUMENT_FORMATS
from kjtui.languages import current_language
from support.catalogues import TRANSLATED
from support.commands import Capture, printed

pytestmark = pytest.mark.usefixtures("all_languages")

COMMANDS = (
    ["snapshot", "2020-03-10"],
    ["compare", "2019-07-01", "2020-03-10"],
    ["track", "gsomia", "2019-11-23"],
    ["event", "2019-07-04-individual-licensing"],
    ["meeting", "dialogue-08"],
    ["term", "abe-shinzo"],
)
CASES = [
    pytest.param(command, form, id=f"{command[0]}-{form}")
    for command in COMMANDS
    for form in DOCUMENT_FORMATS
    if (command[0], form) != ("term", "json")  # terms have no JSON export
]


@pytest.mark.parametrize(("command", "form"), CASES)
@pytest.mark.parametrize("language", TRANSLATED)
def test_a_document_in_another_language_is_verified_in_it(
    language: str, command: list[str], form: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / f"export{DOCUMENT_FORMATS[form].suffix}"
    assert main([*command, "--lang", language, "--output", str(path)]) == 0
    assert main(["verify", str(path)]) == 0
    assert capsys.readouterr().out.startswith("same: ")
    path.write_text(path.read_text(encoding="utf-8").replace("2019", "2018", 1), encoding="utf-8")
    assert main(["verify", str(path)]) == 1


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_format_names_the_language(language: str, capsys: Capture) -> None:
    command = ["snapshot", "2020-03-10", "--lang", language, "--format"]
    assert f"\nLanguage: {language}\n" in printed(capsys, *command, "text")
    assert json.loads(printed(capsys, *command, "json"))["dataset"]["language"] == language
    assert f'<html lang="{language}">' in printed(capsys, *command, "html")
    assert f"--lang {language}" in printed(capsys, *command, "markdown")


def test_english_documents_name_no_language(capsys: Capture) -> None:
    assert "Language" not in printed(capsys, "snapshot", "2020-03-10")
    data = json.loads(printed(capsys, "snapshot", "2020-03-10", "--format", "json"))
    assert "language" not in data["dataset"]


@pytest.mark.parametrize(("language", "text"), [("ko", "한국어 본문"), ("ja", "日本語本文")])
def test_the_citation_of_the_record_names_the_language_of_the_text(
    language: str, text: str, capsys: Capture
) -> None:
    command = ["export", "--cite", "--lang", language, "--format"]
    assert text in printed(capsys, *command, "bibtex")
    assert f"LA  - {language}\r\n" in printed(capsys, *command, "ris")
    [entry] = json.loads(printed(capsys, *command, "csl-json"))
    assert (entry["language"], text in entry["note"]) == (language, True)


@pytest.mark.parametrize(
    ("language", "error", "command"),
    [("ko", "날짜가 아님", "사용법"), ("ja", "日付ではない", "使い方")],
)
def test_errors_and_help_are_in_the_language(
    language: str, error: str, command: str, capsys: Capture
) -> None:
    assert main(["snapshot", "someday", "--lang", language]) == 2
    message = capsys.readouterr().err
    assert error in message
    assert message.count("\n") == 1
    with pytest.raises(SystemExit):
        main(["--lang", language, "--help"])
    assert capsys.readouterr().out.startswith(command)


def test_a_command_without_the_option_is_in_english(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert not re.search("[가-힣]", printed(capsys, "tracks"))
    assert current_language() == "en"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["snapshot", "--store", "/gone.json"],
            "/gone.json：読み込めない：ファイルまたはフォルダーがない",
        ),
        (
            ["export", "--output", "x.foo"],
            "x.foo：拡張子 .foo の形式はない。使える拡張子：.ics、.sqlite、.ris、.bib、.csl.json。"
            "CSVの表は --output tables、ウェブページは --output site と入力",
        ),
        (["zebra"], "「zebra」というコマンドはない（kjtui --help を参照）"),
        (["term", "zebra"], "「zebra」という用語はない。一覧：kjtui terms"),
        (
            ["events", "--match", "食い違い：多数"],
            "食い違いは「はい」（yes）か「いいえ」（no）で指定する（入力：「多数」）",
        ),
        (["event"], "必要な引数がない：EVENT（kjtui event --help を参照）"),
    ],
)
def test_an_error_in_japanese_has_japanese_punctuation(
    arguments: list[str], told: str, capsys: Capture
) -> None:
    with suppress(SystemExit):
        main([*arguments, "--lang", "ja"])
    assert capsys.readouterr().err == f"kjtui：{told}\n"
