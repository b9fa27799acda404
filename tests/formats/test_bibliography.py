"""Sources as a bibliography, read back by the parsers that reference managers and authors use."""

import json
import re
import warnings
from datetime import date
from typing import Any

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from msgspec.structs import replace
from pybtex.database import BibliographyData, parse_string

from kjtui.formats.bibliography import (
    BIBLIOGRAPHIES,
    Reference,
    bibtex,
    csl_json,
    record_reference,
    ris,
    source_references,
)
from kjtui.formats.citation import citation, record_citation
from kjtui.record.model import Record
from kjtui.record.partial_date import PartialDate
from kjtui.record.store import load
from support.hostile import COMMAND, spoilt_tables
from support.stores import MakeStore, Tables

HOSTILE = r"50 % of $x_1$ & {more} #2 ~ ^ \cmd 불화수소 “quoted”"


@pytest.fixture(scope="module")
def references(record: Record) -> list[Reference]:
    return source_references(record.sources.values(), record)


def parse_bibtex(text: str) -> BibliographyData:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return parse_string(text, "bibtex")


def test_ris_holds_every_source(references: list[Reference]) -> None:
    entries = rispy.loads(ris(references).replace("\r\n", "\n"))
    assert [entry["id"] for entry in entries] == [one.id for one in references]
    for entry, one in zip(entries, references, strict=True):
        assert entry["title"] == one.title
        assert entry["secondary_title"] == one.publisher
        assert entry.get("urls", [""])[0] == one.url
        assert entry.get("language", "") == one.language
        assert entry["access_date"] == f"{one.accessed:%Y/%m/%d}/"
        assert entry.get("year", "") == (one.issued.text[:4] if one.issued else "")


ZOTERO_FIELDS = {
    # The tags that Zotero's RIS translator (2026-01-05) imports. It drops other tags.
    "ELEC": {"TY", "ID", "TI", "T2", "PY", "DA", "LA", "UR", "N1", "Y2", "ER"},
    "NEWS": {"TY", "ID", "TI", "T2", "PY", "DA", "LA", "UR", "N1", "Y2", "ER"},
    "BLOG": {"TY", "ID", "TI", "T2", "PY", "DA", "LA", "UR", "N1", "Y2", "ER"},
    "DATA": {"TY", "ID", "AU", "TI", "PB", "PY", "DA", "LA", "UR", "N1", "Y2", "ER"},
}


def test_zotero_has_a_field_for_every_tag_of_ris(references: list[Reference], record: Record) -> None:
    types = set()
    for one in (*references, record_reference(record), record_reference(record, record.events[0])):
        tags = [line.split("  - ")[0] for line in ris([one]).split("\r\n") if line]
        types.add(ris([one])[6:10])
        assert tags[0] == "TY"
        assert tags[-1] == "ER"
        assert set(tags) <= ZOTERO_FIELDS[ris([one])[6:10]]
        assert len(tags) == len(set(tags))
    assert types == set(ZOTERO_FIELDS)


@pytest.mark.parametrize(("language", "text"), [("ko", "Korean text"), ("ja", "Japanese text")])
def test_the_citation_of_a_record_names_the_language_of_its_text(
    language: str, text: str, record: Record
) -> None:
    translated = replace(record, dataset=replace(record.dataset, language=language))
    assert record_reference(translated).note.startswith(f"{text}; ")
    assert f". {text}. " in record_citation(translated)
    assert text not in record_reference(record).note + record_citation(record)


@pytest.mark.usefixtures("hangul")
def test_no_word_of_english_is_added_to_a_citation_in_korean(record: Record) -> None:
    source = replace(next(iter(record.sources.values())), title="가", publisher="가", date=None)
    cited = citation(source, record).replace(source.url, "")
    assert not re.search("[A-Za-z]", cited)


def test_csl_names_the_publisher_once_where_styles_and_zotero_look_for_it(
    references: list[Reference], record: Record
) -> None:
    for item, one in zip(json.loads(csl_json(references)), references, strict=True):
        assert item["container-title"] == one.publisher
        assert "publisher" not in item
    dataset = replace(record.dataset, url="https://example.org/record")
    [item] = json.loads(csl_json([record_reference(replace(record, dataset=dataset))]))
    assert item["publisher"] == "example.org"
    assert "container-title" not in item


def test_bibtex_holds_every_source(references: list[Reference]) -> None:
    entries = parse_bibtex(bibtex(references)).entries
    assert len(entries) == len(references)
    for entry, one in zip(entries.values(), references, strict=True):
        assert entry.fields.get("url", "") == one.url
        assert entry.fields["urldate"] == one.accessed.isoformat()
        assert entry.fields["key"]
        assert "language" not in entry.fields, "biblatex prints it"
        assert entry.fields.get("year", "") == (one.issued.text[:4] if one.issued else "")


def test_csl_json_is_cited_by_citeproc(references: list[Reference]) -> None:
    items = json.loads(csl_json(references))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for one in references[:20]:
            bibliography.register(Citation([CitationItem(one.id)]))
        cited = "".join(map(str, bibliography.bibliography()))
    for one in references[:20]:
        assert one.title.split()[-1].strip("[]”“\"'") in cited


