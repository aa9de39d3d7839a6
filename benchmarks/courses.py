"""What becomes of one follow-up: its dates move, progress is reported, most are closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from benchmarks import texts
from desktop.model import Extension, FollowUp, Update

if TYPE_CHECKING:
    from benchmarks.years import Years

SHARE_OPEN = 0.2


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
            reported = rng.random() < 0.4 and years.some_day(day, 400)
            if reported:
                self._reports(reported, rng.choice(("in_progress", "in_progress", "waiting", "open")))
            return
        closed = years.some_day(day, 300)
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
            self.years.plan(at, act(number, at, *details))

    def _moves(self, day: str, due: str | None) -> None:
        for _number in range(self.rng.choices((0, 1, 2), (85, 12, 3))[0] if due else 0):
            moved = self.years.some_day(day, 200)
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
