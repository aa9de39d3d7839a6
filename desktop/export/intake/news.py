"""What the officer is told of a file that was read: whatever was not taken as it stood.

One more kind of news: the reading process says `[mark, …]`, and `_WORDS` makes a sentence of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

from desktop.export.intake.book import SheetRead, State, letters
from desktop.i18n import _, format_number, join_list, ngettext

MOST = 10
"""Sheets that are named one by one."""
_USUAL = {"utf-8", "utf-8-sig", "utf-16"}


def sentences(name: str, told: dict[str, Any], sheets: Sequence[SheetRead]) -> list[str]:
    """All that is to be said, in the language spoken."""
    said = []
    if (lie := _lie(name, told["kind"])) is not None:
        said.append(lie)
    said += [sentence for each in told["news"] if (sentence := _WORDS[each[0]](*each[1:]))]
    if not_computed := [sheet for sheet in told["sheets"] if sheet["uncomputed"]]:
        said += map(_uncomputed, not_computed[:MOST])
    said += [_errors(sheet) for sheet in sheets[:MOST] if sheet.errors]
    if told_hidden := hidden(sheets):
        said.append(told_hidden)
    if told.get("encoding", "utf-8") not in _USUAL:
        said.append(
            _(
                "The text does not say its encoding; it was read as {encoding}. Look whether letters with accents"
                " and Japanese ones are right."
            ).format(encoding=told["encoding"])
        )
    return said


def hidden(sheets: Sequence[SheetRead]) -> str:
    """Which sheets nobody sees who opens the file; '' where there are none."""
    names = [sheet.name for sheet in sheets if sheet.state is not State.VISIBLE]
    if not names:
        return ""
    return ngettext(
        "{count} sheet is hidden in the workbook: {names}.",
        "{count} sheets are hidden in the workbook: {names}.",
        len(names),
    ).format(count=format_number(len(names)), names=_named(names))


def _named(names: Sequence[str]) -> str:
    return join_list([f"“{name}”" for name in names[:MOST]] + ["…"] * (len(names) > MOST))


def _lie(name: str, kind: str) -> str | None:
    suffix = PurePath(name).suffix.lower().lstrip(".")
    allowed = {"csv": ("csv", "tsv", "txt", "tab"), "xlsx": ("xlsx", "xltx"), "xlsm": ("xlsm", "xltm")}
    if suffix in allowed.get(kind, (kind,)):
        return None
    return _("The name says .{suffix}, but the content is .{kind}; it was read as what it is.").format(
        suffix=suffix, kind=kind
    )


def _uncomputed(sheet: dict[str, Any]) -> str:
    row, column = sheet["example"]
    return ngettext(
        "On the sheet “{sheet}” {count} formula has no result in the file, the first in row {row}, column {column}."
        " It is not taken for an empty cell. Open the file in a spreadsheet program and save it to have its results.",
        "On the sheet “{sheet}” {count} formulas have no results in the file, the first in row {row}, column"
        " {column}. They are not taken for empty cells. Open the file in a spreadsheet program and save it to have"
        " their results.",
        sheet["uncomputed"],
    ).format(
        sheet=sheet["name"],
        count=format_number(sheet["uncomputed"]),
        row=format_number(row),
        column=letters(column),
    )


def _errors(sheet: SheetRead) -> str:
    return ngettext(
        "On the sheet “{sheet}” {count} cell shows an error instead of a value.",
        "On the sheet “{sheet}” {count} cells show errors instead of values.",
        sheet.errors,
    ).format(sheet=sheet.name, count=format_number(sheet.errors))


def _links(count: int) -> str:
    return ngettext(
        "The workbook points to {count} other file, which was not opened; the values are those it was saved with.",
        "The workbook points to {count} other files, which were not opened; the values are those it was saved with.",
        count,
    ).format(count=format_number(count))


def _quotes(count: int, row: int) -> str:
    return ngettext(
        "A quotation mark in row {row} is never closed; that row was read as it stands.",
        "{count} quotation marks are never closed, the first in row {row}; those rows were read as they stand.",
        count,
    ).format(count=format_number(count), row=format_number(row))


def _controls(count: int) -> str:
    return ngettext(
        "{count} control character was taken out.", "{count} control characters were taken out.", count
    ).format(count=format_number(count))


_WORDS: dict[str, Callable[..., str]] = {
    "macros": lambda: _("The macros of the workbook were left out; nothing of them was run."),
    "links": _links,
    "no cells": lambda name: _(
        "The sheet “{sheet}” has no cells, as a chart or a dialog, and was left out."
    ).format(sheet=name),
    "quotes": _quotes,
    "controls": _controls,
}
