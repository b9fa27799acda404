"""`kjtui help` and the manual page are complete, correct, and readable in a terminal."""

import argparse
import os
import re
import shlex
import subprocess
import sys
import unicodedata
from datetime import date

import pytest

from kjtui.cli.commands import main
from kjtui.cli.export_command import EXPORTS
from kjtui.cli.parser import build_parser
from kjtui.cli.parser import command as command_of
from kjtui.cli.topics import TOPICS, Example, ExampleNames, example_names, filled, topic_called, topic_text
from kjtui.find.goto import find_day
from kjtui.find.query import parse_query
from kjtui.formats.bibliography import BIBLIOGRAPHIES
from kjtui.formats.format_table import DOCUMENT_FORMATS, LIST_FORMATS
from kjtui.history.snapshot import History
from kjtui.languages import speaking, tr
from kjtui.tui.keys.command_table import main_commands
from kjtui.words.wrap import cells
from regenerate import MANUAL
from support.manual import manual
from support.stores import BRIDGE, SAMPLE

Capture = pytest.CaptureFixture[str]
COMMANDS = next(
    action.choices
    for action in build_parser()._actions  # noqa: SLF001  # argparse has no public list of them
    if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001  # as above
)


def examples(topic: str, names: ExampleNames | None = None) -> list[Example]:
    names = names or example_names(SAMPLE)
    parts = [part for part in TOPICS[topic].parts if not isinstance(part, str)]
    return [example for part in parts for example in filled(part, names)]


def helped(capsys: Capture, *arguments: str) -> str:
    try:
        code = main(["help", *arguments])
    except SystemExit as exited:
        code = int(exited.code or 0)
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_fits_a_terminal_and_has_every_example(topic: str, capsys: Capture) -> None:
    text = helped(capsys, topic)
    assert max(map(cells, text.splitlines())) <= 80
    assert {example.typed for example in examples(topic) if f"\n  {example.typed}  " not in text} == set()


@pytest.mark.parametrize("example", examples("dates"), ids=lambda example: example.typed)
def test_every_example_of_a_day_is_a_day(example: Example, history: History) -> None:
    assert find_day(example.typed, history, date.today())


@pytest.mark.parametrize(
    "typed", ["2020/3/10", "20200310", "March 10, 2020", "10 Mar 2020", "2020년 3월 10일"]
)
def test_other_notations_in_the_help_mean_the_same_day(typed: str, history: History) -> None:
    assert find_day(typed, history, date.today()) == date(2020, 3, 10)


def test_months_weeks_and_years_mean_the_documented_days(history: History) -> None:
    for typed, first, last in (
        ("2020-03", date(2020, 3, 1), date(2020, 3, 31)),
        ("2020-W11", date(2020, 3, 9), date(2020, 3, 15)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    ):
        assert find_day(typed, history, date.today()) == first
        assert find_day(typed, history, date.today(), last=True) == last
    with pytest.raises(ValueError, match="2020-03-04, 2020-04-03"):
        find_day("3/4/2020", history, date.today())


MEETINGS_ONLY = ("--level", "--series", "--status")
SOURCES_ONLY = ("--event-match", "--publisher", "--source-kind", "--language", "--machine-translated")


@pytest.mark.parametrize("example", examples("filters"), ids=lambda example: example.typed)
def test_every_example_of_a_filter_finds_something(example: Example, capsys: Capture) -> None:
    command = "events"
    for name, only in (("sources", SOURCES_ONLY), ("meetings", MEETINGS_ONLY)):
        if example.typed.startswith(only):
            command = name
    assert main([command, *shlex.split(example.typed)]) == 0
    assert capsys.readouterr().out


def test_every_filter_is_explained() -> None:
    filters = {option for name in ("events", "meetings", "sources", "export") for option in options(name)}
    filters -= {"--help", "--store", "--format", "--output", "--force", "--day", "--event", "--cite", "-h"}
    filters -= {"--count", "--sort", "--full", "--lang"}
    assert {example.typed.split()[0] for example in examples("filters")} == filters


def test_every_argument_is_explained() -> None:
    for action in build_parser()._actions:  # noqa: SLF001  # argparse lists its arguments nowhere else
        for name, parser in action.choices.items() if isinstance(action.choices, dict) else ():
            assert all(argument.help for argument in parser._actions), name  # noqa: SLF001  # as above


def options(command: str) -> set[str]:
    actions = COMMANDS[command]._actions  # noqa: SLF001  # as above
    return {option for action in actions for option in action.option_strings}


def test_every_format_is_explained_with_its_extension() -> None:
    told = [(example.typed, example.meaning.partition(":")[0]) for example in examples("formats")]
    suffixes = {
        **{name: known.suffix for name, known in DOCUMENT_FORMATS.items()},
        **{name: known.suffix for name, known in LIST_FORMATS.items()},
    }
    assert dict(told[: len(suffixes)]) == suffixes
    assert tuple(name for name, _ in told[len(suffixes) :]) == EXPORTS
    for name, known in BIBLIOGRAPHIES.items():
        assert (name, known.suffix) in told


def test_the_parser_knows_the_formats_of_bibliographies() -> None:
    assert set(BIBLIOGRAPHIES) <= set(EXPORTS)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in TOPICS])
