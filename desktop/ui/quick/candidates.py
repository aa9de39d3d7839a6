"""What the mark that is being typed could become: a short list under the line, which keeps the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.i18n import _, join_parts
from desktop.service.quick.completion import Candidate, Completion
from desktop.ui import theme
from desktop.ui.announce import announce
from desktop.ui.widgets.tips import plain_tip

_ROLE = Qt.ItemDataRole.UserRole


class CandidateList(QListWidget):
    """Hidden while there is nothing to offer; the line moves through it with Up and Down."""

    taken = Signal(object)
    """A `Candidate` was chosen with the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setProperty("checklist", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(_("What it could be"))
        self.itemClicked.connect(lambda item: self.taken.emit(item.data(_ROLE)))
        self.completion: Completion | None = None
        self.hide()

    def offer(self, completion: Completion | None, *, begin: bool = False) -> None:
        """Show these candidates, or nothing; `begin` marks the first one, so that Enter takes it."""
        if completion != self.completion:
            self.completion = completion
            self.clear()
            for each in completion.candidates if completion else ():
                self._add(each)
            self.setCurrentRow(-1)
        self.setVisible(completion is not None)
        if completion is not None:
            self.setFixedHeight(self.count() * self.sizeHintForRow(0) + 2)
            if begin and self.currentRow() < 0:
                self.setCurrentRow(0)

    def _add(self, each: Candidate) -> None:
        aside = each.aside if each.aside != each.shown else ""
        item = QListWidgetItem(f"{each.shown}   {aside}".strip())
        item.setData(_ROLE, each)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, join_parts(each.shown, aside))
        item.setToolTip(plain_tip(item.text()))
        height = theme.row_height(self, compact=True)
        hint = item.sizeHint()
        hint.setHeight(height)
        item.setSizeHint(hint)
        self.addItem(item)

    def current(self) -> Candidate | None:
        """The candidate that is marked while the list is seen."""
        item = self.currentItem() if not self.isHidden() and self.currentRow() >= 0 else None
        return item.data(_ROLE) if item is not None else None

    def move(self, step: int) -> None:
        """Mark the next candidate, or the one before; past the end, the first."""
        row = self.currentRow()
        self.setCurrentRow((row + step) % self.count() if row >= 0 else 0 if step > 0 else self.count() - 1)
        announce(self, self.currentItem().data(Qt.ItemDataRole.AccessibleTextRole))
