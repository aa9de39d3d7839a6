"""What taking in a tracker would do, found out without writing anything.

Each row is tried without writing, so that nobody waits meanwhile: what its record refuses is told, and the row goes in
without it where it can.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from desktop.export.errors import Cancelled
from desktop.export.intake.book import Book, State
from desktop.export.intake.tracker import duplicates, matching, names, namesakes, tables, targets, trial
from desktop.export.intake.tracker.columns import Header, Outside
from desktop.export.intake.tracker.directory import Directory
from desktop.export.intake.tracker.mapping import ColumnRule, Mapping, told_of
from desktop.export.intake.tracker.plan import (
    Act,
    Fate,
    LeftOut,
    NewName,
    Plan,
    PlannedRow,
    Taken,
    Untaken,
    Wanted,
)
from desktop.export.intake.tracker.shifted import Window
from desktop.export.intake.tracker.shown import is_filled
from desktop.export.intake.tracker.taking import Taker
from desktop.i18n import _, captioned, format_date, format_number, join_list, ngettext, quoted
from desktop.model import Invalid
from desktop.model.dates import Date
from desktop.service.workspace import Workspace
from desktop.text import fold

Progress = Callable[[int, int], bool | None]
"""Told how many rows of all are looked at; answers False to stop."""


def headers_of(book: Book, mapping: Mapping) -> list[Header]:
    """The tables that a mapping speaks of: on its sheets, else on those that have its columns; raises `Invalid`."""
    named = [sheet for sheet in book.sheets if sheet.name in mapping.sheets]
    shown = [sheet for sheet in book.sheets if sheet.state is State.VISIBLE] or book.sheets
    kept: list[Header] = []
    for sheet in named or shown:
        pointed = tables.find_table(sheet, mapping.header) if mapping.header else None
        for found in (pointed, None if pointed and _fits(pointed, mapping) else tables.find_table(sheet)):
            if found is not None and _fits(found, mapping):
                kept.append(found)
                break
    if not kept:
        raise Invalid(
            _("The file has no table with the columns of this mapping, such as {columns}.").format(
                columns=join_list([f"“{quoted(rule.shown)}”" for rule in mapping.columns if rule.target][:3])
            )
        )
    return kept


def _fits(header: Header, mapping: Mapping) -> bool:
    """Whether a table has the columns that become fields, or most of them."""
    wanted = [rule.key for rule in mapping.columns if rule.target]
    there = {column.key for column in header.columns}
    return bool(wanted) and sum(key in there for key in wanted) >= 0.5 * len(wanted)


def rules_of(header: Header, mapping: Mapping) -> dict[int, ColumnRule]:
    """By number of column of this sheet, what becomes of it; where there are more columns of its name than there were,
    it is no field."""
    by_key = {rule.key: rule for rule in mapping.columns}
    found = {column.number: by_key[column.key] for column in header.columns if column.key in by_key}
    for several in namesakes.more(header.columns, mapping.columns).values():
        for column in several:
            if column.number in found:
                found[column.number] = replace(found[column.number], target="")
    return found


def plan(
    workspace: Workspace,
    book: Book,
    mapping: Mapping,
    file: str = "",
    progress: Progress | None = None,
) -> Plan:
    """What would be made, changed and left; writes nothing. Raises `Invalid`, or `Cancelled` where it is stopped."""
    headers = headers_of(book, mapping)
    entity = targets.entity_of(mapping.kind)
    if entity.naming not in {
        rule.target for header in headers for rule in rules_of(header, mapping).values()
    } and ("ref" not in mapping.key):
        needed = _("No column becomes “{field}”, which each {kind} needs.").format(
            field=targets.targets(entity)[entity.naming].title, kind=_(entity.singular)
        )
        raise Invalid(" ".join([needed, *namesakes.told(mapping), *_crowded(headers, mapping)]))
    directory = Directory(workspace)
    taken, shifted = list[Taken](), list[Outside]()
    total = 2 * sum(header.end - header.begin + 1 for header in headers)
    step = _Steps(progress, total)
    for header in headers:
        taker = Taker(mapping, header, rules_of(header, mapping), directory, workspace.today())
        for row, told in _taken(book, header, taker):
            taken.append(row)
            shifted += [told] if told is not None else []
            step()
    rows = matching.matched(workspace, entity, mapping, taken)
    trier = trial.Trial(workspace, entity, mapping, file)
    for planned in rows:
        trier.try_out(planned)
        step()
    duplicates.mark([row for row in rows if row.act is Act.MAKE], entity, duplicates.existing(entity))
    return _whole(book, mapping, file, headers, rows, shifted, directory, workspace)


class _Steps:
    """Counts rows, and asks now and then whether to go on."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, max(total, 1), 0

    def __call__(self) -> None:
        self.done += 1
        asked = self.progress if self.done % 16 == 1 else None
        if asked is not None and asked(min(self.done, self.total), self.total) is False:
            raise Cancelled(_("Stopped. Nothing was written."))


