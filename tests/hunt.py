"""Hunt for inputs that crash or hang the app: ``python -m tests.hunt --seed 1``.

Prints one line per session. With ``--shrink``, each failed session is shortened, and the inputs of the
shortened session are printed.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import gettempdir

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from support.random_reader import Outcome, play, session, shrink  # noqa: E402  # the path above


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hunt", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first session")
    parser.add_argument("--sessions", type=int, default=1, help="how many sessions, each of the next seed")
    parser.add_argument("--inputs", type=int, default=1500, help="inputs a session")
    parser.add_argument("--jobs", type=int, default=1, help="sessions at once")
    parser.add_argument("--shrink", action="store_true", help="shrink the sessions that fail")
    options = parser.parse_args(arguments)

    def run(seed: int) -> tuple[int, Outcome]:
        outcome = play(session(seed, options.inputs))
        if outcome.fault:
            _place(seed).write_text(outcome.output, encoding="utf-8")
        print(f"seed {seed}: {outcome.counts.total()} inputs: {outcome.fault or 'ok'}", flush=True)
        return seed, outcome

    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(run, range(options.seed, options.seed + options.sessions)))
    counts = Counter[str]()
    failed = [(seed, outcome) for seed, outcome in outcomes if outcome.fault]
    for _, outcome in outcomes:
        counts += outcome.counts
    print(dict(counts.most_common()), f"{len(failed)} failed of {len(outcomes)}")
    for seed, outcome in failed:
        print(f"seed {seed}: {outcome.fault}; the end of the output is in {_place(seed)}")
        if options.shrink:
            for one in shrink(session(seed, options.inputs), outcome.fault):
                print(f"    {one}")
    return bool(failed)


def _place(seed: int) -> Path:
    return Path(gettempdir()) / f"hunt-{seed}.txt"


if __name__ == "__main__":
    sys.exit(main())
