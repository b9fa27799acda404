"""The page of a term, the list of terms and the filter agree on the events that name the term."""

from datetime import date

from msgspec.structs import replace

from kjtui.documents.document import TermView
from kjtui.documents.term_document import term_document
from kjtui.find.filter import Filter
from kjtui.formats.format_table import render
from kjtui.formats.lists.term_list import term_listing
from kjtui.history.snapshot import History


def test_page_list_and_filter_of_a_term_have_the_same_events(history: History) -> None:
    snapshot = history.snapshot(history.last_day)
    listed = {item.id: item.events for item in term_listing(history).items}
    for term in history.record.terms.values():
        blocks = term_document(TermView(term, snapshot)).blocks
        on_page = [event.id for block in blocks for event, _ in getattr(block, "events", ())]
        wanted = Filter(term=term.id)
        filtered = [event.id for event in reversed(snapshot.events) if wanted.fits(event, history.record)]
        assert on_page == listed[term.id] == filtered, term.term


def test_a_person_is_not_named_by_a_longer_name_of_another(package_history: History) -> None:
    """Cho Hyun-dong headed meetings in 2022 as vice minister. Cho Hyun is a different person."""
    items = {item.id: item for item in term_listing(package_history).items}
    assert items["cho-hyun"].heads
    assert not {*items["cho-hyun"].heads} & {*items["cho-hyun-dong"].heads}


def test_a_page_counts_the_later_events_that_name_the_term(package_history: History) -> None:
    term = package_history.record.terms["igari-katsuro"]
    early = printed_term(TermView(term, package_history.snapshot(date(2020, 3, 1))))
    assert "Later events that mention it:" in early
    late = printed_term(TermView(term, package_history.snapshot(package_history.last_day)))
    assert "after this day" not in late


def test_the_other_names_of_a_term_follow_its_meaning_and_do_not_repeat_its_name(
    package_history: History,
) -> None:
    kono = package_history.record.terms["kono-taro"]
    term = replace(kono, term="Quill Ada", aliases=("Ada Quill", "quill ada", "퀼"))
    page = printed_term(TermView(term, package_history.snapshot(package_history.last_day)))
    assert page.index("Foreign minister of Japan") < page.index("\nOther names: Ada Quill, 퀼\n")
    alone = replace(kono, aliases=())
    assert "Other names" not in printed_term(TermView(alone, package_history.snapshot(date(2020, 3, 1))))


def printed_term(view: TermView) -> str:
    return render(term_document(view), "text")
