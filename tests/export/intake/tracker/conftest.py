"""A tracker read, understood and planned; and the account of where each of its cells went."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from desktop.export.intake.book import Area, Block, Book, Rows, SheetRead, State
from desktop.export.intake.spool import Spool
from desktop.export.intake.tracker import guessing, planning, tables
from desktop.export.intake.tracker.columns import Header
from desktop.export.intake.tracker.directory import Directory
from desktop.export.intake.tracker.mapping import Mapping, understood
from desktop.export.intake.tracker.plan import Act, Fate, Plan
from desktop.export.intake.tracker.shown import is_filled, text_of
from desktop.service.workspace import Workspace


def book_of(
    *sheets: tuple[str, Sequence[Sequence[Any]]], merged: Sequence[Area] = (), kind: str = "xlsx"
) -> Book:
    """A book that was read, without a file and without another process."""
    folder = Path(tempfile.mkdtemp())
    target = BytesIO()
    spool = Spool(target)
    for name, rows in sheets:
        sheet = spool.sheet(name)
        for number, row in enumerate(rows, 1):
            if any(value is not None for value in row):
                sheet.add(number, list(row))
    told = spool.told()
    (folder / "cells").write_bytes(target.getvalue())
    return Book(
        kind,
        [
            SheetRead(
                each["name"],
                State.VISIBLE,
                Rows(folder / "cells", [Block(*block) for block in each["blocks"]]),
                each["width"],
                merged=list(merged),
            )
            for each in told
        ],
        [],
        folder,
    )


@dataclass
class Understood:
    """A tracker as it is understood before anybody corrects it."""

    book: Book
    headers: list[Header]
    guess: guessing.Guess
    mapping: Mapping

    @property
    def fields(self) -> dict[str, str]:
        """What each column becomes, by its letter; those that become nothing are left out."""
        return {rule.letter: rule.target for rule in self.mapping.columns if rule.target}


def understand(workspace: Workspace, book: Book, kind: str = "") -> Understood:
    """What is guessed of a book."""
    headers = tables.find(book)
    sample, known = tables.sample(book, headers), Directory(workspace).known
    guess = guessing.guess(headers[0], sample, kind, known)
    return Understood(book, headers, guess, understood(guess, headers, sample, known))


def plan_of(workspace: Workspace, book: Book, mapping: Mapping, file: str = "tracker.xlsx") -> Plan:
    """The plan, of which every cell was accounted for."""
    plan = planning.plan(workspace, book, mapping, file)
    lost = unaccounted(book, plan)
    assert lost == [], lost
    return plan


def unaccounted(book: Book, plan: Plan) -> list[str]:
    """The filled cells of the planned sheets that are in no field, note, update, link or report."""
    lost: list[str] = []
    rows = {row.key: row for row in plan.rows}
    outside = {(each.sheet, each.row) for each in plan.outside}
    for header in planning.headers_of(book, plan.mapping):
        sheet = book.sheet(header.sheet)
        merged = {(area.top, area.left) for area in sheet.merged}
        for number, values in sheet.rows.filled():
            if header.first <= number <= header.last or (header.sheet, number) in outside:
                continue
            row = rows.get((header.sheet, number))
            for place, value in enumerate(values, 1):
                if is_filled(value) and (number, place) not in merged:
                    why = "its row is in no plan" if row is None else _astray(plan, row, place, value)
                    if why:
                        lost.append(f"{header.place(number, place)}: {text_of(value)!r}: {why}")
    return lost


def _astray(plan: Plan, row: Any, place: int, value: Any) -> str:
    fate, text = row.taken.fates.get(place), text_of(value)
    told = {(cell.sheet, cell.row, cell.column.number) for cell in plan.untaken}
    if fate is None:
        return "nobody says where it went"
    if fate is Fate.UNTAKEN:
        return "" if (row.taken.sheet, row.taken.row, place) in told else "it is not told"
    if row.act is Act.LEAVE:
        return ""
    if fate is Fate.FIELD:
        return "" if place in {column.number for column in row.taken.sources.values()} else "no value has it"
    if fate is Fate.NOTE:
        kept = "\n".join(row.taken.note)
        return "" if " ".join(text.split()) in " ".join(kept.split()) else "the note does not have it"
    if fate is Fate.UPDATE:
        words = " ".join([*(entry.text for entry in row.taken.entries), row.taken.next, row.taken.blocks])
        there = [line for line in text.splitlines() if line.strip()]
        dated = bool(row.taken.updated) or all(
            any(word in words for word in re.split(r"[:：\s]+", line)[1:] or [line]) for line in there
        )
        return "" if dated else "no update has it"
    if fate is Fate.LEFT:
        return "" if place in {left.column.number for left in plan.left_out} else "its column is not told"
    return ""
