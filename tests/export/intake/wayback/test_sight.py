"""A workbook for others that comes back: it reaches nothing that it did not hold."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.export.intake.reading import read
from desktop.export.intake.wayback import Kind, recognise
from desktop.export.report import Request
from desktop.model import (
    FollowUp,
    Person,
    Recommendation,
)
from desktop.service import records
from desktop.service.workspace import Workspace
from tests.conftest import Clock

from .conftest import Office
from .paper import UID, Paper
from .test_comparing import only, page_of, typed


def shared(workspace: Workspace) -> tuple[Any, Any]:
    """A follow-up that the partner may see, and one that it may not."""
    one, other = FollowUp.select().where(FollowUp.status == "open").order_by(FollowUp.ref).limit(2)
    records.change(workspace, one, {"visibility": "partner"})
    return one, other


PARTNER = Request(audience="partner")


def test_a_workbook_for_others_takes_back_what_it_held(office: Office, workspace: Workspace) -> None:
    one, _other = shared(workspace)
    found = only(typed(office, one, "title", "Theirs", request=PARTNER))
    assert (found.kind, found.values) == (Kind.CHANGE, {"title": "Theirs"})


def test_it_does_not_overwrite_what_it_did_not_hold(office: Office, workspace: Workspace) -> None:
    """The owner is hidden from the partner: the empty cell is not what stands there."""
    one, other = shared(workspace)
    known = Person.get(Person.name == "Kenji Sato")  # of whom the partner may know: there is a column
    records.change(workspace, known, {"visibility": "partner"})
    records.change(workspace, other, {"visibility": "partner", "owner": known.id})
    assert one.owner_id != known.id
    paper = office.paper(PARTNER)
    row = page_of(paper, one)[1]
    assert row["owner"] is None
    row["owner"] = "Kenji Sato"
    found = only(office.back(paper))
    assert (found.kind, found.values, found.exported, found.now) == (Kind.IGNORED, {}, "", "")


def test_a_forged_row_reaches_no_hidden_record(office: Office, workspace: Workspace) -> None:
    one, other = shared(workspace)
    paper = office.paper(PARTNER)
    page, row = page_of(paper, one)
    for name, _state, rows in paper.rest:
        if name == "_sync":
            at = next(number for number, line in enumerate(rows) if line[1:2] == [one.uid])
            rows.insert(at, [rows[at][0], other.uid, None, rows[at][3]])
            next(line for line in rows if line[0] == "#audience")[1] = "internal"
    page.rows.append({**row, UID: other.uid, "title": "Overwritten"})
    found = only(office.back(paper))
    assert found.kind is Kind.ERROR
    assert "no such record" in found.told
    assert (found.record, found.now, found.exported, found.values) == ("", "", "", {})
    assert other.title not in repr(found)


@pytest.mark.parametrize("forged", [False, True])
def test_confined_fields_stay_with_the_post(office: Office, workspace: Workspace, forged: bool) -> None:
    """They are not in the workbook; nobody adds them, not even by what `_sync` says."""
    asked = Recommendation.get(Recommendation.ref == "WC-2024-1B")
    records.change(workspace, asked, {"visibility": "partner"})
    paper = office.paper(PARTNER)
    page, row = page_of(paper, asked)
    assert "assessment" not in page.columns
    page.columns.insert(3, "assessment")
    page.headings["assessment"] = "Assessment (desk)"
    row["assessment"] = "Stalled"
    if forged:
        lines = next(rows for name, _state, rows in paper.rest if name == "_sync")
        said = next(line for line in lines if line[:2] == ["#sheet", "recommendations"])
        said[5] += " assessment"
        for line in lines:
            if line[0] == "recommendations":
                line[3] = base64.b64encode(base64.b64decode(line[3]) + bytes(4)).decode()
    found = only(office.back(paper))
    assert (found.kind, found.heading, found.values, found.now) == (Kind.IGNORED, "Assessment (desk)", {}, "")
    assert found.key == ("assessment" if forged else "")


# ---- which journal it is of


ELSEWHERE = "it is a workbook of another workspace, or the journal was cut or altered since"


def head_of(paper: Paper) -> list[Any]:
    """The line of `_sync` with the head of the journal."""
    rows = next(rows for name, _state, rows in paper.rest if name == "_sync")
    return next(line for line in rows if line[0] == "#head")


def test_a_head_that_the_journal_does_not_have_is_told(office: Office) -> None:
    paper = office.paper()
    assert not any(ELSEWHERE in told for told in office.sent(paper).told)  # the control: its own is in it
    head_of(paper)[1] = "0" * 64
    assert any(ELSEWHERE in told for told in office.sent(paper).told)
    head_of(paper)[1] = ""
    assert not any(ELSEWHERE in told for told in office.sent(paper).told)


def test_a_workbook_of_another_journal_is_told(built: Path, tmp_path: Path) -> None:
    """Exported of one copy, after a save that the other does not have."""

    def opened(name: str) -> Workspace:
        shutil.copyfile(built, tmp_path / name)
        found = Workspace.open(tmp_path / name, clock=Clock())
        found.sign_in(Person.get(Person.name == "Kenji Sato").uid)
        return found

    one = opened("one.juntos")
    records.change(one, FollowUp.select().first(), {"title": "Only here"})
    path = Office(one, tmp_path).send()
    with read(path) as book:
        assert recognise(book).told == ()
    one.close()
    other = opened("other.juntos")
    with read(path) as book:
        assert ELSEWHERE in " ".join(recognise(book).told)
    other.close()
