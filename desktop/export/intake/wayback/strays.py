"""What of a workbook is compared with nothing: columns that are new or gone, sheets likewise, notes at cells."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.export.intake.wayback import empties
from desktop.export.intake.wayback.proposals import Kind, Proposal
from desktop.export.intake.wayback.sent import Sent, SentSheet
from desktop.export.intake.wayback.values import blank, typed
from desktop.export.layouts import stored
from desktop.i18n import _, format_number, ngettext

SHOWN = 3
"""Values of an unknown column that are named."""


def of(sent: Sent) -> Iterator[Proposal]:
    """All of it, told and not taken."""
    for sheet in sent.sheets:
        yield from _columns(sheet)
        for (row, column), note in sorted(sheet.read.comments.items()):
            told = _("A note at a cell is not taken; write it into a cell, or into the record.")
            yield Proposal(Kind.IGNORED, sheet.name, row, column, came=note, told=told)
    for gone in sent.gone:
        told = ngettext(
            "The sheet is not in the workbook any more; its {count} record is not compared and stays as it is.",
            "The sheet is not in the workbook any more; its {count} records are not compared and stay as they are.",
            len(gone.marks),
        ).format(count=format_number(len(gone.marks)))
        yield Proposal(Kind.IGNORED, gone.name, told=told)
    titles = [each.title for layout in stored.layouts() for each in layout.sheets if each.title]
    for other in empties.strangers(sent.others, titles):
        told = _(
            "The workbook was sent without this sheet, or it is a copy of another one; it is not compared."
        )
        yield Proposal(Kind.IGNORED, other.name, told=told)


def _columns(sheet: SentSheet) -> Iterator[Proposal]:
    if sheet.sheet is None:
        return
    for unknown in sheet.unknown:
        values: list[str] = []
        count = 0
        for number, row in sheet.read.rows.filled():
            if number >= sheet.first and unknown.place < len(row) and not blank(row[unknown.place]):
                count += 1
                if len(values) < SHOWN:
                    values.append(typed(row[unknown.place]))
        if not count and not unknown.heading:
            continue
        told = ngettext(
            "The workbook was sent without this column; its {count} cell is not taken.",
            "The workbook was sent without this column; its {count} cells are not taken.",
            count,
        ).format(count=format_number(count))
        shown = "; ".join(values) + ("; …" if count > len(values) else "")
        yield Proposal(Kind.IGNORED, sheet.name, 0, unknown.place + 1, unknown.heading, came=shown, told=told)
    for key in sheet.exported.columns:
        if key not in sheet.places:
            column = sheet.columns.get(key)
            heading = column.title(sheet.sheet.entity) if column is not None else key
            told = _(
                "This column was taken out of the workbook; nothing of it is compared, and nothing cleared."
            )
            yield Proposal(Kind.IGNORED, sheet.name, heading=heading, told=told, key=key)
