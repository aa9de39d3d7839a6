"""The first rows as they will be understood: what becomes of each cell, before anything is planned."""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple

from desktop.countries import country_name
from desktop.export.intake.book import Book
from desktop.export.intake.tracker import tables, targets
from desktop.export.intake.tracker.columns import Header
from desktop.export.intake.tracker.directory import Directory
from desktop.export.intake.tracker.log_cells import Entry
from desktop.export.intake.tracker.mapping import Mapping
from desktop.export.intake.tracker.plan import Fate, Taken, Wanted
from desktop.export.intake.tracker.shown import is_filled, text_of
from desktop.export.intake.tracker.taking import Taker
from desktop.export.intake.values import Value
from desktop.i18n import _, captioned, format_date, format_number, join_parts, ngettext
from desktop.model.kind import Kind
from desktop.model.relations import Many, Reference

SHOWN = 12
"""Rows that a step shows."""


class Seen(NamedTuple):
    """A cell: its own text, what is understood of it, where it goes, and why it is not taken."""

    text: str
    words: str = ""
    fate: Fate = Fate.LEFT
    why: str = ""


def first_rows(
    book: Book, header: Header, mapping: Mapping, directory: Directory, today: str
) -> list[tuple[int, list[Seen]]]:
    """Number and cells of the first rows of a table, in the order of its columns; for a worker."""
    rules = {
        column.number: rule for column, rule in zip(header.columns, mapping.columns, strict=True) if rule
    }
    taker = Taker(mapping, header, rules, directory, today)
    found = []
    for number, values in islice(tables.rows(book.sheet(header.sheet), header), SHOWN):
        taken = taker.take(number, values)
        cells = [
            _seen(taker, taken, column.number, values[column.number - 1])
            if column.number <= len(values)
            else Seen("")
            for column in header.columns
        ]
        found.append((number, cells))
    return found


def _seen(taker: Taker, taken: Taken, number: int, value: Value) -> Seen:
    text = text_of(value)
    if not is_filled(value):
        return Seen("")
    fate = taken.fates.get(number, Fate.LEFT)
    whys = [untaken.why for untaken in taken.untaken if untaken.column.number == number]
    return Seen(text, _words(taker, taken, number, text), fate, " ".join(whys))


def _words(taker: Taker, taken: Taken, number: int, text: str) -> str:
    """What is understood, in the words of the record's page."""
    rule = taker.rules.get(number)
    if rule is not None and rule.target == targets.PROGRESS and taken.entries:
        words = ngettext("{count} update", "{count} updates", len(taken.entries))
        entry = taken.entries[0]
        shown = f"{day_of(entry)} {entry.text}" if entry.on else entry.text
        return captioned(words.format(count=format_number(len(taken.entries))), shown)
    names = [name for name, column in taken.sources.items() if column.number == number]
    told = [
        in_words(target.field, taken.values[name])
        for name in names
        if (target := taker.fields.get(name)) is not None and target.field is not None
    ]
    return join_parts(*told) or text


def day_of(entry: Entry) -> str:
    """The day of an entry; that its year is not in the file is said."""
    day = format_date(entry.on)
    return _("{day} (year supposed)").format(day=day) if entry.supposed else day


def in_words(kind: Kind, value: Any) -> str:
    """A value as it stands on its page; somebody who is not there yet is new."""
    if isinstance(value, Wanted):
        return _("{name} (new)").format(name=value.name)
    if isinstance(kind, Many):
        return "; ".join(sorted(_element(kind, element) for element in value or ()))
    if isinstance(kind, Reference) and not isinstance(value, int):
        return ""
    return " ".join(kind.text(value).split())


def _element(kind: Many, element: Any) -> str:
    if isinstance(element, Wanted):
        return _("{name} (new)").format(name=element.name)
    return country_name(element) if kind.target is None else str(kind.target.words_of(element))
