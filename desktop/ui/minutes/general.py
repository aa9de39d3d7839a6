"""What belongs to no agenda item: points, follow-ups, the minutes as a text, and texts of old records."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model import FollowUp, Meeting, Point, field
from desktop.service import minutes, records
from desktop.ui import readonly, theme
from desktop.ui.context import Context
from desktop.ui.minutes import keys, telling
from desktop.ui.minutes.keyed import Keyed
from desktop.ui.minutes.points import Points
from desktop.ui.record.recordrow import RecordButton
from desktop.ui.visibility.texthead import TextHead
from desktop.ui.widgets.countline import CountLine
from desktop.ui.widgets.ground import Ground
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.markdown import MarkdownEdit, MarkdownView

OLD = {"agenda": N_("Make agenda items of it"), "decisions": N_("Make points of it")}
"""Texts of records that were kept before there were items and points, and what can be made of each."""


class GeneralSection(QWidget):
    """Below the agenda."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.meeting: Any = None
        self._title = Heading("", 3)
        self.points = Points(context)
        self._came = QLabel(_("More follow-ups from this meeting"), wordWrap=True)
        self._came.setProperty("muted", True)
        self._came.setContentsMargins(theme.SMALL, theme.SMALL, 0, 0)
        self._follow_ups = Keyed(self._make_button, lambda _widget, _row: None)
        title = Heading(_("Minutes as a whole"), 3)
        self.whole = TextHead(context, title, "minutes", title.text())
        self.text = MarkdownEdit(least=2, most=30)
        self.text.set_name(_("Minutes as a whole"))
        self.text.input.setPlaceholderText(_("A summary, in Markdown: **bold**, - list, [link](https://…)"))
        self.whole.watch(self.text.input)
        self.text.committed.connect(self._save)
        for place in (self.text.input, self.text.view):
            keys.Keys(place, {}, self.text.is_typed)
        self.old = {name: OldText(context, name) for name in OLD}
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(0, 0, 0, 0)
        for part in (*self.old.values(), self._title, self.points, self._came, self._follow_ups):
            outer.addWidget(part)
        outer.addSpacing(theme.SMALL)
        outer.addWidget(self.whole)
        outer.addWidget(self.text)
        outer.addWidget(CountLine(self.text.input))

    def show_meeting(self, meeting: Any, points: list[Any], items: bool) -> None:
        """Show a meeting's; `points` are all of its minutes, `items` whether its agenda has any."""
        if self.meeting is not None and self.meeting.uid != meeting.uid:
            self.text.set_value("")
        self.meeting = meeting
        final = readonly.locked(self.context, meeting)
        for name, old in self.old.items():
            old.show_meeting(meeting, getattr(meeting, name))
        loose = [point for point in points if point.item_id is None]
        self._title.setText(_("Beyond the agenda") if items else _("Points"))
        self.points.show_points(meeting, None, loose)
        nothing = final and not loose
        self._title.setVisible(not nothing)
        self.points.setVisible(not nothing)
        rows = [telling.follow_up(self.context.workspace, each) for each in _unpointed(meeting)]
        self._follow_ups.show_rows([(row, row) for row in rows])
        self._came.setVisible(bool(rows))
        if not self.text.is_typed():
            self.text.set_value(meeting.minutes)
        if final != self.text.input.isReadOnly():
            self.text.set_read_only(final)
        shown = not final or bool(meeting.minutes.strip())
        self.whole.show_record(meeting)
        self.whole.setVisible(shown)
        self.text.setVisible(shown)

    def follow_ups(self) -> list[RecordButton]:
        """The follow-ups that no point tells of."""
        return self._follow_ups.widgets()

    def commit(self) -> None:
        """Save what is typed."""
        self.points.commit()
        self.text.commit()

    def unsaved(self) -> QWidget | None:
        """Where something stands, after `commit`, that could not be saved."""
        return self.points.unsaved() or (self.text if self.text.is_typed() else None)

    def _save(self) -> None:
        text = self.text.value()

        def verb() -> bool:
            meeting = Meeting.get_by_id(self.meeting.id)
            return records.change(self.context.workspace, meeting, {"minutes": text})

        if self.context.attempt(verb) is None:
            self.text.ask_again()
        else:
            self.text.set_shown(text)

    def _make_button(self, row: Any) -> QWidget:
        return RecordButton(self.context, row)


def _unpointed(meeting: Any) -> list[Any]:
    """The follow-ups of a meeting that stand in none of its points."""
    told = Point.select(Point.follow_up).where((Point.meeting == meeting.id) & Point.follow_up.is_null(False))
    rows = FollowUp.select().where((FollowUp.meeting == meeting.id) & FollowUp.id.not_in(told))
    return list(rows.order_by(FollowUp.id))


class OldText(Ground):
    """A text that points can be made of; takes no room where there is none."""

    tone = "hover"

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.name = context, name
        self.meeting: Any = None
        title = QLabel(field(Meeting, name).title)
        title.setProperty("muted", True)
        self.view = MarkdownView()
        self.view.setAccessibleName(title.text())
        self.act = QPushButton(_(OLD[name]))
        self.act.clicked.connect(self._make)
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        self.head = TextHead(context, title, name, title.text())
        outer.addWidget(self.head)
        outer.addWidget(self.view)
        outer.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_meeting(self, meeting: Any, text: str) -> None:
        """Show the text of a meeting."""
        self.meeting = meeting
        self.head.show_record(meeting)
        if text != self.view.text():
            self.view.set_text(text)
        self.act.setVisible(not readonly.locked(self.context, meeting))
        self.setVisible(bool(text.strip()))

    def _make(self) -> None:
        self.context.attempt(lambda: minutes.into_points(self.context.workspace, self.meeting, self.name))
