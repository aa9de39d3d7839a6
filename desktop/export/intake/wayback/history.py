"""What records were when the workbook was exported, and what they are now, in journal terms.

Beside its fields a record has three things of its own that sheets show: the records that it is linked with, and what
its last update told. They are named by `Tie` and `TOLD`, and read from the parts that were made and deleted since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from desktop.model import Change, Link, Record, Subject, Update, field
from desktop.model.relations import Many
from desktop.service import links
from desktop.service.changes.states import States, value
from desktop.service.journal import WHOLE
from desktop.service.workspace import Workspace

Values = dict[str, Any]


@dataclass(frozen=True)
class Tie:
    """The records at the other ends of links of a relation. `forward`: the links begin at the record."""

    relation: str
    forward: bool

    @property
    def name(self) -> str:
        return f"link:{self.relation}:{'to' if self.forward else 'from'}"


ADVANCES, ADVANCED, SERVES = Tie("advances", True), Tie("advances", False), Tie("serves", True)
TIES = {tie.name: tie for tie in (ADVANCES, ADVANCED, SERVES)}
DONE, NEXT = "update:done", "update:next"
TOLD = (DONE, NEXT)


@dataclass(frozen=True)
class Course:
    """One record at the two points; None where it was not there, or where the journal does not reach back."""

    was: Values | None
    now: Values | None


class History:
    """Reads the two points. `operation` is that of the export; None where the journal does not have it."""

    def __init__(self, workspace: Workspace, operation: int | None) -> None:
        self._workspace, self.operation = workspace, operation
        self._rows = workspace.engine.rows

    def of(self, entity: type[Record], uids: Iterable[str], names: Iterable[str]) -> dict[str, Course]:
        """The courses of these records, with these fields; records that were never there are not among them."""
        wanted = list(dict.fromkeys(names))
        own = [name for name in wanted if name not in TIES and name not in TOLD]
        sets = [name for name in own if isinstance(field(entity, name), Many)]
        plain = [name for name in own if name not in sets] or ["visibility"]
        since = self.operation if self.operation is not None else _NEWEST
        states = States(self._rows, since, None)
        found: dict[str, Course] = {}
        ids = self._ids(entity, uids := list(uids))
        for uid, state in states.of(entity, uids, plain):
            was, now = state.was, state.now
            if was is not None and state.whole:
                was = {name: value(entity, was, name) for name in own} | {
                    "visibility": was.get("visibility", "internal")
                }
            if now is not None:
                if uid not in ids:
                    continue
                now = dict(now)
                for name in plain:
                    now.setdefault(name, value(entity, now, name))
                for name in sets:
                    many = field(entity, name)
                    assert isinstance(many, Many)
                    now[name] = many.to_json(many.read(ids[uid]))
                    if was is not None and not state.whole:
                        was = {name: now[name], **was}
                for name in wanted:
                    if name in TIES or name in TOLD:
                        now[name], then = self._beside(uid, ids[uid], name)
                        if was is not None:
                            was = {**was, name: then}
            found[uid] = Course(was if self.operation is not None else None, now)
        return found

    def _ids(self, entity: type[Record], uids: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(uids), 400):
            some = uids[start : start + 400]
            holes = ", ".join("?" * len(some))
            rows = self._rows(f'SELECT uid, id FROM main."{entity.key()}" WHERE uid IN ({holes})', some)
            found.update((uid, number) for uid, number in rows)
        return found

    # ---- links and updates

    def _beside(self, uid: str, number: int, name: str) -> tuple[Any, Any]:
        """Of a link or an update: now, and then."""
        tie = TIES.get(name)
        if tie is not None:
            return self._linked(tie, uid, number)
        return self._told(uid, number, name.partition(":")[2])

    def _linked(self, tie: Tie, uid: str, number: int) -> tuple[list[str], list[str]]:
        own, other = ("from", "to") if tie.forward else ("to", "from")
        rows = self._rows(
            f"SELECT l.uid, s.uid FROM main.link l JOIN main.subject s ON s.id = l.{other}_subject_id"
            f" WHERE l.{own}_subject_id = ? AND l.relation = ?",
            (number, tie.relation),
        )
        now = dict(rows)
        then = {link: end for link, end in now.items() if link not in self._since[0]}
        for link, values in self._since[1].items():
            if values.get("relation") == tie.relation and values.get(f"{own}_subject") == uid:
                then[link] = values[f"{other}_subject"]
        return sorted(now.values()), sorted(then.values())

    def _told(self, uid: str, number: int, name: str) -> tuple[str, str]:
        rows = self._rows(
            'SELECT uid, "on", id, done, next, blocks FROM main."update" WHERE subject_id = ?', (number,)
        )
        now = [
            ((on, order), _words(name, told, ahead, blocks)) for _uid, on, order, told, ahead, blocks in rows
        ]
        then = [each for each, row in zip(now, rows, strict=True) if row[0] not in self._since[0]]
        for values in self._since[1].values():
            if values.get("subject") == uid and "on" in values:
                said = (values.get("done", ""), values.get("next", ""), values.get("blocks", ""))
                then.append(((values["on"], 0), _words(name, *said)))
        return max(now, default=((), ""))[1], max(then, default=((), ""))[1]

    @cached_property
    def _since(self) -> tuple[set[str], dict[str, Values]]:
        """Links and updates that were made after the export, by uid, and those that were deleted, as they were."""
        made: set[str] = set()
        gone: dict[str, Values] = {}
        if self.operation is None:
            return made, gone
        rows = self._rows(
            'SELECT uid, "before", "after" FROM main."change" WHERE operation_id > ? AND entity IN (?, ?)'
            " AND field = ? ORDER BY id",
            (self.operation, Link.key(), Update.key(), WHOLE),
        )
        for uid, before, after in rows:
            if before is None:
                if uid not in gone:
                    made.add(uid)
            elif after is None and uid not in made:
                gone.setdefault(uid, json.loads(before))
        return made, gone

    # ---- earlier values

    def values(self, uid: str, names: Iterable[str]) -> Iterator[Values]:
        """Each state of these fields that the journal shows, the newest first."""
        wanted = tuple(name for name in names if name not in TIES and name not in TOLD)
        rows: Any = (
            Change.select(Change.field, Change.before, Change.after)
            .where((Change.uid == uid) & Change.field.in_((*wanted, WHOLE)))
            .order_by(Change.id)
            .tuples()
        )
        state: Values = {}
        states: list[Values] = []
        for name, _before, after in list(rows):
            if name == WHOLE:
                state = (
                    {} if after is None else {key: v for key, v in json.loads(after).items() if key in wanted}
                )
            else:
                state = {**state, name: json.loads(after)}
            states.append(state)
        return reversed(states)


_NEWEST = 2**62 - 1


def _words(name: str, done: str, ahead: str, blocks: str) -> str:
    return done if name == "done" else "\n".join(text for text in (ahead, blocks) if text)


def visible(course: Course, levels: Sequence[str]) -> bool:
    """Whether a record could be seen at these levels when the workbook was exported, or can be now."""
    states: list[Mapping[str, Any]] = [state for state in (course.was, course.now) if state is not None]
    return any(state.get("visibility", "internal") in levels for state in states)


def subject_of(uid: str) -> Any:
    """The record of the register of this uid; raises LookupError."""
    return links.subject(Subject.id_of(uid))
