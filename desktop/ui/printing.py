"""Printing what one sees, with a preview: the list at hand, or the selected record; the system prints to PDF too.

What takes time, to read the rows and to lay them out on pages, is done by a worker (`layingout`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QApplication

from desktop.export.documents import listing
from desktop.export.documents.content import Document
from desktop.export.report import marking_of
from desktop.export.request import Request
from desktop.i18n import _
from desktop.service.apart import apart
from desktop.ui.context import Context
from desktop.ui.layingout import LayingOut, laid_out_now
from desktop.ui.pdf import Sheets, sheet

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def print_list(window: MainWindow) -> None:
    """Show how the list of the page would look on paper."""
    asked = window.ask("current_query")
    if asked is None:
        return
    workspace, request = window.context.workspace, request_of(window.context)
    below, title = listing.narrowed(asked), title_of(window.page)

    def compose() -> Document:
        with apart(workspace) as seen:
            return listing.listing(seen, asked, title, request, below)

    show(window, title, compose)


def print_record(window: MainWindow) -> None:
    """Show how the selected record would look on paper."""
    shown, context = window.selected()[0], window.context
    document = listing.record(context.workspace, shown, request_of(context))
    show(window, document.title, lambda: document)


def title_of(page: Any) -> str:
    """What the list of a page is called: by the view that is shown in it, if any."""
    page = getattr(page, "page", page)
    view = getattr(page, "view", None)
    return view.name if view is not None else str(page.title)


def request_of(context: Context) -> Request:
    """How what is printed is marked, and who prints it."""
    officer, facts = context.workspace.officer, context.workspace.facts
    return Request(
        as_of=context.workspace.today(),
        marking=marking_of(context.workspace, facts.marking or context.settings.last_marking),
        prepared_by=officer.name if officer else "",
    )


def show(window: MainWindow, title: str, compose: Any) -> None:
    """Have a document composed and laid out by a worker, then open its preview; one at a time."""
    under_way = window.findChild(LayingOut)
    if under_way is not None:
        under_way.raise_()
        under_way.activateWindow()
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    work = LayingOut(window, window.context, title, compose, printer.resolution())
    work.laid_out.connect(lambda sheets: preview(window, sheets, printer))


def preview(window: MainWindow, sheets: Sheets, printer: QPrinter) -> QPrintPreviewDialog:
    """Open the preview of a document that is laid out. It does not block the window."""
    document = sheets.document
    title = " ".join(document.title.split())
    printer.setDocName(title)
    printer.setCreator("Juntos")
    printer.setPageLayout(sheet(document))
    printer.setFullPage(True)
    dialog = QPrintPreviewDialog(printer, window)
    dialog.printer_kept = printer  # the dialog does not keep it alive
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Print: {title}").format(title=title))
    printout = Printout(dialog, window.context, sheets)
    dialog.paintRequested.connect(lambda on: window.context.safely(lambda: printout.paint(on)))
    dialog.resize(window.size() * 0.9)
    dialog.open()
    return dialog


class Printout:
    """A document on whatever printer and paper is chosen: laid out anew, by a worker, where they differ."""

    def __init__(self, over: Any, context: Context, sheets: Sheets) -> None:
        self._over, self._context, self._sheets = over, context, sheets

    def paint(self, printer: QPrinter) -> None:
        """Draw the document, with its own margins alone; nothing where that was cancelled."""
        printer.setFullPage(True)
        if not self._sheets.fit(printer):
            anew = laid_out_now(self._over, self._context, self._sheets.document, printer)
            if anew is None:
                return
            self._sheets = anew
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._sheets.draw(printer)
        finally:
            QApplication.restoreOverrideCursor()
