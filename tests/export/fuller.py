"""The year's work with all that it lacks: for tests that need a row in every table."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from desktop.export import layouts
from desktop.model import (
    AgendaItem,
    Edition,
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Point,
    Quote,
    Recommendation,
    SavedView,
    Source,
    Update,
)
from desktop.model.attachment import Attachment
from desktop.service import agenda, attachments, links, meetings, minutes, records, reporting, versions
from desktop.service.workspace import Workspace
from tests.export.conftest import Clock


def further(workspace: Workspace) -> None:
    """What the year's work lacks: an agenda with points, files, passages, versions, and all that is kept beside."""
    meeting = Meeting.get(Meeting.title == "Call on the Minister")
    cable, source = Initiative.get(), Source.get()
    asked = Recommendation.get(Recommendation.ref == "WC-2024-1A")
    first = agenda.add(workspace, meeting, "Opening words")
    about = agenda.add(workspace, meeting, "", cable)
    for number, item in enumerate((first, about, None)):
        minutes.add(workspace, meeting, "note", f"Somebody said this, {number}.", item=item)
        minutes.add(workspace, meeting, "decision", f"It was agreed, {number}.", item=item)
    promised = FollowUp.get(FollowUp.meeting == meeting.id)
    with workspace.operation("a point") as writing:
        values = {"meeting": meeting.id, "kind": "follow_up", "text": "They will send it.", "position": 9}
        writing.create(Point, {**values, "follow_up": promised.id})
        digest = attachments.keep_bytes(b"the paper")
        for record in (meeting, cable, promised):
            writing.create(
                Attachment, {"subject": record.id, "name": "Paper.pdf", "size": 9, "sha256": digest}
            )
        text = attachments.keep_bytes(b"The text of the source.")
        edition = writing.create(
            Edition, {"source": source.id, "name": "Text.txt", "added_on": "2026-08-01", "sha256": text}
        )
        writing.create(
            Quote, {"subject": asked.id, "edition": edition.id, "quote": "The text", "before": "In"}
        )
        writing.create(SavedView, {"name": "Mine", "page": "follow_up", "definition": "{}"})
    links.link(workspace, meeting, cable, note="They brought it up")
    versions.make_final(workspace, Meeting.get_by_id(meeting.id))
    later = meetings.log_meeting(
        workspace,
        {
            "title": "Second round",
            "on": "2026-11-25",
            "starts": "10:00",
            "zone": "America/Santiago",
            "country": "CL",
            "place": "Valparaíso",
            "purpose": "To go on",
            "counterparts": {each.id for each in Organisation.select().where(Organisation.country != "JP")},
        },
        [meetings.Attendee(person=person.id) for person in Person.select()],
    )
    item = AgendaItem.select().where(AgendaItem.meeting == meeting.id).first()
    agenda.add(workspace, later, "What was left", None)
    with workspace.operation("taken up") as writing:
        row = AgendaItem.get(AgendaItem.topic == "What was left")
        writing.change(row, {"carried_from": item.id})
    followed: tuple[Any, ...] = (Initiative, Recommendation, FollowUp)
    for record in [each for entity in followed for each in entity.select()]:
        values: dict[str, Any] = {"rag_set": "red", "rag_reason": "We think so"} if record.id % 5 == 0 else {}
        values |= {"assessment": "stalled"} if isinstance(record, Recommendation) else {}
        if values:
            records.change(workspace, record, values)
    for number in (asked.id, cable.id):
        with workspace.operation("desk") as writing:
            told = {"subject": number, "on": "2026-11-01", "aspect": "desk", "done": "We doubt it"}
            writing.create(Update, {**told, "author": Person.get().id})
    for number, person in enumerate(Person.select().where(Person.email == "")):
        records.change(workspace, person, {"email": f"somebody{number}@example.org", "phone": "+56 2 0000"})
    for organisation in Organisation.select():
        records.change(workspace, organisation, {"notes": "A note", "link": "https://example.org/"})
    for record in FollowUp.select():
        records.change(
            workspace, record, {"detail": "In detail", "evidence_link": "https://example.org/proof"}
        )
    layouts.copy(workspace, layouts.find("decision_table"), "For the capital")
    reporting.freeze(workspace, {"title": "Third quarter", "period_to": "2026-11-20"})


def base(built: Path, path: Path) -> None:
    """The world before anything is planted."""
    shutil.copyfile(built, path)
    workspace = Workspace.open(path, clock=Clock())
    try:
        further(workspace)
    finally:
        workspace.close()
