"""The comparison of two days."""

from datetime import date

from kjtui.documents.comparison_document import comparison_document
from kjtui.documents.layout import lay_out, plain_lines
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.words.wrap import cells
from support.exports import as_text


def test_tracks_with_one_cause_share_it_in_a_comparison(history: History) -> None:
    before, after = (history.snapshot(date(2019, 7, day)) for day in (3, 4))
    changed = as_text(compare(before, after)).partition("CHANGED\n")[2].partition("THE SAME")[0]
    assert changed.count("Individual licensing of three materials takes effect") == 1
    assert changed.count("bulk licence → ● individual licence") == 3
    assert "HOW IT CAME ABOUT" not in changed  # nothing to add


def test_a_comparison_says_what_was_expected_before_the_steps(history: History) -> None:
    text = as_text(compare(history.snapshot(date(2019, 6, 30)), history.snapshot(date(2019, 12, 31))))
    headings = ["CHANGED", "EXPECTED, AND DID NOT HAPPEN", "HOW IT CAME ABOUT", "THE SAME"]
    positions = [text.index(f"\n{heading}\n") for heading in headings]
    assert positions == sorted(positions)
    assert "\nJapan's list: Korea; Japan's catch-all\n    since 28 Aug 2019, for 126 days\n" in text


def test_a_comparison_is_readable_in_a_narrow_window(package_history: History) -> None:
    between = compare(
        package_history.snapshot(date(2019, 10, 15)), package_history.snapshot(date(2019, 12, 31))
    )
    for width in (37, 45, 60, 80):
        lines = list(plain_lines(lay_out(comparison_document(between), width)))
        assert all(cells(line) <= width for line in lines)
        assert not [line for line in lines if line.endswith((" □", " ◌", " ●", " ○"))], (
            "a sign without its word"
        )
