"""The years of work: initiatives, meetings and follow-ups, and what happens to them later."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import texts
from benchmarks.bulk import Bulk, known_uids
from benchmarks.courses import Course
from benchmarks.directory import COUNTRIES
from desktop.model import (
    Attendance,
    FollowUp,
    Initiative,
    Link,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Sector,
)
from desktop.model.dates import local_instant, stamp
from desktop.service.facts import DIRECTION_OF_SIDE
from desktop.service.workspace import Workspace

FOR_EACH_INITIATIVE = 50
YEARS_BACK, YEARS_AHEAD = 3, 2
PLACES = ("Santiago", "São Paulo", "Tōkyō", "Bogotá", "Asunción", "東京", "Lima", "Washington, D.C.")


class Years:
    """Makes so many follow-ups, and all around them, in the order in which it happened."""

    def __init__(
        self, workspace: Workspace, rng: random.Random, size: int, say: Callable[[str], None]
    ) -> None:
        self.rng, self.size, self.say, self.facts = rng, size, say, workspace.facts
        self.bulk = Bulk(workspace, rng)
        known_uids(self.bulk, Organisation, Person, Sector, Recommendation)
        rows = self.bulk.connection.execute
        self.sides = dict(rows("SELECT id, side FROM organisation").fetchall())
        self.names = dict(rows("SELECT id, coalesce(nullif(acronym, ''), name) FROM organisation").fetchall())
        self.organisations = tuple(self.sides)
        self.ours = tuple(number for number, side in self.sides.items() if side in ("post", "capital"))
        self.people = tuple(row[0] for row in rows("SELECT id FROM person WHERE officer = 0"))
        self.officers = rows("SELECT id, uid, name FROM person WHERE officer = 1").fetchall()
        self.sectors = tuple(self.bulk.uids["sector"])
        self.recommendations = tuple(self.bulk.uids["recommendation"])
        self.bulk.uids["subject"] = dict(rows("SELECT id, uid FROM subject").fetchall())
        self.today = dt.date.fromisoformat(workspace.today())
        self.begin = self.today - dt.timedelta(days=365 * YEARS_BACK)
        self.made = 0
        self.later: list[tuple[str, int, Iterator[None]]] = []
        """When, which, and what will be done then."""
        self._tie = itertools.count()

    def fill(self) -> None:
        """Everything, in chronological order."""
        while self.made < self.size:
            self._initiative(min(FOR_EACH_INITIATIVE, self.size - self.made))
            if self.made % 1_000 == 0:
                self.say(f"{self.made:,} made")
        self._catch_up("9999")
        self.bulk.flush()

    # ---- when

    def _now(self) -> tuple[str, str]:
        """The day and instant of what is made next."""
        passed = (self.today - self.begin).days * self.made / self.size
        day = self.begin + dt.timedelta(days=passed)
        seconds = int(passed % 1 * 36_000) + 43_200
        at = f"{day}T{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}.000Z"
        return day.isoformat(), at

    def _catch_up(self, at: str) -> None:
        """Let happen what was to happen until now."""
        while self.later and self.later[0][0] <= at:
            next(heapq.heappop(self.later)[2], None)

    def plan(self, at: str, act: Iterator[None]) -> None:
        heapq.heappush(self.later, (at, next(self._tie), act))

    def some_day(self, after: str, most: int) -> str | None:
        """A day up to `most` days later, None if that is still to come."""
        day = dt.date.fromisoformat(after) + dt.timedelta(days=self.rng.randint(1, most))
        return day.isoformat() if day < self.today else None

    # ---- what

    def _initiative(self, follow_ups: int) -> None:
        day, at = self._now()
        self._catch_up(at)
        officer, rng = self.rng.choice(self.officers), self.rng
        said = texts.tongue(rng)
        partners = frozenset(rng.sample(self.organisations, rng.randint(1, 4)))
        values = {
            "name": texts.title(rng, said, self.names[min(partners)], self.made),
            "type": rng.choice(("programme", "project", "dialogue", "fund")),
            "stage": rng.choice(("idea", "bankable", "financing", "under_way", "completed")),
            "partners": partners,
            "countries": self._countries(),
            "sectors": frozenset([rng.choice(self.sectors)]),
            "owner": officer[0],
            "adopted_on": day,
            "start_on": day,
            "milestone_on": self._due(day, 300),
            "description": texts.details(rng, said, 4),
        }
        with self.bulk.operation("Add Initiative", at, officer[1:]):
            initiative = self.bulk.make(Initiative, at, values)
            self._link(at, initiative, rng.choice(self.recommendations), "advances")
        done = 0
        while done < follow_ups:
            some = min(rng.randint(6, 14), follow_ups - done)
            if done % 3:
                self._meeting(initiative, some)
            else:
                for _number in range(some):
                    self._single(initiative)
            done += some

    def _single(self, initiative: int) -> None:
        day, at = self._now()
        self._catch_up(at)
        officer = self.rng.choice(self.officers)
        with self.bulk.operation("Add a follow-up", at, officer[1:]):
            self._follow_up(initiative, None, day, at, officer)

    def _meeting(self, initiative: int, follow_ups: int) -> None:
        day, at = self._now()
        self._catch_up(at)
        rng, officer = self.rng, self.rng.choice(self.officers)
        said = texts.tongue(rng)
        counterparts = frozenset(rng.sample(self.organisations, 2))
        hour = rng.randint(9, 17)
        begin, end = (local_instant(day, f"{h:02d}:30", self.facts.zone) for h in (hour, hour + 1))
        values = {
            "title": texts.title(rng, said, self.names[min(counterparts)], self.made),
            "kind": rng.choice(("bilateral", "working_level", "call", "ministerial")),
            "state": "held",
            "on": day,
            "starts": f"{hour:02d}:30",
            "ends": f"{hour + 1:02d}:30",
            "zone": self.facts.zone,
            "starts_at": begin and stamp(begin),
            "ends_at": end and stamp(end),
            "place": rng.choice(PLACES),
            "country": texts.uneven(rng, COUNTRIES),
            "counterparts": counterparts,
            "countries": self._countries(),
            "minutes": texts.details(rng, said, 4),
            "decisions": texts.details(rng, said, 1),
        }
        with self.bulk.operation("Log a meeting", at, officer[1:]):
            meeting = self.bulk.make(Meeting, at, values)
            for person in rng.sample(self.people, 3):
                self.bulk.make(Attendance, at, {"meeting": meeting, "person": person, "side": "host"})
            for _number in range(follow_ups):
                self._follow_up(initiative, meeting, day, at, officer)
            self._link(at, meeting, initiative, "discussed")

    def _follow_up(self, initiative: int, meeting: int | None, day: str, at: str, officer: Any) -> None:
        rng, said = self.rng, texts.tongue(self.rng)
        self.made += 1
        by, to = rng.choice(self.ours), texts.uneven(rng, self.organisations)
        if rng.random() < 0.55:
            by, to = to, by
        owner = officer[0] if rng.random() < 0.6 else rng.choice(self.officers)[0]
        due = self._due(day, 365 * YEARS_AHEAD)
        begun = {
            "title": texts.title(rng, said, self.names[to], self.made),
            "detail": texts.details(rng, said, 3) if rng.random() < 0.7 else "",
            "owed_by": by,
            "owed_to": to,
            "direction": DIRECTION_OF_SIDE.get(self.sides[by], "other"),
            "raised_on": day,
            "meeting": meeting,
            "due_first": due,
            "due_on": due,
            "priority": rng.choices(("high", "medium", "low"), (20, 60, 20))[0],
            "owner": owner,
            "adopted_on": day,
            "countries": self._countries(),
            "sectors": frozenset([rng.choice(self.sectors)] if rng.random() < 0.4 else []),
        }
        course = Course(self, said, day, at, begun)
        number = self.bulk.make(FollowUp, at, {**begun, **course.now}, {**begun, **course.first})
        self._link(at, number, initiative, "serves")
        course.plan(number)

    def _link(self, at: str, one: int, other: int, relation: str) -> None:
        self.bulk.make(Link, at, {"from_subject": one, "to_subject": other, "relation": relation})

    def _countries(self) -> frozenset[str]:
        return frozenset(texts.uneven(self.rng, COUNTRIES) for _n in range(self.rng.choice((1, 1, 1, 2))))

    def _due(self, day: str, most: int) -> str | None:
        if self.rng.random() < 0.05:
            return None
        return (dt.date.fromisoformat(day) + dt.timedelta(days=self.rng.randint(7, most))).isoformat()
