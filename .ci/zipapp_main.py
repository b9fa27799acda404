"""Run kjtui from one file, unpacked into the user's cache the first time.

Python can neither import compiled modules from an archive nor open the record in it. Where the cache cannot
be written, a temporary folder takes its place and is removed at the end.
"""

from __future__ import annotations

import atexit
import json
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

ARCHIVE = Path(__file__).parent
BUILD = json.loads(__loader__.get_data(str(ARCHIVE / "build.json")))  # written by .ci/zipapp
PYTHON = str(sys.implementation.cache_tag)


def content() -> Path:
    """Return the folder with the content of the archive. Raise ``OSError`` if this Python cannot use it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "kjtui"
    folder = cache / f"app-{BUILD['digest']}"
    machine = f"{platform.system()} {platform.machine()}"
    if PYTHON not in BUILD["pythons"] or machine != BUILD["machine"]:
        needed = f"{' or '.join(BUILD['pythons'])} on {BUILD['machine']}"
        raise OSError(f"this file needs {needed}; this is {PYTHON} on {machine}")
    if folder.is_dir():
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        new = unpack(cache)
    except OSError:
        return unpack(None)
    try:
        new.rename(folder)  # only now, so that it is complete
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        if not folder.is_dir():  # another process was not faster
            raise
    return folder


def unpack(place: Path | None) -> Path:
    """Unpack the archive into a new folder in a place; by default into one that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="kjtui-", dir=place))
    if place is None:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        with ZipFile(ARCHIVE) as archive:
            archive.extractall(folder)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def start() -> None:
    """Run the command."""
    try:
        folder = content()
    except OSError as error:
        print(f"kjtui: {error}", file=sys.stderr)
        sys.exit(2)
    sys.path[:1] = [str(folder / PYTHON), str(folder / "lib")]
    sys.argv[0] = "kjtui"
    from kjtui.__main__ import run

    run()


if __name__ == "__main__":
    start()
