"""What an export leaves out for its audience, counted and named for the officer."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.export.leftout import left_out, left_out_of
from desktop.export.request import Request
from desktop.model import FollowUp, Meeting, Organisation, Person
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC
from desktop.service import sharing
from desktop.service.query import Condition, Query
from desktop.service.workspace import Workspace


def test_nothing_is_left_out_for_the_post(workspace: Workspace) -> None:
    found = left_out(workspace, Request())
    assert not found
    assert found.sentences() == []


def test_all_is_left_out_as_long_as_nothing_is_shared(workspace: Workspace) -> None:
    found = left_out(workspace, Request(audience=PARTNER))
    counts = {kept.entity: kept.count for kept in found.records}
    assert counts[FollowUp] == FollowUp.select().count() == 12
    assert counts[Person] == Person.select().count()
    assert (found.texts, found.parts, found.people, found.organisations) == (0, (), 0, 0)
    (sentence,) = found.sentences()
    assert sentence.startswith("Left out, as it is not shared with the partner: Sources: 1 (WC-2024); ")
    assert "Follow-ups: 12 (FU-2026-001, FU-2026-002, FU-2026-003, …)" in sentence


def test_of_what_is_shared_it_counts_texts_parts_and_names(workspace: Workspace) -> None:
    meeting = Meeting.get(Meeting.title == "Call on the Minister")
    promises = list(FollowUp.select().where(FollowUp.id.in_([row.id for row in FollowUp.select().limit(4)])))
    sharing.share(workspace, [meeting, *promises], PARTNER)
    found = left_out(workspace, Request(audience=PARTNER))
    assert {kept.entity: kept.count for kept in found.records}[FollowUp] == 8
    assert found.texts == sum(bool(text) for text in (meeting.purpose, meeting.decisions))
    assert dict(found.parts)
    own = left_out_of(workspace, [meeting], PARTNER)
    assert own.records == ()
    assert [part.key() for part, _count in own.parts] == ["point", "attendance"]
    assert own.organisations == 1
    assert "Points of the minutes: 2; Attendees: 3; Names of organisations: 1." in own.sentences()[0]
    sharing.share(workspace, [Meeting.get_by_id(meeting.id)], PARTNER, texts=["all"], parts=["all", "named"])
    assert not left_out_of(workspace, [meeting], PARTNER)
    assert left_out_of(workspace, [meeting], INTERNAL).sentences() == []


def hidden(promises: Iterable[FollowUp]) -> set[int]:
    """The internal organisations at both ends of promises; the post itself is none."""
    ends = {end for each in promises for end in (each.owed_by_id, each.owed_to_id)}
    return {row.id for row in Organisation.select() if row.id in ends and row.visibility == "internal"}


def test_of_a_list_it_counts_what_the_list_would_have(workspace: Workspace) -> None:
    high = Query(FollowUp, ("ref", "title"), where=(Condition("priority", "in", ("high",)),))
    promises = list(FollowUp.select().where(FollowUp.priority == "high"))
    sharing.share(workspace, promises[:1], PUBLIC)
    found = left_out(workspace, Request(audience=PUBLIC, only=high))
    (kept,) = found.records
    assert (kept.entity, kept.count) == (FollowUp, len(promises) - 1)
    assert kept.refs == tuple(row.ref for row in promises[1:4])
    names = hidden(promises[:1])
    assert found.organisations == len(names)
    assert found.sentences()[0].startswith("Left out, as it is not public: Follow-ups: 3 (")


def test_names_are_counted_once(workspace: Workspace) -> None:
    sharing.share(workspace, list(FollowUp.select()), PARTNER)
    found = left_out(workspace, Request(audience=PARTNER))
    assert found.organisations == len(hidden(FollowUp.select()))
