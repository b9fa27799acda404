"""Run kjtui from one file, unpacked into the user's cache the first time.

Python can neither import compiled modules from an archive nor open the record in it. If the cache cannot be
written, a temporary folder replaces it, and a second process removes the folder at the end.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

ARCHIVE = Path(__file__).parent
BUILD = json.loads(__loader__.get_data(str(ARCHIVE / "build.json")))  # written by .ci/zipapp
PYTHON = str(sys.implementation.cache_tag)

REMOVER = "import shutil, sys; sys.stdin.buffer.read(); shutil.rmtree(sys.argv[1], ignore_errors=True)"
"""Program that removes a folder once its standard input is closed."""


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
        new = unpack(Path(tempfile.mkdtemp(prefix="kjtui-", dir=cache)))
    except OSError:
        return unpack(temporary_folder())
    try:
        new.rename(folder)  # only now, so that it is complete
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        if not folder.is_dir():  # another process was not faster
            raise
    return folder


def temporary_folder() -> Path:
    """Return a new folder that is removed when this process ends, however it ends.

    kjtui exits without Python's exit handlers, and a signal may kill it. The system closes the pipe to the
    remover in any case.
    """
    folder = Path(tempfile.mkdtemp(prefix="kjtui-"))
    reading, _ = os.pipe()  # the writing end stays open in this process
    subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", REMOVER, str(folder)],
        stdin=reading,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder.parent,
        start_new_session=True,  # ctrl+c is for kjtui alone
    )
    os.close(reading)
    return folder


def unpack(folder: Path) -> Path:
    """Unpack the archive into a folder, and return the folder. Leave none if that fails."""
    try:
        with ZipFile(ARCHIVE) as archive:
            archive.extractall(folder)
    except BaseException:  # ctrl+c too
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
