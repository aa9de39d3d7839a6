"""The declarations: which columns a sheet has, and what happens to a field that is new."""

from __future__ import annotations

import dataclasses

import pytest

from desktop.export import sheets as declared
from desktop.export.columns import Sheet, column
from desktop.export.report import Request
from desktop.export.sheets import SHEETS, listing, plain, sheets
from desktop.model import FollowUp, Initiative, Meeting, Organisation, Recommendation, base, fields
from desktop.model.computed import Computed
from desktop.model.kinds import Text
from desktop.service.query import Condition, Order, Query, page, shown
from desktop.service.workspace import Workspace

from .conftest import CHANGES, CLOSED, SINCE, Exported, Make

FOLLOW_UP = [
    "Ref", "Follow-up", "From meeting", "Recommendation / initiative", "Country", "Owed by", "Owed by (side)",
    "Owner", "Joint owners", "Owed to", "Raised", "Due (first)", "Due (revised)", "Times slipped",
]  # fmt: skip
EXPECTED = {
    "Recommendations": [
        "Ref", "Source", "Section", "Recommendation", "Level", "Part of", "Acceptance", "Lead", "Countries",
        "Linked initiatives", "Open follow-ups", "Overdue follow-ups", "Status (reported)", "Assessment (desk)",
        "RAG", "Target (first)", "Target (revised)", "Last update", "Progress", "Next step", "Provenance", SINCE,
    ],
    "Initiatives": [
        "Ref", "Initiative", "Name (other language)", "Type", "Sectors", "Countries", "Partners", "Stage", "Value",
        "Currency", "Start", "Status", "RAG", "Recommendations", "Last update", "Next milestone", "Milestone date",
        "Owner", SINCE,
    ],
    "Follow-ups open": [
        *FOLLOW_UP, "Days overdue", "Priority", "Status", "RAG", "Latest update", "Next step / blocker",
        SINCE,
    ],
    CLOSED: [*FOLLOW_UP, "Priority", "Status", "RAG", "Latest update", "Closed on", "Outcome",
               "Evidence", "Verified by"],
    "Extensions": ["Record", "Country", "Was", "Is", "Days later", "Reason", "Agreed by", "Moved on"],
    "Meetings": [
        "Ref", "Meeting", "Date", "Place", "Series", "Counterparts", "Attendees (ours)", "Attendees (theirs)",
        "Purpose", "Decisions", "Open follow-ups", "All follow-ups", "Minutes",
    ],
    "Progress log": ["Date", "Record", "Country", "Status from → to", "Text", "Author"],
    CHANGES: ["Record", "Field", "Was", "Is", "By", "When"],
}  # fmt: skip


def test_the_workbook_has_these_sheets(status: Exported) -> None:
    assert status.book.sheetnames == ["Cover", "Summary", *EXPECTED, "Lists", "_sync"]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sheet_has_these_columns(status: Exported, name: str) -> None:
    assert status.headings(name) == EXPECTED[name]


def test_every_field_left_out_exists() -> None:
    for sheet in SHEETS:
        names = {field.name for field in fields(sheet.entity)}
        assert sheet.leave_out <= names, sheet.key


