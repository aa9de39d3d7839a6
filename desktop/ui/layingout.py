"""Laying a document out on pages, on a worker: what is under way is shown once it takes long, and can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QObject, Qt, QThread, Signal
from PySide6.QtGui import QPageLayout, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget
from shiboken6 import isValid

from desktop.export.documents.content import Document
from desktop.i18n import _
from desktop.ui.dialogs.running import Running
from desktop.ui.pdf import Sheets, Stopped, sheet

SHOWN_MS = 700
"""After so long one sees that something is under way."""


class LayingOut(QProgressDialog):
    """Begins at once, and tells `laid_out` unless it was cancelled."""

    laid_out = Signal(object)
    """The `Sheets`; they are this thread's now."""
    ended = Signal()
    """Whatever became of it."""

    def __init__(
        self,
        parent: QWidget,
        context: Any,
        title: str,
        compose: Callable[[], Document],
        resolution: int,
        paper: QPageLayout | None = None,
    ) -> None:
        words = _("“{title}” is being laid out on pages.").format(title=title)
        super().__init__(words, _("Cancel"), 0, 0, parent)
        self.setWindowTitle(_("Print"))
        self.setMinimumDuration(SHOWN_MS)
        self.setAutoReset(False)
        self.setAutoClose(False)
        for bar in self.findChildren(QProgressBar):
            bar.setAccessibleName(words)
        self._context = context
        self._running = running = Running(None)  # the worker's as much as this dialog's
        running.start()
        running.told.connect(self._show_progress)
        self.canceled.connect(self._cancel)
        context.giving_way.connect(self._cancel)
        here = self.thread()

        def slow() -> Sheets | None:
            try:
                document = compose()
                return _laid_out(document, resolution, paper or sheet(document), here, running.progress)
            except Stopped:
                return None

        context.work(slow, self._finished, self._failed)
        self.setValue(0)

    def _cancel(self) -> None:
        """It is over for whoever looks; the worker ends as soon as it can."""
        self._running.cancel()
        self._end()

    def _show_progress(self, done: int, whole: int) -> None:
        if self._running.going():
            self.setMaximum(whole)
            self.setValue(done)

    def _finished(self, sheets: Sheets | None) -> None:
        if not isValid(self) or not self._running.going() or sheets is None:
            return
        self.hide()
        self.laid_out.emit(sheets)
        self._end()

    def _failed(self, sentence: str) -> None:
        if isValid(self) and self._running.going():
            self._context.problem.emit(sentence)
            self._end()

    def _end(self) -> None:
        self._running.stop()
        self.hide()
        self.setParent(None)
        self.ended.emit()
        self.deleteLater()


def _laid_out(
    document: Document,
    resolution: int,
    paper: QPageLayout,
    thread: QThread,
    goes_on: Callable[[int, int], bool],
) -> Sheets:
    """On a device of its own, as a printer is the window's; then all of it goes over to the window's thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    device = QPdfWriter(buffer)
    device.setResolution(resolution)
    device.setPageLayout(paper)
    sheets = Sheets(document, device, goes_on)
    sheets.device_kept = (buffer, device)
    belongings: tuple[QObject, ...] = (buffer, device, *(text for text, _pages in sheets.texts))
    for each in belongings:
        each.moveToThread(thread)
    return sheets


def laid_out_now(over: QWidget, context: Any, document: Document, printer: QPrinter) -> Sheets | None:
    """The document on the paper of a printer, waited for: the window goes on, what asks for the pages does not."""
    paper = printer.pageLayout()
    paper.setMode(QPageLayout.Mode.FullPageMode)
    found: list[Sheets] = []
    loop = QEventLoop()
    work = LayingOut(over, context, document.title, lambda: document, printer.resolution(), paper)
    work.setWindowModality(Qt.WindowModality.WindowModal)
    work.laid_out.connect(found.append)
    work.ended.connect(lambda: loop.exit())
    context.giving_way.connect(loop.quit)
    loop.exec()
    return found[0] if found else None
