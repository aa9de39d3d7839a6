"""What is only tried: refused as when it is written, and nothing is left of it."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from desktop.model import Counter, FollowUp, Invalid, Meeting, Operation
from desktop.service import records
from desktop.service.conflicts import Conflict

from .conftest import state

MADE: list[tuple[type[Any], dict[str, Any]]] = [
    (FollowUp, {"title": "Send the list", "due_on": "2026-12-01"}),
    (FollowUp, {"title": " "}),
    (FollowUp, {"title": "Done", "status": "done"}),
    (FollowUp, {"title": "Done", "status": "done", "outcome": "It went out.", "priority": "high"}),
    (FollowUp, {"title": "Done", "status": "done", "outcome": "It went out."}),
    (FollowUp, {"title": "Twice", "ref": "FU-2026-001"}),
    (Meeting, {"title": "Talks", "on": "2020-02-03", "agenda": "One\nTwo", "decisions": "Agreed"}),
    (Meeting, {"title": "Talks", "on": "2099-02-03", "state": "final"}),
    (FollowUp, {"title": "Colour", "colour": "green"}),
]
CHANGED: list[dict[str, Any]] = [
    {"title": "Another", "due_on": "2027-01-01"},
    {"status": "done"},
    {"status": "done", "outcome": "It went out."},
    {"status": "in_progress", "owner": None},
    {"ref": "FU-2026-777"},
    {"title": ""},
]


def said(act: Any) -> str:
    try:
        act()
    except (Invalid, Conflict) as error:
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize(("entity", "values"), MADE)
def test_what_is_made_is_refused_as_when_it_is_written(world: Any, entity: Any, values: Any) -> None:
    workspace, before = world.workspace, state()
    counted = list(Counter.select().tuples())

    def tried() -> None:
        with workspace.trial() as trial:
            records.make(trial, entity, values)

    told = said(tried)
    assert (state(), list(Counter.select().tuples())) == (before, counted)
    assert told == said(lambda: records.add(workspace, entity, values))
    assert (state() == before) == bool(told)


@pytest.mark.parametrize("values", CHANGED)
def test_what_is_changed_is_refused_as_when_it_is_written(world: Any, values: Any) -> None:
    workspace = world.workspace
    record: Any = records.add(workspace, FollowUp, {"title": "One", "due_on": "2026-12-01"})
    before, held = state(), dict(record.__data__)

    def tried() -> None:
        with workspace.trial() as trial:
            records.amend(trial, record, values, reason="They asked.")

    told = said(tried)
    assert (state(), record.__data__) == (before, held)
    assert told == said(lambda: records.change(workspace, record, values, reason="They asked."))


def test_a_trial_waits_for_nobody(world: Any) -> None:
    workspace, began, go_on = world.workspace, threading.Event(), threading.Event()

    def write() -> None:
        with workspace.operation("Slow") as writing:
            writing.create(FollowUp, {"title": "Slow"})
            began.set()
            go_on.wait(20)

    other = threading.Thread(target=write)
    other.start()
    try:
        assert began.wait(20)
        with workspace.trial() as trial:
            assert records.make(trial, FollowUp, {"title": "Quick"}).title == "Quick"
        count = Operation.select().count()
    finally:
        go_on.set()
        other.join()
    assert Operation.select().count() == count + 1
    assert FollowUp.get_or_none(FollowUp.title == "Quick") is None
