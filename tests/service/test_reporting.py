"""Frozen reports: a period is closed, found again, changed and deleted; what it took in stays."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from desktop.model import Change, FollowUp, FrozenReport, Invalid, Operation, Person
from desktop.service import changes, directory, records, reporting, undo, views


def newest() -> Any:
    return Operation.select().order_by(Operation.id.desc()).first()


def test_freezing_is_one_operation_that_takes_in_all_before_it(world: Any) -> None:
    ws, before = world.workspace, newest()
    report = reporting.freeze(
        ws,
        {
            "title": "  Third   quarter ",
            "period_from": "2026-07-01",
            "period_to": "2026-09-30",
            "recipient": "Tokyo",
            "audience": "partner",
            "note": "As agreed",
        },
    )
    made = newest()
    assert made.id == before.id + 1
    assert made.label == "Freeze the report Third quarter"
    assert (report.title, report.operation, report.audience) == ("Third quarter", before.uid, "partner")
    assert report.frozen_at == "2026-11-21T12:00:00.000Z"
    assert report.frozen_by_id == world.sato.id
    assert changes.of(report) == changes.Baseline(before.id, "Third quarter", "2026-09-30", report.uid)
    assert changes.since(ws.engine.rows, changes.of(report)).moved == []


def test_undo_opens_the_period_again_and_redo_closes_it(world: Any) -> None:
    report = reporting.freeze(world.workspace, {"title": "Autumn"})
    records.change(world.workspace, world.terms, {"title": "Later"})
    undo.undo(world.workspace)
    assert undo.undo(world.workspace) == "Freeze the report Autumn"
    assert reporting.reports() == []
    undo.redo(world.workspace)
    again = reporting.find("autumn")
    assert (again.uid, again.operation) == (report.uid, report.operation)
    # What was done and taken back in between came to nothing.
    assert changes.since(world.workspace.engine.rows, changes.of(again)).moved == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "“Title” must not be empty."),
        (
            {"title": "x", "period_from": "2026-10-01", "period_to": "2026-09-30"},
            "The end must not be before",
        ),
        ({"title": "x", "period_to": "soonish"}, "Period to"),
        ({"title": "x", "audience": "press"}, "“press” is not one of"),
        ({"title": "x", "operation": "1"}, "“Last operation” is filled by the program; leave it out."),
        ({"title": "x", "colour": "red"}, "has no field “colour”"),
    ],
)
def test_what_makes_no_report_is_told(world: Any, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid, match=re.escape(sentence)):
        reporting.freeze(world.workspace, values)
    assert reporting.reports() == []


def test_the_newest_come_first_and_each_audience_has_its_last(world: Any) -> None:
    ws = world.workspace
    for title, audience in (("a", "internal"), ("b", "partner"), ("c", "internal"), ("d", "public")):
        reporting.freeze(ws, {"title": title, "audience": audience})
        world.clock.forward(days=1)
    assert [report.title for report in reporting.reports()] == ["d", "c", "b", "a"]
    last = {audience: reporting.last(audience) for audience in ("internal", "partner", "public")}
    assert {audience: report.title for audience, report in last.items() if report} == {
        "internal": "c",
        "partner": "b",
        "public": "d",
    }


def test_the_next_report_begins_where_the_last_one_ended(world: Any) -> None:
    ws = world.workspace
    assert reporting.proposed(ws) == {"audience": "internal", "period_to": "2026-11-21"}
    reporting.freeze(ws, {"title": "a", "period_to": "2026-09-30", "recipient": "Tokyo", "layout": "gao"})
    proposed = reporting.proposed(ws)
    assert (proposed["period_from"], proposed["period_to"]) == ("2026-10-01", "2026-11-21")
    assert (proposed["recipient"], proposed["layout"]) == ("Tokyo", "gao")
    assert "period_from" not in reporting.proposed(ws, "partner")
    reporting.freeze(ws, proposed | {"title": "b"})
    assert reporting.proposed(ws)["period_from"] == "2026-11-21"


def test_a_report_is_found_by_uid_or_title(world: Any) -> None:
    ws = world.workspace
    with pytest.raises(Invalid, match=re.escape("There is no frozen report “x”; there are: –.")):
        reporting.find("x")
    one, two = (reporting.freeze(ws, {"title": "Ótoño"}) for _each in "12")
    assert reporting.find(one.uid) == one
    with pytest.raises(Invalid, match="Several reports are called") as told:
        reporting.find("otono")
    assert one.uid in str(told.value)
    assert two.uid in str(told.value)
    with pytest.raises(Invalid, match="Several reports are called"):
        changes.baseline(ws, "otono")
    reporting.delete(ws, two)
    assert reporting.find("otono") == one
    with pytest.raises(Invalid, match="there are: “Ótoño”"):
        reporting.find("x")


def test_its_words_change_and_how_far_it_goes_does_not(world: Any) -> None:
    ws = world.workspace
    report = reporting.freeze(ws, {"title": "a"})
    assert reporting.change(ws, report, {"title": "b", "recipient": "Washington"})
    assert not reporting.change(ws, report, {"title": "b"})
    for name in ("operation", "frozen_at", "frozen_by"):
        with pytest.raises(Invalid, match="is filled by the program"):
            reporting.change(ws, report, {name: "x"})
    undo.undo(ws)
    assert reporting.find("a").uid == report.uid
    reporting.delete(ws, reporting.find("a"))
    assert reporting.reports() == []
    assert newest().label == "Delete the report a"
    undo.undo(ws)
    assert [each.title for each in reporting.reports()] == ["a"]


def test_who_froze_it_may_be_merged(world: Any) -> None:
    report = reporting.freeze(world.workspace, {"title": "a"})
    directory.merge(world.workspace, world.mori, [world.sato])
    assert FrozenReport.get_by_id(report.id).frozen_by_id == world.mori.id
    assert Person.select().where(Person.name == "Sato Kenji").count() == 0


def test_the_filter_of_a_view_is_kept(world: Any) -> None:
    ws = world.workspace
    view = views.save(ws, "Cables", FollowUp, views.Definition(text="suppliers"))
    report = reporting.freeze(ws, {"title": "a", "scope": reporting.scope(view)})
    views.delete(ws, view)
    kept = reporting.scoped(report)
    assert kept is not None
    assert (kept.name, kept.entity, kept.definition) == ("Cables", FollowUp, view.definition)
    assert reporting.scoped(reporting.freeze(ws, {"title": "b"})) is None


@pytest.mark.parametrize("scope", ["{", "[]", '{"entity": "moon", "definition": {}}', '{"entity": 1}'])
def test_a_filter_that_is_not_understood_is_none(world: Any, scope: str) -> None:
    assert reporting.scoped(reporting.freeze(world.workspace, {"title": "a", "scope": scope})) is None


def test_the_journal_says_all_that_was_frozen(world: Any) -> None:
    report = reporting.freeze(world.workspace, {"title": "a"})
    rows = list(Change.select().where(Change.uid == report.uid))
    assert [json.loads(row.after)["operation"] for row in rows] == [report.operation]
