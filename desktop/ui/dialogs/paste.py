"""Paste rows of a spreadsheet into a list: shown with all that is wrong with them before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
)

from desktop.i18n import N_, _, format_number, join_list, ngettext
from desktop.model import Invalid
from desktop.model.kinds import Text
from desktop.service import pasting
from desktop.service.pasting import Pasted, Row
from desktop.ui import theme
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.widgets.problemline import ProblemLine
from desktop.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

TOLD = 8
"""Problems that are told in words; the table marks them all."""
OWN = 2
"""Columns before those of the pasted table: the number of the row, and what becomes of it."""
ROWS = 12
"""Rows that are seen without scrolling."""


def paste_rows(window: MainWindow) -> None:
    """Show what the clipboard would add to the list of the page, or change in it."""
    page, text = getattr(window.page, "page", window.page), QApplication.clipboard().text()
    asked = page.current_query()

    def read(clears: bool) -> Pasted:
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return pasting.read(window.context.workspace, asked.entity, text, asked.columns, clears=clears)
        finally:
            QApplication.restoreOverrideCursor()

    pasted = window.context.attempt(lambda: read(False))
    if pasted is not None:
        open_dialog(window, PasteDialog, pasted, read)


class PasteDialog(Dialog):
    """The table as it was understood; the button says what it would do."""

    title, verb = N_("Paste rows"), N_("Paste")
    usual = (900, 560)

    def build(self) -> None:
        self.pasted: Pasted | None = None
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.table = QTableWidget()
        self.table.setAccessibleName(_("The pasted rows"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.problems = ProblemLine()
        self.without_bad = QCheckBox()
        self.without_bad.toggled.connect(lambda _on: self._offer())
        self.clears = QCheckBox(self.keys.mark(_("Empty cells empty the field")))
        self.clears.toggled.connect(self._read_again)
        for part in (self.told, self.table, self.problems, self.without_bad, self.clears):
            self.column.addWidget(part)
        self.reasons = self.add_fields()
        reason = Text(N_("Reason for moved dates"))
        reason.name = "reason"
        self.reasons.add(reason)

    def take(self, pasted: Pasted, read: Any) -> None:
        """Offer these rows; `read` understands them anew, with empty cells or without."""
        self._read = read
        self.without_bad.setChecked(False)
        self._show(pasted)
        QTimer.singleShot(
            0, self, lambda: (self.act_button if self.act_button.isEnabled() else self.table).setFocus()
        )

    def typed(self) -> bool:
        return False  # what was copied can be pasted again

    def _read_again(self, clears: bool) -> None:
        pasted = self.context.attempt(lambda: self._read(clears))
        if pasted is not None:
            self._show(pasted)

    # ---- what is shown

    def _show(self, pasted: Pasted) -> None:
        self.pasted = pasted
        self._fill(pasted)
        problems = [each.told() for each in pasted.problems]
        more = len(problems) - TOLD
        if more > 0:
            words = ngettext("And {count} more.", "And {count} more.", more)
            problems = [*problems[:TOLD], words.format(count=format_number(more))]
        self.problems.say("\n".join(problems))
        bad = sum(not row.good for row in pasted.rows)
        words = ngettext("Leave out {count} row with errors", "Leave out {count} rows with errors", bad)
        self.without_bad.setText(words.format(count=format_number(bad)))
        self.without_bad.setVisible(bad > 0)
        self.clears.setVisible(any(row.record is not None for row in pasted.rows))
        self.reasons.setVisible(pasted.moves)
        self._offer()

    def _offer(self) -> None:
        """Say what the button would do, and let it."""
        pasted = self.pasted
        if pasted is None:
            return
        bad = bool(pasted.problems)
        self.act_button.setEnabled(
            bool(pasted.new or pasted.changed) and (not bad or self.without_bad.isChecked())
        )
        told = [
            _("The first row names the columns.")
            if pasted.headed
            else _("The columns are those of the list."),
            ngettext("{count} new record.", "{count} new records.", pasted.new).format(
                count=format_number(pasted.new)
            ),
            ngettext("{count} record changes.", "{count} records change.", pasted.changed).format(
                count=format_number(pasted.changed)
            ),
        ]
        left = [title for title in pasted.left_out if title]
        if left:
            told.append(_("Not taken: {columns}.").format(columns=join_list(left)))
        self.told.setText(" ".join(told))

    def _fill(self, pasted: Pasted) -> None:
        table, tones = self.table, theme.current()
        table.setUpdatesEnabled(False)
        table.clear()
        table.setRowCount(len(pasted.rows))
        table.setColumnCount(OWN + len(pasted.titles))
        table.setHorizontalHeaderLabels([_("Row"), _("What becomes of it"), *pasted.titles])
        for place, row in enumerate(pasted.rows):
            wrong = {problem.column: problem.sentence for problem in row.problems}
            cells = [format_number(row.number), becomes(row), *row.cells]
            for column, text in enumerate(cells):
                item = QTableWidgetItem(" ".join(text.split()))
                kind = pasted.columns[column - OWN] if column >= OWN else None
                problem = wrong.get(kind.title) if kind is not None else None
                if problem or (column == OWN - 1 and not row.good):
                    item.setForeground(theme.colour(tones.red))
                    item.setBackground(theme.colour(tones.red_on))
                elif column >= OWN and kind is None:
                    item.setForeground(theme.colour(tones.muted))
                item.setToolTip(plain_tip(problem or wrong.get("", "") or text))
                table.setItem(place, column, item)
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.resizeColumnsToContents()
        for column in range(table.columnCount()):
            table.setColumnWidth(column, min(table.columnWidth(column), 260))
        table.setMinimumHeight(theme.row_height(self) * min(ROWS, len(pasted.rows) + 2))
        table.setUpdatesEnabled(True)

    # ---- acting

    def act(self) -> int:
        pasted = self.pasted
        assert pasted is not None
        reason = self.reasons.at("reason").value()
        if pasted.moves and not reason:
            raise Invalid(_("Say why the dates are moved."), "reason")
        return pasting.accept(
            self.context.workspace, pasted, reason=reason, without_bad=self.without_bad.isChecked()
        )

    def done_with(self, result: int) -> None:
        words = ngettext("{count} record was pasted.", "{count} records were pasted.", result)
        window = self.parent()
        undo = [(_("Undo"), lambda: window.commands.run("undo"))]
        self.context.said.emit(words.format(count=format_number(result)), undo)


def becomes(row: Row) -> str:
    """What would become of a row, in words."""
    if not row.good:
        return _("Error")
    if row.record is None:
        return _("New")
    if not row.acts:
        return _("Nothing changes")
    words = ngettext("Changes {count} field", "Changes {count} fields", len(row.values))
    return words.format(count=format_number(len(row.values)))
