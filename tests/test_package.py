"""What is shipped is all that is needed: a wheel built from the sdist works from any folder."""

import email
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from pathlib import Path

import pytest

from kjtui import __version__
from support.stores import ROOT


def build(target: str, source: Path, folder: Path) -> Path:
    """The file that hatchling builds, with no environment of its own and no network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked."""
    archive = build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the sdist, unpacked: what an installer puts on the path."""
    archive = build("wheel", sdist, tmp_path_factory.mktemp("wheel"))
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def information(wheel: Path) -> Path:
    return next(wheel.glob("*.dist-info"))


@pytest.fixture(scope="module")
def metadata(information: Path) -> Message:
    return email.message_from_string((information / "METADATA").read_text(encoding="utf-8"))


def run(wheel: Path, *arguments: str) -> bytes:
    """What kjtui prints where nothing but the wheel and its dependencies is to be found."""
    return subprocess.run(
        [sys.executable, "-m", "kjtui", *arguments],
        cwd=wheel.anchor,
        env=os.environ | {"PYTHONPATH": str(wheel)},
        check=True,
        capture_output=True,
    ).stdout


def test_the_wheel_carries_code_record_styles_and_types_and_nothing_else(wheel: Path) -> None:
    package = {path.relative_to(wheel).as_posix() for path in (wheel / "kjtui").rglob("*.*")}
    assert {"kjtui/data.json", "kjtui/tui/app.tcss", "kjtui/py.typed"} <= package
    source = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kjtui").rglob("*.*")}
    assert package == {path for path in source if not path.endswith(".pyc")} | {"kjtui/data.json"}
    assert {path.name.partition("-")[0] for path in wheel.iterdir()} == {"kjtui"}


def test_the_wheel_prints_the_golden_text_from_any_folder(wheel: Path) -> None:
    golden = (ROOT / "tests" / "data" / "golden" / "2020-03-10.txt").read_bytes()
    assert run(wheel, "snapshot", "2020-03-10") == golden


def test_the_wheel_has_the_record_of_the_source(wheel: Path) -> None:
    assert (wheel / "kjtui" / "data.json").read_bytes() == (ROOT / "data.json").read_bytes()
    assert run(wheel, "check") == b""


def test_code_and_record_have_their_licences(information: Path, metadata: Message) -> None:
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert metadata.get_all("License-File") == ["LICENSE", "LICENSE-DATA"]
    licences = {path.name: path.read_text(encoding="utf-8") for path in (information / "licenses").iterdir()}
    assert licences["LICENSE"].startswith("MIT License\n")
    assert licences["LICENSE-DATA"].startswith("Attribution 4.0 International\n")


def test_the_metadata_is_that_of_the_project(metadata: Message) -> None:
    assert (metadata["Name"], metadata["Version"]) == ("kjtui", __version__)
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])


def test_the_citation_is_of_this_version_and_these_licences(metadata: Message) -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {__version__}" in citation
    named = [line.removeprefix("  - ") for line in citation[citation.index("license:") + 1 :][:2]]
    assert named == metadata["License-Expression"].split(" AND ")


def test_hooks_run_what_ci_runs() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"entry: (.+)", hooks) == [".ci/check", ".ci/run"]
    assert "\n.ci/check\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_dependency_has_a_lower_bound(metadata: Message) -> None:
    needs = [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need]
    assert needs
    assert [need for need in needs if ">=" not in need] == []


def test_the_sdist_can_be_tested(sdist: Path) -> None:
    for name in ("data.json", "tests/conftest.py", "docs/store.md", "screenshots/make.py", "CHANGELOG.md"):
        assert (sdist / name).is_file(), name
