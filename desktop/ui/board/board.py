"""The board of initiatives: a column a stage. To move a card is to report progress.

By keyboard: arrows go from card to card and from column to column, Ctrl+Shift+Left and Ctrl+Shift+Right move the
selected card to the stage beside its own, Enter opens it, the Menu key tells what else can be done.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QScrollArea, QWidget

from desktop.i18n import _
from desktop.model import Initiative
from desktop.model.scales import STAGE
from desktop.service import pipeline
from desktop.service.pipeline import CARDS
from desktop.service.query import Query, one, shown
from desktop.store.engine import TooSlow
from desktop.ui import theme
from desktop.ui.accesskeys import unmarked
from desktop.ui.apart import while_there
from desktop.ui.board.column import Column
from desktop.ui.board.mover import Mover
from desktop.ui.board.reading import Asked, Cards, Numbers, apart, read_cards, read_numbers
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.lists.clipboard import Heading, mime
from desktop.ui.lists.hits import terms_of
from desktop.ui.lists.telling import SETTLE_MS
from desktop.ui.pages.seenfresh import SeenFresh
from desktop.ui.passing import PassesFocus

NOTICED = 0.15
"""Seconds that reading the board may take on the window's own thread."""


class Board(SeenFresh, PassesFocus, QScrollArea):
    """A view of the page of initiatives (see `pages.views.Alternative`)."""

    selected = Signal(object)
    opened = Signal(object)
    menu_about_to_show = Signal(QMenu)
    find_requested = Signal(str)
    composed = Signal(object)
    filled = Signal()
    """What was asked for is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Board"))
        self.columns = {key: Column(key) for key in STAGE}
        self._row = QHBoxLayout(spacing=theme.MEDIUM)
        self._row.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.SMALL)
        inside = QWidget()
        inside.setLayout(self._row)
        self.setWidget(inside)
        self._query: Query | None = None
        self._asked: Asked | None = None
        self._limits: dict[str, int] = {}
        self._chosen: int | None = None
        """The id of the selected card, whether it is shown yet or not."""
        self._changing = self._other = self._brings = self._focuses = False
        self._slow: set[Any] = set()
        """What takes so long that it is read on a worker from the first."""
        self.mover = Mover(self)
        for column in self.columns.values():
            self._row.addWidget(column)
            self._listen(column)
        self._pace = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._pace.timeout.connect(self._tell_if_other)
        self._told: int | None = None
        context.stopping.connect(self._stop)
        self.keep_fresh(context)

    def _listen(self, column: Column) -> None:
        cards = column.list
        cards.chosen.connect(lambda record_id: self._on_chosen(column, record_id))
        cards.opened.connect(self._open)
        cards.aside_requested.connect(lambda step: self._go_aside(column, step))
        cards.move_requested.connect(lambda step: self.mover.begin_aside(column.key, step))
        cards.menu_requested.connect(self._show_menu)
        cards.more_requested.connect(lambda: self._show_more(column))
        cards.copy_requested.connect(self.copy)
        cards.find_requested.connect(self.find_requested)
        cards.composed.connect(self.composed)
        # Not before the platform has ended the drag: the form takes the focus.
        column.dropped.connect(lambda _id: QTimer.singleShot(0, self, lambda: self.mover.begin(column.key)))
        column.dragged_over.connect(lambda: self.ensureWidgetVisible(column, theme.WIDE, 0))

    # ---- what it shows

    def show_query(self, query: Query) -> None:
        """Show the initiatives of a query; of the same one as before, more cards of a stage stay shown."""
        if query != self._query:
            self._query, self._limits, self._other = query, {}, True
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read anew: at once where that takes no time that one notices, else on a worker."""
        super().refresh()
        if self._query is None:
            return
        record = self.chosen_record()
        wanted = (record.id, record.stage) if record is not None else None
        self._asked = Asked(self._query, dict(self._limits), wanted)
        self._read(read_cards, self._show_cards)
        self._read(read_numbers, self._show_numbers)

    def _read(self, read: Any, show: Any) -> None:
        workspace, asked = self.context.workspace, self._asked
        if read not in self._slow:
            try:
                with workspace.engine.within(NOTICED):
                    found = read(workspace, asked)
            except TooSlow:
                self._slow.add(read)
            else:
                show(found)
                return
        self.context.work(lambda: apart(read, workspace, asked), while_there(self, show))

    def _show_cards(self, found: Cards) -> None:
        """Show what was read, unless something else was asked for meanwhile."""
        if found.asked is not self._asked:
            return
        focused = self._focuses or self._has_focus()
        terms = terms_of(found.asked.query.text)
        self._changing, self._limits = True, dict(found.limits)
        self.mover.check()
        for key, column in self.columns.items():
            column.show_cards(found.cards[key], terms)
        self.align()
        self._select_again(focused)
        self._changing = self._focuses = self._brings = self._other = False

    def _show_numbers(self, found: Numbers) -> None:
        if found.asked is not self._asked:
            return
        for stage in found.stages:
            self.columns[stage.key].show_stage(stage)
        self.align()
        self.filled.emit()

    def align(self) -> None:
        """Columns with cards are equally wide, and the cards of all begin at the same height."""
        for column in self.columns.values():
            self._row.setStretchFactor(column, 0 if column.slim else 1)
        self._row.activate()
        heads = [column.head for column in self.columns.values()]
        height = max(head.layout().totalHeightForWidth(head.width()) for head in heads)
        for head in heads:
            head.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.align()

    def _show_more(self, column: Column) -> None:
        if column.count > len(column.cards):
            self._limits[column.key] = self._limits.get(column.key, CARDS) + CARDS
            self.refresh()

    # ---- what is selected

    def place(self, record_id: int | None) -> tuple[Column, int] | None:
        """The column and the row in which a card is shown."""
        for column in self.columns.values():
            ids = column.list.ids()
            if record_id in ids:
                return column, ids.index(record_id)
        return None

    def _select_again(self, focused: bool) -> None:
        """The same card is selected wherever it stands now. That it is gone is told after another query alone."""
        at = self.place(self._chosen)
        for column in self.columns.values():
            if at is None or column is not at[0]:
                column.list.select_none()
        if at is not None:
            at[0].list.select_row(at[1], tell=False, scroll=self._brings)
            if self._brings:
                self.bring(at[0])
        elif self._chosen is not None:
            self._chosen = None
            if self._other:
                self._tell()
        first = next((column for column in self.columns.values() if column.cards), None)
        lead = at[0] if at is not None else first
        self.pass_focus_to(lead.list if lead is not None else None)
        if focused and lead is not None and self.mover.form is None:
            lead.list.setFocus()

    def bring(self, column: Column) -> None:
        """Bring a column into view, once it is as wide as it is to be."""
        QTimer.singleShot(0, column, lambda: self.ensureWidgetVisible(column, theme.LARGE, 0))

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _on_chosen(self, column: Column, record_id: int) -> None:
        if self._changing:
            return
        for other in self.columns.values():
            if other is not column:
                other.list.select_none()
        self._chosen = record_id
        self.pass_focus_to(column.list)
        if not self._pace.isActive():
            self._tell()
        self._pace.start()  # of those that a held key passes, only the first and the last are told

    def _tell(self) -> None:
        self._told = self._chosen
        self.selected.emit(self.chosen_record())

    def _tell_if_other(self) -> None:
        if self._told != self._chosen:
            self._tell()

    def _stop(self) -> None:
        """The workspace is about to be closed: nothing is read or told any more."""
        self._pace.stop()
        self._query = self._asked = None

    def chosen_record(self) -> Any:
        """The selected initiative, as it is now."""
        return Initiative.get_or_none(Initiative.id == self._chosen) if self._chosen is not None else None

    def selected_records(self) -> list[Any]:
        """The selected initiative, if there is one."""
        record = self.chosen_record()
        return [record] if record is not None else []

    def select_record(self, record: Any) -> bool:
        """Select an initiative and bring it into view; False where it is not among those of the query."""
        now = Initiative.get_or_none(Initiative.id == record.id)
        if now is None or self._query is None:
            return False
        if pipeline.place(self.context.workspace, self._query, now.stage, now.id) is None:
            return False
        self.lead_to(now.id)
        self._tell()
        return True

    def lead_to(self, record_id: int, focused: bool = False) -> None:
        """Select this card as soon as it is shown, and bring it into view."""
        self._chosen, self._brings, self._stale = record_id, True, True
        self._focuses = self._focuses or focused
        if self.isVisible():
            self.refresh()

    def _go_aside(self, column: Column, step: int) -> None:
        """To the card beside the selected one, in the next column that has some."""
        columns = list(self.columns.values())
        at = columns.index(column)
        ahead = columns[at + 1 :] if step > 0 else columns[:at][::-1]
        target = next((each for each in ahead if each.cards), None)
        if target is not None:
            height = column.list.visualRect(column.list.currentIndex()).top() + theme.MEDIUM
            target.list.select_row(target.list.row_at(height))
            target.list.setFocus()
            self.bring(target)

    # ---- what is done with a card

    def _open(self, record_id: int) -> None:
        record = Initiative.get_or_none(Initiative.id == record_id)
        if record is not None:
            self.opened.emit(record)

    def _show_menu(self, place: QPoint) -> None:
        record = self.chosen_record()
        if record is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("&Open")).triggered.connect(lambda: self._open(record.id))
        menu.addSeparator()
        stages = menu.addMenu(icon("board"), _("&Move to"))
        for key, title in STAGE.items():
            action = stages.addAction(unmarked(_(title)))
            action.setEnabled(key != record.stage)
            action.triggered.connect(lambda _checked=False, key=key: self.mover.begin(key))
        menu.addAction(icon("copy"), _("&Copy")).triggered.connect(self.copy)
        self.menu_about_to_show.emit(menu)
        menu.popup(place)

    def copy(self) -> None:
        """Copy the selected initiative with the columns of the list."""
        row = one(self.context.workspace, self._query, self._chosen) if self._chosen is not None else None
        if row is not None:
            headings = [Heading(kind.title) for kind in self._query.kinds]
            QApplication.clipboard().setMimeData(mime(headings, [shown(self._query, row)]))
