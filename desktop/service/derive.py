"""Stored facts that follow from other rows: they are indexed for lists, never journalled, and can be rebuilt.

`before_save` fills what follows from a record's own fields and those that they point to; `after_write` mends what
other records derive from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.model import (
    ENTITIES,
    AgendaItem,
    Entity,
    Extension,
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Point,
    Recommendation,
    Record,
    Update,
    database,
)
from desktop.model.followed import Followed
from desktop.service import summaries
from desktop.service.facts import DIRECTION_OF_SIDE, Facts

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

FOLLOWED: tuple[type[Any], ...] = (Recommendation, Initiative, FollowUp)

OWN = ("side", "direction")
"""Derived columns that `before_save` fills. What a record in memory says of them may be old, as may be its other
derived columns: these are stored anew where the file says otherwise (see `kept`), those never."""

OWING = ("owed_by", "owed_by_person")
"""What the direction of a follow-up follows from, beside what `after_write` mends."""

_SIDES = " ".join(f"WHEN '{side}' THEN '{direction}'" for side, direction in DIRECTION_OF_SIDE.items())
_PERSON = "FROM person p WHERE p.id = {t}.owed_by_person_id"
DIRECTION = (
    "CASE WHEN {t}.owed_by_id IS NULL"
    f" AND ({{t}}.owed_by_person_id IS NULL OR (SELECT p.officer {_PERSON})) THEN 'us'"
    f" ELSE CASE (SELECT o.side FROM organisation o WHERE o.id = coalesce({{t}}.owed_by_id,"
    f" (SELECT p.organisation_id {_PERSON}))) {_SIDES} ELSE 'other' END END"
)
"""SQL: who owes a follow-up: the side of the organisation, else of the person's, else we do."""

LAST_UPDATE = 'SELECT max(u."on") FROM "update" u WHERE u.subject_id = {t}.id'
SLIPS = "SELECT count(*) FROM extension x WHERE x.subject_id = {t}.id AND x.to_on > x.from_on"


def before_save(record: Record, workspace: Workspace, before: dict[str, Any]) -> None:
    """Fill what follows from the fields of a record that is about to be saved; `before` is empty for a new one."""
    record.derive()
    if isinstance(record, Organisation):
        record.side = record.side_set or workspace.facts.side(record.uid, record.kind, record.country)
    if isinstance(record, Followed):
        record.adopted_on = (record.adopted_on or workspace.today()) if record.owner_id else None
    if isinstance(record, FollowUp) and not _owes_as(record, before):
        owing = "(SELECT ? AS owed_by_id, ? AS owed_by_person_id) t"
        sql = f"SELECT {DIRECTION.format(t='t')} FROM {owing}"
        row = database.execute_sql(sql, (record.owed_by_id, record.owed_by_person_id)).fetchone()
        record.direction = row[0]


def _owes_as(record: FollowUp, before: dict[str, Any]) -> bool:
    """Whether a follow-up is owed by whom it was: its direction in the file is right then."""
    return bool(before) and all(record.__data__.get(name) == before.get(name) for name in OWING)


def kept(record: Record, before: dict[str, Any]) -> dict[str, Any]:
    """What the file says of the columns of `OWN` that were filled anew.

    Whoever writes one needlessly has SQLite run all triggers that hang on it, which takes longer than this.
    """
    if isinstance(record, FollowUp) and _owes_as(record, before):
        return {}
    names = [name for name in OWN if name in type(record)._meta.fields]
    if not names:
        return {}
    row = database.execute_sql(f'SELECT {", ".join(names)} FROM "{record.key()}" WHERE id = ?', (record.id,))
    return dict(zip(names, row.fetchone() or (), strict=False))


Found = Callable[[type[Entity], int], None]
"""Told the kind and id of a record that is found by other words from now on."""


def after_write(record: Record, found: Found) -> None:
    """Mend what other records derive from this one, which was just made, changed or deleted."""
    if isinstance(record, Update):
        _set_on_subject("last_update_on", LAST_UPDATE, record.subject_id, found)
    elif isinstance(record, Extension):
        _set_on_subject("times_slipped", SLIPS, record.subject_id, found)
    elif isinstance(record, AgendaItem | Point):
        found(Meeting, record.__data__["meeting"])
    elif isinstance(record, Organisation):
        _set_directions(
            "t.owed_by_id = ? OR t.owed_by_person_id IN (SELECT id FROM person WHERE organisation_id = ?)",
            (record.id, record.id),
        )
    elif isinstance(record, Person):
        _set_directions("t.owed_by_person_id = ?", (record.id,))


def _set_on_subject(column: str, query: str, subject: int, found: Found) -> None:
    """Store anew what a part says of its record, which is found by the words of its parts too."""
    row = database.execute_sql("SELECT kind FROM subject WHERE id = ?", (subject,)).fetchone()
    # Of its own table alone: to prepare a statement that fires triggers takes longer than to run it.
    for entity in FOLLOWED:
        if row is not None and entity.key() == row[0]:
            sql = f"UPDATE {entity.key()} AS t SET {column} = ({query.format(t='t')}) WHERE t.id = ?"
            database.execute_sql(sql, (subject,))
            found(entity, subject)


def _set_directions(where: str = "1", parameters: tuple[Any, ...] = ()) -> None:
    direction = DIRECTION.format(t="t")
    database.execute_sql(
        f"UPDATE follow_up AS t SET direction = {direction} WHERE ({where}) AND t.direction <> {direction}",
        parameters,
    )


def rebuild_sides(facts: Facts) -> None:
    """Sides and directions anew, after the workspace's facts changed."""
    for organisation in Organisation.walk():
        side = organisation.side_set or facts.side(organisation.uid, organisation.kind, organisation.country)
        if side != organisation.side:
            Organisation.update(side=side).where(Organisation.id == organisation.id).execute()
    _set_directions()


def rebuild(facts: Facts, today: str) -> None:
    """All stored facts anew, those of a record's own and the figures too; in a writing transaction."""
    rebuild_sides(facts)
    for followed in FOLLOWED:
        database.execute_sql(
            f"UPDATE {followed.key()} AS t SET last_update_on = ({LAST_UPDATE.format(t='t')}),"
            f" times_slipped = ({SLIPS.format(t='t')})"
        )
    for entity in ENTITIES:
        for record in entity.walk():
            before = dict(record.__data__)
            record.derive()
            changed = {name: value for name, value in record.__data__.items() if value != before[name]}
            if changed:
                entity.update(changed).where(entity.id == record.id).execute()
    summaries.rebuild(today, facts.zone)
