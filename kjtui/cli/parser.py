"""The command-line parser. Shell completion is generated from it too."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from kjtui.formats.document_formats import FORMATS
from kjtui.record.model import Kind

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    Commands = argparse._SubParsersAction["_Parser"]  # noqa: SLF001  # add_subparsers returns it
    Arguments = argparse._ActionsContainer  # noqa: SLF001  # what parsers and their groups have in common

UNUSABLE = 2
"""Exit code if the request or the store cannot be used."""

SHELLS = ("bash", "zsh", "fish")

LISTS = ("text", "markdown", "json", "ndjson", "csv")
"""The formats of lists: the names in ``kjtui.formats.list_formats``, which only lists import."""

EXPORTS = ("csv", "icalendar", "ris", "bibtex", "csl-json")
"""The formats of ``export``: the last three are the names in ``kjtui.formats.bibliography``."""


class _Help(argparse.HelpFormatter):
    """A formatter of fixed width: argparse would query the terminal once for each argument."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


class _Parser(argparse.ArgumentParser):
    """A parser that reports an error in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)
        # argparse takes a text such as -2w for an option unless this calls it a number.
        self._negative_number_matcher = re.compile(r"-\d+[dwmy]?$")

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"kjtui: {message} (see {self.prog} --help)\n")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help. Raises ``OSError`` if it cannot be written, which argparse ignores."""
        if file is None and sys.stdout is not None:
            sys.stdout.write(self.format_help())
            sys.stdout.flush()
        else:
            super().print_help(file)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments of a run, which sets ``command`` to the name of the command, by default ``app``.

    The parsers of other commands than the one asked for are not built, unless the help or an error may list
    them: to build all takes as long as to make a snapshot.
    """
    words = iter(arguments)
    for word in words:
        if word not in ("--date", "--store", "--page"):
            return parser([word] if word in _COMMANDS else _COMMANDS).parse_args(arguments)
        next(words, "")
    return parser([]).parse_args(arguments)


def parser(names: Iterable[str] | None = None) -> argparse.ArgumentParser:
    """Build the parser, with the commands of these names; by default with all."""
    whole = _Parser(
        prog="kjtui",
        description="Move a date cursor through the Japan–Korea export-control dispute. "
        "Without a command, open the app.",
        epilog="Write days as 2020-03-10, 10 March 2020, 2020-03, today, start or end; "
        "`kjtui help dates` has more. Exit codes: 0 success; 1 check or verify found something; "
        "2 the request or the store cannot be used.",
    )
    whole.add_argument("--version", action="store_true", help="print the versions of kjtui and of the record")
    whole.set_defaults(command="app", date=None)
    _add_date(whole)
    _add_store(whole)
    # `kjtui serve` starts the app with the query of the page's address.
    whole.add_argument("--page", metavar="QUERY", help=argparse.SUPPRESS)
    commands = whole.add_subparsers(
        title="commands", metavar="COMMAND", prog=whole.prog, parser_class=_Parser
    )
    for name in _COMMANDS if names is None else names:
        _COMMANDS[name](commands)
    return whole


def _add_snapshot(commands: Commands) -> None:
    snapshot = _document(
        commands,
        "snapshot",
        "print what held on a day",
        "Print what held at the end of a day, on a page or two: every standing and its reason, what is "
        "pending, the meetings around the day, and the events of the last 30 days.",
    )
    _add_day(snapshot)
    snapshot.add_argument("--full", action="store_true", help="add every event, meeting and source")
    snapshot.add_argument("--notes", action="store_true", help="add your own notes up to the day")


def _add_compare(commands: Commands) -> None:
    comparison = _document(
        commands,
        "compare",
        "print what changed between two days",
        "Print what changed between two days and by which events, and what is the same.",
    )
    comparison.add_argument("day", metavar="DAY")
    comparison.add_argument("other", metavar="DAY")


def _add_track(commands: Commands) -> None:
    _add_page(commands, "track", "print a track's page: its standing, why, facts, licences, figures")


def _add_why(commands: Commands) -> None:
    _add_page(commands, "why", "the same as track")


def _add_page(commands: Commands, name: str, summary: str) -> None:
    track = _document(
        commands,
        name,
        summary,
        "Print the page of a track (a material, a partner list, …) on a day: its standing, the chain of "
        "events behind it, facts, licences, figures and statements, with their sources.",
    )
    track.add_argument("track", metavar="TRACK", help="its id; `kjtui tracks` lists them")
    _add_day(track)
    track.add_argument("--full", action="store_true", help="add the texts of events, all figures and sources")


def _add_event(commands: Commands) -> None:
    event = _document(
        commands,
        "event",
        "print an event",
        "Print all that was known of an event by a day: what happened, what it did to which track, what each "
        "side said, where sources disagree.",
    )
    event.add_argument("event", metavar="EVENT", help="its id; `kjtui events` lists them")
    event.add_argument("day", nargs="?", metavar="DAY", help="default: the end of the record")


def _add_serve(commands: Commands) -> None:
    serve = _command(
        commands,
        "serve",
        "serve the app as a web page",
        "Serve the app as a web page, only to this machine unless --host is given.",
    )
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; default: 127.0.0.1, this machine only"
    )
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on; default: 8000")
    serve.add_argument(
        "--visitors", type=_visitors, default=32, metavar="N", help="refuse more at once; default: 32"
    )
    _add_date(serve)


def _add_completion(commands: Commands) -> None:
    completion = _command(
        commands,
        "completion",
        "print a shell completion script",
        "Print a script with which a shell completes commands, options, paths and ids.",
    )
    completion.add_argument("shell", choices=SHELLS)


def _add_help(commands: Commands) -> None:
    from kjtui.cli.topics import TOPICS

    help_ = _command(
        commands,
        "help",
        "explain dates, filters, formats or a command",
        f"Explain what several commands share ({', '.join(TOPICS)}), or print the help of a command.",
    )
    topics = (*TOPICS, *_COMMANDS)

    def topic(text: str) -> str:
        if text not in topics:
            raise argparse.ArgumentTypeError(
                f"there is no topic {text[:40]!r}; {_other_topics(text, topics)}"
            )
        return text

    # Shells complete the choices; the type refuses anything else before argparse looks at them.
    help_.add_argument(
        "topic", nargs="?", type=topic, choices=topics, metavar="TOPIC", help=", ".join(TOPICS)
    )


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return the up to three words nearest to one: first those that contain it, then similar ones."""
    from difflib import get_close_matches

    words = list(known)
    containing = [one for one in words if word and word.lower() in one.lower()]
    return list(dict.fromkeys([*containing[:3], *get_close_matches(word, words, 3, cutoff=0.5)]))[:3]


