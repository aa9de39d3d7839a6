"""What is open with the counterparts of a meeting, as tables: theirs, ours, and that of others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from desktop.export.audience import answered
from desktop.export.documents.cells import short, told
from desktop.export.documents.content import Span, Spans, Table, words
from desktop.export.documents.fitting import Section
from desktop.export.documents.standing import SHOWN, Cut, last_word
from desktop.i18n import _, captioned, format_date, format_number, join_parts, ngettext
from desktop.model import FollowUp, Organisation, Person
from desktop.service import query
from desktop.service.query import Query

OURS = ("us", "capital")
"""Directions that are ours, as a counterpart to whom it is owed sees it."""
WIDTHS = (14, 36, 19, 31)


def still_open(carried: Iterable[Any], items: Iterable[Any]) -> list[Any]:
    """Follow-ups that are carried over or stand on the agenda, and are open; the first due first."""
    subjects = [item.subject_id for item in items if item.subject_id]
    listed = FollowUp.select().where(FollowUp.id.in_(subjects)) if subjects else ()
    found = {each.id: each for each in (*carried, *listed)}
    followed = [each for each in found.values() if each.status in FollowUp.course.followed]
    return sorted(followed, key=lambda each: (each.due_on or "~", each.id))


def sections(
    workspace: Any, promises: Iterable[Any], counterparts: Collection[int], cut: Cut
) -> tuple[Section, ...]:
    """What the counterparts (ids) owe us, what we owe them, and the rest, which was only said at meetings with them."""
    theirs, ours, others = list[Any](), list[Any](), list[Any]()
    promised = list(promises)
    to_somebody = answered(workspace, [each.id for each in promised], "owed_to")
    people: Any = Person.select(Person.id).where(Person.organisation.in_(list(counterparts))).tuples()
    their_people = {person for (person,) in people}
    for each in promised:
        named = each.owed_to_id is not None or each.owed_to_person_id is not None
        to_nobody = not named and each.id not in to_somebody
        to_them = _theirs(each, "owed_to", counterparts, their_people)
        if _theirs(each, "owed_by", counterparts, their_people):
            theirs.append(each)
        elif (each.direction in OURS and to_them) or (each.direction == "us" and to_nobody):
            ours.append(each)
        else:
            others.append(each)
    # Whom all of it is about needs no saying.
    plain = {workspace.facts.post}
    if len(counterparts) == 1:
        plain |= {Organisation.words_of(each) for each in counterparts}
    titles = _("They owe us"), _("We owe them"), _("Others, from meetings with them")
    # Among others neither end goes without saying.
    unsaid = (plain, plain, set[str]())
    return tuple(
        _section(workspace, title, found, known, cut)
        for title, found, known in zip(titles, (theirs, ours, others), unsaid, strict=True)
    )


def _theirs(follow_up: Any, end: str, counterparts: Collection[int], people: Collection[int]) -> bool:
    """Whether a counterpart stands at an end of it, `owed_by` or `owed_to`, or one of its people (ids)."""
    organisation = getattr(follow_up, f"{end}_id")
    return (
        organisation in counterparts
        if organisation is not None
        else getattr(follow_up, f"{end}_person_id") in people
    )


def _section(workspace: Any, title: str, found: Sequence[Any], plain: Collection[str], cut: Cut) -> Section:
    heads = (_("Ref"), _("Commitment"), _("Due"), _("Last word"))
    rows = tuple(_row(workspace, each, plain, cut) for each in found[:SHOWN])
    return Section(title, Table(heads, rows, WIDTHS), len(found))


def _row(workspace: Any, follow_up: Any, plain: Collection[str], cut: Cut) -> tuple[Spans, ...]:
    columns = ("owed_by", "owed_by_person", "owed_to", "owed_to_person", "days_overdue")
    asked = Query(FollowUp, columns)
    row = query.one(workspace, asked, follow_up.id)
    assert row is not None
    shown = dict(zip(columns, query.shown(asked, row), strict=True))
    ends = []
    for end, label in (("owed_by", _("Owed by")), ("owed_to", _("Owed to"))):
        organisation = "" if shown[end] in plain else shown[end]
        named = join_parts(shown[f"{end}_person"], organisation)
        ends.append(captioned(label, named) if named else "")
    raised = follow_up.raised_on
    since = _("since {day}").format(day=format_date(raised)) if raised else ""
    due: Spans = words(format_date(follow_up.due_on))
    late = int(row[-1] or 0)
    if late:
        days = ngettext("{count} day overdue", "{count} days overdue", late)
        due += (Span("\n"), Span(days.format(count=format_number(late)), tone="red"))
    what = told(short(follow_up.title, cut.cell), short(join_parts(*ends, since), cut.cell))
    return words(follow_up.ref), what, due, last_word(follow_up, cut)
