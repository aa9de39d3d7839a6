"""The sections of a text; the one that is read is marked, and each leads to its place."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.i18n import _
from desktop.service.quoting import SourceText
from desktop.ui.widgets.tips import plain_tip


class Outline(QListWidget):
    """A line a heading; where a section has none, its name."""

    section_requested = Signal(int)
    """Somebody wants to read at this place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._starts: list[int] = []
        self.setAccessibleName(_("Sections"))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setProperty("checklist", True)
        self.itemClicked.connect(lambda _item: self._go())
        self.itemActivated.connect(lambda _item: self._go())

    def show_text(self, text: SourceText) -> None:
        """Show the sections of a text."""
        with QSignalBlocker(self):
            self.clear()
        self._starts, known = [], set()
        for part in text.parts:
            if part.kind == "heading" or part.section not in known:
                words = " ".join(text.text[part.start : part.end].split())
                words = words if part.kind == "heading" else part.section
                if words:
                    item = QListWidgetItem(words)
                    item.setToolTip(plain_tip(words))
                    self.addItem(item)
                    self._starts.append(part.start)
            known.add(part.section)

    def follow(self, place: int) -> None:
        """Mark the section in which a place stands."""
        row = bisect_right(self._starts, place) - 1
        if row != self.currentRow():
            with QSignalBlocker(self):
                self.setCurrentRow(max(0, row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
            return
        super().keyPressEvent(event)

    def _go(self) -> None:
        if 0 <= self.currentRow() < len(self._starts):
            self.section_requested.emit(self._starts[self.currentRow()])
