"""People: officers of this post, and those they deal with."""

from __future__ import annotations

from typing import Any

from desktop.i18n import N_
from desktop.model.anchored import Anchored
from desktop.model.base import Entity
from desktop.model.computed import Computed
from desktop.model.dates import Date
from desktop.model.gathered import Gathered
from desktop.model.kinds import Email, Flag, LongText, SortKey, Text
from desktop.model.organisation import Organisation
from desktop.model.relations import Reference


class Person(Entity, Anchored):
    """A person of the directory."""

    singular, plural = N_("Person"), N_("People")
    naming, prefix, yearly = "name", "PER", False

    name = Text(N_("Name"), required=True, listed=True, searched=True, sort="name_key", width=28)
    name_key = SortKey("name")
    own_name = Text(N_("Name in its own script"), searched=True, listed=True, width=18)
    title = Text(N_("Title or office"), searched=True, listed=True)
    organisation = Reference(N_("Organisation"), Organisation, listed=True, filtered=True)
    email = Email(N_("E-mail"), searched=True, listed=True)
    phone = Text(N_("Phone"), width=18)
    country = Gathered(
        N_("Country"),
        "SELECT p.id, o.country FROM person p JOIN organisation o ON o.id = p.organisation_id",
        width=16,
    )
    last_contact = Computed(
        N_("Last contact"),
        'SELECT max(m."on") FROM attendance a JOIN meeting m ON m.id = a.meeting_id WHERE a.person_id = {t}.id'
        " AND a.presence = 'present' AND m.state <> 'planned' AND NOT m.historic",
        Date(""),
        exported=False,
        width=12,
        help=N_("The last meeting at which they were present."),
    )
    officer = Flag(N_("Officer of this post"), filtered=True, index=True)
    notes = LongText(N_("Notes"), searched=True)

    @classmethod
    def shown_as(cls, table: Any) -> Any:
        return table.name
