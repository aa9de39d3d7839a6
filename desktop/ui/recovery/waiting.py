"""What stands in the place of the window while its workspace is closed and something is done with the file."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.paths import APPLICATION
from desktop.ui import theme
from desktop.ui.widgets.heading import Heading

SIZE = QSize(900, 600)
BAR = 34
"""The width of the bar, in average letters."""


class WaitingPage(QWidget):
    """Says what is under way; it cannot be closed before that is done, and shows nothing of the records.

    `geometry` is where the window was, as `saveGeometry` tells it.
    """

    closed = Signal()

    def __init__(self, heading: str, sentence: str, geometry: QByteArray | None = None) -> None:
        super().__init__()
        self.setWindowTitle(APPLICATION)
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.heading = Heading(heading, 1)
        self.words = QLabel(
            wordWrap=True,
            alignment=Qt.AlignmentFlag.AlignCenter,
            textFormat=Qt.TextFormat.PlainText,
        )
        self.words.setProperty("muted", True)
        bar = QProgressBar(textVisible=False)
        bar.setRange(0, 0)
        bar.setAccessibleName(heading)
        letter = self.fontMetrics().averageCharWidth()
        bar.setFixedWidth(BAR * letter)
        self._width = 2 * BAR * letter
        self.tell(sentence)
        column = QVBoxLayout(self, spacing=theme.LARGE)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.addStretch(2)
        for part in (self.heading, self.words, bar):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setAccessibleName(heading)
        self.over = False
        """Whether it may be closed."""

    def tell(self, sentence: str) -> None:
        """Say what is going on."""
        self.words.setText(sentence)
        width = max(1, min(self._width, self.width() - 2 * theme.WIDE))
        self.words.setFixedSize(width, self.words.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tell(self.words.text())

    def end(self) -> None:
        """It is done."""
        self.over = True
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.over:
            super().closeEvent(event)
        else:
            event.ignore()
