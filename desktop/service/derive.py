"""Stored facts that follow from other rows: they are indexed for lists, never journalled, and can be rebuilt.

`before_save` fills those that a record has of its own account; `after_write` mends those of other records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee as pw

from desktop.model import (
    Extension,
    FollowUp,
    Initiative,
    Organisation,
    Person,
    Recommendation,
    Record,
    Update,
    database,
)
from desktop.model.followed import Followed
from desktop.service.facts import DIRECTION_OF_SIDE, Facts

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

FOLLOWED: tuple[type[Any], ...] = (Recommendation, Initiative, FollowUp)


def before_save(record: Record, workspace: Workspace) -> None:
    """Fill the derived columns of a record that is about to be saved."""
    if isinstance(record, Organisation):
        record.side = record.side_set or workspace.facts.side(record.uid, record.kind, record.country)
    if isinstance(record, Followed):
        record.adopted_on = (record.adopted_on or workspace.today()) if record.owner_id else None
    if isinstance(record, FollowUp):
        record.direction = direction(record)


def direction(record: Any) -> str:
    """Who owes a follow-up: the side of the organisation, else of the person's, else we do."""
    organisation, person = record.owed_by_id, record.owed_by_person_id
    if organisation is None and person is not None:
        row = Person.select(Person.organisation, Person.officer).where(Person.id == person).tuples().get()
        if row[1]:
            return "us"
        organisation = row[0]
        if organisation is None:
            return "other"
    if organisation is None:
        return "us"
    side = Organisation.select(Organisation.side).where(Organisation.id == organisation).tuples().get()[0]
    return DIRECTION_OF_SIDE.get(side, "other")


def after_write(record: Record) -> None:
    """Mend what other records derive from this one, which was just made, changed or deleted."""
    if isinstance(record, Update):
        _refresh_updates(record.subject_id)
    elif isinstance(record, Extension):
        _refresh_slips(record.subject_id)
    elif isinstance(record, Organisation):
        _refresh_directions(record.id)
    elif isinstance(record, Person):
        for follow_up in FollowUp.select().where(FollowUp.owed_by_person == record.id):
            _set_direction(follow_up)


def _refresh_updates(subject: int) -> None:
    last = Update.select(pw.fn.MAX(Update.on)).where(Update.subject == subject).scalar()
    for entity in FOLLOWED:
        entity.update(last_update_on=last).where(entity.id == subject).execute()


def _refresh_slips(subject: int) -> None:
    slips = (
        Extension.select()
        .where((Extension.subject == subject) & (Extension.to_on > Extension.from_on))
        .count()
    )
    for entity in FOLLOWED:
        entity.update(times_slipped=slips).where(entity.id == subject).execute()


def _refresh_directions(organisation: int) -> None:
    members = Person.select(Person.id).where(Person.organisation == organisation)
    owed = (FollowUp.owed_by == organisation) | FollowUp.owed_by_person.in_(members)
    for follow_up in FollowUp.select().where(owed):
        _set_direction(follow_up)


def _set_direction(follow_up: Any) -> None:
    FollowUp.update(direction=direction(follow_up)).where(FollowUp.id == follow_up.id).execute()


def rebuild_sides(facts: Facts) -> None:
    """Sides and directions anew, after the workspace's facts changed."""
    for organisation in Organisation.select():
        side = organisation.side_set or facts.side(organisation.uid, organisation.kind, organisation.country)
        if side != organisation.side:
            Organisation.update(side=side).where(Organisation.id == organisation.id).execute()
            _refresh_directions(organisation.id)


def rebuild(facts: Facts) -> None:
    """All stored facts anew; in a writing transaction."""
    rebuild_sides(facts)
    for entity in FOLLOWED:
        name = entity.key()
        database.execute_sql(
            f'UPDATE {name} SET last_update_on = (SELECT max(u."on") FROM "update" u WHERE u.subject_id = {name}.id),'
            f" times_slipped = (SELECT count(*) FROM extension x WHERE x.subject_id = {name}.id"
            " AND x.to_on > x.from_on)"
        )
