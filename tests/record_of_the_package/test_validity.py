"""`kjtui check` finds no fault in the package's record."""

from kjtui.record.check import validate
from support.stores import ROOT


def test_check_has_nothing_to_report() -> None:
    assert validate(ROOT / "data.json") == []
