"""Who was at a meeting, a row each: a person of the directory or a name typed, for whom, on which side."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QWidget

from desktop.i18n import N_
from desktop.model import Attendance, Organisation, Person, field
from desktop.service.meetings import Attendee
from desktop.ui import offers
from desktop.ui.context import Context
from desktop.ui.dialogs.rows import Row, Rows
from desktop.ui.fields import plain_editor, settle
from desktop.ui.widgets.pickline import PickLine


class AttendeeRow(Row):
    """Choosing a person fills in the organisation and its side."""

    def __init__(self, context: Context, parent: QObject) -> None:
        self.context = context
        super().__init__(parent)

    def make(self) -> list[QWidget]:
        self.name = PickLine(lambda text: offers.offers(self.context.workspace, Person, text))
        self.organisation = plain_editor(field(Attendance, "organisation"), self.context)
        self.side = plain_editor(field(Attendance, "side"), self.context)
        self.presence = plain_editor(field(Attendance, "presence"), self.context)
        self.presence.set_value("present")
        for choice in (self.side, self.presence):
            choice.show_whole()
        self.name.textEdited.connect(lambda _text: self.typed.emit())
        self.name.picked.connect(self._on_picked)
        self.organisation.committed.connect(self._on_organisation)
        return [self.name, self.organisation, self.side, self.presence]

    def blank(self) -> bool:
        return not self.name.text().strip()

    def _on_picked(self) -> None:
        person: Any = Person.get_by_id(self.name.chosen())
        with QSignalBlocker(self.name):
            self.name.set_chosen(person.id, person.name)
        self.organisation.set_value(person.organisation_id)
        self._set_side("post" if person.officer else None)
        self.typed.emit()

    def _on_organisation(self) -> None:
        settle(self.organisation)
        self._set_side(None)

    def _set_side(self, side: str | None) -> None:
        organisation = self.organisation.value()
        if side is None and organisation is not None:
            side = Organisation.get_by_id(organisation).side
        if side:
            self.side.set_value(side)

    def typed_person(self) -> int | None:
        """The person of the directory whose name stands here, chosen or typed in full."""
        chosen: Any = self.name.chosen()
        if chosen is None:
            same = list(Person.select().where(Person.named(self.name.text().strip())).limit(2))
            chosen = same[0].id if len(same) == 1 else None
        return chosen

    def attendee(self) -> Attendee:
        """What the row says; raises `Invalid`."""
        person = self.typed_person()
        return Attendee(
            person=person,
            name="" if person else " ".join(self.name.text().split()),
            organisation=self.organisation.value(),
            side=self.side.value(),
            presence=self.presence.value(),
        )


class Attendees(Rows):
    """The rows."""

    titles = (N_("Attendee"), N_("Organisation"), N_("Side"), N_("Presence"))
    stretches = (4, 4, 2, 2)
    spoken = N_("{part} of attendee {number}")

    def __init__(self, context: Context) -> None:
        self.context = context
        super().__init__()

    def _make(self) -> Row:
        return AttendeeRow(self.context, self)
