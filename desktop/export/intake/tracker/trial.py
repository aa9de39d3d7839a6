"""What a record says to a row: it is tried without writing; what is refused is told and left out."""

from __future__ import annotations

from typing import Any

from desktop.export.intake.tracker import targets, writing
from desktop.export.intake.tracker.mapping import Mapping
from desktop.export.intake.tracker.matching import left
from desktop.export.intake.tracker.plan import Act, Changed, Fate, PlannedRow, Untaken, Wanted
from desktop.i18n import _, captioned
from desktop.model import Entity, Invalid, Meeting, field, fields
from desktop.model.kinds import LongText
from desktop.model.relations import Many
from desktop.service import records
from desktop.service.conflicts import Conflict
from desktop.service.journal import stored
from desktop.service.workspace import Workspace

_INSTEAD = {
    "evidence_link": ("priority", "status"),
    "outcome": ("status",),
    "currency": ("value",),
    "closed_on": ("status",),
}
"""What is left out where the field that is missing has no column."""
TRIES = 6


class Trial:
    """Tries the rows of a plan, one at a time."""

    def __init__(self, workspace: Workspace, entity: type[Entity], mapping: Mapping, file: str) -> None:
        self.workspace, self.entity, self.mapping, self.file = workspace, entity, mapping, file
        self.note = targets.NOTES[mapping.kind]
        self.reason = reason(file)

    def try_out(self, row: PlannedRow) -> None:
        """Make of a row what its record takes of it."""
        if row.act is Act.LEAVE:
            return
        record: Any = self.entity.one("uid", row.uid) if row.uid else None
        values = dict(row.values)
        for _try in range(TRIES):
            row.values = noted(record, self.note, values, row.taken.note)
            if record is not None:
                row.values = changed(record, row.values)
            problem = self._problem(record, row)
            if problem is None:
                break
            name = self._refused(row, problem)
            if not name:
                self._leave(row, str(problem))
                return
            values.pop(name, None)
        else:
            self._leave(row, _("The row contradicts itself."))
            return
        if record is not None:
            self._compare(record, row)
        else:
            row.entries = tuple(row.taken.entries)

    def _leave(self, row: PlannedRow, why: str) -> None:
        given = left(row.taken, row.name, why)
        row.act, row.why, row.values = Act.LEAVE, given.why, {}

    def _problem(self, record: Any, row: PlannedRow) -> Invalid | Conflict | None:
        """What the records say against a row, None where they take it."""
        try:
            with self.workspace.trial() as tried:
                known = {name: _known(value) for name, value in row.values.items()}
                if record is None:
                    records.make(
                        tried, self.entity, writing.ended(None, self.entity, known, row.taken, self.file)
                    )
                else:
                    given = writing.ended(record, self.entity, known, row.taken, self.file)
                    records.amend(tried, record, given, reason=self.reason)
        except (Invalid, Conflict) as error:
            return error
        return None

    def _refused(self, row: PlannedRow, problem: Invalid | Conflict) -> str:
        """The field without which the row may go in; '' where there is none. Its cell is told."""
        wrong = getattr(problem, "field", "")
        taken = row.taken
        candidates = [
            name for name in (wrong, *_INSTEAD.get(wrong, ())) if name in row.values and name in taken.sources
        ]
        name = next((name for name in candidates if name not in (self.entity.naming, self.note)), "")
        if not name:
            return ""
        column = taken.sources[name]
        text = _text(self.entity, name, row.values[name])
        taken.untaken.append(Untaken(taken.sheet, taken.row, column, text, str(problem)))
        taken.fates[column.number] = Fate.UNTAKEN
        line = captioned(column.shown, text)
        if self.mapping.notes and line not in taken.note:
            taken.note.append(line)
        return name

    def _compare(self, record: Any, row: PlannedRow) -> None:
        """What a row changes, was and is."""
        row.entries = tuple(writing.new_entries(record, row.taken.entries))
        row.changes = tuple(
            Changed(
                name,
                field(self.entity, name).title,
                _text(self.entity, name, _now(record, name)),
                _text(self.entity, name, value),
            )
            for name, value in row.values.items()
        )
        more = (
            row.entries
            or writing.missing_links(record, row.taken)
            or writing.missing_attendees(record, row.taken.attendees)
            or writing.missing_lines(record, row.taken)
            or writing.steps_new(record, row.taken)
        )
        if not row.changes and not more:
            row.act = Act.SAME


def _known(value: Any) -> Any:
    """A value without those who are to be put into the directory: they would be made for each row anew."""
    if isinstance(value, frozenset):
        return frozenset(each for each in value if not isinstance(each, Wanted))
    return None if isinstance(value, Wanted) else value


def reason(file: str) -> str:
    """Why a date is moved by a file that says so."""
    return _("As {file} says.").format(file=file)


def noted(record: Any, name: str, values: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    """The values with the note: what the field's own column says, then a line for each cell that no field took.

    What a record's note says already is not said again, and nothing of it is lost.
    """
    pieces = [piece for piece in (str(values.get(name) or ""), *lines) if piece.strip()]
    if not pieces:
        return values
    held = str(getattr(record, name) or "") if record is not None else ""
    missing = [piece for piece in dict.fromkeys(pieces) if piece not in held]
    if not missing:
        return {each: value for each, value in values.items() if each != name}
    first = [held] if held else []
    own = [missing.pop(0)] if not held and missing[0] == values.get(name) and lines else []
    text = "\n\n".join([*first, *own, "\n".join(missing)]).strip()
    return {**values, name: text}


def _now(record: Any, name: str) -> Any:
    kind = field(type(record), name)
    return kind.read(record.id) if isinstance(kind, Many) else stored(record, name)


def changed(record: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The values that a record does not have; sets lose nothing, and a meeting's lines are its points."""
    found = {}
    for name, value in values.items():
        if isinstance(field(type(record), name), Many):
            value = value | _now(record, name)
        lines = isinstance(record, Meeting) and name in writing.LINES
        if not lines and _differs(record, name, value):
            found[name] = value
    return found


def _differs(record: Any, name: str, value: Any) -> bool:
    kind = field(type(record), name)
    now = _now(record, name)
    if isinstance(kind, LongText) and isinstance(value, str):
        return [line.rstrip() for line in value.splitlines()] != [line.rstrip() for line in now.splitlines()]
    return bool(now != value)


def _text(entity: type[Entity], name: str, value: Any) -> str:
    """A value in words, those who are not there yet by their names."""
    kind = next(each for each in fields(entity) if each.name == name)
    if isinstance(value, Wanted):
        return value.name
    if isinstance(value, frozenset):
        new = sorted(each.name for each in value if isinstance(each, Wanted))
        known = kind.text(frozenset(each for each in value if not isinstance(each, Wanted)))
        return "; ".join([*filter(None, [known]), *new])
    return kind.text(value)
