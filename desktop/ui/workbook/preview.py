"""The workbook as it would be, before anything is saved: a tab a sheet, built on a worker and stopped by Esc."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.export.errors import Cancelled, ExportError
from desktop.export.layouts.definition import Definition
from desktop.export.preview import Preview, Sheet, preview
from desktop.export.request import Request
from desktop.i18n import N_, _, format_number, ngettext, speaking
from desktop.ui import theme
from desktop.ui.accesskeys import unmarked
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.dialogs.running import Running
from desktop.ui.widgets.combo import Combo
from desktop.ui.workbook.sheetview import SheetView

ZOOMS = (0.5, 0.75, 1.0, 1.25)
USUAL = 0.75


def show_preview(
    parent: QWidget,
    context: Any,
    request: Request,
    layout: Definition | None = None,
    export: Callable[[], None] | None = None,
) -> PreviewDialog:
    """Build the workbook of a request and show it; `export` is what the button that acts does then."""
    dialog = PreviewDialog(context, parent)
    dialog.take(request, layout, export)
    dialog.fit()
    dialog.come_back()
    return dialog


class PreviewDialog(Dialog):
    """Nothing is written where anybody would find it."""

    title, verb = N_("Preview of the workbook"), N_("Export…")
    usual = (1180, 680)

    def build(self) -> None:
        self.preview: Preview | None = None
        self._export: Callable[[], None] | None = None
        self._running = Running(self)
        self._running.told.connect(self._on_progress)
        self.context.giving_way.connect(self._running.cancel)
        self.column.setContentsMargins(theme.WIDE, theme.MEDIUM, theme.WIDE, 0)
        self.column.setSpacing(theme.SMALL)
        self.sheets = QTabWidget(documentMode=True)
        self.sheets.tabBar().setAccessibleName(_("Sheets"))
        self.sheets.setUsesScrollButtons(True)
        self.sheets.currentChanged.connect(self._on_sheet)
        self.sheets.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._waiting())
        self.pages.addWidget(self.sheets)
        self.column.addWidget(self.pages, 1_000)  # the base leaves the rest empty
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self.told.setProperty("muted", True)
        self.column.addWidget(self.told)

    def _waiting(self) -> QWidget:
        page = QWidget()
        words = QLabel(_("The workbook is being made…"), alignment=Qt.AlignmentFlag.AlignCenter)
        words.setProperty("muted", True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("Progress of the preview"))
        self.bar.setRange(0, 0)
        self.bar.setFixedWidth(280)
        column = QVBoxLayout(page, spacing=theme.MEDIUM)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _add_foot(self) -> None:
        """How large, and how many rows there are: at the left of the buttons."""
        self.zoom = Combo()
        self.zoom.setAccessibleName(_("Zoom"))
        for zoom in ZOOMS:
            self.zoom.addItem(f"{round(zoom * 100)} %", zoom)
        self.zoom.addItem(_("Fit the width"), 0.0)
        self.zoom.setCurrentIndex(ZOOMS.index(USUAL))
        self.zoom.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.zoom.currentIndexChanged.connect(self._zoom)
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setProperty("muted", True)
        row = QHBoxLayout(spacing=theme.MEDIUM)
        row.addWidget(self.zoom)
        row.addWidget(self.count)
        self.foot.insertLayout(0, row)

    def take(
        self, request: Request, layout: Definition | None = None, export: Callable[[], None] | None = None
    ) -> None:
        """Build the workbook of this."""
        self._add_foot()
        self._export = export
        self.act_button.setVisible(export is not None)
        self.act_button.setEnabled(False)
        self.cancel_button.setFocus()
        self.language = (layout.languages[:1] if layout is not None else ()) or (request.language,)
        workspace, progress = self.context.workspace, self._running.progress
        self._running.start()

        def slow() -> Preview | ExportError:
            try:
                return preview(workspace, request, progress, layout)
            except ExportError as error:
                return error

        self.context.work(slow, self._on_built, self._on_failed)

    def typed(self) -> bool:
        return False

    # ---- what came of it

    def _on_progress(self, done: int, rows: int) -> None:
        self.bar.setRange(0, rows)
        self.bar.setValue(done)

    def _on_failed(self, sentence: str) -> None:
        if not isValid(self):
            return
        self._running.stop()
        self.bar.hide()
        if self.isHidden():
            self.discard()
        else:
            self.messages.show_message(sentence, "error")

    def _on_built(self, built: Preview | ExportError) -> None:
        if not isValid(self):
            return
        if isinstance(built, ExportError):
            self._on_failed(_("Stopped.") if isinstance(built, Cancelled) else str(built))
            return
        self._running.stop()
        if self.isHidden():
            self.discard()
            return
        self.preview = built
        for sheet in built.sheets:
            with speaking(self.language[0]):
                view = SheetView(sheet)
            self.sheets.addTab(view, unmarked(sheet.name))
        self.pages.setCurrentWidget(self.sheets)
        self.told.setText(" ".join(built.told))
        self.told.setVisible(bool(built.told))
        self.act_button.setEnabled(True)
        self.cancel_button.setText(_("Close"))
        self._zoom()
        self.sheets.tabBar().setFocus()

    # ---- looking

    def view(self) -> SheetView | None:
        """The sheet that is shown."""
        return self.sheets.currentWidget()

    def _on_sheet(self, number: int) -> None:
        if self.preview is None or number < 0:
            return
        self.count.setText(in_words(self.preview.sheets[number]))
        self._zoom()

    def _zoom(self) -> None:
        view = self.view()
        if view is not None and self.preview is not None:
            view.set_zoom(self.zoom.currentData() or min(2.0, max(0.2, view.fitting())))
            self.count.setText(in_words(view.sheet))

    # ---- acting

    def accept(self) -> None:
        if self.preview is None or self._export is None:
            return
        self.finish()
        self._export()

    def reject(self) -> None:
        if self._running.going():
            self._running.cancel()
            self.hide()  # goes once the worker has heard of it
            return
        super().reject()


def in_words(sheet: Sheet) -> str:
    """How many of its records a sheet shows."""
    if sheet.records is None:
        return ""
    if sheet.shown < sheet.records:
        words = ngettext("{shown} of {count} row", "{shown} of {count} rows", sheet.records)
        return words.format(shown=format_number(sheet.shown), count=format_number(sheet.records))
    words = ngettext("{count} row", "{count} rows", sheet.records)
    return words.format(count=format_number(sheet.records))
