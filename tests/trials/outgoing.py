"""Files that leave the post, asked for by chance: of each kind that the program writes for somebody else.

`KINDS` has a function for each: what it makes, with the name that the program proposes for the file. The same chance
asks the same thing again, for another audience.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from random import Random
from typing import Any

from desktop.export import calendar, chasing, layouts, mail
from desktop.export.documents import attached, brief, dossier, html, listing, minutes, onlooker
from desktop.export.documents.saving import PDF, WORD, suggested_name
from desktop.export.errors import ExportError
from desktop.export.layouts import Definition, LayoutColumn, LayoutSheet
from desktop.export.report import export
from desktop.export.report import suggested_name as status_name
from desktop.export.request import Request
from desktop.export.table import write_csv
from desktop.i18n import LANGUAGES, speaking
from desktop.model import (
    ENTITIES,
    FollowUp,
    FrozenReport,
    Invalid,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    fields,
)
from desktop.service import changes, plain, query
from desktop.service.query import Condition, Order, Query
from desktop.service.workspace import Workspace
from desktop.ui.pdf import print_pdf
from tests.trials.hidden import SINCE
from tests.trials.making import COUNTRIES
from tests.trials.words import MARK

File = tuple[str, bytes]
Ask = Callable[["Asking"], Iterator[File]]
TOLD_SINCE = ("status", "layout", "changes")
"""Kinds that may tell what was otherwise when the report was frozen."""


class Asking:
    """What is asked for by this chance, of this workspace, for this audience."""

    def __init__(self, workspace: Workspace, audience: str, seed: str, folder: Path) -> None:
        self.workspace, self.audience, self.folder = workspace, audience, folder
        self.chance = Random(seed)
        self.language = self.chance.choice(sorted(LANGUAGES))
        self.kept = MARK + "".join(self.chance.choices("wxyz", k=4))

    def request(self, **more: Any) -> Request:
        """One with a language, and whoever prepared it."""
        officers = [row.name for row in Person.select().where(Person.officer)]
        by = self.chance.choice(["", *officers])
        as_of = self.chance.choice(("", "2026-10-01"))
        return Request(audience=self.audience, language=self.language, prepared_by=by, as_of=as_of, **more)

    def period(self) -> dict[str, str]:
        """Since when changes are told, if at all."""
        reports = [row.uid for row in FrozenReport.select().order_by(FrozenReport.id)]
        return {
            "period_from": self.chance.choice(("", SINCE, "2026-01-01")),
            "since": self.chance.choice(("", "", SINCE, *reports)),
        }

    def some(self, rows: Any, least: int = 1) -> list[Any]:
        """Some of these, in whatever order."""
        rows = list(rows)
        return self.chance.sample(rows, self.chance.randint(min(least, len(rows)), len(rows)))

    def query(self, entity: Any = None) -> Query:
        """A list: columns, a filter, words that are searched for, an order, groups."""
        entity = entity or self.chance.choice(ENTITIES)
        kinds = [kind for kind in fields(entity) if kind.name != "text_visibility"]
        columns = tuple(kind.name for kind in self.some(kinds, 3))
        named = [kind.name for kind in kinds if kind.is_column and not kind.derived]
        where: tuple[Condition, ...] = ()
        if self.chance.random() < 0.3:
            where = (Condition(self.chance.choice(named), "empty", (False,)),)
        order = (Order(self.chance.choice(named), self.chance.random() < 0.5),)
        group = self.chance.choice(("", "", "owner")) if "owner" in named else ""
        return Query(entity, columns, self.chance.choice(("", "", "", f"{MARK}a")), where, order, group)

    def record(self, entity: Any = None) -> Any:
        """One of the records that are there."""
        entity = entity or self.chance.choice(ENTITIES)
        rows = list(entity.select().order_by(entity.id))
        return self.chance.choice(rows) if rows else None

    def layout(self) -> str:
        """The key of a layout with sheets and columns by chance, kept under a name that is nobody else's business."""
        known = {each.title: each.key for each in layouts.layouts()}
        if self.kept in known:
            return known[self.kept]
        sheets = tuple(map(self._sheet, self.some(layouts.sheet_keys(), 2)))
        both = tuple(self.chance.sample(sorted(LANGUAGES), self.chance.randint(0, 2)))
        definition = Definition(
            "", self.kept, sheets,
            languages=both,
            pack=self.chance.choice(["", *(pack.key for pack in layouts.all_packs())]),
            paper=self.chance.choice(("", "a4", "a3", "letter")),
            plain=self.chance.random() < 0.2,
        )  # fmt: skip
        return layouts.save(self.workspace, definition).key

    def _sheet(self, key: str) -> LayoutSheet:
        of = layouts.sheet(key)
        if of is None or self.chance.random() < 0.3:
            return LayoutSheet(key)
        where: tuple[Any, ...] = ()
        names = {kind.name for kind in fields(of.entity) if kind.filtered}
        if "owner" in names and self.chance.random() < 0.3:
            where = (("owner", (self.record(Person).uid,)),)
        columns = tuple(
            LayoutColumn(each, self.chance.choice((0, 8, 60))) for each in self.some(layouts.column_keys(of))
        )
        return LayoutSheet(key, columns=columns, where=where)


# ---- each kind


def status(asking: Asking) -> Iterator[File]:
    shipped = [each.key for each in layouts.layouts() if each.shipped]
    headings = asking.chance.choice(("", *sorted(LANGUAGES)))
    key = asking.chance.choice(["", *shipped])
    yield _workbook(asking, asking.request(layout=key, headings=headings, **asking.period()))


