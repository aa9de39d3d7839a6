"""Puts the workbook together: one snapshot read, all sheets written, the file put in its place."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desktop.export import headline, layout, longsheet, saving, since, standing, texts, wording
from desktop.export.errors import Cancelled, ExportError
from desktop.export.front import Front
from desktop.export.layouts import stored
from desktop.export.layouts.definition import Definition
from desktop.export.planning import Planning
from desktop.export.request import Progress, Report, Request
from desktop.export.sheet import Written
from desktop.export.snapshot import Snapshot
from desktop.export.standing import Standing
from desktop.export.sync import About
from desktop.export.workbook import Book
from desktop.i18n import _, format_date, format_datetime
from desktop.model import Person
from desktop.model.visibility import INTERNAL
from desktop.service import reports
from desktop.service.query import Condition, Order, Query
from desktop.store.engine import SCHEMA

logger = logging.getLogger(__name__)

MOST_OFFICERS = 1_000
"""That a dropdown offers."""


def write(
    workspace: Any,
    request: Request,
    definition: Definition,
    path: Path,
    progress: Progress | None,
    replace: bool = False,
) -> Report:
    """Write the workbook of a completed request in a layout, in the language spoken, and `replace` any other file."""
    target = saving.place(path)
    stood = Standing.of(target) if replace else standing.replaceable(target, reports.wrote)
    try:
        with (
            saving.work_folder() as folder,
            Snapshot(workspace, request.as_of, request.audience) as snapshot,
            wording.using(stored.pack_of(definition)),
        ):
            export = _Export(workspace, request, definition, folder, snapshot, progress)
            try:
                with saving.working(folder.parent):
                    export.fill()
                    export.book.finish()
                with saving.replacing(target) as file:
                    export.book.save(file)
                    digest = standing.digest(file)
                    standing.unchanged(target, stood)
            finally:
                export.book.close()
    except OSError as error:
        raise saving.failure(error, target) from None
    except ExportError:
        raise
    except Exception as error:
        # The text of such an error may carry what stands in a cell: it goes no further, the log has the places.
        logger.exception("the workbook could not be made")
        raise ExportError(
            _("The workbook could not be made ({error}). Nothing was written; {path} is as it was.").format(
                error=type(error).__name__, path=target
            )
        ) from error
    told = [*stored.lacking(workspace, definition), *export.book.told.sentences()]
    return Report(
        target,
        export.counts,
        told,
        request.marking,
        audience=request.audience,
        layout=definition.key,
        export_uid=export.uid,
        digest=digest,
        operation=snapshot.operation if request.only is None else "",
    )


class _Export:
    """One export on its way."""

    def __init__(
        self,
        workspace: Any,
        request: Request,
        definition: Definition,
        folder: Path,
        snapshot: Snapshot,
        progress: Progress | None,
    ) -> None:
        self.workspace, self.request, self.snapshot = workspace, request, snapshot
        self.definition = definition
        self.progress: Callable[[int, int], bool] = progress or (lambda done, total: True)
        self.uid = str(uuid.uuid4())
        self.counts: dict[str, int] = {}
        self.about: dict[str, str] = {}
        self.done = self.total = 0
        self.now = workspace.now().astimezone(ZoneInfo(workspace.facts.zone))
        # What an office calls a layout of its own is not for those whom it sends the workbook to.
        self.title = definition.title if definition.shipped else _("Status report")
        post = workspace.facts.post or _("Juntos")
        self.frame = layout.Frame(
            request.marking,
            f"{self.title} – {post}",
            self._as_of(),
            definition.paper,
            definition.plain,
            self._moment(),
        )
        about = About(
            self.uid,
            SCHEMA,
            request.audience,
            request.language,
            definition.pack,
            request.as_of,
            snapshot.head,
        )
        self.book = Book(folder, request.language, self.frame, self._officers(), definition.languages, about)
        self.book.properties(f"{self.title} – {post}", post, self._as_of(), self.now)

    def _as_of(self) -> str:
        """The day for which it stands, with the time and the zone where that is now."""
        if self.request.as_of == self.now.date().isoformat():
            return _("As of {moment} ({zone})").format(
                moment=format_datetime(self.now), zone=self.workspace.facts.zone
            )
        return _("As of {day}").format(day=format_date(self.request.as_of))

    def _moment(self) -> str:
        """The same for where a label stands before it."""
        if self.request.as_of == self.now.date().isoformat():
            return _("{times} ({zone})").format(
                times=format_datetime(self.now), zone=self.workspace.facts.zone
            )
        return format_date(self.request.as_of)

    def _officers(self) -> tuple[str, ...]:
        query = Query(Person, ("name",), where=(Condition("officer", "in", (1,)),), order=(Order("name"),))
        names = (row[1] for row in self.snapshot.rows(query))
        return tuple(dict.fromkeys(name for name, _number in zip(names, range(MOST_OFFICERS), strict=False)))

    def fill(self) -> None:
        """Write all sheets, each counted before it is begun."""
        book, request, note = self.book, self.request, ""
        begun = since.completed(self.workspace, request.since)
        scope = since.scope(self.workspace, begun, request.audience)
        told = since.Since(self.snapshot, begun, self.workspace.facts.zone, scope)
        plan = Planning(self.workspace, request, self.snapshot, told)
        if request.only is None:
            planned = plan.of(self.definition)
        else:
            planned = [plan.listing(request.only)]
            # What a list is narrowed to may name what others do not see.
            shown = headline.in_words(self.snapshot, request.only) if request.audience == INTERNAL else ""
            note = " · ".join(filter(None, (shown, self._as_of())))
            book.work.properties.description = texts.legal(note)[0]
        told_of: dict[str, Any] = {}
        made = []
        for each in planned:
            name = book.name(each.name)
            if each.rows is None:
                told_of[each.key] = book.add(name)
                continue
            made.append((Written(book, each.rows.sheet, name, each.rows.query, each.rows.count), each.rows))
            self.counts[name], self.about[name] = each.rows.count, each.rows.sheet.said()
        self.total = sum(self.counts.values())
        self._report()
        if book.sync is not None:
            book.sync.begin(book, [written.count for written, _rows in made if written.sheet.tracked])
        for written, rows in made:
            written.write(rows.read(), self._tick, note or rows.filter)
        if told_of:
            contents = [(name, self.about[name], count) for name, count in self.counts.items()]
            front = Front(book, request, self.definition, self.snapshot, told)
            front.write(told_of, planned, self.title, self.workspace.facts.post, contents)
        longsheet.write(book)
        if book.lists.any:
            book.lists.write(book.add(book.lists.sheet_name), book.styles, self.frame)
        self._report()

    def _tick(self, written: int) -> None:
        self.done += written
        self._report()

    def _report(self) -> None:
        if not self.progress(self.done, self.total):
            raise Cancelled(_("The export was stopped. Nothing was written."))