def _taken(book: Book, header: Header, taker: Taker) -> Iterator[tuple[Taken, Outside | None]]:
    dated = [
        number
        for number, rule in taker.rules.items()
        if (target := taker.fields.get(rule.target)) is not None and isinstance(target.field, Date)
    ]
    window = Window(header, dated)
    for number, values in tables.rows(book.sheet(header.sheet), header):
        if any(is_filled(value) for value in values):
            row = taker.take(number, values)
            window.note(number, values)
            yield row, window.told(number, row.untaken)


def _whole(
    book: Book,
    mapping: Mapping,
    file: str,
    headers: Sequence[Header],
    rows: Sequence[PlannedRow],
    shifted: Sequence[Outside],
    directory: Directory,
    workspace: Workspace,
) -> Plan:
    untaken: list[Untaken] = [cell for row in rows for cell in row.taken.untaken]
    left: Counter[tuple[str, int]] = Counter(
        (row.taken.sheet, number)
        for row in rows
        for number, fate in row.taken.fates.items()
        if fate is Fate.LEFT
    )
    of = {header.sheet: header for header in headers}
    return Plan(
        mapping=replace(mapping, sheets=tuple(header.sheet for header in headers)),
        file=file,
        rows=tuple(rows),
        names=tuple(_names(rows, directory)),
        typed=tuple(_typed(rows, directory)),
        untaken=tuple(untaken),
        outside=tuple(outside for header in headers for outside in header.outside),
        left_out=tuple(
            LeftOut(sheet, of[sheet].column(number), count) for (sheet, number), count in left.items()
        ),
        shifted=tuple(shifted),
        told=tuple(_told(book, mapping, headers, rows, workspace)),
    )


def _names(rows: Sequence[PlannedRow], directory: Directory) -> Iterator[NewName]:
    """Who is to be put into the directory, each once."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    first: dict[tuple[str, str], Wanted] = {}
    for row in rows:
        if row.act in (Act.MAKE, Act.CHANGE):
            for wanted in _wanted(row):
                key = wanted.kind, fold(wanted.name)
                counts[key] += 1
                if not first.setdefault(key, wanted).organisation:
                    first[key] = wanted
    for key, wanted in first.items():
        yield NewName(wanted, counts[key], directory.like(wanted))


def _typed(rows: Sequence[PlannedRow], directory: Directory) -> Iterator[NewName]:
    """Attendees without a record whose name is like one's of the directory, each once."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row.act in (Act.MAKE, Act.CHANGE):
            typed = {name for name, _works_for in row.taken.attendees if isinstance(name, str)}
            counts.update(names.party(name).person or name for name in typed)
    for name, count in counts.items():
        wanted = Wanted("person", name)
        like = directory.like(wanted)
        if like:
            yield NewName(wanted, count, like)


def _wanted(row: PlannedRow) -> Iterator[Wanted]:
    for value in row.values.values():
        for each in value if isinstance(value, frozenset) else (value,):
            if isinstance(each, Wanted):
                yield each


def _told(
    book: Book, mapping: Mapping, headers: Sequence[Header], rows: Sequence[PlannedRow], workspace: Workspace
) -> Iterator[str]:
    yield from namesakes.told(mapping)
    yield from told_of(mapping.columns)
    yield from _crowded(headers, mapping)
    yield from _years(rows)
    yield from mapping.told
    yield from book.told
    used = {header.sheet for header in headers}
    others = [sheet.name for sheet in book.sheets if sheet.name not in used and len(sheet.rows)]
    if others:
        words = ngettext(
            "Nothing is taken from the sheet {sheets}.",
            "Nothing is taken from the sheets {sheets}.",
            len(others),
        )
        yield words.format(sheets=join_list([f"“{quoted(name)}”" for name in others]))
    hidden = sum(book.sheet(row.taken.sheet).is_hidden(row.taken.row) for row in rows)
    if hidden:
        words = ngettext(
            "{count} row is hidden in the file; it is taken too.",
            "{count} rows are hidden in the file; they are taken too.",
            hidden,
        )
        yield words.format(count=format_number(hidden))
    undated = sum(not entry.on for row in rows for entry in row.entries)
    if undated:
        words = ngettext(
            "{count} note on progress has no date; it is dated today.",
            "{count} notes on progress have no date; they are dated today.",
            undated,
        )
        yield words.format(count=format_number(undated))


def _crowded(headers: Sequence[Header], mapping: Mapping) -> list[str]:
    """That there are more columns of a name than were understood; a kept mapping cannot say which it meant."""
    found = (namesakes.more(header.columns, mapping.columns) for header in headers)
    fields = {rule.key[:2] for rule in mapping.columns if rule.target}
    told = (namesakes.asked(several) for each in found for name, several in each.items() if name in fields)
    return list(dict.fromkeys(told))


def _years(rows: Sequence[PlannedRow]) -> Iterator[str]:
    """That the years of some updates are not in the file."""
    supposed = [entry for row in rows for entry in row.entries if entry.supposed]
    if supposed:
        words = ngettext(
            "{count} update has no year in the file; its year is supposed: {example}.",
            "{count} updates have no year in the file; their years are supposed, as in {example}.",
            len(supposed),
        )
        shown = captioned(format_date(supposed[0].on), quoted(supposed[0].text))
        yield words.format(count=format_number(len(supposed)), example=shown)