def _other_topics(word: str, topics: Iterable[str]) -> str:
    """Return what to ask for instead: topics with a similar name, or whose summary has the word."""
    from kjtui.cli.topics import TOPICS

    stem = word.lower().removesuffix("s")
    about = [name for name, topic in TOPICS.items() if stem and stem in topic.summary.lower()]
    if near := list(dict.fromkeys([*about, *nearest(word, topics)])):
        return f"did you mean {', '.join(near[:3])}?"
    return f"there are {', '.join(TOPICS)} and every command"


def _add_events(commands: Commands) -> None:
    events = _list(commands, "events", "list events", "List the events that fit all of the options.")
    _add_span(events)
    _add_event_filters(events)
    events.add_argument("--meeting", metavar="MEETING", help="only events of this meeting")
    events.add_argument("--match", metavar="TEXT", default="", help="only events with all of these words")


def _add_meetings(commands: Commands) -> None:
    meetings = _list(commands, "meetings", "list meetings", "List the meetings that fit all of the options.")
    _add_span(meetings)
    meetings.add_argument("--track", metavar="TRACK", help="only meetings that bear on this track")
    meetings.add_argument("--match", metavar="TEXT", default="", help="only meetings with all of these words")


def _add_tracks(commands: Commands) -> None:
    tracks = _list(commands, "tracks", "list tracks", "List the tracks with their state on a day.")
    _add_day(tracks)
    tracks.add_argument("--match", metavar="TEXT", default="", help="only tracks with all of these words")


def _add_sources(commands: Commands) -> None:
    sources = _list(
        commands,
        "sources",
        "list sources",
        "List the sources of the events that fit all of the options; without any, every source.",
    )
    _add_span(sources)
    _add_event_filters(sources)
    sources.add_argument("--meeting", metavar="MEETING", help="only of events of this meeting")
    sources.add_argument("--match", metavar="TEXT", default="", help="only sources with all of these words")


def _add_notes(commands: Commands) -> None:
    notes = _list(commands, "notes", "list your notes", "List the notes that you took on the record, by day.")
    notes.add_argument("--match", metavar="TEXT", default="", help="only notes with all of these words")


def _add_span(command: Arguments) -> None:
    command.add_argument("--from", dest="first", metavar="DAY", help="first day, or a month from its start")
    command.add_argument("--to", dest="last", metavar="DAY", help="last day, or a month to its end")


def _add_event_filters(command: Arguments) -> None:
    command.add_argument("--track", metavar="TRACK", help="only events that bear on this track")
    command.add_argument("--kind", choices=get_args(Kind), metavar="KIND", help=", ".join(get_args(Kind)))
    command.add_argument("--actor", metavar="CODE", help="only events in which this one acts")


def _list(commands: Commands, name: str, summary: str, description: str) -> argparse.ArgumentParser:
    """Add a command that prints a list or writes it to a file."""
    command = _command(commands, name, summary, description)
    _add_output(command, LISTS)
    return command


