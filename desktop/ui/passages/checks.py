"""The passages of a source that somebody must look at: lost in the newest text, or found there in other words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _, captioned, format_number
from desktop.service import passages
from desktop.ui import theme
from desktop.ui.passages.words import shortened
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.tips import plain_tip


class Checks(QWidget):
    """Hidden while there is nothing to look at."""

    chosen = Signal(object)
    """Somebody looks at this passage."""
    here_requested = Signal(object)
    """Somebody says that this passage is what is selected in the text."""
    right_requested = Signal(object)
    """Somebody says that this passage is where it was found."""
    remove_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quotes: list[tuple[Any, bool]] = []
        self._shown: list[Any] = []
        self._selected = False
        self.title = Heading(level=3)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Passages to look at"))
        self.list.setProperty("checklist", True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _row: self._on_row())
        self.list.itemClicked.connect(lambda _item: self._on_row())
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setProperty("muted", True)
        self.right = self._button(_("It is right"), self.right_requested)
        self.here = self._button(_("This is it"), self.here_requested)
        self.here.setToolTip(_("What is selected in the text is this passage"))
        self.remove = self._button(_("Remove"), self.remove_requested)
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.TIGHT)
        for button in (self.right, self.here, self.remove):
            flow.addWidget(button)
        column = QVBoxLayout(self, spacing=theme.SMALL)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        for part in (self.title, self.list, self.words, buttons):
            column.addWidget(part, 1 if part is self.list else 0)
        self.hide()

    def _button(self, words: str, signal: Any) -> QPushButton:
        button = QPushButton(words, autoDefault=False)
        button.clicked.connect(lambda: self.current() is not None and signal.emit(self.current()))
        return button

    def show_quotes(self, lost: list[Any], near: list[Any]) -> None:
        """Show these; the row that one is at stays, as far as there is one."""
        self._quotes = [*((each, True) for each in lost), *((each, False) for each in near)]
        shown = [(each.uid, is_lost) for each, is_lost in self._quotes]
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        row = self.list.currentRow()
        with QSignalBlocker(self.list):
            self.list.clear()
            for each, is_lost in self._quotes:
                state = _("Lost") if is_lost else _("In other words")
                ref = passages.record_of(each).ref
                words = captioned(f"{state} · {ref}", shortened(each.quote))
                item = QListWidgetItem(words)
                item.setToolTip(plain_tip(words))
                self.list.addItem(item)
            self.list.setCurrentRow(max(0, min(row, len(shown) - 1)))
        rows = max(2, min(len(shown), 8))
        self.list.setMaximumHeight(rows * max(theme.ROW_COMPACT, self.list.sizeHintForRow(0)) + theme.TIGHT)
        count = format_number(len(shown))
        self.title.setText(_("{title} ({count})").format(title=_("Passages to look at"), count=count))
        self._tell()

    def begin(self) -> None:
        """Look at the first."""
        self.list.setCurrentRow(0)
        self._on_row()

    def current(self) -> Any:
        """The passage that one is at, or None."""
        row = self.list.currentRow()
        return self._quotes[row][0] if 0 <= row < len(self._quotes) else None

    def set_selected(self, selected: bool) -> None:
        """Whether something is selected in the text."""
        self._selected = selected
        self._tell()

    def _tell(self) -> None:
        row = self.list.currentRow()
        quote, is_lost = self._quotes[row] if 0 <= row < len(self._quotes) else (None, True)
        self.words.setText(shortened(quote.quote, 320) if quote is not None else "")
        self.right.setVisible(not is_lost)
        self.here.setEnabled(self._selected and quote is not None)
        self.remove.setEnabled(quote is not None)

    def _on_row(self) -> None:
        self._tell()
        if self.current() is not None:
            self.chosen.emit(self.current())
