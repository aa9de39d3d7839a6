"""Agendas, the points of minutes, and their versions."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.model import (
    AgendaItem,
    Attendance,
    FollowUp,
    Invalid,
    Meeting,
    MinutesVersion,
    Operation,
    Person,
    Point,
    Series,
)
from desktop.service import (
    agenda,
    directory,
    follow_ups,
    history,
    links,
    meetings,
    minutes,
    minutes_content,
    points,
    progress,
    query,
    records,
    undo,
    versions,
)
from desktop.service.conflicts import Conflict
from desktop.service.meetings import Attendee
from desktop.service.query import Query
from tests.service.conftest import World, state


def held(world: World, **values: Any) -> Any:
    given = {
        "title": "Round table",
        "on": "2026-11-19",
        "counterparts": {world.minrel.id},
        "countries": {"CL"},
    }
    return records.add(world.workspace, Meeting, given | values)


def topics(meeting: Any) -> list[str]:
    return [item.topic for item in agenda.items(meeting)]


def texts(meeting: Any) -> list[tuple[str, str]]:
    return [(point.kind, point.text) for point in points.of(meeting)]


# ---- agenda


def test_an_agenda_keeps_its_order(world: World) -> None:
    meeting = held(world)
    first, second, third = (agenda.add(world.workspace, meeting, name) for name in ("one", "two", "three"))
    assert topics(meeting) == ["one", "two", "three"]
    before = Operation.select().count()
    assert agenda.move(world.workspace, third, 0)
    assert topics(meeting) == ["three", "one", "two"]
    assert Operation.select().count() == before + 1
    assert not agenda.move(world.workspace, AgendaItem.get_by_id(third.id), 0)
    agenda.move(world.workspace, AgendaItem.get_by_id(first.id), 99)
    assert topics(meeting) == ["three", "two", "one"]
    undo.undo(world.workspace)
    assert topics(meeting) == ["three", "one", "two"]
    agenda.remove(world.workspace, AgendaItem.get_by_id(second.id))
    assert topics(meeting) == ["three", "one"]


def test_an_item_is_about_a_record(world: World) -> None:
    item = agenda.add(world.workspace, held(world), "", world.cables)
    assert item.topic == "Finance submarine cables together"
    with pytest.raises(Invalid, match="must not be empty"):
        agenda.add(world.workspace, held(world), "  ")
    records.delete(world.workspace, [world.cables])
    assert AgendaItem.get_by_id(item.id).subject_id is None
    assert AgendaItem.get_by_id(item.id).topic == "Finance submarine cables together"


def test_the_lines_of_an_agenda_and_of_decisions_are_items_and_points(world: World) -> None:
    meeting = held(world, agenda="1. Cables\n\n2) Lithium\n", decisions="- One letter\n• 共同声明\n")
    assert topics(meeting) == ["Cables", "Lithium"]
    assert texts(meeting) == [("decision", "One letter"), ("decision", "共同声明")]
    assert (meeting.agenda, meeting.decisions, meeting.state) == ("", "", "draft")


# ---- points


def test_a_note_becomes_a_decision_and_a_follow_up_and_a_note_again(world: World) -> None:
    meeting = held(world)
    item = agenda.add(world.workspace, meeting, "", world.cables)
    point = minutes.add(
        world.workspace, meeting, "note", "**METI** sends the draft\n\nby the end of the month", item
    )
    minutes.turn(world.workspace, point, "decision")
    assert (point.kind, point.was) == ("decision", "note")
    minutes.turn(world.workspace, point, "follow_up", {"owed_by": world.meti.id, "due_on": "2026-11-30"})
    follow_up = FollowUp.get_by_id(point.follow_up_id)
    assert (point.kind, point.was) == ("follow_up", "decision")
    assert (follow_up.title, follow_up.detail) == ("METI sends the draft", point.text)
    assert (follow_up.raised_on, follow_up.due_on, follow_up.direction) == (
        "2026-11-19",
        "2026-11-30",
        "capital",
    )
    assert follow_up.meeting_id == meeting.id
    assert FollowUp.countries.read(follow_up.id) == {"CL"}
    assert {seen.other.ref for seen in links.of(follow_up)} == {world.cables.ref}
    minutes.turn(world.workspace, point, "note")
    assert (point.kind, point.was, point.follow_up_id) == ("note", "follow_up", None)
    assert point.text == "**METI** sends the draft\n\nby the end of the month"
    assert FollowUp.get_or_none(FollowUp.id == follow_up.id) is None
    for _step in range(3):
        undo.undo(world.workspace)
    assert (Point.get_by_id(point.id).kind, Point.get_by_id(point.id).was) == ("note", "")


def test_a_follow_up_that_moved_on_does_not_turn_back(world: World) -> None:
    point = minutes.add(world.workspace, held(world), "follow_up", "Send the list")
    progress.report(world.workspace, FollowUp.get_by_id(point.follow_up_id), done="Sent a first part")
    before = state()
    with pytest.raises(Invalid, match="has moved on already; close or cancel it"):
        minutes.turn(world.workspace, point, "note")
    assert state() == before


def test_a_deleted_follow_up_leaves_its_words(world: World) -> None:
    meeting = held(world)
    point = minutes.add(
        world.workspace, meeting, "follow_up", "Send the list", promise={"owed_by": world.dfc.id}
    )
    records.delete(world.workspace, [FollowUp.get_by_id(point.follow_up_id)])
    assert texts(meeting) == [("note", "Send the list")]
    assert points.of(meeting)[0].was == "follow_up"


def test_points_move_within_and_between_items(world: World) -> None:
    meeting = held(world)
    one, two = (agenda.add(world.workspace, meeting, name) for name in ("one", "two"))
    a, b, c = (minutes.add(world.workspace, meeting, "note", text, one) for text in "abc")
    minutes.move(world.workspace, c, 0, one)
    minutes.move(world.workspace, Point.get_by_id(a.id), 0, two)
    of = {item: [p.text for p in points.of(meeting) if p.item_id == item] for item in (one.id, two.id)}
    assert of == {one.id: ["c", "b"], two.id: ["a"]}
    agenda.remove(world.workspace, one)
    assert [p.text for p in points.of(meeting) if p.item_id is None] == ["c", "b"]
    assert b.id in {p.id for p in points.of(meeting)}


def test_a_long_text_gives_a_short_title() -> None:
    assert minutes.titled("- Call **METI** about `x`") == ("Call METI about x", "- Call **METI** about `x`")
    assert minutes.titled("Call METI") == ("Call METI", "")
    title, detail = minutes.titled("word " * 60)
    assert len(title) <= 121
    assert title.endswith("word…")
    assert detail == "word " * 60


def test_minutes_are_found_by_their_words(world: World) -> None:
    meeting = held(world)
    point = minutes.add(world.workspace, meeting, "note", "海底ケーブルについて")
    agenda.add(world.workspace, meeting, "Öresund")

    def found(text: str) -> list[int]:
        return [row[0] for row in query.page(world.workspace, Query(Meeting, ("ref",), text), 10)]

    assert found("ケーブル") == [meeting.id]
    assert found("oresund") == [meeting.id]
    minutes.remove(world.workspace, point)
    assert found("ケーブル") == []


# ---- state and versions


def test_what_is_written_begins_the_draft(world: World) -> None:
    meeting = held(world)
    assert meeting.state == "held"
    minutes.add(world.workspace, meeting, "note", "Something")
    assert Meeting.get_by_id(meeting.id).state == "draft"
    planned = held(world, on="2026-12-01")
    assert planned.state == "planned"
    with pytest.raises(Invalid, match="cannot be held yet"):
        records.change(world.workspace, planned, {"state": "held"})
    with pytest.raises(Invalid, match="Log the meeting first"):
        held(world, state="final")


def test_final_minutes_are_locked_and_kept_as_a_version(world: World) -> None:
    meeting = held(world)
    item = agenda.add(world.workspace, meeting, "Cables")
    minutes.add(world.workspace, meeting, "decision", "One letter", item)
    who = meetings.attend(world.workspace, meeting, Attendee(person=world.rojas.id))
    first = versions.make_final(world.workspace, Meeting.get_by_id(meeting.id))
    assert (first.number, Person.get_by_id(first.made_by_id).name) == (1, "Sato Kenji")
    kept = versions.content(first)
    assert [each["name"] for each in kept["points"]] == ["One letter"]
    assert kept["meeting"]["counterparts"] == ["MINREL"]
    locked = Meeting.get_by_id(meeting.id)
    before = state()
    for act in (
        lambda: records.change(world.workspace, locked, {"title": "Other"}),
        lambda: records.change(world.workspace, locked, {"counterparts": set()}),
        lambda: agenda.add(world.workspace, locked, "More"),
        lambda: agenda.set_state(world.workspace, item, "discussed"),
        lambda: minutes.add(world.workspace, locked, "note", "More"),
        lambda: minutes.reword(world.workspace, points.of(locked)[0], "Other"),
        lambda: meetings.leave(world.workspace, who),
        lambda: meetings.attend(world.workspace, locked, Attendee(name="Late")),
        lambda: links.link(world.workspace, locked, world.cables),
        lambda: records.delete(world.workspace, [locked]),
        lambda: versions.make_final(world.workspace, locked),
    ):
        with pytest.raises(Invalid, match="final"):
            act()
        assert state() == before
    # What came of it goes on all the same.
    follow_ups.add(world.workspace, {"title": "Later", "meeting": locked.id})


def test_reopening_leaves_a_trace_and_the_next_is_the_second(world: World) -> None:
    meeting = held(world)
    note = minutes.add(world.workspace, meeting, "note", "A word")
    versions.make_final(world.workspace, Meeting.get_by_id(meeting.id))
    with pytest.raises(Invalid, match="Say why"):
        versions.reopen(world.workspace, Meeting.get_by_id(meeting.id), " ")
    versions.reopen(world.workspace, Meeting.get_by_id(meeting.id), "A name was wrong")
    minutes.reword(world.workspace, Point.get_by_id(note.id), "Another word")
    minutes.add(world.workspace, Meeting.get_by_id(meeting.id), "decision", "Settled")
    records.change(
        world.workspace, Meeting.get_by_id(meeting.id), {"place": "Santiago", "countries": {"CL", "PE"}}
    )
    records.change(world.workspace, Meeting.get_by_id(meeting.id), {"state": "final"})
    one, two = versions.versions(meeting)
    assert (one.number, one.reopened_why, two.number, two.reopened_why) == (1, "A name was wrong", 2, "")
    assert one.reopened_by_id == world.sato.id
    found = minutes_content.compare(versions.content(one), versions.content(two))
    told = {(each.part, each.field, each.was, each.now) for each in found}
    assert told == {
        ("", "Place", "", "Santiago"),
        ("", "Countries", "Chile", "Chile; Peru"),
        ("Point of the minutes", "Text", "A word", "Another word"),
        ("Point of the minutes", "", "", "Settled"),
    }
    assert minutes_content.compare(versions.content(two), versions.content(two)) == []


def test_making_final_can_be_taken_back_and_then_what_was_before(world: World) -> None:
    meeting = held(world)
    minutes.add(world.workspace, meeting, "note", "A word")
    written = history.operations(1).__next__()
    versions.make_final(world.workspace, Meeting.get_by_id(meeting.id))
    with pytest.raises(Conflict, match="are final"):
        undo.revert(world.workspace, written, "Take back")
    assert undo.undo(world.workspace) == f"Make the minutes of {meeting.ref} final"
    assert MinutesVersion.select().count() == 0
    undo.undo(world.workspace)
    assert points.of(meeting) == []


def test_final_minutes_do_not_keep_the_directory_from_being_mended(world: World) -> None:
    meeting = held(world)
    twin = records.add(world.workspace, Person, {"name": "Ana Rojas"})
    meetings.attend(world.workspace, meeting, Attendee(person=twin.id))
    typed = meetings.attend(world.workspace, meeting, Attendee(name="John Doe", organisation=world.dfc.id))
    versions.make_final(world.workspace, Meeting.get_by_id(meeting.id))
    directory.merge(world.workspace, world.rojas, [twin])
    known = meetings.enrol(world.workspace, Attendance.get_by_id(typed.id))
    assert [row.person_id for row in meetings.attendance(meeting)] == [world.rojas.id, known.id]
    assert known.organisation_id == world.dfc.id
    undo.undo(world.workspace)
    undo.undo(world.workspace)
    assert [row.person_id for row in meetings.attendance(meeting)] == [twin.id, None]
    assert Meeting.get_by_id(meeting.id).state == "final"


def test_a_meeting_goes_with_all_its_parts_and_comes_back_with_them(world: World) -> None:
    meeting = held(world)
    item = agenda.add(world.workspace, meeting, "Cables")
    minutes.add(world.workspace, meeting, "follow_up", "Send it", item)
    versions.make_final(world.workspace, Meeting.get_by_id(meeting.id))
    versions.reopen(world.workspace, Meeting.get_by_id(meeting.id), "To delete it")
    later = held(world, title="Next", on="2026-11-20")
    agenda.take_up(world.workspace, later, item, "moved")
    before = state()
    records.delete(world.workspace, [Meeting.get_by_id(meeting.id)])
    assert AgendaItem.select().count() == 1
    assert (Point.select().count(), MinutesVersion.select().count()) == (0, 0)
    assert FollowUp.get(FollowUp.title == "Send it").meeting_id is None
    undo.undo(world.workspace)
    assert state() == before


# ---- what is easily lost


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2.5 million dollars are pledged", "2.5 million dollars are pledged"),
        ("-5 % in tariffs", "-5 % in tariffs"),
        ("3.11 memorial", "3.11 memorial"),
        ("**Agreed**: a letter", "**Agreed**: a letter"),
        ("- One letter", "One letter"),
        ("12) Two letters", "Two letters"),
        ("・共同声明", "共同声明"),
        ("1、共同声明", "共同声明"),
    ],
)
def test_only_what_marks_a_line_is_taken_off(typed: str, kept: str) -> None:
    assert points.lines(typed) == [kept]


def test_a_follow_up_that_was_worked_on_is_not_taken_back(world: World) -> None:
    for change in ("words", "link", "date"):
        point = minutes.add(world.workspace, held(world), "note", "Send the list")
        minutes.turn(world.workspace, point, "follow_up")
        follow_up = FollowUp.get_by_id(point.follow_up_id)
        if change == "words":
            records.change(world.workspace, follow_up, {"title": "Send the whole list"})
        elif change == "link":
            links.link(world.workspace, follow_up, world.cables)
        else:
            records.change(world.workspace, follow_up, {"due_on": "2026-12-01"})
        with pytest.raises(Invalid, match="has moved on already"):
            minutes.turn(world.workspace, point, "note")


def test_final_minutes_let_the_rest_of_the_world_go_on(world: World) -> None:
    quarterly = records.add(world.workspace, Series, {"title": "Calls"})
    meeting = held(world, series=quarterly.id)
    item = agenda.add(world.workspace, meeting, "", world.cables)
    promised = minutes.add(world.workspace, meeting, "follow_up", "Send it", item)
    version = versions.make_final(world.workspace, Meeting.get_by_id(meeting.id))
    records.change(world.workspace, Meeting.get_by_id(meeting.id), {"visibility": "partner"})
    follow_up = FollowUp.get_by_id(promised.follow_up_id)
    before = state()
    records.delete(world.workspace, [quarterly, world.cables, follow_up])
    assert Meeting.get_by_id(meeting.id).series_id is None
    assert [each["name"] for each in versions.content(version)["follow_ups"]] == ["Send it"]
    undo.undo(world.workspace)
    assert state() == before


def test_a_version_keeps_who_made_it_as_they_were_called(world: World) -> None:
    meeting = held(world)
    version = versions.make_final(world.workspace, meeting)
    records.change(world.workspace, world.sato, {"name": "Sato-Mori Kenji"})
    assert versions.content(version)["made_by"] == "Sato Kenji"


def test_nothing_is_held_on_a_day_to_come(world: World) -> None:
    with pytest.raises(Invalid, match="cannot be held yet"):
        held(world, on="2026-12-01", state="held")
    meeting = held(world)
    with pytest.raises(Invalid, match="cannot be held yet"):
        records.change(world.workspace, meeting, {"on": "2027-05-01"})
    # East of the post it may be the next day already.
    assert held(world, on="2026-11-22", state="held").state == "held"


# ---- brought back from Activity


def back(world: World, uid: str) -> list[str]:
    operation, step = next(each for each in history.deleted(world.workspace) if each[1].uid == uid)
    return history.bring_back(world.workspace, operation, step)


def test_a_meeting_comes_back_with_its_minutes_though_what_they_were_about_is_gone(world: World) -> None:
    earlier, later = held(world, on="2026-11-10"), held(world, title="Next", on="2026-11-18")
    topic = agenda.add(world.workspace, earlier, "Cables")
    item = agenda.take_up(world.workspace, later, topic)
    about = agenda.add(world.workspace, later, "", world.cables)
    for kind, text in (("note", "Noted"), ("decision", "Decided")):
        minutes.add(world.workspace, later, kind, text, item)
    promised = minutes.add(world.workspace, later, "follow_up", "Send it", about)
    promise = FollowUp.get_by_id(promised.follow_up_id)
    versions.make_final(world.workspace, Meeting.get_by_id(later.id))
    versions.reopen(world.workspace, Meeting.get_by_id(later.id), "To delete it")
    records.delete(world.workspace, [Meeting.get_by_id(later.id)])
    records.delete(
        world.workspace, [Meeting.get_by_id(earlier.id), world.cables, FollowUp.get_by_id(promise.id)]
    )
    told = back(world, later.uid)
    found = Meeting.get(Meeting.uid == later.uid)
    assert topics(found) == ["Cables", "Finance submarine cables together"]
    assert texts(found) == [("note", "Noted"), ("decision", "Decided"), ("note", "Send it")]
    assert [version.number for version in versions.versions(found)] == [1]
    assert any("is deleted and was left out" in sentence for sentence in told)


def test_a_follow_up_comes_back_to_its_point(world: World) -> None:
    meeting = held(world)
    point = minutes.add(world.workspace, meeting, "follow_up", "Send it")
    promise = FollowUp.get_by_id(point.follow_up_id)
    records.delete(world.workspace, [promise])
    assert texts(meeting) == [("note", "Send it")]
    assert back(world, promise.uid) == []
    found = Point.get_by_id(point.id)
    assert (found.kind, found.follow_up.uid, found.was) == ("follow_up", promise.uid, "")
