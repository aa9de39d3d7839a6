"""Cards on a grid of twelve, as the Today page shows them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_number, join_parts
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.widgets.ground import Ground
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.tips import plain_tip

COLUMNS = 12
_FULL, _HALF = 72, 44
"""The widths, in the letter M's, from which the grid has its twelve columns, or half as many; below, one."""


class Card(Ground):
    """A title, how many, and a body. The title is a button where there is a page behind it."""

    opened = Signal()

    def __init__(self, title: str, parent: QWidget | None = None, *, opens: bool = True) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._title = Heading(level=3)
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._count.setProperty("muted", True)
        self._open = QToolButton(autoRaise=True, icon=icon("chevron-right", "muted"))
        self._open.clicked.connect(self.opened)
        kept = self._open.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # so that all cards of a row begin at the same height
        self._open.setSizePolicy(kept)
        self._opens = opens
        head = QHBoxLayout(spacing=theme.SMALL)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._open)
        self._head = head
        self.body = QVBoxLayout(spacing=theme.SMALL)
        outer = QVBoxLayout(self, spacing=theme.MEDIUM)
        outer.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        outer.addLayout(head)
        outer.addLayout(self.body)
        outer.addStretch(1)
        self._open.setVisible(opens)
        self.set_title(title)

    def add_button(self, button: QToolButton) -> None:
        """Put a button into the head, before the one that opens the card."""
        self._head.insertWidget(self._head.count() - 1, button)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._name()

    def title(self) -> str:
        return self._title.text()

    def set_count(self, count: int | None) -> None:
        """The number beside the title; None for none."""
        self._count.setText("" if count is None else format_number(count))
        self._name()

    def _name(self) -> None:
        title, count = self._title.text(), self._count.text()
        self.setAccessibleName(join_parts(title, count))
        self._open.setAccessibleName(_("Show all: {title}").format(title=title))
        self._open.setToolTip(plain_tip(self._open.accessibleName()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # the whole head is a target for the pointer
        if self._opens and event.position().y() < self._title.geometry().bottom() + theme.SMALL:
            self.opened.emit()
        super().mouseReleaseEvent(event)


class CardGrid(QWidget):
    """Cards in rows of twelve columns; as it gets narrow they double their spans, and at last stand alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[tuple[QWidget, int]] = []
        self._factor = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.LARGE)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def add(self, card: QWidget, span: int) -> None:
        """Add a card that takes `span` of twelve columns where there is room; the last of a row fills it."""
        self._cards.append((card, span))
        card.setParent(self)
        self._place()

    def cards(self) -> list[QWidget]:
        return [card for card, _span in self._cards]

    def minimumSizeHint(self) -> QSize:
        # As narrow as cards that stand alone may be: else three in a row would keep it from ever getting there.
        widest = max((card.minimumSizeHint().width() for card, _span in self._cards), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._factor_now() != self._factor:
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._place()
        super().changeEvent(event)

    def _factor_now(self) -> int:
        em = self.fontMetrics().horizontalAdvance("M")
        wanted = 1 if self.width() >= _FULL * em else 2 if self.width() >= _HALF * em else COLUMNS
        return next(each for each in (1, 2, COLUMNS) if each >= wanted and self._fits(each))

    def _fits(self, factor: int) -> bool:
        """Whether the words of all cards have room beside each other; one a row always goes."""
        return factor == COLUMNS or all(
            sum(card.minimumSizeHint().width() + theme.LARGE for card, _span in row) - theme.LARGE
            <= self.width()
            for row in self._rows(factor)
        )

    def _rows(self, factor: int) -> list[list[tuple[QWidget, int]]]:
        """The cards row by row, each with its columns."""
        rows: list[list[tuple[QWidget, int]]] = [[]]
        for card, own in self._cards:
            span = min(COLUMNS, own * factor)
            if sum(taken for _card, taken in rows[-1]) + span > COLUMNS:
                rows.append([])
            rows[-1].append((card, span))
        return rows

    def _place(self) -> None:
        self._factor = self._factor_now()
        for card, _span in self._cards:
            self._grid.removeWidget(card)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        rows = self._rows(self._factor)
        for number, row in enumerate(rows):
            column = 0
            for card, span in row:
                last = card is row[-1][0]
                self._grid.addWidget(card, number, column, 1, COLUMNS - column if last else span)
                column += span
        self._grid.setRowStretch(len(rows), 1)
