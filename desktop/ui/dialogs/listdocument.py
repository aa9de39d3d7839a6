"""Save the list at hand as a document: PDF or Word, in a language, under a marking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.export.documents import listing
from desktop.export.documents.content import Document
from desktop.export.documents.saving import PDF, suggested_name
from desktop.export.request import Request
from desktop.i18n import N_, _
from desktop.model.visibility import INTERNAL
from desktop.service.apart import apart
from desktop.service.query import Query
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.dialogs.document import DocumentDialog
from desktop.ui.printing import title_of

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def write_list(window: MainWindow) -> None:
    """Ask how the list of the page is to be written."""
    asked = window.ask("current_query")
    if asked is not None:
        open_dialog(window, ListDocumentDialog, asked, title_of(window.page))


class ListDocumentDialog(DocumentDialog):
    """With the columns, filters, order and groups of the screen."""

    title = N_("Save the list as a document")

    def take(self, asked: Query, title: str) -> None:
        """Of this list."""
        if self._running.going():
            return
        self._asked, self._called = asked, title
        self.kind.setCurrentIndex(self.kind.findData(PDF))
        self.on_audience()
        self.act_button.setFocus()

    def about(self) -> tuple[Any, Any]:
        return None, self._asked

    def on_audience(self) -> None:
        super().on_audience()
        # What a view is called may be for the post alone.
        own = self.audience.audience() == INTERNAL
        called = self._called if own else _(self._asked.entity.plural)
        suffix = self.kind.currentData()
        self.suggest(suggested_name("List", called, self.context.workspace.today(), suffix=suffix))

    def composer(self, workspace: Any, request: Request) -> Callable[[], Document]:
        asked, called = self._asked, self._called
        below = listing.narrowed(asked, request.language)

        def compose() -> Document:
            with apart(workspace) as seen:
                return listing.listing(seen, asked, called, request, below)

        return compose
