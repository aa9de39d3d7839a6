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
        self._proposed: Attendee | None = None
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

    def propose(self, person: Any) -> None:
        """Begin with a person of the directory, of whom nobody has said anything yet."""
        self._take(person)
        self._proposed = self.attendee()

    def untouched(self) -> bool:
        """Whether it says what was proposed, and nothing else."""
        return self._proposed is not None and self.organisation.check() and self.attendee() == self._proposed

    def _on_picked(self) -> None:
        self._take(Person.get_by_id(self.name.chosen()))

    def _take(self, person: Any) -> None:
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

    def propose(self, person: Any) -> None:
        """Begin with somebody who most likely came; a row without a name counts for nothing."""
        self._rows[-1].propose(person)

    def attendees(self) -> list[Attendee]:
        """What the rows say; who was proposed and is typed once more came once. Raises `Invalid`."""
        said = [row.attendee() for row in self.rows() if not row.untouched()]
        named = {each.person for each in said}
        proposed = [row.attendee() for row in self.rows() if row.untouched()]
        return [each for each in proposed if each.person not in named] + said

    def touched(self) -> bool:
        """Whether something else stands here than what was proposed."""
        return any(not row.untouched() for row in self.rows())

    def _make(self) -> Row:
        return AttendeeRow(self.context, self)
