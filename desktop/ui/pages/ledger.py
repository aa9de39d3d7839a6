"""Who owes whom: what is open by who owes it, grouped by the other end, with how late it is and the last word on it."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import N_, _, format_number, ngettext
from desktop.model import FollowUp, field
from desktop.service import ledger
from desktop.service.ledger import DIRECTIONS, Counterpart, Group
from desktop.store.engine import StoreError, TooSlow
from desktop.ui import theme
from desktop.ui.apart import Apart, while_there
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.ledger.directions import DirectionBar
from desktop.ui.ledger.model import LedgerModel, open_words, overdue_words
from desktop.ui.ledger.tree import LedgerTree
from desktop.ui.pages.seenfresh import SeenFresh
from desktop.ui.passing import PassesFocus
from desktop.ui.widgets.emptystate import EmptyState
from desktop.ui.widgets.heading import Heading

NOTICED = 0.15
"""Seconds that reading the figures may take on the window's own thread."""
UNFOLDED = 60
"""As many follow-ups are shown without a counterpart being opened."""
BUTTONS = (
    ("report_progress", N_("Report progress"), "progress"),
    ("close", N_("Close…"), "check"),
    ("move_date", N_("Move the date…"), "calendar"),
    ("remind", N_("Remind…"), "mail"),
)


