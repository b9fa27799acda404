"""The short snapshot, the page of a track and the event: their content, without anything published later."""

import json
import re
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from kjtui.documents.best_sources import best_sources
from kjtui.documents.block_builders import Claim
from kjtui.documents.block_types import EventDetails
from kjtui.documents.comparison_document import comparison_document
from kjtui.documents.day_page_lead import day_lead
from kjtui.documents.document import Document, EventView, Subject
from kjtui.documents.layout import lay_out, plain_lines
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.formats.format_table import DOCUMENT_FORMATS, render
from kjtui.history.compare import compare
from kjtui.history.snapshot import History, Snapshot
from kjtui.history.track_page import track_page
from kjtui.notes import Note
from kjtui.record.model import (
    Dispute,
    Effect,
    Event,
    Meeting,
    MeetingStep,
    Phase,
    Reading,
    Record,
    Source,
    SourceKind,
)
from kjtui.record.partial_date import PartialDate
from kjtui.record.store import load
from kjtui.words.wrap import cells
from support.exports import as_json, as_text, document_of, export
from support.fee_record import fee_event, fee_history
from support.stores import MakeStore, Tables

TALKS = (
    Meeting("talks", "talks", "Talks"),
    Meeting("first", "session", "First session", part_of="talks"),
    Meeting("last", "session", "Last session", part_of="talks"),
    Meeting("summit", "summit", "Summit"),
)


def meeting_event(day: str, meeting: str, phase: Phase, *, starts: str, ends: str = "") -> Event:
    """Return an event that reports a phase of a meeting."""
    step = MeetingStep(meeting, phase, PartialDate(starts), PartialDate(ends) if ends else None)
    return replace(fee_event(day, name=f"{meeting} {phase}"), meeting=step)


def talks_events() -> tuple[Event, ...]:
    """Return the events of talks under way, with one session held and a dispute about their beginning."""
    readings = tuple(Reading(says=f"on the {day}th", sources=("gazette",)) for day in (10, 18))
    opened = meeting_event("2022-04-14", "talks", "opened", starts="2022-04-10")
    return (
        meeting_event("2022-04-14", "first", "closed", starts="2022-04-10", ends="2022-04-10"),
        replace(opened, disputed=(Dispute("when the talks began", readings),)),
        meeting_event("2022-04-14", "last", "planned", starts="2022-04-18", ends="2022-04-20"),
    )


ARTICLES = (date(2020, 3, 10), date(2023, 4, 14))
FACTS = {  # facts on the page of the day
    date(2020, 3, 10): (
        "UNDER WAY: 8th Export Management Policy Dialogue",
        "10 Mar 2020 10:00",
        "Lee Ho-hyeon, director general for international trade policy",
        "Iida Yoichi",
        "the one in Tokyo in December lifted no measure",
        "the leaders' summit that month brought no agreement",
        "as the coronavirus had strained trust",
        "Japan's visa waiver for Koreans suspended",
        "Photoresist specific bulk licence since 20 Dec 2019",
        "Hydrogen fluoride individual licence since 4 Jul 2019",
        "Japan's list: Korea delisted, Group B since 28 Aug 2019",
        "Korea's list: Japan delisted, area Ga-2 since 18 Sep 2019",
        "WTO case DS590 suspended since 22 Nov 2019",
        "GSOMIA notice suspended since 22 Nov 2019",
        "is not specifically about Japan's export measures",
        "three materials critical to Korea's chip and display industries",
        "did not effectively control sensitive goods with a military use, without giving grounds",
        "politically motivated, over the rulings of 2018",
        "Japanese firms are to compensate Korean victims of forced labour under colonial rule, 1910–45",
    ),
    date(2023, 4, 14): (
        "PLANNED: 10th Export Management Policy Dialogue",
        "18–20 Apr 2023",
        "in person · level: director-general · Seoul",
        "Video session of 12–13 April 2023",
        "under which exporters need a situational licence",
        "Japan's colonial rule of Korea (1910–45)",
        "Special general bulk licences for three materials in force",
        "both have vowed to put each other back on their lists",
        "were seen as retaliation for the 2018 rulings on forced labour",
        "compensate the victims without asking Japan for contributions",
        "despite strong opposition from victims and the opposition party",
        "expect to finish the procedure that puts Japan back on Korea's list by the end of April",
        "Japan to present a time frame for its own step at the meeting",
        "listed: in talks",
        "listed, area Ga: proposed",
    ),
}


