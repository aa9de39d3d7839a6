"""The tree of recommendations: document, heading, recommendation, ask; each with what stands below it, rolled up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.model import FollowUp, Recommendation, Source
from desktop.model import field as field_of
from desktop.model.scales import PROGRESS, RAG
from desktop.service import query
from desktop.service.query import Condition, Order, Query, Row

DOCUMENT = "document"
"""The level of a root; the others are those of `scales.LEVEL`."""
COURSE = "progress"
"""The section of the fields that say how a record stands: a heading has no course of its own."""
_OWN = ("ref", "title", "level", "status", "reported_on", "assessment", "assessed_on", "rag", "last_activity")


@dataclass(frozen=True)
class RollUp:
    """What stands below a node, itself included. Status and RAG count records of level `recommendation` alone."""

    recommendations: int = 0
    asks: int = 0
    status: dict[str, int] = field(default_factory=dict)
    """How many have each status, in the order of the scale; none is left out."""
    rag: dict[str, int] = field(default_factory=dict)
    """How many have each RAG, the worst first; none is left out."""
    open: int = 0
    """Follow-ups that are still to be done; one that serves several records is one."""
    overdue: int = 0
    last_activity: str = ""


@dataclass(eq=False)
class Node:
    """A document or a recommendation of any level. `id` is 0 for what stands in no document."""

    entity: Any
    id: int
    level: str
    uid: str = ""
    ref: str = ""
    title: str = ""
    status: str = ""
    reported_on: str = ""
    assessment: str = ""
    assessed_on: str = ""
    rag: str = ""
    last_activity: str = ""
    children: list[Node] = field(default_factory=list)
    matching: bool = True
    """Whether the query has it; others are there for what stands below them."""
    below: RollUp = field(default_factory=RollUp)

    @property
    def counted(self) -> bool:
        """Whether it has a course, and is counted where recommendations are."""
        return self.level == "recommendation"

    def record(self) -> Any:
        """The record itself; None for what stands in no document, and if it is gone."""
        return self.entity.get_or_none(self.entity.id == self.id)

    def each(self) -> Iterator[Node]:
        """This node and all below it, as they are read."""
        yield self
        for child in self.children:
            yield from child.each()


def tree(workspace: Any, asked: Query) -> tuple[Node, ...]:
    """The documents with what stands in them, each in the order of the references; `workspace` is only read.

    Of the query count the text and the conditions: they choose which records are there, beside all that these are
    part of. What is rolled up does not depend on them.
    """
    nodes, parents, sources = _nodes(workspace)
    roots = {record_id for record_id in nodes if parents[record_id] not in nodes}
    documents = _documents(workspace, {sources[record_id] for record_id in roots})
    for record_id, node in nodes.items():
        above = documents[sources[record_id] or 0] if record_id in roots else nodes[parents[record_id] or 0]
        above.children.append(node)
    serving = _serving(workspace)
    for document in documents.values():
        _roll_up(document, serving)
    if not asked.text.strip() and not asked.where:
        return tuple(documents.values())
    found = _found(workspace, asked)
    return tuple(document for document in documents.values() if _narrow(document, found))


def _nodes(workspace: Any) -> tuple[dict[int, Node], dict[int, int | None], dict[int, int | None]]:
    """All recommendations in the order of their references, what each is part of, and its source."""
    parents: dict[int, int | None] = {}
    sources: dict[int, int | None] = {}
    uids: dict[int, str] = {}
    placed = 'SELECT id, uid, parent_id, source_id FROM "recommendation"'
    for record_id, uid, parent, source in workspace.engine.rows(placed):
        uids[record_id], parents[record_id], sources[record_id] = uid, parent, source
    nodes = {}
    for row in _all(workspace, Query(Recommendation, _OWN, order=(Order("ref"),))):
        values: dict[str, Any] = {name: raw or "" for name, raw in zip(_OWN, row[1:], strict=True)}
        if row[0] in uids:  # not what another program adds between the two
            nodes[row[0]] = Node(Recommendation, row[0], uid=uids[row[0]], **values)
    return nodes, parents, sources


def _documents(workspace: Any, ids: set[int | None]) -> dict[int, Node]:
    """The roots: these sources in the order of their references, then what stands in none."""
    found = {}
    for source, uid, ref, title in workspace.engine.rows(
        "SELECT id, uid, ref, title FROM source ORDER BY ref_key"
    ):
        if source in ids:
            found[source] = Node(Source, source, DOCUMENT, uid=uid, ref=ref, title=title, matching=False)
    if None in ids:
        found[0] = Node(Source, 0, DOCUMENT, matching=False)
    return found


def _serving(workspace: Any) -> dict[int, dict[int, bool]]:
    """The open follow-ups that serve each recommendation, and whether each is overdue."""
    overdue = Condition("attention", "in", ("overdue",))
    late = {row[0] for row in _all(workspace, Query(FollowUp, (), where=(overdue,), order=(Order("ref"),)))}
    links = """SELECT l.to_subject_id, f.id FROM link l JOIN follow_up f ON f.id = l.from_subject_id
        JOIN recommendation r ON r.id = l.to_subject_id
        WHERE l.relation = 'serves' AND f.status IN ({})"""
    still_open = FollowUp.course.followed
    found: dict[int, dict[int, bool]] = {}
    for served, follow_up in workspace.engine.rows(
        links.format(", ".join("?" * len(still_open))), still_open
    ):
        found.setdefault(served, {})[follow_up] = follow_up in late
    return found


def _roll_up(node: Node, serving: dict[int, dict[int, bool]]) -> dict[int, bool]:
    """Set what stands below a node and each of its children; gives its follow-ups."""
    follow_ups = dict(serving.get(node.id, {})) if node.entity is Recommendation else {}
    status: Counter[str] = Counter()
    rag: Counter[str] = Counter()
    if node.counted:
        status[node.status] += 1
        rag[node.rag] += 1
    asks, last = int(node.level == "ask"), node.last_activity
    for child in node.children:
        follow_ups |= _roll_up(child, serving)
        status.update(child.below.status)
        rag.update(child.below.rag)
        asks += child.below.asks
        last = max(last, child.below.last_activity)
    node.below = RollUp(
        recommendations=status.total(),
        asks=asks,
        status=_in_order(status, PROGRESS),
        rag=_in_order(rag, RAG),
        open=len(follow_ups),
        overdue=sum(follow_ups.values()),
        last_activity=last,
    )
    return follow_ups


def _in_order(counts: Counter[str], scale: Iterable[str]) -> dict[str, int]:
    return {key: counts[key] for key in scale if counts[key]}


def _found(workspace: Any, asked: Query) -> set[int]:
    """The ids that the query has. Where it asks how records stand, no heading is among them."""
    where = asked.where
    if any(field_of(Recommendation, each.field).section == COURSE for each in where):
        where = (*where, Condition("level", "not", ("heading",)))
    chosen = replace(asked, columns=(), where=where, order=(Order("ref"),))
    return {row[0] for row in _all(workspace, chosen)}


def _all(workspace: Any, asked: Query) -> list[Row]:
    return query.page(workspace, asked, limit=-1)


def _narrow(node: Node, found: set[int]) -> bool:
    """Mark what is found and take away the rest; whether the node stays."""
    node.matching = node.entity is Recommendation and node.id in found
    node.children = [child for child in node.children if _narrow(child, found)]
    return node.matching or bool(node.children)
