"""Commands that list developments over time.

They list the runs of each track, the outcomes of pending states, and the figures of each series.
"""

from __future__ import annotations

import argparse

from msgspec.structs import replace

from kjtui.cli.arguments import add_day, add_match, add_output, add_span
from kjtui.cli.request import (
    Command,
    OutputOptions,
    RequestError,
    day_of,
    filter_of,
    history_of,
    known_id,
    put_list,
    report,
    report_language,
    snapshot_of,
)
from kjtui.formats.format_table import LIST_FORMATS
from kjtui.languages import join_items, tr
from kjtui.record.partial_date import day_in_sentence


class RunsOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``runs``."""

    track: str | None = None


class OutcomesOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``outcomes``."""

    day: str | None = None
    track: str | None = None
    match: str = ""


class FiguresOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``figures``.

    The track is the first argument or the value of ``--track``. In the second case, the first argument is
    the day.
    """

    track: str | None = None
    track_option: str | None = None
    day: str | None = None
    first: str | None = None
    last: str | None = None
    match: str = ""


def _add_runs(parser: argparse.ArgumentParser) -> None:
    add_output(parser, LIST_FORMATS)
    parser.add_argument("track", nargs="?", metavar="TRACK", help="its id or a name; default: every track")


def _runs(options: RunsOptions) -> int:
    from kjtui.formats.lists.run_list import run_listing

    history = history_of(options)
    tracks = list(history.record.tracks)
    if options.track is not None:
        tracks = [known_id("track", options.track, history)]
    return put_list(options, run_listing(history, tracks))


def _add_outcomes(parser: argparse.ArgumentParser) -> None:
    add_output(parser, LIST_FORMATS)
    add_day(parser, "only states pending on this day; default: on any day")
    parser.add_argument("--track", metavar="TRACK", help="only pending states of this track")
    add_match(parser, "pending states")


def _outcomes(options: OutcomesOptions) -> int:
    from kjtui.formats.lists.outcome_list import outcome_listing
    from kjtui.history.outcomes import outcomes, outcomes_of

    history = history_of(options)
    filter_of(options, history, options.match)  # raises RequestError for unknown fields
    if options.day is None:
        selected = outcomes(history)
    else:
        selected = outcomes_of(history, day_of(options.day, history))
    if options.track is not None:
        track = known_id("track", options.track, history)
        selected = tuple(outcome for outcome in selected if outcome.track.id == track)
    report_language(options.match, history)
    listing = outcome_listing(history, selected, options.match)
    if options.day is not None and not selected and options.track is None:
        day = day_in_sentence(day_of(options.day, history))
        return put_list(options, listing, empty=tr("nothing was pending on {day}", day=day))
    return put_list(options, listing)


def _add_figures(parser: argparse.ArgumentParser) -> None:
    add_output(parser, LIST_FORMATS)
    parser.add_argument("track", nargs="?", metavar="TRACK", help="its id or a name; default: every track")
    add_day(parser, "only figures published up to this day; default: the end of the record")
    parser.add_argument(
        "--track", dest="track_option", metavar="TRACK", help="the track, instead of the argument TRACK"
    )
    add_span(parser)
    add_match(parser, "figures")


def _figures(options: FiguresOptions) -> int:
    from kjtui.formats.lists.figure_list import figure_listing, years_in_parts

    if options.track_option is not None:
        if options.day is not None:
            raise RequestError(tr("give the track once: as TRACK or with --track"))
        options = replace(options, track=options.track_option, day=options.track)
    history = history_of(options)
    event_filter = filter_of(options, history, options.match)
    track = event_filter.track
    snapshot = snapshot_of(options.day, history, default=history.last_day)
    report_language(options.match, history)
    listing = figure_listing(snapshot, track, options.match, event_filter.first, event_filter.last)
    code = put_list(options, listing)
    for (track_id, unit), years in years_in_parts(listing.items).items():
        report(
            tr(
                "{track}, {unit}: only parts of {years}, no figure for the whole year",
                track=history.record.tracks[track_id].name,
                unit=unit,
                years=join_items(map(str, years)),
            )
        )
    return code


COMMANDS = (
    Command(
        "runs",
        "list how long each state lasted",
        "List every unbroken period in a state, with its first day, last day and length in days, and the "
        "total for each state.",
        RunsOptions,
        _add_runs,
        _runs,
        ("kjtui runs {track}", "kjtui runs --format csv --output runs.csv --force"),
    ),
    Command(
        "outcomes",
        "list the outcomes of pending states",
        "List every pending state of a day or of the whole record, with its first day, actors, stage, "
        "expected day and outcome. Also list every state with a last day, and whether it was extended. "
        "The outcome uses all events up to the end of the record, even if DAY is earlier.",
        OutcomesOptions,
        _add_outcomes,
        _outcomes,
        (
            "kjtui outcomes {day}",
            'kjtui outcomes --track {track} --match "{word}"',
            "kjtui outcomes --format csv --output outcomes.csv --force",
        ),
    ),
    Command(
        "figures",
        "list figures published over time",
        "List the figures of one track or of all tracks, one figure per line, with period, value, unit, day "
        "of publication and sources. Figures published after DAY are omitted.",
        FiguresOptions,
        _add_figures,
        _figures,
        (
            "kjtui figures {track}",
            "kjtui figures {track} {day}",
            "kjtui figures --track {track} --from {year}",
            "kjtui figures --match {figures} --from {year} --to {year}",
            "kjtui figures --format csv --output figures.csv --force",
        ),
    ),
)
