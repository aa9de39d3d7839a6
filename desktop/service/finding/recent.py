"""What was worked on last: the records that one is likely to go back to."""

from __future__ import annotations

from typing import Any

from desktop.model import ENTITIES
from desktop.service.finding import hit
from desktop.service.finding.hit import Hit

LOOKED_AT = 400
"""Changes that are looked through, from the newest."""


def recent(workspace: Any, most: int = 8) -> list[Hit]:
    """The records that the last operations touched, newest first; those that are gone are passed over."""
    entities = {entity.key(): entity for entity in ENTITIES}
    sql = 'SELECT entity, uid FROM "change" ORDER BY id DESC LIMIT ?'
    touched = dict.fromkeys(
        (entities[key], uid) for key, uid in workspace.engine.rows(sql, (LOOKED_AT,)) if key in entities
    )
    found: list[Hit] = []
    for entity, uid in touched:
        for (number,) in workspace.engine.rows(f'SELECT id FROM "{entity.key()}" WHERE uid = ?', (uid,)):
            found += hit.rows(workspace, entity, [number]).values()
        if len(found) == most:
            break
    return found
