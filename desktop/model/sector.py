"""Sectors: the fields of policy that records are sorted into."""

from __future__ import annotations

from typing import Any

import peewee as pw

from desktop.i18n import N_
from desktop.model.base import Entity
from desktop.model.kinds import Kind, LongText, SortKey, Text
from desktop.sectors import catalogued, sector_name, sectors_with, spoken_names


class SectorName(Text):
    """What a sector is called: kept as the catalogue or the office has it, read in the language spoken."""

    def shown(self, raw: str) -> str:
        return sector_name(raw)

    def sorting(self, table: Any) -> Any:
        """As the names read in the language spoken."""
        kept = super().sorting(table)
        keys = [(name, SortKey.key(told)) for name, told in spoken_names().items()]
        return pw.Case(getattr(table, self.name), keys, kept) if keys else kept


class Sector(Entity):
    """A field of policy, such as telecommunications."""

    singular, plural = N_("Sector"), N_("Sectors")
    naming, prefix, yearly = "name", "SEC", False

    name = SectorName(N_("Name"), required=True, listed=True, searched=True, sort="name_key")
    name_key = SortKey("name")
    notes = LongText(N_("Notes"), searched=True)

    @classmethod
    def find(cls, text: str, field: Kind | None = None) -> Any:
        """By its name in any language too, where it is a sector of the catalogue."""
        known = catalogued(text)
        if known is None or cls.select().where(cls.named(text)).exists():
            return super().find(text, field)
        return super().find(known, field)

    @classmethod
    def shown_as(cls, table: Any) -> Any:
        return table.name

    @classmethod
    def spoken(cls, words: str) -> str:
        """Its name in the language spoken, where the catalogue knows it."""
        return sector_name(words)

    @classmethod
    def called(cls, text: str) -> list[str]:
        """The names of the catalogue's sectors that read so in the language spoken."""
        return sectors_with(text)
