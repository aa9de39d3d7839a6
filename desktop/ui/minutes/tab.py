"""The tab of minutes: state, what is still open, agenda, points and text, versions; all that is typed is kept."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model import Meeting
from desktop.service import agenda, points, records, versions
from desktop.ui import readonly, theme
from desktop.ui.context import Context
from desktop.ui.minutes.agenda import AgendaSection
from desktop.ui.minutes.carried import CarriedSection
from desktop.ui.minutes.general import GeneralSection
from desktop.ui.minutes.stateline import StateLine
from desktop.ui.minutes.versionslist import VersionsSection
from desktop.ui.stops import stops
from desktop.ui.widgets.scrollcolumn import ScrollColumn

WIDEST = 960
NEAR = 24
"""So near to its edge the page scrolls under what is dragged."""


class MinutesTab(ScrollColumn):
    """Shows the minutes of the meeting it is handed; each part saves at once."""

    rearranged = Signal()
    """Tab stops at other places than before."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.meeting: Any = None
        self._shown: list[QWidget] = []
        self.setAccessibleName(_("Minutes"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.setMaximumWidth(WIDEST)
        self.state = StateLine(context)
        self.carried = CarriedSection(context)
        self.agenda = AgendaSection(context)
        self.general = GeneralSection(context)
        self.versions = VersionsSection(context)
        column = QVBoxLayout(self.page, spacing=theme.LARGE)
        column.setContentsMargins(0, theme.MEDIUM, theme.SMALL, theme.SMALL)
        for part in (self.state, self.carried, self.agenda, self.general, self.versions):
            column.addWidget(part)
        column.addStretch(1)
        self.state.held_requested.connect(self._hold)
        self.state.final_requested.connect(self.make_final)
        self.state.reopened.connect(self._reopen)
        self.agenda.dragged_near.connect(self._scroll_under)
        self.agenda.point_left.connect(lambda point: self.general.points.take(point, at_end=False))
        self.general.points.left.connect(self._to_last_item)

    def show_record(self, meeting: Any) -> None:
        """Show the minutes of a meeting; of the same one, what is typed and the focus stay."""
        if self.meeting is not None and self.meeting.uid != meeting.uid:
            self.leave()
            self.verticalScrollBar().setValue(0)
        self.meeting = meeting
        self._keep_in_view()
        found = points.of(meeting)
        self.state.show_meeting(meeting)
        self.carried.show_meeting(meeting)
        self.agenda.show_meeting(meeting, found)
        self.general.show_meeting(meeting, found, bool(self.agenda.blocks()))
        self.versions.show_meeting(meeting)
        found_stops = self.stops()
        if found_stops != self._shown:
            self._shown = found_stops
            for before, after in pairwise(found_stops):
                QWidget.setTabOrder(before, after)
            self.rearranged.emit()

    def _keep_in_view(self) -> None:
        """Where one types stays in view, whatever comes to stand above it."""
        focus = self.window().focusWidget()
        if focus is not None and self.page.isAncestorOf(focus) and not focus.visibleRegion().isEmpty():
            QTimer.singleShot(0, focus, lambda: self.ensureWidgetVisible(focus, 0, NEAR))

    def _to_last_item(self, point: Any, step: int) -> None:
        blocks = self.agenda.blocks()
        if step < 0 and blocks:
            blocks[-1].points.take(point, at_end=True)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, as one reads."""
        return list(stops(self.page.layout()))

    def commit(self) -> None:
        """Save all that is typed; what stands in a line that adds becomes a point or an item."""
        if self._is_open():
            self.agenda.commit()
            self.general.commit()

    def leave(self) -> None:
        """Save all that is typed, before another meeting is shown."""
        if self.meeting is None:
            return
        every = (*(block.points for block in self.agenda.blocks()), self.general.points)
        if not Meeting.select().where(Meeting.id == self.meeting.id).exists():
            for each in every:
                each.adding.give_up()
            return
        # Of minutes that were made final meanwhile each part says what it could not save.
        self.agenda.commit()
        self.general.commit()
        for each in every:
            each.leave()

    def _is_open(self) -> bool:
        """Whether there is a meeting whose minutes can be changed."""
        kept = Meeting.get_or_none(Meeting.id == self.meeting.id) if self.meeting is not None else None
        return kept is not None and not readonly.locked(self.context, kept)

    # ---- how far the minutes are

    def _all_saved(self) -> bool:
        """Save all that is typed; where something cannot be saved, lead there and say so."""
        self.commit()
        found = (self.agenda.unsaved() or self.general.unsaved()) if self._is_open() else None
        if found is None:
            return True
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, found, lambda: self.ensureWidgetVisible(found, 0, NEAR))
        words = _(
            "Something in these minutes is not saved yet. Correct it where you are now, or take it away."
        )
        self.context.problem.emit(words)
        return False

    def _hold(self) -> None:
        if not self._all_saved():
            return
        workspace = self.context.workspace
        self.context.attempt(lambda: records.change(workspace, self._now(), {"state": "held"}))

    def make_final(self) -> None:
        """Lock the minutes as they are, with what is typed; not while something of it cannot be saved."""
        if not self._all_saved():
            return
        if self.context.attempt(lambda: versions.make_final(self.context.workspace, self._now())) is None:
            return
        told = agenda.undiscussed(self._now())
        if told:
            self.context.said.emit(told, [])

    def _reopen(self, why: str) -> None:
        self.context.attempt(lambda: versions.reopen(self.context.workspace, self._now(), why))

    def _now(self) -> Any:
        """The meeting as it is kept now."""
        return Meeting.get_by_id(self.meeting.id)

    def _scroll_under(self, at: QPoint) -> None:
        y = self.viewport().mapFromGlobal(at).y()
        bar = self.verticalScrollBar()
        if y < NEAR:
            bar.setValue(bar.value() - NEAR)
        elif y > self.viewport().height() - NEAR:
            bar.setValue(bar.value() + NEAR)
