"""The way back: a workbook of ours, filled in by somebody who has only Excel, compared by cell and taken in.

    with read(path) as book:
        sent = recognise(book)  # which export it is; raises `NotOurs`
        proposals = propose(workspace, sent)  # all that differs, conflicts first; nothing is written
    operation = apply(workspace, accept(proposals, …), path.name)  # one operation, after a backup

A record is told by its uid, a column by its key, and what somebody changed by the marks of the cells: where rows and
columns stand, and what they are called, makes no difference. `recognising` finds them, `comparing` compares three
ways, `takers` says what a column gives back, `values` reads what was typed, `applying` writes.
"""

from desktop.export.intake.wayback.applying import Meanwhile, apply
from desktop.export.intake.wayback.checking import checked
from desktop.export.intake.wayback.comparing import propose
from desktop.export.intake.wayback.proposals import (
    CLEAN,
    OURS,
    THEIRS,
    Kind,
    Proposal,
    accept,
    decide,
    in_order,
)
from desktop.export.intake.wayback.recognising import is_ours, recognise
from desktop.export.intake.wayback.sent import NotOurs, Sent

__all__ = [
    "CLEAN",
    "OURS",
    "THEIRS",
    "Kind",
    "Meanwhile",
    "NotOurs",
    "Proposal",
    "Sent",
    "accept",
    "apply",
    "checked",
    "decide",
    "in_order",
    "is_ours",
    "propose",
    "recognise",
]