def _add_export(commands: Commands) -> None:
    export = _command(
        commands,
        "export",
        "write tables, a calendar or a bibliography",
        "Write the whole record: csv writes a folder of tables that join by id, icalendar a file with events "
        "and meetings as all-day entries. Or write sources as a bibliography: ris, bibtex or csl-json.",
    )
    export.add_argument(
        "--format",
        choices=EXPORTS,
        help="default: by the ending of --output, .ics, .ris, .bib or .csl.json; csv for a folder",
    )
    export.add_argument("--output", type=Path, metavar="PATH", help="folder or file to write; - prints")
    export.add_argument("--force", action="store_true", help="overwrite files")
    chosen = export.add_argument_group("which sources", "What a bibliography holds; default: every source.")
    chosen.add_argument("--day", metavar="DAY", help="the sources of `kjtui snapshot DAY`, in its order")
    chosen.add_argument("--event", metavar="EVENT", help="the sources of this event")
    _add_span(chosen)
    _add_event_filters(chosen)
    chosen.add_argument("--meeting", metavar="MEETING", help="only of events of this meeting")
    chosen.add_argument("--match", metavar="TEXT", default="", help="only sources with all of these words")
    chosen.add_argument(
        "--cite",
        action="store_true",
        help="cite the record itself, or what it says of --day or --event, instead of sources",
    )


def _add_verify(commands: Commands) -> None:
    verify = _command(
        commands,
        "verify",
        "check an export against the record",
        "Make an export again, as its last lines say, and report whether it is the same or what differs.",
    )
    verify.add_argument("path", type=Path, metavar="FILE", help="an exported file; - reads standard input")


def _add_check(commands: Commands) -> None:
    check = _command(
        commands,
        "check",
        "check a store for errors",
        "List the errors in a store or in a folder of text files, one per line; in text files with file, "
        "line and column. Print nothing if there are none.",
    )
    check.add_argument("path", nargs="?", type=Path, metavar="PATH", help="default: the store of the package")


def _add_new(commands: Commands) -> None:
    new = _command(
        commands,
        "new",
        "start a record of text files",
        "Write a folder of commented text files with a small example, to be replaced by your own record.",
    )
    new.add_argument("folder", type=Path, metavar="DIR", help="the folder to write")
    new.add_argument("--force", action="store_true", help="overwrite files")


def _add_build(commands: Commands) -> None:
    build = _command(
        commands,
        "build",
        "make a store of text files",
        "Make a store of a folder of text files. With --reverse, write the folder of a store instead.",
    )
    build.add_argument("folder", type=Path, metavar="DIR", help="folder to read; with --reverse, to write")
    build.add_argument("--reverse", type=Path, metavar="STORE", help="write the text files of this store")
    build.add_argument("--output", type=Path, metavar="PATH", help="store to write; - prints")
    build.add_argument("--force", action="store_true", help="overwrite files")


_COMMANDS: Mapping[str, Callable[[Commands], None]] = {
    "snapshot": _add_snapshot,
    "compare": _add_compare,
    "track": _add_track,
    "why": _add_why,
    "event": _add_event,
    "events": _add_events,
    "meetings": _add_meetings,
    "tracks": _add_tracks,
    "sources": _add_sources,
    "notes": _add_notes,
    "export": _add_export,
    "verify": _add_verify,
    "check": _add_check,
    "new": _add_new,
    "build": _add_build,
    "serve": _add_serve,
    "completion": _add_completion,
    "help": _add_help,
}
"""What adds each command, in the order of the help."""


def _document(commands: Commands, name: str, summary: str, description: str) -> argparse.ArgumentParser:
    """Add a command that prints a document or writes it to a file."""
    command = _command(commands, name, summary, description)
    _add_output(command, FORMATS)
    return command


def _add_output(command: argparse.ArgumentParser, formats: Iterable[str]) -> None:
    command.add_argument(
        "--format", choices=tuple(formats), help="default: by the ending of --output, else text"
    )
    command.add_argument("--output", type=Path, metavar="PATH", help="file to write; - prints")
    command.add_argument("--force", action="store_true", help="overwrite the file")


def _add_day(command: argparse.ArgumentParser) -> None:
    command.add_argument("day", nargs="?", metavar="DAY", help="default: the latest change")


def _command(commands: Commands, name: str, summary: str, description: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=description)
    command.set_defaults(command=name)
    _add_store(command)
    return command


# SUPPRESS: an option missing after the command must not override the one given before it.
def _add_date(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--date",
        metavar="DAY",
        default=argparse.SUPPRESS,
        help="open on this day; default: where you left off",
    )


def _add_store(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--store",
        type=Path,
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="read this store; default: the one of the package",
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a port from 1 to 65535")


def _visitors(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 10_000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number from 1 to 9999")
