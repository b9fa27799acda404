"""The choice of the few sources that a page cites for an event."""

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from kjtui.documents.best_sources import best_sources
from kjtui.documents.block_builders import Claim
from kjtui.documents.block_types import EventDetails
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import (
    Source,
    SourceKind,
)
from kjtui.record.partial_date import PartialDate
from support.articles import ARTICLES
from support.fee_record import fee_event, fee_history


def with_text(snapshot: Snapshot) -> list[EventDetails]:
    return [block for block in snapshot_document(snapshot).blocks if isinstance(block, EventDetails)]


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_every_event_of_the_short_snapshot_cites_few_of_its_sources(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    for block in with_text(snapshot):
        assert 1 <= len(block.citation.ids) <= 3
        assert set(block.citation.ids) <= set(block.event.sources)
    assert len(snapshot_document(snapshot).sources) < 30


@pytest.mark.parametrize(
    ("day", "event", "cited"),
    [
        # The event names Yonhap, so Yonhap's article is cited.
        (ARTICLES[1], "2023-04-14-dialogue-10-planned", ["yonhap-2023-04-14"]),
        # The article of ETNews reports the sessions, and Yonhap's article explains catch-all control.
        (ARTICLES[1], "2023-04-14-dialogue-video-2", ["et-news-2023-04-14", "yonhap-2023-04-14"]),
        # Jiji's article mentions the Korean Embassy in Tokyo and METI's minister.
        (ARTICLES[0], "2020-03-10-eighth-dialogue-opens", ["yonhap-2020-03-10", "jiji-2020-03-10"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_event_cites_its_best_sources(history: History, day: date, event: str, cited: list[str]) -> None:
    [citation] = [one.citation for one in with_text(history.snapshot(day)) if one.event.id == event]
    assert list(citation.ids) == cited


@pytest.mark.parametrize(
    ("published", "text", "best"),
    [
        ("2022-03-01", "The Harbour Office of Vesper raised the fee.", "office"),  # 3 days before the event
        ("2022-03-04", "The Harbour Office of Vesper raised the fee.", "office"),
        ("2022-02-01", "The Harbour Office of Vesper raised the fee.", "press"),  # too old
        ("2022-03-05", "The Harbour Office of Vesper raised the fee.", "press"),  # published after the event
        ("2022-03-01", "Morrow answered.", "press"),  # the office is not the acting body
    ],
    ids=["before", "that day", "old", "later", "another body"],
)
def test_an_official_source_of_the_acting_body_is_the_best(published: str, text: str, best: str) -> None:
    def source(name: str, publisher: str, kind: SourceKind, day: str) -> Source:
        return Source(id=name, title="", publisher=publisher, language="en", kind=kind, date=PartialDate(day))

    press = source("press", "Vesper Herald", "press", "2022-03-04")
    office = source("office", "Harbour Office of Vesper (copy)", "official", published)
    record = replace(fee_history(fee_event("2022-03-04")).record, sources={"press": press, "office": office})
    day = date(2022, 3, 4)
    chosen = best_sources(History(record).snapshot(day))(Claim(("press", "office"), day, text))
    assert chosen == (best,)


@pytest.mark.parametrize(
    ("publisher", "text", "is_named"),
    [
        ("Vesper Herald", "The Vesper Herald reported it.", True),
        ("聯合ニュース（東亜日報掲載）", "聯合ニュースによると料金が上がる。", True),
        ("연합뉴스(동아일보 게재)", "연합뉴스는 요금이 오른다고 전했다.", True),
        ("NHK", "NHKが報じた。", True),
        ("AP", "The paper of APEC reported it.", False),
    ],
)
def test_a_publisher_is_named_with_particles_but_not_within_a_word(
    publisher: str, text: str, is_named: bool
) -> None:
    first = Source(id="first", title="", publisher="Gazette", language="en", kind="press")
    named = Source(id="named", title="", publisher=publisher, language="en", kind="press")
    record = replace(fee_history(fee_event("2022-03-04")).record, sources={"first": first, "named": named})
    day = date(2022, 3, 4)
    chosen = best_sources(History(record).snapshot(day))(Claim(("first", "named"), day, text))
    assert ("named" in chosen) == is_named


def test_a_publisher_that_an_event_names_is_cited(history: History) -> None:
    named = 0
    for event in history.record.events:
        text = " ".join((event.summary, *event.says.values()))
        names = set()
        for source in (history.record.sources[source] for source in event.sources):
            name = source.publisher.partition(" via ")[0]
            known = source.date and source.date.last <= event.day
            if source.kind != "official" and known and re.search(rf"\b{re.escape(name)}\b", text):
                names.add(name)
        for block in with_text(history.snapshot(event.day)) if names else ():
            if block.event is event:
                cited = [history.record.sources[source].publisher for source in block.citation.ids]
                assert names <= {publisher.partition(" via ")[0] for publisher in cited}
                named += len(names)
    assert named > 5


def test_a_later_source_is_cited_only_without_an_earlier_source(history: History) -> None:
    compared = 0
    for day in history.event_days[::9]:
        for block in with_text(history.snapshot(day)):
            dates = [history.record.sources[source].date for source in block.event.sources]
            if any(published and published.first <= day for published in dates):
                for source in block.citation.ids:
                    cited = history.record.sources[source].date
                    assert cited is None or cited.first <= day
                compared += 1
    assert compared > 5


def test_a_source_from_the_week_of_the_event_is_cited_before_others(history: History) -> None:
    compared = 0
    for day in history.event_days[::9]:
        for block in with_text(history.snapshot(day)):
            first = block.event.day
            dates = [history.record.sources[source].date for source in block.event.sources]
            if any(one and first <= one.first <= min(day, first + timedelta(days=7)) for one in dates):
                cited = history.record.sources[block.citation.ids[0]].date
                assert cited
                assert first <= cited.last
                assert cited.first <= first + timedelta(days=7)
                compared += 1
    assert compared > 5
