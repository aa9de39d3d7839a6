"""Views of lists that somebody saved under a name; they stand in the side bar."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model.base import Record
from desktop.model.kinds import Document, Number, SortKey, Text


class SavedView(Record):
    """What a list is narrowed to, its columns, order and groups. `service.views` reads and writes the definition."""

    singular, plural = N_("Saved view"), N_("Saved views")

    name = Text(N_("Name"), required=True, sort="name_key")
    name_key = SortKey("name")
    page = Text(N_("List"), required=True)
    """The key of the entity that the list is of."""
    definition = Document(N_("Definition"))
    """JSON; what it names of other records, it names by uid."""
    position = Number(N_("Place"), default=1)
