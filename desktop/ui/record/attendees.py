"""Who was at a meeting: people of the directory and names typed on the spot, on which side, present or excused."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, join_parts, ngettext
from desktop.model import Attendance, Invalid, Meeting, Organisation, Person, field
from desktop.model.visibility import INTERNAL
from desktop.service import meetings
from desktop.service.meetings import Attendee
from desktop.ui import offers, readonly, theme
from desktop.ui.context import Context
from desktop.ui.dialogs.enrol import enrol
from desktop.ui.editors import ChoiceEditor, editor, shown_text
from desktop.ui.editorwidget import is_undo
from desktop.ui.icons import icon
from desktop.ui.record.recordrow import RecordButton
from desktop.ui.record.summaries import Summary
from desktop.ui.visibility.changing import set_level
from desktop.ui.visibility.levelbutton import LevelButton
from desktop.ui.widgets.pickline import PickLine
from desktop.ui.widgets.problemline import ProblemLine

EDITED = ("organisation", "side", "presence", "visibility")
"""Fields of an attendance that can be changed here."""


class Attendees(QWidget):
    """The list, and a line that adds to it; every change is saved at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.meeting: Any = None
        self._shown: list[tuple[Any, ...]] = []
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._title.setFont(theme.heading_font(self.font(), 3))
        self._title.setContentsMargins(theme.TIGHT, 0, 0, 0)
        self.line = PickLine(self._search)
        self.line.setPlaceholderText(_("Add a person, or type a name"))
        self.line.setAccessibleName(_("Add an attendee"))
        self.line.picked.connect(self._add)
        self.line.returnPressed.connect(self._on_return)
        self.line.installEventFilter(self)
        self._problem = ProblemLine()
        self.enrol = QPushButton(flat=True)
        self.enrol.clicked.connect(lambda: enrol(self.context, self.window(), self.meeting))
        self._rows = QVBoxLayout(spacing=0)
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(0, 0, 0, theme.SMALL)
        outer.addWidget(self._title)
        outer.addLayout(self._rows)
        outer.addWidget(self.line)
        outer.addWidget(self._problem)
        outer.addWidget(self.enrol, 0, Qt.AlignmentFlag.AlignLeft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo(event) and not self.line.text():
            event.ignore()  # nothing to undo in here: the window undoes what was saved last
            return True
        return super().eventFilter(watched, event)

    def show_meeting(self, meeting: Meeting) -> None:
        """Show who was at a meeting."""
        if self.meeting is None or self.meeting.uid != meeting.uid:
            self.line.set_chosen(None, "")
            self._problem.say("")
        self.meeting = meeting
        rows = meetings.attendance(meeting)
        final = readonly.locked(self.context, meeting)
        present = [(row.id, row.version, final) for row in rows]
        self.line.setVisible(not final)
        self._title.setText(_("Attendees ({count})").format(count=format_number(len(rows))))
        unknown = sum(row.person_id is None for row in rows)
        words = ngettext("Add {count} to the directory…", "Add {count} to the directory…", unknown)
        self.enrol.setText(words.format(count=format_number(unknown)))
        self.enrol.setVisible(unknown > 0 and not self.context.workspace.readonly)
        if present == self._shown:
            return
        self._shown = present
        opened = {row.attendance.id for row in self.rows() if row.is_open()}
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for attendance in rows:
            row = AttendeeRow(self.context, attendance)
            row.set_open(attendance.id in opened)
            row.remove_requested.connect(lambda attendance=attendance: self._remove(attendance))
            row.set_final(final)
            self._rows.addWidget(row)

    def rows(self) -> list[AttendeeRow]:
        """The attendees on show, in order."""
        return [self._rows.itemAt(place).widget() for place in range(self._rows.count())]

    def _search(self, text: str) -> list[tuple[Any, str]]:
        return offers.offers(self.context.workspace, Person, text)

    def _on_return(self) -> None:
        if self.line.marked() is None:  # else it is picked next
            self._add()

    def _add(self) -> None:
        name = " ".join(self.line.text().split())
        if not name or self.meeting is None:
            return
        person = self.line.chosen()
        attendee = Attendee(person=person) if person is not None else Attendee(name=name)

        def verb() -> Any:
            try:
                return meetings.attend(self.context.workspace, self.meeting, attendee)
            except Invalid as error:
                self._problem.say(str(error))
                return None

        if self.context.attempt(verb) is not None:
            self._problem.say("")
            self.line.set_chosen(None, "")

    def _remove(self, attendance: Attendance) -> None:
        self.context.attempt(lambda: meetings.leave(self.context.workspace, attendance))


class AttendeeRow(QWidget):
    """One attendee; what can be changed is folded away until its button is pressed."""

    remove_requested = Signal()

    def __init__(self, context: Context, attendance: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.attendance = context, attendance
        name, detail = self._told()
        self._edit = QToolButton(icon=icon("edit", "muted"), autoRaise=True, checkable=True)
        self._edit.setToolTip(_("Change organisation, side, presence and who may see it"))
        self._edit.setAccessibleName(_("Change {name}").format(name=name))
        self._remove = QToolButton(icon=icon("close", "muted"), autoRaise=True)
        self._remove.setToolTip(_("Remove from this meeting"))
        self._remove.setAccessibleName(_("Remove {name} from this meeting").format(name=name))
        self._remove.clicked.connect(self.remove_requested)
        head = QHBoxLayout(spacing=theme.TIGHT)
        head.addWidget(self._who(name, detail), 1)
        self.level = LevelButton(join_parts(_("Visibility"), name), bare=True)
        self.level.show_level(attendance.visibility)
        self.level.setVisible(attendance.visibility != INTERNAL)
        self.level.chosen.connect(self._set_level)
        head.addWidget(self.level)
        head.addWidget(self._edit)
        head.addWidget(self._remove)
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(theme.WIDE + theme.TIGHT, 0, 0, theme.SMALL)
        grid.setSpacing(theme.TIGHT)
        self.editors = {each: editor(field(Attendance, each), context) for each in EDITED}
        for place, (each, widget) in enumerate(self.editors.items()):
            label = QLabel(widget.kind.title)
            label.setProperty("muted", True)
            label.setBuddy(widget)
            grid.addWidget(label, place, 0)
            grid.addWidget(widget, place, 1)
            widget.set_name(join_parts(widget.kind.title, name))
            widget.set_value(attendance.__data__[each])
            widget.committed.connect(lambda each=each: self._save(each))
            if isinstance(widget, ChoiceEditor) and each != "visibility":
                widget.show_whole()
        grid.setColumnStretch(1, 1)
        outer = QVBoxLayout(self, spacing=0)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(head)
        outer.addWidget(self._fields)
        self._edit.toggled.connect(self._fields.setVisible)
        self._fields.hide()

    def is_open(self) -> bool:
        return self._edit.isChecked()

    def set_open(self, opened: bool) -> None:
        """Show what can be changed, or fold it away."""
        self._edit.setChecked(opened)

    def set_final(self, final: bool) -> None:
        """Whether the minutes are final: then nothing of it can be changed."""
        for part in (self._edit, self._remove):
            part.setVisible(not final)

    def _told(self) -> tuple[str, str]:
        """Name, and what is told of the attendee."""
        row = self.attendance
        name = Person.words_of(row.person_id) if row.person_id else row.name
        organisation = Organisation.words_of(row.organisation_id) if row.organisation_id else ""
        side, presence = (field(Attendance, each).text(getattr(row, each)) for each in ("side", "presence"))
        return name, " · ".join(part for part in (organisation, side, presence) if part)

    def _who(self, name: str, detail: str) -> QWidget:
        if self.attendance.person_id:
            return RecordButton(self.context, Summary(Person, self.attendance.person_id, "", name, detail))
        words = QWidget()
        lines = QVBoxLayout(words, spacing=0)
        lines.setContentsMargins(theme.WIDE + theme.TIGHT + 2, theme.TIGHT, 0, theme.TIGHT)
        for text in (name, detail):
            line = shown_text()
            line.setText(text)
            line.setProperty("muted", text is detail)
            lines.addWidget(line)
        return words

    def _set_level(self, level: str) -> None:
        set_level(self.context, self.level, self.attendance, level)

    def _save(self, name: str) -> None:
        widget = self.editors[name]
        values, shown = {name: widget.value()}, widget.shown()

        def verb() -> bool:
            meetings.change_attendance(self.context.workspace, self.attendance, values)
            return True

        # What is being written is what is shown: the refresh that follows must not take it for typed.
        widget.set_shown(values[name])
        if not self.context.attempt(verb):
            widget.set_shown(shown)
            widget.ask_again()
