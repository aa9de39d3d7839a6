"""Ending a follow-up and moving a date: what must be told, whoever does it and wherever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.model import Attachment, FollowUp, Invalid, Operation, Recommendation, Update
from desktop.service import attachments, extensions, follow_ups, meetings, progress, records, undo
from desktop.service.closing import Ending
from desktop.service.conflicts import Conflict
from tests.service.conftest import World, state


def refused(act: Any, field: str) -> str:
    """The sentence with which an act is refused; nothing of it is left."""
    before, steps = state(), Operation.select().count()
    with pytest.raises(Invalid) as caught:
        act()
    assert caught.value.field == field
    assert (state(), Operation.select().count()) == (before, steps)
    return str(caught.value)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.pdf"
    path.write_bytes(b"%PDF signed")
    return path


# ---- closing


def test_done_needs_an_outcome(world: World) -> None:
    told = refused(lambda: records.change(world.workspace, world.suppliers, {"status": "done"}), "outcome")
    assert told == "Say what came of it."
    refused(lambda: progress.report(world.workspace, world.suppliers, status="done", next="More"), "outcome")
    refused(lambda: follow_ups.close(world.workspace, world.suppliers, outcome="  "), "outcome")
    records.change(world.workspace, world.suppliers, {"status": "done", "outcome": "Sent."})
    assert (world.suppliers.outcome, world.suppliers.closed_on) == ("Sent.", "2026-11-21")
    assert Update.get().done == "Sent."


def test_the_words_of_a_report_are_an_outcome(world: World) -> None:
    progress.report(world.workspace, world.suppliers, status="done", done="Sent by courier.", on="2026-11-20")
    suppliers = world.suppliers
    assert (suppliers.outcome, suppliers.closed_on) == ("Sent by courier.", "2026-11-20")
    ending = Ending(outcome="They have it.")
    progress.report(world.workspace, world.terms, status="done", done="Called.", ending=ending)
    assert (world.terms.outcome, Update.get(Update.subject == world.terms.id).done) == (
        "They have it.",
        "Called.",
    )


def test_cancelling_needs_a_reason(world: World) -> None:
    told = refused(
        lambda: records.change(world.workspace, world.suppliers, {"status": "cancelled"}), "outcome"
    )
    assert told == "Say why it is cancelled."
    progress.report(world.workspace, world.suppliers, status="cancelled", blocks="The tender was withdrawn.")
    assert world.suppliers.outcome == "The tender was withdrawn."
    follow_ups.close(world.workspace, world.terms, outcome="No longer asked for.", cancelled=True)
    assert (world.terms.status, world.terms.outcome) == ("cancelled", "No longer asked for.")


def test_high_priority_needs_evidence(world: World, paper: Path) -> None:
    workspace = world.workspace
    records.change(workspace, world.suppliers, {"priority": "high"})
    told = refused(lambda: follow_ups.close(workspace, world.suppliers, outcome="Sent."), "evidence_link")
    assert all(way in told for way in ("link", "meeting", "file"))
    follow_ups.close(workspace, world.suppliers, outcome="Moot.", cancelled=True)
    records.change(workspace, world.suppliers, {"status": "open"})
    refused(lambda: records.change(workspace, world.suppliers, {"status": "done"}), "evidence_link")
    follow_ups.close(workspace, world.suppliers, outcome="Sent.", evidence_file=paper)
    assert [(each.name, each.role) for each in attachments.of(world.suppliers)] == [
        ("receipt.pdf", "evidence")
    ]
    undo.undo(workspace)
    assert (world.suppliers.status, attachments.of(world.suppliers)) == ("open", [])


@pytest.mark.parametrize("way", ["link", "meeting", "file", "file before"])
def test_each_way_of_showing_it(world: World, paper: Path, way: str) -> None:
    workspace, steps = world.workspace, Operation.select().count()
    records.change(workspace, world.suppliers, {"priority": "high"})
    given: dict[str, Any] = {
        "link": {"evidence_link": "https://example.org/receipt"},
        "meeting": {"evidence_meeting": world.lunch},
        "file": {"evidence_file": paper},
    }.get(way, {})
    if way == "file before":
        attachments.attach(workspace, world.suppliers, paper, attachments.EVIDENCE)
        steps += 1
    follow_ups.close(
        workspace, world.suppliers, outcome="Sent.", on="2026-11-19", verified_by=world.mori, **given
    )
    suppliers = world.suppliers
    assert Operation.select().count() == steps + 2, "one operation closes it"
    assert (suppliers.status, suppliers.closed_on, suppliers.verified_by_id) == (
        "done",
        "2026-11-19",
        world.mori.id,
    )
    update = Update.get()
    assert (update.on, update.status_from, update.status_to, update.done) == (
        "2026-11-19",
        "open",
        "done",
        "Sent.",
    )
    label = Operation.select().order_by(Operation.id.desc()).get().label
    assert label == f"Close {suppliers.ref}"


def test_a_file_of_another_role_is_no_evidence(world: World, paper: Path) -> None:
    records.change(world.workspace, world.suppliers, {"priority": "high"})
    attachments.attach(world.workspace, world.suppliers, paper)
    refused(lambda: follow_ups.close(world.workspace, world.suppliers, outcome="Sent."), "evidence_link")


def test_a_file_that_cannot_be_read_closes_nothing(world: World, tmp_path: Path) -> None:
    told = refused(
        lambda: follow_ups.close(
            world.workspace, world.suppliers, outcome="Sent.", evidence_file=tmp_path / "gone.pdf"
        ),
        "evidence_file",
    )
    assert "gone.pdf" in told
    assert Attachment.select().count() == 0


def test_opening_again_keeps_what_was_told(world: World) -> None:
    workspace = world.workspace
    follow_ups.close(workspace, world.suppliers, outcome="Sent.", evidence_link="https://example.org/1")
    progress.report(workspace, world.suppliers, status="waiting", next="They lost it.")
    suppliers = world.suppliers
    assert (suppliers.closed_on, suppliers.outcome) == (None, "Sent.")
    records.change(workspace, suppliers, {"status": "done"})
    assert (world.suppliers.outcome, world.suppliers.closed_on) == ("Sent.", "2026-11-21")


def test_the_outcome_of_what_has_ended_stays(world: World) -> None:
    follow_ups.close(world.workspace, world.suppliers, outcome="Sent.")
    refused(lambda: records.change(world.workspace, world.suppliers, {"outcome": " "}), "outcome")
    records.change(world.workspace, world.suppliers, {"outcome": "Sent twice."})
    records.change(world.workspace, world.suppliers, {"status": "open", "outcome": ""})
    assert world.suppliers.outcome == ""


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_a_new_one_follows_the_same_rules(world: World, status: str) -> None:
    values = {"title": "Long since done", "status": status}
    refused(lambda: records.add(world.workspace, FollowUp, values), "outcome")
    made = records.add(world.workspace, FollowUp, {**values, "outcome": "So it was."})
    assert made.closed_on == "2026-11-21"
    values = {**values, "outcome": "So it was.", "priority": "high"}
    if status == "done":
        refused(lambda: records.add(world.workspace, FollowUp, values), "evidence_link")
        values["evidence_meeting"] = world.lunch.id
    assert records.add(world.workspace, FollowUp, values).status == status


def test_of_a_meeting_too(world: World) -> None:
    promise = {"title": "Done on the spot", "status": "done"}
    refused(
        lambda: meetings.log_meeting(world.workspace, {"title": "Call", "on": "2026-11-20"}, [], [promise]),
        "outcome",
    )


def test_recommendations_and_initiatives_need_no_outcome(world: World) -> None:
    progress.report(world.workspace, world.cables, status="implemented")
    assert Recommendation.get_by_id(world.cables.id).status == "implemented"


# ---- moving a date


@pytest.mark.parametrize("reason", ["", "   "])
def test_moving_an_agreed_date_needs_a_reason(world: World, reason: str) -> None:
    def move() -> None:
        records.change(world.workspace, world.suppliers, {"due_on": "2027-01-01"}, reason=reason)

    assert refused(move, "reason") == "Say why the date is moved."
    refused(lambda: records.change(world.workspace, world.cables, {"target_on": None}), "reason")


def test_many_dates_are_moved_for_one_reason(world: World) -> None:
    both = [world.suppliers, world.terms]
    refused(lambda: records.change_many(world.workspace, both, {"due_on": "2027-01-01"}), "reason")
    both = [world.suppliers, world.terms]
    moved = records.change_many(
        world.workspace, both, {"due_on": "2027-01-01"}, reason="The summit moved.", agreed_by="Both"
    )
    assert moved == 2
    assert (world.suppliers.times_slipped, world.terms.times_slipped) == (1, 1)


# ---- what has ended keeps what its ending needs


def test_evidence_and_closing_date_stay(world: World) -> None:
    workspace = world.workspace
    records.change(workspace, world.suppliers, {"priority": "high"})
    shown = "https://example.org/list"
    follow_ups.close(workspace, world.suppliers, outcome="Sent", evidence_link=shown)
    refused(lambda: records.change(workspace, world.suppliers, {"evidence_link": ""}), "evidence_link")
    refused(lambda: records.change(workspace, world.suppliers, {"closed_on": None}), "closed_on")
    refused(lambda: records.change(workspace, world.suppliers, {"closed_on": "2031-01-01"}), "closed_on")
    records.change(workspace, world.suppliers, {"evidence_meeting": world.lunch.id, "evidence_link": ""})
    with pytest.raises(Conflict, match="still used by"):
        records.delete(workspace, [world.lunch])
    follow_ups.close(workspace, world.terms, outcome="Came")
    refused(lambda: records.change(workspace, world.terms, {"priority": "high"}), "evidence_link")
    told = {"status": "done", "outcome": "Came", "closed_on": None}
    records.change(workspace, world.terms, {"status": "open"})
    refused(lambda: records.change(workspace, world.terms, told), "closed_on")


def test_the_file_that_proves_it_stays(world: World, paper: Path) -> None:
    records.change(world.workspace, world.suppliers, {"priority": "high"})
    follow_ups.close(world.workspace, world.suppliers, outcome="Sent", evidence_file=paper)
    proof = Attachment.get()
    refused(lambda: attachments.remove(world.workspace, proof), "evidence_link")
    records.change(world.workspace, world.suppliers, {"evidence_link": "https://example.org/list"})
    attachments.remove(world.workspace, proof)
    assert Attachment.select().count() == 0


def test_a_date_that_was_withdrawn_counts_from_the_one_agreed_last(world: World) -> None:
    records.change(world.workspace, world.suppliers, {"due_on": None}, reason="The ministry thinks again")
    records.change(world.workspace, world.suppliers, {"due_on": "2027-11-18"})
    moved = extensions.of(world.suppliers)
    assert [(each.from_on, each.to_on) for each in moved] == [
        ("2026-11-18", None),
        ("2026-11-18", "2027-11-18"),
    ]
    assert moved[1].reason == "The ministry thinks again"
    assert (world.suppliers.times_slipped, world.suppliers.due_first) == (1, "2026-11-18")
