"""In every language of the record, a term is mentioned by the same events."""

import pytest

from kjtui.find.search import Index
from kjtui.find.term_match import names_term
from kjtui.formats.lists.term_list import term_listing
from kjtui.history.snapshot import History
from kjtui.record.model import Record
from kjtui.record.store import default_store, load

PERSONS = (
    *(
        "cho-hyun",
        "donald-trump",
        "iida-yoichi",
        "john-bolton",
        "kishida-fumio",
        "lee-jae-myung",
        "mark-esper",
    ),
    *("mike-pompeo", "ngozi-okonjo-iweala", "wilbur-ross", "yoon-suk-yeol"),
)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [load(default_store(language)) for language in ("en", "ko", "ja")]


@pytest.mark.parametrize("term", [*PERSONS, "special-general-bulk-licence"])
def test_a_term_is_named_by_the_same_events_in_every_language(term: str, records: list[Record]) -> None:
    named = [
        [event.id for event in record.events if names_term(event, record.terms[term], record)]
        for record in records
    ]
    assert all(ids == named[0] for ids in named)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_an_area_heads_no_meeting(language: str) -> None:
    items = {item.id: item for item in term_listing(History(load(default_store(language)))).items}
    assert not items["area-ga"].heads
    assert not items["area-na"].heads
    assert 0 < len(items["area-ga"].events) < 20


def test_every_name_of_a_term_finds_the_events_that_mention_the_term(records: list[Record]) -> None:
    for record in records:
        index = Index(record)
        for term in record.terms.values():
            mentioning = {
                number for number, event in enumerate(record.events) if names_term(event, term, record)
            }
            for name in (term.term, *term.aliases):
                if "「" not in name:  # quotation marks make a phrase of a part of the name
                    assert mentioning <= {*index.find(name)}, (record.dataset.language, name)
