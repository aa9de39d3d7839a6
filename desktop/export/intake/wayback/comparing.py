"""Each cell of a workbook that came back compared three ways: at the export, now, and as it came.

The marks tell which cells were edited; only these are looked at. What is compared is not the words but the values
that they mean: a day in another form, a status in another language, a name that was changed meanwhile are no edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from desktop.export.errors import Cancelled
from desktop.export.intake.wayback import checking, rows, strays
from desktop.export.intake.wayback.cells import Cells
from desktop.export.intake.wayback.newcomers import Newcomers
from desktop.export.intake.wayback.proposals import Kind, Proposal, in_order
from desktop.export.intake.wayback.sent import Sent, SentSheet
from desktop.i18n import _
from desktop.service.workspace import Workspace

Progress = Callable[[int, int], bool | None]
"""Told how many rows of all are compared; answers False to stop."""


def propose(
    workspace: Workspace, sent: Sent, progress: Progress | None = None, *, check: bool = True
) -> list[Proposal]:
    """All that differs, conflicts first; nothing is written. Raises `Cancelled`.

    With `check`, what would be accepted unasked is tried out, in a transaction that is taken back: what the rules of
    the records refuse is an error from the beginning. It must then be on the thread that writes.
    """
    total = sum(len(sheet.read.rows) for sheet in sent.sheets) or 1
    done = 0
    found: list[Proposal] = list(strays.of(sent))
    homes = {uid: sheet.exported.name for sheet in reversed(sent.sheets) for uid in sheet.exported.marks}
    for sheet in sent.sheets:
        found += _sheet(workspace, sent, sheet, homes)
        done += len(sheet.read.rows)
        if progress is not None and progress(done, total) is False:
            raise Cancelled(_("The comparison was stopped. Nothing was written."))
    found = list(_told_twice(found))
    if check:
        found = checking.checked(workspace, found)
    return in_order(found, [sheet.name for sheet in sent.book.sheets])


def _sheet(workspace: Workspace, sent: Sent, sheet: SentSheet, homes: dict[str, str]) -> Iterable[Proposal]:
    if sheet.sheet is None:
        return [
            Proposal(
                Kind.IGNORED,
                sheet.name,
                told=_(
                    "This version of Juntos does not know the sheet “{key}”; nothing of it is compared."
                ).format(key=sheet.exported.key),
            )
        ]
    seen = rows.read(sheet, homes)
    cells = Cells(workspace, sent, sheet)
    found = [*cells.proposals(seen.edited), *seen.told]
    found += Newcomers(cells).proposals(seen.new, seen.copied)
    found += cells.gone(seen.gone)
    return found


def _told_twice(found: list[Proposal]) -> Iterable[Proposal]:
    """A field that stands in two cells of the workbook and was edited in both: alike it is one proposal, else none of
    them is taken unasked."""
    by_field: dict[tuple[str, str], list[int]] = {}
    for number, proposal in enumerate(found):
        if proposal.kind in (Kind.CHANGE, Kind.CONFLICT, Kind.CLEAR):
            for name in proposal.values:
                by_field.setdefault((proposal.uid, name), []).append(number)
    made = list(found)
    again: set[int] = set()
    for numbers in by_field.values():
        first = numbers[0]
        differing = [number for number in numbers if found[number].values != found[first].values]
        again |= set(numbers[1:]) - set(differing)
        for number in (first, *differing) if differing else ():
            told = _two_words([found[each] for each in (first, *differing)])
            made[number] = replace(made[number], kind=Kind.CONFLICT, accepted=False, told=told)
    return [proposal for number, proposal in enumerate(made) if number not in again]


def _two_words(found: list[Proposal]) -> str:
    places = ", ".join(f"{each.sheet} {each.letter}{each.row}" for each in found)
    return _("The workbook says two things of it: {places}. Accept one of them.").format(places=places)
