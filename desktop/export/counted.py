"""A table of the summary in the making: its rows, and what of them a chart may draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.export.styles import Style

Placed = list[tuple[Any, Style] | None]


@dataclass
class Table:
    """One table: its rows with their heights, and those of them that a chart may draw."""

    title: str
    rows: list[tuple[Placed, float]] = field(default_factory=list)
    drawn: list[tuple[str, list[int]]] = field(default_factory=list)
    column: int = 1
    head: int = 0
    """Where its headings stand."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it but a heading or a note."""
        return len(self.rows) < 2
