"""Cover and summary of one workbook: what they say of all that was written."""

from __future__ import annotations

from typing import Any

import desktop
from desktop.export import cover, headline, planning
from desktop.export.figures import Figures
from desktop.export.layouts import logo
from desktop.export.layouts.definition import Definition
from desktop.export.layouts.known import COVER
from desktop.export.planning import Planned
from desktop.export.request import Request
from desktop.export.since import Since
from desktop.export.snapshot import Snapshot
from desktop.export.summary import Summary
from desktop.export.workbook import Book
from desktop.i18n import N_, _, captioned, join_parts
from desktop.model import Invalid, Source
from desktop.model.visibility import INTERNAL
from desktop.service.query import Order, Query

RECKONED = N_(
    "RAG, times slipped, days overdue and all counts are computed from what is shared here alone: they may differ from"
    " those that are computed from more."
)
"""A date whose extensions are not shared has not slipped for those who read it."""
MOST_SOURCES = 20
"""That the cover has room for."""


class Front:
    """Writes cover and summary; `title` and `post` say what it is and whose, `told` what changed."""

    def __init__(
        self, book: Book, request: Request, definition: Definition, snapshot: Snapshot, told: Since
    ) -> None:
        self.book, self.request, self.definition = book, request, definition
        self.snapshot, self.told = snapshot, told

    def write(
        self,
        sheets: dict[str, Any],
        planned: list[Planned],
        title: str,
        post: str,
        contents: list[tuple[str, str, int]],
    ) -> None:
        """Fill those of the two that there are."""
        request = self.request
        figures = Figures(self.snapshot, request.period_from, request.period_to, self.told.closed_uids())
        sentence = headline.headline(figures)
        for key, sheet in sheets.items():
            if key != COVER:
                Summary(self.book, sheet, figures).write(sentence)
                continue
            said = cover.Cover(
                title=title,
                post=post,
                headline=sentence,
                changes=self.told.paragraph(),
                facts=[(label, text) for label, text in self._facts(planned) if text],
                contents=contents,
                sources=self._sources(),
                scales=planning.scales(planned),
                logo=self._logo(),
                reckoned=_(RECKONED) if request.audience != INTERNAL else "",
            )
            cover.write(self.book, sheet, said)

    def _facts(self, planned: list[Planned]) -> list[tuple[str, str]]:
        request = self.request
        return [
            (_("Reporting period"), headline.period(request.period_from, request.period_to)),
            (_("As of"), self.book.frame.moment),
            (_("Prepared by"), request.prepared_by),
            (_("Handling"), request.marking),
            (_("What it covers"), self._covered(planned)),
            (_("Made with"), f"Juntos {desktop.__version__}"),
        ]

    def _covered(self, planned: list[Planned]) -> str:
        """What the workbook takes in: everything, or what the filters of its layout leave, in words."""
        filters = [
            each.rows.filter
            if each.rows.filter.startswith(each.name)
            else captioned(each.name, each.rows.filter)
            for each in planned
            if each.rows and each.rows.filter
        ]
        return "\n".join(filters) or headline.everything()

    def _logo(self) -> bytes:
        try:
            return logo.decoded(self.definition.logo) if self.definition.logo else b""
        except Invalid:  # what an older or newer program kept as one
            return b""

    def _sources(self) -> list[tuple[str, str]]:
        query = Query(Source, ("ref", "title", "author", "publisher", "published_on"), order=(Order("ref"),))
        rows = zip(self.snapshot.rows(query), range(MOST_SOURCES), strict=False)
        return [(row[1], join_parts(*row[2:])) for row, _number in rows]
