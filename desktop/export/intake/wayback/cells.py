"""The cells of a sheet that were edited, each as a proposal with its three values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.export import texts
from desktop.export.intake.wayback.altered import by_itself
from desktop.export.intake.wayback.history import TIES, TOLD, Course, History, visible
from desktop.export.intake.wayback.marking import marked
from desktop.export.intake.wayback.proposals import Kind, Proposal
from desktop.export.intake.wayback.rows import Edited
from desktop.export.intake.wayback.sent import Sent, SentSheet
from desktop.export.intake.wayback.taker import Kept, Reading, Taker, Told
from desktop.export.intake.wayback.takers import creatable, taker
from desktop.export.intake.wayback.values import Speech, blank, typed
from desktop.export.layouts import stored
from desktop.export.marks import canonical, mark
from desktop.i18n import _, join_parts
from desktop.model import Entity, Invalid, Record, field, fields
from desktop.model.computed import Computed
from desktop.model.visibility import INTERNAL, levels
from desktop.service.changes.states import batches
from desktop.service.workspace import Workspace

BATCH = 400


@dataclass(frozen=True)
class _Cell:
    """A cell that was edited, and all that is known of it."""

    row: Edited
    key: str
    value: Any
    course: Course
    mark: int
    """That it was exported with."""


class Cells:
    """Proposes what the edited cells of one sheet say."""

    def __init__(self, workspace: Workspace, sent: Sent, sheet: SentSheet) -> None:
        assert sheet.sheet is not None
        self.workspace, self.sent, self.sheet, self.declared = workspace, sent, sheet, sheet.sheet
        self.entity: type[Record] = sheet.sheet.entity
        self.speech = Speech(sent.language, stored.pack(sent.pack) if _pack_there(sent.pack) else None)
        self.takers = {key: taker(sheet.sheet, column) for key, column in sheet.columns.items()}
        self.history = History(workspace, sent.operation)

    def proposals(self, rows: Sequence[Edited]) -> Iterator[Proposal]:
        """All of them, a few hundred records at a time."""
        names = self._names(rows)
        for some in batches(rows, BATCH):
            courses = self.history.of(self.entity, [row.uid for row in some], names)
            for row in some:
                course = courses.get(row.uid)
                if course is None or course.now is None or not self._visible(course):
                    yield self._unreachable(row, course)
                    continue
                for key, exported in row.marks.items():
                    value = row.values[self.sheet.places[key]]
                    found = self._proposal(_Cell(row, key, value, course, exported))
                    if found is not None:
                        yield found

    def _names(self, rows: Sequence[Edited]) -> list[str]:
        """The fields that are needed to compare these rows."""
        keys = {key for row in rows for key in row.marks}
        found = ["visibility", *(("level",) if self.declared.levels else ())]
        if issubclass(self.entity, Entity):
            found += ["ref", self.entity.naming]
        for key in keys:
            own = self.takers.get(key)
            if isinstance(own, Taker):
                found += [*own.reads, *own.writes]
        return list(dict.fromkeys(found))

    def _visible(self, course: Course) -> bool:
        return self.sent.audience == INTERNAL or visible(course, levels(self.sent.audience))

    # ---- one cell

    def _proposal(self, cell: _Cell) -> Proposal | None:
        own = self.takers.get(cell.key)
        if own is None:
            return self._made(Kind.IGNORED, cell, told=_("This version of Juntos does not know this column."))
        if isinstance(own, Told):
            return self._made(Kind.IGNORED, cell, told=own.why)
        refused = self._refused(cell, own)
        if refused:
            return self._made(Kind.IGNORED, cell, told=refused)
        now, was = _of(own.writes, cell.course.now), self._exported(cell, own)
        if was is None and self.sent.audience != INTERNAL:
            told = _("The workbook did not hold what stands here; who fills it in cannot have seen it.")
            return self._made(Kind.IGNORED, cell, told=told)
        reading = self.reading(own, cell.key, cell.course.now or {}, was or {}, cell.row.uid)
        emptied = blank(cell.value)
        try:
            came = own.cleared(reading) if emptied else own.take(cell.value, reading)
        except Invalid as error:
            if self._shows(own, cell.course.now, cell.value):
                return None  # both alike: the same words stand there now
            kind = Kind.IGNORED if isinstance(error, Kept) else Kind.ERROR
            return self._made(kind, cell, own, was, now, told=str(error))
        if alike(came, now) or (was is not None and alike(came, _of(own.writes, was))):
            return None
        if was is not None and own.writes and self._cut(own, was):
            told = _(
                "This text is longer than a cell; it goes on at the sheet of long texts. Change it in the record."
            )
            return self._made(Kind.ERROR, cell, own, was, now, told=told)
        ours = was is None or not alike(now, _of(own.writes, was))
        kind = Kind.CONFLICT if ours else Kind.CLEAR if emptied else Kind.CHANGE
        told = _("What the cell held when it was exported is not known.") if was is None else ""
        if not told and self.sheet.read.rows.is_formula(cell.row.number, self.sheet.places[cell.key] + 1):
            told = _("The cell holds a formula; what it showed when the file was saved is taken.")
        unsure = not emptied and was is not None and by_itself(self._held(own, was), cell.value)
        if unsure:
            told = _("The spreadsheet program may have changed this by itself.")
        return self._made(kind, cell, own, was, now, came, told=told, unsure=unsure)

    def reading(
        self, own: Taker, key: str, now: Mapping[str, Any], was: Mapping[str, Any], uid: str = ""
    ) -> Reading:
        """What taking a cell needs to know."""
        column = self.sheet.columns[key]
        parts = tuple(part if isinstance(part, str) else part.name for part in column.parts)
        return Reading(self.speech, self.entity, was, now, parts, uid)

    def _refused(self, cell: _Cell, own: Taker) -> str:
        """Why this cell of this record gives nothing back; '' where it does."""
        level = (cell.course.now or {}).get("level")
        if self.declared.levels and level == "heading" and own.kinds[0].section == "progress":
            return _("A heading has no status and no dates of its own; those of its recommendations count.")
        if self.sent.audience != INTERNAL and any(kind.confined for kind in own.kinds):
            return _("This stays with the post; a workbook for others does not hold it.")
        return ""

    def _exported(self, cell: _Cell, own: Taker) -> dict[str, Any] | None:
        """What its fields were when the cell was written; None where that is not known.

        The journal says it, and the mark must agree: where it does not, as for what was saved while the export was
        being written, an earlier or later value of the journal whose mark does.
        """
        names = tuple(dict.fromkeys((*own.reads, *own.writes)))
        was = cell.course.was
        # A workbook for others shows a name less where they may not see it: then the mark cannot agree.
        candidates = [each for each in (was, cell.course.now) if each is not None]
        for each in candidates:
            if self._agrees(own, each, cell.mark):
                return _of(names, each)
        if not set(names) & (TIES.keys() | set(TOLD)):
            for each in self.history.values(cell.row.uid, names):
                found = {name: each.get(name, _empty(self.entity, name)) for name in names}
                if self._agrees(own, found, cell.mark):
                    return found
        # A name that has changed since, or a word that the program says otherwise now: the journal knows better.
        return _of(names, was) if was is not None and self.sent.audience == INTERNAL else None

    def _agrees(self, own: Taker, values: Mapping[str, Any], expected: int) -> bool:
        try:
            with self.speech.spoken():
                return mark(own.cell(values)) == expected
        except (LookupError, ValueError, TypeError):
            return False

    def _shows(self, own: Taker, values: Mapping[str, Any] | None, value: Any) -> bool:
        """Whether the record shows in this cell what stands in it."""
        return values is not None and self._agrees(own, values, marked(value))

    def _cut(self, own: Taker, was: Mapping[str, Any]) -> bool:
        """Whether the cell held only the beginning of a text."""
        made = self._held(own, was)
        return isinstance(made, str) and not texts.fits(made)

    def _held(self, own: Taker, was: Mapping[str, Any]) -> Any:
        """What stood in the cell when it was exported; None where that cannot be said any more."""
        try:
            with self.speech.spoken():
                return own.cell(was)
        except (LookupError, ValueError, TypeError):
            return None

    # ---- proposals

    def _made(
        self,
        kind: Kind,
        cell: _Cell,
        own: Taker | None = None,
        was: Mapping[str, Any] | None = None,
        now: Mapping[str, Any] | None = None,
        came: Mapping[str, Any] | None = None,
        told: str = "",
        unsure: bool = False,
    ) -> Proposal:
        place = self.sheet.places[cell.key]
        kept = own.words({**(now or {}), **came}) if own is not None and came is not None else None
        return Proposal(
            kind,
            self.sheet.name,
            cell.row.number,
            place + 1,
            self.heading(cell.key),
            self.named(cell.course),
            exported=own.words(was) if own is not None and was is not None else "",
            now=own.words(now) if own is not None and now is not None else "",
            came=typed(cell.value) if kept is None else kept,
            typed=None if kept is None else typed(cell.value),
            told=told,
            accepted=kind is Kind.CHANGE and self.sent.known and not unsure,
            unsure=unsure,
            entity=self.entity.key(),
            uid=cell.row.uid,
            key=cell.key,
            values=dict(came or {}),
            basis=dict(now or {}) if came is not None else {},
            before=dict(was or {}),
        )

    def heading(self, key: str) -> str:
        """What a column is called in the file."""
        found = self.sheet.headings.get(self.sheet.places.get(key, -1))
        if found:
            return found
        column = self.sheet.columns.get(key)
        return column.title(self.entity) if column is not None else key

    def named(self, course: Course) -> str:
        """A record in words."""
        values = course.now or course.was or {}
        naming = getattr(self.entity, "naming", "")
        return join_parts(str(values.get("ref") or ""), str(values.get(naming) or "")) if naming else ""

    def _unreachable(self, row: Edited, course: Course | None) -> Proposal:
        """A row whose record is not there any more, or is none that the workbook can have held."""
        if course is not None and course.now is None and self._visible(course):
            told = _("The record was deleted since; bring it back, and the cells can be compared.")
        else:
            told = _(
                "This workspace has no such record that the workbook could have held; nothing of it is taken."
            )
        cells = [f"{self.heading(key)}: {typed(row.values[self.sheet.places[key]])}" for key in row.marks]
        return Proposal(
            Kind.ERROR,
            self.sheet.name,
            row.number,
            came="; ".join(cells),
            told=told,
            record=self.named(course) if course is not None and self._visible(course) else "",
            entity=self.entity.key(),
            uid=row.uid,
        )

    def gone(self, uids: Sequence[str], elsewhere: Mapping[str, str]) -> Iterator[Proposal]:
        """Rows that are not there any more, of records that are. `elsewhere` names the sheets that still have some of
        them: of these nobody is asked whether they are deleted."""
        own = [kind.name for kind in fields(self.entity) if kind.editable and not isinstance(kind, Computed)]
        names = list(dict.fromkeys((*self._names(()), *own)))
        found = self.history.of(self.entity, uids, names) if uids else {}
        for uid in uids:
            course = found.get(uid)
            if course is None or course.now is None or not self._visible(course):
                continue
            asked = creatable(self.entity) and uid not in elsewhere
            if uid in elsewhere:
                told = _(
                    "The row is gone here, but it stands on the sheet “{sheet}”; the record stays."
                ).format(sheet=elsewhere[uid])
            elif asked:
                told = _("The row is gone. Deleted is the record only if you say so here.")
            else:
                told = _("The row is gone; what was noted stays in the record.")
            yield Proposal(
                Kind.GONE if asked else Kind.IGNORED,
                self.sheet.name,
                record=self.named(course),
                told=told,
                entity=self.entity.key(),
                uid=uid,
                basis=_of(names, course.now) if asked else {},  # deleted is only what somebody has seen
            )


def _pack_there(key: str) -> bool:
    try:
        return bool(key) and stored.pack(key) is not None
    except Invalid:
        return False


def _of(names: Sequence[str], values: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: values.get(name) for name in names} if values is not None else {}


def _empty(entity: type[Record], name: str) -> Any:
    try:
        kind = field(entity, name)
    except KeyError:
        return None
    return kind.to_json(kind.empty())


def alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two states of the same fields are the same to a reader."""
    return all(_plain(value) == _plain(other.get(name)) for name, value in one.items())


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return canonical(value).strip()
    if isinstance(value, list):
        return sorted(value)
    return "" if value is None else value
