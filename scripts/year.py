"""A generated year of work at one embassy, through the services: for pictures, for trying things, for tests.

    python -m scripts.year FILE.juntos [LANGUAGE]

Deterministic: the same day gives the same year. The last day is today at the post.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from random import Random
from typing import Any

from desktop.i18n import use
from desktop.model import FollowUp, Initiative, Meeting, Organisation, Person, Recommendation, Series
from desktop.service import agenda, carry_over, meetings, minutes, progress, records, series, setup, versions
from desktop.service.closing import Ending
from desktop.service.meetings import Attendee
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace

OFFICERS = [
    Officer("Sato Kenji", "佐藤健二", "sato@embassy.example", "First Secretary"),
    Officer("Morales Ana", "", "morales@embassy.example", "Economic Adviser"),
    Officer("Watanabe Yui", "渡辺結衣", "watanabe@embassy.example", "Second Secretary"),
]
PARTNER = ("US Embassy in Chile", "embassy", "US", ["Dana Whitfield", "Luis Ortega"])
HOSTS = [
    ("Subsecretaría de Telecomunicaciones", "SUBTEL", "agency", ["Claudia Fuentes", "Diego Rivas"]),
    ("Ministerio de Energía de Chile", "MINENERGIA", "ministry", ["Javiera Soto"]),
    ("Ministerio de Minería de Chile", "MINMINERIA", "ministry", ["Pablo Contreras"]),
    ("InvestChile", "", "agency", ["Marcela Núñez"]),
]
# With whom, by place in the directory: the partner first, then the hosts.
MEETINGS: list[tuple[str, str, str, int]] = [
    ("Coordination with the US Embassy on digital projects", "working_level", "Santiago", 0),
    ("Reunión con SUBTEL sobre Open RAN", "bilateral", "Santiago", 1),
    ("重要鉱物に関する意見交換", "bilateral", "Santiago", 3),
    ("Visit to the lithium plant in Antofagasta", "visit", "Antofagasta", 3),
    ("Mesa redonda sobre hidrógeno verde", "conference", "Punta Arenas", 2),
    ("Call with InvestChile on co-financing", "call", "", 4),
    ("Courtesy call on the new Undersecretary", "courtesy", "Santiago", 1),
    ("日米中南米協力 四半期協議", "working_level", "Santiago", 0),
]
PROMISES = [
    "Send the cable landing study to the ministry",
    "Draft the joint letter on vendor diversity",
    "Enviar la lista de empresas interesadas",
    "Name a contact point for the deal team",
    "Check eligibility for co-financing with capital",
    "Compartir los términos de referencia del piloto",
    "重要鉱物調査の結果を共有する",
    "Propose dates for the next round",
    "Comment on the draft memorandum",
    "Circulate the minutes to all three sides",
    "Translate the summary for the ministry",
    "Confirm speakers for the Open RAN academy",
]
DONE = [
    "Discussed at working level; both sides agree on the aim.",
    "Terms of reference exchanged and commented.",
    "先方と協議し、次回までに案を共有することで一致。",
    "Se acordó un calendario con la contraparte.",
    "Capital has cleared the text.",
    "Site visit done, report circulated.",
]
NEXT = [
    "Meet again within a month.",
    "Await the other side’s comments.",
    "Preparar una nota conjunta.",
    "本省の回答待ち。",
]
TOPICS = [
    "State of the pilot",
    "Financing: DFC, JBIC and the IDB",
    "Spectrum and security rules",
    "次回会合の日程",
    "Visita conjunta a Antofagasta",
    "Training of engineers",
]
NOTES = [
    "The ministry sees **two obstacles**: the budget of 2027 and the regulator's calendar.",
    "先方より、*年内の合意は難しい*との説明があった。",
    "La contraparte pide:\n\n- un calendario\n- una persona de contacto",
    "Both sides would welcome a visit of the port authority before the tender.",
]
DECISIONS = [
    "Both sides name a contact.",
    "Se prepara una nota conjunta.",
    "次回は来月とする。",
    "One joint letter.",
]
BLOCKS = ["", "", "", "Budget not confirmed.", "Awaiting the regulator’s decision."]


class Year:
    """The year under way: its clock moves forward from act to act."""

    def __init__(self, path: Path, end: dt.datetime | None = None) -> None:
        self.dice = Random(7)
        self.end = end or dt.datetime.now(dt.UTC)
        self.now = self.end - dt.timedelta(days=365)
        self.workspace = Workspace.create(path, clock=lambda: self.now)

    def run(self) -> Workspace:
        """Live through it; returns the workspace, open, at its last day."""
        workspace = self.workspace
        setup.set_up(
            workspace,
            Answers("Embassy of Japan in Chile", "CL", "America/Santiago", "JP", ["US"], ["CL"], OFFICERS),
        )
        self.officers = [Person.find(officer.name) for officer in OFFICERS]
        self.people()
        self.adopt()
        self.quarterly = records.add(
            workspace,
            Series,
            {
                "title": MEETINGS[-1][0],
                "rhythm": "quarterly",
                "kind": "working_level",
                "place": "Santiago",
                "starts": "10:00",
                "ends": "11:30",
                "counterparts": [self.counterparts[0].id],
                "countries": ["CL"],
            },
        )
        for week in range(52):
            self.now = self.end - dt.timedelta(days=364 - 7 * week, hours=self.dice.randrange(1, 5))
            workspace.sign_in(self.dice.choice(self.officers).uid)
            self.week(week)
        self.now = self.end
        workspace.sign_in(self.officers[0].uid)
        self.plan()
        return workspace

    def people(self) -> None:
        """The directory beyond the catalogue."""
        self.ours = Organisation.find(self.workspace.facts.post_uid)
        self.counterparts: list[Any] = []
        for name, acronym, kind, names in [(PARTNER[0], "", PARTNER[1], PARTNER[3]), *HOSTS]:
            country = PARTNER[2] if kind == "embassy" else "CL"
            known = Organisation.get_or_none(Organisation.named(name))
            values = {"name": name, "acronym": acronym, "kind": kind, "country": country}
            found = known or records.add(self.workspace, Organisation, values)
            self.counterparts.append(found)
            for person in names:
                records.add(self.workspace, Person, {"name": person, "organisation": found.id})
        tokyo = Organisation.find("METI")
        names = {
            "name": "Takahashi Hiroshi",
            "own_name": "高橋浩",
            "title": "Director",
            "organisation": tokyo.id,
        }
        self.visitor = records.add(self.workspace, Person, names)

    def adopt(self) -> None:
        """Each recommendation and some initiatives get an owner and a date."""
        for place, record in enumerate(
            Recommendation.select().where(Recommendation.level == "recommendation")
        ):
            target = (self.end + dt.timedelta(days=60 * place - 90)).date().isoformat()
            owner = self.officers[place % 3].id
            values = {"owner": owner, "target_on": target, "priority": ["high", "medium", "low"][place % 3]}
            records.change(self.workspace, record, {**values, "acceptance": "supported", "countries": ["CL"]})
        for place, record in enumerate(Initiative.select().where(Initiative.name_key != "").limit(96)):
            if place % 7 == 0:
                day = (self.end + dt.timedelta(days=8 * place - 200)).date().isoformat()
                values = {
                    "owner": self.officers[place % 3].id,
                    "milestone": "Steering meeting",
                    "milestone_on": day,
                }
                stage = ("idea", "bankable", "financing", "under_way")[place // 7 % 4]
                money = {
                    "value": str(250_000 * (place + 1)),
                    "currency": ("USD", "JPY", "EUR")[place // 7 % 3],
                }
                records.change(self.workspace, record, {**values, **money, "stage": stage})

    def week(self, number: int) -> None:
        """What a week brings: every other one a meeting, progress now and then, promises kept or moved."""
        if number % 2 == 0:
            self.meet(number // 2)
        self.report()
        self.keep()

    def meet(self, number: int) -> None:
        title, kind, where, whom = MEETINGS[number % len(MEETINGS)]
        counterpart = self.counterparts[whom]
        recommendation = self.dice.choice(
            list(Recommendation.select().where(Recommendation.level == "recommendation"))
        )
        guests = list(Person.select().where(Person.organisation == counterpart.id))
        promises = [self.promise(counterpart, recommendation) for _each in range(self.dice.randrange(1, 4))]
        of_series = {"series": self.quarterly.id} if title == self.quarterly.title else {}
        meeting = meetings.log_meeting(
            self.workspace,
            {
                **of_series,
                "title": title,
                "kind": kind,
                "state": "held",
                "on": self.workspace.today(),
                "starts": f"{self.dice.randrange(9, 17):02d}:00",
                "place": where,
                "country": "CL",
                "countries": ["CL"],
                "counterparts": [counterpart.id],
                "purpose": "Take stock and agree on next steps.",
            },
            [
                Attendee(person=self.workspace.officer.id),
                *([Attendee(person=self.visitor.id)] if number % 5 == 0 else []),
                *(
                    Attendee(person=guest.id, presence="excused" if place and number % 6 == 1 else "present")
                    for place, guest in enumerate(guests)
                ),
            ],
            promises,
            [recommendation],
        )
        self.write_minutes(meeting, recommendation, number)

    def write_minutes(self, meeting: Any, recommendation: Any, number: int) -> None:
        """Items with notes and decisions, what was carried over taken up, and most minutes made final."""
        workspace = self.workspace
        about = agenda.add(workspace, meeting, "", recommendation)
        minutes.add(workspace, meeting, "note", self.dice.choice(NOTES), about)
        minutes.add(workspace, meeting, "decision", self.dice.choice(DECISIONS), about)
        topic = agenda.add(workspace, meeting, TOPICS[number % len(TOPICS)])
        agenda.set_state(workspace, about, "discussed")
        if number % 3:
            minutes.add(workspace, meeting, "note", self.dice.choice(NOTES), topic)
            agenda.set_state(workspace, topic, "discussed")
        carried = carry_over.of(meeting)
        for each in (*carried.follow_ups[:2], *carried.topics[:1]):
            agenda.take_up(workspace, meeting, each, "discussed")
        if number % 4 != 3 and number < 24:
            versions.make_final(workspace, Meeting.get_by_id(meeting.id))
        if number == 4:
            versions.reopen(workspace, Meeting.get_by_id(meeting.id), "A name was misspelt")
            minutes.add(workspace, Meeting.get_by_id(meeting.id), "note", "The names were put right.")
            versions.make_final(workspace, Meeting.get_by_id(meeting.id))

    def promise(self, counterpart: Any, recommendation: Any) -> dict[str, Any]:
        """A follow-up owed by one side or the other."""
        by_us = self.dice.random() < 0.55
        return {
            "title": self.dice.choice(PROMISES),
            "owed_by": self.ours.id if by_us else counterpart.id,
            "owed_to": counterpart.id if by_us else self.ours.id,
            "owner": self.dice.choice(self.officers).id,
            "due_on": (self.now + dt.timedelta(days=self.dice.randrange(10, 110))).date().isoformat(),
            "priority": self.dice.choice(["high", "medium", "medium", "low"]),
            "serves": [recommendation],
        }

    def report(self) -> None:
        owned = list(Recommendation.select().where(Recommendation.owner.is_null(False)))
        owned += list(Initiative.select().where(Initiative.owner.is_null(False)))
        record = self.dice.choice(owned)
        status = ""
        if isinstance(record, Recommendation):
            status = self.dice.choice(["in_progress", "in_progress", "substantially_done", "stalled"])
        words = {
            "done": self.dice.choice(DONE),
            "next": self.dice.choice(NEXT),
            "blocks": self.dice.choice(BLOCKS),
        }
        progress.report(self.workspace, record, status=status, **words)

    def keep(self) -> None:
        """Promises that fall due are mostly kept, sometimes moved, sometimes forgotten."""
        week = [(self.now + dt.timedelta(days=day)).date().isoformat() for day in (0, 6)]
        ready = FollowUp.select().where(
            FollowUp.status.not_in(("done", "cancelled")) & FollowUp.due_on.between(*week)
        )
        for follow_up in ready:
            fate = self.dice.random()
            if fate < 0.62:
                shown = f"https://example.org/records/{follow_up.ref}" if follow_up.priority == "high" else ""
                words = {"done": self.dice.choice(DONE), "ending": Ending(evidence_link=shown)}
                progress.report(self.workspace, follow_up, status="done", **words)
            elif fate < 0.78:
                later = (self.now + dt.timedelta(days=self.dice.randrange(20, 50))).date().isoformat()
                by = self.dice.choice(["US Embassy", "SUBTEL", "Capital"])
                records.change(
                    self.workspace, follow_up, {"due_on": later}, reason="More time needed", agreed_by=by
                )
            elif fate < 0.9 and follow_up.owed_by_id != self.ours.id:
                progress.report(self.workspace, follow_up, status="waiting", next=self.dice.choice(NEXT))

    def plan(self) -> None:
        """Meetings to come."""
        series.plan_next(self.workspace, self.quarterly)
        for days, (title, kind, place, whom) in zip((3, 9, 17), MEETINGS, strict=False):
            on = (self.end + dt.timedelta(days=days)).date().isoformat()
            values = {
                "title": title,
                "kind": kind,
                "state": "planned",
                "on": on,
                "starts": "10:00",
                "place": place,
            }
            counterpart = self.counterparts[whom].id
            records.add(
                self.workspace, Meeting, {**values, "counterparts": [counterpart], "countries": ["CL"]}
            )


if __name__ == "__main__":
    use(sys.argv[2] if len(sys.argv) > 2 else "en")
    Year(Path(sys.argv[1])).run().close()
