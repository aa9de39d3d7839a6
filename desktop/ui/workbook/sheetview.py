"""A sheet as it will look: headings stay in view, cells scroll below them, charts and pictures in their place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QTableView, QWidget

from desktop.export import palette
from desktop.export.preview import Look, Sheet
from desktop.i18n import language
from desktop.ui import theme
from desktop.ui.workbook.bars import paint_bars
from desktop.ui.workbook.grid import CHARACTER, DOTS, EDGE, CellPainter, Cells

WORDS = Look(size=9)
"""Of a chart."""


class _Part(QTableView):
    """Some of the rows of a sheet."""

    def __init__(self, cells: Cells, painter: CellPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(cells)
        self.setItemDelegate(painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        for scroll in (self.setHorizontalScrollMode, self.setVerticalScrollMode):
            scroll(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.hide()
            head.setMinimumSectionSize(1)
        self.viewport().setAutoFillBackground(False)  # the paper shows
        for row, column, rows, columns in cells.spans():
            if rows > 1 or columns > 1:
                self.setSpan(row, column, rows, columns)


class _Body(_Part):
    """The rows that scroll, with what is drawn over them."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        sheet: Sheet = self.model().sheet
        if not sheet.charts and not sheet.pictures:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        look, zoom = self.itemDelegate(), self.itemDelegate().zoom
        for bars in sheet.charts:
            left, top, right, bottom = bars.area
            area = QRectF(self._x(left), self._y(top), 0, 0)
            area.setRight(self._x(right) - 9 * zoom)
            area.setBottom(self._y(bottom))
            painter.setFont(look.font(WORDS))
            paint_bars(painter, area, bars, look.font(WORDS))
        for each in sheet.pictures:
            picture = QPixmap()
            if picture.loadFromData(each.data):
                left = self._x(each.column) + each.left * zoom
                top = self._y(each.row) + each.top * zoom
                target = QRectF(left, top, each.width * zoom, each.height * zoom)
                painter.drawPixmap(target, picture, QRectF(picture.rect()))
        painter.end()

    def _x(self, column: int) -> float:
        """Where a column begins, that after the last too."""
        head = self.horizontalHeader()
        if column < head.count():
            return head.sectionViewportPosition(column)
        return head.length() - head.offset()

    def _y(self, row: int) -> float:
        head = self.verticalHeader()
        if row < head.count():
            return head.sectionViewportPosition(row)
        return head.length() - head.offset()


class SheetView(QWidget):
    """One sheet; the arrow keys go from cell to cell."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        paper = self.palette()
        paper.setColor(QPalette.ColorRole.Window, theme.colour(f"#{palette.SURFACE}"))
        self.setPalette(paper)
        self.setAutoFillBackground(True)
        self.cells = Cells(sheet, self)
        self._painter = CellPainter(self)
        self._painter.japanese = language() == "ja"
        self.top, self.body = _Part(self.cells, self._painter, self), _Body(self.cells, self._painter, self)
        for part in (self.top, self.body):
            part.setAccessibleName(sheet.name)
        self.setFocusProxy(self.body)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.top.setHorizontalScrollBarPolicy(never)
        self.top.setVerticalScrollBarPolicy(never)
        self.body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        frozen = min(sheet.frozen, len(sheet.rows))
        for number in range(len(sheet.rows)):
            (self.body if number < frozen else self.top).setRowHidden(number, True)
        self._frozen = frozen
        self.body.horizontalScrollBar().valueChanged.connect(self.top.horizontalScrollBar().setValue)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.top, 0, 0)
        grid.addWidget(self.body, 1, 0, 1, 2)
        grid.setColumnMinimumWidth(1, self.body.verticalScrollBar().sizeHint().width())
        grid.setColumnStretch(0, 1)
        self.top.setVisible(frozen > 0)
        self.set_zoom(1.0)
        if frozen < len(sheet.rows):
            self.body.setCurrentIndex(self.cells.index(frozen, 0))

    def set_zoom(self, zoom: float) -> None:
        """Show it larger or smaller; 1 is as a screen shows it at 100 %."""
        self._painter.set_zoom(zoom)
        for part in (self.top, self.body):
            for column, width in enumerate(self.sheet.widths):
                part.setColumnWidth(column, max(1, round((width * CHARACTER + EDGE) * zoom)))
            for number, row in enumerate(self.sheet.rows):
                if not part.isRowHidden(number):
                    part.setRowHeight(number, max(1, round(row.height * DOTS * zoom)))
        heights = sum(row.height for row in self.sheet.rows[: self._frozen])
        self.top.setFixedHeight(
            sum(self.top.rowHeight(number) for number in range(self._frozen)) if heights else 0
        )
        self.body.viewport().update()

    def fitting(self) -> float:
        """The zoom at which the whole width is seen."""
        whole = sum(width * CHARACTER + EDGE for width in self.sheet.widths)
        return self.body.viewport().width() / max(1.0, whole)
