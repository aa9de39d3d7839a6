"""The cells of a sheet as a table: its texts, and how each is painted, as on paper in light and dark alike."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.export import palette
from desktop.export.preview import Cell, Look, Sheet
from desktop.ui import theme
from desktop.ui.pdf import FAMILIES

CELL = Qt.ItemDataRole.UserRole
DOTS = 4 / 3
"""Dots of a point at 100 %."""
CHARACTER, EDGE = 7, 5
"""Dots that a character of a column's width takes, and what a column has beside them."""
PAD = 3
STRETCHES = (100, 93, 86)
"""In per cent: where the workbook's own font is not there, another one may be wider, and would need a line more."""
_ACROSS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}
_DOWN = {
    "top": Qt.AlignmentFlag.AlignTop,
    "bottom": Qt.AlignmentFlag.AlignBottom,
    "center": Qt.AlignmentFlag.AlignVCenter,
}


class Cells(QAbstractTableModel):
    """One sheet."""

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet = sheet

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.sheet.widths)

    def cell(self, row: int, column: int) -> Cell | None:
        """What stands there."""
        cells = self.sheet.rows[row].cells
        return cells[column] if column < len(cells) else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index.row(), index.column()) if index.isValid() else None
        if cell is None:
            return None
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        return None

    def spans(self) -> list[tuple[int, int, int, int]]:
        """What is shown across several cells: those that are merged, and texts that run on over empty ones."""
        merged = list(self.sheet.merged)
        taken = {row for row, *_rest in merged}
        for number, row in enumerate(self.sheet.rows):
            if number not in taken:
                merged += [(number, first, 1, many) for first, many in _running(row.cells)]
        return merged


def _running(cells: tuple[Cell | None, ...]) -> list[tuple[int, int]]:
    """Where a text that is not wrapped goes on over empty cells: its column, and how many it takes."""
    found = []
    for place, cell in enumerate(cells):
        if cell is None or not cell.text or cell.look.wrap or cell.look.align != "left":
            continue
        end = place + 1
        while end < len(cells) and _goes_on(cell.look, cells[end]):
            end += 1
        if end > place + 1:
            found.append((place, end - place))
    return found


def _goes_on(look: Look, after: Cell | None) -> bool:
    """Whether a cell is as empty as a text needs that runs on over it, and looks no other."""
    line, ground = (after.look.line, after.look.ground) if after is not None else ("", "")
    return not (after is not None and after.text) and (line, ground) == (look.line, look.ground)


class CellPainter(QStyledItemDelegate):
    """Paints a cell in the workbook's own colours, at `zoom`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.japanese = False
        self._fonts: dict[tuple[float, bool, bool, int], QFont] = {}

    def set_zoom(self, zoom: float) -> None:
        """Paint larger or smaller."""
        self.zoom = zoom
        self._fonts.clear()

    def font(self, look: Look, stretch: int = 100) -> QFont:
        """The font of a cell, at this zoom."""
        key = (look.size, look.bold, look.italic, stretch)
        if key not in self._fonts:
            font = QFont()
            font.setFamilies(list(FAMILIES[self.japanese]))
            font.setPixelSize(max(1, round(look.size * DOTS * self.zoom)))
            font.setBold(look.bold)
            font.setItalic(look.italic)
            font.setStretch(stretch)
            self._fonts[key] = font
        return self._fonts[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        cell: Cell | None = index.data(CELL)
        rect = option.rect
        painter.save()
        painter.setClipRect(rect)
        if cell is not None:
            look = cell.look
            if look.ground:
                painter.fillRect(rect, theme.colour(look.ground))
            if look.line:
                painter.setPen(QPen(theme.colour(look.line), 1))
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            if cell.text:
                self._text(painter, QRectF(rect), cell)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour(f"#{palette.ACCENT}"), theme.RING))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))
        painter.restore()

    def _text(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        look = cell.look
        pad = PAD * self.zoom
        inset = pad + look.indent * 9 * self.zoom
        right = look.align == "right"
        room = rect.adjusted(pad if right else inset, pad / 2, -(inset if right else pad), -pad / 2)
        option = QTextOption(
            _ACROSS.get(look.align, _ACROSS["left"]) | _DOWN.get(look.vertical, _DOWN["top"])
        )
        wraps = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        option.setWrapMode(wraps if look.wrap else QTextOption.WrapMode.NoWrap)
        painter.setPen(QColor(look.color or f"#{palette.TEXT}"))
        for stretch in STRETCHES if look.wrap else STRETCHES[:1]:
            painter.setFont(self.font(look, stretch))
            if painter.boundingRect(room, cell.text, option).height() <= room.height() + 1:
                break
        painter.drawText(room, cell.text, option)
