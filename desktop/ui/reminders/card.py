"""The card at the foot of the page: each reminder with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, join_parts
from desktop.model import FollowUp
from desktop.service import reminders
from desktop.service.reminders import Due, Reminder
from desktop.service.workspace import Workspace
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.icons import icon
from desktop.ui.reminders import words
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.rag import paint_shape
from desktop.ui.widgets.tips import plain_tip

ROWS = 4
"""So many rows are seen; the others are scrolled to."""


class ReminderCard(QFrame):
    """Shown by the watch; Esc or its cross closes it. It never takes the keyboard by itself."""

    open_requested = Signal(object)
    report_requested = Signal(object)
    snooze_requested = Signal(list, object)
    """These reminders, until that instant."""
    dismissed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.due = Due()
        self.rows: list[ReminderRow] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self._title = Heading(_("Reminders"), 3)
        self._summary = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._summary.setProperty("muted", True)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.snooze_all = SnoozeButton(workspace, _("Snooze all"))
        self.snooze_all.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.snooze_all.setText(_("Snooze all"))
        self.snooze_all.chosen.connect(lambda until: self.snooze_requested.emit(list(self.due.rows), until))
        close = QToolButton(autoRaise=True, icon=icon("close", "muted"))
        close.setAccessibleName(_("Close the reminders"))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout(spacing=theme.SMALL)
        head.addWidget(self._title)
        head.addWidget(self._summary, 1)
        head.addWidget(self.snooze_all)
        head.addWidget(close)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner, spacing=0)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self._area.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
        column.addLayout(head)
        column.addWidget(self._area)
        theme.changed.connect(self.update)
        self.hide()

    def show_due(self, due: Due) -> None:
        """Show these; the row that has the keyboard keeps it, or hands it to the one that took its place."""
        focus = self.focusWidget()
        place = next((n for n, row in enumerate(self.rows) if focus and row.isAncestorOf(focus)), None)
        if due.rows != self.due.rows or len(self.rows) != len(due.rows):
            self._make_rows(due.rows)
            if place is not None and self.rows:
                self.rows[min(place, len(self.rows) - 1)].snooze.setFocus()
        self.due = due
        for row in self.rows:
            row.tell()
        told = words.summary(due)
        self._summary.setText(told)
        self._summary.setToolTip(plain_tip(told))
        self.setAccessibleName(join_parts(self._title.text(), told))
        if self.rows:
            height = self.rows[0].sizeHint().height()
            self._area.setFixedHeight(min(ROWS, len(self.rows)) * height)

    def _make_rows(self, found: Sequence[Reminder]) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for reminder in found:
            row = ReminderRow(self._workspace, reminder)
            row.opened.connect(lambda each=reminder: self.open_requested.emit(each))
            row.reported.connect(lambda each=reminder: self.report_requested.emit(each))
            row.put_off.connect(lambda until, each=reminder: self.snooze_requested.emit([each], until))
            self._column.addWidget(row)
            self.rows.append(row)

    def dismiss(self) -> None:
        """Go away until there is something new."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(tones.hairline), 1))
        painter.setBrush(theme.colour(tones.raised))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS
        )


class ReminderRow(QWidget):
    """What it is about leads to the record; beside it, reporting and putting off."""

    opened = Signal()
    reported = Signal()
    put_off = Signal(object)

    def __init__(self, workspace: Workspace, reminder: Reminder) -> None:
        super().__init__()
        self._workspace, self.reminder = workspace, reminder
        self.name = _Name(words.RAG[reminder.kind])
        self.name.clicked.connect(self.opened)
        self.report = QToolButton(autoRaise=True, icon=icon("progress", "muted"))
        self.report.setToolTip(_("Report progress"))
        self.report.setAccessibleName(join_parts(_("Report progress"), reminder.ref))
        self.report.clicked.connect(self.reported)
        kept = self.report.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # so that what stands before it ends at one place
        self.report.setSizePolicy(kept)
        self.snooze = SnoozeButton(workspace, join_parts(_("Snooze"), reminder.ref))
        self.snooze.setToolTip(_("Snooze"))
        self.snooze.chosen.connect(self.put_off)
        row = QHBoxLayout(self, spacing=theme.TIGHT)
        row.setContentsMargins(0, 1, theme.TIGHT, 1)
        row.addWidget(self.name, 1)
        row.addWidget(self.report)
        row.addWidget(self.snooze)
        self.report.setVisible(issubclass(reminder.entity, FollowUp))
        self.tell()

    def tell(self) -> None:
        """Say it as it is at this minute."""
        each = self.reminder
        self.name.tell(each.name, join_parts(words.when(self._workspace, each), each.aside), each.ref)


class SnoozeButton(QToolButton):
    """Its menu says until when, by the clock of the post."""

    chosen = Signal(object)

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__(autoRaise=True, icon=icon("clock", "muted"))
        self._workspace = workspace
        self.setAccessibleName(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def fill(self) -> None:
        """Offer what there is from now on."""
        menu = self.menu()
        menu.clear()
        keys = AccessKeys()
        for text, moment in reminders.moments(self._workspace):
            shown = f"{keys.mark(_(text))}\t{words.until(self._workspace, moment)}"
            menu.addAction(shown).triggered.connect(lambda _checked=False, at=moment: self.chosen.emit(at))


class _Name(QToolButton):
    """A shape, a name and, muted, what is with it; elided where the room ends."""

    def __init__(self, rag: str) -> None:
        super().__init__(autoRaise=True)
        self._rag, self._parts = rag, ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def tell(self, name: str, aside: str, ref: str) -> None:
        if self._parts != (name, aside):
            self._parts = name, aside
            self.setAccessibleName(join_parts(name, aside, ref))
            self.setToolTip(plain_tip(join_parts(ref, name, aside)))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * self.fontMetrics().averageCharWidth(), theme.row_height(self, compact=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tones, metrics = theme.current(), self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tones.pressed if self.isDown() else tones.hover if self.underMouse() else None
        painter.setPen(QPen(theme.colour(tones.accent), theme.RING) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        inset = theme.RING / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS
        )
        side = max(8, metrics.capHeight())
        left = theme.SMALL
        paint_shape(painter, QRectF(left, (self.height() - side) / 2, side, side), self._rag)
        room = self.rect().adjusted(left + side + theme.SMALL, 0, -theme.SMALL, 0)
        name, aside = self._parts
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        beside = metrics.elidedText(aside, Qt.TextElideMode.ElideRight, room.width() // 2)
        width = metrics.horizontalAdvance(beside)
        painter.setPen(theme.colour(tones.muted))
        painter.drawText(room.adjusted(room.width() - width, 0, 1, 0), flags, beside)
        painter.setPen(theme.colour(tones.text))
        most = room.width() - width - theme.MEDIUM
        painter.drawText(room, flags, metrics.elidedText(name, Qt.TextElideMode.ElideRight, most))
