"""What is proposed of a workbook that came back: one entry a cell, a new row, a row that is gone, a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import Any

from desktop.export.intake.book import letters
from desktop.export.intake.wayback.seen import seen
from desktop.i18n import N_, _


class Kind(Enum):
    """What is proposed. Conflicts come first wherever they are listed, then in this order."""

    CONFLICT = "conflict"
    """They changed it, and so did we, differently."""
    ERROR = "error"
    """It cannot be taken as it stands; the sentence says why and what to do."""
    GONE = "gone"
    """The row is not there any more: a question."""
    CLEAR = "clear"
    """They emptied the cell."""
    NEW = "new"
    """A row that was not there: a new record."""
    CHANGE = "change"
    """Only they changed it."""
    IGNORED = "ignored"
    """It is no value that a workbook can change; the sentence says where that is done."""


TITLES = {
    Kind.CONFLICT: N_("Conflict"),
    Kind.ERROR: N_("Cannot be taken"),
    Kind.GONE: N_("Row is gone"),
    Kind.CLEAR: N_("Was emptied"),
    Kind.NEW: N_("New record"),
    Kind.CHANGE: N_("Was changed"),
    Kind.IGNORED: N_("Is not taken"),
}
TAKEN = (Kind.CHANGE, Kind.CONFLICT, Kind.CLEAR, Kind.NEW, Kind.GONE)
"""What can be accepted."""


@dataclass(frozen=True)
class Proposal:
    """One thing that differs. `exported`, `now` and `came` are for reading, `came` as it would be kept; `values` is
    what would be written.

    Rows and columns are those of the file that came; `row` is 0 for what concerns a whole column or sheet.
    """

    kind: Kind
    sheet: str
    row: int = 0
    column: int = 0
    """Counted from 1; 0 for what concerns a whole row."""
    heading: str = ""
    record: str = ""
    """The record in words: its reference and what it is called."""
    exported: str = ""
    now: str = ""
    came: str = ""
    typed: str | None = None
    """What stands in the file; None where it cannot be taken, `came` then being just that."""
    told: str = ""
    accepted: bool = False
    unsure: bool = False
    """Whether the spreadsheet program may have made it by itself (see `altered`)."""
    entity: str = ""
    uid: str = ""
    key: str = ""
    """The column's key."""
    values: dict[str, Any] = field(default_factory=dict, compare=False)
    """By field, in journal terms."""
    basis: dict[str, Any] = field(default_factory=dict, compare=False)
    """What these fields were when this was made, in journal terms."""
    before: dict[str, Any] = field(default_factory=dict, compare=False)
    """What these fields were when the workbook was exported, in journal terms; empty where that is not known."""

    @property
    def letter(self) -> str:
        """The column as the file shows it."""
        return letters(self.column) if self.column else ""

    @property
    def title(self) -> str:
        """What it is, in words."""
        return _(TITLES[self.kind])

    @property
    def open(self) -> bool:
        """Whether somebody may accept it."""
        return self.kind in TAKEN

    @property
    def in_file(self) -> str:
        """What stands in the file, as it was typed."""
        return self.came if self.typed is None else self.typed

    @cached_property
    def seen(self) -> str:
        """What somebody looks at who decides of it; a decision fits as long as this is the same."""
        return seen(self)

    @property
    def clears(self) -> bool:
        """Whether it would take away what stands in the record: the cell that came is empty."""
        return self.kind is Kind.CLEAR or (self.kind is Kind.CONFLICT and not self.in_file.strip())

    @property
    def singly(self) -> bool:
        """Whether it is taken only where somebody chose it: it clears a cell, or nobody may have meant it."""
        return self.clears or self.unsure


def accept(
    proposals: Iterable[Proposal],
    chosen: Callable[[Proposal], bool] | Iterable[Proposal] = lambda each: not each.singly,
    yes: bool = True,
) -> list[Proposal]:
    """The proposals, those `chosen` (a condition, or the proposals themselves) accepted, or refused.

    What cannot be taken stays as it is. What clears a cell, or a program may have made by itself, is accepted only
    where the condition says so, a row that is gone only where it is named itself.
    """
    if callable(chosen):
        condition = chosen
        return [
            replace(each, accepted=yes)
            if each.open and (each.kind is not Kind.GONE or not yes) and condition(each)
            else each
            for each in proposals
        ]
    named = {id(each) for each in chosen}
    return [replace(each, accepted=yes) if each.open and id(each) in named else each for each in proposals]


THEIRS, OURS, CLEAN = "theirs", "ours", "clean"


def decide(proposals: Iterable[Proposal], how: str) -> list[Proposal]:
    """What is taken where nobody looks at each cell: of conflicts theirs, ours, or none decided (`clean`).

    Whatever is decided, no cell is cleared and no record deleted, a row that was copied makes no record, and what the
    spreadsheet program may have made by itself is left.
    """
    kinds = (Kind.CHANGE, Kind.CONFLICT) if how == THEIRS else (Kind.CHANGE,)
    return [replace(each, accepted=_taken(each, kinds)) if each.open else each for each in proposals]


def _taken(proposal: Proposal, kinds: tuple[Kind, ...]) -> bool:
    """Whether it is taken where nobody looks."""
    if proposal.kind is Kind.NEW:
        return proposal.accepted
    return proposal.kind in kinds and not proposal.singly


def in_order(proposals: Iterable[Proposal], sheets: Iterable[str] = ()) -> list[Proposal]:
    """Conflicts first, then what cannot be taken, and so on; within these by sheet, row and column."""
    kinds = list(Kind)
    place = {name: number for number, name in enumerate(sheets)}
    return sorted(
        proposals,
        key=lambda each: (
            kinds.index(each.kind),
            place.get(each.sheet, len(place)),
            each.sheet,
            each.row,
            each.column,
        ),
    )
