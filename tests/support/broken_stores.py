"""Broken stores with their error lines, and unusual stores that can be used.

An error line is a regular expression without the prefix `kjtui: PATH: `.
"""

import json
import os
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from support.stores import BRIDGE, Tables

Make = Callable[[Path, Tables], Path]
"""A function that creates a store in a folder and returns its path. It may use the given tables."""
Edit = Callable[[Tables], Any]

LONG = "The bridge 다리 " * 1000  # more than 10,000 characters


def with_content(content: bytes) -> Make:
    """Return a function that creates a file with this content."""

    def make(folder: Path, _: Tables) -> Path:
        path = folder / "store.json"
        path.write_bytes(content)
        return path

    return make


def with_tables(edit: Edit) -> Make:
    """Return a function that edits the given tables and writes them as a store."""

    def make(folder: Path, tables: Tables) -> Path:
        edit(tables)
        return with_content(json.dumps(tables).encode())(folder, tables)

    return make


def nothing(_: object) -> None:
    """Do nothing: create no file, or change no table."""


def at_path(name: str, create: Callable[[Path], Any] = nothing) -> Make:
    """Return a function that creates a file, folder or link named ``name`` in the folder."""

    def make(folder: Path, _: Tables) -> Path:
        path = folder / name
        create(path)
        return path

    return make


def event(tables: Tables, number: str = "1") -> dict[str, Any]:
    return tables["events"][number]


def update_effect(tables: Tables, **changes: str) -> None:
    event(tables)["effects"][0].update(changes)


def add_copy(tables: Tables, table: str, **changes: str) -> None:
    """Add a copy of a table's first document to the table. Change some fields of the copy."""
    tables[table]["99"] = deepcopy(tables[table]["1"]) | changes


def add_term(tables: Tables, **changes: Any) -> None:
    tables["terms"]["1"] = {"id": "pier", "term": "pier", "meaning": "What a bridge stands on."} | changes


def point(period: str) -> dict[str, Any]:
    return {"period": period, "value": 7.5, "published": "2021-06-01", "sources": ["gazette"]}


def series(tables: Tables, **changes: Any) -> None:
    entry = {
        "id": "crossings",
        "track": "bridge",
        "title": "Crossings",
        "measure": "people who crossed",
        "unit": "thousands",
        "points": [point("2021-02"), point("2021-03/2021-05")],
    }
    tables["series"] = {"1": entry | changes}


def series_and_facts(tables: Tables) -> None:
    series(tables)
    tables["tracks"]["1"]["facts"] = [{"label": "Length", "value": "9 m", "sources": ["plaque"]}]


def add_two_terms_of_one_id(tables: Tables) -> None:
    add_term(tables)
    add_copy(tables, "terms", term="mole")


def read_only_file(path: Path) -> None:
    path.write_bytes(BRIDGE.read_bytes())
    path.chmod(0o400)


def circular_links(path: Path) -> None:
    path.symlink_to("other")
    (path.parent / "other").symlink_to(path.name)


def oversized_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(500_000_001)


def update_coverage(tables: Tables, **days: str) -> None:
    tables["dataset"]["1"]["coverage"].update(days)


def long_texts_everywhere(tables: Tables) -> None:
    add_term(tables)
    for table, field in (("events", "title"), ("tracks", "name"), ("meetings", "name"), ("sources", "title")):
        for document in tables[table].values():
            document[field] = LONG
    tables["terms"]["1"]["term"] = tables["dataset"]["1"]["title"] = LONG
    for state in tables["tracks"]["1"]["states"]:
        state["label"] = LONG
    event(tables)["summary"] = LONG


def first_and_last_day_of_the_calendar(tables: Tables) -> None:
    update_coverage(tables, **{"from": "0001-01-01", "to": "9999-12-31"})
    event(tables).update(date="0001-01-01")
    update_effect(tables, in_force="0001-01-01", stage="in-force")
    event(tables, "2")["meeting"].update(starts="9999-12-31")
    event(tables, "4")["effects"][0].update(stage="adopted", in_force="9999-12-31")
    event(tables, "5").update(date="9999-12-31")
    tables["tracks"]["1"]["initial"].update(since="0001-01-01")


def everything_on(day: str) -> Edit:
    def edit(tables: Tables) -> None:
        update_coverage(tables, **{"from": day, "to": day})
        for document in tables["events"].values():
            document["date"] = day

    return edit


def times_of_one_day(first: str, second: str) -> Edit:
    def edit(tables: Tables) -> None:
        event(tables).update(time=first)
        event(tables, "2").update(id="hearing-set", date="2021-03-02", time=second)

    return edit


