"""Rows that were copied in a spreadsheet become records: understood first, then written in one operation, or not.

    pasted = pasting.read(workspace, FollowUp, text, ("ref", "title", "due_on"))
    pasting.accept(workspace, pasted)

The first row may name the columns, in any of the program's languages; else they are those of the list. A row with
the reference of a record changes it, one without makes a new one. What cannot be taken is told by row and column.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.i18n import LANGUAGES, _, format_number, language, ngettext, quoted, speaking
from desktop.model import Entity, Invalid
from desktop.model import field as field_of
from desktop.model import fields as fields_of
from desktop.model.base import Record
from desktop.model.kind import Kind
from desktop.model.relations import Many
from desktop.service import extensions, handling, query, records
from desktop.service.conflicts import Conflict
from desktop.service.journal import stored
from desktop.service.operation import Writing
from desktop.service.query import Query
from desktop.service.workspace import Workspace
from desktop.text import fold, unguard

MOST = 1_000
"""Rows that are taken at once: more is a matter for an import."""
HEADED = 0.5
"""The share of a first row's cells that must be titles of fields for it to be a header."""
_TRIAL_REASON = "…"


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell, or, without a column, in a row; rows are counted as they were pasted, from 1."""

    row: int
    column: str
    sentence: str

    def told(self) -> str:
        """Where, and what."""
        if not self.column:
            return _("Row {row}: {problem}").format(row=format_number(self.row), problem=self.sentence)
        words = _("Row {row}, {column}: {problem}")
        return words.format(row=format_number(self.row), column=self.column, problem=self.sentence)


@dataclass(frozen=True)
class Row:
    """A row: its cells as pasted, the record that it changes (None for a new one), and the values that it sets."""

    number: int
    cells: tuple[str, ...]
    record: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def good(self) -> bool:
        """Whether all of it can be taken."""
        return not self.problems

    @property
    def acts(self) -> bool:
        """Whether it makes or changes anything."""
        return self.record is None or bool(self.values)


@dataclass(frozen=True)
class Pasted:
    """What a pasted table means. `columns` has the field of each column, None where it has none that can be set."""

    entity: type[Entity]
    titles: tuple[str, ...]
    columns: tuple[Kind | None, ...]
    rows: tuple[Row, ...]
    headed: bool
    moves: bool = False
    """Whether an agreed date is moved, which needs a reason."""

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, in the order of the rows."""
        return [problem for row in self.rows for problem in row.problems]

    @property
    def new(self) -> int:
        """How many records would be made."""
        return sum(row.good and row.record is None for row in self.rows)

    @property
    def changed(self) -> int:
        """How many would be changed."""
        return sum(row.good and row.record is not None and row.acts for row in self.rows)

    @property
    def left_out(self) -> list[str]:
        """Titles of columns of which nothing is taken."""
        return [title for title, kind in zip(self.titles, self.columns, strict=True) if kind is None]


# ---- reading


