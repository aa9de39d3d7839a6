"""Records that belong to a subject: updates, links, extensions, attendances. They have no reference of their own."""

from __future__ import annotations

import peewee as pw

from desktop.i18n import N_, _
from desktop.model import scales
from desktop.model.base import Record, Subject
from desktop.model.dates import Date
from desktop.model.kinds import Choice, Invalid, LongText, Text
from desktop.model.meeting import Meeting
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.relations import Reference


def _subject(label: str) -> Reference:
    """A pointer into the register."""
    return Reference(label, Subject, null=False, required=True)


class Update(Record):
    """A dated, signed entry of the progress log; it sets the status that it names. Never edited, only undone."""

    singular, plural = N_("Update"), N_("Updates")

    subject = _subject(N_("Record"))
    on = Date(N_("Date"), required=True, index=True)
    aspect = Choice(N_("Sets"), scales.ASPECT, default="reported")
    status_from = Text(N_("Status before"))
    status_to = Text(N_("Status after"))
    done = LongText(N_("What was done"))
    next = LongText(N_("What is next"))
    blocks = LongText(N_("What blocks"))
    author = Reference(N_("Author"), Person)

    class Meta:
        indexes = ((("subject", "on"), False),)


class Link(Record):
    """A relation between two subjects, read in both directions."""

    singular, plural = N_("Link"), N_("Links")

    from_subject = _subject(N_("From"))
    to_subject = _subject(N_("To"))
    relation = Choice(N_("Relation"), scales.RELATION, default="related")
    note = Text(N_("Remark"))

    class Meta:
        indexes = ((("from_subject", "to_subject", "relation"), True), (("to_subject", "relation"), False))

    def problems(self) -> None:
        if self.from_subject_id == self.to_subject_id:
            raise Invalid(_("A record cannot be linked to itself."), "to_subject")


class Extension(Record):
    """A due or target date that was moved, why, and who agreed."""

    singular, plural = N_("Extension"), N_("Extensions")

    subject = _subject(N_("Record"))
    field = Text(N_("Field"))
    from_on = Date(N_("From"), index=True)
    to_on = Date(N_("To"))
    moved_on = Date(N_("Moved on"), required=True, index=True)
    reason = Text(N_("Reason"))
    agreed_by = Text(N_("Agreed by"))


class Attendance(Record):
    """Somebody at a meeting: a person of the directory, or a name typed on the spot."""

    singular, plural = N_("Attendee"), N_("Attendees")

    meeting = Reference(N_("Meeting"), Meeting, null=False, required=True)
    person = Reference(N_("Person"), Person)
    name = Text(N_("Name"))
    organisation = Reference(N_("Organisation"), Organisation)
    side = Choice(N_("Side"), scales.SIDE)
    presence = Choice(N_("Presence"), scales.PRESENCE, default="present")

    class Meta:
        constraints = (pw.Check("person_id IS NOT NULL OR name <> ''"),)

    def problems(self) -> None:
        if self.person_id is None and not self.name:
            raise Invalid(_("An attendee needs a name."), "name")
