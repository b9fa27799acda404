"""Commands for records that are written as text files.

They create a new record, build a store from the files, or convert a store to files.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kjtui.cli.request import DONE, Command, OutputOptions, RequestError, StoreOptions, put_text, report
from kjtui.languages import labelled, tr
from kjtui.record.storage import is_folder
from kjtui.record.store import load


class NewOptions(StoreOptions, frozen=True, kw_only=True):
    """Options of ``new``."""

    folder: Path
    force: bool = False


class BuildOptions(OutputOptions, frozen=True, kw_only=True):
    """Options of ``build``."""

    folder: Path
    reverse: Path | None = None


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to write")
    parser.add_argument("--force", action="store_true", help="overwrite files")


def _new(options: NewOptions) -> int:
    from kjtui.files.atomic_write import save_all
    from kjtui.record.folder.new_folder import new_files

    files = new_files(date.today())
    save_all(files, options.folder, force=options.force)
    command = f"kjtui check {options.folder}"
    report(tr("{count} files written; check them with: {command}", count=len(files), command=command))
    return DONE


def _add_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder to read; with --reverse, to write")
    parser.add_argument("--reverse", type=Path, metavar="STORE", help="write the text files of this store")
    parser.add_argument("--output", metavar="PATH", help="store to write; by default it is printed")
    parser.add_argument("--force", action="store_true", help="overwrite files")


def _build(options: BuildOptions) -> int:
    if options.reverse is not None:
        return _write_folder(options.reverse, options)
    if not is_folder(options.folder):
        raise RequestError(labelled(str(options.folder), tr("not a folder")))
    from kjtui.record.folder.text_folder import TextFolder
    from kjtui.record.folder_check import check_folder

    load(options.folder)  # raises StoreError if the record is unusable
    code = put_text(options, TextFolder(options.folder).store())
    if faults := check_folder(options.folder):
        command = f"kjtui check {options.folder}"
        report(
            tr(
                "faults that do not prevent the use of the store: {count} ({command})",
                count=len(faults),
                command=command,
            )
        )
    return code


def _write_folder(store: Path, options: BuildOptions) -> int:
    """Convert a store to a folder of text files."""
    import json

    from kjtui.files.atomic_write import save_all
    from kjtui.record.folder.write_folder import folder_files
    from kjtui.record.storage import ReadOnlyStorage

    load(store)  # raises StoreError if the record is unusable
    tables = json.loads(ReadOnlyStorage(store).content.decode("utf-8-sig"))
    files = folder_files(tables)
    save_all(files, options.folder, force=options.force)
    report(tr("wrote {count:,} files in {path}", count=len(files), path=options.folder))
    return DONE


COMMANDS = (
    Command(
        "new",
        "create a folder of text files for a new record",
        "Write a folder of commented text files with a small example, to be replaced by your own record.",
        NewOptions,
        _add_new,
        _new,
        ("kjtui new my-record", "kjtui new my-record --force"),
    ),
    Command(
        "build",
        "build a store from text files",
        "Build a store from a folder of text files. With --reverse, write a store as a folder of text files.",
        BuildOptions,
        _add_build,
        _build,
        (
            "kjtui build my-record --output my-record.json --force",
            "kjtui build --reverse my-record.json my-record",
        ),
    ),
)
