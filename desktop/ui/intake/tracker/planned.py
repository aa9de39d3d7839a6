"""A plan as lists of lines, and what the officer decides about its likely duplicates."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.export.intake.tracker.applying import Choices
from desktop.export.intake.tracker.directory import Directory, Unknown
from desktop.export.intake.tracker.plan import Act, NewName, Plan, PlannedRow
from desktop.export.intake.tracker.shown import plain
from desktop.i18n import N_, _, captioned, format_date, format_number, ngettext
from desktop.ui.intake.tracker.cells import day_of
from desktop.ui.intake.tracker.tables import Line

KEEP, SAME, LEAVE = "keep", "same", "leave"
DECISIONS = {KEEP: N_("Keep both"), SAME: N_("Same record"), LEAVE: N_("Leave out")}
SHEET, ROW = N_("Sheet"), N_("Row")
LISTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "made": (N_("New"), (SHEET, ROW, N_("Name"), N_("With it")), N_("No row becomes a new record.")),
    "changed": (
        N_("Changes"),
        (SHEET, ROW, N_("Ref"), N_("Name"), N_("Field"), N_("Was"), N_("Becomes")),
        N_("No record that is there changes."),
    ),
    "likely": (
        N_("Likely duplicates"),
        (SHEET, ROW, N_("Name"), N_("Why"), N_("Likeness"), N_("Decision")),
        N_("Nothing new looks like what is there already."),
    ),
    "untaken": (
        N_("Not taken"),
        (SHEET, ROW, N_("Column"), N_("Text"), N_("Why")),
        N_("Every cell of the table is taken."),
    ),
    "supposed": (
        N_("Supposed"),
        (SHEET, ROW, N_("Text"), N_("Why")),
        N_("Nothing had to be supposed."),
    ),
}
"""By key: what a list of the plan is called, its columns, and the sentence that stands in an empty one."""
Key = tuple[str, int]


@dataclass
class Decided:
    """What becomes of likely duplicates, by sheet and row; of those not named, both are kept."""

    of: dict[Key, str] = field(default_factory=dict)
    seen: dict[Key, tuple[str, str]] = field(default_factory=dict)
    """What each was decided on: the name of the row, and the record that it may be."""

    def decide(self, row: PlannedRow, decision: str) -> None:
        """This becomes of a row."""
        self.of[row.key], self.seen[row.key] = decision, (row.name, same_as(row))

    def fit(self, plan: Plan) -> int:
        """Drop what was decided on another row or another record than stand there in this plan; how much that is."""
        lost = [row.key for row in plan.likely if self._lost(row)]
        for key in lost:
            del self.of[key]
        return len(lost)

    def _lost(self, row: PlannedRow) -> bool:
        return row.key in self.of and self.seen[row.key] != (row.name, same_as(row))

    def choices(self, plan: Plan) -> Choices:
        """As the plan is carried out."""
        become, leave = {}, set()
        for row in plan.likely:
            decision = self.of.get(row.key, KEEP)
            if decision == LEAVE:
                leave.add(row.key)
            elif decision == SAME and same_as(row):
                become[row.key] = same_as(row)
        return Choices(leave=frozenset(leave), become=become)

    def counts(self, plan: Plan) -> tuple[int, int]:
        """How many records will be made, and how many changed."""
        chosen = self.choices(plan)
        made = plan.count(Act.MAKE) - len(chosen.leave) - len(chosen.become)
        return made, plan.count(Act.CHANGE) + len(chosen.become)


def same_as(row: PlannedRow) -> str:
    """The reference of the likeliest record that is there, '' where the row is only like another row."""
    return next((likely.ref for likely in row.likely if likely.ref), "")


def _where(row: PlannedRow) -> tuple[str, str]:
    return row.taken.sheet, format_number(row.taken.row)


def made(plan: Plan) -> list[Line]:
    """The rows that become new records."""
    found = []
    for row in plan.rows:
        if row.act is Act.MAKE:
            more = [update_words(row)] if row.entries else []
            likely = [row.likely[0].told()] if row.likely else []
            found.append(Line(row.key, (*_where(row), row.name, " ".join(more + likely))))
    return found


def update_words(row: PlannedRow) -> str:
    """How many entries of progress go in with a row."""
    words = ngettext("{count} update.", "{count} updates.", len(row.entries))
    return words.format(count=format_number(len(row.entries)))


def changed(plan: Plan) -> list[Line]:
    """What becomes of records that are there, cell by cell."""
    found = []
    for row in plan.rows:
        if row.act is not Act.CHANGE:
            continue
        head = (*_where(row), row.ref, row.name)
        found += [Line(row.key, (*head, each.title, each.was, each.now)) for each in row.changes]
        for entry in row.entries:
            day = day_of(entry) if entry.on else _("today")
            found.append(Line(row.key, (*head, _("New update of {day}").format(day=day), "", entry.text)))
        if not row.changes and not row.entries:
            found.append(Line(row.key, (*head, _("Links, people or next steps"), "", _("more of them"))))
    return found


def likely(plan: Plan, decided: Decided) -> list[Line]:
    """New rows that may be there already."""
    return [
        Line(
            row.key,
            (
                *_where(row),
                row.name,
                row.likely[0].told(),
                f"{format_number(row.likely[0].likeness)} %",
                _(DECISIONS[decided.of.get(row.key, KEEP)]),
            ),
        )
        for row in plan.likely
    ]


def untaken(plan: Plan) -> list[Line]:
    """Every cell and row that could not be taken, and why."""
    found = []
    for cell in plan.untaken:
        place = (cell.sheet, format_number(cell.row), f"{cell.column.letter}  {cell.column.shown}")
        found.append(Line((cell.sheet, cell.row), (*place, cell.text, cell.why)))
    for told in (*plan.shifted, *plan.outside):
        found.append(
            Line((told.sheet, told.row), (told.sheet, format_number(told.row), "", told.text, told.why))
        )
    for row in plan.rows:
        if row.act is Act.LEAVE and not row.taken.untaken:
            found.append(Line(row.key, (*_where(row), "", row.name, row.why)))
    for left in plan.left_out:
        words = ngettext("{count} cell is left out.", "{count} cells are left out.", left.cells)
        title = f"{left.column.letter}  {left.column.shown}"
        why = words.format(count=format_number(left.cells))
        found.append(Line((left.sheet, 0), (left.sheet, "", title, "", why)))
    return found


def supposed(plan: Plan) -> list[Line]:
    """What was decided for whole columns, and every update whose year the file does not tell."""
    found = [Line(("", 0), ("", "", "", told)) for told in dict.fromkeys(plan.told)]
    for row in plan.rows:
        if row.act in (Act.MAKE, Act.CHANGE):
            why = _("Its year is not in the file.")
            found += [
                Line(row.key, (*_where(row), captioned(format_date(entry.on), entry.text), why))
                for entry in row.entries
                if entry.supposed
            ]
    return found


def only_typed(plan: Plan) -> tuple[NewName, ...]:
    """The attendees who may be in the directory, and of whom no other column asks."""
    asked = {(each.wanted.kind, plain(each.wanted.name)) for each in plan.names}
    return tuple(each for each in plan.typed if (each.wanted.kind, plain(each.wanted.name)) not in asked)


def meant(same: dict[tuple[str, str], str], directory: Directory) -> dict[tuple[str, str], int]:
    """By kind and plain name of a new one, the id of the one who is there and meant; for a worker.

    `same` has names of the directory by kind and name of the new one.
    """
    ids: dict[tuple[str, str], int] = {}
    for (kind, name), shown in same.items():
        try:
            found = directory.find(kind, shown)
        except Unknown:
            continue
        if found is not None:
            ids[kind, plain(name)] = found
    return ids
