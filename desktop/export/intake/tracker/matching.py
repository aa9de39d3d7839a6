"""Which record each row is: by its own reference, or by its name, so that the same tracker can come again.

A record is one row's: the second row that would be the same one is left, and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from desktop.export.intake.tracker.mapping import Mapping
from desktop.export.intake.tracker.plan import Act, Fate, PlannedRow, Taken, Untaken
from desktop.i18n import _
from desktop.model import Entity
from desktop.model.kinds import SortKey
from desktop.service.journal import stored
from desktop.service.workspace import Workspace


def matched(
    workspace: Workspace, entity: type[Entity], mapping: Mapping, taken: Sequence[Taken]
) -> list[PlannedRow]:
    """The rows, each with the record that it changes, if there is one."""
    claimed: dict[str, Taken] = {}
    by_name = _by_name(entity) if entity.naming in mapping.key else {}
    return [_row(entity, mapping, each, claimed, by_name) for each in taken]


def _by_name(entity: type[Entity]) -> dict[str, list[Any]]:
    """The ids of all records by the key of their names."""
    column: Any = getattr(entity, f"{entity.naming}_key")
    rows: Any = entity.select(entity.id, column).tuples()
    found: dict[str, list[Any]] = defaultdict(list)
    for key, name in list(rows):
        found[name].append(key)
    return found


def _row(
    entity: type[Entity],
    mapping: Mapping,
    taken: Taken,
    claimed: dict[str, Taken],
    by_name: dict[str, list[Any]],
) -> PlannedRow:
    name = str(taken.values.get(entity.naming, ""))
    ref = str(taken.values.get("ref", "") or "")
    record: Any = entity.by_ref(ref) if ref else None
    if record is not None and record.uid in claimed:
        other = claimed[record.uid]
        why = _("{ref} stands in row {row} of sheet “{sheet}” already.")
        return left(taken, name, why.format(ref=record.ref, row=other.row, sheet=other.sheet))
    if record is None and name and not ref:
        record = _nearest(entity, by_name.get(SortKey.key(name), []), taken, claimed)
    if record is None and not name:
        return left(taken, "", _("The row has no name for a record."))
    row = PlannedRow(taken, Act.MAKE, name or str(record.name_text()), values=dict(taken.values))
    if record is not None:
        claimed[record.uid] = taken
        row.act, row.ref, row.uid, row.version = Act.CHANGE, record.ref, record.uid, record.version
        row.values.pop("ref", None)
    return row


def _nearest(entity: type[Entity], ids: Sequence[Any], taken: Taken, claimed: dict[str, Taken]) -> Any:
    """Of several records of one name that which a row agrees with most, and which no row before it is."""
    records = [record for record in (entity.get_by_id(key) for key in ids) if record.uid not in claimed]
    if not records:
        return None
    return max(records, key=lambda record: _agreeing(record, taken))


def _agreeing(record: Any, taken: Taken) -> int:
    held = [name for name in taken.values if name in type(record)._meta.fields]
    return sum(stored(record, name) == taken.values[name] for name in held)


def left(taken: Taken, name: str, why: str) -> PlannedRow:
    """A row of which nothing is taken; each of its cells is told."""
    told = {cell.column.number for cell in taken.untaken}
    for field, column in taken.sources.items():
        if column.number not in told and taken.fates.get(column.number) is not Fate.UNTAKEN:
            told.add(column.number)
            taken.untaken.append(Untaken(taken.sheet, taken.row, column, str(taken.values[field]), why))
            taken.fates[column.number] = Fate.UNTAKEN
    return PlannedRow(taken, Act.LEAVE, name, why=why)
