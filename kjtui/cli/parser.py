"""The command-line parser, built from the table of commands.

The parser is also used to generate shell completion.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kjtui.cli.argparse_texts import translate_argparse
from kjtui.cli.arguments import Vocabulary, add_date, add_language, add_store
from kjtui.cli.request import UNUSABLE, Command, StoreOptions, report, write
from kjtui.languages import ENGLISH, LANGUAGES, current_language, join_items, labelled, tr, use_language

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

COMMAND_MODULES: Mapping[str, str] = {
    "snapshot": "document_commands",
    "compare": "document_commands",
    "track": "document_commands",
    "why": "document_commands",
    "event": "document_commands",
    "meeting": "document_commands",
    "term": "document_commands",
    "events": "list_commands",
    "meetings": "list_commands",
    "tracks": "list_commands",
    "sources": "list_commands",
    "terms": "list_commands",
    "notes": "list_commands",
    "runs": "time_commands",
    "outcomes": "time_commands",
    "figures": "time_commands",
    "export": "export_command",
    "new": "folder_commands",
    "build": "folder_commands",
    "verify": "store_commands",
    "check": "store_commands",
    "serve": "app_commands",
    "completion": "store_commands",
    "help": "store_commands",
}
"""The module of each command, in help order. Only the module of the requested command is imported."""

_DESCRIPTION = "Move a date cursor through a record of events. Without a command, open the app."

_NOUNS: Mapping[str, str] = {"count": "period", "every": "period", "lang": "language", "sort": "order"}
"""Maps options to the nouns that error messages use for their values.

For any other option, error messages use the name of the option as the noun.
"""

_LEAST_SIMILAR = 0.6
"""Minimum similarity of a suggested command. A less similar one, such as figures for bogus, only misleads."""

_EXAMPLES = ("kjtui --date {day}", "kjtui --store my-record.json --lang ko")

_EPILOG = """\
Write days as {day}, {words}, {month}, {today}, {start} or {end};
`kjtui help dates` has more, and `kjtui help` lists other topics. Exit codes:
0 success; 1 check or verify found something; 2 the request or the store cannot
be used."""


def command(name: str) -> Command:
    """Return a command by its name. Raises ``KeyError`` if there is none."""
    module = import_module(f"kjtui.cli.{COMMAND_MODULES[name]}")
    commands: tuple[Command, ...] = module.COMMANDS
    return next(candidate for candidate in commands if candidate.name == name)


class _Help(argparse.RawDescriptionHelpFormatter):
    """A help formatter with a fixed width. argparse's formatter queries the terminal once per argument."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)
        self._headings: list[str] = []

    def start_section(self, heading: str | None) -> None:
        self._headings.append(heading or "")
        super().start_section(heading)

    def format_help(self) -> str:
        """Return the help. Replace the colon after each heading with the colon of the language.

        argparse of Python 3.11 prints an ASCII colon in every language.
        """
        text = super().format_help()
        for heading in self._headings:
            text = text.replace(f"\n{heading}:\n", f"\n{labelled(heading).rstrip()}\n")
        return text

    def _split_lines(self, text: str, width: int) -> list[str]:
        """Wrap the help of an option. The width is in cells: Korean and Japanese characters take two."""
        if current_language() == ENGLISH:
            return super()._split_lines(text, width)
        from kjtui.words.wrap import wrap

        return wrap(text, width)


class _Parser(argparse.ArgumentParser):
    """A parser that prints each error in one line, and prints examples at the end of its help.

    Attributes:
        examples: command lines with placeholders.
        store: the store whose names fill in the placeholders.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, allow_abbrev=True, **options)
        # Without this pattern, argparse would read a relative day such as -2w as an option.
        self._negative_number_matcher = re.compile(r"-\d+[dwmy]?$")
        self.examples: tuple[str, ...] = ()
        self.store: Path | None = None

    def error(self, message: str) -> NoReturn:
        report(tr("{error} (see {command})", error=message, command=f"{self.prog} --help"))
        self.exit(UNUSABLE)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Parse the arguments. Report an unknown option, and suggest the closest options.

        argparse would report an optional positional argument, such as DAY, as unknown if it follows an
        option. This method accepts it there.
        """
        values, unparsed = super().parse_known_args(args, namespace)
        for action in self._get_positional_actions():
            if not unparsed:
                break
            if unparsed[0].startswith("-") and not self._negative_number_matcher.match(unparsed[0]):
                break
            if action.nargs == "?" and getattr(values, action.dest) is None:
                setattr(values, action.dest, unparsed.pop(0))
        for argument in unparsed:
            option = argument.partition("=")[0]
            if option.startswith("--"):
                from kjtui.find.query import nearest

                option_names = [name for name in self._option_string_actions if name.startswith("--")]
                near = nearest(option, option_names)
                if near:
                    self.error(
                        tr(
                            "there is no option {option!r}; did you mean {near}?",
                            option=option[:40],
                            near=join_items(near),
                        )
                    )
        return values, unparsed

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Report an unknown command or choice, and suggest the closest ones.

        argparse's own message lists all choices.
        """
        if action.choices is None or value in action.choices:
            return
        if isinstance(action.choices, dict):  # maps each command to its parser
            self.error(_unknown_command(value))
        from kjtui.find.query import unknown

        names = (
            action.type.names if isinstance(action.type, Vocabulary) else dict.fromkeys(action.choices, ())
        )
        self.error(unknown(noun(action), value, names))

    def format_help(self) -> str:
        """Return the help, wrapped to 80 cells and followed by the examples."""
        if not self.examples:
            return super().format_help()
        from kjtui.cli.topics import example_names

        names = example_names(self.store)
        if self.epilog:
            [self.epilog] = names.fill([self.epilog])
        lines = [f"  {example}" for example in names.fill(self.examples)]
        return "\n".join([super().format_help(), tr("examples:"), *lines, ""])

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help in UTF-8. Raises ``OSError`` on a write error, which argparse would ignore."""
        if file is None:
            write(self.format_help())
        else:
            super().print_help(file)


