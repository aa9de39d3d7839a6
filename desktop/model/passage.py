"""The texts of sources, and the passages in them that records come from."""

from __future__ import annotations

from typing import Any

from desktop.i18n import N_
from desktop.model import scales
from desktop.model.base import Record, Subject
from desktop.model.dates import Date
from desktop.model.kinds import Choice, LongText, Number, Text
from desktop.model.relations import Reference
from desktop.model.source import Source


class Edition(Record):
    """A source's text as it was taken in; the newest one counts. Its content is a `Blob` under `sha256`."""

    singular, plural = N_("Text of a source"), N_("Texts of sources")

    source = Reference(N_("Source"), Source, null=False, required=True)
    number = Number(N_("Edition"), default=1)
    name = Text(N_("File name"), required=True)
    added_on = Date(N_("Added on"), required=True)
    sha256 = Text(N_("SHA-256"), required=True)

    class Meta:
        indexes = ((("source", "number"), True),)

    @classmethod
    def shown_as(cls, table: Any) -> Any:
        return table.name


class Quote(Record):
    """A passage that a record comes from: its words, what stands around them, and where.

    `start` and `end` count characters in the text of `edition`. A quote that a newer edition does not have is
    `lost`, and keeps the place that it had in the last one.
    """

    singular, plural = N_("Passage"), N_("Passages")

    subject = Reference(N_("Record"), Subject, null=False, required=True)
    edition = Reference(N_("Text"), Edition, null=False, required=True)
    start = Number(N_("Begins at character"))
    end = Number(N_("Ends at character"))
    quote = LongText(N_("Words"), required=True)
    before = LongText(N_("Words before"))
    after = LongText(N_("Words after"))
    section = Text(N_("Section"))
    paragraph = Text(N_("Paragraph"))
    endnotes = Text(N_("Endnotes"))
    state = Choice(N_("In the text"), scales.QUOTE_STATE, default="found", index=True)
