"""Mappings of trackers that an office keeps under a name; each act is one operation that undo takes back.

What a definition means is known by who reads it (`export.intake.tracker.kept`); here it is only kept.
"""

from __future__ import annotations

from typing import Any

from desktop.i18n import _, join_list, quoted
from desktop.model import ImportMapping, Invalid, field
from desktop.model.kinds import SortKey
from desktop.service.workspace import Workspace


def rows() -> list[Any]:
    """All that are kept, by name."""
    return list(ImportMapping.select().order_by(ImportMapping.name_key, ImportMapping.id))


def bearer(name: str) -> Any:
    """The one of this name, whatever its case and width; None if there is none."""
    wanted = SortKey.key(name.strip())
    return next((row for row in rows() if row.name_key == wanted), None)


def named(name: str) -> Any:
    """The one of this name; raises `Invalid`, with those that there are."""
    row = bearer(name)
    if row is not None:
        return row
    known = [f"“{quoted(str(each.name))}”" for each in rows()]
    if not known:
        raise Invalid(
            _("There is no mapping “{name}”; none is kept in this workspace yet.").format(name=quoted(name))
        )
    raise Invalid(
        _("There is no mapping “{name}”; there are: {known}.").format(
            name=quoted(name), known=join_list(known)
        )
    )


def save(workspace: Workspace, name: str, definition: str, *, instead: bool = False) -> str:
    """Keep a definition under a name; returns its uid. Raises `Invalid` where another has the name, unless it is to
    stand `instead` of it."""
    called = _checked(name)
    there = bearer(called)
    if there is not None and not instead:
        raise _borne(there)
    values = {"name": called, "definition": definition}
    with workspace.operation(_("Save the mapping {name}").format(name=quoted(called))) as writing:
        if there is None:
            return str(writing.create(ImportMapping, values).uid)
        writing.change(there, values)
        return str(there.uid)


def rename(workspace: Workspace, name: str, new: str) -> None:
    """Call one otherwise; raises `Invalid`."""
    row, called = named(name), _checked(new)
    there = bearer(called)
    if there is not None and there.uid != row.uid:
        raise _borne(there)
    with workspace.operation(_("Rename the mapping {name}").format(name=quoted(str(row.name)))) as writing:
        writing.change(row, {"name": called})


def delete(workspace: Workspace, name: str) -> None:
    """Delete one; undo brings it back. Raises `Invalid` where there is none."""
    row = named(name)
    with workspace.operation(_("Delete the mapping {name}").format(name=quoted(str(row.name)))) as writing:
        writing.delete(row)


def _checked(name: str) -> str:
    return str(field(ImportMapping, "name").check(name))


def _borne(row: Any) -> Invalid:
    words = _("There is a mapping “{name}” already.")
    return Invalid(words.format(name=quoted(str(row.name))), "name")
