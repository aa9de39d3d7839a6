"""Sets of countries that nobody enters: gathered by SQL from the places that tell them.

A list filters by them as by any set, so that whatever asks which records concern a country asks the same. To
have one more place: a select in the entity's `Gathered(...)` line; no migration.
"""

from __future__ import annotations

from typing import Any

import peewee as pw

from desktop.countries import country_name
from desktop.model.computed import Computed
from desktop.model.kinds import Country, SortKey
from desktop.model.relations import SEPARATOR

OWN = "SELECT subject_id AS id, country FROM subject_country WHERE role = 'where'"
"""SQL: the countries that a record of the register names itself."""


class Gathered(Computed):
    """Countries from several places; each is a select of `id`, of the record, and `country`."""

    def __init__(self, label: str, *places: str, **described: Any) -> None:
        self.places = places
        own = " UNION ".join(f"SELECT country FROM ({place}) WHERE id = {{t}}.id" for place in places)
        told = f"SELECT group_concat(country, char({ord(SEPARATOR)})) FROM ({own}) WHERE country <> ''"
        described.setdefault("width", 24)
        super().__init__(label, told, Country(""), exported=False, filtered=True, **described)

    @property
    def pairs(self) -> str:
        """SQL: every record with each of its countries, some of them more than once."""
        return " UNION ALL ".join(self.places)

    def any(self, table: Any) -> Any:
        """The select of all countries of a record."""
        own = pw.SQL(f"SELECT 1 FROM ({self.pairs}) g WHERE g.country <> '' AND g.id =")
        return pw.NodeList((own, table.id))

    def holds(self, table: Any, values: list[Any]) -> Any:
        """The condition that at least one of these countries is among a record's."""
        inside = pw.EnclosedNodeList(values)
        parts: list[Any] = [pw.SQL("(")]
        for number, place in enumerate(self.places):
            select = f"SELECT id FROM ({place}) WHERE country IN"
            parts += [pw.SQL(f"UNION ALL {select}" if number else select), inside]
        # By subquery, as sets do: the indexes then find the few that concern the country.
        return pw.Expression(table.id, "IN", pw.NodeList((*parts, pw.SQL(")"))))

    def text(self, value: Any) -> str:
        """One country as a filter names it, or all as a query selects them."""
        names = (country_name(code) for code in (value or "").split(SEPARATOR))
        return "; ".join(sorted(names, key=SortKey.key))

    def to_json(self, value: Any) -> Any:
        return sorted(value.split(SEPARATOR)) if value else []
