"""An item of the agenda: its number and topic, what it is about, what became of it, and its points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, join_parts
from desktop.model import AgendaItem, FollowUp, Meeting, field, scales
from desktop.model.visibility import INTERNAL
from desktop.service import agenda, links
from desktop.ui import readonly, theme
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.context import Context
from desktop.ui.editors import WrappedTextEditor
from desktop.ui.icons import icon
from desktop.ui.minutes import keys, telling
from desktop.ui.minutes.grip import Grip
from desktop.ui.minutes.keyed import Keyed
from desktop.ui.minutes.points import Points
from desktop.ui.record.recordrow import RecordButton
from desktop.ui.record.summaries import Summary, summary
from desktop.ui.visibility.changing import set_level
from desktop.ui.visibility.levelbutton import LevelButton, level_menu

ICONS = {"open": "", "discussed": "check", "moved": "chevron-right", "dropped": "close"}
"""The sign of each state, beside its word."""


@dataclass(frozen=True)
class Item:
    """What a block shows: an item with its place, its meeting and its points."""

    meeting: Any
    item: Any
    number: int
    points: tuple[Any, ...]


class ItemBlock(QWidget):
    """Its topic is changed in place; the button behind it says what became of it, and what can be done with it."""

    moved = Signal(object, int)
    """It is to go so many places down (up where negative)."""
    point_left = Signal(object, int)
    dragged = Signal(object, QPoint)
    dropped = Signal(object, QPoint)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.item: Any = None
        self._final = False
        self.grip = Grip()
        self.grip.dragged.connect(lambda at: self.dragged.emit(self.item, at))
        self.grip.dropped.connect(lambda at: self.dropped.emit(self.item, at))
        self.topic = WrappedTextEditor(field(AgendaItem, "topic"), context)
        self.topic.set_quiet(True)
        self.topic.committed.connect(self._rename)
        self.state = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.state.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.state.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = self._made_menu()
        self._menu.addSeparator()
        level_menu(self._menu, _("Who may see it"), lambda: self.item.visibility, self._set_level)
        self.level = LevelButton(bare=True)
        self.level.chosen.connect(self._set_level)
        self._about = Keyed(self._make_button, lambda _widget, _row: None)
        self.points = Points(context)
        self.points.left.connect(self.point_left)
        head = QHBoxLayout(spacing=theme.TIGHT)
        head.addWidget(self.grip, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.topic, 1)
        head.addWidget(self.level, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        below = QVBoxLayout(spacing=0)
        below.setContentsMargins(self.grip.sizeHint().width() + theme.TIGHT, 0, 0, theme.SMALL)
        below.addWidget(self._about)
        below.addWidget(self.points)
        outer = QVBoxLayout(self, spacing=0)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(head)
        outer.addLayout(below)
        moves = {keys.UP: lambda: self._move(-1), keys.DOWN: lambda: self._move(1)}
        keys.Keys(self.topic.input, moves, self.topic.is_typed)
        opens = dict.fromkeys(("Down", "Return", "Enter"), lambda: keys.open_menu(self.state))
        keys.Keys(self.state, {**moves, **opens, keys.REMOVE: self._remove})
        self.setFocusProxy(self.topic)
        self._dress()

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        others = (_("Move up"), _("Move down"), _("Delete the item"))
        words = with_access_keys([*(_(word) for word in scales.AGENDA_STATE.values()), *others])
        self.actions_of = {}
        for state, said in zip(scales.AGENDA_STATE, words, strict=False):
            self.actions_of[state] = menu.addAction(said)
            self.actions_of[state].setCheckable(True)
            self.actions_of[state].triggered.connect(lambda _on=False, state=state: self._set_state(state))
        menu.addSeparator()
        calls = (
            (keys.UP, lambda: self._move(-1)),
            (keys.DOWN, lambda: self._move(1)),
            (keys.REMOVE, self._remove),
        )
        for said, (press, call) in zip(words[len(scales.AGENDA_STATE) :], calls, strict=True):
            action = menu.addAction(f"{said}\t{keys.shown(press)}")
            action.triggered.connect(lambda _on=False, call=call: call())
        return menu

    def show_item(self, row: Item) -> None:
        """Show an item; what is being typed stays."""
        self.item, self._final = row.item, readonly.locked(self.context, row.meeting)
        self.grip.show_number(row.number, self._final)
        named = _("Agenda item {number}").format(number=format_number(row.number))
        self.topic.set_name(named)
        self.topic.set_read_only(self._final)
        if not self.topic.is_typed() and self.topic.shown() != row.item.topic:
            self.topic.set_value(row.item.topic)
        said = AgendaItem.state.text(row.item.state)
        self.state.setText(said)
        sign = ICONS[row.item.state]
        self.state.setIcon(icon(sign, "muted") if sign else icon("flag", "disabled"))
        self.state.setAccessibleName(join_parts(named, said))
        self.state.setMenu(None if self._final else self._menu)
        self.state.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._final else Qt.FocusPolicy.StrongFocus)
        self.state.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, self._final)
        for state, action in self.actions_of.items():
            action.setChecked(state == row.item.state)
        self._show_level(named)
        self._about.show_rows([((told, lead), (told, lead)) for told, lead in self._leads()])
        self.points.show_points(row.meeting, row.item, row.points, row.item.topic)

    def _show_level(self, named: str) -> None:
        """Who may see it, where that is not the post alone."""
        if self.level.hasFocus() and self.item.visibility == INTERNAL:
            self.topic.setFocus()
        self.level.show_about(join_parts(_("Visibility"), named))
        self.level.show_level(self.item.visibility)
        self.level.setVisible(self.item.visibility != INTERNAL)

    def _set_level(self, level: str) -> None:
        self.commit()
        set_level(self.context, self.state, self.item, level)

    def _leads(self) -> list[tuple[Summary, str]]:
        """What it is about, and the meeting that it was left by."""
        workspace, found = self.context.workspace, []
        if self.item.subject_id is not None:
            about = links.subject(self.item.subject_id)
            told = (
                telling.follow_up(workspace, about)
                if isinstance(about, FollowUp)
                else summary(workspace, about)
            )
            found.append((told, "" if isinstance(about, FollowUp) else _("About")))
        if self.item.carried_from_id is not None:
            before = AgendaItem.get_by_id(self.item.carried_from_id)
            found.append((summary(workspace, Meeting.get_by_id(before.meeting_id)), _("Left by")))
        return found

    def _make_button(self, row: tuple[Summary, str]) -> QWidget:
        return RecordButton(self.context, *row)

    def commit(self) -> None:
        """Save what is typed."""
        self.topic.commit()
        self.points.commit()

    def unsaved(self) -> QWidget | None:
        """Where something stands, after `commit`, that could not be saved."""
        return self.topic if self.topic.is_typed() else self.points.unsaved()

    def _rename(self) -> None:
        topic = self.topic.value()
        if self.context.attempt(lambda: agenda.rename(self.context.workspace, self.item, topic)) is None:
            self.topic.ask_again()
        else:
            self.topic.set_shown(topic)

    def _set_state(self, state: str) -> None:
        self.context.attempt(lambda: agenda.set_state(self.context.workspace, self.item, state))

    def _move(self, step: int) -> None:
        if not self._final:
            self.topic.commit()
            self.moved.emit(self.item, step)

    def _remove(self) -> None:
        if not self._final:
            self.context.attempt(lambda: agenda.remove(self.context.workspace, self.item))

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._dress()

    def _dress(self) -> None:
        self.topic.input.setFont(theme.heading_font(self.font(), 3))
