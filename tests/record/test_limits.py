"""Texts and lists that are too long are rejected. The error names the field."""

from collections.abc import Callable

import pytest

from kjtui.record.check import validate
from kjtui.record.storage import StoreError
from kjtui.record.store import load
from support.stores import MakeStore, Tables

CASES: dict[str, tuple[Callable[[Tables], object], str]] = {
    "a name of a million characters": (
        lambda tables: tables["tracks"]["1"].update(name="x" * 1_000_000),
        "name: longer than 20,000 characters",
    ),
    "100,000 aliases": (
        lambda tables: tables["tracks"]["1"].update(aliases=["alias"] * 100_000),
        "aliases: more than 1,000 entries",
    ),
    "a summary of megabytes": (
        lambda tables: tables["events"]["2"].update(summary="漢字" * 500_000),
        "summary: longer than 100,000 characters",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_text_or_list_beyond_the_limit_is_refused_by_its_field(
    name: str, tables: Tables, make_store: MakeStore
) -> None:
    change, reason = CASES[name]
    change(tables)
    path = make_store(tables)
    with pytest.raises(StoreError, match=reason) as error:
        load(path)
    assert len(str(error.value)) < 500
    assert any(str(fault).endswith(reason) for fault in validate(path))


def test_a_long_text_within_the_limit_is_kept(tables: Tables, make_store: MakeStore) -> None:
    tables["events"]["2"]["summary"] = "x" * 100_000
    assert "x" * 100_000 in {event.summary for event in load(make_store(tables)).events}