def table(text: str) -> list[list[str]]:
    """The cells of a text that a spreadsheet put on the clipboard; rows in which nothing stands are left out."""
    csv.field_size_limit(10_000_000)
    rows = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline=""), delimiter="\t")
    return [[unguard(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]


def titles(entity: type[Record]) -> dict[str, str]:
    """The fields of an entity by what a header may call them: titles in all languages, and their names."""
    known: dict[str, str] = {}
    for spoken in dict.fromkeys((language(), *LANGUAGES)):
        with speaking(spoken):
            for kind in fields_of(entity):
                known.setdefault(fold(kind.title), kind.name)
    for kind in fields_of(entity):
        known.setdefault(fold(kind.name), kind.name)
    return known


def read(
    workspace: Workspace, entity: type[Entity], text: str, columns: Sequence[str], *, clears: bool = False
) -> Pasted:
    """What a pasted text means; raises `Invalid` where it is no table. Writes nothing.

    `columns` are those of the list, `clears` says whether an empty cell empties the field of a record.
    """
    cells = table(text)
    if not cells:
        raise Invalid(_("There is no table on the clipboard: copy rows of a spreadsheet first."))
    known = titles(entity)
    # Over anything but headings, what begins as that line does is a record.
    marked = len(cells) > 1 and handling.is_row(*cells[:2]) and _names(cells[1], known) is not None
    cells = cells[marked:]
    named = _names(cells[0], known)
    headed = named is not None
    names = list(columns) if named is None else named
    rows = cells[1:] if headed else cells
    if len(rows) > MOST:
        raise Invalid(
            _("{count} rows are too many to paste at once; {most} is the most.").format(
                count=format_number(len(rows)), most=format_number(MOST)
            )
        )
    width = max([len(row) for row in rows] + [len(cells[0])])
    names = [*names, *[None] * width][:width]
    heads = [*cells[0], *[""] * width][:width] if headed else [_title(entity, name) for name in names]
    kinds = tuple(_usable(entity, name, names[:place]) for place, name in enumerate(names))
    if not any(kind is not None and kind.name != "ref" for kind in kinds):
        raise Invalid(_("No column of the pasted table is a field that can be set."))
    first = 1 + marked + headed
    parsed = [
        _row(workspace, entity, number, tuple([*row, *[""] * width][:width]), kinds, clears)
        for number, row in enumerate(rows, first)
    ]
    pasted = Pasted(entity, tuple(heads), kinds, tuple(_once(parsed)), headed)
    return _tried(workspace, pasted)


def _names(row: Sequence[str], known: dict[str, str]) -> list[str | None] | None:
    """The fields that a row of headings names, None for a heading that names none; None where it is no such row."""
    named = [known.get(fold(cell.strip())) for cell in row]
    written = sum(bool(cell.strip()) for cell in row)
    return named if sum(name is not None for name in named) > written * HEADED else None


def _title(entity: type[Entity], name: str | None) -> str:
    return field_of(entity, name).title if name else ""


def _usable(entity: type[Entity], name: str | None, before: Sequence[str | None]) -> Kind | None:
    """The field of a column, if an officer can set it and no column before has it."""
    if name is None or name in before:
        return None
    kind = field_of(entity, name)
    return kind if name == "ref" or (kind.editable and not kind.derived) else None


def _row(
    workspace: Workspace,
    entity: type[Entity],
    number: int,
    cells: tuple[str, ...],
    kinds: tuple[Kind | None, ...],
    clears: bool,
) -> Row:
    texts = {kind.name: cell for kind, cell in zip(kinds, cells, strict=True) if kind is not None}
    row, problems = Row(number, cells), list[Problem]()
    ref = texts.pop("ref", "").strip()
    if ref:
        record = entity.by_ref(ref)
        if record is None:
            words = _("there is no record “{ref}”; leave the cell empty to make a new one.")
            problems.append(Problem(number, field_of(entity, "ref").title, words.format(ref=quoted(ref))))
        row = replace(row, record=record)
    shown = _shown(workspace, row.record, tuple(texts))
    for name, text in texts.items():
        if _alike(text, shown.get(name, "")) or not (text.strip() or (clears and row.record)):
            continue
        kind = field_of(entity, name)
        try:
            value = kind.check(kind.parse(text))
        except Invalid as error:
            problems.append(Problem(number, kind.title, _bare(kind, str(error))))
            continue
        if row.record is None or value != _now(kind, row.record):
            row.values[name] = value
    return replace(row, problems=tuple(problems))


def _now(kind: Kind, record: Any) -> Any:
    return kind.read(record.id) if isinstance(kind, Many) else stored(record, kind.name)


def _shown(workspace: Workspace, record: Any, names: tuple[str, ...]) -> dict[str, str]:
    """How the fields of a record read now: what was copied and not changed is left as it is, however it reads."""
    if record is None or not names:
        return {}
    asked = Query(type(record), names)
    found = query.one(workspace, asked, record.id)
    return dict(zip(names, query.shown(asked, found), strict=True)) if found is not None else {}


def _alike(one: str, other: str) -> bool:
    """Whether two texts read alike: spreadsheets trim cells and end lines in their own way."""
    return [line.rstrip() for line in one.strip().splitlines()] == [
        line.rstrip() for line in other.strip().splitlines()
    ]


def _bare(kind: Kind, sentence: str) -> str:
    """A sentence without the name of the field before it: the column says it."""
    return sentence.removeprefix(_("{field}: {problem}").format(field=kind.title, problem=""))


def _once(rows: list[Row]) -> Iterator[Row]:
    """The rows, with a problem where a record stands in several."""
    seen = Counter(row.record.id for row in rows if row.record is not None)
    for row in rows:
        if row.record is not None and seen[row.record.id] > 1:
            words = _("{record} stands in several rows.").format(record=row.record.ref)
            row = replace(row, problems=(*row.problems, Problem(row.number, "", words)))
        yield row


# ---- writing


class _TakenBack(Exception):
    """Ends a trial: nothing of it stays."""


def _tried(workspace: Workspace, pasted: Pasted) -> Pasted:
    """The same with what the records say to it: everything is written, and taken back."""
    tried: list[Row] = []
    moves = False
    try:
        with workspace.operation(_("Paste rows")) as writing:
            for row in pasted.rows:
                moves = moves or _moves(row)
                problem = _problem_of(writing, pasted, row) if row.good and row.acts else None
                tried.append(row if problem is None else replace(row, problems=(problem,)))
            raise _TakenBack
    except _TakenBack:
        pass
    return replace(pasted, rows=tuple(tried), moves=moves)


def _problem_of(writing: Writing, pasted: Pasted, row: Row) -> Problem | None:
    try:
        with writing.nested():
            _write(writing, pasted.entity, row, _TRIAL_REASON)
    except (Invalid, Conflict) as error:
        name = getattr(error, "field", "")
        kind = next((each for each in pasted.columns if each is not None and each.name == name), None)
        sentence = _bare(kind, str(error)) if kind is not None else str(error)
        return Problem(row.number, kind.title if kind is not None else "", sentence)
    return None


def _moves(row: Row) -> bool:
    """Whether a row moves a date that was agreed."""
    name = extensions.movable(row.record) if row.record is not None else ""
    return name in row.values and bool(name) and getattr(row.record, name) is not None


def _write(writing: Writing, entity: type[Entity], row: Row, reason: str) -> bool:
    if row.record is None:
        records.make(writing, entity, row.values)
        return True
    return records.amend(writing, row.record, row.values, reason=reason)


def accept(workspace: Workspace, pasted: Pasted, *, reason: str = "", without_bad: bool = False) -> int:
    """Make and change what the rows say, in one operation; returns how many records that concerns.

    `without_bad` leaves out the rows with problems: else these raise `Invalid`, and nothing is written. `reason`
    goes with dates that are moved.
    """
    if pasted.problems and not without_bad:
        raise Invalid(pasted.problems[0].told())
    rows = [row for row in pasted.rows if row.good and row.acts]
    label = ngettext("Paste {count} row", "Paste {count} rows", len(rows)).format(count=len(rows))
    with workspace.operation(label) as writing:
        return sum([_write(writing, pasted.entity, row, reason) for row in rows])
