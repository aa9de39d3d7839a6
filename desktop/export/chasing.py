"""Chasing, politely: a letter to a counterpart, in its language, about what is open between it and us.

It says what was promised and by when, in words that an embassy can send; nothing else of a record goes into it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.countries import language_of
from desktop.export import mail
from desktop.export.audience import anew, seen
from desktop.export.handling import is_lower, marking_of
from desktop.i18n import N_, _, format_date, format_number, ngettext, speaking
from desktop.model import FollowUp, Invalid, Organisation, Person
from desktop.model.visibility import INTERNAL
from desktop.service import handling

OURS = ("post", "capital")
"""Sides that are ours, as a counterpart sees it."""

PROMISED = {
    # whether it is known since when, and by when
    (True, True): N_("Raised on {since}, foreseen for {due}."),
    (True, False): N_("Raised on {since}."),
    (False, True): N_("Foreseen for {due}."),
}


@dataclass(frozen=True)
class Reminder:
    """A letter as it would be sent, to be read by the officer before."""

    subject: str
    text: str
    follow_ups: tuple[FollowUp, ...]
    """Those it lists: what they owe us, then what we owe them."""
    to: tuple[str, ...]
    """Addresses of those of its people who are named in the follow-ups; of all where none of them has one."""
    told: tuple[str, ...]
    """Sentences for the officer about people whom it cannot reach, and that it goes to all of them."""
    language: str
    marking: str = ""
    """How it is to be handled, with which the text begins; '' where nobody has said it."""


def commitments(workspace: Any, organisation_id: int) -> tuple[list[FollowUp], list[FollowUp]]:
    """What is open: what an organisation or its people owe us, and what we owe them; the earliest due first.

    What it owes to somebody else is none of ours to recall, and left out.
    """
    people = Person.select(Person.id).where(Person.organisation == organisation_id)
    still_open = FollowUp.status.in_(FollowUp.course.followed)
    by = (FollowUp.owed_by == organisation_id) | FollowUp.owed_by_person.in_(people)
    to = (FollowUp.owed_to == organisation_id) | FollowUp.owed_to_person.in_(people)
    theirs = FollowUp.select().where(still_open & by & (FollowUp.direction != "us") & _owed_to_us())
    ours = FollowUp.select().where(still_open & to & (FollowUp.direction == "us"))
    return sorted(theirs, key=_due), sorted(ours, key=_due)


def _owed_to_us() -> Any:
    """The condition that it is owed to our side, or to nobody named."""
    our_side = Organisation.select(Organisation.id).where(Organisation.side.in_(OURS))
    ours = Person.officer | Person.organisation.is_null() | Person.organisation.in_(our_side)
    person = FollowUp.owed_to_person
    named = person.is_null() | person.in_(Person.select(Person.id).where(ours))
    return FollowUp.owed_to.in_(our_side) | (FollowUp.owed_to.is_null() & named)


def _due(follow_up: Any) -> tuple[str, int]:
    return follow_up.due_on or "9999", follow_up.id


def open_with_words(
    workspace: Any, organisation: Organisation, language: str | None = None, audience: str = INTERNAL
) -> Reminder:
    """The letter, in that language or else in the one of the organisation's country.

    For others than the post it lists what they may see. Raises `Invalid` where nothing is open with it.
    """
    theirs, ours = commitments(workspace, organisation.id)
    known = {each.uid: each for each in theirs + ours}
    with seen(workspace, audience):
        theirs, ours = anew(theirs), anew(ours)
    if not theirs and not ours:
        raise Invalid(
            _("Nothing is open with {organisation}: there is nothing to recall.").format(
                organisation=organisation.acronym or organisation.name
            )
        )
    to, told = _reached(organisation, [known[each.uid] for each in theirs + ours])
    with speaking(language or language_of(organisation.country)) as spoken:
        subject = _("Our open points: a friendly reminder") if theirs else _("Our open points")
        # Of whatever nobody says anything is internal; a letter to a counterpart is not called so.
        own = workspace.facts.marking
        said = audience != INTERNAL or (own and not is_lower(own, audience))
        marking = marking_of(workspace, "", audience) if said else ""
        text = handling.above(marking, _letter(workspace, theirs, ours))
    return Reminder(subject, text, (*theirs, *ours), tuple(to), tuple(told), spoken, marking)


def reminder_mail(
    workspace: Any, organisation: Organisation, language: str | None = None, audience: str = INTERNAL
) -> bytes:
    """The letter as an e-mail draft to the organisation's people; `open_with_words` tells who is not reached."""
    letter = open_with_words(workspace, organisation, language, audience)
    return mail.draft(to=letter.to, subject=letter.subject, text=letter.text, language=letter.language)


