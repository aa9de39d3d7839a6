"""Today: what is overdue, due this week, waiting, gone stale; the next meetings, the last changes; and, in pictures,
how it stands, what comes and goes, with whom it is late, what is in the pipeline, and what was done in a year.

Each card leads to the list behind it, each of its lines to the record.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n import _, format_date, format_number, ngettext
from desktop.model import FollowUp, Initiative, Recommendation
from desktop.service import history, query, today
from desktop.service.query import Condition, Query, Row
from desktop.service.today import Board, Tile
from desktop.service.workspace import Workspace
from desktop.store.engine import TooSlow
from desktop.ui import theme
from desktop.ui.actions import shown_keys
from desktop.ui.apart import Apart, while_there
from desktop.ui.charts.figure import Figure
from desktop.ui.charts.panel import ChartPanel
from desktop.ui.context import Context
from desktop.ui.pages.seenfresh import SeenFresh
from desktop.ui.pages.todaypictures import CHARTS
from desktop.ui.passing import PassesFocus
from desktop.ui.reports.todayline import SinceLine
from desktop.ui.widgets.card import Card, CardGrid
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.linelist import Line, LineList

SPANS = {
    "overdue": 6,
    "this_week": 6,
    "rag": 4,
    "weeks": 4,
    "worst": 4,
    "waiting": 4,
    "stale": 4,
    "meetings": 4,
    "stages": 7,
    "changes": 5,
    "activity": 12,
}
"""The cards in their order, and how many of the twelve columns each takes."""
BEHIND: dict[str, tuple[str, tuple[Condition, ...]]] = {
    "rag": (Recommendation.key(), (today.COUNTED,)),
    "weeks": (FollowUp.key(), ()),
    "worst": (FollowUp.key(), (Condition("attention", "in", ("overdue",)),)),
    "stages": (Initiative.key(), ()),
    "changes": ("activity", ()),
    "activity": ("activity", ()),
}
"""Where the cards lead that are no list of their own."""
EMPTY = {
    "overdue": lambda: _("Nothing is overdue."),
    "this_week": lambda: _("Nothing falls due this week."),
    "waiting": lambda: _("Nobody keeps you waiting."),
    "stale": lambda: _("Everything was looked at within two months."),
    "meetings": lambda: _("No meeting is planned. {keys} logs one.").format(keys=shown_keys("log_meeting")),
}
"""What a card says when there is nothing to show."""


ALL = frozenset(today.PARTS)
NOTICED = 0.15
"""Seconds that reading the day may take on the window's own thread."""


