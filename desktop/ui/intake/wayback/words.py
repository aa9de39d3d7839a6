"""What the page of changes says: columns, decisions, what each kind of proposal looks like."""

from __future__ import annotations

from typing import Any

from desktop.export import layouts
from desktop.export.intake import news
from desktop.export.intake.wayback import Kind, Proposal, Sent
from desktop.i18n import N_, _, captioned, format_date, format_datetime, format_number, join_parts
from desktop.model.scales import VISIBILITY
from desktop.service import reports
from desktop.service.workspace import Workspace

TAKE, WHAT, SHEET, ROW, RECORD, COLUMN, EXPORTED, NOW, CAME = range(9)
HEADINGS = (
    N_("What to do"),
    N_("What it is"),
    N_("Sheet"),
    N_("Row"),
    N_("Record"),
    N_("Column"),
    N_("Was at export"),
    N_("Is now"),
    N_("Came back"),
)
RAGS: dict[Kind, str | None] = {
    Kind.CONFLICT: "red",
    Kind.ERROR: "red",
    Kind.GONE: "amber",
    Kind.CLEAR: "amber",
    Kind.NEW: "green",
    Kind.CHANGE: None,
    Kind.IGNORED: "grey",
}
"""In which colours and shape a kind is shown; its words stand beside it."""
DECISIONS: dict[Kind, tuple[str, str]] = {
    Kind.CHANGE: (N_("Take"), N_("Leave")),
    Kind.NEW: (N_("Add"), N_("Leave out")),
    Kind.CLEAR: (N_("Empty"), N_("Leave")),
    Kind.CONFLICT: (N_("Theirs"), N_("Ours")),
    Kind.GONE: (N_("Delete"), N_("Keep")),
}
"""What is done when it is taken, and when it is left."""


def decision(kind: Kind, taken: bool | None) -> str:
    """What is decided, in a word."""
    if kind not in DECISIONS:
        return "–"
    return _("Choose…") if taken is None else _(DECISIONS[kind][not taken])


def cell(proposal: Proposal, column: int) -> str:
    """What stands in a column of the list; the decision has its own word."""
    if column == WHAT:
        return proposal.title
    if column == ROW:
        return format_number(proposal.row) if proposal.row else ""
    if column == COLUMN:
        return join_parts(proposal.letter, proposal.heading)
    if column == CAME:
        return proposal.came or proposal.told
    names = {SHEET: "sheet", RECORD: "record", EXPORTED: "exported", NOW: "now"}
    return str(getattr(proposal, names[column]))


def line(proposal: Proposal) -> list[str]:
    """A proposal as a row of a table to copy or to write: all but the decision, and last what is told of it."""
    cells = [cell(proposal, column) for column in range(WHAT, CAME)]
    return [*cells, proposal.came, proposal.told]


def titles() -> list[str]:
    """The headings of `line`."""
    return [*(_(each) for each in HEADINGS[WHAT:]), _("Remark")]


def place(proposal: Proposal) -> str:
    """Where it stands: the sheet, and the row and the column as the file shows them."""
    parts = [proposal.sheet]
    if proposal.row:
        parts.append(_("row {row}").format(row=format_number(proposal.row)))
    if proposal.column:
        parts.append(_("column {column}").format(column=cell(proposal, COLUMN)))
    elif proposal.heading:
        parts.append(proposal.heading)
    return join_parts(*parts)


def about(workspace: Workspace, sent: Sent) -> str:
    """Which workbook it is: its layout, as of when, for whom, when it was exported and to whom sent."""
    noted = next((each for each in reports.exports(workspace) if each.uid == sent.export), None)
    parts = []
    layout: Any = None
    if noted is not None and noted.layout:
        layout = next((each for each in layouts.layouts() if each.key == noted.layout), None)
    if layout is not None:
        parts.append(layout.title)
    if sent.as_of:
        parts.append(_("as of {day}").format(day=format_date(sent.as_of)))
    if sent.audience in VISIBILITY:
        parts.append(captioned(_("Audience"), _(VISIBILITY[sent.audience])))
    if noted is not None:
        parts.append(_("exported {when}").format(when=format_datetime(workspace.local(noted.at))))
        if noted.sent_to:
            parts.append(_("sent to {whom}").format(whom=noted.sent_to))
    return join_parts(*parts)


def told(sent: Sent) -> list[str]:
    """What is to be said of the file as a whole. That sheets are hidden is not: the workbook was sent so."""
    own = news.hidden(sent.book.sheets)
    return [*sent.told, *(each for each in sent.book.told if each != own)]
