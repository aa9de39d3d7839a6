"""A label pack to look at or to change: of each value of each scale, our word and theirs."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.export import layouts
from desktop.export.layouts import Pack
from desktop.export.wording import SCALES
from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.context import KNOWN_PROBLEMS, Context
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.tips import plain_tip
from desktop.ui.workbook.ringed import RingedDelegate

TITLES = {
    "progress": N_("Status of recommendations"),
    "assessment": N_("Assessment by the desk"),
    "acceptance": N_("Acceptance"),
    "stage": N_("Stage of initiatives"),
    "follow_up": N_("Status of follow-ups"),
}
SCALE, OURS, THEIRS = range(3)


class PackEditor(QWidget):
    """Shows one pack; each word is kept when its cell is left."""

    copy_requested = Signal()
    problem = Signal(str)

    def __init__(self, context: Context, keys: AccessKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.shown: Pack | None = None
        self._filling = False
        self.places = [(scale, value) for scale, values in SCALES.items() for value in values]
        self.name, self._about = Heading("", 2), QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._about.setProperty("muted", True)
        self.copy = QPushButton(keys.mark(_("Copy to change")), autoDefault=False)
        self.copy.clicked.connect(self.copy_requested)
        self.table = QTableWidget(len(self.places), 3)
        self.table.setProperty("quiet", True)
        self.table.setItemDelegate(RingedDelegate(self.table))
        self.table.setAccessibleName(_("Words for the scales"))
        self.table.setHorizontalHeaderLabels([_("Scale"), _("Our word"), _("Their word")])
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemChanged.connect(self._on_typed)
        top = QHBoxLayout(spacing=theme.MEDIUM)
        words = QVBoxLayout(spacing=theme.TIGHT)
        words.addWidget(self.name)
        words.addWidget(self._about)
        top.addLayout(words, 1)
        top.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self, spacing=theme.SMALL)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table, 1)

    def show_pack(self, shown: Pack) -> None:
        """Show a pack."""
        self.shown = shown
        self.name.setText(shown.title)
        self._about.setText(
            _("Comes with the program.")
            if shown.shipped
            else _("A value whose word is empty keeps the program's own.")
        )
        self.copy.setVisible(shown.shipped)
        self._filling = True
        height = theme.row_height(self.table, compact=True)
        place = (max(0, self.table.currentRow()), THEIRS)
        for row, (scale, value) in enumerate(self.places):
            self.table.setRowHeight(row, height)
            first = row == 0 or self.places[row - 1][0] != scale
            texts = (
                _(TITLES[scale]) if first else "",
                _(SCALES[scale][value]),
                shown.label(scale, value) or "",
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                if column == THEIRS and not shown.shipped:
                    flags |= Qt.ItemFlag.ItemIsEditable
                elif column != THEIRS:
                    item.setForeground(theme.colour(theme.current().muted))
                item.setFlags(flags)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(scale, value, column, text))
                self.table.setItem(row, column, item)
        self.table.setCurrentCell(*place)
        self._filling = False

    def _spoken(self, scale: str, value: str, column: int, text: str) -> str:
        ours = f"{_(TITLES[scale])}: {_(SCALES[scale][value])}"
        return f"{ours}: {text}" if column == THEIRS else ours

    def _on_typed(self, item: QTableWidgetItem) -> None:
        if self._filling or self.shown is None or item.column() != THEIRS:
            return
        scale, value = self.places[item.row()]
        text = " ".join(item.text().split())
        # Once Qt is done with the item: all of them are made anew.
        QTimer.singleShot(0, self, lambda: self.set_word(scale, value, text))

    def set_word(self, scale: str, value: str, text: str) -> None:
        """Keep their word for a value; '' for none."""
        if self.shown is None:
            return
        if text == (self.shown.label(scale, value) or ""):
            self.show_pack(self.shown)
            return
        words = {each: dict(of_scale) for each, of_scale in self.shown.words.items()}
        words.setdefault(scale, {})[value] = text
        shown = self.shown
        try:
            shown = layouts.save_pack(self._context.workspace, replace(self.shown, words=words))
        except KNOWN_PROBLEMS as error:
            self.problem.emit(str(error))
        self.show_pack(shown)
