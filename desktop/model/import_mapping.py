"""How the columns and words of an office's tracker are taken in, kept under a name to be applied again."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model.base import Record
from desktop.model.kinds import Document, SortKey, Text


class ImportMapping(Record):
    """Which column goes to which field, and what its words mean; `export.intake.tracker.mapping` writes it."""

    singular, plural = N_("Mapping"), N_("Mappings")

    name = Text(N_("Name"), required=True, sort="name_key")
    name_key = SortKey("name")
    definition = Document(N_("Definition"))