def test_dates_are_as_precise_as_known() -> None:
    def issued(text: str) -> tuple[Any, ...]:
        one = Reference("a", "webpage", "A", "B", PartialDate(text), date(2026, 1, 2))
        (entry,) = rispy.loads(ris([one]).replace("\r\n", "\n"))
        (fields,) = (entry.fields for entry in parse_bibtex(bibtex([one])).entries.values())
        return entry["date"], fields["date"], json.loads(csl_json([one]))[0]["issued"]["date-parts"]

    assert issued("2019-07-01") == ("2019/07/01/", "2019-07-01", [[2019, 7, 1]])
    assert issued("2019-07") == ("2019/07//", "2019-07", [[2019, 7]])
    assert issued("2019") == ("2019///", "2019", [[2019]])
    assert issued("2019-W27") == ("2019/07//", "2019-07", [[2019, 7]])
    assert issued("2019-W40") == ("2019///", "2019", [[2019]])


def test_the_record_and_an_event_can_be_cited(record: Record) -> None:
    event = record.events[0]
    day = date(2020, 3, 10)
    whole, part, page = (
        record_reference(record),
        record_reference(record, event, day),
        record_reference(record, day=day),
    )
    for one in (whole, part, page):
        (entry,) = rispy.loads(ris([one]).replace("\r\n", "\n"))
        assert record.dataset.title in entry["title"]
        assert record.dataset.version in entry["title"]
        assert any(record.digest in note for note in entry["notes"])
    assert event.title in part.title
    assert part.note.endswith(f"; kjtui event {event.id} 2020-03-10")
    assert page.title.startswith("Status at the end of Tuesday 10 March 2020, in: ")
    assert page.note.endswith("; kjtui snapshot 2020-03-10")


def test_special_characters_are_text_in_bibtex() -> None:
    one = Reference("x{y}\\z", "webpage", HOSTILE, HOSTILE, None, date(2026, 1, 2), "https://e.org/{a}?b=%20")
    (key,) = (entries := parse_bibtex(bibtex([one, one])).entries).keys() - {"x-y-z-2"}
    assert key == "x-y-z"
    assert entries[key].fields["url"] == "https://e.org/%7Ba%7D?b=%20"
    assert r"50 \% of \$x\_1\$ \& \{more\} \#2" in entries[key].fields["title"]


@pytest.mark.parametrize("kind", ["mixed", "long", "empty"])
@pytest.mark.parametrize("form", BIBLIOGRAPHIES)
def test_hostile_text_stays_text(kind: str, form: str, tables: Tables, make_store: MakeStore) -> None:
    record = load(make_store(spoilt_tables(tables, kind)))
    text = BIBLIOGRAPHIES[form].render(source_references(record.sources.values(), record))
    assert not COMMAND.search(text.replace("\r\n", "\n"))
    count = len(record.sources)
    if form == "ris":
        assert text.count("\r\nER  - \r\n") == count
    elif form == "bibtex":
        assert len(parse_bibtex(text).entries) == count
    else:
        assert len(json.loads(text)) == count


def test_the_same_record_gives_the_same_bytes(record: Record) -> None:
    for form in BIBLIOGRAPHIES.values():
        once, again = (form.render(source_references(record.sources.values(), record)) for _ in range(2))
        assert once == again


def test_a_cited_record_names_its_authors_licence_and_address(tables: Tables, make_store: MakeStore) -> None:
    tables["dataset"]["1"] |= {
        "authors": ["Ada Lovelace", "Bridge watchers"],
        "license": "CC-BY-4.0",
        "url": "https://a.eu/record",
    }
    one = record_reference(load(make_store(tables)))
    (entry,) = rispy.loads(ris([one]).replace("\r\n", "\n"))
    assert entry["authors"] == ["Ada Lovelace", "Bridge watchers"]
    assert entry["urls"] == ["https://a.eu/record"]
    assert "CC-BY-4.0" in entry["notes"][0]
    [item] = json.loads(csl_json([one]))
    assert item["author"] == [{"literal": "Ada Lovelace"}, {"literal": "Bridge watchers"}]
    assert item["URL"] == "https://a.eu/record"
    (bib,) = parse_bibtex(bibtex([one])).entries.values()
    assert [str(person) for person in bib.persons["author"]] == ["{Ada Lovelace}", "{Bridge watchers}"]
    assert "CC-BY-4.0" in bib.fields["note"]


def test_a_source_has_its_access_day_and_its_original_publisher(
    tables: Tables, make_store: MakeStore
) -> None:
    source = next(iter(tables["sources"].values()))
    source |= {"accessed": "2021-07-01", "copy_of": "The Herald", "archived": "https://archive.eu/1"}
    record = load(make_store(tables))
    [one] = source_references([record.sources[source["id"]]], record)
    assert one.accessed == date(2021, 7, 1)
    assert one.note == "Copy of a text published by The Herald; Archived at https://archive.eu/1"
