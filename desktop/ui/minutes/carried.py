"""What is still open with the counterparts: follow-ups in both directions, and topics that earlier meetings left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import N_, _, format_number, join_list, join_parts, ngettext
from desktop.model import AgendaItem, FollowUp, Meeting, Organisation
from desktop.service import agenda, carry_over
from desktop.ui import readonly, theme
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.minutes import keys, telling
from desktop.ui.minutes.keyed import Keyed
from desktop.ui.record.recordrow import RecordButton
from desktop.ui.record.summaries import Summary
from desktop.ui.widgets.heading import Heading

ACTS = {
    "open": N_("Put on the agenda"),
    "discussed": N_("Was discussed"),
    "moved": N_("To the next meeting"),
    "dropped": N_("Off the agenda"),
}
"""What can become of something that was left open: states of the agenda item that it becomes."""
ICONS = {"open": "add", "discussed": "check"}
"""The sign of what is likely done."""
ROOMY = 84
"""The width, in characters, from which on the button says its words."""
AT_ONCE = 6
"""Rows that are shown until somebody asks for the rest."""


def heading(counterparts: Any) -> str:
    """Whom something is still open with."""
    names = join_list([Organisation.words_of(each) for each in sorted(counterparts)])
    return _("Still open with {names}").format(names=names) if names else _("Still open")


class CarriedSection(QWidget):
    """Hidden where nothing is left; what is taken up goes to the agenda below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.meeting: Any = None
        self._all = False
        self._title = Heading("", 3)
        self._rows = Keyed(self._make, CarriedRow.show_left)
        self._others = Keyed(self._make, CarriedRow.show_left)
        self._apart = Heading(_("From meetings with them, owed by others"), 3)
        self._more = QPushButton(flat=True)
        self._more.clicked.connect(self._show_all)
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._title)
        outer.addWidget(self._rows)
        outer.addWidget(self._apart)
        outer.addWidget(self._others)
        outer.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def rows(self) -> list[CarriedRow]:
        """What is shown as left, in order."""
        return [*self._rows.widgets(), *self._others.widgets()]

    def show_meeting(self, meeting: Any) -> None:
        """Show what is carried over to a meeting; nothing to one whose minutes cannot be changed."""
        if self.meeting is None or self.meeting.uid != meeting.uid:
            self._all = False
        self.meeting = meeting
        locked = readonly.locked(self.context, meeting)
        left = carry_over.Carried((), ()) if locked else carry_over.of(meeting)
        found = [*left.between, *left.topics, *left.others]
        shown = found if self._all else found[:AT_ONCE]
        words = _("{title} ({count})")
        title = heading(Meeting.counterparts.read(meeting.id))
        self._title.setText(words.format(title=title, count=format_number(len(found))))
        likely = "open" if meeting.state == "planned" else "discussed"
        rows = [(each.uid, (meeting, each, likely)) for each in shown]
        own = len(found) - len(left.others)
        self._rows.show_rows(rows[:own])
        self._others.show_rows(rows[own:])
        self._apart.setVisible(len(rows) > own)
        rest = len(found) - len(shown)
        self._more.setText(
            ngettext("Show {count} more", "Show {count} more", rest).format(count=format_number(rest))
        )
        self._more.setVisible(rest > 0)
        self.setVisible(bool(found))

    def _make(self, _row: Any) -> QWidget:
        row = CarriedRow(self.context)
        row.taken_up.connect(self._take_up)
        return row

    def _take_up(self, left: Any, state: str) -> None:
        self.context.attempt(lambda: agenda.take_up(self.context.workspace, self.meeting, left, state))

    def _show_all(self) -> None:
        self._all = True
        place = len(self.rows())
        self.show_meeting(self.meeting)
        if place < len(self.rows()):
            self.rows()[place].setFocus()


class CarriedRow(QWidget):
    """One thing that was left: a click leads to it; its button takes it up in the likeliest way, the menu in others."""

    taken_up = Signal(object, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.left: Any = None
        self._likely = "open"
        self._told: Summary | None = None
        self._button: RecordButton | None = None
        self.act = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.act.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.act.clicked.connect(lambda: self.taken_up.emit(self.left, self._likely))
        menu = QMenu(self.act)
        self.actions_of: dict[str, QAction] = {}
        marked = with_access_keys(_(words) for words in ACTS.values())
        for state, words in zip(ACTS, marked, strict=True):
            self.actions_of[state] = menu.addAction(words)
            self.actions_of[state].triggered.connect(
                lambda _checked=False, state=state: self.taken_up.emit(self.left, state)
            )
        self.act.setMenu(menu)
        keys.Keys(self.act, {"Down": lambda: keys.open_menu(self.act)})
        self._row = QHBoxLayout(self, spacing=theme.SMALL)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.act, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self.act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        styles = Qt.ToolButtonStyle
        roomy = self.width() >= ROOMY * self.fontMetrics().averageCharWidth()
        self.act.setToolButtonStyle(styles.ToolButtonTextBesideIcon if roomy else styles.ToolButtonIconOnly)

    def show_left(self, row: tuple[Any, Any, str]) -> None:
        """Show something left to a meeting, and what will likely be done with it."""
        _meeting, self.left, self._likely = row
        told = _summary(self.context, self.left)
        self.act.setText(_(ACTS[self._likely]))
        self.act.setAccessibleName(join_parts(self.act.text(), told.name))
        self.act.setToolTip(self.act.text())
        self.act.setIcon(icon(ICONS[self._likely], "muted"))
        if told != self._told:
            self._told = told
            focused = self._button is not None and self._button.hasFocus()
            if self._button is not None:
                self._row.removeWidget(self._button)
                self._button.hide()
                self._button.deleteLater()
            self._button = RecordButton(self.context, told)
            self._row.insertWidget(0, self._button, 1)
            if focused:
                self._button.setFocus()


def _summary(context: Context, left: Any) -> Summary:
    """What is left, in a row; a topic leads to the meeting that left it."""
    if isinstance(left, FollowUp):
        return telling.follow_up(context.workspace, left)
    detail = f"{AgendaItem.state.text(left.state)} · {telling.from_meeting(left.meeting_id)}"
    return Summary(Meeting, left.meeting_id, "", left.topic, detail)
