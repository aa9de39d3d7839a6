"""One line of Today: what changed since the last report, leading to it. Read on a worker, after all else is seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.i18n import _, captioned, format_date, format_number, join_parts
from desktop.model import FrozenReport, Invalid
from desktop.service import reporting
from desktop.service.apart import apart
from desktop.service.changes import called
from desktop.ui.accesskeys import unmarked
from desktop.ui.apart import while_there
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.reports import comparison, words
from desktop.ui.reports.comparison import Found

SETTLE_MS = 600
MOST = 20_000
"""Steps of the journal beyond which nothing is counted: nobody waits for a line."""


class SinceLine(QWidget):
    """Not there as long as no report is frozen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._report = context, None
        self._stale = True
        self.button = QToolButton(icon=icon("reports", "muted"), autoRaise=True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(self._lead)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addStretch(1)
        self.button.hide()
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._read)
        context.changed.connect(self._on_changed)
        context.stopping.connect(self._timer.stop)

    def _on_changed(self, _committed: Any) -> None:
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._timer.start()

    def _read(self) -> None:
        self._stale = False
        workspace = self._context.workspace
        report = self._report = next(iter(reporting.reports()), None)
        if report is None:
            self.button.hide()
            return
        try:
            made = comparison.comparison(workspace, report.uid, "", report.audience, report)
        except Invalid:  # such as a filter of “mine”, with nobody at the desk; nobody asked for this line
            self.button.hide()
            return
        if comparison.steps(workspace, made, MOST) > MOST:
            self._say(_since(report))
            return

        def slow() -> Found:
            with apart(workspace) as seen:
                return comparison.read(seen, made)

        self._context.work(slow, while_there(self, lambda found: self._show(report, found)))

    def _show(self, report: FrozenReport, found: Found) -> None:
        if report is not self._report:
            return
        followed = [each for each in found.delta.moved if words.is_followed(each)]
        counts = {mark: sum(mark in each.marks for each in followed) for mark in words.ORDER}
        told = join_parts(
            *(captioned(called(mark), format_number(count)) for mark, count in counts.items() if count)
        )
        self._say(captioned(_since(report), told or _("Nothing has changed.")))

    def _say(self, sentence: str) -> None:
        self.button.setText(unmarked(sentence))
        self.button.setAccessibleName(sentence)
        self.button.show()

    def _lead(self) -> None:
        if self._report is not None:
            self._context.list_requested.emit("reports", (self._report.uid,))


def _since(report: FrozenReport) -> str:
    return _("Since the report of {day}").format(day=format_date(report.period_to))