FULL_FACTS = {  # facts that only the full text has
    date(2020, 3, 10): (
        "It had been planned as a meeting in person in Seoul",
        "METI announces individual licensing of three materials",
        "Korea's removal from Japan's list takes effect",
        "Japan's removal from Korea's list in force",
        "Korea suspends the WTO procedure in DS590",
        "Korea suspends its notice to end GSOMIA",
        "Japan opens specific bulk licences for photoresist",
        "asked to stay put for 14 days and not use public transport",
        "“lack of understanding” of Korea's “advanced, outstanding” quarantine system",
        "had added 14 people, 25 %",
        "return its rules to those in place before July 2019",
    ),
    date(2023, 4, 14): (
        "fluorinated polyimide, photoresist and hydrogen fluoride, materials for chips and displays",
        "Individual licensing of three materials takes effect",
        "Korea's removal from Japan's list takes effect",
        "Japan's removal from Korea's list in force",
        "Supreme Court orders Nippon Steel to pay forced labourers",
        "Korea: a foundation is to pay the 2018 awards",
        "the first such visit of a Korean president in 12 years",
    ),
}


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("day", "fact"), [(day, fact) for day, facts in FACTS.items() for fact in facts])
def test_the_short_snapshot_tells_what_the_article_reports(history: History, day: date, fact: str) -> None:
    assert fact in flat(as_text(history.snapshot(day)))


@pytest.mark.parametrize(
    ("day", "fact"), [(day, fact) for day, facts in FULL_FACTS.items() for fact in facts]
)
def test_the_full_snapshot_has_everything_else_that_the_article_reports(
    history: History, day: date, fact: str
) -> None:
    assert fact in flat(as_text(history.snapshot(day), full=True))