class TodayPage(SeenFresh, PassesFocus, QScrollArea):
    """Cards on a grid of twelve."""

    shown = Signal()
    """The cards show another day."""

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
        top = QVBoxLayout(spacing=theme.TIGHT)
        top.addLayout(head)
        top.addWidget(SinceLine(context))
        column.addLayout(top)
        self.grid = CardGrid()
        self.cards: dict[str, Card] = {}
        self.lists: dict[str, LineList] = {}
        self.panels: dict[str, ChartPanel] = {}
        for name, span in SPANS.items():
            self._add(name, span)
        column.addWidget(self.grid)
        column.addStretch(1)
        self.setWidget(page)
        self.keep_fresh(context)
        self._overdue = 0
        self._tiles: dict[str, Tile] = {}
        self._asked: frozenset[str] = ALL
        """What the next reading is to read."""
        self.refresh()

    def _add(self, name: str, span: int) -> None:
        """A card: a picture, a list, or both."""
        card = self.cards[name] = Card(_("Last changes") if name == "changes" else "")
        card.opened.connect(lambda: self._open(name))
        if name in CHARTS:
            kind, _made = CHARTS[name]
            panel = self.panels[name] = ChartPanel(kind, Figure("", "", ("", "")))
            panel.leads.connect(self.context.list_requested)
            panel.copied.connect(self._on_copied)
            card.add_button(panel.button)
            card.body.addWidget(panel)
        if name not in CHARTS or name == "rag":
            lines = self.lists["troubled" if name == "rag" else name] = LineList()
            lines.chosen.connect(self._on_chosen)
            lines.setAccessibleName(card.title())  # those of the others come with what is in them
            card.body.addWidget(lines)
        self.grid.add(card, span)

    def _on_copied(self, sentence: str) -> None:
        self.context.said.emit(sentence, [])

    # ---- what it shows

    def _on_changed(self, committed: Any) -> None:
        self._asked |= ALL if committed is None else today.concerned(committed.entities)
        super()._on_changed(committed)

    def refresh(self) -> None:
        """Read what a change concerns: at once where that takes no time that one notices, else on a worker."""
        super().refresh()
        workspace = self.context.workspace
        asked, self._asked = self._asked, frozenset()
        self._day.setText(format_date(workspace.today(), "weekday"))
        self.lists["changes"].show_lines(
            [Line("", change.label, "", change.officer_name) for change in history.operations(today.SHOWN)],
            _("Nothing was changed yet."),
        )
        try:
            with workspace.engine.within(NOTICED):
                self._show(today.board(workspace, asked))
        except TooSlow:
            self.context.work(lambda: read_apart(workspace, asked), while_there(self, self._show))

    def _show(self, day: Board) -> None:
        """Show what was read."""
        for name, read in day.pictures.items():
            _kind, made = CHARTS[name]
            figure = made(self.context.workspace.today(), read)
            self.cards[name].set_title(figure.title)
            self.panels[name].show_figure(figure)
        if "rag" in day.pictures:
            self.cards["rag"].set_count(sum(day.pictures["rag"].values()))
        ours = self.context.workspace.facts.post
        for name, tile in day.tiles.items():
            self.cards[name].set_title(_(tile.title))
            self.cards[name].set_count(tile.count)
            self.lists[name].show_lines([_line(asked, row, ours) for asked, row in tile.rows], EMPTY[name]())
            self.lists[name].setAccessibleName(_(tile.title))
        if day.troubled is not None:
            self.lists["troubled"].show_lines(
                [
                    Line((Recommendation, row[0]), f"{row[1]}  {row[2]}", "", "", row[3])
                    for row in day.troubled
                ],
                _("No recommendation is red or amber."),
            )
            self.lists["troubled"].setAccessibleName(_("Recommendations that are red or amber"))
        self._tiles |= day.tiles
        self._overdue = self._tiles["overdue"].count if "overdue" in self._tiles else 0
        filled = (lines for lines in self.lists.values() if lines.count())
        self.pass_focus_to(next(filled, None))
        self.shown.emit()

    def status_text(self) -> str:
        """What the window's status line tells of it."""
        if not self._overdue:
            return EMPTY["overdue"]()
        return ngettext(
            "{count} follow-up is overdue", "{count} follow-ups are overdue", self._overdue
        ).format(count=format_number(self._overdue))

    # ---- where it leads

    def _on_chosen(self, key: Any) -> None:
        if key:
            entity, record_id = key
            record = entity.get_or_none(entity.id == record_id)
            if record is not None:
                self.context.record_requested.emit(record)
        else:
            self.context.list_requested.emit("activity", ())

    def _open(self, name: str) -> None:
        if name in BEHIND:
            self.context.list_requested.emit(*BEHIND[name])
        elif name in self._tiles:
            behind = self._tiles[name].leading
            self.context.list_requested.emit(behind.entity.key(), behind.where)


def read_apart(workspace: Workspace, parts: frozenset[str] = ALL) -> Board:
    """The day, or parts of it, read on a worker thread."""
    with closing(workspace.engine.reader()) as connection:
        return today.board(Apart(workspace, connection), parts)


def _line(asked: Query, row: Row, ours: str) -> Line:
    """A record as a line of its card: its name, what stands beside it, the day, its RAG."""
    _ref, name, aside, shown, *rag = query.shown(asked, row)
    day = row[4]
    if asked.columns[2] == "owed_by" and aside in ("", ours):
        aside = _("us")
    end = format_date(day, "day") if day and len(day) == 10 else shown
    return Line((asked.entity, row[0]), name, aside, end, row[5] if rag else "")
