"""Rows of editors that grow as one types: attendees, promises. Enter goes on to the next row, Tab to the next part.

A row in which nothing stands counts for nothing, so nothing needs to be removed to leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.fields import leaf

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Row(QObject):
    """The widgets of one row. A subclass makes them and reads them."""

    typed = Signal()
    """The first part of the row holds something now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.parts: list[QWidget] = self.make()

    def make(self) -> list[QWidget]:
        """The widgets, from left to right; `typed` is to follow the first."""
        raise NotImplementedError

    def blank(self) -> bool:
        """Whether nothing was entered."""
        raise NotImplementedError


class Rows(QWidget):
    """A grid with headings; there is always one blank row at its end."""

    row: type[Row] = Row
    titles: Sequence[str] = ()
    """Message ids of the headings."""
    stretches: Sequence[int] = ()
    spoken = ""
    """Message id of what a screen reader calls a part, with `{part}` and `{number}`."""

    grown = Signal()
    """There is one row more, or one that needs more room."""
    finished = Signal()
    """Enter was pressed in a row where nothing stands: there are no more."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SMALL)
        self._grid.setVerticalSpacing(theme.TIGHT)
        for column, (title, stretch) in enumerate(zip(self.titles, self.stretches, strict=True)):
            label = QLabel(_(title))
            label.setProperty("muted", True)
            self._grid.addWidget(label, 0, column)
            self._grid.setColumnStretch(column, stretch)
        self._rows: list[Row] = []
        self._tall = 0
        self._append()

    def rows(self) -> list[Row]:
        """The rows in which something stands."""
        return [row for row in self._rows if not row.blank()]

    def first(self) -> QWidget:
        """Where typing begins."""
        return self._rows[0].parts[0]

    def last(self) -> QWidget:
        """Where typing goes on: in the row that is still blank."""
        return self._rows[-1].parts[0]

    def grow(self) -> None:
        """Have a blank row at the end, where something stands in the last one now."""
        self._on_typed()

    def _make(self) -> Row:
        return self.row(self)

    def _append(self) -> None:
        row, number = self._make(), len(self._rows) + 1
        for column, part in enumerate(row.parts):
            part.setAccessibleName(_(self.spoken).format(part=_(self.titles[column]), number=number))
            if hasattr(part, "set_name"):
                part.set_name(part.accessibleName())
            self._grid.addWidget(part, number, column, Qt.AlignmentFlag.AlignTop)
            leaf(part).installEventFilter(self)
        if self._rows:
            before = self._rows[-1].parts[-1]
            for part in row.parts:
                # The whole part, not the line in it alone: what stays behind would lead Tab back here.
                QWidget.setTabOrder(before, part)
                before = part
        self._rows.append(row)
        row.typed.connect(self._on_typed)

    def _on_typed(self) -> None:
        if not self._rows[-1].blank():
            self._append()
            self.grown.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            tall, self._tall = self._tall, self.sizeHint().height()
            if self._tall > tall:
                self.grown.emit()  # what is told under a part pushes nothing out of view
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and not event.modifiers():
            place = self._place(watched)
            if place is not None and self._rows[place].blank():
                self.finished.emit()
                return True
            if place is not None:
                # What is typed is understood first, as if the line were left.
                if isinstance(watched, QLineEdit):
                    watched.editingFinished.emit()
                self._on_typed()
                self._rows[min(place + 1, len(self._rows) - 1)].parts[0].setFocus()
                return True
        return super().eventFilter(watched, event)

    def _place(self, watched: QObject) -> int | None:
        for place, row in enumerate(self._rows):
            if any(watched is leaf(part) for part in row.parts):
                return place
        return None