def _letter(workspace: Any, theirs: list[FollowUp], ours: list[FollowUp]) -> str:
    today = workspace.today()
    parts = [_("Dear colleagues,")]
    if theirs:
        parts += [
            _(
                "Thank you for the good cooperation between us. May we kindly recall the following points, on which we"
                " should be most grateful to hear from you at your convenience?"
            ),
            _listed(theirs, today, tactful=True),
            _(
                "Should one of these dates call for a change, or should we be able to help, please let us know."
            ),
        ]
    if ours:
        parts += [
            _("For our part, we have the following points in hand for you:")
            if theirs
            else _(
                "Thank you for the good cooperation between us. We should like to assure you that we have the following"
                " points in hand for you:"
            ),
            _listed(ours, today, tactful=False),
        ]
    return "\n\n".join([*parts, mail.signature(workspace)]) + "\n"


def _listed(follow_ups: Iterable[Any], today: str, *, tactful: bool) -> str:
    return "\n".join(
        _point(number, each, today, tactful=tactful) for number, each in enumerate(follow_ups, start=1)
    )


def _point(number: int, follow_up: Any, today: str, *, tactful: bool) -> str:
    """One point: what, under which reference, since when, by when; of theirs, for how long it is late."""
    lines = [
        _("{number}. {title} ({ref})").format(
            number=format_number(number), title=follow_up.title, ref=follow_up.ref
        )
    ]
    known = bool(follow_up.raised_on), bool(follow_up.due_on)
    if any(known):
        since, due = (format_date(day, "long") for day in (follow_up.raised_on, follow_up.due_on))
        lines.append(_(PROMISED[known]).format(since=since, due=due))
    late = _days(follow_up.due_on, today) if tactful else 0
    if late > 0:
        lines.append(
            ngettext(
                "{count} day has passed since.",
                "{count} days have passed since.",
                late,
            ).format(count=format_number(late))
        )
    return "\n   ".join(lines)


def _days(due: str | None, today: str) -> int:
    """Days since a due date; none where there is none."""
    return (dt.date.fromisoformat(today) - dt.date.fromisoformat(due)).days if due else 0


def _reached(organisation: Any, follow_ups: list[Any]) -> tuple[list[str], list[str]]:
    """The addresses of those of the organisation's people who are named, and sentences about whom no mail reaches.

    Where none of them has one it goes to all people of the organisation, and a sentence says so.
    """
    named = {
        person
        for each in follow_ups
        for person in (each.owed_by_person_id, each.owed_to_person_id)
        if person is not None
    }
    people = list(Person.select().where(Person.organisation == organisation.id).order_by(Person.name_key))
    meant = [person for person in people if person.id in named]
    to = [person.email for person in meant if mail.address(person.email) is not None]
    without = [person.name for person in meant if not person.email]
    everybody = []
    if not to:
        meant = people
        to = [person.email for person in people if mail.address(person.email) is not None]
        words = _(
            "Nobody named in these follow-ups has an e-mail address; the draft goes to all people of {organisation}."
        )
        name = organisation.acronym or organisation.name
        everybody = [words.format(organisation=name)] if to else []
    wrong = [person.email for person in meant if person.email and mail.address(person.email) is None]
    return to, [*everybody, *mail.unreached(without, wrong)]
