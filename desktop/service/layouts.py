"""What an office keeps of its own for the workbook, layouts and label packs: a name and a definition in JSON each.

What a definition means is known by who reads it (`export.layouts`); here it is kept, as an operation each time.
"""

from __future__ import annotations

from typing import Any

from desktop.i18n import _, quoted
from desktop.model import Invalid, LabelPack, Layout
from desktop.model import field as field_of
from desktop.model.kinds import SortKey
from desktop.service.workspace import Workspace

Kept = type[Layout] | type[LabelPack]


def rows(entity: Kept) -> list[Any]:
    """All that are kept, by name."""
    return list(entity.select().order_by(entity.name_key, entity.id))


def save(workspace: Workspace, entity: Kept, name: str, definition: str, *, key: str = "") -> str:
    """Keep a definition under a name: a new one, or in place of the one of uid `key`. Returns its uid; raises `Invalid`
    where another has the name."""
    called = _name(entity, name, key)
    values = {"name": called, "definition": definition}
    with workspace.operation(_label(entity, "save").format(name=quoted(called))) as writing:
        if key:
            row = _row(entity, key)
            writing.change(row, values)
            return str(row.uid)
        return str(writing.create(entity, values).uid)


def rename(workspace: Workspace, entity: Kept, key: str, name: str) -> None:
    """Call one otherwise; raises `Invalid`."""
    row = _row(entity, key)
    called = _name(entity, name, key)
    with workspace.operation(_label(entity, "rename").format(name=quoted(str(row.name)))) as writing:
        writing.change(row, {"name": called})


def delete(workspace: Workspace, entity: Kept, key: str) -> None:
    """Delete one; undo brings it back."""
    row = _row(entity, key)
    with workspace.operation(_label(entity, "delete").format(name=quoted(str(row.name)))) as writing:
        writing.delete(row)


def _label(entity: Kept, verb: str) -> str:
    """What an operation is called."""
    if entity is Layout:
        return {
            "save": _("Save the layout {name}"),
            "rename": _("Rename the layout {name}"),
            "delete": _("Delete the layout {name}"),
        }[verb]
    return {
        "save": _("Save the label pack {name}"),
        "rename": _("Rename the label pack {name}"),
        "delete": _("Delete the label pack {name}"),
    }[verb]


def _name(entity: Kept, name: str, key: str) -> str:
    """A name as it is kept, that no other one has; raises `Invalid`."""
    called = str(field_of(entity, "name").check(name))
    there = [row for row in rows(entity) if row.name_key == SortKey.key(called) and row.uid != key]
    if there:
        words = (
            _("There is a layout “{name}” already.")
            if entity is Layout
            else _("There is a label pack “{name}” already.")
        )
        raise Invalid(words.format(name=quoted(str(there[0].name))), "name")
    return called


def _row(entity: Kept, key: str) -> Any:
    row = entity.get_or_none(entity.uid == key)
    if row is None:
        words = (
            _("This layout is not there any more.")
            if entity is Layout
            else _("This label pack is not there any more.")
        )
        raise Invalid(words)
    return row
