"""What a meeting is made of: the items of its agenda, the points of its minutes, and the final versions of both."""

from __future__ import annotations

from desktop.i18n import N_, _
from desktop.model import scales
from desktop.model.base import Record, Subject
from desktop.model.dates import Timestamp
from desktop.model.follow_up import FollowUp
from desktop.model.kinds import Choice, Document, Invalid, LongText, Number, Text
from desktop.model.meeting import Meeting
from desktop.model.person import Person
from desktop.model.relations import Reference


def _meeting() -> Reference:
    """The meeting that a part belongs to."""
    return Reference(N_("Meeting"), Meeting, null=False, required=True)


class AgendaItem(Record):
    """Something that a meeting is to discuss, at its place among the others.

    `subject` is the record that it is about, if any; `carried_from` the item of an earlier meeting that it takes up.
    """

    singular, plural = N_("Agenda item"), N_("Agenda items")

    meeting = _meeting()
    position = Number(N_("Position"), default=1)
    topic = Text(N_("Topic"), required=True)
    subject = Reference(N_("Record"), Subject)
    carried_from = Reference(N_("Carried over from"), "self")
    state = Choice(N_("State of the item"), scales.AGENDA_STATE, default="open")


class Point(Record):
    """A point of the minutes, of an agenda item or of none: a note, a decision, or a follow-up that came of it.

    `was` is what it was before it became what it is; the text of a follow-up's point is what was said of it.
    """

    singular, plural = N_("Point of the minutes"), N_("Points of the minutes")

    meeting = _meeting()
    item = Reference(N_("Agenda item"), AgendaItem)
    position = Number(N_("Position"), default=1)
    kind = Choice(N_("Kind"), scales.POINT, default="note")
    text = LongText(N_("Text"))
    follow_up = Reference(N_("Follow-up"), FollowUp)
    was = Choice(N_("Formerly"), scales.POINT)

    def problems(self) -> None:
        if (self.kind == "follow_up") != (self.follow_up_id is not None):
            raise Invalid(_("A point is a follow-up exactly if it names one."), "kind")
        if not self.text and self.follow_up_id is None:
            raise Invalid(_("A point of the minutes needs some words."), "text")


class MinutesVersion(Record):
    """The minutes of a meeting as they were made final: who did it, when, and their whole content.

    `content` is JSON in words, as `service.minutes` writes and compares it. What reopened it is a trace that stays.
    """

    singular, plural = N_("Version of the minutes"), N_("Versions of the minutes")

    meeting = _meeting()
    number = Number(N_("Version"), default=1)
    made_at = Timestamp(N_("Made final at"), null=False, required=True)
    made_by = Reference(N_("Made final by"), Person)
    content = Document(N_("Content"))
    reopened_at = Timestamp(N_("Reopened at"))
    reopened_by = Reference(N_("Reopened by"), Person)
    reopened_why = Text(N_("Reason for reopening"))

    class Meta:
        indexes = ((("meeting", "number"), True),)
