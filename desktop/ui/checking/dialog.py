"""Check workspace: how far it is, whether all is well, and what can be done about what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from desktop.i18n import N_, _, format_number, ngettext
from desktop.service import checking
from desktop.service.checking import Mended, Report
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.announce import announce
from desktop.ui.apart import while_there
from desktop.ui.checking import words
from desktop.ui.dialogs.running import Running
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.named import named
from desktop.ui.verbs import copy_text
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.tips import plain_tip
from desktop.ui.workbook.ringed import RingedDelegate

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

BACKUPS = "desktop.ui.backups.dialog:show_backups"


def check_workspace(window: MainWindow) -> CheckDialog:
    """Open the dialog, which begins at once, or come back to the one that is open."""
    window.pane.commit()
    open_now = next((each for each in window.findChildren(CheckDialog) if each.isVisible()), None)
    dialog = open_now or CheckDialog(window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


class CheckDialog(TellingDialog):
    """Reads on a worker; closing it stops that. What was found stays until it is closed."""

    title = N_("Check workspace")
    usual = (820, 480)

    def __init__(self, window: MainWindow) -> None:
        self.window_, self.context = window, window.context
        self.report: Report | None = None
        super().__init__(window)
        self.begin()

    def build(self) -> None:
        keys = AccessKeys()
        keys.mark(_("Close"))  # has its letter already
        self.running = Running(self)
        self.running.told.connect(self._on_progress)
        self.context.stopping.connect(self.running.cancel)
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("Progress of the check"))
        self.table = _table()
        self.messages = MessageBar()
        self.column.addWidget(self.told)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.table, 100)
        self.say_over_foot(self.messages)
        self.cancel_button = QPushButton(keys.mark(_("Stop")), autoDefault=False)
        self.cancel_button.clicked.connect(self.running.cancel)
        self.copy_button = QPushButton(keys.mark(_("Copy as text")), autoDefault=False)
        self.copy_button.clicked.connect(self.copy)
        self.backups_button = QPushButton(keys.mark(_("Backups…")), autoDefault=False)
        self.backups_button.clicked.connect(lambda: named(BACKUPS)(self.window_))
        self.mend_button = QPushButton(keys.mark(_("Put the good values back")), autoDefault=False)
        self.mend_button.setProperty("primary", True)
        self.mend_button.clicked.connect(self.mend)
        self.foot.insertWidget(0, self.copy_button)
        for button in (self.cancel_button, self.backups_button, self.mend_button):
            self.foot.addWidget(button)

    # ---- checking

    def begin(self) -> None:
        """Look at everything."""
        self.told.setText(_("Every record is held against the journal of what was saved…"))
        self.bar.setRange(0, 0)
        self._show_parts(working=True)
        self.running.start()
        workspace, running = self.context.workspace, self.running
        stopped = False

        def progress(done: int, of: int) -> None:
            nonlocal stopped
            stopped = not running.progress(done, of)

        def slow() -> Report:
            return checking.check(workspace, progress=progress, cancelled=lambda: stopped)

        self.context.work(slow, while_there(self, self._on_checked), while_there(self, self._on_failed))

    def _on_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _on_failed(self, sentence: str) -> None:
        self.running.stop()
        self.told.setText("")
        self._show_parts(working=False)
        self.messages.show_message(sentence, "error")

    def _on_checked(self, report: Report) -> None:
        self.running.stop()
        self.report = report
        self.told.setText(words.summary(report))
        self._fill(report)
        self._show_parts(working=False)
        announce(self, self.told.text(), urgent=not report.clean)

    def _show_parts(self, *, working: bool) -> None:
        flaws = self.report.flaws if self.report is not None and not working else []
        self.bar.setVisible(working)
        self.cancel_button.setVisible(working)
        for part in (self.table, self.copy_button, self.backups_button):
            part.setVisible(bool(flaws))
        self.mend_button.setVisible(any(each.mendable for each in flaws))
        self.mend_button.setEnabled(not self.context.workspace.readonly)
        if self.mend_button.isVisibleTo(self) and self.mend_button.isEnabled():
            self.mend_button.setDefault(True)
            self.mend_button.setFocus()
        self.mend_button.setToolTip(plain_tip(self.context.workspace.readonly))

    def _fill(self, report: Report) -> None:
        self.table.setRowCount(len(report.flaws))
        for row, flaw in enumerate(report.flaws):
            for column, text in enumerate(words.cells(flaw)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()
        if report.flaws:
            self.table.setCurrentCell(0, 0)

    # ---- what one does about it

    def mend(self) -> None:
        """Put back what is known."""
        if self.report is None:
            return
        workspace, flaws = self.context.workspace, list(self.report.flaws)
        self.mend_button.setEnabled(False)
        self.context.work(
            lambda: checking.mend(workspace, flaws),
            while_there(self, self._on_mended),
            while_there(self, self._on_failed_to_mend),
        )

    def _on_failed_to_mend(self, sentence: str) -> None:
        self.mend_button.setEnabled(True)
        self.messages.show_message(sentence, "error")

    def _on_mended(self, mended: Mended) -> None:
        count = len(mended.mended)
        said = ngettext("{count} value was put back.", "{count} values were put back.", count)
        self.messages.show_message(said.format(count=format_number(count)), "success")
        self.begin()

    def copy(self) -> None:
        """Put what was found on the clipboard."""
        if self.report is not None:
            copy_text(words.as_text(self.report))
            self.messages.show_message(_("It was copied."), "success", timeout=4000)

    def done(self, result: int) -> None:
        self.running.cancel()
        super().done(result)


def _table() -> QTableWidget:
    table = QTableWidget(0, 3)
    table.setHorizontalHeaderLabels([_("What is wrong"), _("Is now"), _("Should be")])
    table.setAccessibleName(_("What was found"))
    table.setItemDelegate(RingedDelegate(table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setProperty("quiet", True)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.verticalHeader().setMinimumSectionSize(theme.ROW)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setMinimumSectionSize(8 * theme.MEDIUM)
    return table
