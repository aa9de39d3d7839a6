"""Puts the workbook together: one snapshot read, all sheets written, the file put in its place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import desktop
from desktop.export import cover, headline, layout, longtexts, saving, texts
from desktop.export.cells import Cells, Rows, Shown
from desktop.export.errors import Cancelled, ExportError
from desktop.export.figures import Figures
from desktop.export.request import Progress, Report, Request
from desktop.export.sheet import MAX_ROWS, Written
from desktop.export.sheets import listing, sheets
from desktop.export.snapshot import WINDOW, Snapshot
from desktop.export.summary import Summary
from desktop.export.workbook import Book
from desktop.i18n import _, format_date, format_datetime, format_number, join_parts
from desktop.model import Person, Source
from desktop.service.query import Condition, Order, Query

logger = logging.getLogger(__name__)

MOST_OFFICERS = 1_000
"""That a dropdown offers."""
MOST_SOURCES = 20
"""That the cover has room for."""


def write(workspace: Any, request: Request, path: Path, progress: Progress | None) -> Report:
    """Write the workbook of a completed request, in the language spoken."""
    target = saving.place(path)
    try:
        with saving.work_folder() as folder, Snapshot(workspace, request.as_of) as snapshot:
            export = _Export(workspace, request, folder, snapshot, progress)
            try:
                with saving.working(folder.parent):
                    export.fill()
                    export.book.finish()
                with saving.replacing(target) as file:
                    export.book.save(file)
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
    return Report(target, export.counts, export.book.told.sentences(), request.marking)


class _Export:
    """One export on its way."""

    def __init__(
        self, workspace: Any, request: Request, folder: Path, snapshot: Snapshot, progress: Progress | None
    ) -> None:
        self.workspace, self.request, self.snapshot = workspace, request, snapshot
        self.progress: Callable[[int, int], bool] = progress or (lambda done, total: True)
        self.counts: dict[str, int] = {}
        self.about: dict[str, str] = {}
        self.done = self.total = 0
        self.now = workspace.now().astimezone(ZoneInfo(workspace.facts.zone))
        self.title = _("Status report")
        post = workspace.facts.post or _("Juntos")
        self.frame = layout.Frame(request.marking, f"{self.title} – {post}", self._as_of())
        self.book = Book(folder, request.language, self.frame, self._officers())
        self.book.properties(f"{self.title} – {post}", post, self._as_of(), self.now)

    def _as_of(self) -> str:
        """The day for which it stands, with the time and the zone where that is now."""
        if self.request.as_of == self.now.date().isoformat():
            return _("As of {moment} ({zone})").format(
                moment=format_datetime(self.now), zone=self.workspace.facts.zone
            )
        return _("As of {day}").format(day=format_date(self.request.as_of))

    def _officers(self) -> tuple[str, ...]:
        query = Query(Person, ("name",), where=(Condition("officer", "in", (1,)),), order=(Order("name"),))
        names = (row[1] for row in self.snapshot.rows(query))
        return tuple(dict.fromkeys(name for name, _number in zip(names, range(MOST_OFFICERS), strict=False)))

    def fill(self) -> None:
        """Write all sheets, each counted before it is begun."""
        book, request = self.book, self.request
        first, note = None, ""
        if request.only is None:
            first = book.add(book.name(_("Cover"))), book.add(book.name(_("Summary")))
            declared = [(sheet, sheet.query(request.period_from, request.period_to)) for sheet in sheets()]
        else:
            sheet = listing(request.only)
            declared = [(sheet, sheet.query())]
            note = f"{headline.in_words(self.snapshot, request.only)} · {self._as_of()}"
            book.work.properties.description = texts.legal(note)[0]
        planned = []
        for sheet, query in declared:
            count = self.snapshot.count(query)
            name = book.name(_(sheet.name))
            if count > MAX_ROWS - 2:
                raise ExportError(
                    _(
                        "“{sheet}” would have {count} rows; a sheet holds {most} at most. Export a filtered list."
                    ).format(sheet=name, count=format_number(count), most=format_number(MAX_ROWS - 2))
                )
            planned.append(Written(book, sheet, name, query, count))
            self.counts[name], self.about[name] = count, _(sheet.about)
        self.total = sum(self.counts.values())
        self._report()
        for written in planned:
            written.write(self.snapshot.rows(written.query), self._tick, note)
        if first is not None:
            self._front(*first)
        self._long_texts()
        if self.book.lists.any:
            self.book.lists.write(book.add(book.lists.sheet_name), book.styles, self.frame)
        self._report()

    def _tick(self) -> None:
        self.done += 1
        if self.done % WINDOW == 0:
            self._report()

    def _report(self) -> None:
        if not self.progress(self.done, self.total):
            raise Cancelled(_("The export was stopped. Nothing was written."))

    def _front(self, front: Any, overview: Any) -> None:
        """Cover and summary, which tell of all that was written."""
        request = self.request
        figures = Figures(self.snapshot, request.period_from, request.period_to)
        sentence = headline.headline(figures)
        facts = [
            (_("Reporting period"), headline.period(request.period_from, request.period_to)),
            (_("As of"), self._as_of()),
            (_("Prepared by"), request.prepared_by),
            (_("Handling"), request.marking),
            (_("What it covers"), headline.everything()),
            (_("Made with"), f"Juntos {desktop.__version__}"),
        ]
        cover.write(
            self.book,
            front,
            cover.Cover(
                title=self.title,
                post=self.workspace.facts.post,
                headline=sentence,
                facts=[(label, text) for label, text in facts if text],
                contents=[(name, self.about[name], count) for name, count in self.counts.items()],
                sources=self._sources(),
            ),
        )
        Summary(self.book, overview, figures).write(sentence)

    def _sources(self) -> list[tuple[str, str]]:
        query = Query(Source, ("ref", "title", "author", "publisher", "published_on"), order=(Order("ref"),))
        rows = zip(self.snapshot.rows(query), range(MOST_SOURCES), strict=False)
        return [(row[1], join_parts(*row[2:])) for row, _number in rows]

    def _long_texts(self) -> None:
        """The sheet of texts that go on elsewhere, if there are any."""
        book = self.book
        if not book.long.rows:
            return
        labels = (_("Ref"), 14.0), (_("Field"), 20.0), (_("Part"), 12.0), (_("Text"), float(longtexts.WIDTH))
        shown = [Shown(label, width) for label, width in labels]
        to = book.add(book.long.sheet_name)
        layout.page(to, self.frame, [column.width for column in shown], titles="1:2")
        layout.dimension(to, len(shown), book.long.rows + 2)
        layout.freeze(to, 2, 2)
        rows = Rows(to, book.styles)
        layout.marking_row(rows, self.frame.marking, len(shown))
        layout.header_row(rows, shown)
        makers = [Cells(column, lambda raw: raw, book.styles, book.told, book.long) for column in shown]
        for row in book.long.read():
            rows.write(row, makers, row[0])
