"""People whose names were typed at a meeting are put into the directory, or found there; organisations get a side."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.i18n import N_, _, format_number, join_parts, ngettext
from desktop.model import Meeting, Organisation, Person, field
from desktop.service import directory, meetings
from desktop.ui import theme
from desktop.ui.accesskeys import unmarked
from desktop.ui.context import Context
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.widgets.heading import Heading

MOST = 4
"""Likely duplicates that are offered for one name."""
NEW, LEAVE = "new", "leave"


def enrol(context: Context, window: Any, meeting: Any) -> None:
    """Open the dialog for those at a meeting who are not in the directory, and for organisations without a side."""
    dialog = EnrolDialog(context, window)
    dialog.given = (meeting,)
    dialog.take(meeting)
    dialog.fit()
    dialog.come_back()


class EnrolDialog(Dialog):
    """A question a person: who it is, of those of that name, or somebody new. Below, of what kind organisations are."""

    title, verb = N_("Put people into the directory"), N_("Put in")
    usual = (600, 0)

    def build(self) -> None:
        told = QLabel(
            _("Say for each who it is. The minutes read the same afterwards; it can be undone."),
            wordWrap=True,
        )
        told.setProperty("muted", True)
        self.column.addWidget(told)
        self.questions: list[Question] = []
        self.organisations: list[tuple[Any, Any]] = []
        """Those on no side yet, each with its fields."""

    def take(self, meeting: Meeting) -> None:
        """Ask for each whose name was typed."""
        for attendance in meetings.typed_only(meeting):
            self.questions.append(Question(attendance))
            self.column.insertWidget(len(self.questions), self.questions[-1])
        for organisation in meetings.without_side(meeting):
            self.column.addWidget(Heading(organisation.name, 3))
            fields = self.add_fields(columns=2)
            fields.add(field(Organisation, "kind"), narrow=True)
            fields.add(field(Organisation, "country"), beside=True)
            for name in ("kind", "country"):
                made = fields.at(name)
                made.set_name(join_parts(organisation.name, made.accessibleName()))
            self.organisations.append((organisation, fields))
        starts = [*self.questions, *(fields.at("kind") for _each, fields in self.organisations)]
        if starts:
            starts[0].setFocus()

    def typed(self) -> bool:
        return False

    def act(self) -> int:
        chosen = [(each.attendance, *each.answer()) for each in self.questions if each.answer() is not None]
        told = [(each, fields.values()) for each, fields in self.organisations]
        return meetings.enrol_all(self.context.workspace, chosen, told)

    def done_with(self, result: int) -> None:
        if result:
            words = ngettext(
                "{count} person is in the directory now.", "{count} people are in the directory now.", result
            )
            self.context.said.emit(words.format(count=format_number(result)), [])


class Question(QWidget):
    """Who somebody is: the likely ones first, of which the likeliest is proposed."""

    def __init__(self, attendance: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attendance = attendance
        works_for = Organisation.words_of(attendance.organisation_id) if attendance.organisation_id else ""
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(0, 0, 0, theme.SMALL)
        outer.addWidget(Heading(join_parts(attendance.name, works_for), 3))
        self._group = QButtonGroup(self)
        self.choices: list[tuple[QRadioButton, Any]] = []
        likely = directory.likely_duplicates(Person, attendance.name, attendance.organisation_id)
        for person in likely[:MOST]:
            self._offer(_told(person), person)
        self._offer(_("Somebody new"), NEW)
        self._offer(_("Leave the name as it is typed"), LEAVE)
        self.choices[0][0].setChecked(True)
        self.setFocusProxy(self.choices[0][0])

    def _offer(self, words: str, answer: Any) -> None:
        button = QRadioButton(unmarked(words))
        button.setAccessibleName(join_parts(self.attendance.name, words))
        self._group.addButton(button)
        self.layout().addWidget(button)
        self.choices.append((button, answer))

    def answer(self) -> tuple[Person | None] | None:
        """The person that it is, None within for somebody new; None alone to leave it."""
        chosen = next(answer for button, answer in self.choices if button.isChecked())
        if chosen == LEAVE:
            return None
        return (None if chosen == NEW else chosen,)


def _told(person: Any) -> str:
    """A person of the directory: name, office, for whom."""
    works_for = Organisation.words_of(person.organisation_id) if person.organisation_id else ""
    name = f"{person.name} {person.own_name}".strip()
    return _("{name}, in the directory as {ref}").format(
        name=join_parts(name, person.title, works_for), ref=person.ref
    )
