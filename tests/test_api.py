"""The public Python interface: its examples, its names, and its errors."""

import contextlib
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kjtui import api
from support.stores import SAMPLE

DOCS = Path(__file__).parent.parent / "docs" / "api.md"
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)

NAMES = {
    *("Comparison", "Event", "FieldError", "Meeting", "OpenRecord", "Outcome", "Record", "Run", "Snapshot"),
    *("Source", "Standing", "StoreError", "Term", "Track", "open_record"),
}
"""The public names, none of which may be removed."""
METHODS = {"first_day", "last_day", "snapshot", "compare", "runs", "outcomes", "events"}


def test_there_are_at_least_five_examples() -> None:
    assert len(EXAMPLES) >= 5


def parameters() -> list[Any]:
    """Return the code and the expected output of each example, as test parameters."""
    pandas = pytest.mark.needs("pandas")
    return [pytest.param(code, out, marks=pandas if "pandas" in code else ()) for code, out in EXAMPLES]


@pytest.mark.parametrize(("code", "expected"), parameters())
def test_an_example_prints_the_output_shown(code: str, expected: str) -> None:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, str(DOCS), "exec"), {})
    assert output.getvalue() == expected


def test_names_are_only_added() -> None:
    assert set(api.__all__) >= NAMES
    assert set(dir(api.OpenRecord)) >= METHODS
    assert all(hasattr(api, name) for name in NAMES)


def test_a_track_is_named_in_any_way() -> None:
    record = api.open_record(SAMPLE)
    assert record.runs("HF") == record.runs("hydrogen-fluoride")
    with pytest.raises(api.FieldError, match="did you mean photoresist"):
        record.runs("photoresit")


def test_events_match_a_query_between_two_days() -> None:
    record = api.open_record(SAMPLE)
    events = list(record.events("actor:US", first="2019-07-01", last=date(2019, 12, 31)))
    assert events
    assert all("US" in event.actors for event in events)
    assert all(date(2019, 7, 1) <= event.day <= date(2019, 12, 31) for event in events)
    with pytest.raises(api.FieldError):
        record.events("kind:nothing")


def test_an_unusable_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(api.StoreError):
        api.open_record(tmp_path / "missing.json")
