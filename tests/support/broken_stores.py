"""Stores that may come: how each is made and, where it is refused, the one line that says why.

A line is written here without what leads it, ``kjtui: PATH: ``, as a regular expression.
"""

import json
import os
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from support.stores import BRIDGE, Tables

Make = Callable[[Path, Tables], Path]
Spoil = Callable[[Tables], Any]

LONG = "The bridge 다리 " * 1000  # 10,000 characters and some


def holding(content: bytes) -> Make:
    """A file of these bytes."""

    def make(folder: Path, tables: Tables) -> Path:
        path = folder / "store.json"
        path.write_bytes(content)
        return path

    return make


def with_tables(spoil: Spoil) -> Make:
    """The second record of the tests, spoilt."""

    def make(folder: Path, tables: Tables) -> Path:
        spoil(tables)
        return holding(json.dumps(tables).encode())(folder, tables)

    return make


def at(name: str, put: Callable[[Path], Any] = lambda path: None) -> Make:
    """A path at which something is put that may be no file at all."""

    def make(folder: Path, tables: Tables) -> Path:
        path = folder / name
        put(path)
        return path

    return make


def event(tables: Tables, number: str = "1") -> dict[str, Any]:
    return tables["events"][number]


def effect(tables: Tables, **changes: str) -> None:
    event(tables)["effects"][0].update(changes)


def double(tables: Tables, table: str, **changes: str) -> None:
    """A second entry that differs in these fields from the first of its table."""
    tables[table]["99"] = deepcopy(tables[table]["1"]) | changes


def term(tables: Tables, **changes: Any) -> None:
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


def two_terms(tables: Tables) -> None:
    term(tables)
    double(tables, "terms", term="mole")


def read_only(path: Path) -> None:
    path.write_bytes(BRIDGE.read_bytes())
    path.chmod(0o400)


def circle(path: Path) -> None:
    path.symlink_to("other")
    (path.parent / "other").symlink_to(path.name)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(500_000_001)


def coverage(tables: Tables, **days: str) -> None:
    tables["dataset"]["1"]["coverage"].update(days)


def long_everywhere(tables: Tables) -> None:
    term(tables)
    for table, field in (("events", "title"), ("tracks", "name"), ("meetings", "name"), ("sources", "title")):
        for entry in tables[table].values():
            entry[field] = LONG
    tables["terms"]["1"]["term"] = tables["dataset"]["1"]["title"] = LONG
    for state in tables["tracks"]["1"]["states"]:
        state["label"] = LONG
    event(tables)["summary"] = LONG


def first_and_last_day(tables: Tables) -> None:
    coverage(tables, **{"from": "0001-01-01", "to": "9999-12-31"})
    event(tables).update(date="0001-01-01")
    effect(tables, in_force="0001-01-01", stage="in-force")
    event(tables, "2")["meeting"].update(starts="9999-12-31")
    event(tables, "4")["effects"][0].update(stage="adopted", in_force="9999-12-31")
    event(tables, "5").update(date="9999-12-31")
    tables["tracks"]["1"]["initial"].update(since="0001-01-01")


def all_on(day: str) -> Spoil:
    def spoil(tables: Tables) -> None:
        coverage(tables, **{"from": day, "to": day})
        for entry in tables["events"].values():
            entry["date"] = day

    return spoil


def one_id_for_all(tables: Tables) -> None:
    """Ids are those of a table: that another table, or the entry's own series, has the same is no circle."""
    text = json.dumps(tables)
    for identity in ("bridge", "hearing-1", "notice-1", "2021-03-02-crack"):
        text = text.replace(json.dumps(identity), '"one"')
    tables.update(json.loads(text))
    tables["meetings"]["1"].update(series="one")


TOO_DEEP = r"not a store: nested too deeply"
NOT_JSON = r"not JSON: .+"
NOT_ROOT = r"not a TinyDB store: its root is not an object"
NO_NUMBER = r"events: documents are not under running numbers"
CRACK = r"events: 2021-03-02-crack: "
UNSEEN = r"not a store: two keys differ only by unseen characters|events: unknown table"

