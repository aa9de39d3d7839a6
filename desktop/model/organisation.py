"""Organisations: governments, agencies, banks, companies, forums; and on whose side they stand."""

from __future__ import annotations

from typing import Any

import peewee as pw

from desktop.i18n import N_
from desktop.model import scales
from desktop.model.anchored import Anchored
from desktop.model.base import Entity
from desktop.model.kinds import Choice, Country, Link, LongText, SortKey, Text
from desktop.model.relations import Reference
from desktop.text import fold

GOVERNMENTAL = frozenset({"ministry", "agency", "embassy", "parliament", "subnational"})
"""Kinds whose side follows from their country."""


class Organisation(Entity, Anchored):
    """An organisation of the directory; `side` follows from its facts unless `side_set` overrides it."""

    singular, plural = N_("Organisation"), N_("Organisations")
    naming, prefix, yearly = "name", "ORG", False

    name = Text(N_("Name"), required=True, listed=True, searched=True, sort="name_key", width=40)
    name_key = SortKey("name")
    own_name = Text(N_("Name in its own language"), searched=True, listed=True)
    acronym = Text(N_("Acronym"), searched=True, listed=True, width=12)
    acronym_key = SortKey("acronym")
    aliases = Text(N_("Also known as"), searched=True, help=N_("Separate several names by semicolons."))
    kind = Choice(N_("Kind"), scales.ORGANISATION_KIND, listed=True, filtered=True, index=True)
    country = Country(N_("Country"), listed=True, filtered=True, index=True)
    side = Choice(N_("Side"), scales.SIDE, derived=True, listed=True, filtered=True, index=True)
    side_set = Choice(
        N_("Side, set by hand"),
        scales.SIDE,
        help=N_("Leave empty to let the side follow from kind and country."),
    )
    parent = Reference(N_("Part of"), "self")
    successor = Reference(N_("Succeeded by"), "self")
    link = Link(N_("Web address"))
    notes = LongText(N_("Notes"), searched=True)

    @classmethod
    def shown_as(cls, table: Any) -> Any:
        return pw.fn.COALESCE(pw.fn.NULLIF(table.acronym, ""), table.name)

    @classmethod
    def named(cls, text: str) -> Any:
        key = SortKey.key(text)
        return (cls.name_key == key) | (cls.acronym_key == key) if key else pw.SQL("0")

    def names(self) -> set[str]:
        """All its names, folded: to find likely duplicates."""
        words = [self.name, self.own_name, self.acronym, *self.aliases.split(";")]
        return {fold(word.strip()) for word in words if word.strip()}
