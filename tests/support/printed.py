"""Records with a given text in every printed field, and the exports of all their documents."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kjtui.documents.document import EventView
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.record.store import load
from support.exports import export
from support.stores import MakeStore, Tables

HOSTILE = {
    "tags": "<script>alert(1)</script><b onclick=\"x\">b</b><img src='x' onerror=x></td></table></details>",
    "other HTML": "<!-- c --> <?php ?> <!DOCTYPE html> <![CDATA[x]]> <br/>",
    "entities": "&lt;b&gt; &amp; &#35; &#x3c;b&#x3e; &copy; &nbsp;x &AMP; R&D; &#8288;",
    "links": '[a](http://x.org) ![i](http://x.org/i.png "t") [a][1] [1] [^1] [] [ ] [x] ](http://x.org) ![',
    "a definition": "[1]: http://x.org 'title'",
    "autolinks": "<http://x.org> <a@x.org> http://x.org https://x.org/a_b_ ftp://x.org www.x.org WWW.x.org",
    "addresses": "a@x.org mailto:a@x.org xmpp:a@x.org a@_x.org",
    "emphasis": "*a* **b** ***c*** _d_ __e__ ~f~ ~~g~~ a*b*c * _ ** __",
    "open emphasis": "**a *b _c __d ~~e `f",
    "closing emphasis": "a** b* c_ d__ e~~ f`",
    "code": "`a` ``b`` ``` c ``` ` $d$ $$e$$ $`f`$",
    "a fence": "```sh",
    "a tilde fence": "~~~",
    "a table": "| a | b | \\| c \\\\| d ||",
    "a delimiter row": "|---|:-:|",
    "a heading": "## a ##",
    "a closing heading": "a #",
    "an underline": "===",
    "a rule": "---",
    "another rule": "* * *",
    "a list": "- a",
    "a plus list": "+ a",
    "a star list": "* a",
    "a numbered list": "1. a",
    "a bracketed list": "12) a",
    "a bare number": "1.",
    "a bare hyphen": "-",
    "a task": "- [ ] a",
    "a quote": "> a >> b",
    "an alert": "[!WARNING]",
    "indented": "     a\tb  c",
    "backslashes": "\\ \\* \\\\* C:\\a\\[b] \\&lt; \\",
    "other syntaxes": "{#id} {{a}} {% b %} :::c ==d== ^e^ \\(f\\) [[g]] ^[h] %%i%%",
    "notices": "@user @org/team #123 o/r#45 GH-6 gh-7 :smile: :+1: o/r@abcdef1",
    "a sentence": "3.5 % of 1.2; 2020-03-10: (b)!",
}
QUICK = ("tags", "links", "emphasis", "a table", "a sentence")
HOSTILE_CASES = [
    pytest.param(text, id=name, marks=() if name in QUICK else pytest.mark.slow)
    for name, text in HOSTILE.items()
]
PRINTED = {"title", "version", "notice", "name", "group", "label", "note", "summary", "says", "about"}
PRINTED |= {"place", "level", "agenda", "outcome", "publisher", "url", "time", "meaning"}
PRINTED |= {"value", "measure", "unit"}


def full(tables: Tables) -> Tables:
    """Return the second record with a value in every field that can be printed."""
    tables["dataset"]["1"]["notice"] = "n"
    tables["tracks"]["1"]["initial"]["note"] = "n"
    tables["sources"]["1"]["machine_translated"] = True
    tables["events"]["1"] |= {"says": {"C": "s"}, "time": "10:00"}
    tables["events"]["1"]["effects"][1]["note"] = "n"
    tables["tracks"]["1"]["facts"] = [{"label": "l", "value": "v", "sources": ["plaque"]}]
    point = {"period": "2020", "value": 1.5, "published": "2021-01-01", "sources": ["plaque"]}
    texts = {"title": "t", "measure": "m", "unit": "u", "note": "n"}
    tables["series"] = {"1": {"id": "crossings", "track": "bridge", "points": [point], **texts}}
    heads = {"C": "h", "V": "h"}
    tables["events"]["2"]["meeting"] |= {"level": "l", "agenda": "a", "outcome": "o", "heads": heads}
    return tables


def filled(value: Any, text: str, field: str = "") -> Any:
    """Return a value of the tables with ``text`` in every printed field and in the codes of actors."""
    if isinstance(value, dict):
        if field in ("actors", "says", "heads"):
            return {text + code: text for code in value}
        return {key: filled(item, text, key) for key, item in value.items()}
    if isinstance(value, list):
        return [text + item if field == "actors" else filled(item, text, field) for item in value]
    return text if isinstance(value, str) and field in PRINTED else value


def harmless(text: str) -> str:
    """Return the text with every visible character replaced by a letter that does not occur elsewhere."""
    return re.sub(r"\S", "Ж", text)


def spoilt_and_plain(text: str, tables: Tables, make_store: MakeStore) -> tuple[History, History]:
    """Return two copies of the second record: one with ``text`` in every field, one with harmless text."""
    tables = full(tables)
    spoilt, plain = (History(load(make_store(filled(tables, content)))) for content in (text, harmless(text)))
    return spoilt, plain


def folded(text: str) -> str:
    return " ".join(text.split())


def export_days(history: History) -> list[date]:
    """Return days whose snapshots together have every state of the second record."""
    return [date(2020, 12, 1), *history.event_days, date(2022, 2, 2)]


def exports(history: History, format_name: str) -> Iterator[str]:
    """Yield all snapshots, comparisons and track pages of ``export_days``, and a document of each event."""
    days = export_days(history)
    first = history.snapshot(days[0])
    for snapshot in map(history.snapshot, days):
        yield export(snapshot, format_name)
        yield export(snapshot, format_name, full=True)
        yield export(compare(first, snapshot), format_name)
        for standing in snapshot.standings:
            yield export(track_page(snapshot, standing.track.id), format_name)
    for event in snapshot.events:
        yield export(EventView(event, snapshot), format_name)
