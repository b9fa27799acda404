"""Measured figures with their references and bounds, and their output as a table or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any, NamedTuple

_HEADINGS = ("figure", "kjtui", "measured against", "", "ratio", "at best", "bound", "met")


class Figure(NamedTuple):
    """Measurements of kjtui, with an optional reference and an optional bound.

    Attributes:
        ours: measurements of kjtui.
        unit: the unit of all measurements.
        against: the name of the reference, or the reason why it was not measured. Empty without a reference.
        theirs: measurements of the reference, taken alternately with ``ours``. Can be empty.
        bound: the maximum for the ratio. Without a reference, the maximum for the median of ``ours``.
    """

    name: str
    ours: Sequence[float]
    unit: str
    against: str = ""
    theirs: Sequence[float] = ()
    bound: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return the median of ``ours``, divided by the median of ``theirs``."""
        return median(self.ours) / median(self.theirs) if self.theirs else None

    @property
    def ratio_at_best(self) -> float | None:
        """Return the minimum of ``ours``, divided by the minimum of ``theirs``.

        Other load on the machine affects a minimum less than a median.
        """
        return min(self.ours) / min(self.theirs) if self.theirs else None

    @property
    def met(self) -> bool | None:
        """Return whether the bound is met. ``None`` if there is no bound or no measurement of the reference.

        Times are compared by their minima, because other load on the machine can only make a program slower.
        Measurements in other units are compared by their medians.
        """
        if self.against:
            measured = self.ratio_at_best if self.unit == "ms" else self.ratio
        else:
            measured = median(self.ours)
        return None if self.bound is None or measured is None else measured <= self.bound


def milliseconds(
    name: str,
    ours: Iterable[float],
    against: str = "",
    theirs: Iterable[float] = (),
    bound: float | None = None,
) -> Figure:
    """Return a figure in milliseconds from times in seconds."""
    in_ms = [[seconds * 1e3 for seconds in numbers] for numbers in (ours, theirs)]
    return Figure(name, in_ms[0], "ms", against, in_ms[1], bound)


def as_json(figure: Figure) -> dict[str, Any]:
    """Return a figure as a JSON object."""

    def spread(numbers: Sequence[float]) -> dict[str, float] | None:
        if not numbers:
            return None
        return {"median": median(numbers), "min": min(numbers), "max": max(numbers)}

    return {
        "figure": figure.name,
        "unit": figure.unit,
        "ours": spread(figure.ours),
        "against": figure.against or None,
        "theirs": spread(figure.theirs),
        "ratio": figure.ratio,
        "ratio_at_best": figure.ratio_at_best,
        "bound": figure.bound,
        "met": figure.met,
    }


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a text table."""
    rows = [_HEADINGS, *map(_row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if column in (0, 2) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "─" * max(map(len, lines)), *lines[1:]])


def _row(figure: Figure) -> tuple[str, ...]:
    bound = ""
    if figure.bound is not None:
        bound = f"≤ {figure.bound:.2f}" if figure.against else f"≤ {figure.bound:,.0f}"
    return (
        figure.name,
        _amount(figure.ours, figure.unit),
        figure.against,
        _amount(figure.theirs, figure.unit) if figure.theirs else "",
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        "" if figure.ratio_at_best is None else f"{figure.ratio_at_best:.2f}",
        bound,
        {None: "", True: "yes", False: "NO"}[figure.met],
    )


def _amount(numbers: Sequence[float], unit: str) -> str:
    number = median(numbers)
    whole = unit == "bytes" or abs(number) >= 100
    return f"{number:,.0f} {unit}" if whole else f"{number:,.1f} {unit}"
