"""What of the changes an audience may see, and what other records are called where a change names them.

The rules are those of `store.audience`, applied to what the journal says records once were: a record by its
visibility, a long text by its own, nothing that is confined, no name of what is hidden.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import peewee as pw

from desktop.model import Link, Record, Subject, Update, fields, journalled
from desktop.model.base import Registered
from desktop.model.kinds import LongText
from desktop.model.relations import Many, Reference
from desktop.model.visibility import INTERNAL, levels
from desktop.service.changes.states import Read, Values
from desktop.service.progress import DESK
from desktop.store import audience as views

REMEMBERED = 20_000
"""Names that are kept, so that each is read once."""
PROGRAM = ("visibility", "text_visibility", "adopted_on")
"""Fields that only the post is told of: they say what was hidden, or since when somebody unnamed owns a record."""
_LAST = """SELECT "before" FROM main."change" WHERE uid = ? AND field = '*' AND "after" IS NULL
    ORDER BY id DESC LIMIT 1"""


class Sight:
    """What one audience may see."""

    def __init__(self, read: Read, audience: str) -> None:
        self.read, self.audience = read, audience
        self.internal = audience == INTERNAL
        self._levels = levels(audience)
        self._found = lru_cache(REMEMBERED)(self._look_up)

    # ---- other records

    def called(self, target: Any, uid: str) -> str:
        """What stands for another record, deleted or not; '' where it is hidden."""
        return self._found(target, uid)[0]

    def shows(self, target: Any, uid: str) -> bool:
        """Whether another record may be named."""
        return self.internal or self._found(target, uid)[1]

    def _look_up(self, target: Any, uid: str) -> tuple[str, bool]:
        sql, parameters = _sql(target, self.audience)
        rows = self.read(sql, (*parameters, uid))
        if rows:
            words, shown = rows[0]
        else:
            last = self.read(_LAST, (uid,))
            whole = json.loads(last[0][0]) if last else {}
            words, shown = _once_called(target, whole) or uid, whole.get("visibility") in self._levels
        shown = self.internal or bool(shown)
        return (target.spoken(str(words)) if shown else "", shown)

    # ---- values

    def visible(self, entity: type[Record], values: Values | None) -> bool:
        """Whether a record of these values, which are all that it cannot do without, is seen."""
        if values is None or self.internal:
            return values is not None
        if entity not in views.SHOWN or (entity is Update and values.get("aspect") == DESK):
            return False
        # A link says nothing of its own: it is seen where both of its ends are.
        if entity is not Link and values.get("visibility") not in self._levels:
            return False
        return all(
            values.get(f.name) is not None and self.shows(f.target, values[f.name])
            if f.required
            else values.get(f.name) is None or self.shows(f.target, values[f.name])
            for f in fields(entity)
            if isinstance(f, Reference) and (f.required or f.name in views.LEANS_ON.get(entity, ()))
        )

    def allowed(self, visibilities: tuple[str, ...]) -> bool:
        """Whether all of these visibilities are open to the audience."""
        return self.internal or all(each in self._levels for each in visibilities)

    def told(self, entity: type[Record], name: str, was: Values, now: Values) -> bool:
        """Whether the audience is told of a field that differs from one state to the other."""
        if self.internal:
            return True
        kind = next((f for f in journalled(entity) if f.name == name), None)
        if kind is None or kind.confined or name in PROGRAM or (entity is Link and name == "note"):
            return False
        apart = isinstance(kind, LongText) and "text_visibility" in entity._meta.fields
        if apart and not all(_text_level(side, name) in self._levels for side in (was, now)):
            return False
        if isinstance(kind, Reference | Many) and kind.target is not None:
            return bool(self.named(kind, was.get(name)) != self.named(kind, now.get(name)))
        return True

    def named(self, kind: Any, value: Any) -> Any:
        """A reference or set without what is hidden."""
        if isinstance(kind, Many):
            return [uid for uid in value or () if self.shows(kind.target, uid)]
        return value if value is not None and self.shows(kind.target, value) else None


def _text_level(values: Values, name: str) -> str:
    return str((values.get("text_visibility") or {}).get(name, INTERNAL))


@lru_cache(None)
def _sql(target: Any, audience: str) -> tuple[str, list[Any]]:
    """The SQL of what stands for the record of a uid, and of whether the audience sees it; its parameters before it."""
    table = target.alias("t")
    shown = pw.SQL("1" if audience == INTERNAL else f"({views.seen(target, audience, 't')})")
    built, parameters = table.select(target.shown_as(table), shown).where(table.uid == "").sql()
    return re.sub(r'\b(FROM|JOIN) "', r'\1 main."', built), parameters[:-1]


def _once_called(target: Any, whole: Values) -> str:
    """What a deleted record was called where another one pointed to it."""
    if issubclass(target, Registered | Subject):
        return str(whole.get("ref") or "")
    return str(whole.get("acronym") or whole.get("name") or whole.get("ref") or "")