def test_help_on_a_command_equals_its_own_help_option(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    expected = capsys.readouterr().out
    assert helped(capsys, command) == expected


def test_help_alone_lists_commands_and_topics(capsys: Capture) -> None:
    text = helped(capsys)
    assert "kjtui help dates" in " ".join(text.split())
    assert {command for command in COMMANDS if f"\n    {command} " not in text} == set()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("lists", "did you mean filters"),  # the topic `filters` explains how to filter lists
        ("list", "did you mean filters"),
        ("bibliography", "did you mean filters"),
        ("day", "did you mean dates"),
        ("Dates", "did you mean dates"),
        ("formats ", "did you mean formats"),
        ("snapshto", "did you mean snapshot?"),
        ("xyz", "available: dates, filters, search, formats, keys, terms and every command"),
        ("", "available: dates, filters, search, formats, keys, terms and every command"),
    ],
)
def test_an_unknown_topic_is_refused_in_one_line_with_a_suggestion(
    typed: str, offered: str, capsys: Capture
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["help", typed])
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"kjtui: argument TOPIC: there is no topic {typed!r}; {offered}")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ko", ("주체:", "-종류:재판", "단신:아니요 ", "주체(actor)")),
        ("ja", ("主体：", "-種類：裁判", "短信：いいえ ", "主体（actor）")),
    ],
)
def test_examples_of_fields_are_in_the_language(language: str, shown: tuple[str, ...]) -> None:
    with speaking(language):
        names = example_names(None)
        text = topic_text("search", names)
        assert {example for example in shown if example not in text} == set()
        assert "actor:" not in text
        assert names.record
        for example in examples("search", names):
            parse_query(example.typed, names.record)


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "typed", "topic"),
    [
        ("ko", "날짜", "dates"),
        ("ko", unicodedata.normalize("NFD", "검색"), "search"),  # decomposed, as on a Mac
        ("ko", "용어", "terms"),
        ("ja", "日付", "dates"),
        ("ja", "ｷｰ", "keys"),
    ],
)
def test_a_topic_can_be_typed_in_the_language_of_the_interface(
    language: str, typed: str, topic: str, capsys: Capture
) -> None:
    assert helped(capsys, typed, "--lang", language) == helped(capsys, topic, "--lang", language)


@pytest.mark.usefixtures("all_languages")
def test_a_misspelt_topic_is_corrected_in_the_language_of_the_interface(capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["help", "필타", "--lang", "ko"])
    assert "비슷한 것: 필터" in capsys.readouterr().err


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize("language", ["ko", "ja"])
def test_the_names_of_topics_differ(language: str) -> None:
    with speaking(language):
        assert [topic_called(tr(topic)) for topic in TOPICS] == list(TOPICS)


def test_the_manual_page_is_up_to_date() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "python tests/regenerate.py"


@pytest.mark.needs("groff")
def test_the_manual_page_is_drawn_without_warnings_and_as_it_is_typed() -> None:
    command = ["groff", "-k", "-man", "-ww", "-Tutf8", "-P-cbou", str(MANUAL)]
    result = subprocess.run(command, capture_output=True, check=True)
    assert result.stderr == b""
    page = result.stdout.decode()
    assert {command for command in COMMANDS if f"\n   {command}\n" not in page} == set()
    for name in COMMANDS:
        page_of_command = re.split(r"\n(?: {3})?\S", page.split(f"\n   {name}\n")[1])[0]
        missing = {one for one in options(name) - {"-h", "--help", "--store"} if one not in page_of_command}
        assert missing == set()
    typed = {one.typed for topic in TOPICS for one in examples(topic, ExampleNames())}
    assert {text for text in typed if text not in page} == set()


