"""Which records are told of between two points of the journal: those of the filters with which reports were frozen.

    scope = scopes(workspace, changes.of(report), until="Fourth quarter")
    delta = narrowed(delta, scope, lambda asked: query.each(workspace, asked))

A filter finds what it has now. What was closed or deleted since has left such a list, and is news of it all the same:
of a closed record, only what the filter asks of matters that do not follow from its course is asked; of a deleted one,
its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from desktop.i18n import _
from desktop.model import FrozenReport, field
from desktop.model.visibility import INTERNAL
from desktop.service import reporting, views
from desktop.service.changes.delta import Delta
from desktop.service.changes.moved import Baseline, Moved
from desktop.service.extensions import DATES
from desktop.service.query import Query, Row

Rows = Callable[[Query], Iterable[Row]]
_LEFT = ("closed", "reopened")
"""Marks of what a list of open, or of closed, records does not have any more."""


@dataclass(frozen=True)
class Scope:
    """Told is of the records that all `filters` have; without any, of all. `said` says so in a sentence."""

    filters: tuple[Query, ...] = ()
    said: str = ""


ALL = Scope()


def scopes(
    workspace: Any,
    since: Baseline,
    until: str = "",
    own: FrozenReport | None = None,
    audience: str = INTERNAL,
) -> Scope:
    """What is told of since a baseline, until a report by its uid or title, or as a report of its `own` covers it.

    A day, the beginning and now have no filter: they take that of the other end. Raises `Invalid`.
    """
    first = FrozenReport.get_or_none(FrozenReport.uid == since.report) if since.report else None
    last = own or (reporting.named(until) if until.strip() else None)
    ends = [report for report in (first, last) if report is not None]
    found = [reporting.scoped(report) for report in ends]
    kept = [view for view in found if view is not None]
    if not kept:
        return ALL
    if len(kept) == len(ends) and all(_same(kept[0], view) for view in kept):
        kept, same = kept[:1], first is not None and last is not None and first.uid == last.uid
        said = "" if same else _one(kept[0], audience)
    else:
        said = _two(found, audience)
    return Scope(tuple(_asked(workspace, view) for view in kept), said)


def _asked(workspace: Any, view: views.View) -> Query:
    return replace(views.query(workspace, view, ("uid",)), columns=("uid",), order=(), group="")


def _same(one: views.View, other: views.View) -> bool:
    """Whether two filters find the same, however they are called, sorted and shown."""
    mine, theirs = (
        (
            view.entity,
            view.definition.text,
            dict(view.definition.filters),
            [*map(list, view.definition.fixed)],
        )
        for view in (one, other)
    )
    return mine == theirs


def _one(view: views.View, audience: str) -> str:
    """What an office calls its filters is not for others."""
    if audience != INTERNAL:
        return _("Only what the report covers is told.")
    return _("Only what the report’s filter “{filter}” has is told.").format(filter=reporting.called(view))


def _two(ends: list[views.View | None], audience: str) -> str:
    if audience != INTERNAL:
        return _("The two reports cover different records: only what both cover is told.")
    since, until = (
        _("“{title}”").format(title=reporting.called(view)) if view else _("everything") for view in ends
    )
    return _(
        "The filters of the two reports differ (first: {since}; then: {until}): only what both cover is told."
    ).format(since=since, until=until)


# ---- narrowing


def narrowed(delta: Delta, scope: Scope, rows: Rows) -> Delta:
    """Only what a scope has, with its sentence; `rows` reads a query as the audience sees it."""
    moved = delta.moved
    for asked in scope.filters:
        moved = list(_kept(moved, asked, rows))
    return replace(delta, moved=moved, within=scope.said)


def _kept(moved: list[Moved], asked: Query, rows: Rows) -> Iterator[Moved]:
    key = asked.entity.key()
    uids = {row[1] for row in rows(asked)}
    lasting = uids
    if any(each.entity == key and each.uid not in uids and {*each.marks} & {*_LEFT} for each in moved):
        lasting = uids | {row[1] for row in rows(_lasting(asked))}
    for each in moved:
        if each.entity != key:
            continue
        if "deleted" in each.marks or each.uid in (lasting if {*each.marks} & {*_LEFT} else uids):
            yield each


def _lasting(asked: Query) -> Query:
    """A filter without what follows from the course of a record: status, dates, all that is computed."""
    entity: Any = asked.entity
    moving = DATES.get(entity, ())

    def lasts(name: str) -> bool:
        return name == "priority" or (name not in moving and field(entity, name).section != "progress")

    return replace(asked, where=tuple(each for each in asked.where if lasts(each.field)))
