"""A chart and its table, one at a time, with a menu: change between them, copy, go to the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStackedLayout,
    QTableView,
    QToolButton,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.charts.chart import Chart
from desktop.ui.charts.figure import CELL, Figure, FigureModel
from desktop.ui.icons import icon
from desktop.ui.lists.clipboard import Heading, mime
from desktop.ui.passing import PassesFocus
from desktop.ui.widgets.tips import plain_tip

_HEADS = (
    "QHeaderView::section {{ padding: {top}px {side}px; }} QHeaderView::section:vertical {{ border: none; }}"
)
TABLE_ROWS = 10
"""The most rows that a table shows without scrolling."""


class ChartPanel(PassesFocus, QWidget):
    """Shows a figure as a picture of a kind of `Chart`, or as a table."""

    leads = Signal(str, object)
    """Somebody wants the list of this entity key with these conditions."""
    copied = Signal(str)
    """A sentence about what is on the clipboard."""

    def __init__(self, kind: type[Chart], figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FigureModel(figure, self)
        self.chart = kind(self.model)
        self.chart.leads.connect(self.leads)
        self.table: QTableView | None = None
        """Made when it is first asked for."""
        self._either = QStackedLayout(self)
        self._either.addWidget(self.chart)
        self.button = QToolButton(autoRaise=True, icon=icon("more", "muted"))
        self.button.clicked.connect(
            lambda: self.open_menu(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        )
        self.chart.installEventFilter(self)
        self.show_figure(figure)

    def show_figure(self, figure: Figure) -> None:
        """Show another one."""
        self.model.show_figure(figure)
        self.button.setAccessibleName(_("Picture “{title}”: table, copy").format(title=figure.title))
        self.button.setToolTip(plain_tip(self.button.accessibleName()))
        self._name_table()
        self._fit()

    def shows_table(self) -> bool:
        return self._either.currentWidget() is self.table and self.table is not None

    def show_table(self, on: bool) -> None:
        """Change between picture and table, with the focus where it was."""
        focused = self._either.currentWidget().hasFocus()
        if on and self.table is None:
            self.table = self._made_table()
            self._either.addWidget(self.table)
            self._name_table()
        shown: QWidget = self.table if on and self.table is not None else self.chart
        self._either.setCurrentWidget(shown)
        self.pass_focus_to(shown)
        self._fit()
        if focused:
            shown.setFocus()

    def _made_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setDefaultSectionSize(theme.row_height(self, compact=True))
        table.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        figure = self.model.figure
        table.horizontalHeader().setStretchLastSection(len(figure.heads) - 1 > figure.drawn)
        table.horizontalHeader().setStyleSheet(_HEADS.format(top=theme.TIGHT, side=theme.SMALL))
        table.verticalHeader().setStyleSheet(_HEADS.format(top=0, side=theme.TIGHT))
        table.doubleClicked.connect(self._lead)
        table.installEventFilter(self)
        return table

    def _name_table(self) -> None:
        if self.table is not None:
            self.table.setAccessibleName(self.model.figure.title)
            self.table.setAccessibleDescription(self.model.figure.told)

    def _fit(self) -> None:
        """As high as what is shown."""
        if self.shows_table() and self.table is not None:
            rows = min(TABLE_ROWS, max(1, self.model.rowCount()))
            height = self.table.horizontalHeader().sizeHint().height()
            self.setFixedHeight(height + rows * theme.row_height(self, compact=True) + theme.SMALL)
        else:
            self.setFixedHeight(self.chart.wanted_height(self.width()))

    def sizeHint(self) -> QSize:
        return self._either.currentWidget().sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ContextMenu and watched in (self.chart, self.table):
            self.open_menu(event.globalPos())  # type: ignore[attr-defined]
            return True
        elif kind == QEvent.Type.ShortcutOverride and event.matches(QKeySequence.StandardKey.Copy):  # type: ignore[attr-defined]
            event.accept()
            return True
        elif kind == QEvent.Type.KeyPress:
            return self._on_key(watched, event)  # type: ignore[arg-type]
        return super().eventFilter(watched, event)

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_table() if self.shows_table() else self.copy_picture()
            return True
        if (
            watched is self.table
            and self.table is not None
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._lead(self.table.currentIndex())
            return True
        return False

    def _lead(self, index: QModelIndex) -> None:
        cell = index.data(CELL)
        if cell is not None and cell.leads is not None:
            self.leads.emit(*cell.leads)

    # ---- the menu

    def menu(self) -> QMenu:
        """What can be done with the picture."""
        menu = QMenu(self)
        index = (self.table if self.shows_table() and self.table else self.chart).currentIndex()
        cell = index.data(CELL)
        other = _("Show as picture") if self.shows_table() else _("Show as table")
        labels = with_access_keys([_("Show the list"), other, _("Copy picture"), _("Copy table")])
        acts = (
            ("list", lambda: self._lead(index)),
            (
                "recommendations" if self.shows_table() else "workbook",
                lambda: self.show_table(not self.shows_table()),
            ),
            ("copy", self.copy_picture),
            ("copy", self.copy_table),
        )
        actions = [
            menu.addAction(icon(name), words, act) for words, (name, act) in zip(labels, acts, strict=True)
        ]
        actions[0].setEnabled(cell is not None and cell.leads is not None)
        actions[3 if self.shows_table() else 2].setShortcut(QKeySequence.StandardKey.Copy)
        return menu

    def open_menu(self, place: QPoint) -> None:
        """Show the menu there."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.chart.picture())
        self.copied.emit(_("The picture was copied."))

    def copy_table(self) -> None:
        """Put the figures on the clipboard, as rows that a spreadsheet takes."""
        figure = self.model.figure
        heads = [Heading(head, 1 <= place <= figure.drawn) for place, head in enumerate(figure.heads)]
        rows = [[row.label, *(cell.text if cell else "" for cell in row.cells)] for row in figure.rows]
        QGuiApplication.clipboard().setMimeData(mime(heads, rows))
        self.copied.emit(_("The table was copied."))
