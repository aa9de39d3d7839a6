"""Records by chance, through the services, with all that belongs to them."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from random import Random
from typing import Any

from desktop.model import (
    ENTITIES,
    Attachment,
    Edition,
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Quote,
    Recommendation,
    Sector,
    Series,
    Source,
    Subject,
    Update,
    fields,
)
from desktop.model.base import Registered
from desktop.model.kind import Invalid
from desktop.model.relations import Many, Reference
from desktop.service import agenda, attachments, links, meetings, minutes, progress, records, versions
from desktop.service.operation import Conflict
from desktop.service.workspace import Workspace
from tests.trials.words import Words

DIRECTORY = (Source, Sector, Organisation, Person)
COUNTRIES = ("CL", "PE", "US", "JP", "BR")


class Making:
    """What is made of a workspace, by this chance."""

    def __init__(self, workspace: Workspace, words: Words, chance: Random) -> None:
        self.workspace, self.words, self.chance = workspace, words, chance

    def some(self, rows: Any, share: float = 0.5) -> list[Any]:
        """Some of these, by chance."""
        return [row for row in rows if self.chance.random() < share]

    def one(self, rows: Any) -> Any:
        """One of these, or none."""
        found = list(rows)
        return self.chance.choice(found) if found else None

    # ---- records

    def values(self, entity: Any, often: float = 0.6) -> dict[str, Any]:
        """Values of a record: texts with words, references to what there is."""
        found: dict[str, Any] = {}
        for kind in fields(entity):
            value: Any = None
            if not kind.editable or kind.section == "system" or kind.derived:
                continue
            if isinstance(kind, Reference):
                value = self._pointed(entity, kind)
            elif isinstance(kind, Many):
                ids = COUNTRIES if kind.target is None else [row.id for row in kind.target.select()]
                value = frozenset(self.some(ids, 0.3))
            else:
                value = self.words.of(kind)
            if value is not None and (kind.required or self.chance.random() < often):
                found[kind.name] = value
        found[entity.naming] = self.words.name() if entity.naming == "name" else self.words.line()
        return found

    def _pointed(self, entity: Any, kind: Any) -> int | None:
        if kind.target in (entity, Subject):
            return None
        row = self.one(kind.target.select())
        return row.id if row is not None else None

    def add(self, entity: Any, **more: Any) -> None:
        """Another record; one whose values contradict each other is left."""
        given = self.values(entity) | more
        if self.chance.random() < 0.2:
            given["ref"] = f"{self.words.word()}-{self.words.count}"
        given.pop("rag_set", None)
        if "rag_reason" in given:
            given["rag_set"] = self.chance.choice(("red", "amber", "green"))
        with suppress(Invalid):
            records.add(self.workspace, entity, given)

    def directory(self) -> None:
        """Sources, sectors, organisations, people."""
        for entity in DIRECTORY:
            for _ in range(self.chance.randint(2, 5)):
                kind, country = self.chance.choice(("agency", "company", "")), self.chance.choice(COUNTRIES)
                self.add(entity, **({"kind": kind, "country": country} if entity is Organisation else {}))

    def work(self) -> None:
        """What is followed, with how it stands."""
        for _ in range(self.chance.randint(2, 5)):
            self.add(
                Recommendation,
                target_on=self._day(),
                assessment=self.chance.choice(("", "stalled", "in_progress")),
            )
        for _ in range(self.chance.randint(1, 4)):
            self.add(
                Initiative,
                milestone_on=self._day(),
                stage=self.chance.choice(("idea", "under_way")),
                currency="USD",
            )
        self.add(Series)
        for _ in range(self.chance.randint(1, 4)):
            on = self.chance.choice(("2026-06-10", "2026-06-19", "2026-12-01"))
            hours = {"starts": "10:00", "ends": "11:30", "zone": "America/Santiago"}
            self.add(Meeting, on=on, **(hours if self.chance.random() < 0.7 else {}))
        for _ in range(self.chance.randint(3, 8)):
            self.add(FollowUp, due_on=self._day(), raised_on="2026-06-15")
        for record, parent in zip(self.some(Recommendation.select()), Recommendation.select(), strict=False):
            if record.id > parent.id:
                records.change(self.workspace, record, {"parent": parent.id})

    def _day(self) -> str:
        return (dt.date(2026, 7, 1) + dt.timedelta(self.chance.randint(0, 300))).isoformat()

    # ---- what belongs to them

    def parts(self) -> None:
        """Links, updates, attendees, agenda, points, files, passages, moved dates."""
        subjects = [row for entity in ENTITIES if issubclass(entity, Registered) for row in entity.select()]
        for one in self.some(subjects):
            other = self.one(subjects)
            with suppress(Invalid):
                links.link(self.workspace, one, other, note=self.words.line())
        for entity in (Recommendation, Initiative, FollowUp):
            for record in self.some(entity.select()):
                self._report(record)
        for record in self.some(FollowUp.select().where(FollowUp.due_on.is_null(False)), 0.3):
            later = (dt.date.fromisoformat(record.due_on) + dt.timedelta(40)).isoformat()
            with suppress(Invalid):
                records.change(
                    self.workspace,
                    record,
                    {"due_on": later},
                    reason=self.words.line(),
                    agreed_by=self.words.name(),
                )
        for meeting in self.some(Meeting.select(), 0.8):
            with suppress(Invalid, Conflict):
                self._meeting(meeting, subjects)
        self._files(subjects)

    def _report(self, record: Any) -> None:
        status = {Recommendation: "in_progress", Initiative: "under_way", FollowUp: "in_progress"}
        told: dict[str, Any] = {
            name: self.words.text() for name in self.some(("done", "next", "blocks"), 0.7)
        }
        with suppress(Invalid):
            if told:
                progress.report(self.workspace, record, status=status[type(record)], **told)
            if isinstance(record, Recommendation) and self.chance.random() < 0.8:
                with self.workspace.operation(self.words.word()) as writing:
                    desk = {
                        "subject": record.id,
                        "on": "2026-06-20",
                        "aspect": "desk",
                        "done": self.words.text(),
                    }
                    writing.create(Update, desk)

    def _meeting(self, meeting: Any, subjects: list[Any]) -> None:
        for person in self.some(Person.select(), 0.4):
            with suppress(Invalid):
                meetings.attend(self.workspace, meeting, meetings.Attendee(person=person.id))
        meetings.attend(self.workspace, meeting, meetings.Attendee(name=self.words.name()))
        item = agenda.add(self.workspace, meeting, self.words.line())
        agenda.add(self.workspace, meeting, "", self.one(subjects))
        if meeting.state == "planned":
            return
        for kind in ("note", "decision", "decision", "follow_up"):
            point = minutes.add(self.workspace, meeting, kind, self.words.text(), item=self.one((item, None)))
            if self.chance.random() < 0.3:
                minutes.reword(self.workspace, point, self.words.text())
        if self.chance.random() < 0.4:
            versions.make_final(self.workspace, Meeting.get_by_id(meeting.id))

    def _files(self, subjects: list[Any]) -> None:
        source = self.one(Source.select())
        with self.workspace.operation(self.words.word()) as writing:
            for record in self.some(subjects, 0.4):
                content = attachments.keep_bytes(self.words.text().encode())
                role = self.chance.choice(("file", "evidence"))
                values = {"name": f"{self.words.word()}.pdf", "size": 9, "sha256": content, "role": role}
                writing.create(Attachment, {"subject": record.id, **values})
            if source is None or Edition.select().where(Edition.source == source.id).exists():
                return
            content = attachments.keep_bytes(self.words.text().encode())
            given = {"source": source.id, "added_on": "2026-06-20", "sha256": content}
            edition = writing.create(Edition, {**given, "name": f"{self.words.word()}.txt"})
            for record in self.some(Recommendation.select()):
                names = ("quote", "before", "after", "section", "paragraph", "endnotes")
                told = {name: self.words.line() for name in names}
                writing.create(Quote, {"subject": record.id, "edition": edition.id, **told})
