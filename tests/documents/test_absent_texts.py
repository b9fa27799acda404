"""Documents about events that have no summary, and about states that have no meaning text."""

import json
from datetime import date

import pytest
from msgspec.structs import replace

from kjtui.documents.document import EventView, Subject
from kjtui.history.compare import compare
from kjtui.history.track_page import track_page
from kjtui.record.model import Effect
from support.exports import as_json, as_markdown, as_text, export
from support.fee_record import FEE, fee_event, fee_history

TRACK = replace(FEE, states=tuple(replace(state, meaning="") for state in FEE.states))
EVENTS = (
    fee_event("2022-02-01", Effect("fee", "due", "adopted", date(2022, 3, 1)), name="adopted"),
    fee_event("2022-02-05", Effect("fee", "due", "in-force"), name="in force"),
    fee_event("2022-02-06", name="a word", touches=["fee"]),
)
HISTORY = fee_history(*(replace(event, summary="") for event in EVENTS), track=TRACK)
SNAPSHOT = HISTORY.snapshot(date(2022, 2, 6))
SUBJECTS: dict[str, Subject] = {
    "day": SNAPSHOT,
    "event": EventView(HISTORY.record.events[1], SNAPSHOT),
    "track": track_page(SNAPSHOT, "fee"),
    "comparison": compare(HISTORY.snapshot(date(2022, 1, 1)), SNAPSHOT),
}


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_an_absent_text_leaves_no_empty_paragraph(subject: str, *, full: bool) -> None:
    html = export(SUBJECTS[subject], "html", full=full)
    assert "<p></p>" not in html
    assert "<p> " not in html
    for text in (export(SUBJECTS[subject], form, full=full) for form in ("text", "markdown")):
        assert "\n\n\n" not in text
        assert "\n    \n" not in text
        assert "\n [1]" not in text.partition("SOURCES")[0]


def test_events_without_a_text_follow_each_other_as_lines() -> None:
    text = export(SNAPSHOT, "text", full=True)
    assert (
        "2022-02-01 V      adopted [1]\n2022-02-05 V      in force [1]\n2022-02-06 V      a word [1]\n"
        in text
    )


def test_an_event_without_a_summary_cites_its_sources_in_a_field() -> None:
    view = SUBJECTS["event"]
    assert "Effect: Landing fee: in force: ● waiver suspended\nSources: [1]\nId: " in as_text(view)
    assert "- **Sources:** \\[[1](#source-1)\\]\n" in as_markdown(view)
    assert json.loads(as_json(view))["event"]["summary"] == ""
