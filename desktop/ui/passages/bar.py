"""Under the text: what is selected and what it is called, the records that come from it, and what it can become."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.service.quoting import SourceText
from desktop.ui import theme
from desktop.ui.actions import plain
from desktop.ui.passages.lines import ElidedLabel
from desktop.ui.passages.marks import Mark
from desktop.ui.passages.words import place_words, shortened
from desktop.ui.record.recordrow import RecordRow
from desktop.ui.widgets.flow import FlowLayout

MOST = 2
"""Records that are shown of those that come from a place."""


class SelectionBar(QWidget):
    """Its buttons are the actions that it is handed."""

    remove_requested = Signal(object)
    """Somebody wants this passage removed."""

    def __init__(self, context: Any, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._here: list[Any] = []
        self.place = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.place.setAccessibleName(_("Selected place"))
        self.words = ElidedLabel()
        self.words.setProperty("muted", True)
        self._rows = QHBoxLayout(spacing=theme.SMALL)
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.SMALL)
        self.buttons = [_button(action) for action in actions]
        for button in self.buttons:
            flow.addWidget(button)
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        head = QHBoxLayout(spacing=theme.WIDE)
        head.addWidget(self.place)
        head.addLayout(self._rows, 1)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addSpacing(theme.TIGHT)
        column.addWidget(buttons)
        self._dress()

    def show_place(self, text: SourceText, start: int, end: int, here: list[Mark]) -> None:
        """Show what is selected, and the passages there."""
        if start < end:
            anchor = text.at(start, end)
            self.place.setText(place_words(anchor.section, anchor.paragraph, anchor.endnotes))
            self.words.setText(shortened(anchor.quote, 600))
        else:
            self.place.setText(text.section_at(start))
            self.words.setText(_("Select a passage: with the mouse, or with Shift and the arrow keys."))
        shown = [(mark.quote.uid, mark.record, mark.sure) for mark in here[:MOST]]
        if shown != self._here:
            self._here = shown
            self._show_records(here[:MOST])

    def _show_records(self, here: list[Mark]) -> None:
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for mark in here:
            row = RecordRow(self.context, mark.record, _("Passage of"), _("Remove this passage"))
            row.button.setAccessibleName(mark.spoken)
            row.remove_requested.connect(lambda quote=mark.quote: self.remove_requested.emit(quote))
            self._rows.addWidget(row)

    def rows(self) -> list[RecordRow]:
        """The records that come from the place."""
        return [self._rows.itemAt(place).widget() for place in range(self._rows.count())]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and hasattr(self, "place"):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.place.setFont(theme.heading_font(self.font(), 3))
        # as high as the records beside it, so that the text does not move when they come
        self.place.setMinimumHeight(self.fontMetrics().height() + theme.MEDIUM + 2)


def _button(action: QAction) -> QPushButton:
    """A button that does what an action does, enabled with it."""
    button = QPushButton(action.icon(), action.text(), autoDefault=False)
    button.setAccessibleName(plain(action.text()))
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    return button
