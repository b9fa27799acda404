"""The table of formats. Each format has its own suffix, and the module of a format is loaded only on use."""

from pathlib import Path

import pytest

from kjtui.files.atomic_write import ExportError
from kjtui.formats.format_table import DOCUMENT_FORMATS, format_of, suffixes
from kjtui.history.snapshot import History
from support.modules import loaded_modules
from support.printed import exports


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("a.txt", "text"),
        ("a.md", "markdown"),
        ("a.html", "html"),
        ("a.JSON", "json"),
        ("folder.md/a", "text"),
        ("a", "text"),
        ("a.", "text"),
        (".hidden", "text"),
    ],
)
def test_the_suffix_picks_the_format(name: str, format_name: str) -> None:
    assert format_of(Path(name), suffixes(DOCUMENT_FORMATS)) == format_name


@pytest.mark.parametrize("name", ["a.odt", "a.txt~", "a.md.bak", "v1.2"])
def test_an_unknown_extension_is_refused(name: str) -> None:
    with pytest.raises(ExportError) as error:
        format_of(Path(name), suffixes(DOCUMENT_FORMATS))
    suffix = Path(name).suffix
    endings = ", ".join(known.suffix for known in DOCUMENT_FORMATS.values())
    assert str(error.value) == f"{name}: no format here has the extension {suffix}; available: {endings}"


def test_suffixes_are_unique() -> None:
    assert len({known.suffix for known in DOCUMENT_FORMATS.values()}) == len(DOCUMENT_FORMATS)


@pytest.mark.parametrize("format_name", DOCUMENT_FORMATS)
def test_every_format_renders_every_document(format_name: str, bridge: History) -> None:
    for text in exports(bridge, format_name):
        assert "The Mill Lane bridge" in text


def test_text_loads_no_other_renderer() -> None:
    modules = loaded_modules("from kjtui.cli.commands import main; main(['snapshot', '2020-03-10'])")
    renderers = {known.module for known in DOCUMENT_FORMATS.values()}
    assert modules & renderers == {"kjtui.formats.text"}