def test_a_field_that_is_new_in_the_model_appears_in_its_sheets_by_itself(
    workspace: Workspace, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To add a field: one line in the entity."""
    motto = Computed("Motto", "SELECT 'Motto of ' || {t}.ref", Text(""))
    motto.__set_name__(FollowUp, "motto")
    monkeypatch.setattr(FollowUp, "motto", motto, raising=False)
    secret = Computed("Secret", "SELECT 'secret'", Text(""), exported=False)
    secret.__set_name__(FollowUp, "secret")
    monkeypatch.setattr(FollowUp, "secret", secret, raising=False)
    _forget(monkeypatch)
    made = make(workspace)
    for name in ("Follow-ups open", CLOSED):
        columns = [heading for heading in EXPECTED[name] if heading != SINCE]
        assert [heading for heading in made.headings(name) if heading != SINCE] == [*columns, "Motto"]
        ref = made.column(name, "Ref")[0]
        assert made.cell(name, ref, "Motto").value == f"Motto of {ref}"
    assert made.headings("Initiatives") == EXPECTED["Initiatives"]


def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the declarations be read anew, here and after the test."""
    for cached in (getattr(base, name) for name in dir(base)):
        if hasattr(cached, "cache_clear"):
            monkeypatch.setattr(base, cached.__name__, cached)
            cached.cache_clear()
    fresh = tuple(dataclasses.replace(sheet) for sheet in SHEETS)
    monkeypatch.setattr(declared, "SHEETS", fresh)


@pytest.fixture(autouse=True)
def _read_anew_afterwards() -> object:
    yield
    for cached in (getattr(base, name) for name in dir(base)):
        if hasattr(cached, "cache_clear"):
            cached.cache_clear()


def test_an_entity_of_the_register_without_a_sheet_gets_a_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "SHEETS", tuple(sheet for sheet in SHEETS if sheet.entity is not Meeting))
    *_others, last = sheets()
    assert last.entity is Meeting
    exported = [field.name for field in fields(Meeting) if field.exported]
    assert [column.parts for column in last.columns] == [(name,) for name in exported]


def test_one_more_sheet_is_one_declaration(
    workspace: Workspace, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = Sheet(
        "owners", "Owners", Initiative, (column("ref"), column("owner")), more=False, order=(Order("ref"),)
    )
    monkeypatch.setattr(declared, "SHEETS", (*SHEETS, more))
    made = make(workspace)
    assert made.headings("Owners") == ["Ref", "Owner"]
    assert made.column("Owners", "Owner") == ["Kenji Sato"]


def test_a_list_is_exported_as_it_stands_on_screen(workspace: Workspace, make: Make) -> None:
    query = Query(
        FollowUp,
        ("ref", "due_on", "title", "status"),
        text="draft",
        where=(Condition("status", "not", ("done",)),),
        order=(Order("due_on", descending=True),),
    )
    made = make(workspace, Request(only=query))
    assert made.book.sheetnames == ["Follow-ups", "Lists", "_sync"]
    assert made.headings("Follow-ups") == ["Ref", "Due", "Follow-up", "Status"]
    on_screen = [shown(query, row) for row in page(workspace, query)]
    assert made.column("Follow-ups", "Ref") == [row[0] for row in on_screen]
    assert on_screen
    assert made.column("Follow-ups", "Status") == [row[3] for row in on_screen]
    assert made.book["Follow-ups"].freeze_panes == "D3"
    words = made.book["Follow-ups"]["D1"].value
    assert words.startswith(
        "Follow-ups: Status is none of: Done; containing “draft”; sorted by Due, last first"
    )


def test_a_grouped_list_is_exported_in_the_order_of_its_groups(workspace: Workspace, make: Make) -> None:
    query = Query(FollowUp, ("ref", "status"), order=(Order("due_on"),), group="status")
    made = make(workspace, Request(only=query))
    on_screen = [shown(query, row)[0] for row in page(workspace, query)]
    assert made.column("Follow-ups", "Ref") == on_screen
    ungrouped = dataclasses.replace(query, group="")
    assert on_screen != [shown(ungrouped, row)[0] for row in page(workspace, ungrouped)]


def test_a_title_far_to_the_right_does_not_freeze_the_whole_screen(workspace: Workspace, make: Make) -> None:
    columns = ("ref", "latest_update", "outcome", "title", "status")
    made = make(workspace, Request(only=Query(FollowUp, columns)))
    assert made.book["Follow-ups"].freeze_panes == "B3"


def test_lists_of_references_can_be_exported_too(workspace: Workspace, make: Make) -> None:
    query = Query(Organisation, ("name", "acronym", "country", "side"), order=(Order("name"),))
    made = make(workspace, Request(only=query))
    assert made.column("Organisations", "Country")[0] == "Chile"
    assert plain(Organisation).title == "name"
    assert listing(query).more is False
    assert Recommendation in {sheet.entity for sheet in sheets()}
