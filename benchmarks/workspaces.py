"""Generated workspaces of 1,000 to 1,000,000 follow-ups, as five busy years would leave them.

Fifty follow-ups to an initiative; updates, meetings with those who came, links, moved dates; a real journal. They
are made once and kept in the user's cache folder, under a name that follows from the schema and this generator.
To change what they hold: change it here, and raise `GENERATOR`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
import itertools
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import platformdirs

from benchmarks import texts
from benchmarks.bulk import Bulk, known_uids, without_indexes
from desktop.model import (
    Attendance,
    Change,
    Extension,
    FollowUp,
    Initiative,
    Link,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Sector,
    Update,
)
from desktop.model.dates import local_instant, stamp
from desktop.service import derive, journal, setup
from desktop.service.facts import DIRECTION_OF_SIDE
from desktop.service.workspace import Workspace
from desktop.store.migrate import SCRIPTS

GENERATOR = 1
SIZES = (1_000, 100_000, 1_000_000)
FOR_EACH_INITIATIVE = 50
YEARS_BACK, YEARS_AHEAD = 3, 2
SHARE_OPEN = 0.2

FAST = ("foreign_keys = 0", "journal_mode = OFF", "synchronous = 0", "temp_store = 1", "cache_size = -400000")
"""While a file is made that is thrown away if that fails: no way back, no waiting for the disk, sorting on it."""

COUNTRIES = ("CL", "BR", "AR", "PE", "CO", "UY", "PY", "BO", "EC", "MX", "PA", "CR", "GT", "DO", "VE", "JM")
"""The first ones far more often than the last."""
FAMILY = (
    "Silva",
    "González",
    "Tanaka",
    "Müller",
    "Nuñez",
    "Satō",
    "Araújo",
    "O’Brien",
    "Suzuki",
    "Peña",
    "Ibáñez",
)
GIVEN = ("Ana", "José", "Yuki", "Inês", "Søren", "Haruto", "Renée", "Luís", "Mei", "Andrés", "Zoë", "Kenji")
OWN = ("田中", "佐藤", "鈴木", "高橋", "渡辺", "伊藤", "山本", "中村")
PLACES = ("Santiago", "São Paulo", "Tōkyō", "Bogotá", "Asunción", "東京", "Lima", "Washington, D.C.")


def path_of(size: int) -> Path:
    """Where the workspace of this size lies, or will."""
    folder = platformdirs.user_cache_path("Juntos", appauthor=False) / "benchmarks"
    schema = hashlib.sha256(b"".join(script.read_bytes() for script in sorted(SCRIPTS.glob("*.py"))))
    return folder / f"{size}-{schema.hexdigest()[:8]}-{GENERATOR}.juntos"


def provide(size: int) -> Path:
    """The workspace of so many follow-ups; made if there is none."""
    path = path_of(size)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        for suffix in ("", "-wal", "-shm"):
            Path(f"{part}{suffix}").unlink(missing_ok=True)
        build(part, size)
        part.rename(path)
    return path


def build(path: Path, size: int) -> None:
    """Make the workspace in a new file."""
    begun = time.monotonic()

    def say(what: str) -> None:
        if sys.stderr.isatty() or time.monotonic() - say.last > 5:  # type: ignore[attr-defined]
            say.last = time.monotonic()  # type: ignore[attr-defined]
            print(f"  {size:,} follow-ups, {say.last - begun:4.0f} s: {what}", file=sys.stderr)  # type: ignore[attr-defined]

    say.last = 0.0  # type: ignore[attr-defined]
    rng = random.Random(size)
    workspace = Workspace.create(path)
    try:
        _directory(workspace, rng)
        for pragma in FAST:
            workspace.engine.db.execute_sql(f"PRAGMA {pragma}")
        connection = workspace.engine.db.connection()
        with workspace.engine.write(), without_indexes(connection, say):
            Years(workspace, rng, size, say).fill()
        say("checking")
        _check(workspace, thoroughly=size <= 1_000)
        workspace.engine.db.execute_sql("PRAGMA query_only = 0")
        workspace.engine.db.execute_sql("PRAGMA journal_mode = WAL")
    finally:
        workspace.close()


def _check(workspace: Workspace, thoroughly: bool) -> None:
    """Fail where the file is not what the services would have left."""
    connection = workspace.engine.db.connection()
    assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
    if not thoroughly:
        return
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert journal.broken_at() is None
    derived = "SELECT id, last_update_on, times_slipped, direction FROM follow_up ORDER BY id"
    kept = connection.execute(derived).fetchall()
    with workspace.engine.write():
        derive.rebuild(workspace.facts)
    assert connection.execute(derived).fetchall() == kept
    for record in itertools.chain(FollowUp.select(), Meeting.select(), Initiative.select(), Update.select()):
        assert _replayed(record.uid) == journal.snapshot(record), record.uid


def _replayed(uid: str) -> dict[str, Any]:
    """What the journal says that a record is."""
    values: dict[str, Any] = {}
    for change in Change.select().where(Change.uid == uid).order_by(Change.id):
        if change.field == journal.WHOLE:
            values = json.loads(change.after)
        else:
            assert change.before == journal.canonical(values.get(change.field)), (uid, change.field)
            values[change.field] = json.loads(change.after)
    return values


def _directory(workspace: Workspace, rng: random.Random) -> None:
    """The post, twelve officers, 200 organisations, 400 people, sectors and recommendations; by the services."""
    officers = [setup.Officer(f"{rng.choice(GIVEN)} {name}", rng.choice(OWN)) for name in (*FAMILY, "Ōkubo")]
    setup.set_up(
        workspace,
        setup.Answers(
            "Embassy of Japan in Chile",
            "CL",
            "America/Santiago",
            "JP",
            ("US",),
            ("CL", "BO"),
            officers,
            0,
            False,
        ),
    )
    with workspace.operation("Set up the directory", source="import") as writing:
        kinds = (
            "ministry",
            "agency",
            "company",
            "university",
            "international",
            "development_bank",
            "ngo",
            "embassy",
        )
        words = (
            "Digital",
            "Energía",
            "Saúde",
            "Minería",
            "通信",
            "Agrícola",
            "Finance",
            "Ciência",
            "Water",
            "教育",
        )
        organisations = [
            writing.create(
                Organisation,
                {
                    "name": f"{rng.choice(words)} {kind.replace('_', ' ')} {number}",
                    "own_name": rng.choice(OWN) + "機構" if number % 4 == 0 else "",
                    "acronym": f"{kind[0].upper()}{rng.choice('ABCDEFGHIJ')}{number:03d}"
                    if number % 3
                    else "",
                    "kind": kind,
                    "country": texts.uneven(rng, ("CL", "JP", "US", *COUNTRIES))
                    if kind != "international"
                    else "",
                },
            )
            for number, kind in ((n, rng.choice(kinds)) for n in range(1, 201))
        ]
        for number in range(400):
            values = {
                "name": f"{rng.choice(GIVEN)} {rng.choice(FAMILY)} {number}",
                "own_name": rng.choice(OWN) if number % 3 == 0 else "",
                "organisation": rng.choice(organisations).id,
            }
            writing.create(Person, values)
        for name in (
            "Telecommunications",
            "Health",
            "Agriculture",
            "Energy",
            "Finance",
            "教育",
            "Mineração",
            "Agua",
        ):
            writing.create(Sector, {"name": name})
        heading = writing.create(Recommendation, {"title": "Connectivity", "level": "heading"})
        for number in range(30):
            values = {
                "title": texts.title(rng, texts.tongue(rng), "all partners", number),
                "parent": heading.id,
                "target_on": f"{dt.date.today().year + rng.randint(-1, 2)}-12-31",
                "status": rng.choice(("not_started", "in_progress", "stalled", "implemented")),
            }
            writing.create(Recommendation, values)


class Years:
    """The years of work: what is made, and what happens to it later, in the order in which it happened."""

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

    def _plan(self, at: str, act: Iterator[None]) -> None:
        heapq.heappush(self.later, (at, next(self._tie), act))

    def _some_day(self, after: str, most: int) -> str | None:
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


class Course:
    """What becomes of one follow-up: its dates move, progress is reported, most are closed."""

    def __init__(self, years: Years, said: texts.Tongue, day: str, at: str, begun: dict[str, Any]) -> None:
        self.years, self.rng, self.said = years, years.rng, said
        self.first: dict[str, Any] = {"status": "open"}
        """Values at the beginning, where they are others than in the end."""
        self.now: dict[str, Any] = {"status": "open", "updated_at": at, "version": 1}
        self.acts: list[tuple[str, Callable[[int, str, str], Iterator[None]], tuple[Any, ...]]] = []
        self._moves(day, begun["due_on"])
        rng, now = self.rng, self.now
        if rng.random() < SHARE_OPEN:
            reported = rng.random() < 0.4 and years._some_day(day, 400)
            if reported:
                self._reports(reported, rng.choice(("in_progress", "in_progress", "waiting", "open")))
            return
        closed = years._some_day(day, 300)
        status = "done" if rng.random() < 0.9 else "cancelled"
        if closed and rng.random() < 0.45:
            self.first["closed_on"] = None
            self._reports(closed, status)
        else:  # written down when it was settled already
            self.first["status"] = now["status"] = status
        now["closed_on"] = closed or day
        if rng.random() < 0.7:
            now["outcome"] = self.first["outcome"] = rng.choice(said.outcomes)

    def plan(self, number: int) -> None:
        """Let it happen when its time comes."""
        for at, act, details in self.acts:
            self.years._plan(at, act(number, at, *details))

    def _moves(self, day: str, due: str | None) -> None:
        for _number in range(self.rng.choices((0, 1, 2), (85, 12, 3))[0] if due else 0):
            moved = self.years._some_day(day, 200)
            if moved is None:
                break
            day, before = moved, due
            due = (dt.date.fromisoformat(before) + dt.timedelta(days=self.rng.randint(14, 120))).isoformat()
            self._act(day, self._move, before, due, day)
            self.now["due_on"], self.now["times_slipped"] = due, self.now.get("times_slipped", 0) + 1

    def _reports(self, day: str, status: str) -> None:
        self._act(day, self._report, self.now["status"], status, day)
        self.now["status"], self.now["last_update_on"] = status, day

    def _act(self, day: str, act: Any, *details: Any) -> None:
        at = f"{day}T{self.rng.randint(12, 21):02d}:{self.rng.randint(0, 59):02d}:00.500Z"
        self.acts.append((at, act, details))
        self.now["updated_at"] = max(at, self.now["updated_at"])
        self.now["version"] += 1

    def _move(self, number: int, at: str, before: str, after: str, day: str) -> Iterator[None]:
        bulk = self.years.bulk
        with bulk.operation("Change a follow-up: Due", at, self.rng.choice(self.years.officers)[1:]):
            bulk.changed(FollowUp, number, "due_on", before, after)
            values = {
                "subject": number,
                "field": "due_on",
                "from_on": before,
                "to_on": after,
                "moved_on": day,
            }
            bulk.make(Extension, at, {**values, "reason": "The other side asked for more time."})
        yield

    def _report(self, number: int, at: str, before: str, after: str, day: str) -> Iterator[None]:
        bulk, officer = self.years.bulk, self.rng.choice(self.years.officers)
        with bulk.operation("Report progress on a follow-up", at, officer[1:]):
            values = {
                "subject": number,
                "on": day,
                "status_from": before,
                "status_to": after,
                "done": self.rng.choice(self.said.outcomes),
                "next": self.rng.choice(self.said.details) if after == "in_progress" else "",
                "author": officer[0],
            }
            bulk.make(Update, at, values)
            if after != before:
                bulk.changed(FollowUp, number, "status", before, after)
            if after in ("done", "cancelled"):
                bulk.changed(FollowUp, number, "closed_on", None, day)
        yield
