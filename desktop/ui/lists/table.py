"""The table of a list: rows are chosen, never cells; its columns come back as they were.

What keys and pointer mean is told as signals; the page around it acts. Typing leads to the search box, whether the
letters come from keys or from an input method.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.ui import theme
from desktop.ui.lists.columns import Columns, height_for
from desktop.ui.lists.delegate import EDGE, CellDelegate
from desktop.ui.lists.hits import Terms, terms_of
from desktop.ui.lists.kept import Kept
from desktop.ui.lists.keys import STEPS, commands, select_framed
from desktop.ui.lists.lines import MOST
from desktop.ui.lists.model import Keep, RowsModel

_ROWS = QItemSelectionModel.SelectionFlag.Rows
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class RecordTable(QTableView):
    """Shows a `RowsModel` with the columns that `columns` remembers."""

    opened = Signal(int)
    """Somebody wants to see the record of this id: by Enter, F2 or a double click."""
    chosen = Signal()
    """Other rows are selected than before."""
    menu_requested = Signal(QPoint)
    """The context menu, at this place of the screen."""
    header_menu_requested = Signal(QPoint, str)
    """The menu of the column of this name."""
    find_requested = Signal(str)
    """Somebody types: the text belongs into the search box."""
    composed = Signal(object)
    """An input method converts, or has converted: its event belongs to the search box too."""
    columns_changed = Signal()
    grouped = Signal()
    """The rows are grouped by another field than before."""

    def __init__(self, rows: RowsModel, columns: Columns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # One of Qt's own might be of any class: when it is asked for, PySide6 makes all classes of widgets ready.
        self.setViewport(QWidget())
        self.rows, self.columns = rows, columns
        self.terms: Terms = ()
        """What is searched for: the delegate marks it."""
        self._hovered = self._pressed = -1
        self._kept: Kept | None = None
        self._restoring = self._fitting = False
        self.setModel(rows)
        self.setItemDelegate(CellDelegate(self))
        self._set_up()
        rows.about_to_replace.connect(self._before)
        rows.replaced.connect(self._after)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentRowChanged.connect(lambda *_rows: self.viewport().update())

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setProperty("records", True)
        self._welcome_input_methods()
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        # With the table's, a header asks of each column whether all its cells are selected: seconds for a million.
        head.setSelectionModel(QItemSelectionModel(self.rows, head))
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setSortIndicatorShown(True)
        head.setMinimumSectionSize(40)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._on_header_menu)
        head.sectionClicked.connect(self._on_header_clicked)
        head.sectionMoved.connect(self._on_moved)
        head.sectionResized.connect(self._on_resized)
        self.set_density(self.rows.context.settings.density)

    # ---- columns

    def set_density(self, density: str) -> None:
        """Rows as high as the preference says."""
        self.verticalHeader().setDefaultSectionSize(height_for(self, density))

    def fit_columns(self) -> None:
        """Give the columns their widths, and the header the mark of what is sorted."""
        query = self.rows.query
        if query is None:
            return
        head = self.horizontalHeader()
        self._fitting = True
        widths = self.columns.widths(query.columns, self.viewport().width(), self.font())
        for column, width in enumerate(widths):
            head.resizeSection(column, width)
        order = query.order[0] if query.order else None
        if order is not None and order.field in query.columns:
            down = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(query.columns.index(order.field), down)
        else:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._fitting = False

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show these columns, and remember them."""
        self.columns.set_shown(names)
        self.rows.set_columns(self.columns.shown)
        self.columns_changed.emit()

    def move_column(self, name: str, step: int) -> None:
        """Move a column by so many places."""
        names = list(self.columns.shown)
        place = max(0, min(len(names) - 1, names.index(name) + step))
        names.remove(name)
        names.insert(place, name)
        self.show_columns(tuple(names))

    def sort_by(self, name: str, descending: bool) -> None:
        """Sort by a column that is shown."""
        down = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.rows.sort(self.rows.query.columns.index(name), down)
        self.fit_columns()

    def group_by(self, name: str) -> None:
        """Group the rows by a field, '' by none, and remember it."""
        self.columns.set_group(name)
        self.rows.show(replace(self.rows.query, group=name), Keep.SELECTION)
        self.grouped.emit()

    def _on_header_clicked(self, section: int) -> None:
        query = self.rows.query
        if query is None:
            return
        name = query.columns[section]
        same = bool(query.order) and query.order[0].field == name
        self.sort_by(name, same and not query.order[0].descending)

    def _on_moved(self, _logical: int, old: int, new: int) -> None:
        if self._fitting:
            return
        # The model takes the order of the header, and the header its own again.
        self._fitting = True
        self.horizontalHeader().moveSection(new, old)
        self._fitting = False
        names = list(self.columns.shown)
        names.insert(new, names.pop(old))
        self.show_columns(tuple(names))

    def _on_resized(self, section: int, _old: int, width: int) -> None:
        query = self.rows.query
        if not self._fitting and query is not None and section < len(query.columns):
            self.columns.set_width(query.columns[section], width - (EDGE if section == 0 else 0))

    def _on_header_menu(self, place: QPoint) -> None:
        head, query = self.horizontalHeader(), self.rows.query
        section = head.logicalIndexAt(place)
        name = query.columns[section] if query is not None and section >= 0 else ""
        self.header_menu_requested.emit(head.mapToGlobal(place), name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()
        if event.size().height() < event.oldSize().height():
            self._keep_current_in_view(event.oldSize().height())

    def _keep_current_in_view(self, height: int) -> None:
        """A bar that appears below does not cover the current row, where all of it was seen."""
        place = self.visualRect(self.currentIndex().siblingAtColumn(0))
        if place.isValid() and place.top() >= 0 and place.bottom() < height:
            self.updateGeometries()
            self.scrollTo(self.currentIndex().siblingAtColumn(0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.set_density(self.rows.context.settings.density)
            self.fit_columns()

    # ---- what is selected

    def selected_ranges(self) -> list[tuple[int, int]]:
        """The selected rows, as first and last of each stretch, in order."""
        return sorted({(each.top(), each.bottom()) for each in self.selectionModel().selection()})

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(self.rows.records_in(first, last) for first, last in self.selected_ranges())

    def selected_ids(self, most: int = MOST) -> list[int]:
        """The ids of the selected rows in their order, at most so many."""
        ids: list[int] = []
        for first, last in self.selected_ranges():
            ids += self.rows.ids(first, last + 1, most - len(ids))
            if len(ids) >= most:
                break
        return ids

    def select_id(self, record_id: int) -> bool:
        """Select the row of a record alone, and bring it into view; whether it is in the list."""
        self.rows.folding.reveal(record_id)
        row = self.rows.places([record_id]).get(record_id)
        if row is None:
            return False
        self.selectionModel().setCurrentIndex(
            self.rows.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROWS
        )
        self.updateGeometries()  # Qt scrolls no farther than to the last of the rows that it has laid out
        self.scrollTo(self.rows.index(row, 0))
        return True

    def select_first(self) -> None:
        """Select the first record."""
        for row in range(min(2, self.rows.rowCount())):
            if (record_id := self.rows.record_id(row)) is not None:
                self.select_id(record_id)
                return

    def _before(self) -> None:
        """Other rows come: keep what is selected, current and at the top."""
        self._restoring = True
        self._kept = Kept(self)

    def _after(self, keep: Keep) -> None:
        """Other rows are there: select the same records again, wherever they stand now."""
        self.terms = terms_of(self.rows.query.text)
        if self._kept is not None and keep is not Keep.NOTHING:
            self._kept.select(self)
        if self._kept is not None and keep is Keep.PLACE:
            self._kept.scroll(self)
        else:
            self.scrollToTop()
        self.fit_columns()
        self._restoring = False
        before, self._kept = self._kept, None
        # After a change the record stays where it is looked at, even where it has left the list.
        if keep is not Keep.PLACE and before is not None and before.count != self.selected_count():
            self.chosen.emit()

    def _on_selection_changed(self) -> None:
        self.viewport().update()
        if not self._restoring:
            self.chosen.emit()

    # ---- how it is painted: asked by the delegate, once a cell

    def ground(self, row: int, tones: theme.Tones) -> str:
        """The tone under a row; '' for that of the table."""
        if self.selectionModel().isRowSelected(row):
            return tones.accent_soft if self.hasFocus() else tones.pressed
        return tones.hover if row == self._hovered else ""

    def is_current(self, row: int) -> bool:
        """Whether the focus is on this row."""
        return self.hasFocus() and self.currentIndex().row() == row

    def is_first(self, column: int) -> bool:
        """Whether this column stands at the edge where rows begin."""
        return self.horizontalHeader().visualIndex(column) == 0

    def is_last(self, column: int) -> bool:
        """Whether this column stands at the edge where rows end."""
        return self.horizontalHeader().visualIndex(column) == self.rows.columnCount() - 1

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.Wheel):
            self._hover(self.rowAt(int(event.position().y())))
        elif event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    # ---- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() in _PLAIN
        if plain and self.rows.folding.press(self.currentIndex().row(), key):
            event.accept()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.open_current()
        elif key == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._ask_for_menu()  # not all platforms make a context menu of these keys
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(0 if key == Qt.Key.Key_Home else self.rows.rowCount() - 1)
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            bar.setValue(
                bar.value() + (bar.singleStep() if key == Qt.Key.Key_Right else -bar.singleStep()) * 3
            )
        elif event.text().isprintable() and event.text().strip() and not commands(event):
            self.find_requested.emit(event.text())
        else:
            super().keyPressEvent(event)
            if plain and key in STEPS:
                select_framed(self)
            return
        event.accept()

    def mouseReleaseEvent(self, event: Any) -> None:
        super().mouseReleaseEvent(event)
        row = self.indexAt(event.position().toPoint()).row()
        alone = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if alone and row == self._pressed:
            self.rows.folding.toggle(row)

    def mousePressEvent(self, event: Any) -> None:
        self._pressed = self.indexAt(event.position().toPoint()).row()
        super().mousePressEvent(event)

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row, 0))

    def open_current(self) -> None:
        """Tell that somebody wants to see the record of the current row."""
        row = self.currentIndex().row()
        record_id = self.rows.record_id(row) if row >= 0 else None
        if record_id is not None:
            self.opened.emit(record_id)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composed.emit(event)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._welcome_input_methods()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self._welcome_input_methods()

    def _welcome_input_methods(self) -> None:
        """Qt turns them away from tables that cannot be edited, and their letters would come bare."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt's own would read row after row; see `find_requested`."""

    def mouseDoubleClickEvent(self, event: Any) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.open_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu()
        else:
            self.menu_requested.emit(event.globalPos())
        event.accept()

    def _ask_for_menu(self) -> None:
        """The menu at the current row, for those without a pointer."""
        below = self.visualRect(self.currentIndex().siblingAtColumn(0)).bottomLeft()
        self.menu_requested.emit(
            self.viewport().mapToGlobal(below if self.currentIndex().isValid() else QPoint(0, 0))
        )

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as the list shows them but with their whole texts."""
        query = self.rows.query
        if query is None or not self.selected_count():
            return
        # With what guards a spreadsheet's cells; a start copies nothing.
        from desktop.ui.lists import clipboard

        clipboard.copy(self.rows, self.selected_ranges())
