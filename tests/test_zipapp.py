"""The start of kjtui from a single file.

The file is unpacked once and atomically. On systems where it cannot run, it prints an error. The script
.ci/run builds the real file and runs it on each Python version.
"""

import json
import os
import platform
import subprocess
import sys
import zipapp
from pathlib import Path
from typing import Any

import pytest

from support.stores import ROOT
from support.visitor import until

BUILD = {
    "digest": "0123456789abcdef",
    "pythons": [sys.implementation.cache_tag],
    "machine": f"{platform.system()} {platform.machine()}",
}
PROGRAM = """
import os, sys
import compiled
def run():
    print(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), sys.argv)
    sys.exit(3)
"""


def archive(folder: Path, program: str = PROGRAM, **build: Any) -> Path:
    """Create a zip application like that of .ci/zipapp, but with a small program instead of kjtui."""
    source = folder / "source"
    (source / "lib" / "kjtui").mkdir(parents=True)
    (source / "lib" / "kjtui" / "__init__.py").touch()
    (source / "lib" / "kjtui" / "__main__.py").write_text(program)
    compiled = source / str(sys.implementation.cache_tag)
    compiled.mkdir()
    (compiled / "compiled.py").touch()
    (source / "build.json").write_text(json.dumps(BUILD | build))
    (source / "__main__.py").write_bytes((ROOT / ".ci" / "zipapp_main.py").read_bytes())
    path = folder / "kjtui.pyz"
    zipapp.create_archive(source, path, compressed=True)
    return path


def start(path: Path, cache: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(path), "snapshot"],
        cwd="/",
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        | {"XDG_CACHE_HOME": str(cache), "TMPDIR": str(path.parent / "temporary")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    (tmp_path / "temporary").mkdir()
    return tmp_path / "cache"


def test_the_file_is_unpacked_into_the_cache_once(tmp_path: Path, cache: Path) -> None:
    path = archive(tmp_path)
    home = cache / "kjtui" / "app-0123456789abcdef"
    for _ in range(2):
        process = start(path, cache)
        assert process.communicate() == (f"{home} ['kjtui', 'snapshot']\n", "")
        assert process.returncode == 3
        (home / "build.json").unlink(missing_ok=True)  # unpacking again would restore the file
    assert not (home / "build.json").exists()


def test_several_processes_of_the_zipapp_unpack_one_folder(tmp_path: Path, cache: Path) -> None:
    path = archive(tmp_path)
    processes = [start(path, cache) for _ in range(6)]
    assert len({process.communicate() for process in processes}) == 1
    assert {process.returncode for process in processes} == {3}
    assert [folder.name for folder in (cache / "kjtui").iterdir()] == ["app-0123456789abcdef"]


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("sys.exit(3)", 3),
        ("os._exit(3)", 3),
        ("os.kill(os.getpid(), 9)", -9),
        ("os.kill(os.getpid(), 15)", -15),
    ],
    ids=["exit", "immediate exit", "SIGKILL", "SIGTERM"],
)
async def test_without_a_cache_the_zipapp_runs_from_a_temporary_folder(
    ending: str, code: int, tmp_path: Path, cache: Path
) -> None:
    cache.write_text("not a folder")
    temporary = tmp_path / "temporary"
    process = start(archive(tmp_path, PROGRAM.replace("sys.exit(3)", f"sys.stdout.flush(); {ending}")), cache)
    out, err = process.communicate()
    assert (process.returncode, err) == (code, "")
    assert out.startswith(str(temporary / "kjtui-"))
    await until(lambda: list(temporary.iterdir()) == [], 10)


@pytest.mark.parametrize("build", [{"pythons": ["cpython-310"]}, {"machine": "Darwin arm64"}])
def test_another_python_or_machine_is_refused_in_one_line(
    build: dict[str, Any], tmp_path: Path, cache: Path
) -> None:
    process = start(archive(tmp_path, **build), cache)
    out, err = process.communicate()
    assert (process.returncode, out) == (2, "")
    assert err.startswith("kjtui: this file needs ")
    assert err.count("\n") == 1
    assert not cache.exists()
