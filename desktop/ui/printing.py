"""Printing what one sees, with a preview: the list at hand, or the selected record; the system prints to PDF too."""

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
from desktop.ui.context import Context
from desktop.ui.pdf import draw, sheet

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def print_list(window: MainWindow) -> None:
    """Show how the list of the page would look on paper."""
    asked = window.ask("current_query")
    if asked is not None:
        workspace, request = window.context.workspace, request_of(window.context)
        below, most = listing.narrowed(asked), listing.MOST_AT_ONCE
        document = listing.listing(workspace, asked, title_of(window.page), request, below, most)
        preview(window, document)


def print_record(window: MainWindow) -> None:
    """Show how the selected record would look on paper."""
    shown, context = window.selected()[0], window.context
    preview(window, listing.record(context.workspace, shown, request_of(context)))


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
        marking=facts.marking or marking_of(context.workspace, context.settings.last_marking),
        prepared_by=officer.name if officer else "",
    )


def preview(window: MainWindow, document: Document) -> QPrintPreviewDialog:
    """Open the preview of a document. It does not block the window."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(" ".join(document.title.split()))
    printer.setCreator("Juntos")
    printer.setPageLayout(sheet(document))
    dialog = QPrintPreviewDialog(printer, window)
    dialog.printer_kept = printer  # the dialog does not keep it alive
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Print: {title}").format(title=" ".join(document.title.split())))
    dialog.paintRequested.connect(lambda on: window.context.safely(lambda: paint(document, on)))
    dialog.resize(window.size() * 0.9)
    dialog.open()
    return dialog


def paint(document: Document, printer: QPrinter) -> None:
    """Draw a document on a printer, with the margins of the document alone."""
    printer.setFullPage(True)
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        draw(document, printer)
    finally:
        QApplication.restoreOverrideCursor()