def one_id_in_all_tables(tables: Tables) -> None:
    """Use one id in every table and as a meeting's series. This is valid: ids are unique per table."""
    text = json.dumps(tables)
    for identity in ("bridge", "hearing-1", "notice-1", "2021-03-02-crack"):
        text = text.replace(json.dumps(identity), '"one"')
    tables.update(json.loads(text))
    tables["meetings"]["1"].update(series="one")


TOO_DEEP = r"not a store: nested too deeply"
NOT_JSON = r"not JSON: .+"
NOT_ROOT = r"not a TinyDB store: its root is not an object"
NO_NUMBER = r"events: the document keys are not running numbers"
CRACK = r"events: 2021-03-02-crack: "
UNSEEN = r"not a store: two keys differ only by unseen characters|events: unknown table"

BROKEN: dict[str, tuple[Make, str]] = {
    # Not a readable file
    "missing": (at_path("store.json"), r"cannot be read: No such file or directory"),
    "in a missing folder": (at_path("gone/store.json"), r"cannot be read: No such file or directory"),
    "in a file": (at_path("file/store.json", lambda p: p.parent.touch()), r"cannot be read: Not a directory"),
    "a folder": (at_path("store.json", Path.mkdir), r"not a record: the folder has no dataset\.toml"),
    "a pipe": (at_path("store.json", lambda p: os.mkfifo(p)), r"not a file"),
    "a device": (at_path("store.json", lambda p: p.symlink_to("/dev/zero")), r"not a file"),
    "a link to nothing": (
        at_path("link", lambda p: p.symlink_to("gone")),
        r"cannot be read: No such file .+",
    ),
    "a link to itself": (
        at_path("link", lambda p: p.symlink_to("link")),
        r"cannot be read: .*symbolic links.*",
    ),
    "links in a circle": (at_path("link", circular_links), r"cannot be read: .*symbolic links.*"),
    "a name too long": (at_path("x" * 300), r"cannot be read: File name too long"),
    "a name with NUL": (at_path("nul\0byte"), r"cannot be read: its name contains a null character"),
    "a name with an escape sequence": (at_path("\x1b[2Jx"), r"cannot be read: No such file or directory"),
    "too large": (at_path("store.json", oversized_file), r"larger than 500 MB"),
    # Not text
    "empty": (with_content(b""), NOT_JSON),
    "blank": (with_content(b" \n"), NOT_JSON),
    "a byte order mark alone": (with_content(b"\xef\xbb\xbf"), NOT_JSON),
    "NUL bytes": (with_content(b"\0" * 100), NOT_JSON),
    "a NUL byte in a text": (with_content(BRIDGE.read_bytes().replace(b"crack", b"cra\0ck")), NOT_JSON),
    "not UTF-8": (with_content(b'{"dataset": {"1": {"title": "\xff"}}}'), r"not UTF-8 at byte 29"),
    "UTF-16": (with_content(BRIDGE.read_text(encoding="utf-8").encode("utf-16")), r"not UTF-8 at byte 0"),
    "a surrogate as UTF-8": (with_content(b'{"events": "\xed\xa0\x80"}'), r"not UTF-8 at byte 12"),
    "UTF-8 that is cut in two": (
        with_content(b'{"events": {"1": {"id": "\xe2x\x82\xac"}}}'),
        r"not UTF-8 at byte 25",
    ),
    "half a surrogate pair": (with_content(b'{"events": {"1": {"id": "\\ud800"}}}'), NOT_JSON),
    # Not JSON, or not a store
    "not JSON": (with_content(b"dear diary"), NOT_JSON),
    "truncated": (with_content(BRIDGE.read_bytes()[:2000]), NOT_JSON),
    "without its last byte": (with_content(BRIDGE.read_bytes().rstrip()[:-1]), NOT_JSON),
    "two roots": (with_content(b"{}{}"), NOT_JSON),
    "not a number": (with_content(b'{"events": {"1": {"id": NaN}}}'), NOT_JSON),
    "a number out of range": (with_content(b'{"events": {"1": {"id": 1e999}}}'), NOT_JSON),
    "a list": (with_content(b"[1, 2]"), NOT_ROOT),
    "a string": (with_content(b'"events"'), NOT_ROOT),
    "a number": (with_content(b"7"), NOT_ROOT),
    "null": (with_content(b"null"), NOT_ROOT),
    "deep lists": (
        with_content(b'{"events": {"1": {"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}}}"),
        TOO_DEEP,
    ),
    "deep objects": (with_content(b'{"events":' * 100_000 + b"1" + b"}" * 100_000), TOO_DEEP),
    "deep, with an escape sequence": (
        with_tables(
            lambda t: event(t).update(summary=json.loads("[" * 900 + '"\x1b"' + "]" * 900, strict=False))
        ),
        rf"{TOO_DEEP}|{CRACK}summary: must be a text, not a list",
    ),
    "no tables": (with_content(b"{}"), r"dataset: needs one document, has 0"),
    "a table that is a list": (with_content(b'{"events": []}'), r"events: not a TinyDB table"),
    "a table that is null": (with_content(b'{"events": null}'), r"events: not a TinyDB table"),
    "a document that is text": (with_content(b'{"events": {"1": "x"}}'), r"events: not a TinyDB table"),
    "a table written twice, first as a list": (
        with_content(b'{"events": [], "events": {}}'),
        r"not a TinyDB store: a key is written twice",
    ),
    "a document under a name": (with_content(b'{"events": {"first": {}}}'), NO_NUMBER),
    "a document under a number below zero": (with_content(b'{"events": {"-1": {}}}'), NO_NUMBER),
    "two ways to write a number": (with_content(b'{"events": {"1": {}, "01": {}}}'), NO_NUMBER),
    "a number in other digits": (with_content('{"events": {"١": {}}}'.encode()), NO_NUMBER),
    "a number too long": (with_content(b'{"events": {"' + b"9" * 5000 + b'": {}}}'), NO_NUMBER),
    "an unknown table": (with_tables(lambda t: t.update(gossip={})), r"gossip: unknown table"),
    "a table with a long name": (
        with_tables(lambda t: t.update({LONG: {}})),
        r"The bridge .{229}…: unknown table",
    ),
    "table names that look the same": (with_tables(lambda t: t.update({"events\u200b": {}})), UNSEEN),
    "two datasets": (
        with_tables(lambda t: t["dataset"].update({"2": t["dataset"]["1"]})),
        r"dataset: needs one document, has 2",
    ),
    "no events": (with_tables(lambda t: t["events"].clear()), r"events: is empty"),
    "no tracks": (with_tables(lambda t: t.update(tracks={})), r"tracks: is empty"),
    # Fields
    "a missing field": (
        with_tables(lambda t: event(t).pop("title")),
        CRACK + r"the field 'title' is missing",
    ),
    "an unknown field": (
        with_tables(lambda t: event(t).update(colour="red")),
        CRACK + r"unknown field 'colour'",
    ),
    "a text instead of a list": (
        with_tables(lambda t: event(t).update(actors="C")),
        CRACK + r"actors: must be a list, not a text",
    ),
    "a number instead of a text": (
        with_tables(lambda t: event(t)["sources"].append(7)),
        CRACK + r"sources\[1\]: must be a text, not a whole number",
    ),
    "null instead of a text": (
        with_tables(lambda t: t["sources"]["2"].update(url=None)),
        r"sources: notice-1: url: must be a text, not null",
    ),
    "a wrong type in a nested field": (
        with_tables(lambda t: event(t, "4")["disputed"][0]["readings"][0].update(says=[])),
        r"events: 2021-05-20-longer: disputed\[0\]\.readings\[0\]\.says: must be a text, not a list",
    ),
    "an id that is a number": (
        with_tables(lambda t: event(t).update(id=7)),
        r"events: document 1: id: must be a text, not a whole number",
    ),
    "an unknown stage": (
        with_tables(lambda t: update_effect(t, stage="perhaps")),
        CRACK + r"effects\[0\]\.stage: unknown value 'perhaps'; allowed: .*",
    ),
    "an unknown tone": (
        with_tables(lambda t: t["tracks"]["1"]["states"][0].update(tone="loud")),
        r"tracks: bridge: states\[0\]\.tone: unknown value 'loud'; allowed: .*",
    ),
    # Days
    "a day that does not exist": (
        with_tables(lambda t: event(t).update(date="2021-02-30")),
        CRACK + r"date: no such date: '2021-02-30'",
    ),
    "an in-force day in no month": (
        with_tables(lambda t: update_effect(t, in_force="2021-13-01")),
        CRACK + r"effects\[0\]\.in_force: no such day: '2021-13-01'",
    ),
    "the year 0": (
        with_tables(lambda t: event(t).update(date="0000-01-01")),
        CRACK + r"date: no such date: '0000-01-01'",
    ),
    "the year 0 without month and day": (
        with_tables(lambda t: event(t).update(date="0000")),
        CRACK + r"date: no such date: '0000'",
    ),
    "the year 0 in force": (
        with_tables(lambda t: update_effect(t, in_force="0000-12-31")),
        CRACK + r"effects\[0\]\.in_force: no such day: '0000-12-31'",
    ),
    "the year 0 in the coverage": (
        with_tables(lambda t: update_coverage(t, **{"from": "0000-01-01"})),
        r"dataset: document 1: coverage\.from: no such day: '0000-01-01'",
    ),
    "the year 10000": (
        with_tables(lambda t: event(t).update(date="10000-01-01")),
        CRACK + r"date: not a date: '10000-01-01'; write 2020-03-10, .+",
    ),
    "the week after the last": (
        with_tables(lambda t: event(t).update(date="9999-W53")),
        CRACK + r"date: no such date: '9999-W53'",
    ),
    "a coverage that ends before it begins": (
        with_tables(lambda t: update_coverage(t, to="2020-01-01")),
        r"dataset: coverage: ends before it begins",
    ),
    # Ids that are used twice
    "two events of one id": (
        with_tables(lambda t: add_copy(t, "events", date="2021-08-01")),
        CRACK + r"id: used 2 times",
    ),
    "two tracks of one id": (
        with_tables(lambda t: add_copy(t, "tracks", name="Another")),
        r"tracks: bridge: id: used 2 times",
    ),
    "two meetings of one id": (
        with_tables(lambda t: add_copy(t, "meetings", name="Tea")),
        r"meetings: hearing-1: id: used 2 times",
    ),
    "two sources of one id": (
        with_tables(lambda t: add_copy(t, "sources", title="Another")),
        r"sources: plaque: id: used 2 times",
    ),
    "two terms of one id": (
        with_tables(add_two_terms_of_one_id),
        r"terms: pier: id: used 2 times",
    ),
    "two states of one id": (
        with_tables(lambda t: t["tracks"]["1"]["states"].append(t["tracks"]["1"]["states"][0])),
        r"tracks: bridge: states: open used 2 times",
    ),
    # References to ids that do not exist
    "an unknown source": (
        with_tables(lambda t: event(t)["sources"].append("hearsay")),
        CRACK + r"sources: unknown id 'hearsay'",
    ),
    "an unknown source of a track": (
        with_tables(lambda t: t["tracks"]["1"]["initial"].update(sources=["hearsay"])),
        r"tracks: bridge: initial\.sources: unknown id 'hearsay'",
    ),
    "an unknown source of a term": (
        with_tables(lambda t: add_term(t, sources=["hearsay"])),
        r"terms: pier: sources: unknown id 'hearsay'",
    ),
    "an unknown source of a reading": (
        with_tables(lambda t: event(t, "4")["disputed"][0]["readings"][0].update(sources=["hearsay"])),
        r"events: 2021-05-20-longer: disputed: unknown id 'hearsay'",
    ),
    "an unknown actor": (
        with_tables(lambda t: event(t).update(actors=["X"])),
        CRACK + r"actors: unknown id 'X'",
    ),
    "an unknown speaker": (
        with_tables(lambda t: event(t).update(says={"X": "hm"})),
        CRACK + r"says: unknown id 'X'",
    ),
    "an unknown head of a delegation": (
        with_tables(lambda t: event(t, "2")["meeting"].update(heads={"X": "hm"})),
        r"events: 2021-04-hearing-set: meeting\.heads: unknown id 'X'",
    ),
    "an unknown track": (
        with_tables(lambda t: update_effect(t, track="road")),
        CRACK + r"effects\[0\]\.track: unknown id 'road'",
    ),
    "an unknown track touched": (
        with_tables(lambda t: event(t).update(touches=["road"])),
        CRACK + r"touches: unknown id 'road'",
    ),
    "a state that follows and is unknown": (
        with_tables(lambda t: update_effect(t, until="2021-06-01", then="opne")),
        CRACK + r"effects\[0\]\.then: unknown state 'opne' of bridge; allowed: open, \w+, \w+",
    ),
    "a requirement in an unknown state": (
        with_tables(
            lambda t: t["tracks"]["1"].update(
                facts=[{"label": "Length", "value": "9 m", "sources": [], "states": ["clsoed"]}]
            )
        ),
        r"tracks: bridge: facts\[0\]\.states: unknown state 'clsoed' of bridge; allowed: closed, \w+, \w+",
    ),
    "an unknown state": (
        with_tables(lambda t: update_effect(t, state="flooded")),
        CRACK + r"effects\[0\]\.state: unknown state 'flooded' of bridge; allowed: closed, \w+, \w+",
    ),
    "an unknown initial state": (
        with_tables(lambda t: t["tracks"]["1"]["initial"].update(state="new")),
        r"tracks: bridge: initial\.state: unknown state 'new' of bridge; allowed: open, closed, foot",
    ),
    "an unknown meeting": (
        with_tables(lambda t: event(t, "2")["meeting"].update(id="tea")),
        r"events: 2021-04-hearing-set: meeting\.id: unknown id 'tea'; every meeting needs an entry in the "
        "table `meetings`",
    ),
    "a part of an unknown meeting": (
        with_tables(lambda t: t["meetings"]["1"].update(part_of="tea")),
        r"meetings: hearing-1: part_of: unknown id 'tea'; every meeting needs an entry in the table "
        "`meetings`",
    ),
    "an unknown source of a fact": (
        with_tables(
            lambda t: t["tracks"]["1"].update(
                facts=[{"label": "Length", "value": "9 m", "sources": ["hearsay"]}]
            )
        ),
        r"tracks: bridge: facts\[0\]\.sources: unknown id 'hearsay'",
    ),
    "an unknown track of a series": (
        with_tables(lambda t: series(t, track="road")),
        r"series: crossings: track: unknown id 'road'",
    ),
    "an unknown source of a point": (
        with_tables(lambda t: series(t, points=[point("2021-02") | {"sources": ["hearsay"]}])),
        r"series: crossings: points\[0\]\.sources: unknown id 'hearsay'",
    ),
    "a period that ends before it starts": (
        with_tables(lambda t: series(t, points=[point("2021-05/2021-02")])),
        r"series: crossings: points\[0\]\.period: not a period: '2021-05/2021-02'; write .+",
    ),
    "a period with half its days": (
        with_tables(lambda t: series(t, points=[point("2021-05/")])),
        r"series: crossings: points\[0\]\.period: not a period: '2021-05/'; write .+",
    ),
    "an unknown id of 10,000 characters": (
        with_tables(lambda t: event(t)["sources"].append(LONG)),
        CRACK + r"sources: unknown id 'The bridge .{217}…",
    ),
    "an unknown id with an escape sequence": (
        with_tables(lambda t: update_effect(t, track="\x1b]8;;x\x07\nroad")),
        CRACK + r"effects\[0\]\.track: unknown id '(\\x1b)?\]8;;x( |\\x07\\n)road'",
    ),
}
"""Stores that every command rejects."""

NEED_POSIX = {
    *("in a file", "a pipe", "a device", "a link to nothing", "a link to itself", "links in a circle"),
    *("a name too long", "a name with an escape sequence"),
}
"""Broken stores that cannot be created on Windows, or give a different error there."""

BROKEN_NAMES = [
    pytest.param(name, marks=[pytest.mark.posix] if name in NEED_POSIX else []) for name in BROKEN
]
"""The names of the broken stores, as test parameters."""

USABLE: dict[str, Make] = {
    "valid": with_tables(nothing),
    "a byte order mark": with_content(b"\xef\xbb\xbf" + BRIDGE.read_bytes()),
    "a link": at_path("link", lambda p: p.symlink_to(BRIDGE)),
    "a read-only file": at_path("store.json", read_only_file),
    "NUL as an escape in texts": with_tables(lambda t: event(t).update(title="\0a\0b", summary="\0")),
    "texts of 10,000 characters": with_tables(long_texts_everywhere),
    "from the first day of the calendar to its last": with_tables(first_and_last_day_of_the_calendar),
    "everything on the last day of the calendar": with_tables(everything_on("9999-12-31")),
    "everything on the first day of the calendar": with_tables(everything_on("0001-01-01")),
    "the last year": with_tables(lambda t: event(t, "5").update(date="9999")),
    "a series and facts": with_tables(series_and_facts),
    "one id in many tables": with_tables(one_id_in_all_tables),
    "a meeting that ends before it starts": with_tables(
        lambda t: event(t, "2")["meeting"].update(ends="2021-05-01", phase="closed")
    ),
    "in force long before its event": with_tables(lambda t: update_effect(t, in_force="1850-01-01")),
    "the same effect three times": with_tables(lambda t: event(t)["effects"].extend(event(t)["effects"] * 2)),
    "coverage after all events": with_tables(
        lambda t: update_coverage(t, **{"from": "2030-01-01", "to": "2030-01-01"})
    ),
    "empty texts, no actors, no sources": with_tables(
        lambda t: [event(t, n).update(sources=[], actors=[], title="", summary="") for n in t["events"]]
    ),
}
"""Stores that every command accepts. The command ``check`` reports faults in some of these stores."""

FAULTS: dict[str, tuple[Edit, str]] = {
    "an unreadable id": (lambda t: event(t).update(id="The Crack!"), "id: not lower-case words"),
    "an event too early": (lambda t: event(t).update(date="2020-12-31"), "date: outside the coverage"),
    "an event too late": (lambda t: event(t, "5").update(date="2022-01-01"), "date: outside the coverage"),
    "events out of order": (
        lambda t: event(t).update(date="2021-06-02"),
        "is listed after a later event, 2021-03-02-crack",
    ),
    "times out of order": (
        times_of_one_day("18:00", "09:30"),
        "time: 09:30 is listed after a later event, 2021-03-02-crack (18:00)",
    ),
    "an end before the beginning": (lambda t: event(t).update(end="2021-03-01"), "end: before the date"),
    "a time that does not exist": (lambda t: event(t).update(time="25:00"), "time: not HH:MM"),
    "a meeting that ends before it starts": (
        lambda t: event(t, "2")["meeting"].update(ends="2021-05-09"),
        "events: 2021-04-hearing-set: meeting.ends: before the start",
    ),
    "no source": (lambda t: event(t, "2").update(sources=[]), "sources: none"),
    "no actor": (lambda t: event(t, "2").update(actors=[]), "actors: none"),
    "an empty title": (lambda t: event(t).update(title=""), "title: empty"),
    "a long title": (lambda t: event(t).update(title="수" * 31), "title: 62 cells wide, at most 60"),
    "a wide short name": (
        lambda t: t["tracks"]["1"].update(short="B" * 13),
        "short: 13 cells wide, at most 12",
    ),
    "a statement with an effect": (
        lambda t: event(t).update(kind="statement"),
        "effects: a statement cannot have effects",
    ),
    "a licence with an effect": (
        lambda t: event(t).update(kind="licence"),
        "effects: a licence cannot have effects",
    ),
    "an announced day before its event": (
        lambda t: event(t, "4")["effects"][1].update(in_force="2021-01-01"),
        "effects[1].in_force: before the event; add a note that explains why",
    ),
    "a last day of a proposal": (
        lambda t: event(t, "4")["effects"][1].update(until="2021-08-01"),
        "effects[1].until: allowed only for adopted and in-force effects, not for proposed",
    ),
    "a last day before the effect is in force": (
        lambda t: update_effect(t, until="2021-03-04"),
        "effects[0].until: before the first day in force, 2021-03-05",
    ),
    "a state that follows no last day": (
        lambda t: update_effect(t, then="open"),
        "effects[0].then: requires `until`, which is missing",
    ),
    "a state that follows itself": (
        lambda t: update_effect(t, until="2021-06-01", then="closed"),
        "effects[0].then: the same state, closed",
    ),
    "a change that came due without a later word": (
        lambda t: [
            event(t, "4")["effects"][0].update(stage="adopted", in_force="2021-06-01"),
            event(t, "5").update(effects=[], touches=["ferry"]),
        ],
        "effects[0].in_force: bridge was due to change on 2021-06-01, and nothing says",
    ),
    "a conditional state that never came": (
        lambda t: event(t, "4")["effects"][0].update(until="2021-06-10", then="open"),
        "effects[0].then: bridge was due to change on 2021-06-11, but nothing confirms it",
    ),
    "a state that followed by the text without a later word": (
        lambda t: [
            event(t, "4")["effects"][0].update(stage="in-force", until="2021-05-31", then="open"),
            event(t, "5").update(effects=[], touches=["ferry"]),
        ],
        "effects[0].then: bridge was due to change on 2021-06-01, and nothing says",
    ),
    "an event after the review": (
        lambda t: t["dataset"]["1"].update(reviewed="2021-06-30"),
        "events: 2021-07-01-foot: date: 2021-07-01 is after the last review of the record, 2021-06-30",
    ),
    "an event whose year is one too early": (
        lambda t: [
            t["sources"]["2"].update(date="2022-03-03"),
            t["dataset"]["1"].update(reviewed="2022-12-01"),
        ],
        "events: 2021-03-02-crack: date: one year before its first source (2022-03-03); is the year correct?",
    ),
    "a change decided more than ten years ahead": (
        lambda t: update_effect(t, in_force="2031-03-05"),
        "effects[0].in_force: more than ten years after the event; add a note that explains why",
    ),
    "an event written twice": (
        lambda t: t["events"].update({"6": {**event(t, "5"), "id": "2021-07-01-foot-2"}}),
        "events: 2021-07-01-foot-2: title: written twice: 2021-07-01-foot has this date and title",
    ),
    "a source of the example of a new record": (
        lambda t: t["sources"]["2"].update(url="https://a.example/duty"),
        "sources: notice-1: url: the example written by kjtui new is still there; replace or delete it",
    ),
    "a title that is not filled in": (
        lambda t: t["sources"]["2"].update(title="…"),
        "sources: notice-1: title: still …",
    ),
    "an address that is not filled in": (
        lambda t: t["sources"]["2"].update(url="https://…"),
        "sources: notice-1: url: not an address: 'https://…'",
    ),
    "a planned meeting whose day passed": (
        lambda t: event(t, "3").pop("meeting"),
        "meetings: hearing-1: was planned for 2021-05-10, and no later event says",
    ),
    "a language that is none": (
        lambda t: t["sources"]["2"].update(language="english"),
        "sources: notice-1: language: not an ISO 639-1 code: 'english'",
    ),
    "a dataset in a language that is none": (
        lambda t: t["dataset"]["1"].update(language="xx"),
        "dataset: language: not an ISO 639-1 code: 'xx'",
    ),
    "an address that is none": (
        lambda t: t["sources"]["2"].update(url="example.org/1"),
        "sources: notice-1: url: not an address: 'example.org/1'",
    ),
    "an archived copy that is no address": (
        lambda t: t["sources"]["2"].update(archived="https://a b"),
        "sources: notice-1: archived: not an address: 'https://a b'",
    ),
    "a source from after the review": (
        lambda t: t["sources"]["2"].update(date="2022-02"),
        "sources: notice-1: date: 2022-02 is after the last review of the record, 2022-01-05",
    ),
    "a source read after the review": (
        lambda t: t["sources"]["2"].update(accessed="2022-02-01"),
        "sources: notice-1: accessed: 2022-02-01 is after the last review of the record",
    ),
    "two sources of one address": (
        lambda t: t["sources"]["3"].update(url="https://example.org/1"),
        "sources: notice-2: url: also the address of notice-1",
    ),
    "a measure that concerns nothing": (
        lambda t: event(t, "5").pop("effects"),
        "touches: a measure must have effects, or name the tracks that it concerns",
    ),
    "a wide actor code": (
        lambda t: t["dataset"]["1"]["actors"].update(COUNCIL="Council"),
        "dataset: actors: 'COUNCIL' is not one to three capital letters",
    ),
    "a long name without a short one": (
        lambda t: t["tracks"]["1"].pop("short"),
        "short: required, because the name is 16 cells wide, more than 12",
    ),
    "a fact that ends before it begins": (
        lambda t: t["tracks"]["1"].update(
            facts=[
                {
                    "label": "Length",
                    "value": "9 m",
                    "sources": ["plaque"],
                    "since": "2021-03-02",
                    "until": "2021-03-01",
                }
            ]
        ),
        "tracks: bridge: facts[0].until: before `since`: 2021-03-01",
    ),
    "in force before its event": (
        lambda t: update_effect(t, in_force="2021-03-01"),
        "before the event; add a note that explains why",
    ),
    "in force after its event": (lambda t: update_effect(t, stage="in-force"), "write adopted"),
    "a single reading": (
        lambda t: event(t, "4")["disputed"][0]["readings"].pop(),
        "disputed: at least two readings are needed",
    ),
    "a reading without a source": (
        lambda t: event(t, "4")["disputed"][0]["readings"][0].update(sources=[]),
        "every reading needs a source",
    ),
    "a machine translation alone": (
        lambda t: t["sources"]["4"].update(machine_translated=True),
        "confidence: rests only on machine translations",
    ),
    "a source that is not cited": (
        lambda t: t["sources"].update({"9": {**t["sources"]["4"], "id": "spare"}}),
        "sources: spare: not cited",
    ),
    "a meeting that no event mentions": (
        lambda t: t["meetings"].update({"9": {**t["meetings"]["1"], "id": "tea"}}),
        "meetings: tea: no event mentions it",
    ),
    "a meeting that never closes": (
        lambda t: event(t, "3")["meeting"].update(phase="opened"),
        "hearing-1: opened and never closed",
    ),
    "an escape sequence": (
        lambda t: event(t).update(title="\x1b[2J"),
        "events: 2021-03-02-crack: title: control",
    ),
    "an id with another date": (
        lambda t: event(t).update(id="2021-03-03-crack"),
        "id: contains a date other than 2021-03-02",
    ),
    "a licence for nothing": (
        lambda t: event(t, "2").update(kind="licence"),
        "touches: a licence must name its tracks",
    ),
    "a track changed and touched": (
        lambda t: event(t).update(touches=["bridge"]),
        "touches: bridge is in the effects already",
    ),
    "a start outside the coverage": (
        lambda t: t["dataset"]["1"].update(start="2020-01-01"),
        "dataset: start: outside the coverage",
    ),
    "a part of a part": (
        lambda t: t["meetings"].update(
            {
                "2": {**t["meetings"]["1"], "id": "break", "part_of": "hearing-1"},
                "3": {**t["meetings"]["1"], "id": "tea", "part_of": "break"},
            }
        ),
        "meetings: tea: part_of: break is itself part of another meeting",
    ),
    "a series without points": (lambda t: series(t, points=[]), "series: crossings: points: none"),
    "points out of order": (
        lambda t: series(t, points=[point("2021-03"), point("2021-02")]),
        "series: crossings: points[1]: not in order: 2021-02 is listed after 2021-03",
    ),
    "a point without a source": (
        lambda t: series(t, points=[point("2021-02") | {"sources": []}]),
        "series: crossings: points[0]: 2021-02 has no source",
    ),
    "a point published too early": (
        lambda t: series(t, points=[point("2021-02") | {"published": "2011-01-31"}]),
        "series: crossings: points[0]: 2021-02 was published more than ten years before it began",
    ),
}
"""Faults that ``check`` reports and other commands tolerate.

For each fault: an edit that causes it, and part of the message.
"""

VALID: dict[str, Edit] = {
    "events on the first and the last day of the coverage": (
        lambda t: update_coverage(t, **{"from": "2021-03-02", "to": "2021-07-01"})
    ),
    "a background event before the coverage": (
        lambda t: event(t).update(id="2020-12-31-crack", date="2020-12-31", kind="background")
    ),
    "an end on the day of the event": lambda t: event(t).update(end="2021-03-02"),
    "two events at one time": times_of_one_day("09:30", "09:30"),
    "an event without a time after one with a time": lambda t: event(t).update(time="09:30"),
    "a meeting that ends on the day it starts": lambda t: event(t, "2")["meeting"].update(ends="2021-05-10"),
    "an empty summary": lambda t: event(t).update(summary=""),
    "an event without a summary": lambda t: event(t).pop("summary"),
    "a state without a meaning": lambda t: t["tracks"]["1"]["states"][0].pop("meaning"),
    "a title of 60 cells": lambda t: event(t).update(title="수" * 30),
    "a short name of 12 cells": lambda t: t["tracks"]["1"].update(short="B" * 12),
    "a figure published on the first day of its period": (
        lambda t: series(t, points=[point("2021-06") | {"published": "2021-06-01"}])
    ),
    "a schema beside the tables": lambda t: t.update({"$schema": "x"}),  # type: ignore[dict-item]  # beside the tables
    "a last day and what follows": lambda t: update_effect(t, until="2021-06-01", then="open"),
    "a day that a proposal is meant for": (
        lambda t: event(t, "4")["effects"][1].update(in_force="2021-08-01")
    ),
    "in force on the day of the event": lambda t: update_effect(t, stage="in-force", in_force="2021-03-02"),
    "in force before its event, with a note": lambda t: update_effect(t, in_force="2021-03-01", note="Why."),
    "a change that came due, with a source of that day": (
        lambda t: [
            event(t, "4")["effects"][0].update(stage="adopted", in_force="2021-06-01"),
            t["sources"]["3"].update(date="2021-06-01"),
            event(t, "5").update(effects=[], touches=["ferry"]),
        ]
    ),
    "a change due on the last day of the coverage": (
        lambda t: [
            event(t, "5")["effects"][0].update(stage="adopted", in_force="2021-07-02"),
            t["dataset"]["1"]["coverage"].update(to="2021-07-02"),
        ]
    ),
    "a state that followed by the text, as the next decision says": (
        lambda t: [
            event(t, "4")["effects"][0].update(until="2021-06-10", then="open"),
            event(t, "5")["effects"][0].update(state="open"),
        ]
    ),
    "a state that followed by the text and was replaced on that day": (
        lambda t: event(t, "4")["effects"][0].update(until="2021-06-30", then="open")
    ),
    "a change decided more than ten years ahead, with a note": (
        lambda t: update_effect(t, in_force="2031-03-05", note="Why.")
    ),
    "an event that a source reports after two years": (
        lambda t: [
            t["sources"]["2"].update(date="2023-03-03"),
            t["dataset"]["1"].update(reviewed="2023-12-01"),
        ]
    ),
    "machine translations beside another source": (
        lambda t: (
            t["sources"]["4"].update(machine_translated=True),
            [event(t, number)["sources"].append("plaque") for number in ("2", "3")],
        )
    ),
    "a machine translation alone, of low confidence": (
        lambda t: (
            t["sources"]["4"].update(machine_translated=True),
            [event(t, number).update(confidence="low") for number in ("2", "3")],
        )
    ),
}
"""Edits that lead to unusual but valid values. ``check`` reports no fault after these edits."""
