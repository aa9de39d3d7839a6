"""What the tree says of a node: two short lines a column, and the whole in words for ears and tool tips."""

from __future__ import annotations

from desktop.i18n import N_, _, captioned, format_number, join_parts, ngettext
from desktop.model import FollowUp, Recommendation, field
from desktop.model.scales import LEVEL, PROGRESS
from desktop.service.tree import DOCUMENT, Node, RollUp
from desktop.ui.lists.counts import counted
from desktop.ui.widgets.rag import word

COLUMNS = ("title", "status", "assessment", "rag", "follow_ups", "last_activity")
"""The fields that have a column, in order."""
LEVELS = {DOCUMENT: N_("Document"), **LEVEL}
ICONS = {DOCUMENT: "source", "heading": "folder", "recommendation": "recommendations", "ask": "flag"}
"""The icon of each level."""

Lines = tuple[str, str]


def heading(column: str) -> str:
    """The title of a column."""
    return _(FollowUp.plural) if column == "follow_ups" else field(Recommendation, column).title


def heads(node: Node) -> bool:
    """Whether a node only heads others: how it stands is how they stand."""
    return node.level in (DOCUMENT, "heading")


def lines(node: Node, column: str) -> Lines:
    """What a cell shows: its line, and what stands under it."""
    if column == "title":
        return node.title or _("No document"), _under_title(node)
    if column == "status":
        return _statuses(node.below) if heads(node) else (_scale(node.status), _day(node.reported_on))
    if column == "assessment":
        return ("", "") if heads(node) else (_scale(node.assessment), _day(node.assessed_on))
    if column == "rag":
        return ("" if heads(node) else word(node.rag), "")
    if column == "follow_ups":
        return _open(node.below), _overdue(node.below)
    return _day(node.below.last_activity), ""


def _under_title(node: Node) -> str:
    asks = _asks(node.below.asks - (node.level == "ask"))
    return " · ".join(part for part in (node.ref, _recommendations(node), asks) if part)


def _recommendations(node: Node) -> str:
    others = node.below.recommendations - node.counted
    return counted("recommendation", others) if others or heads(node) else ""


def _asks(count: int) -> str:
    return ngettext("{count} ask", "{count} asks", count).format(count=format_number(count)) if count else ""


def _statuses(below: RollUp) -> Lines:
    """The most frequent status, and under it the next; how many more there are is said too."""
    ranked = sorted(below.status.items(), key=lambda each: -each[1])
    first, second, *_rest = [*(_counted_status(key, count) for key, count in ranked), "", ""]
    more = sum(count for _key, count in ranked[2:])
    return first, _("{choices} +{count}").format(
        choices=second, count=format_number(more)
    ) if more else second


def _counted_status(key: str, count: int) -> str:
    return _("{count} {status}").format(count=format_number(count), status=_(PROGRESS[key]))


def _scale(key: str) -> str:
    return _(PROGRESS[key]) if key else ""


def _day(day: str) -> str:
    return field(Recommendation, "last_activity").shown(day)


def _open(below: RollUp) -> str:
    return _("{count} open").format(count=format_number(below.open)) if below.open else ""


def _overdue(below: RollUp) -> str:
    return _("{count} overdue").format(count=format_number(below.overdue)) if below.overdue else ""


def _rags(below: RollUp) -> str:
    said = _("{count} {rag}")
    return join_parts(*(said.format(count=format_number(n), rag=word(rag)) for rag, n in below.rag.items()))


def rolled_up(below: RollUp) -> str:
    """Such as "3 recommendations: 1 Implemented, 2 In progress; 1 Red, 2 Green; 14 asks"."""
    parts = [counted("recommendation", below.recommendations)]
    if below.recommendations:
        statuses = join_parts(*(_counted_status(key, count) for key, count in below.status.items()))
        parts = [captioned(parts[0], statuses)]
        parts.append(_rags(below))
    parts += [
        _asks(below.asks),
        captioned(_(FollowUp.plural), join_parts(_open(below), _overdue(below)) or "0"),
    ]
    if below.last_activity:
        parts.append(captioned(_("Last activity"), _day(below.last_activity)))
    return "; ".join(part for part in parts if part)


def spoken(node: Node, column: str) -> str:
    """A cell in words, for a screen reader."""
    first, second = lines(node, column)
    if column == "title":
        context = "" if node.matching else _("shown for what it contains")
        told = captioned(" ".join(part for part in (_(LEVELS[node.level]), node.ref) if part), first)
        told = join_parts(told, context if node.level != DOCUMENT else "")
        return "; ".join([told, rolled_up(node.below)]) if node.children else told
    if column == "status" and heads(node):
        return rolled_up(node.below)
    if column == "status" and second:
        return join_parts(first, _("reported on {date}").format(date=second))
    if column == "assessment" and second:
        return join_parts(first, _("assessed on {date}").format(date=second))
    if column == "rag" and heads(node):
        return _rags(node.below)
    return join_parts(first, second)


def told(node: Node, column: str) -> str:
    """What a tool tip says: the whole of a cell, and all that is rolled up where others stand below."""
    if column == "title":
        level = _(LEVELS[node.level])
        whole = rolled_up(node.below) if node.children else ""
        return "\n".join(part for part in (level, *lines(node, column), whole) if part)
    if column in ("status", "rag") and node.below.recommendations > node.counted:
        own = "" if heads(node) else spoken(node, column)
        return "\n".join(part for part in (own, rolled_up(node.below)) if part)
    return spoken(node, column)