class LedgerPage(SeenFresh, PassesFocus, QWidget):
    """Facts go out as `selected`, wishes as `opened` and `command_requested`."""

    key: ClassVar[str] = "ledger"
    entity: ClassVar[Any] = FollowUp

    selected = Signal(object)
    opened = Signal(object)
    command_requested = Signal(str)
    """Somebody presses the button of a command."""
    count_changed = Signal(str)
    menu_about_to_show = Signal(QMenu)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._state = context.settings.pages.setdefault(self.key, {})
        self._found: dict[str, list[Group]] = {key: [] for key in DIRECTIONS}
        self._unfolded: dict[str, set[Counterpart]] = {}
        self._wanted: int | None = None
        self.bar = DirectionBar()
        self.model = LedgerModel(context.workspace, self)
        self.table = LedgerTree(self.model, context.settings.density)
        self.table.setAccessibleName(_("Who owes whom"))
        self._nothing = EmptyState("ledger", self._nothing_words(), _("Add a follow-up"))
        self._area = QStackedWidget()
        for part in (self.table, self._nothing):
            self._area.addWidget(part)
        self._lay_out()
        self.pass_focus_to(self.table)
        self.bar.chosen.connect(self._on_direction)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.menu_requested.connect(self._show_menu)
        self._nothing.action_requested.connect(lambda: self.command_requested.emit("add_follow_up"))
        self.keep_fresh(context)
        self.bar.show_chosen(self.direction)
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout(spacing=theme.TIGHT)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(Heading(_("Who owes whom"), 1))
        head.addStretch(1)
        self.buttons: dict[str, QToolButton] = {}
        for key, words, picture in BUTTONS:
            button = QToolButton(icon=icon(picture, "muted"), autoRaise=True)
            button.setText(_(words))
            button.setAccessibleName(_(words))
            button.setToolTip(_(words))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _down=False, key=key: self.command_requested.emit(key))
            self.buttons[key] = button
            head.addWidget(button)
        outer = QVBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(0, theme.LARGE, 0, 0)
        inset = QVBoxLayout(spacing=theme.MEDIUM)
        inset.setContentsMargins(theme.LARGE, 0, theme.MEDIUM, theme.TIGHT)
        inset.addLayout(head)
        inset.addWidget(self.bar)
        outer.addLayout(inset)
        outer.addWidget(self._area, 1)

    @property
    def direction(self) -> str:
        """Who owes what is shown."""
        kept = self._state.get("direction")
        return kept if kept in DIRECTIONS else DIRECTIONS[0]

    # ---- what it shows

    def refresh(self) -> None:
        """Read the figures anew: at once where that takes no time that one notices, else on a worker."""
        super().refresh()
        workspace = self.context.workspace
        try:
            with workspace.engine.within(NOTICED):
                self._show(ledger.read(workspace))
        except TooSlow:
            self.context.work(lambda: read_apart(workspace), while_there(self, self._show))

    def _show(self, found: dict[str, list[Group]]) -> None:
        self._found = found
        self.bar.set_figures(ledger.summed(found))
        self._fill(keep=True)

    def _on_direction(self, key: str) -> None:
        if key == self.direction and self.model.groups is self._found[key]:
            return
        if self.model.groups:
            self._unfolded[self.direction] = self.table.unfolded()
        self._state["direction"] = key
        self._fill(keep=False)

    def _fill(self, *, keep: bool) -> None:
        """Show the counterparts of the direction; what was unfolded and selected is so again."""
        key, groups = self.direction, self._found[self.direction]
        if keep and self.model.groups:
            self._unfolded[key] = self.table.unfolded()
        here, chosen = self.table.current_group(), self.table.selected_rows(2)
        place = self.table.verticalScrollBar().value()
        self.model.show(key, groups)
        everything = {group.key for group in groups} if sum(g.count for g in groups) <= UNFOLDED else set()
        self.table.unfold(self._unfolded.get(key, everything))
        self._nothing.say("ledger", self._nothing_words(), _("Add a follow-up"))
        self._area.setCurrentWidget(self.table if groups else self._nothing)
        if self._wanted is not None:
            self._select_wanted()
        elif keep and here is not None:
            found = len(chosen) == 1 and self.table.select(here.key, chosen[0].id)
            if not found and groups:
                self.table.select(here.key if here.key in {g.key for g in groups} else groups[0].key)
            self.table.verticalScrollBar().setValue(place)
            self.table.scrollTo(self.table.currentIndex())
        self._on_chosen()

    def _nothing_words(self) -> str:
        if self.direction == ledger.US:
            return _("You owe nobody anything. What you promise stands here until it is done.")
        return _("Nothing is open in this direction. What others promise stands here until it is done.")

    # ---- records

    def selected_records(self) -> list[Any]:
        """The follow-ups that are selected."""
        return self.table.selected_records()

    def selected_count(self) -> int:
        """How many follow-ups are selected."""
        return self.table.selected_count()

    def counterpart(self) -> Group | None:
        """The counterpart at which one stands."""
        return self.table.current_group() if self._found[self.direction] else None

    def select_record(self, record: Any) -> None:
        """Show the direction in which a follow-up stands, and select it."""
        self._wanted = record.id
        place = ledger.place_of(record)
        if place is not None and place[0] != self.direction:
            self.bar.show_chosen(place[0])
        else:
            self._select_wanted()

    def _select_wanted(self) -> None:
        record = FollowUp.get_or_none(FollowUp.id == self._wanted)
        place = ledger.place_of(record) if record is not None else None
        if place is not None and place[0] == self.direction:
            self.table.select(place[1], record.id)
        self._wanted = None

    def status_text(self) -> str:
        """What the window's status line tells of it."""
        groups = self._found[self.direction]
        parts = [
            field(FollowUp, "direction").text(self.direction),
            open_words(sum(group.count for group in groups)),
            overdue_words(sum(group.overdue for group in groups)),
        ]
        chosen = self.selected_count()
        if chosen:
            words = ngettext("{count} selected", "{count} selected", chosen)
            parts.append(words.format(count=format_number(chosen)))
        return " · ".join(part for part in parts if part)

    def _on_chosen(self) -> None:
        chosen = self.table.selected_rows(1) if self.selected_count() == 1 else []
        one = None
        with suppress(StoreError):  # the workspace was closed in this moment
            one = FollowUp.get_or_none(FollowUp.id == chosen[0].id) if chosen else None
        self.selected.emit(one)
        self.count_changed.emit(self.status_text())
        for key in ("report_progress", "close", "move_date"):
            self.buttons[key].setEnabled(one is not None)
        self.buttons["remind"].setEnabled(self.counterpart() is not None)

    def _on_opened(self, record_id: int) -> None:
        record = FollowUp.get_or_none(FollowUp.id == record_id)
        if record is not None:
            self.opened.emit(record)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        opening = menu.addAction(_("&Open in its own window"))
        opening.setEnabled(self.selected_count() == 1)
        opening.triggered.connect(lambda: self.opened.emit(self.selected_records()[0]))
        menu.addAction(_("&Copy rows"), self.table.copy)
        menu.addSeparator()
        menu.addAction(_("&Unfold all"), self.table.expandAll)
        menu.addAction(_("&Fold all"), self.table.collapseAll)
        self.menu_about_to_show.emit(menu)
        menu.popup(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress_buttons()

    def _dress_buttons(self) -> None:
        """Words beside the pictures where they have room."""
        styles = Qt.ToolButtonStyle
        for style in (styles.ToolButtonTextBesideIcon, styles.ToolButtonIconOnly):
            for button in self.buttons.values():
                button.setToolButtonStyle(style)
            wanted = sum(button.sizeHint().width() + theme.TIGHT for button in self.buttons.values())
            if wanted < self.width() - self.fontMetrics().averageCharWidth() * 26:
                return


def read_apart(workspace: Any) -> dict[str, list[Group]]:
    """The figures, read on a worker thread."""
    with closing(workspace.engine.reader()) as connection:
        return ledger.read(Apart(workspace, connection))
