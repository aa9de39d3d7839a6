"""Where in a source document a record comes from."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model.base import Base
from desktop.model.kinds import LongText, Text
from desktop.model.relations import Reference
from desktop.model.source import Source


class Anchored(Base):
    """Fields of a record that a document names: section, paragraph in it, endnotes.

    Paragraphs are counted within their section, after joining the lines that page breaks cut.
    """

    source = Reference(N_("Source"), Source, section="source", filtered=True)
    section = Text(N_("Section"), section="source")
    paragraph = Text(N_("Paragraph"), section="source", width=10)
    endnotes = Text(N_("Endnotes"), section="source", width=12)
    source_note = LongText(N_("Note on the source"), section="source", searched=True)
