"""What an export is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop.service.query import Query

Progress = Callable[[int, int], bool]
"""Told how many of all rows are written; answers whether to go on."""


@dataclass(frozen=True)
class Request:
    """What is asked of an export. Days are `yyyy-mm-dd`; what is left empty follows from the workspace.

    `as_of` is the day by which things are overdue (today at the post), `period_from` and `period_to` bound what
    was reported and closed (from ever, until `as_of`), `marking` says how the file is to be handled, `only` asks
    for the one list that it reads instead of the whole workbook.
    """

    period_from: str = ""
    period_to: str = ""
    as_of: str = ""
    language: str = ""
    marking: str = ""
    prepared_by: str = ""
    only: Query | None = None


@dataclass(frozen=True)
class Report:
    """What was written: the rows of each sheet by its name, and sentences on what could not go in as it is."""

    path: Path
    sheets: dict[str, int]
    told: list[str] = field(default_factory=list)
    marking: str = ""
    """How it is marked, whether that was asked for or not."""

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.sheets.values())
