"""The command `verify`: unchanged exports, changed exports, and files that cannot be verified."""

import io
import os
import sys
from datetime import date
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjtui.cli.commands import main
from kjtui.documents.provenance import Provenance, Request
from kjtui.files.atomic_write import ExportError
from kjtui.formats import verify as verifying
from kjtui.formats.format_table import DOCUMENT_FORMATS
from kjtui.formats.provenance_parser import parse_provenance
from kjtui.formats.verify import verify
from kjtui.history.snapshot import History
from kjtui.record.sanitize import sanitize
from kjtui.record.store import load
from support.commands import Capture, printed
from support.exports import as_json
from support.hostile import COMMAND
from support.stores import BRIDGE, MakeStore, Tables

REAL = (
    ["snapshot", "2020-03-10"],
    ["event", "2019-07-04-individual-licensing", "2019-12-31"],
    ["compare", "2023-04-14", "2020-03-10"],
    ["why", "gsomia", "2019-11-23"],
)
ANOTHER = (
    ["snapshot", "2021-05-20"],
    ["compare", "2021-01-01", "2021-12-31"],
    ["why", "bridge", "2021-07-01"],
)
STORE = ["--store", str(BRIDGE)]
DAY = date(2021, 5, 20)


@pytest.fixture
def export(tmp_path: Path, capsys: Capture) -> Path:
    """Return the path of a file with a snapshot of the second record."""
    path = tmp_path / "day.txt"
    path.write_text(printed(capsys, *ANOTHER[0], "--full", *STORE), encoding="utf-8")
    return path


