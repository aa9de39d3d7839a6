"""Each cell of a workbook that came back compared three ways: at the export, now, and as it came.

The marks tell which cells were edited; only these are looked at. What is compared is not the words but the values
that they mean: a day in another form, a status in another language, a name that was changed meanwhile are no edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
"""Told how many rows of all are read and compared; answers False to stop."""


def propose(
    workspace: Workspace, sent: Sent, progress: Progress | None = None, *, check: bool = True
) -> list[Proposal]:
    """All that differs, conflicts first; nothing is written. Raises `Cancelled`.

    With `check`, what would be accepted unasked is tried out, in a transaction that is taken back: what the rules of
    the records refuse is an error from the beginning. It must then be on the thread that writes.
    """
    found: list[Proposal] = list(strays.of(sent))
    homes = {uid: sheet.exported.name for sheet in reversed(sent.sheets) for uid in sheet.exported.marks}
    go_on = _Steps(sent, progress)
    seen = []
    for sheet in sent.sheets:
        seen.append(rows.read(sheet, homes) if sheet.sheet is not None else rows.Seen())
        go_on(sheet)
    for number, sheet in enumerate(sent.sheets):
        found += _sheet(workspace, sent, sheet, seen[number], _elsewhere(sent, seen, number))
        go_on(sheet)
    found = list(_told_twice(found))
    if check:
        found = checking.checked(workspace, found)
    return in_order(found, [sheet.name for sheet in sent.book.sheets])


class _Steps:
    """Tells how far it is: each row is read once, and looked at once more."""

    def __init__(self, sent: Sent, progress: Progress | None) -> None:
        self.total = 2 * sum(len(sheet.read.rows) for sheet in sent.sheets) or 1
        self.done, self.progress = 0, progress

    def __call__(self, sheet: SentSheet) -> None:
        self.done += len(sheet.read.rows)
        if self.progress is not None and self.progress(self.done, self.total) is False:
            raise Cancelled(_("The comparison was stopped. Nothing was written."))


def _elsewhere(sent: Sent, seen: list[rows.Seen], number: int) -> dict[str, str]:
    """Of the rows that are gone from a sheet, those that stand in another one, with its name."""
    gone = set(seen[number].gone)
    found: dict[str, str] = {}
    for sheet, other in zip(sent.sheets, seen, strict=True) if gone else ():
        if other is seen[number] or sheet.sheet is None:
            continue
        there = other.moved | (sheet.exported.marks.keys() - set(other.gone))
        for uid in gone & there:
            found.setdefault(uid, sheet.name)
    return found


def _sheet(
    workspace: Workspace, sent: Sent, sheet: SentSheet, seen: rows.Seen, elsewhere: Mapping[str, str]
) -> Iterable[Proposal]:
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
    cells = Cells(workspace, sent, sheet)
    found = [*cells.proposals(list(seen.edited.values())), *seen.told]
    found += Newcomers(cells).proposals(seen.new, seen.copied)
    found += cells.gone(seen.gone, elsewhere)
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
