"""Commands that print a document: a day, a comparison, a track, an event, a meeting or a term."""

from __future__ import annotations

import argparse

from kjtui.cli.arguments import add_day, add_output
from kjtui.cli.request import (
    Command,
    OutputOptions,
    RequestError,
    day_of,
    history_of,
    known_id,
    notes_of,
    public_event,
    put,
    put_text,
    snapshot_of,
)
from kjtui.formats.format_table import DOCUMENT_FORMATS
from kjtui.languages import tr
from kjtui.record.partial_date import day_in_sentence


class SnapshotOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``snapshot``."""

    day: str | None = None
    full: bool = False
    notes: bool = False


class CompareOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``compare``."""

    day: str
    other: str
    full: bool = False


class TrackOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``track``."""

    track: str
    day: str | None = None
    full: bool = False
    section: str | None = None


class EventOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``event``."""

    event: str
    day: str | None = None


class MeetingOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``meeting``."""

    meeting: str
    day: str | None = None


class TermOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``term``."""

    term: str
    day: str | None = None


_THE_END = "default: the end of the record"
"""The help text of the argument ``DAY``, in every command of this module except ``snapshot``."""


def _add_snapshot(parser: argparse.ArgumentParser) -> None:
    add_output(parser, DOCUMENT_FORMATS)
    add_day(parser)
    parser.add_argument(
        "--full", action="store_true", help="add every event, meeting and source; JSON always has them"
    )
    parser.add_argument("--notes", action="store_true", help="add your own notes up to the day")


def _snapshot(options: SnapshotOptions) -> int:
    from kjtui.documents.snapshot_document import snapshot_document

    history = history_of(options)
    notes = notes_of(history) if options.notes else None
    snapshot = snapshot_of(options.day, history, default=history.latest_change)
    document = snapshot_document(snapshot, full=options.full, notes=notes)
    if options.page is not None:
        from kjtui.formats.served_page import served_page

        return put_text(options, served_page(document, snapshot, full=options.full))
    return put(options, document)


def _add_compare(parser: argparse.ArgumentParser) -> None:
    add_output(parser, DOCUMENT_FORMATS)
    parser.add_argument("day", metavar="DAY", help="compare this day; a month or a year means its first day")
    parser.add_argument("other", metavar="DAY", help="with this day; the two days can be in any order")
    parser.add_argument(
        "--full", action="store_true", help="list all meetings and events between the two days"
    )


def _compare(options: CompareOptions) -> int:
    from kjtui.documents.comparison_document import comparison_document
    from kjtui.history.compare import compare

    history = history_of(options)
    day, other = (history.snapshot(day_of(text, history)) for text in (options.day, options.other))
    return put(options, comparison_document(compare(day, other), full=options.full))


def _add_track(parser: argparse.ArgumentParser) -> None:
    add_output(parser, DOCUMENT_FORMATS)
    parser.add_argument("track", metavar="TRACK", help="its id or a name; `kjtui tracks` lists them")
    add_day(parser, _THE_END)
    parser.add_argument(
        "--full", action="store_true", help="add the texts of events, all figures and sources"
    )
    parser.add_argument("--section", metavar="NAME", help="only this section, such as facts or figures")


def _track(options: TrackOptions) -> int:
    from kjtui.documents.track_document import track_document
    from kjtui.history.track_page import track_page

    history = history_of(options)
    track = known_id("track", options.track, history)
    page = track_page(snapshot_of(options.day, history, default=history.last_day), track)
    document = track_document(page, full=options.full or options.section is not None)
    if options.section is not None:
        from kjtui.documents.section_choice import SectionError, only_section

        try:
            document = only_section(document, options.section)
        except SectionError as error:
            raise RequestError(str(error)) from None
    return put(options, document)


def _add_event(parser: argparse.ArgumentParser) -> None:
    add_output(parser, DOCUMENT_FORMATS)
    parser.add_argument("event", metavar="EVENT", help="its id; `kjtui events` lists them")
    add_day(parser, _THE_END)


def _event(options: EventOptions) -> int:
    from kjtui.documents.document import EventView
    from kjtui.documents.event_document import event_document

    history = history_of(options)
    snapshot = snapshot_of(options.day, history, default=history.last_day)
    event = public_event(options.event, history, snapshot.day)
    return put(options, event_document(EventView(event, snapshot)))