def layout(asking: Asking) -> Iterator[File]:
    yield _workbook(asking, asking.request(layout=asking.layout(), **asking.period()))


def sheet(asking: Asking) -> Iterator[File]:
    for _ in range(3):
        yield _workbook(asking, asking.request(only=asking.query()))


def _workbook(asking: Asking, request: Request) -> File:
    name = status_name(asking.workspace, audience=asking.audience)
    path = asking.folder / name
    return name, export(asking.workspace, request, path, replace=True).path.read_bytes()


def lines(asking: Asking) -> Iterator[File]:
    workspace = asking.workspace
    for entity in ENTITIES:
        asked, stream = asking.query(entity), io.StringIO()
        write_csv(workspace, asked, stream, asking.audience)
        yield "list.csv", stream.getvalue().encode()
        # As the command line lists: within the audience, without saying it again.
        with workspace.engine.seen_by(asking.audience):
            rows = [query.shown(asked, row) for row in query.each(workspace, asked)]
            found = list(plain.records(workspace, plain.question(entity, text=asked.text)))
        yield "list.txt", json.dumps([rows, found], ensure_ascii=False, default=str).encode()


def listed(asking: Asking) -> Iterator[File]:
    for _ in range(3):
        asked = asking.query()
        below, title = listing.narrowed(asked), f"Mine {asking.kept}"
        document = listing.listing(asking.workspace, asked, title, asking.request(), below)
        yield from _document(asking, document, suggested_name("List", document.title))


def record(asking: Asking) -> Iterator[File]:
    for entity in (Recommendation, FollowUp, Meeting, *asking.chance.sample(ENTITIES, 2)):
        shown, make = asking.record(entity), asking.chance.choice((listing.record, onlooker.onlooker))
        if shown is not None:
            with suppress(ExportError):
                document = make(asking.workspace, shown, asking.request())
                yield from _document(asking, document, suggested_name("Record", document.title))


def briefs(asking: Asking) -> Iterator[File]:
    for meeting in Meeting.select():
        with suppress(ExportError, Invalid):
            document = brief.brief(asking.workspace, meeting, asking.request())
            yield from _document(asking, document, attached.brief_name(meeting))


def minuted(asking: Asking) -> Iterator[File]:
    for meeting in Meeting.select():
        with suppress(ExportError, Invalid):
            document = minutes.minutes(asking.workspace, meeting, asking.request())
            name = attached.minutes_name(meeting, WORD, audience=asking.audience)
            yield from _document(asking, document, name)


def countries(asking: Asking) -> Iterator[File]:
    document = dossier.dossier(asking.workspace, asking.chance.choice(COUNTRIES), asking.request())
    yield from _document(asking, document, suggested_name("Dossier", document.title))


def dates(asking: Asking) -> Iterator[File]:
    spoken = {"language": asking.language, "audience": asking.audience}
    for meeting in Meeting.select():
        for make in (calendar.invite, calendar.meeting_calendar):
            with suppress(ExportError, Invalid):
                yield f"{meeting.ref}.ics", make(asking.workspace, meeting, **spoken)
    with suppress(ExportError, Invalid):
        yield "due.ics", calendar.due_dates(asking.workspace, FollowUp.select(), **spoken)


def letters(asking: Asking) -> Iterator[File]:
    for organisation in Organisation.select():
        with suppress(ExportError, Invalid):
            yield (
                "remind.eml",
                chasing.reminder_mail(asking.workspace, organisation, asking.language, asking.audience),
            )
    for name, content in list(minuted(asking)):
        for meeting in Meeting.select():
            if meeting.ref in name:
                given = (asking.workspace, meeting, content, name, asking.language, asking.audience)
                with suppress(ExportError, Invalid):
                    yield "minutes.eml", mail.minutes_mail(*given)[0]


def told(asking: Asking) -> Iterator[File]:
    """What changed, as the command line says it."""
    workspace, audience = asking.workspace, asking.audience
    reports = [row.uid for row in FrozenReport.select().order_by(FrozenReport.id)]
    since = changes.baseline(workspace, asking.chance.choice((SINCE, *reports)))
    delta = changes.since(workspace.engine.rows, since, audience=audience)
    scope = changes.scopes(workspace, since, "", audience=audience)
    with workspace.engine.seen_by(audience), speaking(asking.language):
        delta = changes.narrowed(delta, scope, lambda asked: query.each(workspace, asked))
    out = io.StringIO()
    out.write(delta.paragraph)
    for moved in delta.moved:
        out.write(f"\n{moved} {delta.words(moved.uid)}")
    csv.writer(out).writerows(astuple(cell) for cell in delta.cells)
    yield "changes.csv", out.getvalue().encode()


def _document(asking: Asking, document: Any, name: str) -> Iterator[File]:
    """As Word, sometimes as PDF, and as what is copied."""
    yield name, attached.content(document)
    if asking.chance.random() < 0.3:
        yield name.replace(WORD, PDF), attached.content(document, PDF, printer=print_pdf)
    yield "copied.html", html.page(document).encode()


KINDS: dict[str, Ask] = {
    "status": status,
    "layout": layout,
    "sheet": sheet,
    "csv": lines,
    "list": listed,
    "record": record,
    "brief": briefs,
    "minutes": minuted,
    "dossier": countries,
    "calendar": dates,
    "letters": letters,
    "changes": told,
}
"""Each kind, in the order of the trials."""

__all__ = ["KINDS", "TOLD_SINCE", "Asking"]
