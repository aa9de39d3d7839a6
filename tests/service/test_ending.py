"""Where a report ends that is frozen with a workbook: nothing that is done meanwhile falls between two reports."""

from __future__ import annotations

import re
from typing import Any

import pytest

from desktop.model import Invalid, Operation
from desktop.service import changes, ending, records, reporting, reports, undo


def newest() -> str:
    return str(Operation.select(Operation.uid).order_by(Operation.id.desc()).scalar())


def exported(world: Any, file: str = "Status.xlsx", **more: str) -> str:
    """A workbook of all that there is; its point of the journal."""
    at = newest()
    reports.exported(world.workspace, file, **{"operation": at, "audience": "internal", **more})
    return at


def since(world: Any, report: Any) -> list[str]:
    found = changes.since(world.workspace.engine.rows, changes.of(report))
    return [each.ref for each in found.moved]


def test_what_is_done_after_the_workbook_is_news_of_the_next_report(world: Any) -> None:
    ws, at = world.workspace, exported(world)
    records.change(ws, world.terms, {"title": "Done while the workbook was sent"})
    report = ending.freeze(ws, {"title": "a"}, ending.workbook(ws, "Status.xlsx", "internal").operation)
    assert report.operation == at
    assert since(world, report) == [world.terms.ref]


def test_frozen_up_to_now_it_is_taken_in(world: Any) -> None:
    exported(world)
    records.change(world.workspace, world.terms, {"title": "Otherwise"})
    assert since(world, ending.freeze(world.workspace, {"title": "a"}, "")) == []


def test_a_report_ends_where_the_workbook_was_made_that_was_written_for_it(world: Any) -> None:
    ws = world.workspace
    report = reporting.freeze(ws, {"title": "a"})
    records.change(ws, world.terms, {"title": "Done before the workbook was written"})
    assert since(world, report) == [world.terms.ref]
    assert ending.settle(ws, report.uid, newest())
    assert since(world, reporting.find("a")) == []
    undo.undo(ws)
    assert reporting.find("a").operation == report.operation


def test_a_report_stays_where_nothing_was_done_meanwhile(world: Any) -> None:
    report = reporting.freeze(world.workspace, {"title": "a"})
    before = newest()
    assert not ending.settle(world.workspace, report.uid, before)
    assert newest() == before
    assert not ending.settle(world.workspace, "gone", before)


def test_an_older_report_stays_as_the_next_one_went_on_from_it(world: Any) -> None:
    ws = world.workspace
    first = reporting.freeze(ws, {"title": "a"})
    records.change(ws, world.terms, {"title": "Otherwise"})
    world.clock.forward(days=1)
    reporting.freeze(ws, {"title": "b"})
    assert not ending.settle(ws, first.uid, newest())


def test_only_workbooks_since_the_last_report_of_the_audience_are_offered(world: Any) -> None:
    ws = world.workspace
    exported(world, "Old.xlsx")
    reporting.freeze(ws, {"title": "a"})
    records.change(ws, world.terms, {"title": "Otherwise"})
    exported(world, "New.xlsx")
    exported(world, "Newer.xlsx")
    exported(world, "Partner.xlsx", audience="partner")
    exported(world, "List.xlsx", operation="")
    exported(world, "With.xlsx", frozen="the uid of a report")
    assert [made.file for made in ending.workbooks(ws, "internal")] == ["Newer.xlsx", "New.xlsx"]
    assert [made.file for made in ending.workbooks(ws, "partner")] == ["Partner.xlsx"]
    with pytest.raises(Invalid, match=re.escape("there are: Newer.xlsx and New.xlsx")):
        ending.workbook(ws, "Old.xlsx", "internal")


def test_a_report_does_not_end_before_the_last_one(world: Any) -> None:
    ws, at = world.workspace, exported(world)
    records.change(ws, world.terms, {"title": "Otherwise"})
    reporting.freeze(ws, {"title": "a"})
    with pytest.raises(Invalid, match="before the end of the report “a”"):
        ending.freeze(ws, {"title": "b"}, at)
    with pytest.raises(Invalid, match="The journal does not have"):
        ending.freeze(ws, {"title": "b"}, "nowhere")
    assert len(reporting.reports()) == 1
