"""What could be read of a workspace that cannot be opened, in words: so many records of each kind."""

from __future__ import annotations

from pathlib import Path

from desktop.i18n import _, format_number, join_list
from desktop.model import ENTITIES, Operation
from desktop.store import salvage
from desktop.store.keys import Key


def told(path: Path, key: Key | None = None) -> str:
    """A sentence about what can still be read in a file; '' where that is nothing."""
    kinds = {entity._meta.table_name: entity for entity in ENTITIES}
    found = salvage.readable(path, [*kinds, Operation._meta.table_name], key)
    parts = [
        f"{_(entity.plural)} {format_number(found.rows[table])}"
        for table, entity in kinds.items()
        if found.rows.get(table)
    ]
    if not parts:
        return ""
    sentence = _("What could be read of it: {parts}.").format(parts=join_list(parts))
    if found.broken:
        sentence += " " + _("In {count} of its tables something cannot be read.").format(
            count=format_number(len(found.broken))
        )
    return sentence
