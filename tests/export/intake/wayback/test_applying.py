"""What was accepted is written: a backup, one operation, by the rules of the records; and it can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.export.intake.wayback import Kind, Meanwhile, accept, apply, decide
from desktop.export.report import Request
from desktop.model import Extension, FollowUp, Initiative, Invalid, Link, Meeting, Operation, Person, Update
from desktop.service import links, records, undo
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Workspace
from desktop.store import backup

from .conftest import Office
from .paper import UID, Paper
from .test_comparing import only, page_of

FILE = "Status.xlsx"
BESIDE = {"version": 0, "updated_at": ""}
"""What undo does not take back."""


@pytest.fixture
def follow_up(workspace: Workspace) -> Any:
    return FollowUp.select().where(FollowUp.status == "open").order_by(FollowUp.ref).first()


def fresh(record: Any) -> Any:
    return type(record).get_or_none(type(record).uid == record.uid)


def filled(office: Office, record: Any) -> Paper:
    """Several cells of one record edited, and a new row."""
    paper = office.paper()
    row = page_of(paper, record)[1]
    row["title"] = "Theirs"
    row["status"] = "In progress"
    row["due_first+due_on"] = dt.date(2027, 4, 30)
    row["countries"] = "Chile; Japan"
    paper.pages["follow_ups_open"].rows.append({"title": "A new one", "due_first": dt.date(2027, 5, 1)})
    return paper


def test_one_operation_after_a_backup_that_one_undo_takes_back(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    found = office.back(filled(office, follow_up))
    before = Operation.select().count()
    looked = {**records.values_of(fresh(follow_up)), **BESIDE}
    operation = apply(workspace, found, FILE)
    assert operation is not None
    assert (operation.source, operation.label) == ("import", "Take in the workbook Status.xlsx")
    assert Operation.select().count() == before + 1
    kept = backup.newest(workspace.engine.path)
    assert kept is not None
    assert kept.name.endswith("-import.juntos")
    now = fresh(follow_up)
    assert (now.title, now.status, now.due_on) == ("Theirs", "in_progress", "2027-04-30")
    assert FollowUp.get(FollowUp.title == "A new one").due_first == "2027-05-01"
    undo.revert(workspace, operation, "Undo")
    assert {**records.values_of(fresh(follow_up)), **BESIDE} == looked
    assert FollowUp.get_or_none(FollowUp.title == "A new one") is None


def test_a_status_is_an_update_and_a_moved_date_an_extension(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    was = follow_up.due_on
    apply(workspace, office.back(filled(office, follow_up)), FILE)
    told = Update.select().where(Update.subject == follow_up.id).order_by(Update.id.desc()).first()
    assert (told.status_from, told.status_to, told.on) == ("open", "in_progress", "2026-11-21")
    moved = Extension.select().where(Extension.subject == follow_up.id).order_by(Extension.id.desc()).first()
    assert (moved.from_on, moved.to_on, moved.reason) == (
        was,
        "2027-04-30",
        "As the workbook Status.xlsx says",
    )
    assert fresh(follow_up).times_slipped == follow_up.times_slipped + 1


def test_a_follow_up_closed_with_what_came_of_it(office: Office, workspace: Workspace) -> None:
    plain = FollowUp.select().where((FollowUp.status == "open") & (FollowUp.priority == "low")).first()
    paper = office.paper()
    row = page_of(paper, plain)[1]
    row["status"], row["latest_update"] = "対応済み", "It was handed over."
    apply(workspace, office.back(paper), FILE)
    now = fresh(plain)
    assert (now.status, now.outcome, now.closed_on) == ("done", "It was handed over.", "2026-11-21")
    (told,) = Update.select().where((Update.subject == plain.id) & (Update.status_to == "done"))
    assert told.done == "It was handed over."


def test_what_the_rules_refuse_is_an_error_before_anything_is_written(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    row = page_of(paper, follow_up)[1]
    row["status"], row["title"] = "Done", "Theirs"
    error, change = office.back(paper)
    assert (error.kind, error.key, error.accepted, error.told) == (
        Kind.ERROR,
        "status",
        False,
        "Say what came of it.",
    )
    assert (change.kind, change.key, change.accepted) == (Kind.CHANGE, "title", True)
    apply(workspace, [error, change], FILE)
    assert (fresh(follow_up).title, fresh(follow_up).status) == ("Theirs", "open")


def test_final_minutes_are_locked(office: Office, workspace: Workspace) -> None:
    meeting = Meeting.get(Meeting.place == "Santiago")
    paper = office.paper()
    records.change(workspace, meeting, {"state": "final"})
    page_of(paper, meeting)[1]["purpose"] = "Another purpose"
    found = only(office.back(paper))
    assert found.kind is Kind.ERROR
    assert "final" in found.told


def test_a_change_that_arises_meanwhile_is_shown_and_nothing_is_lost(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    found = office.back(filled(office, follow_up))
    records.change(workspace, fresh(follow_up), {"title": "Ours"})
    before = Operation.select().count()
    with pytest.raises(Meanwhile, match=follow_up.ref) as raised:
        apply(workspace, found, FILE)
    assert Operation.select().count() == before
    again = raised.value.proposals
    assert len(again) == len(found)
    (conflict,) = [each for each in again if each.kind is Kind.CONFLICT]
    assert (conflict.now, conflict.came, conflict.accepted) == ("Ours", "Theirs", False)
    apply(workspace, again, FILE)
    assert (fresh(follow_up).title, fresh(follow_up).status) == ("Ours", "in_progress")
    apply(workspace, accept([conflict]), FILE)
    assert fresh(follow_up).title == "Theirs"


def test_links_that_change_meanwhile_are_told_by_their_references(
    office: Office, workspace: Workspace
) -> None:
    cable = Initiative.get(Initiative.name == "Humboldt Cable")
    paper = office.paper()
    page_of(paper, cable)[1]["recommendations"] = "WC-2024-1C"
    found = office.back(paper)
    links.link(workspace, cable, links.find("WC-2024-1B"), "advances")
    with pytest.raises(Meanwhile) as raised:
        apply(workspace, found, FILE)
    (conflict,) = raised.value.proposals
    assert (conflict.kind, conflict.now, conflict.came) == (
        Kind.CONFLICT,
        "WC-2024-1A; WC-2024-1B",
        "WC-2024-1C",
    )


def test_of_many_rows_with_one_uid_the_one_most_like_the_exported_is_its_record(
    office: Office, follow_up: Any
) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    place = page.rows.index(row)
    more = [{**row, "title": f"Copy {number}", "priority": "Low"} for number in range(5)]
    page.rows[place : place + 1] = [*more[:3], {**row, "title": "Its own"}, *more[3:]]
    found = office.back(paper)
    (own,) = [each for each in found if each.kind is Kind.CHANGE]
    assert own.values == {"title": "Its own"}
    copies = [each for each in found if each.kind is Kind.NEW]
    assert sorted(each.values["title"] for each in copies) == [f"Copy {number}" for number in range(5)]
    assert len(found) == 6


def test_a_record_deleted_meanwhile(office: Office, workspace: Workspace, follow_up: Any) -> None:
    found = office.back(filled(office, follow_up))
    records.delete(workspace, [fresh(follow_up)])
    with pytest.raises(Meanwhile) as raised:
        apply(workspace, found, FILE)
    again = raised.value.proposals
    assert {each.kind for each in again if each.uid == follow_up.uid} == {Kind.ERROR}
    apply(workspace, again, FILE)
    assert FollowUp.get(FollowUp.title == "A new one")


def test_the_same_file_twice_brings_only_what_is_new(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = filled(office, follow_up)
    apply(workspace, office.back(paper), FILE)
    assert office.back(paper) == []
    paper.pages["follow_ups_open"].rows.append({"title": "A newer one"})
    page_of(paper, follow_up)[1]["priority"] = "Low" if follow_up.priority != "low" else "High"
    found = office.back(paper)
    assert sorted(each.kind.value for each in found) == ["change", "new"]


def test_two_rows_that_are_alike_are_two_records(office: Office, workspace: Workspace) -> None:
    paper = office.paper()
    paper.pages["follow_ups_open"].rows += [{"title": "Twice"}, {"title": "Twice"}]
    apply(workspace, office.back(paper), FILE)
    assert FollowUp.select().where(FollowUp.title == "Twice").count() == 2
    assert office.back(paper) == []


def test_filled_in_by_two_people(office: Office, workspace: Workspace) -> None:
    one, other = FollowUp.select().where(FollowUp.status == "open").order_by(FollowUp.ref).limit(2)
    first = office.paper()
    second = first.copy()
    page_of(first, one)[1]["title"] = "By the first"
    page_of(first, other)[1]["title"] = "By both"
    page_of(second, one)[1]["title"] = "By the second"
    page_of(second, other)[1]["title"] = "By both"
    page_of(second, other)[1]["countries"] = "Brazil"
    apply(workspace, office.back(first), FILE)
    conflict, change = office.back(second)
    assert (conflict.kind, conflict.now, conflict.came) == (Kind.CONFLICT, "By the first", "By the second")
    assert (change.kind, change.values) == (Kind.CHANGE, {"countries": ["BR"]})


def test_taken_back_it_is_proposed_again(office: Office, workspace: Workspace, follow_up: Any) -> None:
    paper = filled(office, follow_up)
    found = office.back(paper)
    operation = apply(workspace, found, FILE)
    assert operation is not None
    undo.revert(workspace, operation, "Undo")
    again = office.back(paper)
    assert [(each.kind, each.values) for each in again] == [(each.kind, each.values) for each in found]
    apply(workspace, again, FILE)
    assert FollowUp.get(FollowUp.title == "A new one").uid == next(
        each.uid for each in found if each.kind is Kind.NEW
    )


def test_nothing_accepted_writes_nothing_and_makes_no_backup(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    found = accept(office.back(filled(office, follow_up)), yes=False)
    before = backup.newest(workspace.engine.path)
    assert apply(workspace, found, FILE) is None
    assert backup.newest(workspace.engine.path) == before


def test_a_cleared_cell_that_is_ticked(office: Office, workspace: Workspace, follow_up: Any) -> None:
    paper = office.paper()
    page_of(paper, follow_up)[1]["countries"] = None
    found = office.back(paper)
    apply(workspace, found, FILE)
    assert fresh(follow_up).id == follow_up.id
    assert records.values_of(fresh(follow_up))["countries"]
    apply(workspace, accept(found, lambda each: each.kind is Kind.CLEAR and each.key == "countries"), FILE)
    assert records.values_of(fresh(follow_up))["countries"] == frozenset()


def test_a_row_that_is_gone_is_deleted_only_where_it_is_named(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    page.rows.remove(row)
    found = office.back(paper)
    for every in (accept(found), decide(found, "theirs"), decide(found, "ours"), decide(found, "clean")):
        assert apply(workspace, every, FILE) is None
        assert fresh(follow_up) is not None
    apply(workspace, accept(found, found), FILE)
    assert fresh(follow_up) is None


def test_a_copied_row_that_is_accepted_is_another_record(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    page.rows.insert(0, {**row, "title": "Another one"})
    found = office.back(paper)
    assert apply(workspace, found, FILE) is None
    apply(workspace, accept(found), FILE)
    made = FollowUp.get(FollowUp.title == "Another one")
    assert made.ref != follow_up.ref
    assert made.owner_id == follow_up.owner_id
    assert fresh(follow_up).title == follow_up.title
    assert Link.select().where(Link.from_subject == made.id).count() == 1


def test_links_are_made_and_taken_away(office: Office, workspace: Workspace) -> None:
    cable = Initiative.get(Initiative.name == "Humboldt Cable")
    paper = office.paper()
    page_of(paper, cable)[1]["recommendations"] = "WC-2024-1C"
    operation = apply(workspace, office.back(paper), FILE)
    assert page_of(office.paper(), cable)[1]["recommendations"] == "WC-2024-1C"
    assert operation is not None
    undo.revert(workspace, operation, "Undo")
    assert page_of(office.paper(), cable)[1]["recommendations"] == "WC-2024-1A"


def test_the_workbook_exported_again_shows_what_was_typed(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = filled(office, follow_up)
    page_of(paper, follow_up)[1]["owed_by+owed_by_person"] = "Kenji Sato"
    apply(workspace, office.back(paper), FILE)
    again = page_of(office.paper(), follow_up)[1]
    before = page_of(paper, follow_up)[1]
    for key in ("title", "status", "countries", "owed_by+owed_by_person"):
        assert again[key] == before[key]
    assert again[UID] == before[UID]


def test_two_cells_accepted_that_say_two_things(office: Office, workspace: Workspace) -> None:
    made = records.add(workspace, FollowUp, {"title": "Without a date"})
    paper = office.paper()
    row = page_of(paper, made)[1]
    row["due_first"], row["due_first+due_on"] = dt.date(2027, 2, 1), dt.date(2027, 3, 1)
    with pytest.raises(Invalid, match="two things"):
        apply(workspace, accept(office.back(paper)), FILE)
    assert fresh(made).due_on is None


def test_what_it_points_to_was_deleted_meanwhile(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    gone = records.add(workspace, Person, {"name": "Soon Gone"})
    paper = office.paper()
    page_of(paper, follow_up)[1]["owner"] = "Soon Gone"
    found = office.back(paper)
    records.delete(workspace, [gone])
    with pytest.raises((Invalid, Conflict), match="deleted meanwhile"):
        apply(workspace, found, FILE)


def test_a_new_row_of_every_kind_of_sheet(office: Office, workspace: Workspace) -> None:
    paper = office.paper(Request(period_from="2026-07-01"))
    pages = paper.pages
    pages["recommendations"].rows.append({"title": "Share the list", "target_first": dt.date(2027, 6, 1)})
    pages["initiatives"].rows.append(
        {
            "name": "Pacific Fund",
            "stage": "Bankable",
            "recommendations": "WC-2024-1B",
            "value": "10,5",
            "currency": "USD",
        }
    )
    pages["meetings"].rows.append({"title": "Call", "on": "2026-11", "place+country": "Lima, Peru"})
    pages["follow_ups_open"].rows.append(
        {"title": "Ask", "serves": "WC-2024-1C", "latest_update": "We asked.", "next_step": "Ask again."}
    )
    found = office.back(paper)
    assert {each.kind for each in found} == {Kind.NEW}
    apply(workspace, found, FILE)
    fund = Initiative.get(Initiative.name == "Pacific Fund")
    assert (fund.stage, fund.value) == ("bankable", "10.5")
    assert Link.select().where(Link.from_subject == fund.id).count() == 1
    asked = FollowUp.get(FollowUp.title == "Ask")
    told = Update.get(Update.subject == asked.id)
    assert (told.done, told.next) == ("We asked.", "Ask again.")
    assert Meeting.get(Meeting.title == "Call").country == "PE"
    assert office.back(paper) == []


def test_a_new_row_with_a_reference_of_its_own_sent_back_twice(office: Office, workspace: Workspace) -> None:
    paper = office.paper()
    paper.pages["follow_ups_open"].rows.append({"ref": "FU-X-99", "title": "A new one"})
    apply(workspace, office.back(paper), FILE)
    assert FollowUp.get(FollowUp.ref == "FU-X-99").title == "A new one"
    assert office.back(paper) == []


def test_a_new_row_that_somebody_took_in_meanwhile_makes_no_second_record(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    found = office.back(filled(office, follow_up))
    apply(workspace, [each for each in found if each.kind is Kind.NEW], FILE)
    with pytest.raises(Meanwhile, match="A new one") as raised:
        apply(workspace, found, FILE)
    (there,) = [each for each in raised.value.proposals if each.kind is Kind.IGNORED]
    assert there.told == "This row was taken in meanwhile; its record is there already."
    apply(workspace, raised.value.proposals, FILE)
    assert fresh(follow_up).title == "Theirs"
    assert FollowUp.select().where(FollowUp.title == "A new one").count() == 1


def test_a_record_is_not_deleted_that_was_changed_while_one_was_looking(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    page, row = page_of(paper, follow_up)
    page.rows.remove(row)
    found = office.back(paper)
    records.change(workspace, fresh(follow_up), {"title": "Ours"})
    with pytest.raises(Meanwhile) as raised:
        apply(workspace, accept(found, found), FILE)
    (gone,) = raised.value.proposals
    assert (gone.kind, gone.accepted) == (Kind.GONE, False)
    assert fresh(follow_up).title == "Ours"
    apply(workspace, accept([gone], [gone]), FILE)
    assert fresh(follow_up) is None
