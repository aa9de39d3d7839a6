"""What an export is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.model.visibility import INTERNAL
from desktop.service.query import Query

if TYPE_CHECKING:
    from desktop.export.leftout import LeftOut

Progress = Callable[[int, int], bool]
"""Told how many of all rows are written; answers whether to go on."""


@dataclass(frozen=True)
class Request:
    """What is asked of an export. Days are `yyyy-mm-dd`; what is left empty follows from the workspace.

    `as_of` is the day by which things are overdue (today at the post), `period_from` and `period_to` bound what
    was reported and closed (from ever, until `as_of`), `marking` says how the file is to be handled, `only` asks
    for the one list that it reads instead of the whole workbook.

    `audience` is who will read it: nothing above that is in it. `layout` is the key or the name of a layout, or its
    uid. `since` is what changes are told since: a frozen report by uid or title, or a day; '' is the last report
    frozen for the audience, else the beginning of the period, else nothing is told.
    """

    period_from: str = ""
    period_to: str = ""
    as_of: str = ""
    language: str = ""
    marking: str = ""
    prepared_by: str = ""
    only: Query | None = None
    audience: str = INTERNAL
    layout: str = ""
    since: str = ""
    headings: str = ""
    """A second language for the headings, which then stand in both; '' is as the layout has it."""
    freezes: str = ""
    """The uid of the report that is frozen with this workbook: it is to end where the workbook does."""


@dataclass(frozen=True)
class Report:
    """What was written: the rows of each sheet by its name, and sentences on what could not go in as it is."""

    path: Path
    sheets: dict[str, int]
    told: list[str] = field(default_factory=list)
    marking: str = ""
    """How it is marked, whether that was asked for or not."""
    audience: str = INTERNAL
    layout: str = ""
    export_uid: str = ""
    """By which the workbook names itself, and the journal its export."""
    digest: str = ""
    """The hash of the file as it was written: as long as it has this, nobody has touched it."""
    operation: str = ""
    """Uid of the last operation that it takes in; '' of a list, which no report is frozen with."""
    freezes: str = ""
    """The report that is frozen with it, as it was asked for."""
    left_out: LeftOut | None = None
    """What the audience may not see, and therefore is not in it."""

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.sheets.values())
