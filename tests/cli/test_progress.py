"""A long command on a terminal shows its progress."""

from pathlib import Path

from support.terminal import Terminal

SLOW = """
import sys, time
from kjtui.cli.progress import with_progress
from pathlib import Path

@with_progress
def command():
    print("started", flush=True)
    time.sleep(float(sys.argv[1]))

command()
print("done")
"""


def test_a_long_command_counts_its_seconds_and_erases_the_line() -> None:
    with Terminal("-c", SLOW, "1.5") as terminal:
        terminal.wait_for(b"1 s, ctrl+c stops ")
        terminal.wait_for(b"\r\x1b[Kdone")
        assert terminal.wait_for_exit() == 0


def test_ctrl_c_ends_a_long_export_and_leaves_nothing(tmp_path: Path) -> None:
    code = (
        "import sys, time; from kjtui.formats.tables import csv_folder; from kjtui.cli.commands import main;"
        "csv_folder.csv_files = lambda *_: time.sleep(60);"
        "sys.exit(main(['export', '--format', 'csv', '--output', 'tables']))"
    )
    with Terminal("-c", code, cwd=tmp_path) as terminal:
        terminal.wait_for(b"1 s, ctrl+c stops ")
        terminal.type(b"\x03")
        assert terminal.wait_for_exit() == 130
        assert terminal.output.endswith(b"\x1b[K")
    assert list(tmp_path.iterdir()) == []


def test_a_short_command_shows_nothing() -> None:
    with Terminal("-c", SLOW, "0") as terminal:
        assert terminal.wait_for_exit() == 0
        assert bytes(terminal.output) == b"started\r\ndone\r\n"
