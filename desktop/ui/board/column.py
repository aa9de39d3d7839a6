"""A column of the board: a stage with its numbers, its cards, and what can be dropped on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, join_parts
from desktop.model import Initiative
from desktop.model.scales import STAGE
from desktop.service.pipeline import CARDS, Stage
from desktop.ui import theme
from desktop.ui.board.card import Card
from desktop.ui.board.cardlist import MIME, CardList
from desktop.ui.board.facts import Facts
from desktop.ui.board.moving import MoveForm
from desktop.ui.lists.counts import counted
from desktop.ui.lists.hits import Terms
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.ragbar import RagBar

WIDTH, SLIM = 38, 15
"""The least width of a column, and that of one without cards, in average letters."""

_ANY = 16777215
"""What Qt takes for no limit."""


class Head(QWidget):
    """Title and count, how the cards stand, and what they are worth by currency."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = Heading(title, 3)
        self._title.setWordWrap(True)
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._count.setProperty("muted", True)
        self.facts = Facts()
        self.bar = RagBar(legend=False)
        line = QHBoxLayout(spacing=theme.SMALL)
        line.addWidget(self._title, 1)
        line.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.addLayout(line)
        column.addWidget(self.bar)
        column.addWidget(self.facts)
        column.addStretch(1)

    def show_stage(self, stage: Stage) -> None:
        """Show the numbers of a stage."""
        self._count.setText(format_number(stage.count))
        self.bar.set_counts(stage.rag)
        self.bar.setVisible(stage.count > 0)
        self.facts.show_facts(facts(stage) if stage.count else [])

    def least(self) -> int:
        """The width that the longest word of its title needs, beside the count."""
        metrics = self._title.fontMetrics()
        word = max(metrics.horizontalAdvance(each) for each in self._title.text().split())
        return word + self._count.sizeHint().width() + 4 * theme.SMALL

    def told(self) -> str:
        """The numbers in words."""
        return join_parts(self.bar.told(), self.facts.told())


def facts(stage: Stage) -> list[tuple[str, str]]:
    """What is told of a stage, each with its number: the total of each currency, what has none, what is overdue."""
    value = Initiative.value
    found = [(currency, value.text(f"{amount:f}")) for currency, amount in stage.totals]
    for words, count in ((_("Without a value"), stage.unvalued), (_("Overdue"), stage.overdue)):
        if count:
            found.append((words, format_number(count)))
    return found


class Column(QWidget):
    """One stage; without cards it is slim, and still a place to drop one."""

    dropped = Signal(int)
    """The card of this id was dropped here."""
    dragged_over = Signal()

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.title = _(STAGE[key])
        self.head, self.list = Head(self.title), CardList()
        self.list.setMinimumHeight(4 * self.fontMetrics().height())
        self.more = QPushButton(flat=True, autoDefault=False, visible=False)
        self.more.clicked.connect(self.list.more_requested)
        self.form: MoveForm | None = None
        self.count = 0
        self._over = False
        self.setAcceptDrops(True)
        self._layout = QVBoxLayout(self, spacing=theme.SMALL)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.head)
        self._layout.addWidget(self.list, 1)
        self._layout.addWidget(self.more)
        self._layout.addStretch(0)
        self._fit()

    @property
    def cards(self) -> list[Card]:
        """The cards that are shown."""
        return self.list.rows.cards

    def show_cards(self, cards: list[Card], terms: Terms) -> None:
        """Show the cards of the stage, as far as they were read."""
        if self.cards != cards or self.list.terms != terms:
            self.list.show_cards(cards, terms)
        self._offer_more()
        self._fit()

    def show_stage(self, stage: Stage) -> None:
        """Show the numbers of the stage."""
        self.count = stage.count
        self.head.show_stage(stage)
        self.list.setAccessibleName(join_parts(self.title, counted("initiative", stage.count)))
        self.list.setAccessibleDescription(self.head.told())
        self._offer_more()

    def _offer_more(self) -> None:
        left = self.count - len(self.cards)
        self.more.setVisible(left > 0)
        self.more.setText(_("Show {count} more").format(count=format_number(min(left, CARDS))))
        self.more.setAccessibleName(join_parts(self.title, self.more.text()))

    @property
    def slim(self) -> bool:
        """Whether there is nothing in it that needs room."""
        return not self.cards and self.form is None

    def least(self) -> int:
        """The width that it needs."""
        letter = self.fontMetrics().averageCharWidth()
        return max(letter * SLIM, self.head.least()) if self.slim else letter * WIDTH

    def _fit(self) -> None:
        shares = QSizePolicy.Policy.Fixed if self.slim else QSizePolicy.Policy.Ignored
        self.setSizePolicy(shares, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(self.least())
        self.setMaximumWidth(self.least() if self.slim else _ANY)
        self.list.setVisible(not self.slim)

    def hold(self, form: MoveForm | None) -> None:
        """Show the form of a card that is to be moved here above the cards; None: no more."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = form
        if form is not None:
            self._layout.insertWidget(1, form)
            self._layout.setAlignment(form, Qt.AlignmentFlag.AlignTop)
        self._fit()

    # ---- what is dropped here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME) and isinstance(event.source(), CardList):
            event.acceptProposedAction()
            self._set_over(event.source() is not self.list)
            self.dragged_over.emit()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        event.acceptProposedAction()
        if event.source() is not self.list:
            self.dropped.emit(int(bytes(event.mimeData().data(MIME).data())))

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline under the head; a wash and an outline while a card is held over it."""
        painter, tones = QPainter(self), theme.current()
        if self._over:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(tones.accent), theme.RING, Qt.PenStyle.DashLine))
            painter.setBrush(theme.colour(tones.accent_soft))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
            return
        bottom = self.head.geometry().bottom()
        painter.fillRect(0, bottom, self.width(), 1, theme.colour(tones.hairline))
