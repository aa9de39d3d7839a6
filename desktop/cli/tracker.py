"""`juntos import FILE --as KIND`: the tracker that an office already has, taken in.

With `--accept` it is written as one operation, after a backup; `undo` does not reach it, Activity takes it back.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli import output
from desktop.cli.kinds import kind_of
from desktop.cli.opening import Failed
from desktop.i18n import _, captioned, format_number, ngettext
from desktop.model import Invalid
from desktop.service import files
from desktop.service.workspace import Workspace

if TYPE_CHECKING:
    from desktop.export.intake.book import Book
    from desktop.export.intake.tracker.applying import Choices
    from desktop.export.intake.tracker.mapping import Mapping
    from desktop.export.intake.tracker.plan import Plan, PlannedRow

OURS, CLEAN, LAST_DAY = "ours", "clean", "last-day"


def arguments(to: ArgumentParser) -> None:
    """What `juntos import` understands for a tracker."""
    to.add_argument(
        "--as",
        dest="as_kind",
        metavar="KIND",
        default="",
        help=_(
            "take in a tracker of your office: follow-up, initiative, recommendation, meeting, person, organisation"
        ),
    )
    to.add_argument(
        "--sheet", metavar="NAME", action="append", default=[], help=_("only this sheet; repeatable")
    )
    to.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help=_(
            "what a column becomes, by its title or letter; nothing after = leaves it to the note; repeatable"
        ),
    )
    to.add_argument(
        "--quarters",
        choices=(LAST_DAY,),
        default="",
        help=_("what a quarter such as Q3 2026 stands for, where a date is wanted"),
    )
    to.add_argument(
        "--mapping",
        metavar="NAME|FILE.json",
        default="",
        help=_("understand it as the mapping of this name, or this file, says"),
    )
    to.add_argument(
        "--save-mapping",
        metavar="NAME|FILE.json",
        default="",
        help=_("keep how it was understood under this name, or in this file; without --accept too"),
    )
    to.add_argument(
        "--leave-likely",
        action="store_true",
        help=_("leave rows that may be there already under another name"),
    )


def is_meant(asked: Namespace) -> bool:
    """Whether the file is a tracker, and no workbook of ours."""
    return bool(asked.as_kind or asked.mapping)


def take(workspace: Workspace, asked: Namespace, path: Path) -> None:
    """Take in a tracker, or say what taking it in would do."""
    from desktop.export.intake.reading import read
    from desktop.export.intake.refusal import Refusal
    from desktop.export.intake.tracker import applying, planning
    from desktop.export.intake.tracker.plan import Act

    try:
        book = read(path)
    except Refusal as refusal:
        raise Failed(f"{refusal} {refusal.advice}".strip()) from None
    with book:
        mapping = _mapping(workspace, asked, book)
        plan = planning.plan(workspace, book, mapping, path.name)
        if asked.save_mapping:
            _keep(workspace, mapping, asked.save_mapping)
        if asked.format == "json":
            output.one(as_data(plan))
        else:
            _table(plan)
        acting = any(row.act in (Act.MAKE, Act.CHANGE) for row in plan.rows)
        if asked.dry_run or not asked.accept:
            if asked.format != "json":
                output.line(not_written(asked) if acting else _("Nothing differs."))
            return
        done = applying.apply(workspace, plan, _choices(plan, asked))
        if asked.format != "json":
            output.line(done.label if done is not None else _("Nothing differs."))
        left = sum(row.act is Act.MAKE and bool(row.likely) for row in plan.rows)
        if left and asked.accept == CLEAN:
            raise Failed(
                ngettext(
                    "{count} row that may be there already is left; look at it, and say --accept theirs or ours.",
                    "{count} rows that may be there already are left; look at them, and say --accept theirs or ours.",
                    left,
                ).format(count=format_number(left))
            )


def not_written(asked: Namespace) -> str:
    """That nothing was written, and what to say to have it written."""
    if asked.accept:
        return _("Nothing was written. Leave out --dry-run to take it in.")
    return _("Nothing was written. Say --accept theirs, ours or clean to take it in.")


def _choices(plan: Plan, asked: Namespace) -> Choices:
    """What is taken where nobody looks at each row: with `ours` no record that is there changes, with `clean` no row
    goes in that may be there already."""
    from desktop.export.intake.tracker.applying import Choices
    from desktop.export.intake.tracker.plan import Act

    ours = (row.key for row in plan.rows if row.act is Act.CHANGE) if asked.accept == OURS else ()
    return Choices(leave=frozenset(ours), leave_likely=asked.leave_likely or asked.accept == CLEAN)


def _mapping(workspace: Workspace, asked: Namespace, book: Book) -> Mapping:
    """How the file is understood: as it was kept, else as it is guessed, and corrected."""
    from desktop.export.intake.tracker import guessing, kept, tables
    from desktop.export.intake.tracker.directory import Directory
    from desktop.export.intake.tracker.mapping import Mapping, understood

    if asked.mapping:
        if kept.is_file(asked.mapping):
            mapping = Mapping.from_json(_text(Path(asked.mapping).expanduser()))
        else:
            mapping = kept.find(asked.mapping)
        mapping = replace(mapping, sheets=tuple(asked.sheet)) if asked.sheet else mapping
    else:
        chosen = [sheet for sheet in book.sheets if sheet.name in asked.sheet]
        unknown = next((name for name in asked.sheet if name not in [sheet.name for sheet in chosen]), None)
        if unknown is not None:
            raise Invalid(_("The file has no sheet “{name}”.").format(name=unknown))
        headers = tables.find(book, chosen)
        if not headers:
            raise Invalid(
                _(
                    "No table was found in the file: no row looks like headings. Name the sheet with --sheet NAME."
                )
            )
        sample, known = tables.sample(book, headers), Directory(workspace).known
        guess = guessing.guess(headers[0], sample, kind_of(asked.as_kind).key(), known)
        mapping = replace(understood(guess, headers, sample, known), sheets=tuple(asked.sheet))
    for text in asked.map:
        column, equals, field = text.partition("=")
        if not equals:
            raise Invalid(_("“{text}” is not of the form column=field.").format(text=text))
        mapping = mapping.corrected(column.strip(), field.strip().replace("-", "_"))
    return mapping.with_quarters(asked.quarters.replace("-", "_")) if asked.quarters else mapping


def _text(path: Path) -> str:
    """What stands in a file of a mapping; raises `Invalid`."""
    from desktop.export.intake.tracker.mapping import MOST_BYTES

    try:
        return files.content(path, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(
            _("{file} is no mapping: it is not written in UTF-8. Choose one that Juntos has kept.").format(
                file=path.name
            )
        ) from None


def _keep(workspace: Workspace, mapping: Mapping, where: str) -> None:
    """Keep how a file was understood: in a file, else under a name, in place of what had it."""
    from desktop.export import saving
    from desktop.export.intake.tracker import kept

    if kept.is_file(where):
        path = Path(where).expanduser()
        _refuse_other(path)
        saving.write((mapping.as_json() + "\n").encode(), path)
    else:
        kept.save(workspace, mapping, where, instead=True)


def _refuse_other(path: Path) -> None:
    """Raise `Invalid` where anything but a mapping has the path: only one of these is replaced unasked."""
    from desktop.export.intake.tracker.mapping import Mapping

    files.refuse_open(path)
    if path.exists():
        try:
            Mapping.from_json(_text(path))
        except Invalid:
            raise Invalid(_("{path} exists already; choose another name.").format(path=path)) from None


def as_data(plan: Plan) -> dict[str, Any]:
    """What programs read."""
    return {
        "file": plan.file,
        "mapping": json.loads(plan.mapping.as_json()),
        "told": list(plan.told),
        "counts": {act.value: count for act, count in plan.counts.items()} | {"updates": plan.updates},
        "rows": [_row(row) for row in plan.rows],
        "names": [
            {
                "kind": new.wanted.kind,
                "name": new.wanted.name,
                "organisation": new.wanted.organisation,
                "rows": new.rows,
                "like": list(new.like),
            }
            for new in plan.names
        ],
        "attendees": [
            {"name": new.wanted.name, "rows": new.rows, "like": list(new.like)} for new in plan.typed
        ],
        "untaken": [
            {
                "sheet": cell.sheet,
                "row": cell.row,
                "column": cell.column.letter,
                "title": cell.column.shown,
                "text": cell.text,
                "why": cell.why,
            }
            for cell in plan.untaken
        ],
        "outside": [
            {"sheet": each.sheet, "row": each.row, "text": each.text, "why": each.why}
            for each in plan.outside
        ],
        "shifted": [{"sheet": each.sheet, "row": each.row, "why": each.why} for each in plan.shifted],
        "left_out": [
            {"sheet": each.sheet, "column": each.column.letter, "cells": each.cells} for each in plan.left_out
        ],
    }


def _row(row: PlannedRow) -> dict[str, Any]:
    """A row of `as_data`."""
    return {
        "sheet": row.taken.sheet,
        "row": row.taken.row,
        "act": row.act.value,
        "name": row.name,
        "ref": row.ref or None,
        "why": row.why,
        "changes": [{"field": each.field, "was": each.was, "now": each.now} for each in row.changes],
        "updates": [{"on": entry.on or None, "text": entry.text} for entry in row.entries],
        "likely": [
            {
                "likeness": each.likeness,
                "ref": each.ref or None,
                "sheet": each.sheet,
                "row": each.row or None,
            }
            for each in row.likely
        ],
    }


def _table(plan: Plan) -> None:
    from desktop.export.intake.tracker import targets

    known = targets.targets(targets.entity_of(plan.mapping.kind))
    note = _("in the note") if plan.mapping.notes else _("left out")
    output.table(
        [_("Column"), _("Title"), _("Becomes")],
        [
            [
                rule.letter,
                rule.shown,
                known[rule.target].title if rule.target else note if rule.noted else _("left out"),
            ]
            for rule in plan.mapping.columns
        ],
    )
    print()
    acts = {"make": _("new"), "change": _("changed"), "same": _("as it is"), "leave": _("left")}
    output.table(
        [_("Sheet"), _("Row"), _("Act"), _("Ref"), _("Name"), _("What")],
        [
            [row.taken.sheet, str(row.taken.row), acts[row.act.value], row.ref, row.name, _what(row)]
            for row in plan.rows
        ],
        most=48,
    )
    for new in plan.names:
        words = _("New in the directory: {name}.").format(name=new.wanted.name)
        like = _("Is it {names}?").format(names="; ".join(new.like)) if new.like else ""
        output.line(f"{words} {like}".strip())
    for new in plan.typed:
        words = _("Attendee: {name}.").format(name=new.wanted.name)
        output.line(f"{words} {_('Is it {names}?').format(names='; '.join(new.like))}")
    for left in plan.left_out:
        words = ngettext("{count} cell is left out.", "{count} cells are left out.", left.cells)
        output.line(captioned(left.column.shown, words.format(count=format_number(left.cells))))
    cells = [each.told() for each in plan.untaken]
    rows = [each.told() for each in (*plan.shifted, *plan.outside)]
    for told in (*plan.told, *cells, *rows):
        output.line(told, sys.stderr)


def _what(row: Any) -> str:
    told = [f"{each.title}: {each.was or '–'} → {each.now}" for each in row.changes]
    told += [each.told() for each in row.likely]
    return "; ".join(filter(None, [row.why, *told]))
