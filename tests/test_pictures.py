"""The pictures of the README are those the app makes now."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parent.parent / "screenshots"


def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import asyncio

    folder = tmp_path_factory.mktemp("screenshots")
    asyncio.run(make().main(folder))
    return folder


@pytest.mark.parametrize("picture", make().PICTURES, ids=lambda picture: picture.name)
def test_pictures_are_fresh(picture: "make.Picture", fresh: Path) -> None:  # type: ignore[name-defined]  # loaded above
    name = f"{picture.name}.svg"
    assert (fresh / name).read_bytes() == (FOLDER / name).read_bytes(), "python screenshots/make.py, and look"


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {picture.name for picture in make().PICTURES}
