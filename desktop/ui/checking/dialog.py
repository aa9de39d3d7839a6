"""Check workspace: how far it is, whether all is well, and what can be done about what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton

from desktop.i18n import N_, _, format_number, ngettext
from desktop.service import checking
from desktop.service.checking import Mended, Report
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.announce import announce
from desktop.ui.apart import while_there
from desktop.ui.checking import words
from desktop.ui.checking.table import fill, flaw_table
from desktop.ui.dialogs.running import Running
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.icons import icon
from desktop.ui.named import named
from desktop.ui.verbs import copy_text
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

ROOMY = (820, 480)
"""The size with a table."""
SIDE = 24
"""Of the picture that tells how it stands."""
BACKUPS = "desktop.ui.backups.dialog:show_backups"


def check_workspace(window: MainWindow) -> CheckDialog:
    """Open the dialog, which begins at once, or come back to the one that is open."""
    window.pane.commit()
    return CheckDialog.opened(window)


class CheckDialog(TellingDialog):
    """Reads on a worker; closing it stops that. What was found stays until it is closed."""

    title = N_("Check workspace")
    usual = (580, 170)

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
        self.context.giving_way.connect(self.running.cancel)
        self.picture = QLabel()
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.told.setMinimumHeight(self._side())
        head = QHBoxLayout(spacing=theme.MEDIUM)
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.told, 1)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("Progress of the check"))
        self.table = flaw_table()
        self.messages = MessageBar()
        self.column.addLayout(head)
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
        self._tell("activity", "muted", _("Every record is held against the journal of what was saved…"))
        self.bar.setRange(0, 0)
        self._show_parts(working=True)
        self.running.start()
        workspace, running = self.context.workspace, self.running

        def slow() -> Report:
            return checking.check(workspace, progress=running.told.emit, cancelled=running.stopped)

        self.context.work(slow, while_there(self, self._on_checked), while_there(self, self._on_failed))

    def _tell(self, picture: str, tone: str, sentence: str) -> None:
        self.told.setText(sentence)
        self.picture.setVisible(bool(picture))
        if picture:
            side = self._side()
            self.picture.setPixmap(icon(picture, tone).pixmap(QSize(side, side), self.devicePixelRatioF()))

    def _side(self) -> int:
        return max(SIDE, round(1.4 * self.fontMetrics().height()))

    def _on_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _on_failed(self, sentence: str) -> None:
        self.running.stop()
        self._tell("", "", "")
        self._show_parts(working=False)
        self.messages.show_message(sentence, "error")

    def _on_checked(self, report: Report) -> None:
        self.running.stop()
        self.report = report
        self._tell(*words.look(report), words.summary(report))
        fill(self.table, report)
        self._show_parts(working=False)
        self.take_room(*(self.scaled(*ROOMY) if report.flaws else self.size_wanted()))
        if report.flaws:
            self.table.resizeRowsToContents()
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

    # ---- what one does about it

    def mend(self) -> None:
        """Put back what is known."""
        if self.report is None:
            return
        workspace, report = self.context.workspace, self.report
        self.mend_button.setEnabled(False)
        self.context.work(
            lambda: checking.mend(workspace, report),
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
