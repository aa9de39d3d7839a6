"""RAG, attention and the like: for each way a record can stand, what is shown, and that filters find the same."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.model import FollowUp, Initiative, Person, Recommendation
from desktop.service import query, records
from desktop.service.query import Condition, Query
from desktop.service.workspace import Workspace

# today is 2026-11-21
LATE, SOON, LATER = "2026-11-20", "2026-12-05", "2026-12-06"
OLD = "2026-09-21"
NEW = "2026-09-22"

RECOMMENDATIONS: list[tuple[dict[str, Any], str, str]] = [
    ({"status": "implemented", "target_on": LATE}, "green", ""),
    ({"status": "overtaken", "target_on": LATE}, "grey", ""),
    ({"status": "closed_not_implemented", "rag_set": "red", "rag_reason": "Because"}, "grey", ""),
    ({"status": "implemented", "rag_set": "red", "rag_reason": "Because"}, "green", ""),
    (
        {"status": "in_progress", "rag_set": "green", "rag_reason": "Because", "target_on": LATE},
        "green",
        "overdue",
    ),
    ({"status": "stalled", "owner": True}, "red", ""),
    ({"status": "in_progress", "target_on": LATE}, "red", "overdue"),
    ({"status": "not_started", "target_on": LATE}, "red", "overdue"),
    ({"status": "in_progress", "owner": True, "times_slipped": 2}, "red", ""),
    ({"status": "in_progress", "owner": True, "times_slipped": 1}, "amber", ""),
    ({"status": "in_progress", "target_on": "2026-11-21"}, "amber", "due_soon"),
    ({"status": "in_progress", "target_on": SOON}, "amber", "due_soon"),
    ({"status": "in_progress", "target_on": LATER, "owner": True}, "green", ""),
    ({"status": "in_progress", "owner": True, "last_update_on": OLD}, "amber", "stale"),
    ({"status": "in_progress", "owner": True, "last_update_on": NEW}, "green", ""),
    ({"status": "in_progress", "owner": True, "adopted_on": OLD}, "amber", "stale"),
    ({"status": "in_progress", "owner": True, "adopted_on": OLD, "last_update_on": NEW}, "green", ""),
    ({"status": "in_progress", "last_update_on": OLD}, "green", ""),
    ({"status": "in_progress", "owner": True, "last_update_on": OLD, "target_on": LATE}, "red", "overdue"),
    ({"status": "in_progress", "owner": True, "last_update_on": OLD, "target_on": SOON}, "amber", "due_soon"),
    ({"status": "not_started"}, "grey", ""),
    ({"status": "not_started", "owner": True}, "grey", ""),
    ({"status": "in_progress"}, "grey", ""),
    ({"status": "substantially_done", "owner": True}, "green", ""),
    ({"status": "in_progress", "level": "heading", "owner": True, "target_on": LATE}, "grey", ""),
]
INITIATIVES: list[tuple[dict[str, Any], str, str]] = [
    ({"stage": "completed", "milestone_on": LATE}, "green", ""),
    ({"stage": "dropped", "milestone_on": LATE}, "grey", ""),
    ({"stage": "on_hold", "owner": True}, "amber", ""),
    ({"stage": "on_hold", "milestone_on": LATE}, "red", "overdue"),
    ({"stage": "idea"}, "grey", ""),
    ({"stage": "financing"}, "grey", ""),
    ({"stage": "financing", "owner": True}, "green", ""),
    ({"stage": "financing", "milestone_on": SOON}, "amber", "due_soon"),
]
FOLLOW_UPS: list[tuple[dict[str, Any], str, str]] = [
    ({"status": "done", "outcome": "Came", "due_on": LATE}, "green", ""),
    ({"status": "cancelled", "outcome": "Not wanted", "due_on": LATE}, "grey", ""),
    ({"status": "waiting", "due_on": LATE}, "red", "overdue"),
    ({"status": "open", "due_on": LATER}, "green", ""),
    ({"status": "open", "due_on": None}, "green", ""),
]
CASES = [
    *((Recommendation, *case) for case in RECOMMENDATIONS),
    *((Initiative, *case) for case in INITIATIVES),
    *((FollowUp, *case) for case in FOLLOW_UPS),
]
STORED = ("times_slipped", "last_update_on", "adopted_on")


def standing(workspace: Workspace, entity: type[Any], values: dict[str, Any]) -> Any:
    """A record that stands so."""
    given = {k: v for k, v in values.items() if k not in STORED}
    if "owner" in given:
        given["owner"] = Person.get(Person.name == "Sato Kenji").id
    record = records.add(workspace, entity, {entity.naming: "Something", **given})
    stored = {k: v for k, v in values.items() if k in STORED}
    if stored:
        with workspace.engine.write():
            entity.update(stored).where(entity.id == record.id).execute()
    return record


@pytest.mark.parametrize(
    ("entity", "values", "rag", "attention"), CASES, ids=lambda value: getattr(value, "__name__", None)
)
def test_how_a_record_stands(
    workspace: Workspace, entity: type[Any], values: dict[str, Any], rag: str, attention: str
) -> None:
    record = standing(workspace, entity, values)
    row = query.one(workspace, Query(entity, ("rag", "attention")), record.id)
    assert row == (record.id, rag, attention)
    for value in ("overdue", "due_soon", "stale"):
        for operator in ("in", "not"):
            asked = Query(entity, (), where=(Condition("attention", operator, (value,)),))
            found = {each[0] for each in query.page(workspace, asked)}
            assert (record.id in found) == ((value == attention) == (operator == "in"))


def test_every_colour_and_every_call_for_attention_is_tested() -> None:
    for rows in (RECOMMENDATIONS, INITIATIVES):
        assert {rag for _values, rag, _attention in rows} == {"green", "amber", "red", "grey"}
    assert {attention for _values, _rag, attention in RECOMMENDATIONS} == {"", "overdue", "due_soon", "stale"}


def test_today_is_the_day_at_the_post(workspace: Workspace, clock: Any) -> None:
    record = records.add(workspace, FollowUp, {"title": "Due today", "due_on": "2026-11-21"})
    asked = Query(FollowUp, ("attention", "days_overdue"))
    clock.now = clock.now.replace(day=22, hour=2, minute=59)  # 23:59 of the 21st in Santiago
    assert query.one(workspace, asked, record.id) == (record.id, "due_soon", None)
    clock.forward(hours=1)
    assert query.one(workspace, asked, record.id) == (record.id, "overdue", 1)
