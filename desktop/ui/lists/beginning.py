"""What a new record begins with: the values to which a list is narrowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.model import fields
from desktop.service.query import Condition


def beginning(entity: Any, conditions: Iterable[Condition]) -> dict[str, Any]:
    """The value of each editable field of which the conditions leave only one."""
    editable = {kind.name: kind for kind in fields(entity) if kind.editable}
    values: dict[str, Any] = {}
    for condition in conditions:
        kind = editable.get(condition.field)
        if kind is not None and condition.operator == "in" and len(condition.values) == 1:
            values[condition.field] = condition.values[0] if kind.is_column else frozenset(condition.values)
    return values
