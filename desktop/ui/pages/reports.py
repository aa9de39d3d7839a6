"""Reports: to the left those that were frozen, to the right what changed since the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _, format_number, ngettext
from desktop.model import FrozenReport, Invalid
from desktop.model.visibility import INTERNAL
from desktop.service import reporting
from desktop.service.apart import apart
from desktop.ui import theme
from desktop.ui.apart import while_there
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.layout import letter
from desktop.ui.named import named
from desktop.ui.pages.seenfresh import SeenFresh
from desktop.ui.passing import PassesFocus
from desktop.ui.reports import acts, comparison
from desktop.ui.reports.comparing import compare
from desktop.ui.reports.comparison import Comparison, Found
from desktop.ui.reports.head import ReportHead
from desktop.ui.reports.reportlist import ReportList
from desktop.ui.reports.view import ChangesView
from desktop.ui.widgets.emptystate import EmptyState
from desktop.ui.widgets.heading import Heading

FREEZING = N_(
    "A report that you freeze closes a period: how far everything had come by then is kept. "
    "From then on this page and the workbook tell what is new, has progressed, slipped or was closed since."
)
WIDTH = 26
"""Of the list, in average letters."""
EXPORT = "desktop.ui.reports.exporting:export_since"
"""With the dialog that writes workbooks, which is loaded once one is asked for."""


class ReportsPage(SeenFresh, PassesFocus, QWidget):
    """The report that was shown last comes back; a comparison is shown until a report is chosen."""

    opened = Signal(object)
    count_changed = Signal(str)
    command_requested = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._state = context.settings.pages.setdefault("reports", {})
        self._reports: list[FrozenReport] = []
        self._between: tuple[str, str, str] | None = None
        """The points of a comparison that was asked for, and for whom."""
        self._asked: Comparison | None = None
        self._told = ""
        self.list, self.head = ReportList(), ReportHead()
        self.changes = ChangesView(context, self._state)
        self._lay_out()
        self._wire()
        self.keep_fresh(context)

    def _lay_out(self) -> None:
        self.freeze_button = QPushButton(icon("add"), _("&Freeze report…"), autoDefault=False)
        left = QWidget()
        column = QVBoxLayout(left, spacing=theme.MEDIUM)
        column.setContentsMargins(theme.MEDIUM, theme.LARGE, theme.MEDIUM, theme.SMALL)
        column.addWidget(Heading(_("Reports"), 1))
        column.addWidget(self.freeze_button)
        column.addWidget(self.list, 1)
        left.setMinimumWidth(WIDTH * letter(self) + 2 * theme.MEDIUM)
        right = QWidget()
        whole = QVBoxLayout(right, spacing=theme.MEDIUM)
        whole.setContentsMargins(0, theme.LARGE, 0, 0)
        whole.addWidget(self.head)
        whole.addWidget(self.changes, 1)
        self.empty = EmptyState("reports", _(FREEZING), _("Freeze report…"))
        self.stack = QStackedWidget()
        self.stack.addWidget(right)
        self.stack.addWidget(self.empty)
        splitter = QSplitter(Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False)
        for part in (left, self.stack):
            splitter.addWidget(part)
        splitter.setStretchFactor(1, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        self.pass_focus_to(self.list)

    def _wire(self) -> None:
        context = self.context
        for button in (self.freeze_button, self.empty.button):
            button.clicked.connect(lambda: self.command_requested.emit("freeze_report"))
        self.list.chosen.connect(self.show_report)
        self.list.left.connect(self.changes.setFocus)
        self.list.delete_requested.connect(self.delete)
        self.list.menu_requested.connect(self._show_menu)
        for key, act in (("compare", self.compare), ("export", self.export), ("delete", self.delete)):
            self.head.buttons[key].clicked.connect(act)
        self.changes.opened.connect(lambda uid: self._lead(uid, self.opened.emit))
        self.changes.led.connect(lambda uid: self._lead(uid, context.record_requested.emit))
        self.changes.bring_back_requested.connect(lambda moved: acts.bring_back(context, moved))
        self.changes.cells_wanted.connect(self._read)

    # ---- what it shows

    def refresh(self) -> None:
        """Read anew which reports there are, and what changed since the one that is shown."""
        super().refresh()
        self._reports = reporting.reports()
        known = [each.uid for each in self._reports]
        uid = self.list.uid() or str(self._state.get("report", ""))
        uid = uid if uid in known else next(iter(known), "")
        self.list.offer(self._reports, "" if self._between else uid)
        self.stack.setCurrentIndex(0 if known or self._between else 1)
        self._compare_anew()

    def show_report(self, uid: str) -> None:
        """Show what changed since this report."""
        self._between = None
        self._state["report"] = uid
        self._compare_anew()

    def show_comparison(self, since: str, until: str, asked: Comparison) -> None:
        """Show what changed between two points."""
        self._between = since, until, asked.audience
        self.list.offer(self._reports, "")
        self.stack.setCurrentIndex(0)
        self._compare_anew()
        self.changes.setFocus()

    def show_where(self, uids: Sequence[str]) -> None:
        """Show the report of this uid, or the newest."""
        self._state["report"] = next(iter(uids), "")
        self._between = None
        self.list.offer((), "")
        self.refresh()

    def report(self) -> FrozenReport | None:
        """The report that is shown; None for a comparison."""
        return next((each for each in self._reports if each.uid == self.list.uid()), None)

    def _compare_anew(self) -> None:
        """Say what is compared, and read what came of it."""
        workspace, report = self.context.workspace, self.report()
        self._asked = None
        if report is None and self._between is None:
            self._tell("")
            return
        try:
            if report is not None:
                self.head.show_report(workspace, report)
                made = comparison.comparison(workspace, report.uid, "", report.audience, report)
            else:
                since, until, audience = self._between or ("", "", INTERNAL)
                made = comparison.comparison(workspace, since, until, audience)
                self.head.show_between(self._reports, since, until, audience, made.scope.said)
        except Invalid as error:  # such as a report that somebody deleted meanwhile
            self._between = None
            self.context.problem.emit(str(error))
            return
        self._asked = made
        self._read()

    def _read(self) -> None:
        """Read what changed: at once where that takes no time that one notices, else on a worker."""
        asked, workspace, cells = self._asked, self.context.workspace, self.changes.wants_cells()
        if asked is None:
            return
        if comparison.is_small(workspace, asked):
            self._show(asked, comparison.read(workspace, asked, with_cells=cells))
            return
        self._tell(_("Reading what changed…"))

        def slow() -> Found:
            with apart(workspace) as seen:
                return comparison.read(seen, asked, with_cells=cells)

        self.context.work(slow, while_there(self, lambda found: self._show(asked, found)))

    def _show(self, asked: Comparison, found: Found) -> None:
        if asked is not self._asked:
            return  # something else was asked for meanwhile
        self.changes.show_found(found, comparison.nothing(asked))
        count = len(found.delta.moved)
        words = ngettext("{count} record has changed", "{count} records have changed", count)
        self._tell(words.format(count=format_number(count)))

    def _tell(self, sentence: str) -> None:
        self._told = sentence
        self.count_changed.emit(sentence)

    def status_text(self) -> str:
        """What the window's status line tells of it."""
        return self._told

    # ---- what is done

    def _lead(self, uid: str, to: Any) -> None:
        moved = self.changes.moved_of(uid)
        if moved is not None:
            acts.lead(self.context, moved, to)

    def compare(self) -> None:
        """Ask between which points: at first, what was in the report that is shown."""
        report = self.report()
        since, until, audience = self._between or ("", "", INTERNAL)
        if report is not None:
            audience = str(report.audience)
            since = comparison.before(self.context.workspace, audience, str(report.period_from or ""), report)
            until = report.uid
        compare(self.window(), self, since, until, audience)

    def export(self) -> None:
        """Export the workbook with what changed since the point that is shown."""
        report = self.report()
        since, _until, audience = self._between or ("", "", INTERNAL)
        named(EXPORT)(self.window(), report, since, audience)

    def delete(self) -> None:
        """Delete the report that is shown; undo brings it back."""
        report = self.report()
        if report is not None:
            acts.delete(self.window(), report)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in self.head.buttons.values():
            action = menu.addAction(button.icon(), button.text(), button.click)
            action.setEnabled(button.isEnabled())
        menu.popup(place)
