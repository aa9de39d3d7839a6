"""Taking times in pairs, and what becomes of them: a row that says how ours compares with the yardstick.

Absolute times drift with the machine and with whatever else runs on it; so ours and the yardstick take turns, and
what counts is the ratio of their medians.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MILLISECONDS, MEGABYTES = "ms", "MB"


@dataclass(frozen=True)
class Measured:
    """One row of the report. Without a bound it is told for information."""

    what: str
    size: int
    ours: float
    yardstick: float | None = None
    bound: float | None = None
    """Most that `ours` may be: a multiple of the yardstick, or, without one, in `unit`."""
    unit: str = MILLISECONDS
    limits: str = ""
    """What keeps it from being better, in a few words."""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.yardstick if self.yardstick else None

    @property
    def passes(self) -> bool | None:
        """Whether it keeps its bound; None where it has none."""
        if self.bound is None:
            return None
        return (self.ours if self.ratio is None else self.ratio) <= self.bound


def milliseconds(act: Callable[[], Any]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1_000


def pairs(ours: Callable[[], Any], yardstick: Callable[[], Any], times: int = 41) -> tuple[float, float]:
    """The medians of both, in milliseconds; they take turns, and who begins alternates."""
    one: list[float] = []
    other: list[float] = []
    ours(), yardstick()
    gc.collect()
    gc.disable()
    try:
        for turn in range(times):
            order = ((ours, one), (yardstick, other))
            for act, taken in order if turn % 2 else reversed(order):
                taken.append(milliseconds(act))
            if sum(one) + sum(other) > 6_000 and turn >= 4:
                break
    finally:
        gc.enable()
    return statistics.median(one), statistics.median(other)


def title() -> str:
    """The heads of the columns."""
    return f"{'what':<82} {'size':>9} {'ours':>10} {'yardstick':>10} {'ratio':>6} {'bound':>7}  verdict"


def line(row: Measured) -> str:
    """A row as the report prints it."""
    ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
    bound = (
        ""
        if row.bound is None
        else f"{row.bound:g} {row.unit}"
        if row.yardstick is None
        else f"× {row.bound:g}"
    )
    verdict = {None: "", True: "PASS", False: f"falls short: {row.limits or 'not known yet'}"}[row.passes]
    numbers = (
        f"{_number(row.ours, row.unit):>10} {_number(row.yardstick, row.unit):>10} {ratio:>6} {bound:>7}"
    )
    return f"{row.what:<82} {row.size:>9,} {numbers}  {verdict}".rstrip()


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:,.{2 if value < 10 else 1 if value < 100 else 0}f} {unit}"
