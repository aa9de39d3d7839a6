"""A combo box that stands in a form which scrolls and saves by itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QWidget


class Combo(QComboBox):
    """The wheel scrolls the form and never changes the choice; `picked` tells arrow keys from a finished choice."""

    picked = Signal()
    """Somebody chose from the open list, or pressed Enter; stepping through with the arrow keys says nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self.setItemDelegate(QStyledItemDelegate(self))  # the style sheet's: the default one is a menu's
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._on_activated)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        self._open = True
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        # The choice is announced after the list has closed.
        QTimer.singleShot(0, self, self._closed)

    def minimumSizeHint(self) -> QSize:
        return QSize(6 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def _closed(self) -> None:
        self._open = False

    def _on_activated(self, _index: int) -> None:
        if self._open:
            self.picked.emit()
