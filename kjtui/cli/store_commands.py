"""Commands for a store, an export or kjtui itself: check, verify, completion, help and version."""

from __future__ import annotations

import argparse
from pathlib import Path

from kjtui import __version__
from kjtui.cli.request import DONE, FAULTS, Command, StoreOptions, history_of, store_of, write
from kjtui.languages import join_items, tr
from kjtui.record.storage import StoreError, is_folder

SHELLS = ("bash", "zsh", "fish")


class VerifyOptions(StoreOptions, frozen=True, kw_only=True):
    """Options of ``verify``."""

    path: Path


class CheckOptions(StoreOptions, frozen=True, kw_only=True):
    """Options of ``check``."""

    path: Path | None = None


class CompletionOptions(StoreOptions, frozen=True, kw_only=True):
    """Options of ``completion``."""

    shell: str


class HelpOptions(StoreOptions, frozen=True, kw_only=True):
    """Options of ``help``."""

    topic: str | None = None


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FILE", help="an exported file; - reads standard input")


def _verify(options: VerifyOptions) -> int:
    from kjtui.formats.verify import language_of_export, read, verify
    from kjtui.history.snapshot import History
    from kjtui.record.store import default_store, load

    text = read(options.path)
    history = History(load(options.store or default_store(language_of_export(text))))
    verdict = verify(text, str(options.path), history)
    write("".join(f"{line}\n" for line in verdict.lines))
    return DONE if verdict.same else FAULTS


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="default: the bundled store")


def _check(options: CheckOptions) -> int:
    path = options.path or store_of(options)
    if is_folder(path):
        from kjtui.record.folder_check import check_folder

        lines = check_folder(path)
    else:
        from kjtui.record.check import validate
        from kjtui.record.store import describe_faults

        lines = describe_faults(path, validate(path))
    write("".join(f"{line}\n" for line in lines))
    return FAULTS if lines else DONE


def _add_completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, help="the shell that runs the script")


def _completion(options: CompletionOptions) -> int:
    from kjtui.cli.completion import completion
    from kjtui.cli.parser import build_parser

    record = history_of(options).record
    ids = {
        "track": record.tracks,
        "event": [event.id for event in record.events],
        "meeting": record.meetings,
        "actor": record.dataset.actors,
        "term": record.terms,
    }
    write(completion(build_parser(), options.shell, ids) + "\n")
    return DONE


def _add_help(parser: argparse.ArgumentParser) -> None:
    from kjtui.cli.parser import COMMAND_MODULES
    from kjtui.cli.topics import TOPICS, topic_called

    topics = tuple(dict.fromkeys((*TOPICS, *COMMAND_MODULES)))

    def topic(text: str) -> str:
        text = topic_called(text) or text
        if text not in topics:
            raise argparse.ArgumentTypeError(
                tr(
                    "there is no topic {text!r}; {other_topics}",
                    text=text[:40],
                    other_topics=_other_topics(text, topics),
                )
            )
        return text

    # Only shell completion needs ``choices``, because ``type`` already rejects unknown topics.
    parser.add_argument(
        "topic", nargs="?", type=topic, choices=topics, metavar="TOPIC", help=", ".join(TOPICS)
    )


def _other_topics(word: str, topics: tuple[str, ...]) -> str:
    """Suggest topics for an unknown topic: topics with a similar name or with ``word`` in the summary.

    If there are none, list all topics.
    """
    from kjtui.cli.topics import TOPICS
    from kjtui.find.query import nearest

    stem = word.lower().removesuffix("s")
    about = [name for name, topic in TOPICS.items() if stem and stem in topic.summary.lower()]
    if near := list(dict.fromkeys([*about, *nearest(word, (*topics, *map(tr, TOPICS)))])):
        return tr("did you mean {near}?", near=join_items(near[:3]))
    return tr("available: {topics} and every command", topics=join_items(map(tr, TOPICS)))


def _help(options: HelpOptions) -> int:
    from kjtui.cli.parser import build_parser
    from kjtui.cli.topics import TOPICS, example_names, topic_text

    if options.topic is not None and options.topic in TOPICS:
        write(topic_text(options.topic, example_names(store_of(options))))
        return DONE
    words = [] if options.topic is None else [options.topic]
    build_parser(words or None, store_of(options)).parse_args([*words, "--help"])  # exits
    return DONE


def _version(options: StoreOptions) -> int:
    """Print the version of kjtui and, if the store is usable, the version of the record."""
    try:
        record = history_of(options).record.dataset.version
    except StoreError:
        write(f"kjtui {__version__}\n")
        raise
    write(tr("kjtui {version} · record {record}", version=__version__, record=record) + "\n")
    return DONE


VERSION = Command("version", "", "", StoreOptions, lambda _: None, _version)
"""The command behind ``--version``."""

COMMANDS = (
    Command(
        "verify",
        "check an export against the record",
        "Regenerate an export with the command in its footer, compare the two, and report the differences.",
        VerifyOptions,
        _add_verify,
        _verify,
        ("kjtui snapshot {day} --output day.txt && kjtui verify day.txt",),
    ),
    Command(
        "check",
        "check a store for errors",
        "List the errors in a store or in a folder of text files, one per line; in text files with file, "
        "line and column. Print nothing if there are none.",
        CheckOptions,
        _add_check,
        _check,
        ("kjtui check my-record.json",),
    ),
    Command(
        "completion",
        "print a shell completion script",
        "Print a shell completion script for commands, options, paths and ids.",
        CompletionOptions,
        _add_completion,
        _completion,
        ("kjtui completion bash > ~/.local/share/bash-completion/completions/kjtui",),
    ),
    Command(
        "help",
        "explain a command or a topic: dates, filters, formats, keys, search, terms",
        "Explain topics shared by several commands, or print the help of a command.",
        HelpOptions,
        _add_help,
        _help,
        ("kjtui help search", "kjtui help snapshot"),
    ),
)
