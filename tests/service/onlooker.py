"""Somebody who looks at all records after each act and remembers what they saw; they do not know the journal.

What they say of the time between two looks is what `service.changes` has to say: with nothing missing and nothing
more. They are written from the rules of docs/decisions/changes-are-net.md, not from the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop.i18n import _
from desktop.model import ENTITIES, PARTS, RECORDS, Operation, field, journalled
from desktop.model.followed import Followed
from desktop.model.kinds import LongText, SortKey
from desktop.model.relations import Many, Reference
from desktop.model.visibility import levels
from desktop.service import journal

Look = dict[str, dict[str, Any]]
"""All records by uid, each with its kind under `kind of record`."""
KIND = "kind of record"

OWNERS = {
    "update": ["subject"],
    "extension": ["subject"],
    "link": ["from_subject", "to_subject"],
    "attendance": ["meeting"],
    "agenda_item": ["meeting"],
    "point": ["meeting"],
    "minutes_version": ["meeting"],
    "attachment": ["subject"],
    "edition": ["source"],
    "quote": ["subject"],
}
UNTOLD = {
    "update": {"author"},
    "extension": {"moved_on"},
    "attendance": {"side"},
    "agenda_item": {"position", "carried_from"},
    "point": {"position", "item", "was"},
    "minutes_version": {"made_at", "content", "reopened_at", "reopened_by"},
    "attachment": {"size", "sha256"},
    "edition": {"number", "added_on", "sha256"},
    "quote": {"edition", "start", "end", "before", "after", "endnotes"},
}
"""Fields of parts whose change alone is no news."""
LEANS_ON = {"attendance": "person", "agenda_item": "subject", "point": "follow_up"}
DUE = {"follow_up": "due_on", "recommendation": "target_on"}


class Expected(NamedTuple):
    """What is to be said of a record."""

    marks: tuple[str, ...]
    name: str
    fields: dict[str, tuple[str, str]]
    """Title, and in words what it was and is."""
    parts: list[tuple[str, bool, bool]]
    """What it is, and whether it was there and is there."""
    status: tuple[str, str] | None
    due: tuple[str, str] | None


class Onlooker:
    """Keeps the looks, what everybody was called last, and when each value was seen to change."""

    def __init__(self) -> None:
        self.called: dict[str, str] = {}
        self.last: Look = {}
        """Everything that was ever seen, as it was seen last."""
        self.touched: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
        """By record and field: the operation, by whom and when, of each change."""
        self.gone: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        """What was deleted: in which operation, and how it was seen before."""
        self.now: Look = {}
        self.look()

    def look(self) -> Look:
        """Look at everything."""
        found: Look = {}
        for entity in (*ENTITIES, *PARTS):
            for record in entity.select():
                found[record.uid] = {KIND: entity.key(), **journal.snapshot(record)}
                if entity in ENTITIES:
                    self.called[record.uid] = str(entity.words_of(record.id))
        newest = Operation.select().order_by(Operation.id.desc()).first()
        when = (newest.id, newest.officer_name, newest.at)
        for uid in self.now.keys() | found.keys():
            before, after = self.now.get(uid), found.get(uid)
            if before is None or after is None:
                self.touched.setdefault((uid, "*"), []).append(when)
                if before is not None:
                    self.gone.setdefault(uid, []).append((newest.id, before))
            else:
                for name in _differing(before, after):
                    self.touched.setdefault((uid, name), []).append(when)
        self.now = found
        self.last |= found
        return found

    # ---- what they say

    def says(self, was: Look, now: Look, audience: str, until: int | None) -> dict[str, Expected]:
        """What is to be said of the time between two looks, the later one after the operation `until`."""
        self.until, self.levels, self.was, self.is_ = until, levels(audience), was, now
        self.post = audience == "internal"
        found = {}
        parts = self._parts()
        for uid in was.keys() | now.keys():
            kind = (now.get(uid) or was[uid])[KIND]
            if RECORDS[kind] in ENTITIES:
                said = self._record(uid, RECORDS[kind], parts.get(uid, []))
                if said is not None:
                    found[uid] = said
        return found

    def _sides(self, uid: str) -> tuple[Any, Any]:
        """What may be known of a record at both looks."""
        was, now = self.was.get(uid), self.is_.get(uid)
        if self.post:
            return was, now
        if now is not None and not self._open(now):
            return None, None
        # Others are not told of a link that is gone: its other end may have been hidden while it stood.
        if now is None and self.last[uid][KIND] == "link":
            return None, None
        # What is hidden today, or was when it was deleted, is hidden whatever it once was.
        if not self._shared(self.last[uid]):
            return None, None
        if now is None and was is not None:
            deleted = [seen for at, seen in self.gone[uid] if self.until is None or at <= self.until]
            if not self._shared(deleted[-1]):
                return None, None
        return (was if was is not None and self._open(was) else None), now

    def _shared(self, values: dict[str, Any]) -> bool:
        return self.post or values[KIND] == "link" or values.get("visibility") in self.levels

    def _open(self, values: dict[str, Any]) -> bool:
        """Whether a record of these values may be seen."""
        kind = values[KIND]
        if kind == "minutes_version" or values.get("aspect") == "desk" or not self._shared(values):
            return False
        needed = [values[name] for name in OWNERS.get(kind, [])]
        if kind == "quote":
            needed.append(values["edition"])
        if kind in LEANS_ON and values.get(LEANS_ON[kind]):
            needed.append(values[LEANS_ON[kind]])
        return all(self._may_name(uid) for uid in needed)

    def _may_name(self, uid: str) -> bool:
        values = self.now.get(uid) or self.last[uid]
        return self.post or (self._open(values) if uid in self.now else self._shared(values))

    def _parts(self) -> dict[str, list[tuple[Any, Any]]]:
        """By owner, what its parts were and are."""
        found: dict[str, list[tuple[Any, Any]]] = {}
        for uid in self.was.keys() | self.is_.keys():
            kind = (self.is_.get(uid) or self.was[uid])[KIND]
            if kind not in OWNERS:
                continue
            was, now = self._sides(uid)
            if was is None and now is None:
                continue
            if was is not None and now is not None:
                told = [name for name in _differing(was, now) if self._told(kind, name, was, now)]
                if not set(told) - UNTOLD.get(kind, set()) - {"visibility"}:
                    continue
            for owner in {(was or now)[name] for name in OWNERS[kind]}:
                found.setdefault(owner, []).append((was, now))
        return found

    def _told(self, kind: str, name: str, was: dict[str, Any], now: dict[str, Any]) -> bool:
        """Whether the audience is told of a field that differs."""
        if self.post:
            return True
        entity = RECORDS[kind]
        f = field(entity, name)
        if f.confined or name in ("visibility", "text_visibility", "adopted_on") or kind == "link":
            return False
        if isinstance(f, LongText) and entity in ENTITIES:
            both = (side.get("text_visibility", {}).get(name, "internal") for side in (was, now))
            if not all(level in self.levels for level in both):
                return False
        if isinstance(f, Reference | Many) and f.target is not None:
            return self._named(f, was.get(name)) != self._named(f, now.get(name))
        return True

    def _named(self, f: Any, value: Any) -> list[str]:
        uids = (value or []) if isinstance(f, Many) else [value] if value else []
        return [uid for uid in uids if self._may_name(uid)]

    def _record(self, uid: str, entity: Any, parts: list[tuple[Any, Any]]) -> Expected | None:
        was, now = self._sides(uid)
        if was is None and now is None:
            return None
        name = str((now or was).get(entity.naming, ""))
        if now is None:
            return Expected(("deleted",), name, {}, [], None, None)
        fields = {}
        for each in _differing(was, now) if was is not None else ():
            if self._told(entity.key(), each, was, now):
                fields[each] = (self._words(entity, each, was), self._words(entity, each, now))
        if was is None:
            # Of what was not seen before, it is no news what it was.
            parts = [(None, p_now) for _p_was, p_now in parts if p_now is not None]
        marks, status, due = self._marks(entity, was, now, parts)
        if not (marks or fields or parts or was is None):
            return None
        shown = [(_(RECORDS[(b or a)[KIND]].singular), a is not None, b is not None) for a, b in parts]
        return Expected(tuple(marks) or ("changed",), name, fields, shown, status, due)

    def _marks(self, entity: Any, was: Any, now: Any, parts: list[tuple[Any, Any]]) -> tuple[Any, Any, Any]:
        marks = ["new"] if was is None else []
        if not issubclass(entity, Followed):
            return marks, None, None
        ended = entity.course.done + entity.course.closed
        status = self._pair(entity.course.status, was, now)
        due = self._pair(DUE[entity.key()], was, now) if entity.key() in DUE else None
        made = [after for before, after in parts if before is None]
        was_over = was is not None and was[entity.course.status] in ended
        is_over = now[entity.course.status] in ended
        turned = was_over != is_over
        if turned:
            marks.append("closed" if is_over else "reopened")
        later = any(p[KIND] == "extension" and p.get("to_on", "") > p["from_on"] for p in made)
        if later or (due and due[0] and due[1] > due[0]):
            marks.append("slipped")
        steps = [p for p in made if p[KIND] == "update"]
        if turned:
            steps = [
                p
                for p in steps
                if p["aspect"] == "desk" or (p["status_from"] in ended) == (p["status_to"] in ended)
            ]
        if steps or (status and not turned):
            marks.append("progressed")
        return marks, status, due

    @staticmethod
    def _pair(name: str, was: Any, now: Any) -> tuple[str, str] | None:
        if was is None or was.get(name) == now.get(name):
            return None
        return was.get(name) or "", now.get(name) or ""

    def _words(self, entity: Any, name: str, values: dict[str, Any]) -> str:
        f: Any = field(entity, name)
        if isinstance(f, Reference | Many) and f.target is not None:
            words = (self.called[uid] for uid in self._named(f, values.get(name)))
            return "; ".join(sorted(words, key=SortKey.key))
        return str(f.text(f.from_json(values[name]) if name in values else f.empty()))


def _differing(was: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    names = [f.name for f in journalled(RECORDS[now[KIND]])]
    return (name for name in names if was.get(name) != now.get(name))
