"""Sharing a record, its texts, its parts and those whom it names: only what is named, in one operation."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.model import (
    AgendaItem,
    Attendance,
    Extension,
    FollowUp,
    Invalid,
    Meeting,
    Operation,
    Organisation,
    Person,
    Point,
    Update,
)
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC, read
from desktop.service import agenda, meetings, minutes, progress, records, sharing, undo, versions
from desktop.service.workspace import Workspace


@pytest.fixture
def meeting(workspace: Workspace) -> Any:
    ministry = records.add(workspace, Organisation, {"name": "Ministry", "kind": "ministry", "country": "CL"})
    made = meetings.log_meeting(
        workspace,
        {
            "title": "Talks",
            "on": "2026-11-20",
            "state": "held",
            "purpose": "To talk.\nAnd to listen.",
            "decisions": "Agreed.",  # becomes a point
            "source_note": "As told",
            "counterparts": {ministry.id},
        },
        [meetings.Attendee(person=Person.get(Person.name == "Mori Aya").id), meetings.Attendee(name="Guest")],
    )
    item = agenda.add(workspace, made, "Opening")
    minutes.add(workspace, made, "note", "Somebody said this.", item=item)
    return Meeting.get_by_id(made.id)


def levels(entity: Any) -> set[str]:
    return {row.visibility for row in entity.select()}


def test_it_tells_what_can_be_shared_and_how_it_stands(meeting: Any) -> None:
    found = sharing.shareable(meeting)
    told = [(each.group, each.title, each.words, each.level) for each in found]
    assert told[:3] == [
        ("record", "Meeting", "Talks", INTERNAL),
        ("texts", "Purpose", "To talk. And to listen.", INTERNAL),
        ("texts", "Note on the source", "As told", INTERNAL),
    ]
    assert [(each.group, each.words) for each in found[3:]] == [
        ("points", "Agreed."),
        ("points", "Somebody said this."),
        ("agenda", "Opening"),
        ("attendees", "Mori Aya"),
        ("attendees", "Guest"),
        ("named", "ORG-002 Ministry"),
        ("named", "PER-002 Mori Aya"),
    ]


def test_only_what_is_named_is_shared(workspace: Workspace, meeting: Any) -> None:
    before = Operation.select().count()
    assert sharing.share(workspace, [meeting], PARTNER, texts=["purpose"], parts=["points"]) == 4
    assert Operation.select().count() == before + 1
    now = Meeting.get_by_id(meeting.id)
    assert (now.visibility, read(now.text_visibility)) == (PARTNER, {"purpose": PARTNER})
    assert (levels(Point), levels(AgendaItem), levels(Attendance)) == ({PARTNER}, {INTERNAL}, {INTERNAL})
    assert sharing.share(workspace, [now], PARTNER, texts=["purpose"], parts=["points"]) == 0
    undo.undo(workspace)
    assert Meeting.get_by_id(meeting.id).visibility == INTERNAL
    assert levels(Point) == {INTERNAL}


def test_all_takes_texts_that_say_something_and_parts_but_not_whom_it_names(
    workspace: Workspace, meeting: Any
) -> None:
    sharing.share(workspace, [meeting], PUBLIC, texts=["all"], parts=["all"])
    now = Meeting.get_by_id(meeting.id)
    assert read(now.text_visibility) == {"purpose": PUBLIC, "source_note": PUBLIC}
    assert levels(Point) == levels(AgendaItem) == levels(Attendance) == {PUBLIC}
    assert levels(Person) == {INTERNAL}
    assert Organisation.get(Organisation.name == "Ministry").visibility == INTERNAL
    sharing.share(workspace, [now], PUBLIC, parts=["named"])
    assert Person.get(Person.name == "Mori Aya").visibility == PUBLIC
    assert Organisation.get(Organisation.name == "Ministry").visibility == PUBLIC
    assert Person.get(Person.name == "Sato Kenji").visibility == INTERNAL
    sharing.share(workspace, [Meeting.get_by_id(meeting.id)], INTERNAL, texts=["all"], parts=["all"])
    now = Meeting.get_by_id(meeting.id)
    assert (now.visibility, now.text_visibility, levels(Point)) == (INTERNAL, "", {INTERNAL})


def test_who_sees_final_minutes_can_be_changed_and_their_words_cannot(
    workspace: Workspace, meeting: Any
) -> None:
    versions.make_final(workspace, meeting)
    sharing.share(workspace, [meeting], PARTNER, texts=["all"], parts=["all"])
    assert levels(Point) == {PARTNER}
    assert Meeting.get_by_id(meeting.id).state == "final"
    with pytest.raises(Invalid, match="are final"):
        minutes.reword(workspace, Point.get(), "Nobody said it.")


def test_what_sets_the_assessment_is_not_to_be_shared(workspace: Workspace) -> None:
    promise = records.add(workspace, FollowUp, {"title": "Send it", "due_on": "2026-11-01"})
    progress.report(workspace, promise, status="in_progress", done="Begun")
    records.change(workspace, FollowUp.get_by_id(promise.id), {"due_on": "2026-12-01"}, reason="asked")
    with workspace.operation("desk") as writing:
        writing.create(Update, {"subject": promise.id, "on": "2026-11-01", "aspect": "desk", "done": "Doubt"})
    promise = FollowUp.get_by_id(promise.id)
    assert [each.words for each in sharing.shareable(promise) if each.group == "updates"] == ["Begun"]
    sharing.share(workspace, [promise], PARTNER, parts=["updates", "extensions"])
    assert {row.done: row.visibility for row in Update.select()} == {"Begun": PARTNER, "Doubt": INTERNAL}
    assert levels(Extension) == {PARTNER}


def test_several_records_that_name_the_same_person(workspace: Workspace) -> None:
    owner = Person.get(Person.name == "Mori Aya")
    made = [records.add(workspace, FollowUp, {"title": t, "owner": owner.id}) for t in ("One", "Two")]
    sharing.share(workspace, made, PARTNER, parts=["named"])
    assert Person.get_by_id(owner.id).visibility == PARTNER
    assert levels(FollowUp) == {PARTNER}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"level": "everybody"}, "“everybody” is no audience; use internal, partner or public."),
        ({"level": PARTNER, "texts": ["outcome"]}, "There is no long text “outcome” here; there are:"),
        ({"level": PARTNER, "parts": ["updates"]}, "There is no part “updates” here; there are:"),
    ],
)
def test_what_makes_no_sense_is_told(
    workspace: Workspace, meeting: Any, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        sharing.share(workspace, [meeting], **given)
    assert Meeting.get_by_id(meeting.id).visibility == INTERNAL