def test_the_page_of_every_day_with_an_event_or_a_change_has_at_most_100_lines(history: History) -> None:
    for day in sorted({*history.event_days, *history.changes, *history.meeting_days}):
        body = as_text(history.snapshot(day)).partition("\nSOURCES\n")[0]
        assert len(body.splitlines()) <= 100, day


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_the_main_event_of_the_day_is_told_in_full(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    text = flat(as_text(snapshot))
    own = history.events_on(day)
    assert all(event.title in text for event in own)
    assert flat(own[0].summary) in text


def told_in_full(snapshot: Snapshot) -> list[EventDetails]:
    return [block for block in snapshot_document(snapshot).blocks if isinstance(block, EventDetails)]


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_every_event_of_the_short_snapshot_cites_few_of_its_sources(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    for block in told_in_full(snapshot):
        assert 1 <= len(block.citation.ids) <= 3
        assert set(block.citation.ids) <= set(block.event.sources)
    assert len(snapshot_document(snapshot).sources) < 30


@pytest.mark.parametrize(
    ("day", "event", "cited"),
    [
        # The event quotes Yonhap, and this is Yonhap's article.
        (ARTICLES[1], "2023-04-14-dialogue-10-planned", ["yonhap-2023-04-14"]),
        # ETNews reports the sessions; Yonhap explains catch-all control.
        (ARTICLES[1], "2023-04-14-dialogue-video-2", ["et-news-2023-04-14", "yonhap-2023-04-14"]),
        # Jiji mentions the Korean Embassy in Tokyo and METI's minister.
        (ARTICLES[0], "2020-03-10-eighth-dialogue-opens", ["yonhap-2020-03-10", "jiji-2020-03-10"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_event_cites_the_sources_that_carry_it(
    history: History, day: date, event: str, cited: list[str]
) -> None:
    [citation] = [one.citation for one in told_in_full(history.snapshot(day)) if one.event.id == event]
    assert list(citation.ids) == cited


@pytest.mark.parametrize(
    ("published", "text", "best"),
    [
        ("2022-03-01", "The Harbour Office of Vesper raised the fee.", "office"),  # three days before
        ("2022-03-04", "The Harbour Office of Vesper raised the fee.", "office"),
        ("2022-02-01", "The Harbour Office of Vesper raised the fee.", "press"),  # too old
        ("2022-03-05", "The Harbour Office of Vesper raised the fee.", "press"),  # later than the day
        ("2022-03-01", "Morrow answered.", "press"),  # another body acts
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


def test_the_codes_beside_events_are_explained_at_the_end_of_a_document() -> None:
    text = as_text(fee_history(fee_event("2022-03-04")).snapshot(date(2022, 3, 4)))
    assert "Codes: V Vesper." in text


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
        for block in told_in_full(history.snapshot(event.day)) if names else ():
            if block.event is event:
                cited = [history.record.sources[source].publisher for source in block.citation.ids]
                assert names <= {publisher.partition(" via ")[0] for publisher in cited}
                named += len(names)
    assert named > 5


def test_a_source_from_after_the_day_is_cited_only_where_there_is_no_other(history: History) -> None:
    for day in history.event_days[::9]:
        for block in told_in_full(history.snapshot(day)):
            dates = [history.record.sources[source].date for source in block.event.sources]
            if any(published and published.first <= day for published in dates):
                for source in block.citation.ids:
                    cited = history.record.sources[source].date
                    assert cited is None or cited.first <= day


def test_a_source_from_the_week_of_the_event_is_cited_before_others(history: History) -> None:
    for day in history.event_days[::9]:
        for block in told_in_full(history.snapshot(day)):
            first = block.event.day
            dates = [history.record.sources[source].date for source in block.event.sources]
            if any(one and first <= one.first <= min(day, first + timedelta(days=7)) for one in dates):
                cited = history.record.sources[block.citation.ids[0]].date
                assert cited
                assert first <= cited.last
                assert cited.first <= first + timedelta(days=7)


def test_figures_of_years_ago_are_left_to_the_full_snapshot(history: History) -> None:
    title = "Japan's share of fluorinated polyimide, January to May"  # last figure: May 2021
    snapshot = history.snapshot(date(2023, 1, 1))
    assert title not in flat(as_text(snapshot))
    assert title in flat(as_text(snapshot, full=True))


def test_full_has_every_event_and_says_how_to_make_it_again(history: History) -> None:
    snapshot = history.snapshot(ARTICLES[0])
    text = as_text(snapshot, full=True)
    assert all(event.title in flat(text) for event in snapshot.events)
    assert text.endswith("Format: text\nAgain: kjtui snapshot 2020-03-10 --full\n")
    assert "kjtui snapshot 2020-03-10 --full" in as_text(snapshot)


def without_later(record: Record, day: date) -> Record:
    """The record with only the events and figures public by a day."""
    series = {
        one.id: msgspec.structs.replace(one, points=tuple(p for p in one.points if p.published <= day))
        for one in record.series.values()
    }
    events = tuple(event for event in record.events if event.day <= day)
    return msgspec.structs.replace(record, events=events, series=series)


@pytest.mark.parametrize("day", [date(2019, 7, 1), date(2019, 8, 28), *ARTICLES], ids=str)
@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
def test_a_document_holds_nothing_later_than_its_day(history: History, day: date, form: str) -> None:
    cut = History(without_later(history.record, day))
    for full in (False, True):
        assert export(cut.snapshot(day), form, full=full) == export(history.snapshot(day), form, full=full)
    for track in ("photoresist", "gsomia"):
        assert export(track_page(cut.snapshot(day), track), form) == export(
            track_page(history.snapshot(day), track), form
        )
    event = history.snapshot(day).events[-1]
    assert export(EventView(event, cut.snapshot(day)), form) == export(
        EventView(event, history.snapshot(day)), form
    )


def test_the_page_of_a_track(history: History) -> None:
    text = flat(as_text(track_page(history.snapshot(date(2021, 7, 1)), "hydrogen-fluoride"), full=True))
    for told in (
        "Hydrogen fluoride on Thursday 1 July 2021",
        "● individual licence, since 4 Jul 2019",
        "= adopted: ● individual licence from 4 Jul 2019; nothing changes yet",
        "Threshold: hydrogen fluoride, and mixtures with more than 30 % of it by weight",
        "LICENCES",
        "Japan's share of hydrogen fluoride, January to May",
        "Jan–May 2019 43.9 █████▎ published 1 Jul 2019",
        "published 29 Aug 2019, derived",
        "STATEMENTS AND MEASURES",
    ):
        assert told in text
    assert "Jan–May 2022" not in text


def test_the_short_page_of_every_track_has_at_most_120_lines_before_its_sources(history: History) -> None:
    for day in (date(2019, 8, 29), date(2021, 7, 1), history.last_day):
        for track in history.record.tracks:
            above, _, _ = as_text(track_page(history.snapshot(day), track)).partition("SOURCES\n")
            assert len(above.splitlines()) <= 120, (day, track)


def test_a_past_state_has_its_days(history: History) -> None:
    text = flat(as_text(track_page(history.snapshot(date(2023, 7, 21)), "japan-list")))
    # From 28 August 2019 to 20 July 2023, both included.
    assert "● delisted, Group B from 28 Aug 2019 to 20 Jul 2023: 1,423 days" in text


def test_the_greatest_figure_of_a_series_has_the_longest_bar_unless_it_is_a_share(history: History) -> None:
    text = as_text(track_page(history.snapshot(date(2021, 7, 1)), "hydrogen-fluoride"), full=True)
    bars = [len(bar) for bar in re.findall("█[█▏▎▍▌▋▊▉]*", text)]
    assert max(bars) == 12
    assert bars.count(12) >= 4


def test_an_event_tells_each_side_and_what_it_did(history: History) -> None:
    event = next(e for e in history.record.events if e.says and e.effects and e.disputed)
    text = flat(as_text(EventView(event, history.snapshot(history.last_day))))
    actors, tracks = history.record.dataset.actors, history.record.tracks
    assert all(f"{actors[code]}: {flat(said)}" in text for code, said in event.says.items())
    assert all(f"{tracks[effect.track].name}: " in text for effect in event.effects)
    assert all(dispute.about in text for dispute in event.disputed)
    assert f"Id: {event.id}" in text


def test_stages_are_written_in_words(tables: Tables, make_store: MakeStore) -> None:
    event = tables["events"]["4"]
    effect = event["effects"][0] | {"stage": "in-talks"}
    effect.pop("in_force", None)
    event["effects"] = [effect]
    history = History(load(make_store(tables)))
    day = history.event_days[-1]
    view = next(e for e in history.record.events if e.id == event["id"])
    assert ": in talks: " in flat(as_text(EventView(view, history.snapshot(day))))


def test_a_session_says_which_meeting_it_is_part_of(history: History) -> None:
    assert "Part of 10th Export Management Policy Dialogue" in flat(as_text(history.snapshot(ARTICLES[1])))


def events_of(document: dict[str, Any]) -> set[str]:
    known = document["events"] + document.get("other_events", [])
    return {event["id"] for event in known}


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_json_names_every_event_meeting_and_source_it_refers_to(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    subjects: list[Subject] = [snapshot, compare(history.snapshot(date(2019, 9, 1)), snapshot)]
    subjects += [track_page(snapshot, track) for track in history.record.tracks]
    for subject in subjects:
        document = json.loads(as_json(subject))
        events, sources = events_of(document), {source["id"] for source in document["sources"]}
        referred, cited = references(document)
        assert referred <= events
        assert cited <= sources


def references(value: Any, field: str = "") -> tuple[set[str], set[str]]:
    """The ids of all events and sources in a document."""
    events: set[str] = set()
    sources: set[str] = set()
    if isinstance(value, dict):
        for key, item in value.items():
            more = references(item, key)
            events |= more[0]
            sources |= more[1]
    elif isinstance(value, list):
        for item in value:
            more = references(item, field)
            events |= more[0]
            sources |= more[1]
    elif isinstance(value, str):
        if field in ("because", "event", "events", "licences", "statements"):
            events.add(value)
        if field == "sources":
            sources.add(value)
    return events, sources


def notes() -> list[Note]:
    record = "Japan–Korea export controls"
    return [
        Note(record=record, day=date(2020, 3, 9), event="2020-03-09-japan-entry-in-force", text="ask\nxyzzy"),
        Note(record=record, day=date(2020, 3, 10), text="<b>call</b> *back*"),
        Note(record=record, day=date(2020, 4, 1), text="plugh"),
    ]


@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
def test_notes_stand_under_a_heading_of_their_own_and_only_when_asked_for(
    history: History, form: str
) -> None:
    snapshot = history.snapshot(ARTICLES[0])
    with_notes = render(snapshot_document(snapshot, notes=notes()), form)
    assert "xyzzy" in with_notes
    assert "plugh" not in with_notes
    without = render(snapshot_document(snapshot), form)
    assert "xyzzy" not in without
    assert without == render(document_of(snapshot), form)


def test_notes_in_json(history: History) -> None:
    snapshot = history.snapshot(ARTICLES[0])

    def noted(document: Document) -> Any:
        return json.loads(render(document, "json")).get("notes")

    assert noted(snapshot_document(snapshot)) is None
    assert noted(snapshot_document(snapshot, notes=[])) == []
    assert noted(snapshot_document(snapshot, notes=notes())) == [
        {"day": "2020-03-09", "event": "2020-03-09-japan-entry-in-force", "text": "ask\nxyzzy"},
        {"day": "2020-03-10", "event": "", "text": "<b>call</b> *back*"},
    ]


def test_the_lead_names_every_change_that_is_set_for_the_next_day(history: History) -> None:
    text = flat(as_text(history.snapshot(date(2019, 7, 3))))
    assert "Next, set for 4 Jul 2019: " in text
    lead = text.partition("Next, set for 4 Jul 2019: ")[2].partition(".")[0]
    assert "Photoresist, Hydrogen fluoride, Fluorinated polyimide, individual licence" in lead


DECIDED = Effect(track="fee", state="due", stage="adopted")
LIMITED = Effect(track="fee", state="half", stage="in-force", until=date(2022, 3, 31))
SCHEDULED = Effect(track="fee", state="due", stage="adopted", in_force=date(2022, 5, 1))


@pytest.mark.parametrize(
    ("events", "latest", "to_come"),
    [
        ((replace(fee_event("2022-03-02"), weight="minor"),), "", "Nothing is set for a later day."),
        (
            (fee_event("2022-03-02", DECIDED),),
            "This day: Decree of 2022-03-02.",
            "Decided, no day set: Landing fee, waiver suspended.",
        ),
        (
            (fee_event("2022-03-01", LIMITED), fee_event("2022-03-02", DECIDED)),
            "Latest change, 1 Mar 2022: Landing fee, half fee; this day: Decree of 2022-03-02.",
            "Until 31 Mar 2022, by its own text: Landing fee, half fee; "
            "decided, no day set: Landing fee, waiver suspended.",
        ),
        (
            (fee_event("2022-03-02", LIMITED),),
            "Latest change, this day: Landing fee, half fee.",
            "Until 31 Mar 2022, by its own text: Landing fee, half fee.",
        ),
        (
            (
                fee_event("2022-03-01", LIMITED),
                fee_event("2022-03-01", SCHEDULED, replace(DECIDED, state="free"), name="two steps"),
            ),
            "Latest change, 1 Mar 2022: Landing fee, half fee.",
            "Next, set for 1 May 2022: Landing fee, waiver suspended; "
            "decided, no day set: Landing fee, free.",
        ),
        (
            (fee_event("2022-03-01", LIMITED), replace(fee_event("2022-03-02"), weight="minor")),
            "Latest change, 1 Mar 2022: Landing fee, half fee.",
            "Until 31 Mar 2022, by its own text: Landing fee, half fee.",
        ),
    ],
    ids=["nothing", "decision", "decision after a change", "change", "two steps", "minor event"],
)
def test_the_lead_names_the_news_of_the_day_and_what_is_decided(
    events: tuple[Event, ...], latest: str, to_come: str
) -> None:
    lead = day_lead(fee_history(*events).snapshot(date(2022, 3, 2)))
    assert lead.partition(". ")[2] == " ".join(filter(None, (latest, to_come)))


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
def test_the_lead_of_16_march_2023_names_the_steps_decided_that_day(history: History, *, full: bool) -> None:
    text = flat(as_text(history.snapshot(date(2023, 3, 16)), full=full))
    assert "this day: Bulk licences for the three materials decided. Decided, no day set:" in text
    assert "Photoresist, Hydrogen fluoride, Fluorinated polyimide, bulk licence;" in text
    assert "Nothing is set" not in text


def test_statements_without_room_are_counted_with_their_minor_ones(history: History) -> None:
    counted = set()
    for number in range(0, 180):
        day = date(2019, 7, 10) + timedelta(days=number)
        snapshot = history.snapshot(day)
        page = as_text(snapshot)
        said = [
            event
            for event in snapshot.events
            if event.kind == "statement" and 0 < (day - event.day).days <= 30
        ]
        minor = sum(event.weight == "minor" for event in said)
        main = len(said) - minor
        if not said or "SAID IN THE LAST 30 DAYS" in page:
            continue
        parts = [str(main)] if main else []
        parts += [f"{minor} minor"] if minor else []
        assert f"Said in the last 30 days ({' and '.join(parts)})" in flat(page), day
        counted.add((main > 0, minor > 0))
    assert (True, True) in counted


def test_a_meeting_under_way_is_dated_from_its_first_day_and_lists_its_sessions() -> None:
    """Like the 10th policy dialogue, two of whose sessions had been held when it was disclosed."""
    text = flat(as_text(fee_history(*talks_events(), meetings=TALKS).snapshot(date(2022, 4, 14))))
    assert "UNDER WAY: Talks ! When since 10 Apr 2022" in text
    assert "Session First session, 10 Apr 2022, held" in text
    assert "Disputed when the talks began" in text
    assert "PLANNED: Last session When 18–20 Apr 2022" in text


def test_meetings_held_in_the_last_30_days_are_listed() -> None:
    """Like the 11th policy dialogue: a summit of another series followed within the week."""
    events = (
        meeting_event("2022-06-07", "talks", "closed", starts="2022-06-07"),
        meeting_event("2022-06-12", "summit", "closed", starts="2022-06-12"),
    )
    history = fee_history(*events, meetings=TALKS)
    meetings = (
        as_text(history.snapshot(date(2022, 6, 20))).partition("\nMEETINGS\n")[2].partition("\n\nTHAT")[0]
    )
    assert "HELD: Summit" in meetings
    assert "2022-06-07   Talks" in meetings
    later = as_text(history.snapshot(date(2022, 8, 1))).partition("\nMEETINGS\n")[2]
    assert "Talks" not in later.partition("\nCHANGED")[0]


def test_minor_events_of_the_last_30_days_fill_a_list_with_few_main_events() -> None:
    events = [
        replace(fee_event(f"2022-03-0{day}", name=f"event {day}"), weight="minor") for day in range(1, 8)
    ]
    events[2] = replace(events[2], weight="main")
    history = fee_history(*events)
    page = flat(as_text(history.snapshot(date(2022, 3, 10))))
    listed = page.partition("CHANGED IN THE LAST 30 DAYS")[2].partition("SOURCES")[0]
    assert re.findall(r"2022-03-0(\d)", listed)[:5] == ["7", "6", "5", "4", "3"]
    assert "2 minor events: kjtui snapshot 2022-03-10 --full" in listed


def test_figures_are_not_said() -> None:
    published = replace(fee_event("2022-03-01", name="Fees of 2021 published"), kind="figures")
    text = as_text(fee_history(published).snapshot(date(2022, 3, 10)))
    assert "Fees of 2021 published" in text.partition("\nFIGURES\n")[2]
    assert "SAID IN THE LAST" not in text


def test_a_plan_is_not_listed_beside_the_meeting_that_came_of_it() -> None:
    events = (
        meeting_event("2022-03-01", "talks", "planned", starts="2022-03-05"),
        meeting_event("2022-03-05", "talks", "opened", starts="2022-03-05"),
        meeting_event("2022-03-06", "talks", "closed", starts="2022-03-05", ends="2022-03-06"),
    )
    text = as_text(fee_history(*events, meetings=TALKS).snapshot(date(2022, 3, 20)))
    changed = text.partition("\nCHANGED IN THE LAST 30 DAYS\n")[2]
    assert "talks closed" in changed
    assert "talks planned" not in changed
    assert "talks opened" not in changed
    assert "2 more" in changed


def test_tracks_with_one_cause_share_it_in_a_comparison(history: History) -> None:
    before, after = (history.snapshot(date(2019, 7, day)) for day in (3, 4))
    changed = as_text(compare(before, after)).partition("CHANGED\n")[2].partition("THE SAME")[0]
    assert changed.count("Individual licensing of three materials takes effect") == 1
    assert changed.count("bulk licence → ● individual licence") == 3
    assert "HOW IT CAME ABOUT" not in changed  # nothing to add


def test_a_comparison_says_what_was_expected_before_the_steps(history: History) -> None:
    text = as_text(compare(history.snapshot(date(2019, 6, 30)), history.snapshot(date(2019, 12, 31))))
    headings = ["CHANGED", "EXPECTED, AND DID NOT HAPPEN", "HOW IT CAME ABOUT", "THE SAME"]
    positions = [text.index(f"\n{heading}\n") for heading in headings]
    assert positions == sorted(positions)
    assert "\nJapan's list: Korea; Japan's catch-all\n    since 28 Aug 2019, for 126 days\n" in text


def test_an_event_names_the_tracks_it_concerns_once(package_history: History) -> None:
    event = next(event for event in package_history.record.events if len(event.touches) > 2)
    view = EventView(event, package_history.snapshot(package_history.last_day))
    names = ", ".join(package_history.record.tracks[track].name for track in event.touches)
    assert f"Concerns: {names}" in flat(as_text(view))
    for form in ("text", "html", "markdown"):
        text = export(view, form)
        assert text.count("Concerns") == 1


def test_an_event_has_the_status_and_the_outcome_of_its_meeting_by_the_day(package_history: History) -> None:
    event = next(e for e in package_history.record.events if e.id == "2020-03-10-eighth-dialogue-opens")
    assert event.meeting
    that_day = as_text(EventView(event, package_history.snapshot(event.day)))
    later = as_text(EventView(event, package_history.snapshot(package_history.last_day)))
    assert "8th Export Management Policy Dialogue: under way" in that_day
    assert "Outcome" not in that_day
    assert "8th Export Management Policy Dialogue: held" in later
    assert "under way" not in later
    outcome = package_history.snapshot(package_history.last_day).meetings.get(event.meeting.id)
    assert outcome
    assert outcome.outcome
    assert f"Outcome: {flat(outcome.outcome)}" in flat(later)


def test_the_sources_of_an_event_are_in_the_order_of_publication(package_history: History) -> None:
    event = next(e for e in package_history.record.events if e.id == "2019-07-04-individual-licensing")
    text = as_text(EventView(event, package_history.snapshot(event.day)))
    _, _, sources = text.partition("\nSOURCES\n")
    later = ["later than this day" in entry for entry in re.split(r"\n *\[\d+\] ", flat_lines(sources))[1:]]
    assert later == sorted(later)
    assert not later[0]


def flat_lines(text: str) -> str:
    """Return a text with its wrapped lines joined."""
    return re.sub(r"\n {5}", " ", text)


def test_a_comparison_is_readable_in_a_narrow_window(package_history: History) -> None:
    between = compare(
        package_history.snapshot(date(2019, 10, 15)), package_history.snapshot(date(2019, 12, 31))
    )
    for width in (37, 45, 60, 80):
        lines = list(plain_lines(lay_out(comparison_document(between), width)))
        assert all(cells(line) <= width for line in lines)
        assert not [line for line in lines if line.endswith((" □", " ◌", " ●", " ○"))], (
            "a sign without its word"
        )
