"""Commands that print a list."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from kjtui.cli.arguments import (
    add_day,
    add_event_filters,
    add_match,
    add_output,
    add_source_filters,
    add_span,
    add_vocabulary,
)
from kjtui.cli.request import (
    Command,
    FilterOptions,
    OutputOptions,
    RequestError,
    SourceOptions,
    SpanOptions,
    check_order,
    day_of,
    filter_of,
    history_of,
    known_id,
    notes_of,
    output_path,
    put,
    put_list,
    report,
    report_language,
    snapshot_of,
)
from kjtui.formats.format_table import LIST_FORMATS
from kjtui.history.meetings import Status
from kjtui.history.snapshot import History
from kjtui.languages import join_clauses, join_items, labelled, tr
from kjtui.record.partial_date import day_in_sentence

if TYPE_CHECKING:
    from kjtui.find.filter import Filter


class EventsOptions(FilterOptions, frozen=True, kw_only=True):
    """Options of ``events``."""

    count: Literal["month", "year"] | None = None
    sort: str = ""
    full: bool = False


class MeetingsOptions(SpanOptions, frozen=True, kw_only=True):
    """Options of ``meetings``."""

    level: str | None = None
    series: str | None = None
    status: str | None = None


class TracksOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``tracks``."""

    day: str | None = None
    tracks: list[str] | None = None
    first: str | None = None
    last: str | None = None
    every: Literal["week", "month", "quarter", "year"] | None = None
    match: str = ""


class MatchOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``terms`` and ``notes``."""

    match: str = ""


def _add_events(parser: argparse.ArgumentParser) -> None:
    add_output(parser, (*LIST_FORMATS, "html"))
    add_span(parser)
    add_event_filters(parser)
    parser.add_argument("--meeting", metavar="MEETING", help="only events of this meeting")
    add_match(parser, "events")
    parser.add_argument(
        "--count", choices=("month", "year"), help="count the events by month or year instead"
    )
    parser.add_argument(
        "--sort",
        choices=("day", "best"),
        default="",
        help="default: best if --match has words, otherwise day",
    )
    parser.add_argument(
        "--full", action="store_true", help="print each event in full, with statements and sources"
    )


def _events(options: EventsOptions) -> int:
    history = history_of(options)
    event_filter = filter_of(options, history, options.match)
    if options.count:
        from kjtui.formats.lists.event_counts import count_listing

        return put_list(options, count_listing(history, event_filter, options.count))
    from kjtui.formats.lists.event_list import event_listing

    if options.full and _is_document(options):
        return _full_events(options, history, event_filter)
    if options.format == "html":
        raise RequestError(tr("--format html needs --full"))
    listing = event_listing(history, event_filter, options.sort)
    return put_list(options, listing, "" if listing.items else _advice(event_filter, history))


def _is_document(options: EventsOptions) -> bool:
    """Return whether ``--full`` prints a document instead of a list.

    In JSON, NDJSON and CSV, ``--full`` has no effect, because the list already contains all texts.
    """
    if options.format is not None:
        return options.format in ("text", "markdown", "html")
    path = output_path(options)
    return path is None or path.suffix.lower() not in (".json", ".ndjson", ".csv")


def _full_events(options: EventsOptions, history: History, event_filter: Filter) -> int:
    """Print the events with their texts, statements and sources."""
    from kjtui.documents.document import EventsView
    from kjtui.documents.events_document import events_document
    from kjtui.formats.lists.event_list import ordered_events
    from kjtui.formats.lists.listing import seen_from

    snapshot = seen_from(history, event_filter)
    events = tuple(ordered_events(snapshot, event_filter, options.sort))
    if not events:
        report(join_clauses((tr("no {items} found", items="events"), _advice(event_filter, history))))
    arguments = ["--full"]
    for name, value in (
        ("match", options.match),
        ("track", event_filter.track),
        ("kind", event_filter.kind),
        ("actor", event_filter.actor),
        ("meeting", event_filter.meeting),
        ("from", event_filter.first),
        ("to", snapshot.day),
        ("sort", options.sort),
    ):
        if value:
            arguments += [f"--{name}", str(value)]
    return put(options, events_document(EventsView(events, snapshot), arguments))


def _advice(event_filter: Filter, history: History) -> str:
    """Explain why a filter finds no events, and suggest queries that find events."""
    from kjtui.find.advice import advice
    from kjtui.find.fact_advice import fact_advice
    from kjtui.find.search import Index

    index = Index(history.record)
    text = event_filter.text
    reasons = (advice(event_filter, index), _day_advice(text, history), fact_advice(text, history, index))
    return join_clauses(filter(None, reasons))


def _day_advice(text: str, history: History) -> str:
    """Return the command that prints the status on a day, if the words of a query are a day."""
    from kjtui.find.day_advice import typed_days

    days = typed_days(text, history, date.today())
    if len(days) != 1:
        return ""
    [day] = days
    return labelled(tr("status at the end of {day}", day=day_in_sentence(day)), f"kjtui snapshot {day}")


def _add_meetings(parser: argparse.ArgumentParser) -> None:
    add_output(parser, LIST_FORMATS)
    add_span(parser)
    parser.add_argument("--track", metavar="TRACK", help="only meetings that concern this track")
    parser.add_argument("--level", metavar="LEVEL", help="only meetings of this level, such as ministers")
    parser.add_argument("--series", metavar="SERIES", help="only meetings of this series")
    add_vocabulary(parser, "--status", get_args(Status), "STATUS")
    add_match(parser, "meetings")


def _meetings(options: MeetingsOptions) -> int:
    from kjtui.formats.lists.meeting_list import meeting_listing

    history = history_of(options)
    event_filter = filter_of(options, history, options.match)
    if options.level:
        event_filter = event_filter.with_field("level", _level(options.level, history))
    series = _series(options.series, history) if options.series else ""
    report_language(options.match, history)
    listing = meeting_listing(history, event_filter, series=series, status=options.status or "")
    return put_list(options, listing)


def _level(typed: str, history: History) -> str:
    from kjtui.find.query import FieldError, resolve

    try:
        return resolve("level", typed, history.record)
    except FieldError as error:
        raise RequestError(str(error)) from None


def _series(typed: str, history: History) -> str:
    """Return the meeting series that the typed name means. Raises ``RequestError`` if there is none."""
    from kjtui.find.query import nearest
    from kjtui.find.word_match import fold

    all_series = sorted({meeting.series for meeting in history.record.meetings.values()})
    for series in all_series:
        names = (series, *history.record.dataset.aliases.get(series, ()))
        if fold(typed) in map(fold, names):
            return series
    near = nearest(typed, all_series)
    hint = (
        tr("did you mean {near}?", near=join_items(near))
        if near
        else tr("available: {known}", known=join_items(all_series[:20]))
    )
    raise RequestError(tr("there is no series {typed!r}; {hint}", typed=typed[:40], hint=hint))


def _add_tracks(parser: argparse.ArgumentParser) -> None:
    add_output(parser, LIST_FORMATS)
    add_day(parser)
    parser.add_argument(
        "--track",
        dest="tracks",
        metavar="TRACK",
        action="append",
        help="only this track; can be given several times",
    )
    add_match(parser, "tracks")
    add_span(parser)
    parser.add_argument(
        "--every",
        choices=("week", "month", "quarter", "year"),
        help="list the states from --from to --to at the end of every month, or another period",
    )


def _tracks(options: TracksOptions) -> int:
    history = history_of(options)
    only = [known_id("track", typed, history) for typed in options.tracks or ()]
    report_language(options.match, history)
    if options.every:
        from kjtui.formats.lists.state_list import state_listing
        from kjtui.formats.lists.track_list import track_listing

        if options.day:
            raise RequestError(tr("--every is used with --from and --to, not with DAY"))
        filter_of(options, history, options.match)  # raises RequestError for unknown fields
        coverage = history.record.dataset.coverage
        first = day_of(options.first, history) if options.first else coverage.first
        last = day_of(options.last, history, last=True) if options.last else coverage.last
        check_order(first, last)
        if last > history.last_day:
            raise RequestError(
                tr(
                    "--to {last} is after the record, which ends on {last_day}",
                    last=last,
                    last_day=history.last_day,
                )
            )
        if first < history.first_day:
            raise RequestError(
                tr(
                    "--from {first} is before the record, which begins on {first_day}",
                    first=first,
                    first_day=history.first_day,
                )
            )
        matching = track_listing(history.snapshot(last), options.match, only).items
        tracks = [track.id for track in matching]
        return put_list(options, state_listing(history, tracks, first, last, options.every))
    if options.first or options.last:
        raise RequestError(tr("--from and --to need --every; for a single day, give DAY"))
    from kjtui.formats.lists.track_list import track_listing

    filter_of(options, history, options.match)  # raises RequestError for unknown fields
    snapshot = snapshot_of(options.day, history, default=history.latest_change)
    return put_list(options, track_listing(snapshot, options.match, only))


def _add_sources(parser: argparse.ArgumentParser) -> None:
    add_output(parser, LIST_FORMATS)
    add_span(parser)
    add_event_filters(parser)
    parser.add_argument("--meeting", metavar="MEETING", help="only sources of events of this meeting")
    add_source_filters(parser)
    add_match(parser, "sources")
    parser.add_argument(
        "--event-match", metavar="TEXT", default="", help="only sources of events with all of these words"
    )


def _sources(options: SourceOptions) -> int:
    from kjtui.formats.lists.source_list import source_listing

    history = history_of(options)
    filter_of(options, history, options.match)  # raises RequestError for unknown fields
    event_filter = filter_of(options, history, options.event_match)
    listing = source_listing(history, event_filter, options.match)
    return put_list(options, listing, "" if listing.items else _advice(event_filter, history))


def _add_terms(parser: argparse.ArgumentParser) -> None:
    add_output(parser, LIST_FORMATS)
    add_match(parser, "terms")


def _terms(options: MatchOptions) -> int:
    from kjtui.formats.lists.term_list import term_listing

    history = history_of(options)
    report_language(options.match, history)
    return put_list(options, term_listing(history, options.match))


def _add_notes(parser: argparse.ArgumentParser) -> None:
    add_output(parser, LIST_FORMATS)
    add_match(parser, "notes")


def _notes(options: MatchOptions) -> int:
    from kjtui.formats.lists.note_list import note_listing

    history = history_of(options)
    return put_list(options, note_listing(notes_of(history), history.record, options.match))


COMMANDS = (
    Command(
        "events",
        "list events",
        "List the events that match all filters, sorted by relevance with --match, otherwise by day.",
        EventsOptions,
        _add_events,
        _events,
        (
            "kjtui events --track {track} --from {month}",
            'kjtui events --match "actor:{actor} {word}" --sort day --full',
            "kjtui events --kind {kind} --count month --format csv",
            "kjtui events --actor {actor} --to {day} --output events.ndjson --force",
            "kjtui events --meeting {meeting}",
        ),
    ),
    Command(
        "meetings",
        "list meetings",
        "List the meetings that match all filters, with days, level, outcome, place and heads.",
        MeetingsOptions,
        _add_meetings,
        _meetings,
        (
            "kjtui meetings --from {year} --to {year}",
            "kjtui meetings --status held --track {track} --format csv",
            'kjtui meetings --level ministers --match "{word}"',
            'kjtui meetings --series "{series}" --output meetings.csv --force',
        ),
    ),
    Command(
        "tracks",
        "list tracks",
        "List the tracks with their state on a day, or their states over time.",
        TracksOptions,
        _add_tracks,
        _tracks,
        (
            "kjtui tracks {day}",
            'kjtui tracks --match "{word}"',
            "kjtui tracks --from {year} --to {day} --every quarter",
            "kjtui tracks --track {track} --from {month} --every month --format csv",
            "kjtui tracks --output tracks.json --force",
        ),
    ),
    Command(
        "sources",
        "list sources",
        "List the sources of the events that match all filters; without filters, list every source.",
        SourceOptions,
        _add_sources,
        _sources,
        (
            "kjtui sources --track {track} --format csv",
            'kjtui sources --event-match "{word}" --match "lang:en"',
            "kjtui sources --actor {actor} --from {month} --to {day}",
            "kjtui sources --kind {kind} --output sources.json --force",
            "kjtui sources --meeting {meeting}",
            'kjtui sources --publisher "{publisher}" --source-kind press',
            "kjtui sources --language en --machine-translated no",
        ),
    ),
    Command(
        "terms",
        "list the glossary: terms, persons and bodies",
        "List the glossary, with the number of events that mention each entry and the number of meetings "
        "that each person headed.",
        MatchOptions,
        _add_terms,
        _terms,
        (
            "kjtui terms",
            'kjtui terms --match "{word}"',
            "kjtui terms --format csv --output terms.csv --force",
        ),
    ),
    Command(
        "notes",
        "list your notes",
        "List your notes on the record, sorted by day.",
        MatchOptions,
        _add_notes,
        _notes,
        (
            "kjtui notes",
            'kjtui notes --match "{word}"',
            "kjtui notes --format markdown --output notes.md --force",
        ),
    ),
)
