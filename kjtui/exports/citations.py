"""Numbers for sources, in the order in which a text first cites them."""

from __future__ import annotations

from collections.abc import Iterable

from kjtui.record.model import Event, Record, Source


class Citations:
    """The numbered sources of one text."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._numbers: dict[str, int] = {}

    def cite(self, ids: Iterable[str]) -> str:
        """``[3–5,9]`` for some sources; empty for none."""
        numbers = sorted({self._numbers.setdefault(source, len(self._numbers) + 1) for source in ids})
        runs: list[list[int]] = []
        for number in numbers:
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        parts = (str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
        return f"[{','.join(parts)}]" if runs else ""

    def sources(self) -> list[Source]:
        """What was cited so far, in the order of the numbers."""
        return [self._record.sources[source] for source in self._numbers]


def sources_of(event: Event) -> list[str]:
    """Every source of an event, those of its disagreements included, each once."""
    readings = (reading for dispute in event.disputed for reading in dispute.readings)
    return list(
        dict.fromkeys([*event.sources, *(source for reading in readings for source in reading.sources)])
    )
