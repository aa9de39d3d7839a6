"""A table with a combo over each column: what the column becomes, and below it its first values as understood."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableWidget, QTableWidgetItem, QWidget

from desktop.export.intake.tracker import targets
from desktop.export.intake.tracker.plan import Fate
from desktop.i18n import _, format_number
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.intake.tracker.cells import Seen
from desktop.ui.intake.tracker.step import put_after
from desktop.ui.intake.tracker.understanding import Understood
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.tips import plain_tip

NOTE, LEAVE = ":note", ":leave"
"""What a column can become beside a field."""
WIDTH = 184


class ColumnGrid(QTableWidget):
    """`chosen` tells the place of a column and what it becomes; `reached` that one is on it."""

    chosen = Signal(int, str)
    reached = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.combos: list[Combo] = []
        self._columns: tuple[str, ...] = ()
        self.setProperty("quiet", True)
        self.setAccessibleName(_("Columns of the file and their first values"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.currentCellChanged.connect(lambda _row, column, *_before: self.reached.emit(column))

    def show_table(self, understood: Understood, rows: Sequence[tuple[int, list[Seen]]]) -> None:
        """Show the columns of a table as they are understood, and its first rows."""
        of = (understood.mapping.kind, *(column.shown for column in understood.headers[0].columns))
        if of != self._columns:
            self._columns = of
            self._make(understood)
        for place, combo in enumerate(self.combos):
            rule = understood.mapping.columns[place]
            combo.setCurrentIndex(combo.findData(rule.target or (NOTE if rule.noted else LEAVE)))
            combo.setToolTip(plain_tip(understood.reason(place)))
            combo.setAccessibleDescription(understood.reason(place))
        self.setRowCount(1 + len(rows))
        self.setVerticalHeaderLabels(["", *(format_number(number) for number, _cells in rows)])
        for at, (_number, cells) in enumerate(rows, 1):
            for place, cell in enumerate(cells[: len(self.combos)]):
                self.setItem(at, place, _item(cell))

    def _make(self, understood: Understood) -> None:
        columns = understood.headers[0].columns
        self.clear()
        self.setRowCount(1)
        self.setColumnCount(len(columns))
        self.combos = []
        for place, column in enumerate(columns):
            head = QTableWidgetItem(f"{column.letter}  {column.shown}")
            head.setToolTip(plain_tip(column.shown))
            head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(place, head)
            combo = self._combo(understood, place)
            combo.setAccessibleName(_("Column “{column}” becomes").format(column=column.shown))
            holder = QWidget()  # keeps a gap between one combo and the next
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(2, 2, theme.TIGHT, 2)
            inside.addWidget(combo)
            self.setCellWidget(0, place, holder)
            self.setColumnWidth(place, WIDTH)
            self.combos.append(combo)
        put_after(self, self.combos)
        self.setRowHeight(0, theme.row_height(self) + theme.SMALL)

    def _combo(self, understood: Understood, place: int) -> Combo:
        """The likely fields first, then what is no field, then the others."""
        combo, known = Combo(), targets.targets(understood.entity)
        guess = understood.guessed(place)
        likely = [name for name in (guess.target, *guess.others) if name in known]
        for name in likely:
            combo.addItem(known[name].title, name)
        if likely:
            combo.insertSeparator(combo.count())
        combo.addItem(_("Into the note"), NOTE)
        combo.addItem(_("Leave out"), LEAVE)
        combo.insertSeparator(combo.count())
        for name, target in known.items():
            if name not in likely:
                combo.addItem(target.title, name)
        combo.activated.connect(lambda _at: self.chosen.emit(place, combo.currentData() or NOTE))
        combo.installEventFilter(self)
        return combo

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched in self.combos:
            place = self.combos.index(watched)
            self.reached.emit(place)
            QTimer.singleShot(0, self, lambda: self.scrollTo(self.model().index(0, place)))
        return super().eventFilter(watched, event)


def _item(cell: Seen) -> QTableWidgetItem:
    tones = theme.current()
    if cell.why:
        item = QTableWidgetItem(icon("warning", "red"), _("Not understood: {text}").format(text=cell.text))
        item.setForeground(theme.colour(tones.red))
        item.setToolTip(plain_tip(f"{cell.text}\n{cell.why}"))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, cell.why)
        return item
    item = QTableWidgetItem(" ".join((cell.words or cell.text).split()))
    item.setToolTip(plain_tip(cell.text))
    if cell.fate in (Fate.LEFT, Fate.NOTE, Fate.MARK):
        item.setForeground(theme.colour(tones.muted))
    return item
