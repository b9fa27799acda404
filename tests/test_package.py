"""The contents and metadata of the sdist and of the wheel. The wheel must run in any folder."""

import email
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from datetime import date
from email.message import Message
from pathlib import Path

import pytest

from kjtui import __version__
from support.exports import page_of_the_package
from support.stores import ROOT

pytestmark = pytest.mark.slow  # the fixtures build the package

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SDIST_INCLUDE = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
ALWAYS_IN_SDIST = ["pyproject.toml", "README.md"]
STRAY = ("venv/bin/python", "dist/kjtui.whl", "notes.txt")
"""Files that can lie in a developer's folder and must not be in an sdist."""


def build(target: str, source: Path, folder: Path) -> Path:
    """Build an archive with hatchling, without isolated environment or network. Return its path."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy of the repository, with the files of ``STRAY`` added."""
    folder = tmp_path_factory.mktemp("source")
    for name in [*SDIST_INCLUDE, *ALWAYS_IN_SDIST]:
        original = ROOT / name.removeprefix("/")
        copy = shutil.copytree if original.is_dir() else shutil.copy
        copy(original, folder / original.name)
    for name in STRAY:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.fixture(scope="module")
def sdist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the unpacked sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", source, tmp_path_factory.mktemp("archive"))) as archive:
        if hasattr(tarfile, "data_filter"):  # since Python 3.11.4
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(folder)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the unpacked wheel. The wheel is built from the sdist."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(build("wheel", sdist, tmp_path_factory.mktemp("wheel"))) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def information(wheel: Path) -> Path:
    """Return the metadata folder of the wheel."""
    return next(wheel.glob("*.dist-info"))


@pytest.fixture(scope="module")
def metadata(information: Path) -> Message:
    return email.message_from_string((information / "METADATA").read_text(encoding="utf-8"))


def run(wheel: Path, *arguments: str) -> bytes:
    """Return the output of kjtui when it is imported from the wheel."""
    return subprocess.run(
        [sys.executable, "-m", "kjtui", *arguments],
        cwd=wheel.anchor,
        env=os.environ | {"PYTHONPATH": str(wheel)},
        check=True,
        capture_output=True,
    ).stdout


def test_the_sdist_holds_the_included_files_and_no_others(sdist: Path) -> None:
    included = {name.strip("/").partition("/")[0] for name in [*SDIST_INCLUDE, *ALWAYS_IN_SDIST]}
    assert {path.name for path in sdist.iterdir()} == included | {"PKG-INFO"}
    for name in ("tests/conftest.py", "docs/store.md", "screenshots/make.py", ".ci/run"):
        assert (sdist / name).is_file(), name


def test_the_wheel_holds_code_styles_types_and_record_and_nothing_else(wheel: Path) -> None:
    package = {path.relative_to(wheel).as_posix() for path in (wheel / "kjtui").rglob("*.*")}
    assert {
        "kjtui/data.json",
        "kjtui/tui/app.tcss",
        "kjtui/tui/dialogs/dialogs.tcss",
        "kjtui/py.typed",
    } <= package
    source = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kjtui").rglob("*.*")}
    assert package == {path for path in source if not path.endswith(".pyc")} | {"kjtui/data.json"}
    assert {path.name.partition("-")[0] for path in wheel.iterdir()} == {"kjtui"}


def test_the_wheel_prints_a_day_from_any_folder(wheel: Path) -> None:
    assert run(wheel, "snapshot", "2020-03-10") == page_of_the_package(date(2020, 3, 10))


def test_the_wheel_holds_the_record_of_the_repository(wheel: Path) -> None:
    assert (wheel / "kjtui" / "data.json").read_bytes() == (ROOT / "data.json").read_bytes()
    assert run(wheel, "check") == b""


def test_the_wheel_installs_the_manual_page(wheel: Path) -> None:
    (page,) = wheel.glob("*.data/data/share/man/man1/kjtui.1")
    assert page.read_bytes() == (ROOT / "docs" / "kjtui.1").read_bytes()


def test_the_wheel_installs_completion_for_three_shells(wheel: Path) -> None:
    [share] = wheel.glob("*.data/data/share")
    installed = {path.relative_to(share).as_posix() for path in share.rglob("*kjtui*") if path.is_file()}
    assert installed == {
        "man/man1/kjtui.1",
        "bash-completion/completions/kjtui",
        "zsh/site-functions/_kjtui",
        "fish/vendor_completions.d/kjtui.fish",
    }


def test_the_wheel_holds_the_licences_of_code_and_record(information: Path, metadata: Message) -> None:
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert metadata.get_all("License-File") == ["LICENSES/CC-BY-4.0.txt", "LICENSES/MIT.txt"]
    licences = {
        path.name: path.read_text(encoding="utf-8") for path in (information / "licenses").rglob("*.txt")
    }
    assert licences["MIT.txt"] == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licences["MIT.txt"].startswith("MIT License\n")
    assert licences["CC-BY-4.0.txt"].startswith("Attribution 4.0 International\n")


def test_the_metadata_names_project_version_readme_and_types(metadata: Message) -> None:
    assert (metadata["Name"], metadata["Version"]) == ("kjtui", __version__)
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])


def test_users_can_install_the_extras_for_users_only(metadata: Message) -> None:
    assert metadata.get_all("Provides-Extra") == ["ics", "web"], "developers have dependency groups"


def test_every_dependency_has_a_lower_bound(metadata: Message) -> None:
    dependencies = metadata.get_all("Requires-Dist", [])
    assert len(dependencies) >= len(PROJECT["project"]["dependencies"])
    assert [dependency for dependency in dependencies if ">=" not in dependency] == []


def test_the_citation_has_the_version_and_the_licences_of_the_package(metadata: Message) -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {__version__}" in citation
    licences = [line.split(": ")[1] for line in citation if line.strip().startswith("license: ")]
    assert licences == metadata["License-Expression"].split(" AND "), "of the program; of the record"


def test_hooks_and_ci_run_scripts_of_the_repository() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    scripts = re.findall(r"(?:entry|- run): (\.ci/.+)", hooks + workflow)
    assert scripts == [".ci/check", ".ci/quick", ".ci/run"]
    assert re.findall(r"stages: \[(.+)\]", hooks) == ["pre-commit", "pre-push"]
    assert all(os.access(ROOT / script, os.X_OK) for script in scripts)
    assert "\n.ci/programs\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "\n.ci/check\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