def _add_meeting(parser: argparse.ArgumentParser) -> None:
    add_output(parser, DOCUMENT_FORMATS)
    parser.add_argument("meeting", metavar="MEETING", help="its id or a name; `kjtui meetings` lists them")
    add_day(parser, _THE_END)


def _meeting(options: MeetingOptions) -> int:
    from kjtui.documents.document import MeetingView
    from kjtui.documents.meeting_document import meeting_document

    history = history_of(options)
    snapshot = snapshot_of(options.day, history, default=history.last_day)
    meeting = known_id("meeting", options.meeting, history)
    state = snapshot.meetings.get(meeting)
    if state is None:
        day = day_in_sentence(snapshot.day)
        raise RequestError(tr("nothing was known about {meeting} on {day}", meeting=meeting, day=day))
    return put(options, meeting_document(MeetingView(state, snapshot)))


def _add_term(parser: argparse.ArgumentParser) -> None:
    add_output(parser, [name for name in DOCUMENT_FORMATS if name != "json"])
    parser.add_argument("term", metavar="TERM", help="its id or a name; `kjtui terms` lists them")
    add_day(parser, _THE_END)


def _term(options: TermOptions) -> int:
    from kjtui.documents.document import TermView
    from kjtui.documents.term_document import term_document

    history = history_of(options)
    snapshot = snapshot_of(options.day, history, default=history.last_day)
    term = history.record.terms[known_id("term", options.term, history)]
    return put(options, term_document(TermView(term, snapshot)))


_PAGE = (
    "Print the page of a track (a material, a partner list, …) on a day: its standing, the chain of events "
    "behind it, facts, licences, figures and statements, with their sources."
)


def _track_examples(name: str) -> tuple[str, ...]:
    return (
        f"kjtui {name} {{track}}",
        f"kjtui {name} {{track}} {{day}} --section facts",
        f"kjtui {name} {{track}} --full --format html --output track.html --force",
    )


COMMANDS = (
    Command(
        "snapshot",
        "print the status on a day",
        "Print the status at the end of a day, on a page or two: the standing of every track and its "
        "reason, pending changes, the meetings around the day, and the events of the last 30 days.",
        SnapshotOptions,
        _add_snapshot,
        _snapshot,
        (
            "kjtui snapshot {day}",
            "kjtui snapshot end --full --output day.html",
            "kjtui snapshot {day} --notes --format markdown --output day.md --force",
        ),
    ),
    Command(
        "compare",
        "print what changed between two days",
        "Print what changed between two days and which events changed it, what was expected but did not "
        "happen, and what stayed the same. For a long period, only the last meetings and main events are "
        "listed.",
        CompareOptions,
        _add_compare,
        _compare,
        (
            "kjtui compare start {day}",
            "kjtui compare start {day} --full --output changes.html --force",
            "kjtui compare {month} {day} --format markdown --output changes.md --force",
        ),
    ),
    Command(
        "track",
        "print a track's page: status, reasons, facts, licences, figures",
        _PAGE,
        TrackOptions,
        _add_track,
        _track,
        _track_examples("track"),
    ),
    Command("why", "the same as track", _PAGE, TrackOptions, _add_track, _track, _track_examples("why")),
    Command(
        "event",
        "print an event",
        "Print everything that was known about an event on a day: what happened, which tracks it changed, "
        "what each side said, where sources disagree.",
        EventOptions,
        _add_event,
        _event,
        ("kjtui event {event}", "kjtui event {event} --format html --output event.html --force"),
    ),
    Command(
        "meeting",
        "print a meeting",
        "Print everything that was known about a meeting on a day: when and where, its level and heads, its "
        "outcome, and the events that report it.",
        MeetingOptions,
        _add_meeting,
        _meeting,
        ("kjtui meeting {meeting}", "kjtui meeting {meeting} --format json --output meeting.json --force"),
    ),
    Command(
        "term",
        "print a glossary entry: a term, person or body",
        "Print a glossary entry: its meaning, the events that mention it and, for a person, the meetings "
        "that the person headed. Events and meetings are sorted newest first.",
        TermOptions,
        _add_term,
        _term,
        ("kjtui term {term}", "kjtui term {term} --format markdown --output term.md --force"),
    ),
)