def noun(action: argparse.Action) -> str:
    """Return the noun that error messages use for the values of an argument."""
    name = action.option_strings[0].lstrip("-") if action.option_strings else action.dest
    return _NOUNS.get(name, name)


def _unknown_command(typed: str) -> str:
    """Return the error message for an unknown command. The message suggests the closest commands."""
    from kjtui.find.query import nearest

    near = nearest(typed, COMMAND_MODULES, _LEAST_SIMILAR)
    if not near:
        return tr("there is no command {found!r}", found=typed[:40])
    hint = tr("did you mean {near}?", near=join_items(near))
    return tr("there is no command {found!r}; {hint}", found=typed[:40], hint=hint)


def _with_queries_joined(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the arguments. If a query begins with a minus sign, join the option and the query with ``=``.

    Otherwise argparse would parse ``-word`` in ``--match -word`` as an option.
    """
    remaining = iter(arguments)
    for argument in remaining:
        if argument not in ("--match", "--event-match"):
            yield argument
            continue
        query = next(remaining, None)
        if query is None:
            yield argument
        elif query.startswith("-") and not query.startswith("--"):
            yield f"{argument}={query}"
        else:
            yield from (argument, query)


def parse(arguments: Sequence[str]) -> tuple[Command, StoreOptions]:
    """Parse the arguments, and return the command and its options. The default command is the app.

    Only the parser of the requested command is built, because building the parsers of all commands takes as
    long as printing a snapshot. For the general help and for an unknown command, all parsers are built.
    """
    use_language(_language_in(arguments))  # before the parser is built, because its texts are translated
    translate_argparse()
    arguments = list(_with_queries_joined(arguments))
    values = vars(_parser_for(arguments).parse_args(arguments))
    use_language(values.get("lang", ENGLISH))
    name = values["command"]
    if values["version"]:
        version: Command = import_module("kjtui.cli.store_commands").VERSION
        return version, _options(version.options, values)
    if name == "app":
        from kjtui.cli.app_commands import APP

        return APP, _options(APP.options, values)
    if values.get("date") is not None and name != "serve":
        report(tr("--date sets the day of the app; for a command, give the day as an argument"))
        sys.exit(UNUSABLE)
    chosen = command(name)
    return chosen, _options(chosen.options, values)


def _options(kind: type[Any], values: Mapping[str, Any]) -> Any:
    """Convert the parsed values to the options class of a command."""
    fields = kind.__struct_fields__
    return kind(**{name: value for name, value in values.items() if name in fields})


def _language_in(arguments: Sequence[str]) -> str:
    """Find the value of ``--lang`` without a parser, because the parser's texts need the language.

    The default is English.
    """
    language = ENGLISH
    for index, argument in enumerate(arguments):
        option, _, value = argument.partition("=")
        if option == "--lang":
            value = value or "".join(arguments[index + 1 : index + 2])
            language = value if value in LANGUAGES else language
    return language


def _parser_for(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser with only the commands that these arguments can refer to."""
    words = iter(arguments)
    store = None
    for position, argument in enumerate(arguments[:-1]):
        if argument == "--store":
            store = Path(arguments[position + 1])
    for word in words:
        if word not in ("--date", "--store", "--page", "--lang"):
            return build_parser([word] if word in COMMAND_MODULES else None, store)
        next(words, "")
    return build_parser([], store)


def build_parser(names: Iterable[str] | None = None, store: Path | None = None) -> argparse.ArgumentParser:
    """Build the parser.

    Args:
        names: the names of the commands to include; by default all commands.
        store: the store whose names fill in the examples in the help.
    """
    main_parser = _Parser(
        prog="kjtui",
        description=tr(_DESCRIPTION),
        epilog=tr(_EPILOG),
    )
    main_parser.examples, main_parser.store = _EXAMPLES, store
    main_parser.add_argument(
        "--version", action="store_true", help="print the versions of kjtui and of the record"
    )
    main_parser.set_defaults(command="app", date=None)
    add_date(main_parser)
    add_store(main_parser)
    add_language(main_parser)
    # `kjtui serve` passes the query string of the page's address to the app.
    main_parser.add_argument("--page", metavar="QUERY", help=argparse.SUPPRESS)
    commands = main_parser.add_subparsers(
        title="commands", metavar="COMMAND", prog=main_parser.prog, parser_class=_Parser
    )
    for name in COMMAND_MODULES if names is None else names:
        definition = command(name)
        parser = commands.add_parser(
            name, help=tr(definition.summary), description=_wrapped(tr(definition.description))
        )
        parser.set_defaults(command=name)
        add_store(parser)
        add_language(parser)
        definition.add(parser)
        parser.examples, parser.store = definition.examples, store
        _translate(parser)
    _translate(main_parser)
    return main_parser


def _translate(parser: argparse.ArgumentParser) -> None:
    """Translate the help texts of a parser."""
    if current_language() == ENGLISH:
        return
    for group in parser._action_groups:  # noqa: SLF001  # argparse lists its arguments nowhere else
        group.title = tr(group.title or "")
        group.description = tr(group.description) if group.description else None
    for action in parser._actions:  # noqa: SLF001  # as above
        if action.help and action.help != argparse.SUPPRESS:
            action.help = tr(action.help)


def _wrapped(text: str) -> str:
    if current_language() == ENGLISH:
        from textwrap import fill

        return fill(text, 78)
    from kjtui.words.wrap import wrap

    return "\n".join(wrap(text, 78))
