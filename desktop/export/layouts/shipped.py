"""The layouts that come with the program. To add one: a function in `SHIPPED`.

The decision table has the seven columns of the decision tracking table of UNDP's Executive Board, the follow-up table
those in which Japan's Cabinet Office follows up its plan for regulatory reform, the GAO style what GAO shows of a
recommendation.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.export import sheets as declared
from desktop.export.layouts.definition import Definition, LayoutColumn, LayoutSheet
from desktop.export.layouts.known import AGENCY, CHANGES, COVER, SUMMARY
from desktop.i18n import N_
from desktop.model import ENTITIES
from desktop.service.query import Order

STATUS_REPORT = "status_report"
"""Where nobody asks for another one."""
_COVER = LayoutSheet(COVER)
_BY_REF, _BY_DUE = (Order("ref"),), (Order("due_on"),)
_ASKED = (("level", ("recommendation", "ask")),)


def _column(key: str, label: str = "", width: float = 0) -> LayoutColumn:
    return LayoutColumn(key, width, label)


def status_report() -> Definition:
    """Everything, as it is declared."""
    keys = (COVER, SUMMARY, *(sheet.key for sheet in declared.sheets()), CHANGES)
    return Definition(
        STATUS_REPORT, N_("Status report"), tuple(LayoutSheet(key) for key in keys), shipped=True
    )


def decision_table() -> Definition:
    """Seven columns over the recommendations."""
    columns = (
        _column("ref", N_("No."), 13),
        _column("title", N_("Decision"), 38),
        _column("summary", N_("Action asked"), 48),
        _column(AGENCY, N_("Responsible"), 24),
        _column("target_on", N_("Due"), 12),
        _column("status", N_("Status"), 17),
        _column("latest_update", N_("Update / remarks"), 52),
    )
    table = LayoutSheet("recommendations", N_("Decision table"), columns, where=_ASKED, order=_BY_REF)
    return Definition("decision_table", N_("Decision table"), (_COVER, table), shipped=True)


def follow_up_table() -> Definition:
    """フォローアップ表: what is asked for and what was promised, in the vocabulary of Japan's Cabinet Office."""
    number, item, source = N_("No."), N_("Item"), N_("Source")
    charge, state, due = N_("In charge"), N_("State of measures"), N_("Due")
    progress, planned = N_("What was done"), N_("What is next")
    asked = (
        _column("ref", number, 13),
        _column("title", item, 38),
        _column("source", source, 14),
        _column(AGENCY, charge, 24),
        _column("status", state, 18),
        _column("assessment", N_("Evaluation"), 18),
        _column("target_on", due, 12),
        _column("latest_update", progress, 48),
        _column("next_step", planned, 36),
    )
    promised = (
        _column("ref", number, 13),
        _column("title", item, 38),
        _column("serves", source, 14),
        _column("owed_by+owed_by_person", charge, 24),
        _column("status", state, 18),
        _column("due_on", due, 12),
        _column("latest_update", progress, 48),
        _column("next_step", planned, 36),
    )
    sheets = (
        _COVER,
        LayoutSheet("recommendations", N_("Follow-up table"), asked, where=_ASKED, order=_BY_REF),
        LayoutSheet("follow_up", N_("Follow-ups"), promised, order=_BY_DUE),
    )
    return Definition("follow_up_table", N_("Follow-up table"), sheets, pack="cabinet_office", shipped=True)


def gao() -> Definition:
    """What GAO's pages of recommendations show."""
    columns = (
        _column("ref", width=13),
        _column(AGENCY, N_("Agency affected"), 28),
        _column("title", N_("Recommendation"), 52),
        _column("status", N_("Status"), 22),
        _column("latest_update", N_("Comments"), 60),
        _column("last_update_on", N_("Last update"), 12),
    )
    table = LayoutSheet(
        "recommendations", "", columns, where=(("level", ("recommendation",)),), order=_BY_REF
    )
    return Definition("gao", N_("GAO style"), (_COVER, table), pack="gao", shipped=True)


def plain() -> Definition:
    """Each entity with all that it exports, for a program to read."""
    sheets = tuple(LayoutSheet(entity.key()) for entity in ENTITIES)
    return Definition("plain", N_("Plain data"), sheets, plain=True, shipped=True)


SHIPPED: tuple[Callable[[], Definition], ...] = (status_report, decision_table, follow_up_table, gao, plain)
