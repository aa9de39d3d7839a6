"""A filter as a button: it shows its choice and opens a list to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.i18n import _
from desktop.ui.accesskeys import unmarked
from desktop.ui.lists.checklist import Checklist
from desktop.ui.lists.choices import Filter, FixedFilter
from desktop.ui.lists.spans import BETWEEN, DateFilter

if TYPE_CHECKING:
    from desktop.ui.lists.ends import Ends


class FilterButton(QToolButton):
    """One filter. Delete or Backspace clears it."""

    changed = Signal()

    def __init__(self, chosen_by: Filter, parent: QWidget) -> None:
        super().__init__(parent)
        self.filter = chosen_by
        self._list: Checklist | None = None
        self._ends: Ends | None = None
        self.setProperty("filter", True)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Never shown: it makes the button draw its arrow and tells assistive tools that something opens.
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(lambda: QTimer.singleShot(0, self.open))
        self.setMenu(self._menu)
        self.show_choice()

    def show_choice(self) -> None:
        """Say what is chosen."""
        title, words = self.filter.kind.title, self.filter.words()
        text = _("{filter}: {choice}").format(filter=title, choice=words) if words else title
        self.setText(unmarked(text))
        self.setChecked(self.filter.active)
        self.setAccessibleName(_("Filter by {filter}").format(filter=title))
        self.setAccessibleDescription(words)

    def open(self) -> None:
        """Show the list to tick."""
        self._menu.hide()
        if isinstance(self.filter, FixedFilter):
            self.clear()
            return
        if self._list is None:
            self._list = self._make_list()
        if self._ends is not None:
            self._ends.show_ends(self.filter.ends if self.filter.chosen == (BETWEEN,) else (None, None))
        self._list.show_under(self, frozenset(self.filter.chosen), self.filter.active)

    def _make_list(self) -> Checklist:
        name = self.accessibleName()
        made = Checklist(self, self.filter.options, name=name, single=self.filter.single)
        made.ticked.connect(self._on_ticked)
        made.cleared.connect(self.clear)
        if isinstance(self.filter, DateFilter):
            from desktop.ui.lists.ends import Ends  # with the editors of dates, which no list begins with

            self._ends = Ends(self.filter)
            self._ends.committed.connect(self._tell)
            made.add_below(self._ends)
        return made

    def clear(self) -> None:
        """Let everything through."""
        if self.filter.active:
            self.filter.clear()
            self._tell()
        if self._list is not None:
            self._list.close()

    def _on_ticked(self, key: Any, on: bool) -> None:
        self.filter.choose(key, on)
        self._tell()

    def _tell(self) -> None:
        self.show_choice()
        if self._list is not None:
            self._list.set_checked(frozenset(self.filter.chosen))
            self._list.set_clears(self.filter.active)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down):
            self.open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open()