def test_examples_in_help_use_names_of_the_open_record(bridge: History, capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["track", "--help", "--store", str(BRIDGE)])
    text = capsys.readouterr().out
    assert f"kjtui track {next(iter(bridge.record.tracks))}\n" in text
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            main([command, "--help", "--store", str(BRIDGE)])
        text = capsys.readouterr().out
        assert not any(name in text.lower() for name in ("japan", "photoresist", "gsomia", "dialogue"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_in_its_examples(name: str) -> None:
    """Options that every command has, such as ``--store``, are in the examples of ``kjtui --help``."""
    words = {word for example in command_of(name).examples for word in example.split()}
    assert options(name) - {"-h", "--help", "--store", "--lang"} <= words


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "today, start or end"), ("ko", "오늘, 시작, 끝"), ("ja", "今日、開始、終了")],
)
def test_the_words_for_days_are_those_of_the_language(language: str, words: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help", "--lang", language])
    assert words in capsys.readouterr().out


def test_the_examples_of_kjtui_have_its_options(capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    examples = capsys.readouterr().out.partition("\nexamples:\n")[2]
    assert {"--date", "--store", "--lang"} <= set(examples.split())


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["events", "--fromat", "json"], "'--fromat'; did you mean --format"),
        (["events", "--knd=licence"], "'--knd'; did you mean --kind"),
        (["serve", "--prot", "80"], "'--prot'; did you mean --port"),
        (["tracks", "--every", "mont"], "no period 'mont'; did you mean month"),
        (["--lang", "kr"], "no language 'kr'; did you mean ko"),
    ],
)
def test_an_unknown_option_or_choice_gets_a_suggestion(
    typed: list[str], offered: str, capsys: Capture
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(typed)
    assert offered in capsys.readouterr().err


@pytest.mark.parametrize("topic", TOPICS)
def test_topics_use_names_of_the_open_record(topic: str, capsys: Capture) -> None:
    text = helped(capsys, topic, "--store", str(BRIDGE))
    shown = re.sub("a day in Japanese|a day of a Japanese era|A Japanese phrase", "", " ".join(text.split()))
    assert not any(name in shown.lower() for name in ("japan", "photoresist", "gsomia", "dialogue"))


@pytest.mark.parametrize("encoding", ["cp932", "cp949", "euc_jp", "euc_kr", "latin-1", "ascii"])
def test_help_is_utf_8_in_every_encoding_of_standard_output(encoding: str) -> None:
    for arguments in (["--help"], ["help", "dates"], ["snapshot", "2020-03-10"]):
        result = subprocess.run(
            [sys.executable, "-m", "kjtui", *arguments],
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        )
        assert result.stdout.decode("utf-8")
        assert result.stderr == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ["snapshot", "2020-01-01", "\x1b[31mx\nkjtui: a second line"],
        ["notes", "\x1b[31m"],
        ["serve", "\n"],
        ["\x1b[31m"],
        ["events", "--format", "\x1b]52;c;x\x07\n\u202e"],
        ["events", "--track", "\x1b[2J\r\nx"],
    ],
)
def test_a_refusal_is_one_line_without_control_characters(arguments: list[str]) -> None:
    result = subprocess.run([sys.executable, "-m", "kjtui", *arguments], capture_output=True)
    told = result.stderr.decode()
    assert result.returncode == 2
    assert told.count("\n") == 1
    assert all(character.isprintable() for character in told[:-1])


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("snapshto", "snapshot"), ("evnts", "events"), ("meetigns", "meetings"), ("outcome", "outcomes")],
)
def test_an_unknown_command_gets_a_suggestion(typed: str, offered: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([typed])
    assert f"there is no command {typed!r}; did you mean {offered}" in capsys.readouterr().err


def test_the_keys_of_the_topic_are_those_of_the_app() -> None:
    """The help topic has its own copy of the list of keys, because commands must not import Textual."""
    shown = {word for command in main_commands() for word in command.shown.split()} | {"⏎", "enter", "N"}
    typed = {word for example in examples("keys") for word in example.typed.split()}
    assert typed <= shown


@pytest.mark.usefixtures("hangul")
def test_an_unknown_command_gets_a_suggestion_from_a_translated_argparse(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(vars(argparse), "_", tr)
    with pytest.raises(SystemExit):
        build_parser().parse_args(["snapshto"])
    assert capsys.readouterr().err.count("snapshot") == 1