def spoilt(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
@pytest.mark.parametrize(
    ("command", "store"), [*((one, []) for one in REAL), *((one, STORE) for one in ANOTHER)], ids=str
)
def test_every_export_is_verified(
    tmp_path: Path, capsys: Capture, form: str, command: list[str], store: list[str]
) -> None:
    path = tmp_path / "export"
    assert main([*command, *store, "--format", form, "--output", str(path)]) == 0
    assert main(["verify", str(path), *store]) == 0
    days = sorted(command[1:]) if command[0] == "compare" else command[1:]
    name = {"why": "track"}.get(command[0], command[0])
    assert capsys.readouterr().out == f"same: kjtui {' '.join([name, *days])}\n"
    text = path.read_text(encoding="utf-8")
    place = text.index(" the ", len(text) // 3)  # in every format, this is within a sentence
    path.write_text(f"{text[:place]} THE {text[place + 5 :]}", encoding="utf-8")
    assert main(["verify", str(path), *store]) == 1
    assert capsys.readouterr().out.startswith("differs: kjtui ")


@pytest.mark.parametrize("form", [name for name in DOCUMENT_FORMATS if name != "json"])
def test_a_full_comparison_is_known_again(tmp_path: Path, capsys: Capture, form: str) -> None:
    path, command = tmp_path / "export", ["compare", "2020-03-10", "2023-04-14", "--full"]
    assert main([*command, "--format", form, "--output", str(path)]) == 0
    assert main(["verify", str(path)]) == 0
    assert capsys.readouterr().out == f"same: kjtui {' '.join(command)}\n"


@pytest.mark.usefixtures("all_languages")
def test_the_command_has_the_language_of_the_document(tmp_path: Path, capsys: Capture) -> None:
    path, command = tmp_path / "export", ["snapshot", "2020-03-10", "--lang", "ko"]
    assert main([*command, "--output", str(path)]) == 0
    assert main(["verify", str(path)]) == 0
    assert capsys.readouterr().out.endswith(f"kjtui {' '.join(command)}\n")


def test_verify_prints_the_lines_that_differ(export: Path, capsys: Capture) -> None:
    spoilt(export, "one million", "one billion")
    assert main(["verify", str(export), *STORE]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:3] == [
        "differs: kjtui snapshot 2021-05-20 --full",
        f"--- {export}",
        "+++ kjtui snapshot 2021-05-20 --full",
    ]
    assert [line for line in told[3:] if line[0] in "-+"] == [
        "-  ! Sources disagree on the cost: one billion [2]; two million [3]",
        "+  ! Sources disagree on the cost: one million [2]; two million [3]",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\n", "\r\n", "line ends"),
        ("\n", " \t\n", "spaces at line ends"),
        (
            "The Mill Lane bridge\nStatus",
            "\ufeffThe Mill Lane bridge\r\nStatus",
            "a byte-order mark and line ends",
        ),
        ("--store bridge.json\n", "--store bridge.json", "the end of the file"),
        (
            "--store bridge.json\n",
            "--store bridge.json\n\n \n",
            "spaces at line ends and the end of the file",
        ),
    ],
)
def test_changed_line_ends_are_accepted_and_reported(
    export: Path, capsys: Capture, old: str, new: str, told: str
) -> None:
    spoilt(export, old, new)
    assert main(["verify", str(export), *STORE]) == 0
    assert capsys.readouterr().out == f"same except for {told}: kjtui snapshot 2021-05-20 --full\n"


def test_a_changed_line_is_found_in_spite_of_changed_line_ends(export: Path, capsys: Capture) -> None:
    spoilt(export, "one million", "one billion")
    spoilt(export, "\n", "\r\n")
    assert main(["verify", str(export), *STORE]) == 1
    changed = [line for line in capsys.readouterr().out.splitlines()[3:] if line[0] in "-+"]
    assert len(changed) == 2


@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
def test_a_changed_record_is_reported(
    tmp_path: Path, capsys: Capture, tables: Tables, make_store: MakeStore, form: str
) -> None:
    path = tmp_path / "export"
    store = make_store(tables)
    before = load(store).digest
    command = ["snapshot", "2021-05-20", "--store", str(store), "--format", form, "--output", str(path)]
    assert main(command) == 0
    tables["events"]["4"]["title"] = "Bridge stays closed; a ferry, perhaps"
    tables["dataset"]["1"]["version"] = "2_b"
    make_store(tables)
    assert main(["verify", str(path), "--store", str(store)]) == 1
    first, *differences = capsys.readouterr().out.splitlines()
    assert first == (
        f"changed: made from version 1, sha256 {before}; "
        f"the record is now version 2_b, sha256 {load(store).digest}"
    )
    changed = "\n".join(line for line in differences if line[0] in "-+")
    assert "ferry proposed" in changed
    assert "ferry, perhaps" in changed
    assert main([*command, "--force"]) == 0
    tables["dataset"]["1"]["version"] = "3"
    make_store(tables)
    assert main(["verify", str(path), "--store", str(store)]) == 1
    assert capsys.readouterr().out.startswith("changed: made from version 2_b, sha256 ")


def test_a_deleted_track_is_reported(
    tmp_path: Path, capsys: Capture, tables: Tables, make_store: MakeStore
) -> None:
    path, store = tmp_path / "why.txt", make_store(tables)
    assert main(["why", "ferry", "2021-06-01", "--store", str(store), "--output", str(path)]) == 0
    tables["tracks"]["2"]["id"] = "boat"
    tables["events"]["4"]["effects"][1]["track"] = "boat"
    make_store(tables)
    assert main(["verify", str(path), "--store", str(store)]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == ["differs: there is no track ferry"]


@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
def test_an_export_of_another_store_names_that_store(tmp_path: Path, capsys: Capture, form: str) -> None:
    path = tmp_path / "export"
    assert main(["snapshot", "2021-05-20", *STORE, "--format", form, "--output", str(path)]) == 0
    assert capsys.readouterr().err == f"kjtui: wrote {path}\n"
    assert main(["verify", str(path)]) == 2
    store = "The Mill Lane bridge" if form == "json" else "bridge.json"
    assert capsys.readouterr().err == (
        f"kjtui: {path}: made from another store, {store}; open that store with --store PATH\n"
    )


@pytest.mark.parametrize("name", ["b.json", "a  'b' `c`.json", "wide " * 30, "long" * 40, "불화수소" * 12])
@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
def test_the_name_of_the_store_does_not_matter(
    tmp_path: Path, capsys: Capture, export: Path, form: str, name: str
) -> None:
    store, path = tmp_path / name, tmp_path / "export"
    store.write_bytes(BRIDGE.read_bytes())
    command = ["why", "bridge", "2021-05-20", "--format", form]
    assert main([*command, "--store", str(store), "--output", str(path)]) == 0
    assert main(["verify", str(path), "--store", str(store)]) == 0
    assert main(["verify", str(export), "--store", str(store)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "same: kjtui track bridge 2021-05-20",
        "same: kjtui snapshot 2021-05-20 --full",
    ]


def test_a_track_whose_id_is_wider_than_a_line(
    tables: Tables, make_store: MakeStore, capsys: Capture
) -> None:
    store = make_store(tables)
    long = "bridge" * 20
    store.write_text(store.read_text(encoding="utf-8").replace('"bridge"', f'"{long}"'), encoding="utf-8")
    text = printed(capsys, "why", long, "2021-07-01", "--store", str(store))
    assert verify(text, "-", History(load(store))).same


@pytest.mark.parametrize(
    "asked",
    [
        "snapshot 2021-05-20 --output PATH --force",
        "snapshot 2021-05-20; touch PATH",
        "snapshot $(touch PATH)",
        "rm 2021-05-20",
        "snapshot 2021-05-41",
        "snapshot 2021-W20",
        "snapshot 20210520",
        "snapshot",
        "snapshot 2021-05-20 2021-05-20",
        "comparison 2021-05-20",
        "track bridge",
        "track 2021-05-20",
        "event 2021-05-20",
        "reason bridge 2021-05-20",
        "track bridge 2021-05-20 --notes",
        "snapshot --full 2021-05-20",
        "snapshot 2021-05-20 --notes --full",
        "check",
        '"snapshot 2021-05-20',
        "",
    ],
)
def test_a_footer_without_a_valid_request_is_refused(export: Path, capsys: Capture, asked: str) -> None:
    target = export.with_name("target")
    spoilt(export, "Document: snapshot 2021-05-20 --full", f"Document: {asked.replace('PATH', str(target))}")
    assert main(["verify", str(export), *STORE]) == 2
    assert capsys.readouterr().err.startswith(f"kjtui: {export}: no kjtui footer, so it cannot be verified; ")
    assert list(export.parent.iterdir()) == [export]


def test_the_command_in_a_footer_is_never_run(export: Path, capsys: Capture) -> None:
    target = export.with_name("target")
    spoilt(export, "Again: kjtui", f"Again: touch {target}; kjtui")
    assert main(["verify", str(export), *STORE]) == 1
    assert capsys.readouterr().out.startswith("differs: kjtui snapshot 2021-05-20 --full\n")
    assert list(export.parent.iterdir()) == [export]


def test_an_unknown_format_is_named(export: Path, capsys: Capture) -> None:
    spoilt(export, "Format: text", "Format: pdf\x1b[2J")
    assert main(["verify", str(export), *STORE]) == 2
    assert capsys.readouterr().err == f"kjtui: {export}: this version of kjtui has no format pdf[2J\n"


@pytest.mark.parametrize(
    "footer",
    [
        "Data: The bridge, version 1, sha256\n      "
        + "0" * 64
        + "\nAgain: kjtui snapshot 2021-05-20 --store\n       bridge.json\n",
        "Data: The bridge, version 1, sha256 `"
        + "0" * 64
        + "`\n\nAgain: `kjtui why bridge 2021-05-20 --format markdown`\n",
        '{\n  "schema": "kjtui/snapshot/1",\n  "as_of": "2021-05-20"\n}\n',
    ],
    ids=["text", "markdown", "json"],
)
def test_exports_of_the_first_edition_are_refused_by_name(bridge: History, footer: str) -> None:
    with pytest.raises(ExportError) as error:
        verify(footer if footer.startswith("{") else f"The bridge\n\n{footer}", "x", bridge)
    assert str(error.value) == "x: written by kjtui 0.1; verify it with that version"


texts = st.text().map(sanitize)


@given(st.builds(Provenance, texts, texts, texts, st.just(Request("snapshot", (DAY,))), texts, texts))
def test_a_footer_is_read_back_as_it_was_written(provenance: Provenance) -> None:
    lines = [(name, value) for name, value in provenance.fields()]
    plain = "\n".join(f"{name}: {value}".rstrip() for name, value in lines)
    html = "\n".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>".rstrip() for name, value in lines)
    for footer in (plain, html):
        assert parse_provenance(f"Record: in the text\n{footer}\nsent by mail\n") == provenance


@given(texts.filter(bool))
def test_any_track_is_read_back(track: str) -> None:
    provenance = Provenance("a", "1", "0" * 64, Request("track", (DAY,), track), "text")
    footer = "\n".join(f"{name}: {value}".rstrip() for name, value in provenance.fields())
    assert parse_provenance(footer) == provenance


def test_control_characters_of_a_file_are_escaped(export: Path, capsys: Capture) -> None:
    spoilt(export, "one million", "one\x1b[2J \u202emill\u200bion\x07")
    assert main(["verify", str(export), *STORE]) == 1
    told = capsys.readouterr().out
    assert not COMMAND.search(told)
    assert "one\\u001b[2J \\u202emill\\u200bion\\u0007" in told


def test_invisible_characters_count_as_a_difference(export: Path, capsys: Capture) -> None:
    spoilt(export, "one million", "one mil\u200blion")
    assert main(["verify", str(export), *STORE]) == 1
    assert "one mil\\u200blion" in capsys.readouterr().out


def test_a_huge_file_is_not_compared_line_by_line(export: Path, capsys: Capture) -> None:
    text = export.read_text(encoding="utf-8")
    export.write_text("\n" * 500_000 + text, encoding="utf-8")
    assert main(["verify", str(export), *STORE]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2
    assert told[1].startswith("500,")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello\n",
        "{}",
        "[" * 100_000,
        '{"x": ' * 100_000,
        '{"schema": "kjtui/snapshot/2"}',
        '{"schema": "kjtui/snapshot/2", "dataset": {"title": "", "version": "", "digest": ""}}',
        "Again: kjtui snapshot 2020-03-10\n",
        "Version: 1\nSHA-256: 0\nDocument: snapshot 2020-03-10\nFormat: text\nRecord: x\n",
        "Record: x\nVersion: 1\nDocument: snapshot 2020-03-10\nFormat: text\n",
    ],
    ids=range(10),
)
def test_a_file_without_a_footer_is_refused(bridge: History, text: str) -> None:
    with pytest.raises(ExportError, match="no kjtui footer, so it cannot be verified"):
        verify(text, "x", bridge)


@pytest.mark.posix
def test_an_unreadable_file_is_refused_in_one_line(
    tmp_path: Path, capsys: Capture, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "latin").write_bytes(b"caf\xe9")
    os.mkfifo(tmp_path / "pipe")
    for name, why in (
        (".", "not a file (- reads standard input)"),
        ("pipe", "not a file (- reads standard input)"),
        ("nowhere", "cannot be read: No such file or directory"),
        ("nul\0byte", "cannot be read: "),
        ("latin", "not UTF-8 at byte 3"),
    ):
        assert main(["verify", str(tmp_path / name)]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert why in told.err
        assert told.err.count("\n") == 1
    monkeypatch.setattr(verifying, "MOST_BYTES", 100)
    assert main(["verify", str(export)]) == 2
    assert "longer than 100 bytes" in capsys.readouterr().err


def test_standard_input_can_be_verified(
    export: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(export.read_bytes())))
    assert main(["verify", "-", *STORE]) == 0
    assert capsys.readouterr().out == "same: kjtui snapshot 2021-05-20 --full\n"


def test_json_from_the_app_is_verified_as_well(bridge: History) -> None:
    for day in bridge.event_days:
        assert verify(as_json(bridge.snapshot(day)), "x", bridge).same


@pytest.mark.parametrize("section", ["figures", "what came of it", "sources"])
def test_a_section_of_a_track_is_verified(section: str, capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "section.txt"
    file.write_text(
        printed(capsys, "track", "hydrogen-fluoride", "2021-01-05", "--section", section), "utf-8"
    )
    assert main(["verify", str(file)]) == 0
    assert f"--section={section}" in capsys.readouterr().out.replace("'", "")


@pytest.mark.parametrize(
    "arguments", [["outcomes", "--format", "json"], ["events", "--track", "hf", "--full"]]
)
def test_a_list_is_refused_as_a_list(arguments: list[str], capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_text(printed(capsys, *arguments), "utf-8")
    assert main(["verify", str(file)]) == 2
    assert "a list; only documents can be verified" in capsys.readouterr().err
