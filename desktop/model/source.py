"""Sources: the documents that the agenda comes from."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model.base import Entity
from desktop.model.dates import FuzzyDate
from desktop.model.kinds import Link, LongText, SortKey, Text


class Source(Entity):
    """A report, article or paper."""

    singular, plural = N_("Source"), N_("Sources")
    prefix, yearly = "SRC", False

    title = Text(N_("Title"), required=True, listed=True, searched=True, sort="title_key", width=48)
    title_key = SortKey("title")
    author = Text(N_("Author"), listed=True, searched=True)
    publisher = Text(N_("Publisher"), listed=True, searched=True)
    published_on = FuzzyDate(N_("Published"), listed=True, index=True)
    link = Link(N_("Web address"))
    language = Text(N_("Language"), width=10)
    notes = LongText(N_("Notes"), searched=True)
