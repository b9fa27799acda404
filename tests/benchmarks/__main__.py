"""Measure speed and memory, and print a table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path


def main() -> int:
    """Run the benchmarks.

    The exit code tells whether the benchmarks could run. Missed bounds do not affect the exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs, and at most 10,000 events")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    if find_spec("pyte") is None:
        print("the benchmarks need pyte: pip install --group test", file=sys.stderr)
        return 2

    from .bench import FULL, QUICK, Bench
    from .figures import Figure, as_json, table
    from .processes import memory, opening, searching, snapshot_command, start_up
    from .steps import busy_steps, crowded_days, large_stores, quiet_steps, steady_steps
    from .terminal import StuckError

    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="kjtui-bench-") as folder:
        bench = Bench(Path(folder), QUICK if options.quick else FULL)
        for measure in (
            start_up,
            busy_steps,
            steady_steps,
            quiet_steps,
            large_stores,
            crowded_days,
            snapshot_command,
            opening,
            searching,
            memory,
        ):
            print(f"{measure.__name__.replace('_', ' ')} …", file=sys.stderr)
            try:
                figures += measure(bench)
            except StuckError as error:
                print(f"{measure.__name__}: {error}", file=sys.stderr)
                return 1
    if options.json:
        print(json.dumps([as_json(figure) for figure in figures], indent=1))
    else:
        print(
            f"Python {platform.python_version()}, Textual {version('textual')}, {os.cpu_count()} cores; "
            "medians of alternating runs; at best: minimum against minimum, which counts for times\n"
        )
        print(table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
