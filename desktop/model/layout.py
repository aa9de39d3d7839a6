"""What an office has made of the workbook: layouts of its own, and words of its own for the scales."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model.base import Record
from desktop.model.kinds import Document, SortKey, Text


class Layout(Record):
    """Which sheets a workbook has, with which columns, filters and words. `service.layouts` reads and writes it."""

    singular, plural = N_("Layout"), N_("Layouts")

    name = Text(N_("Name"), required=True, sort="name_key")
    name_key = SortKey("name")
    definition = Document(N_("Definition"))


class LabelPack(Record):
    """The words that stand for the values of the scales, in the vocabulary of somebody else."""

    singular, plural = N_("Label pack"), N_("Label packs")

    name = Text(N_("Name"), required=True, sort="name_key")
    name_key = SortKey("name")
    definition = Document(N_("Definition"))
