"""Writes what was accepted of a workbook that came back: a backup, then one operation that one undo takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from desktop.export.intake.wayback.cells import alike
from desktop.export.intake.wayback.history import Course, History
from desktop.export.intake.wayback.proposals import Kind, Proposal
from desktop.export.intake.wayback.taker import said
from desktop.export.intake.wayback.writing import Writer, grouped
from desktop.i18n import _
from desktop.model import RECORDS, Invalid, Operation
from desktop.service import backups
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Workspace

SOURCE = "import"


class Meanwhile(Conflict):
    """Records moved on since the proposals were made; nothing was written. `proposals` are all of them as they are
    now: those that moved have become conflicts, which nobody has accepted yet."""

    def __init__(self, sentence: str, proposals: Sequence[Proposal]) -> None:
        super().__init__(sentence)
        self.proposals = list(proposals)


def apply(workspace: Workspace, proposals: Iterable[Proposal], file: str) -> Operation | None:
    """Write the accepted ones as one operation, after a backup; None where nothing differs.

    Raises `Meanwhile` where a record was changed since, `Invalid` or `Conflict` where the rules refuse one of them,
    `StoreError` where no backup can be made; then nothing is written. `file` is what the workbook is called.
    """
    every = list(proposals)
    accepted = [each for each in every if each.accepted and each.open]
    if not accepted:
        return None
    backups.make(workspace, "before-import")
    with workspace.operation(_("Take in the workbook {file}").format(file=file), source=SOURCE) as writing:
        # Within the transaction: nobody writes between the look and the act.
        _check(workspace, every)
        writer = Writer(writing, file)
        for group in grouped(accepted):
            try:
                writer.write(group)
            except Invalid as error:
                raise Invalid(_placed(group, str(error)), error.field) from error
            except Conflict as error:
                raise Conflict(_placed(group, str(error))) from error
        wrote = bool(writing.steps)
    return Operation.select().order_by(Operation.id.desc()).first() if wrote else None


def _placed(group: Sequence[Proposal], why: str) -> str:
    first = group[0]
    return _("Sheet “{sheet}”, row {row}: {why} Nothing was written.").format(
        sheet=first.sheet, row=first.row, why=why
    )


def _check(workspace: Workspace, every: list[Proposal]) -> None:
    """Raise `Meanwhile` unless the records are still as they were when the proposals were made."""
    history = History(workspace, None)
    moved: dict[int, Proposal] = {}
    by_entity: dict[str, list[Proposal]] = {}
    for each in every:
        if each.accepted and each.kind is Kind.NEW:
            if RECORDS[each.entity].one("uid", each.uid) is not None:
                moved[id(each)] = _there(each)
        elif each.accepted and each.basis:
            by_entity.setdefault(each.entity, []).append(each)
    for entity, some in by_entity.items():
        names = {name for each in some for name in each.basis}
        courses = history.of(RECORDS[entity], list({each.uid for each in some}), sorted(names))
        for each in some:
            found = courses.get(each.uid, Course(None, None)).now
            now = {name: found.get(name) for name in each.basis} if found is not None else {}
            if found is None or not alike(each.basis, now):
                moved[id(each)] = _moved(each, now)
    if moved:
        records = ", ".join(dict.fromkeys(each.record for each in moved.values()))
        raise Meanwhile(
            _("Somebody changed {records} meanwhile; look at these again. Nothing was written.").format(
                records=records
            ),
            [moved.get(id(each), each) for each in every],
        )


def _there(proposal: Proposal) -> Proposal:
    """Of a new row that somebody took in since: it is no second record."""
    told = _("This row was taken in meanwhile; its record is there already.")
    return replace(proposal, kind=Kind.IGNORED, accepted=False, told=told)


def _moved(proposal: Proposal, now: dict[str, Any]) -> Proposal:
    if not now:
        told = _("The record was deleted since; bring it back, and the cells can be compared.")
        return replace(proposal, kind=Kind.ERROR, accepted=False, told=told)
    if proposal.kind is Kind.GONE:
        told = _("The record was changed while you were looking; delete it only if you still mean to.")
        return replace(proposal, accepted=False, basis=now, told=told)
    words = [said(RECORDS[proposal.entity], name, value) for name, value in now.items()]
    return replace(
        proposal,
        kind=Kind.CONFLICT,
        accepted=False,
        basis=now,
        now=", ".join(word for word in words if word),
        told=_("It was changed while you were looking at it."),
    )
