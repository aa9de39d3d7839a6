"""Putting right what a check found: the last good values into the rows, and what follows from others made anew.

A bit that turned is no edit. The journal never said what stands in the row now, so the operation that puts the good
value back notes that value before and after: the history names it, and no report tells a change that nobody made.
The file as it was found is kept as a backup. Values go straight into their columns: what is damaged may be no text
any more, or no value that would be let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.i18n import _
from desktop.model import RECORDS, database
from desktop.model import field as declared
from desktop.model.relations import Many, Reference
from desktop.service import derive
from desktop.service.checking.flaw import Flaw, Kind, Report
from desktop.service.journal import Step, canonical
from desktop.service.operation import Writing
from desktop.service.undo import MENDS
from desktop.service.workspace import Workspace
from desktop.store import proofs, search
from desktop.store.backup import backup
from desktop.store.engine import StoreError

_DERIVED = (Kind.DERIVED, Kind.FIGURES, Kind.SEARCH, Kind.WORDS)
_PLAIN = (Kind.REGISTER, Kind.ALIAS, Kind.COUNTER, Kind.BYTES)
"""Tables outside of the journal: their good value is put into the column, and that is all."""


@dataclass
class Mended:
    """What became of the flaws."""

    mended: list[Flaw] = field(default_factory=list)
    left: list[Flaw] = field(default_factory=list)
    """What stays as it is: only a backup can help."""
    backup: Path | None = None
    """The file as it was found; None where no copy could be made of it."""


def last_operation(ask: Callable[[str], Iterable[Any]]) -> int:
    """The number of the last operation; 0 where there is none, or the journal cannot be read."""
    with suppress(*proofs.REFUSED):
        for (number,) in ask('SELECT max(id) FROM main."operation"'):
            return number or 0
    return 0


def mend(workspace: Workspace, report: Report) -> Mended:
    """Put right what can be, as one operation; raises `StoreError` where nothing can be written.

    Nothing is, where somebody saved since the check: what was the last good value then may be an older one now. Check
    again after it: what follows from damaged rows is made anew unseen.
    """
    done = Mended()
    todo: list[Flaw] = []
    for flaw in report.flaws:
        (todo if flaw.mendable else done.left).append(flaw)
    if not todo:
        return done
    with suppress(StoreError):
        done.backup = backup(workspace.engine, "before-restore")
    with workspace.operation(_("Put back what was damaged in the file"), source=MENDS) as writing:
        if last_operation(database.execute_sql) != report.last:
            raise StoreError(
                _("Something was saved since the check. Check again, then put back what is still damaged.")
            )
        mending = _Mending(writing, done)
        mending.some(todo, (Kind.JOURNAL, Kind.SCHEMA), mending.file)
        # A damaged index would refuse the very row that is to be put right.
        damaged = [flaw for flaw in todo if flaw.kind is Kind.FILE]
        if damaged:
            mending.together(damaged, proofs.reindex)
        mending.some(todo, _PLAIN, mending.plainly)
        mending.some(todo, (Kind.REMINDER, Kind.STRAY), mending.gone)
        mending.some(todo, (Kind.VALUE,), mending.value)
        mending.some(todo, (Kind.DERIVED,), mending.plainly)
        mending.anew([flaw for flaw in todo if flaw.kind in _DERIVED])
    return done


class _Mending:
    """One mending under way."""

    def __init__(self, writing: Writing, done: Mended) -> None:
        self.writing, self.done = writing, done
        self._touched: dict[tuple[str, int], None] = {}

    def some(self, todo: Sequence[Flaw], kinds: Sequence[Kind], act: Callable[[Flaw], None]) -> None:
        """Mend those of these kinds, each by itself."""
        for flaw in todo:
            if flaw.kind in kinds:
                self.together([flaw], lambda flaw=flaw: act(flaw))  # type: ignore[misc]

    def together(self, flaws: Sequence[Flaw], act: Callable[[], None]) -> None:
        """Mend flaws at once; what the database refuses is left as it was."""
        try:
            with self.writing.nested():
                act()
        except proofs.REFUSED:
            self.done.left.extend(flaws)
        else:
            self.done.mended.extend(flaw for flaw in flaws if flaw.kind is not Kind.DERIVED)

    def file(self, flaw: Flaw) -> None:
        """The journal as its hash proves it; a trigger as it was made."""
        if flaw.where == "sqlite_schema":
            proofs.make_trigger(flaw.field, flaw.now, flaw.good)
        else:
            proofs.write_past_triggers(flaw.where, flaw.field, flaw.row, flaw.good)

    def plainly(self, flaw: Flaw) -> None:
        """One column of a row that no journal keeps."""
        sql = f'UPDATE "{flaw.where}" SET "{flaw.field}" = ? WHERE rowid = ?'
        database.execute_sql(sql, (flaw.good, flaw.row))

    def gone(self, flaw: Flaw) -> None:
        """A row that says nothing, taken away: what was put off is reminded of again."""
        database.execute_sql(f'DELETE FROM "{flaw.where}" WHERE rowid = ?', (flaw.row,))

    def value(self, flaw: Flaw) -> None:
        """A journalled value, into its column or its set."""
        entity = RECORDS[flaw.entity]
        if flaw.field in ("uid", "created_at", "updated_at"):
            self.plainly(flaw)
            return
        f = declared(entity, flaw.field)
        if isinstance(f, Many):
            _write_set(f, flaw.row, f.from_json(flaw.good or []))
        else:
            raw = f.empty() if flaw.good is None and not isinstance(f, Reference) else f.from_json(flaw.good)
            sql = f'UPDATE "{entity.key()}" SET "{f.column_name}" = ? WHERE id = ?'  # type: ignore[attr-defined]
            database.execute_sql(sql, (raw, flaw.row))
        if (flaw.entity, flaw.row) not in self._touched:
            self._touched[flaw.entity, flaw.row] = None
            sql = f'UPDATE "{entity.key()}" SET version = version + 1, updated_at = ? WHERE id = ?'
            database.execute_sql(sql, (self.writing.at, flaw.row))
        good = canonical(flaw.good)
        self.writing.steps.append(Step(flaw.entity, flaw.uid, flaw.field, good, good))

    def anew(self, flaws: list[Flaw]) -> None:
        """Make all that follows from others anew, where any of it is damaged, or what it follows from was."""
        rows = any(flaw.kind in (Kind.VALUE, Kind.REGISTER) for flaw in self.done.mended)
        facts, today = self.writing.workspace.facts, self.writing.workspace.today()
        if rows or any(flaw.kind in (Kind.DERIVED, Kind.FIGURES) for flaw in flaws):
            some = [flaw for flaw in flaws if flaw.kind in (Kind.DERIVED, Kind.FIGURES)]
            self.together(some, lambda: derive.rebuild(facts, today))
            self.done.mended.extend(flaw for flaw in some if flaw.kind is Kind.DERIVED)
        if rows or any(flaw.kind in (Kind.SEARCH, Kind.WORDS) for flaw in flaws):
            some = [flaw for flaw in flaws if flaw.kind in (Kind.SEARCH, Kind.WORDS)]
            self.together(some, _index_anew)


def _index_anew() -> None:
    search.rebuild()


def _write_set(f: Any, record: int, elements: frozenset[Any]) -> None:
    """A set as it should be, whatever stands there."""
    table, column = f.through._meta.table_name, f.of.column_name
    database.execute_sql(f'DELETE FROM "{table}" WHERE subject_id = ? AND role = ?', (record, f.role))
    sql = f'INSERT INTO "{table}" (subject_id, role, "{column}") VALUES (?, ?, ?)'
    for element in elements:
        database.execute_sql(sql, (record, f.role, element))
