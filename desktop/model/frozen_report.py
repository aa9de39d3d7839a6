"""Reports that were closed: of which period, for whom, with which filter, and how far the journal had come by then."""

from __future__ import annotations

from desktop.i18n import N_, _
from desktop.model import scales
from desktop.model.base import Record
from desktop.model.dates import Date, Timestamp
from desktop.model.kinds import Choice, Document, Invalid, LongText, Text
from desktop.model.person import Person
from desktop.model.relations import Reference


class FrozenReport(Record):
    """A closed reporting period. `operation` is the uid of the last operation that it took in: what came after it is
    what has changed since. `scope` is the filter in JSON, as `service.reporting` writes it, '' for everything."""

    singular, plural = N_("Frozen report"), N_("Frozen reports")

    title = Text(N_("Title"), required=True)
    period_from = Date(N_("Period from"))
    period_to = Date(N_("Period to"), required=True, index=True)
    recipient = Text(N_("Recipient"))
    audience = Choice(N_("Audience"), scales.VISIBILITY, default="internal")
    layout = Text(N_("Layout"))
    scope = Document(N_("Filter"))
    operation = Text(N_("Last operation"))
    frozen_at = Timestamp(N_("Frozen at"), null=False, required=True)
    frozen_by = Reference(N_("Frozen by"), Person)
    note = LongText(N_("Note"))

    def problems(self) -> None:
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise Invalid(_("The end must not be before the start."), "period_to")
