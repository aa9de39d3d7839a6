"""Random acts on meetings: agendas, minutes, versions, series. `test_histories` mixes them with all others."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from desktop.model import (
    AgendaItem,
    Attendance,
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Point,
    Recommendation,
    Series,
)
from desktop.service import agenda, carry_over, meetings, minutes, records, series, versions
from desktop.service.workspace import Workspace

WORDS = ("cable", "会議の議題", "São Paulo", "=1+1", "**bold** and _thin_", "- a line\n- another", "x" * 200)


class Secretary:
    """Somebody who keeps minutes as chance tells; `one` and `day` come from whoever mixes it in."""

    workspace: Workspace
    chance: random.Random
    one: Callable[..., Any]
    day: Callable[[], str]

    def duties(self) -> tuple[Callable[[], Any], ...]:
        return (
            self.add_item,
            self.carry,
            self.judge,
            self.order,
            self.strike,
            self.add_point,
            self.turn,
            self.turn,
            self.reword,
            self.shift,
            self.drop_point,
            self.make_final,
            self.make_final,
            self.reopen,
            self.enrol,
            self.plan,
        )

    def text(self) -> str:
        return self.chance.choice(WORDS)

    def meeting(self) -> Any:
        found = [each for each in Meeting.select().order_by(Meeting.uid) if not each.historic]
        if not found:
            raise Invalid("none")
        return self.chance.choice(found)

    def add_item(self) -> None:
        about = self.chance.choice((None, self.one(Recommendation, Initiative)))
        agenda.add(self.workspace, self.meeting(), self.text(), about)

    def carry(self) -> None:
        meeting = self.meeting()
        found = carry_over.of(meeting)
        open_there = [*found.follow_ups, *found.topics]
        if open_there:
            state = self.chance.choice(("open", "discussed", "moved", "dropped"))
            agenda.take_up(self.workspace, meeting, self.chance.choice(open_there), state)

    def judge(self) -> None:
        state = self.chance.choice(("open", "discussed", "moved", "dropped"))
        agenda.set_state(self.workspace, self.one(AgendaItem), state)

    def order(self) -> None:
        agenda.move(self.workspace, self.one(AgendaItem), self.chance.randint(0, 3))

    def strike(self) -> None:
        agenda.remove(self.workspace, self.one(AgendaItem))

    def add_point(self) -> None:
        meeting = self.meeting()
        items = [*agenda.items(meeting), None]
        kind = self.chance.choice(("note", "decision", "follow_up"))
        minutes.add(self.workspace, meeting, kind, self.text(), self.chance.choice(items))

    def turn(self) -> None:
        into = self.chance.choice(("note", "decision", "follow_up"))
        minutes.turn(self.workspace, self.one(Point), into)

    def reword(self) -> None:
        minutes.reword(self.workspace, self.one(Point), self.text())

    def shift(self) -> None:
        point = self.one(Point)
        items = [*agenda.items(Meeting.get_by_id(point.meeting_id)), None]
        minutes.move(self.workspace, point, self.chance.randint(0, 3), self.chance.choice(items))

    def drop_point(self) -> None:
        minutes.remove(self.workspace, self.one(Point))

    def make_final(self) -> None:
        versions.make_final(self.workspace, self.meeting())

    def reopen(self) -> None:
        versions.reopen(self.workspace, self.meeting(), self.text())

    def enrol(self) -> None:
        typed = [row for row in Attendance.select().order_by(Attendance.uid) if row.person_id is None]
        if typed:
            meetings.enrol(self.workspace, self.chance.choice(typed))

    def plan(self) -> None:
        if not Series.select().exists() or self.chance.random() < 0.3:
            values = {"title": self.text()[:40], "rhythm": self.chance.choice(("weekly", "quarterly"))}
            records.add(
                self.workspace, Series, values | {"counterparts": {self.one(FollowUp).owed_by_id} - {None}}
            )
        else:
            series.plan_next(self.workspace, self.one(Series), self.day())
