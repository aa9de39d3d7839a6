"""A line of text that ends in “…” where it is longer than its field, as long as nobody types in it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolButton

_TEXT = 2
"""What Qt leaves on each side of a line's text beside its margins."""


class ElidedLine(QLineEdit):
    """A line edit; with the focus, or where its text fits, it paints itself as ever."""

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self._room()
        text = self.displayText()
        metrics = self.fontMetrics()
        if self.hasFocus() or not text or metrics.horizontalAdvance(text) < area.width():  # and the cursor
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().text().color())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)

    def _room(self) -> QRect:
        """Where the text stands: the field without its borders, and within them without the buttons inside it.

        Qt measures these from the edges of the field but takes their room from what the borders leave.
        """
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        area = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        left = right = 0
        for button in self.findChildren(QToolButton):
            if not button.isVisible():
                continue
            if button.geometry().center().x() > self.width() // 2:
                right = max(right, self.width() - button.x())
            else:
                left = max(left, button.geometry().right() + 1)
        return area.marginsRemoved(self.textMargins()).adjusted(left + _TEXT, 0, -right - _TEXT, 0)
