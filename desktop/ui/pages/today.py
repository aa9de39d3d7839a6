"""Today: what is overdue, due this week, waiting, gone stale; the next meetings, the last changes, and how it stands.

Each card leads to the list behind it, each of its lines to the record.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n import _, format_date, ngettext
from desktop.model import Recommendation
from desktop.model.scales import RAG
from desktop.service import today
from desktop.service.query import Condition
from desktop.service.today import Board, Tile
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.cardlist import CardList, Line
from desktop.ui.widgets.card import Card, CardGrid
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.ragbar import RagBar

SPANS = {"overdue": 6, "this_week": 6, "waiting": 4, "stale": 4, "meetings": 4}
EMPTY = {
    "overdue": lambda: _("Nothing is overdue."),
    "this_week": lambda: _("Nothing falls due this week."),
    "waiting": lambda: _("Nobody keeps you waiting."),
    "stale": lambda: _("Everything was looked at within two months."),
    "meetings": lambda: _("No meeting is planned. Ctrl+M logs one."),
}
"""What a card says when there is nothing to show."""


class TodayPage(QScrollArea):
    """Cards on a grid of twelve."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        column = QVBoxLayout(page, spacing=theme.LARGE)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.WIDE)
        head = QHBoxLayout(spacing=theme.MEDIUM)
        head.addWidget(Heading(_("Today"), 1))
        self._day = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._day.setProperty("muted", True)
        head.addWidget(self._day, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        column.addLayout(head)
        self.grid = CardGrid()
        self.cards: dict[str, Card] = {}
        self.lists: dict[str, CardList] = {}
        for name, span in SPANS.items():
            self._add(name, "", span)
        self._add_rag()
        self._add("changes", _("Last changes"), 6)
        column.addWidget(self.grid)
        column.addStretch(1)
        self.setWidget(page)
        self.setFocusProxy(self.lists["overdue"])
        context.changed.connect(self._on_changed)
        self._stale = False
        self.refresh()

    def _add(self, name: str, title: str, span: int) -> None:
        card, lines = Card(title), CardList()
        card.body.addWidget(lines)
        lines.chosen.connect(self._on_chosen)
        card.opened.connect(lambda: self._open(name))
        self.cards[name], self.lists[name] = card, lines
        self.grid.add(card, span)

    def _add_rag(self) -> None:
        card = Card(_("Recommendations"))
        self.bar = RagBar()
        card.body.addWidget(self.bar)
        card.opened.connect(lambda: self._open("rag"))
        self.cards["rag"] = card
        self.grid.add(card, 6)

    # ---- what it shows

    def refresh(self) -> None:
        """Read the day anew."""
        self._stale = False
        board = today.board(self.context.workspace)
        self._board = board
        self._day.setText(format_date(self.context.workspace.today(), "weekday"))
        for name in SPANS:
            tile = getattr(board, name)
            self.cards[name].set_title(_(tile.title))
            self.cards[name].set_count(tile.count)
            self.lists[name].show_lines([_line(tile, row) for row in tile.rows], EMPTY[name]())
            self.lists[name].setAccessibleName(_(tile.title))
        self.cards["rag"].set_count(sum(board.rag.values()))
        self.bar.set_counts(board.rag)
        self.lists["changes"].show_lines(
            [Line(None, change.label, "", change.officer_name) for change in board.changes],
            _("Nothing was changed yet."),
        )
        self.lists["changes"].setAccessibleName(_("Last changes"))

    def _on_changed(self, _committed: Any) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.refresh)
        else:
            self._stale = True

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def status_text(self) -> str:
        """What the window's status line tells of it."""
        overdue = self._board.overdue.count
        return ngettext("{count} follow-up is overdue", "{count} follow-ups are overdue", overdue).format(count=overdue)
