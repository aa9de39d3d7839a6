"""Carry-over: what a meeting opens with, because it was left open with the same counterparts before.

A follow-up is open *with* a counterpart that owes it, to whom it is owed (itself or one of its people), or at a
meeting with which it was raised. A topic was left if it stands undiscussed, or moved on, on the agenda of an earlier
meeting with the counterpart and no later agenda took it up.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import peewee as pw

from desktop.model import AgendaItem, FollowUp, Meeting, Person
from desktop.model.sets import SubjectOrganisation

COUNTERPART = "counterpart"
LAST = "~"
"""Begins after every instant."""
LEFT = ("open", "moved")
"""States of an agenda item whose topic waits for the next meeting."""


@dataclass(frozen=True)
class Carried:
    """What a meeting opens with, beside its own agenda."""

    follow_ups: tuple[Any, ...]
    """Follow-ups in both directions, the earliest due first, those without a date last."""
    topics: tuple[Any, ...]
    """Agenda items of earlier meetings, in the order of the meetings and of their agendas."""
    others: tuple[Any, ...] = ()
    """Of the follow-ups, those in which the counterparts have no part: they were promised at a meeting with them."""

    @property
    def between(self) -> tuple[Any, ...]:
        """The follow-ups without the others: those that the counterparts owe, or that are owed to them."""
        apart = {each.id for each in self.others}
        return tuple(each for each in self.follow_ups if each.id not in apart)


def of(meeting: Any) -> Carried:
    """What is carried over to a meeting and not on its agenda yet, whatever became of it there."""
    counterparts = Meeting.counterparts.read(meeting.id)
    taken = [*AgendaItem.select().where(AgendaItem.meeting == meeting.id)]
    subjects = {item.subject_id for item in taken}
    held = meeting.state != "planned"
    follow_ups = [
        each
        for each in open_with(counterparts, held_on=meeting.on if held else "")
        if each.meeting_id != meeting.id and each.id not in subjects
    ]
    topics = tuple(left_topics(counterparts, meeting))
    return Carried(tuple(follow_ups), topics, _others(follow_ups, counterparts))


def ahead(organisations: frozenset[int], on: str, *, held: bool) -> Carried:
    """What a meeting that is not logged yet would open with: on that day, with these counterparts."""
    last = SimpleNamespace(id=sys.maxsize, on=on, starts_at=LAST)
    topics = left_topics(organisations, last) if on else []
    follow_ups = open_with(organisations, held_on=on if held else "")
    return Carried(tuple(follow_ups), tuple(topics), _others(follow_ups, organisations))


def open_with(organisations: frozenset[int], held_on: str = "") -> list[FollowUp]:
    """The follow-ups that are open with any of these organisations.

    For a meeting that was `held_on` a day, those that were open on that day: raised by then, and not closed before.
    """
    if not organisations:
        return []
    ids = list(organisations)
    theirs = Person.select(Person.id).where(Person.organisation.in_(ids))
    met = SubjectOrganisation.select(SubjectOrganisation.subject).where(
        (SubjectOrganisation.role == COUNTERPART) & SubjectOrganisation.organisation.in_(ids)
    )
    with_them = (
        FollowUp.owed_by.in_(ids)
        | FollowUp.owed_to.in_(ids)
        | FollowUp.owed_by_person.in_(theirs)
        | FollowUp.owed_to_person.in_(theirs)
        | FollowUp.meeting.in_(met)
    )
    rows = FollowUp.select().where(with_them & _open(held_on))
    return list(rows.order_by(FollowUp.due_on.is_null(), FollowUp.due_on, FollowUp.id))


def _others(follow_ups: list[Any], organisations: frozenset[int]) -> tuple[Any, ...]:
    """Those in which none of these organisations has a part. What we promised to nobody in particular is with them."""
    people: Any = Person.select(Person.id).where(Person.organisation.in_(list(organisations))).tuples()
    persons = {person for (person,) in people}

    def concerns(each: Any) -> bool:
        to_nobody = each.owed_to_id is None and each.owed_to_person_id is None
        return (
            (each.direction == "us" and to_nobody)
            or bool({each.owed_by_id, each.owed_to_id} & organisations)
            or bool({each.owed_by_person_id, each.owed_to_person_id} & persons)
        )

    return tuple(each for each in follow_ups if not concerns(each))


def _open(on: str) -> Any:
    followed = FollowUp.status.in_(FollowUp.course.followed)
    if not on:
        return followed
    begun = FollowUp.raised_on.is_null() | (pw.fn.SUBSTR(FollowUp.raised_on, 1, len(on)) <= on)
    return begun & (followed | (pw.fn.SUBSTR(FollowUp.closed_on, 1, len(on)) >= on))


def left_topics(organisations: frozenset[int], before: Any) -> list[AgendaItem]:
    """The topics that earlier meetings with any of these organisations left; `before` is the meeting that asks.

    A follow-up on an agenda is no topic: it is carried over while it is open.
    """
    if not organisations:
        return []
    met = SubjectOrganisation.select(SubjectOrganisation.subject).where(
        (SubjectOrganisation.role == COUNTERPART) & SubjectOrganisation.organisation.in_(list(organisations))
    )
    later = AgendaItem.alias()
    taken_up = later.select(later.carried_from).where(later.carried_from.is_null(False))
    return list(
        AgendaItem.select()
        .join(Meeting, on=(AgendaItem.meeting == Meeting.id))
        .where(
            Meeting.id.in_(met),
            Meeting.id != before.id,
            Meeting.state != "planned",
            _earlier(before),
            AgendaItem.state.in_(LEFT),
            AgendaItem.id.not_in(taken_up),
            AgendaItem.subject.is_null() | AgendaItem.subject.not_in(FollowUp.select(FollowUp.id)),
        )
        .order_by(Meeting.on, _begins(Meeting.starts_at), Meeting.id, AgendaItem.position, AgendaItem.id)
    )


def _begins(instant: Any) -> Any:
    return pw.fn.COALESCE(instant, "")


def _earlier(than: Any) -> Any:
    """The condition that a meeting was before another one: by day, by hour, by the order in which they were noted.

    One of which only the month or the year is known comes after all days of it.
    """
    if len(than.on) < 10:
        return (Meeting.on < f"{than.on}~") & ((Meeting.on != than.on) | (Meeting.id < than.id))
    begins = than.starts_at or ""
    before = (_begins(Meeting.starts_at) < begins) | (
        (_begins(Meeting.starts_at) == begins) & (Meeting.id < than.id)
    )
    return (Meeting.on < than.on) | ((Meeting.on == than.on) & before)