BROKEN: dict[str, tuple[Make, str]] = {
    # Not a file to read
    "missing": (at("store.json"), r"cannot be read: No such file or directory"),
    "in a missing folder": (at("gone/store.json"), r"cannot be read: No such file or directory"),
    "in a file": (at("file/store.json", lambda p: p.parent.touch()), r"cannot be read: Not a directory"),
    "a folder": (at("store.json", Path.mkdir), r"not a file"),
    "a pipe": (at("store.json", os.mkfifo), r"not a file"),
    "a device": (at("store.json", lambda p: p.symlink_to("/dev/zero")), r"not a file"),
    "a link to nothing": (at("link", lambda p: p.symlink_to("gone")), r"cannot be read: No such file .+"),
    "a link to itself": (at("link", lambda p: p.symlink_to("link")), r"cannot be read: .*symbolic links.*"),
    "links in a circle": (at("link", circle), r"cannot be read: .*symbolic links.*"),
    "a name too long": (at("x" * 300), r"cannot be read: File name too long"),
    "a name with NUL": (at("nul\0byte"), r"cannot be read: .*null byte.*"),
    "a name with an escape sequence": (at("\x1b[2Jx"), r"cannot be read: No such file or directory"),
    "too large": (at("store.json", sparse), r"larger than 500 MB"),
    # Not text
    "empty": (holding(b""), NOT_JSON),
    "blank": (holding(b" \n"), NOT_JSON),
    "a byte order mark alone": (holding(b"\xef\xbb\xbf"), NOT_JSON),
    "NUL bytes": (holding(b"\0" * 100), NOT_JSON),
    "a NUL byte in a text": (holding(BRIDGE.read_bytes().replace(b"crack", b"cra\0ck")), NOT_JSON),
    "not UTF-8": (holding(b'{"dataset": {"1": {"title": "\xff"}}}'), r"not UTF-8 at byte 29"),
    "UTF-16": (holding(BRIDGE.read_text(encoding="utf-8").encode("utf-16")), r"not UTF-8 at byte 0"),
    "a surrogate as UTF-8": (holding(b'{"events": "\xed\xa0\x80"}'), r"not UTF-8 at byte 12"),
    "half a surrogate pair": (holding(b'{"events": {"1": {"id": "\\ud800"}}}'), NOT_JSON),
    # Not JSON, or not a store
    "not JSON": (holding(b"dear diary"), NOT_JSON),
    "truncated": (holding(BRIDGE.read_bytes()[:2000]), NOT_JSON),
    "without its last byte": (holding(BRIDGE.read_bytes().rstrip()[:-1]), NOT_JSON),
    "two roots": (holding(b"{}{}"), NOT_JSON),
    "not a number": (holding(b'{"events": {"1": {"id": NaN}}}'), NOT_JSON),
    "a list": (holding(b"[1, 2]"), NOT_ROOT),
    "a text": (holding(b'"events"'), NOT_ROOT),
    "a number": (holding(b"7"), NOT_ROOT),
    "null": (holding(b"null"), NOT_ROOT),
    "deep lists": (holding(b'{"events": {"1": {"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}}}"), TOO_DEEP),
    "deep objects": (holding(b'{"events":' * 100_000 + b"1" + b"}" * 100_000), TOO_DEEP),
    "deep and dirty": (
        with_tables(
            lambda t: event(t).update(summary=json.loads("[" * 900 + '"\x1b"' + "]" * 900, strict=False))
        ),
        rf"{TOO_DEEP}|{CRACK}summary: Expected `str`, got `array`",
    ),
    "no tables": (holding(b"{}"), r"dataset: needs one document, has 0"),
    "a table that is a list": (holding(b'{"events": []}'), r"events: not a TinyDB table"),
    "a table that is null": (holding(b'{"events": null}'), r"events: not a TinyDB table"),
    "a document that is text": (holding(b'{"events": {"1": "x"}}'), r"events: not a TinyDB table"),
    "a document under a name": (holding(b'{"events": {"first": {}}}'), NO_NUMBER),
    "a document under a number below zero": (holding(b'{"events": {"-1": {}}}'), NO_NUMBER),
    "two ways to write a number": (holding(b'{"events": {"1": {}, "01": {}}}'), NO_NUMBER),
    "a number in other digits": (holding('{"events": {"١": {}}}'.encode()), NO_NUMBER),
    "a number too long": (holding(b'{"events": {"' + b"9" * 5000 + b'": {}}}'), NO_NUMBER),
    "an unknown table": (with_tables(lambda t: t.update(gossip={})), r"gossip: unknown table"),
    "a table with a long name": (
        with_tables(lambda t: t.update({LONG: {}})),
        r"The bridge .{149}…: unknown table",
    ),
    "tables that look the same": (with_tables(lambda t: t.update({"events\u200b": {}})), UNSEEN),
    "two datasets": (
        with_tables(lambda t: t["dataset"].update({"2": t["dataset"]["1"]})),
        r"dataset: needs one document, has 2",
    ),
    "no events": (with_tables(lambda t: t["events"].clear()), r"events: is empty"),
    "no tracks": (with_tables(lambda t: t.update(tracks={})), r"tracks: is empty"),
    # Fields
    "a missing field": (
        with_tables(lambda t: event(t).pop("title")),
        CRACK + r"Object missing required field `title`",
    ),
    "an unknown field": (
        with_tables(lambda t: event(t).update(colour="red")),
        CRACK + r"Object contains unknown field `colour`",
    ),
    "a text where a list is due": (
        with_tables(lambda t: event(t).update(actors="C")),
        CRACK + r"actors: Expected `array`, got `str`",
    ),
    "a number where a text is due": (
        with_tables(lambda t: event(t)["sources"].append(7)),
        CRACK + r"sources\[1\]: Expected `str`, got `int`",
    ),
    "null where a text is due": (
        with_tables(lambda t: t["sources"]["2"].update(url=None)),
        r"sources: notice-1: url: Expected `str`, got `null`",
    ),
    "a wrong type deep down": (
        with_tables(lambda t: event(t, "4")["disputed"][0]["readings"][0].update(says=[])),
        r"events: 2021-05-20-longer: disputed\[0\]\.readings\[0\]\.says: Expected `str`, got `array`",
    ),
    "an id that is a number": (
        with_tables(lambda t: event(t).update(id=7)),
        r"events: document 1: id: Expected `str`, got `int`",
    ),
    "an unknown stage": (
        with_tables(lambda t: effect(t, stage="perhaps")),
        CRACK + r"effects\[0\]\.stage: Invalid enum value 'perhaps'",
    ),
    "an unknown tone": (
        with_tables(lambda t: t["tracks"]["1"]["states"][0].update(tone="loud")),
        r"tracks: bridge: states\[0\]\.tone: Invalid enum value 'loud'",
    ),
    # Days
    "a day that is none": (
        with_tables(lambda t: event(t).update(date="2021-02-30")),
        CRACK + r"date: no such date: '2021-02-30'",
    ),
    "an in-force day that is none": (
        with_tables(lambda t: effect(t, in_force="2021-13-01")),
        CRACK + r"effects\[0\]\.in_force: Invalid RFC3339 encoded date",
    ),
    "the year 0": (
        with_tables(lambda t: event(t).update(date="0000-01-01")),
        CRACK + r"date: no such date: '0000-01-01'",
    ),
    "the year 0 to the year": (
        with_tables(lambda t: event(t).update(date="0000")),
        CRACK + r"date: no such date: '0000'",
    ),
    "the year 0 in force": (
        with_tables(lambda t: effect(t, in_force="0000-12-31")),
        CRACK + r"effects\[0\]\.in_force: Invalid RFC3339 encoded date",
    ),
    "the year 0 in the coverage": (
        with_tables(lambda t: coverage(t, **{"from": "0000-01-01"})),
        r"dataset: document 1: coverage\.from: Invalid RFC3339 encoded date",
    ),
    "the year 10000": (
        with_tables(lambda t: event(t).update(date="10000-01-01")),
        CRACK + r"date: not a date: '10000-01-01'",
    ),
    "the week after the last": (
        with_tables(lambda t: event(t).update(date="9999-W53")),
        CRACK + r"date: no such date: '9999-W53'",
    ),
    "a coverage that ends before it begins": (
        with_tables(lambda t: coverage(t, to="2020-01-01")),
        r"dataset: coverage: ends before it begins",
    ),
    # Ids used twice
    "two events of one id": (
        with_tables(lambda t: double(t, "events", date="2021-08-01")),
        CRACK + r"id: used 2 times",
    ),
    "two tracks of one id": (
        with_tables(lambda t: double(t, "tracks", name="Another")),
        r"tracks: bridge: id: used 2 times",
    ),
    "two meetings of one id": (
        with_tables(lambda t: double(t, "meetings", name="Tea")),
        r"meetings: hearing-1: id: used 2 times",
    ),
    "two sources of one id": (
        with_tables(lambda t: double(t, "sources", title="Another")),
        r"sources: plaque: id: used 2 times",
    ),
    "two terms of one id": (
        with_tables(two_terms),
        r"terms: pier: id: used 2 times",
    ),
    "two states of one id": (
        with_tables(lambda t: t["tracks"]["1"]["states"].append(t["tracks"]["1"]["states"][0])),
        r"tracks: bridge: states: open used 2 times",
    ),
    # References to what is not there
    "an unknown source": (
        with_tables(lambda t: event(t)["sources"].append("hearsay")),
        CRACK + r"sources: unknown id 'hearsay'",
    ),
    "an unknown source of a track": (
        with_tables(lambda t: t["tracks"]["1"]["initial"].update(sources=["hearsay"])),
        r"tracks: bridge: initial\.sources: unknown id 'hearsay'",
    ),
    "an unknown source of a term": (
        with_tables(lambda t: term(t, sources=["hearsay"])),
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
    "a speaker nobody knows": (
        with_tables(lambda t: event(t).update(says={"X": "hm"})),
        CRACK + r"says: unknown id 'X'",
    ),
    "a head nobody knows": (
        with_tables(lambda t: event(t, "2")["meeting"].update(heads={"X": "hm"})),
        r"events: 2021-04-hearing-set: meeting\.heads: unknown id 'X'",
    ),
    "an unknown track": (
        with_tables(lambda t: effect(t, track="road")),
        CRACK + r"effects\[0\]\.track: unknown id 'road'",
    ),
    "an unknown track touched": (
        with_tables(lambda t: event(t).update(touches=["road"])),
        CRACK + r"touches: unknown id 'road'",
    ),
    "an unknown state": (
        with_tables(lambda t: effect(t, state="flooded")),
        CRACK + r"effects\[0\]\.state: unknown state 'flooded' of bridge",
    ),
    "an unknown initial state": (
        with_tables(lambda t: t["tracks"]["1"]["initial"].update(state="new")),
        r"tracks: bridge: initial\.state: unknown state 'new'",
    ),
    "an unknown meeting": (
        with_tables(lambda t: event(t, "2")["meeting"].update(id="tea")),
        r"events: 2021-04-hearing-set: meeting\.id: unknown id 'tea'",
    ),
    "a part of an unknown meeting": (
        with_tables(lambda t: t["meetings"]["1"].update(part_of="tea")),
        r"meetings: hearing-1: part_of: unknown id 'tea'",
    ),
    "an unknown source of a fact": (
        with_tables(
            lambda t: t["tracks"]["1"].update(
                facts=[{"label": "Length", "value": "9 m", "sources": ["hearsay"]}]
            )
        ),
        r"tracks: bridge: facts: unknown id 'hearsay'",
    ),
    "an unknown track of a series": (
        with_tables(lambda t: series(t, track="road")),
        r"series: crossings: track: unknown id 'road'",
    ),
    "an unknown source of a point": (
        with_tables(lambda t: series(t, points=[point("2021-02") | {"sources": ["hearsay"]}])),
        r"series: crossings: points: unknown id 'hearsay'",
    ),
    "a period that ends before it starts": (
        with_tables(lambda t: series(t, points=[point("2021-05/2021-02")])),
        r"series: crossings: points\[0\]\.period: not a period: '2021-05/2021-02'",
    ),
    "a period with half its days": (
        with_tables(lambda t: series(t, points=[point("2021-05/")])),
        r"series: crossings: points\[0\]\.period: not a period: '2021-05/'",
    ),
    "an unknown id of 10,000 characters": (
        with_tables(lambda t: event(t)["sources"].append(LONG)),
        CRACK + r"sources: unknown id 'The bridge .{137}…",
    ),
    "an unknown id with an escape sequence": (
        with_tables(lambda t: effect(t, track="\x1b]8;;x\x07\nroad")),
        CRACK + r"effects\[0\]\.track: unknown id '(\\x1b)?\]8;;x( |\\x07\\n)road'",
    ),
}
"""What no command takes."""

SOUND: dict[str, Make] = {
    "as it should be": with_tables(lambda t: None),
    "a byte order mark": holding(b"\xef\xbb\xbf" + BRIDGE.read_bytes()),
    "a link": at("link", lambda p: p.symlink_to(BRIDGE)),
    "a file nobody may write": at("store.json", read_only),
    "NUL as an escape in texts": with_tables(lambda t: event(t).update(title="\0a\0b", summary="\0")),
    "texts of 10,000 characters": with_tables(long_everywhere),
    "from the first day of the calendar to its last": with_tables(first_and_last_day),
    "all on the last day of the calendar": with_tables(all_on("9999-12-31")),
    "all on the first day of the calendar": with_tables(all_on("0001-01-01")),
    "the last year": with_tables(lambda t: event(t, "5").update(date="9999")),
    "a series and facts": with_tables(series_and_facts),
    "one id in many tables": with_tables(one_id_for_all),
    "a meeting that ends before it starts": with_tables(
        lambda t: event(t, "2")["meeting"].update(ends="2021-05-01", phase="closed")
    ),
    "in force long before it was said": with_tables(lambda t: effect(t, in_force="1850-01-01")),
    "in force at once and twice": with_tables(lambda t: event(t)["effects"].extend(event(t)["effects"] * 2)),
    "every day before the coverage": with_tables(
        lambda t: coverage(t, **{"from": "2030-01-01", "to": "2030-01-01"})
    ),
    "nothing that is not required": with_tables(
        lambda t: [event(t, n).update(sources=[], actors=[], title="", summary="") for n in t["events"]]
    ),
}
"""What every command takes, if not all of it is as ``check`` would have it."""

FAULTS: dict[str, tuple[Spoil, str]] = {
    "an unreadable id": (lambda t: event(t).update(id="The Crack!"), "id: not lower-case words"),
    "an event too early": (lambda t: event(t).update(date="2020-12-31"), "date: outside the coverage"),
    "an event too late": (lambda t: event(t, "5").update(date="2022-01-01"), "date: outside the coverage"),
    "events out of order": (
        lambda t: event(t).update(date="2021-06-02"),
        "stands after 2021-03-02-crack, which is later",
    ),
    "an end before the beginning": (lambda t: event(t).update(end="2021-03-01"), "end: before the date"),
    "a time that is none": (lambda t: event(t).update(time="25:00"), "time: not HH:MM"),
    "a meeting that ends before it starts": (
        lambda t: event(t, "2")["meeting"].update(ends="2021-05-09"),
        "events: 2021-04-hearing-set: meeting.ends: before it starts",
    ),
    "no source": (lambda t: event(t, "2").update(sources=[]), "sources: none"),
    "no actor": (lambda t: event(t, "2").update(actors=[]), "actors: none"),
    "an empty title": (lambda t: event(t).update(title=""), "title: empty"),
    "an empty summary": (lambda t: event(t).update(summary=""), "summary: empty"),
    "a long title": (lambda t: event(t).update(title="수" * 31), "title: wider than 60 cells"),
    "a wide short name": (lambda t: t["tracks"]["1"].update(short="B" * 13), "short: wider than 12 cells"),
    "a statement with an effect": (
        lambda t: event(t).update(kind="statement"),
        "effects: a statement has none",
    ),
    "a licence with an effect": (lambda t: event(t).update(kind="licence"), "effects: a licence has none"),
    "a proposal with a day": (
        lambda t: event(t, "4")["effects"][1].update(in_force="2021-08-01"),
        "in_force: proposed has none",
    ),
    "in force before it was said": (
        lambda t: effect(t, in_force="2021-03-01"),
        "before the event, without a note",
    ),
    "in force later": (lambda t: effect(t, stage="in-force"), "adopted is meant"),
    "a lonely reading": (
        lambda t: event(t, "4")["disputed"][0]["readings"].pop(),
        "disputed: fewer than two readings",
    ),
    "a reading without a source": (
        lambda t: event(t, "4")["disputed"][0]["readings"][0].update(sources=[]),
        "a reading without a source",
    ),
    "a machine translation alone": (
        lambda t: t["sources"]["4"].update(machine_translated=True),
        "confidence: rests on machine translations",
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
    "an escape sequence": (lambda t: event(t).update(title="\x1b[2J"), "title: control"),
    "an id with another date": (
        lambda t: event(t).update(id="2021-03-03-crack"),
        "id: names another date than 2021-03-02",
    ),
    "a licence for nothing": (
        lambda t: event(t, "2").update(kind="licence"),
        "touches: a licence names its tracks",
    ),
    "a track changed and touched": (
        lambda t: event(t).update(touches=["bridge"]),
        "touches: has an effect on bridge",
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
        "meetings: tea: part_of: break is itself a part",
    ),
    "a series without points": (lambda t: series(t, points=[]), "series: crossings: points: none"),
    "points out of order": (
        lambda t: series(t, points=[point("2021-03"), point("2021-02")]),
        "series: crossings: points: 2021-02 stands after 2021-03",
    ),
    "a point without a source": (
        lambda t: series(t, points=[point("2021-02") | {"sources": []}]),
        "series: crossings: points: 2021-02 has no source",
    ),
    "a point published too early": (
        lambda t: series(t, points=[point("2021-02") | {"published": "2021-01-31"}]),
        "series: crossings: points: 2021-02 was published before it began",
    ),
}
"""What ``check`` tells and the other commands can live with."""
