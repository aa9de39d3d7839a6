"""Cells three ways, values of every kind, and rows that are new, copied or gone."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.export.intake.reading import read
from desktop.export.intake.values import UNCOMPUTED, ErrorValue
from desktop.export.intake.wayback import Kind, Proposal, propose, recognise
from desktop.export.intake.wayback.marking import packing
from desktop.export.intake.wayback.newcomers import BETWEEN
from desktop.export.marks import mark
from desktop.export.report import Request, export, note
from desktop.i18n import LANGUAGES, _, speaking
from desktop.model import (
    FollowUp,
    Initiative,
    Person,
)
from desktop.service import records
from desktop.service.workspace import Workspace

from .conftest import Office
from .paper import UID, Page, Paper
from .paper import of as opened
from .trials import World


def page_of(paper: Paper, record: Any) -> tuple[Page, dict[str, Any]]:
    for page in paper.pages.values():
        for row in page.rows:
            if row.get(UID) == record.uid:
                return page, row
    raise AssertionError(record.ref)


def typed(office: Office, record: Any, key: str, value: Any, **more: Any) -> list[Proposal]:
    """What is proposed where one cell was edited."""
    paper = office.paper(**more)
    page_of(paper, record)[1][key] = value
    return office.back(paper)


def only(found: list[Proposal]) -> Proposal:
    assert len(found) == 1, found
    return found[0]


@pytest.fixture
def follow_up(workspace: Workspace) -> Any:
    return FollowUp.select().where(FollowUp.status == "open").order_by(FollowUp.ref).first()


@pytest.fixture
def cable(workspace: Workspace) -> Any:
    return Initiative.get(Initiative.name == "Humboldt Cable")


# ---- three ways


def test_only_theirs_is_proposed_with_its_three_values(office: Office, follow_up: Any) -> None:
    found = only(typed(office, follow_up, "title", "Theirs"))
    assert (found.kind, found.exported, found.now, found.came) == (
        Kind.CHANGE,
        follow_up.title,
        follow_up.title,
        "Theirs",
    )
    assert (found.sheet, found.letter, found.heading) == ("Follow-ups open", "B", "Follow-up")
    assert found.record == f"{follow_up.ref}, {follow_up.title}"
    assert found.accepted


def test_only_ours_is_kept(office: Office, workspace: Workspace, follow_up: Any) -> None:
    paper = office.paper()
    records.change(workspace, follow_up, {"title": "Ours"})
    assert office.back(paper) == []


def test_both_alike_is_nothing(office: Office, workspace: Workspace, follow_up: Any) -> None:
    paper = office.paper()
    records.change(workspace, follow_up, {"title": "Both"})
    page_of(paper, follow_up)[1]["title"] = "Both "
    assert office.back(paper) == []


def test_both_differently_is_a_conflict(office: Office, workspace: Workspace, follow_up: Any) -> None:
    was = follow_up.title
    paper = office.paper()
    records.change(workspace, follow_up, {"title": "Ours"})
    page_of(paper, follow_up)[1]["title"] = "Theirs"
    found = only(office.back(paper))
    assert (found.kind, found.exported, found.now, found.came) == (Kind.CONFLICT, was, "Ours", "Theirs")
    assert not found.accepted


def test_changed_and_changed_back_by_us_is_no_conflict(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    was = follow_up.title
    paper = office.paper()
    records.change(workspace, follow_up, {"title": "Ours"})
    records.change(workspace, follow_up, {"title": was})
    page_of(paper, follow_up)[1]["title"] = "Theirs"
    assert only(office.back(paper)).kind is Kind.CHANGE


def test_a_name_that_changed_meanwhile_is_no_change_of_ours(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    other = Person.select().where((Person.officer == 1) & (Person.id != follow_up.owner_id)).first()
    records.change(workspace, Person.get_by_id(follow_up.owner_id), {"name": "Called otherwise"})
    page_of(paper, follow_up)[1]["owner"] = other.name
    found = only(office.back(paper))
    assert (found.kind, found.values) == (Kind.CHANGE, {"owner": other.uid})


def test_what_was_saved_while_the_export_was_written_is_not_taken_for_what_it_held(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    """The journal notes the export after the act: the mark tells what the cell held."""
    was = follow_up.title
    report = export(workspace, Request(), office.folder / "Slow.xlsx")
    records.change(workspace, follow_up, {"title": "Meanwhile"})
    note(workspace, report)
    with read(report.path) as book:
        paper = opened(book, recognise(book))
    page_of(paper, follow_up)[1]["title"] = "Theirs"
    found = only(office.back(paper))
    assert (found.kind, found.exported, found.now) == (Kind.CONFLICT, was, "Meanwhile")


def test_of_an_export_that_is_not_in_the_journal_nothing_is_accepted_unasked(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper(noted=False)
    sent = office.sent(paper)
    assert not sent.known
    assert "journal of this workspace" in sent.told[0]
    page_of(paper, follow_up)[1]["title"] = "Theirs"
    found = only(office.back(paper))
    assert (found.kind, found.exported, found.accepted) == (Kind.CHANGE, follow_up.title, False)
    records.change(workspace, follow_up, {"title": "Ours"})
    assert only(office.back(paper)).kind is Kind.CONFLICT


# ---- emptied, gone, new, copied


def test_an_emptied_cell_is_proposed_and_off(office: Office, follow_up: Any) -> None:
    found = only(typed(office, follow_up, "countries", "  "))
    assert (found.kind, found.accepted, found.values) == (Kind.CLEAR, False, {"countries": []})


def test_an_emptied_revised_date_says_that_the_first_one_holds(office: Office, workspace: Workspace) -> None:
    moved = FollowUp.get(FollowUp.times_slipped > 0)
    found = only(typed(office, moved, "due_first+due_on", None))
    assert (found.kind, found.values) == (Kind.CLEAR, {"due_on": moved.due_first})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_that_is_withdrawn(office: Office, follow_up: Any, language: str) -> None:
    with speaking(language):
        word = _("Withdrawn")
    assert only(typed(office, follow_up, "due_first+due_on", word)).values == {"due_on": None}


def test_a_row_that_is_gone_is_a_question(office: Office, follow_up: Any) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    page.rows.remove(row)
    found = only(office.back(paper))
    assert (found.kind, found.uid, found.accepted) == (Kind.GONE, follow_up.uid, False)


def test_a_row_that_is_gone_of_a_record_that_is_gone_too(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    page.rows.remove(row)
    records.delete(workspace, [follow_up])
    assert office.back(paper) == []


def test_edits_of_a_record_that_was_deleted_meanwhile_are_not_lost(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    page_of(paper, follow_up)[1]["title"] = "Theirs"
    records.delete(workspace, [follow_up])
    found = only(office.back(paper))
    assert found.kind is Kind.ERROR
    assert "Theirs" in found.came
    assert "deleted since" in found.told


def test_a_row_without_uid_is_a_new_record(office: Office, workspace: Workspace) -> None:
    paper = office.paper()
    owner = Person.select().where(Person.officer == 1).first()
    paper.pages["follow_ups_open"].rows.insert(
        2,
        {
            "title": "Thank the minister",
            "due_first": dt.datetime(2027, 5, 20),
            "owner": owner.name,
            "countries": "Chile",
            "priority": "baja",
            "status": "進行中",
        },
    )
    found = only(office.back(paper))
    assert (found.kind, found.row, found.accepted) == (Kind.NEW, 5, True)
    assert found.values == {
        "title": "Thank the minister",
        "due_first": "2027-05-20",
        "due_on": "2027-05-20",
        "owner": owner.uid,
        "countries": ["CL"],
        "priority": "low",
        "status": "in_progress",
    }


def test_a_new_row_with_a_fault_says_which(office: Office) -> None:
    paper = office.paper()
    rows = paper.pages["follow_ups_open"].rows
    rows.append({"title": "Ask", "due_first": "03/04/2027", "rag": "Red"})
    rows.append({"owner": "Kenji Sato"})
    rows.append({"ref": "Total: 11"})
    found = office.back(paper)
    assert [each.kind for each in found] == [Kind.ERROR] * 4 + [Kind.IGNORED]
    assert sum("can mean" in each.told for each in found) == 1
    assert sum("no “Follow-up”" in each.told for each in found) == 2


def test_a_row_whose_reference_is_that_of_another_record(office: Office, workspace: Workspace) -> None:
    """A row of a record that the sheet does not have, without its uid."""
    closed = FollowUp.get(FollowUp.status == "done")
    paper = office.paper()
    paper.pages["follow_ups_open"].rows.append({"ref": closed.ref, "title": "Something"})
    assert {each.kind for each in office.back(paper)} == {Kind.ERROR}


def test_of_a_copied_row_the_one_like_the_exported_stays(office: Office, follow_up: Any) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    page.rows.insert(0, {**row, "title": "Another one", "priority": "Low"})
    found = only(office.back(paper))
    assert (found.kind, found.row, found.accepted) == (Kind.NEW, 3, False)
    assert "copy of row" in found.told
    assert found.values["title"] == "Another one"
    assert "ref" not in found.values


def test_a_row_moved_to_another_sheet_is_told(office: Office, follow_up: Any) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    page.rows.remove(row)
    paper.pages["follow_ups_closed"].rows.append(row)
    there, here = office.back(paper)
    assert (there.kind, there.sheet) == (Kind.ERROR, "Closed since 2026-07-01")
    assert "moved here from the sheet “Follow-ups open”" in there.told
    assert (here.kind, here.sheet, here.record) == (
        Kind.IGNORED,
        "Follow-ups open",
        f"{follow_up.ref}, {follow_up.title}",
    )
    assert "stands on the sheet “Closed since 2026-07-01”" in here.told


def test_a_row_gone_from_one_of_two_sheets_of_its_record_is_told_and_no_question(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    sync = next(rows for name, _state, rows in paper.rest if name == "_sync")
    own = [line for line in sync if line[1:2] == [follow_up.uid]]
    closed = next(at for at, line in enumerate(sync) if line[:2] == ["#sheet", "follow_ups_closed"])
    width = len(str(sync[closed][5]).split())
    marks = [mark(None)] * width
    sync.insert(closed + 1, [*own[0][:3], b64encode(packing(width).pack(*marks)).decode()])
    paper.pages["follow_ups_closed"].rows.append({UID: follow_up.uid})
    assert office.back(paper) == []
    page.rows.remove(row)
    gone = only(office.back(paper))
    assert (gone.kind, gone.sheet) == (Kind.IGNORED, "Follow-ups open")
    assert "stands on the sheet “Closed since 2026-07-01”" in gone.told
    paper.pages["follow_ups_closed"].rows.pop()
    assert {each.kind for each in office.back(paper)} == {Kind.GONE}  # of both sheets it is a question


def test_came_back_is_told_as_it_will_be_kept(office: Office, follow_up: Any) -> None:
    for key, value, kept, in_file in (
        ("status", "進行中", "In progress", "進行中"),
        ("due_first+due_on", "１ March 2027", "1 Mar 2027", "1 March 2027"),
        ("countries", "cl;Japan", "Chile; Japan", "cl;Japan"),
        ("title", "  Theirs ", "Theirs", "  Theirs "),
    ):
        found = only(typed(office, follow_up, key, value))
        assert (found.came, found.in_file) == (kept, in_file), found
    found = only(typed(office, follow_up, "due_first+due_on", "some day"))
    assert (found.kind, found.came, found.typed) == (Kind.ERROR, "some day", None)


def test_a_new_row_is_told_as_it_will_be_kept(office: Office) -> None:
    paper = office.paper()
    paper.pages["follow_ups_open"].rows.append(
        {"title": "Thank them", "due_first": "2027-5-20", "priority": "baja"}
    )
    found = only(office.back(paper))
    assert found.came.split(BETWEEN) == ["Follow-up: Thank them", "Due (first): 20 May 2027", "Priority: Low"]
    assert found.in_file.split(BETWEEN) == [
        "Follow-up: Thank them",
        "Due (first): 2027-5-20",
        "Priority: baja",
    ]


def test_one_field_in_two_cells(office: Office, workspace: Workspace, follow_up: Any) -> None:
    """The revised date, and the first one that stands for it: alike it is one, else nobody guesses."""
    records.change(workspace, follow_up, {"due_on": None}, reason="x")
    fresh = records.add(workspace, FollowUp, {"title": "Without a date"})
    for second, kinds in ((dt.date(2027, 2, 1), [Kind.CHANGE]), (dt.date(2027, 3, 1), [Kind.CONFLICT] * 2)):
        paper = office.paper()
        row = page_of(paper, fresh)[1]
        row["due_first"], row["due_first+due_on"] = dt.date(2027, 2, 1), second
        assert [each.kind for each in office.back(paper)] == kinds


# ---- nothing is dropped in silence

CELLS = st.one_of(
    st.text(max_size=30),
    st.integers(-(10**9), 10**9),
    st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
    st.booleans(),
    st.none(),
    st.sampled_from([ErrorValue("#N/A"), UNCOMPUTED, dt.time(9, 30), dt.timedelta(hours=30), Decimal("0.1")]),
    st.sampled_from(
        ["Done", "対応済み", "Chile", "2027-01-01", "01/02/2027", "1.234,5", "x; y", "Kenji Sato"]
    ),
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_each_edited_cell_is_told(data: Any, worlds: Callable[[], World], kept: dict[str, World]) -> None:
    world = kept.setdefault("world", None) or worlds()  # type: ignore[arg-type]
    kept["world"] = world
    paper = world.paper.copy()
    edited: dict[tuple[str, str], Any] = {}
    for _number in range(data.draw(st.integers(1, 5))):
        page = paper.pages[data.draw(st.sampled_from(sorted(paper.pages)))]
        row = data.draw(st.sampled_from(page.rows))
        key = data.draw(st.sampled_from([key for key in page.columns if key != UID]))
        value = data.draw(CELLS)
        edited[str(row[UID]), key] = (row[key], value)
        row[key] = value
    Random(0).shuffle(page.rows)
    with paper.book() as book:
        found = propose(world.workspace, recognise(book))
    told = {(each.uid, each.key) for each in found}
    before = world.now()
    for cell, (was, value) in edited.items():
        original = world.paper.pages[_page(world.paper, cell[0])].row(cell[0])[cell[1]]
        if cell not in told:
            assert _same(original, value), (cell, was, value)
    assert not [each for each in found if each.kind is Kind.CLEAR and each.accepted]
    assert world.now() == before, "looking writes nothing"


def _page(paper: Paper, uid: str) -> str:
    return next(key for key, page in paper.pages.items() if any(row[UID] == uid for row in page.rows))


def _same(one: Any, other: Any) -> bool:
    """The same to a reader: the same mark, or the same value in another form."""
    if value_less(one) and value_less(other):
        return True
    if mark(one) == mark(other) and other is not UNCOMPUTED:
        return True
    return " ".join(str(one).split()).casefold() == " ".join(str(other).split()).casefold() or (
        str(one),
        str(other),
    ) in (
        ("Chile", "CL"),
        ("Done", "対応済み"),
    )


def value_less(value: Any) -> bool:
    return value is None or (
        isinstance(value, str)
        and not value.strip("\x00\x1f\u200b \n\t\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    )


@pytest.fixture(scope="module")
def kept() -> dict[str, World]:
    return {}
