"""What moved between two points of the journal, and how: the marks of each record, and the cells that tell it all.

First the parts are read, for what they say of the records that they belong to; then the records, a few hundred at a
time, of which only what `Moved` says is kept. The cells are read anew from the journal when they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from desktop.i18n import _
from desktop.model import ENTITIES, RECORDS, Entity, Extension, Link, Person, Record, Update
from desktop.model.followed import Followed
from desktop.model.kinds import SortKey
from desktop.service.changes.course import Course, Piece
from desktop.service.changes.moved import MARKS, Cell, Moved, called
from desktop.service.changes.sight import Sight
from desktop.service.changes.states import State, States, Values, batches, value
from desktop.service.changes.wording import PARTS, Said, Wording, plainly, title
from desktop.service.extensions import DATES
from desktop.service.progress import DESK

Told = TypeVar("Told", bound=tuple[str, ...])
TOGETHER = 100
"""Records whose cells are read together."""

Pieces = dict[str, list[Piece]]
"""By the uid of the record that they belong to."""


class Reckoning:
    """Compares two points of the journal for one audience."""

    def __init__(self, states: States, sight: Sight, said: Said = plainly) -> None:
        self.states, self.sight, self.say = states, sight, Wording(sight, said)
        self._pieces: Pieces = {}
        self._operation = lru_cache(4096)(self._look_up)
        self._kept: dict[Any, Any] = {}

    # ---- what moved

    def moved(self, refs: Collection[str] | None) -> list[Moved]:
        """The records that moved, in order; of those of these uids, if any are given."""
        touched = self.states.touched()
        for part in PARTS:
            self._take_apart(part, touched.get(part.key(), []))
        if refs is not None:
            self._pieces = {uid: pieces for uid, pieces in self._pieces.items() if uid in refs}
            touched = {entity: [uid for uid in uids if uid in refs] for entity, uids in touched.items()}
        known = {uid for entity in ENTITIES for uid in touched.get(entity.key(), ())}
        for uid, key in self.states.kinds(uid for uid in self._pieces if uid not in known).items():
            touched.setdefault(key, []).append(uid)
        found = []
        for entity in ENTITIES:
            of_kind = [
                moved
                for uid, state in self.states.of(entity, touched.get(entity.key(), ()), head(entity))
                if (moved := self._moved(entity, uid, state)) is not None
            ]
            found.extend(sorted(of_kind, key=lambda each: (SortKey.key(each.ref), each.uid)))
        return found

    def _take_apart(self, part: type[Record], uids: Sequence[str]) -> None:
        """Note what parts of one kind say of the records that they belong to."""
        how = PARTS[part]
        for uid, state in self.states.of(part, uids):
            was, now = self._seen(part, state)
            if was is not None and now is not None:
                differing = [name for name in state.differing(part) if name in how.told]
                if not any(self.sight.told(part, name, was, now) for name in differing):
                    continue
            reported, slipped = None, False
            if was is None and now is not None and part is Update:
                desk = now.get("aspect") == DESK
                reported = ("", "") if desk else (now.get("status_from", ""), now.get("status_to", ""))
            if was is None and now is not None and part is Extension:
                slipped = (now.get("to_on") or "") > (now.get("from_on") or "")
            for end in how.owners:
                piece = Piece(part, uid, end, reported, slipped, now is None)
                for owner in {side[end] for side in (was, now) if side is not None}:
                    self._pieces.setdefault(owner, []).append(piece)

    def _seen(self, entity: type[Record], state: State) -> tuple[Values | None, Values | None]:
        """What the audience may know of both states: nothing of what is or was hidden in the end."""
        if self.sight.internal:
            return state.was, state.now
        if entity is Link and state.now is None:
            # Whether its other end could be seen then is not known here, and what was linked is what a link says.
            return None, None
        was, now = (side if self.sight.visible(entity, side) else None for side in (state.was, state.now))
        hidden = state.now is not None and now is None
        if hidden or not (entity is Link or self.sight.allowed(state.meanwhile)):
            return None, None
        return was, now

    def _moved(self, entity: type[Entity], uid: str, state: State) -> Moved | None:
        was, now = self._seen(entity, state)
        shown = now or was
        if shown is None:
            return None
        pieces = self._of(uid, was, now)
        names = self._names(entity, state, was, now)
        course = Course.of(entity, was, now, pieces)
        marks = set(course.marks) | ({"new"} if was is None else {"deleted"} if now is None else set())
        if not marks and not names and not pieces:
            return None
        return Moved(
            entity=entity.key(),
            uid=uid,
            ref=str(shown.get("ref", "")),
            name=str(shown.get(entity.naming) or ""),
            marks=self._once(tuple(mark for mark in MARKS if mark in marks) or ("changed",)),
            status=course.status and self._once(course.status),
            due=course.due and self._once(course.due),
            fields=self._once(tuple(names)),
            parts=self._once(tuple(dict.fromkeys(piece.part.key() for piece in pieces))),
            updates=sum(piece.reported is not None for piece in pieces),
            weight=course.weight,
        )

    def _once(self, told: Told) -> Told:
        """The same tuple for the same words: thousands of records move alike."""
        return self._kept.setdefault(told, told)  # type: ignore[no-any-return]

    def _of(self, uid: str, was: Values | None, now: Values | None) -> list[Piece]:
        """The parts that say something of a record; what it was is no news of one that was not seen before."""
        pieces = self._pieces.get(uid, []) if now is not None else []
        return [piece for piece in pieces if was is not None or not piece.removed]

    def _names(self, entity: type[Entity], state: State, was: Values | None, now: Values | None) -> list[str]:
        """The fields that differ and that the audience is told of."""
        if was is None or now is None:
            return []
        names = state.differing(entity)
        return names if self.sight.internal else [n for n in names if self.sight.told(entity, n, was, now)]

    # ---- the cells

    def cells(self, moved: Sequence[Moved]) -> Iterator[Cell]:
        """What differs of these records, in their order."""
        for some in batches(moved, TOGETHER):
            kinds: dict[type[Any], list[str]] = {}
            for each in some:
                kinds.setdefault(RECORDS[each.entity], []).append(each.uid)
                if "deleted" not in each.marks:
                    for piece in self._pieces.get(each.uid, ()):
                        kinds.setdefault(piece.part, []).append(piece.uid)
            states: dict[str, State] = {}
            for kind, uids in kinds.items():
                states.update(self.states.of(kind, dict.fromkeys(uids), head(kind)))
            for each in some:
                yield from self._cells(each, states)

    def _cells(self, moved: Moved, states: dict[str, State]) -> Iterator[Cell]:
        entity: Any = RECORDS[moved.entity]
        state = states[moved.uid]
        was, now = self._seen(entity, state)
        if was is None:
            yield self._cell(moved, called("new"), "", moved.name, state.by("visibility"))
        elif now is None:
            yield self._cell(moved, called("deleted"), moved.name, "", state.by())
            return
        else:
            for name in self._names(entity, state, was, now):
                before, after = (
                    self.say.field(entity, name, value(entity, side, name)) for side in (was, now)
                )
                yield self._cell(moved, title(entity, name), before, after, state.by(name))
        for piece in self._of(moved.uid, was, now):
            yield self._part(moved, entity, piece, states[piece.uid], new=was is None)

    def _part(self, moved: Moved, owner: type[Record], piece: Piece, state: State, new: bool) -> Cell:
        sides = self._seen(piece.part, state)
        mine = (side if side is not None and side[piece.end] == moved.uid else None for side in sides)
        was, now = (self.say.part(piece.part, side, owner, piece.end) for side in mine)
        told = state.by(*PARTS[piece.part].told)
        return self._cell(moved, _(piece.part.singular), "" if new else was, now, told)

    def _cell(self, moved: Moved, what: str, was: str, now: str, operation: int) -> Cell:
        by, at = self._operation(operation)
        record = f"{moved.ref} {moved.name}".strip()
        return Cell(moved.entity, moved.uid, record, moved.ref, what, was, now, by, at)

    def _look_up(self, operation: int) -> tuple[str, str]:
        """Who did an operation, if they may be named, and when."""
        rows = self.states.read(
            'SELECT officer, officer_name, at FROM main."operation" WHERE id = ?', (operation,)
        )
        if not rows:
            return "", ""
        officer, name, at = rows[0]
        return (name if self.sight.internal or (officer and self.sight.shows(Person, officer)) else ""), at


def head(kind: type[Record]) -> tuple[str, ...]:
    """The fields of an entity that are read whether they differ or not; of a part, none stands for all."""
    if not issubclass(kind, Entity):
        return ()
    names = ["ref", kind.naming, "visibility", "text_visibility"]
    if issubclass(kind, Followed):
        names += [kind.course.status, "priority", *DATES.get(kind, ())[:1]]
    return tuple(names)
