"""The facts of a post, as the first start asks them and the dialog changes them.

The name of a post tells most: «Embassy of Japan in Chile» fills in both countries, and a country its time zone.
"""

from __future__ import annotations

import importlib.resources
import re
from functools import cache
from typing import Any

from desktop.countries import countries, find_country
from desktop.i18n import N_, speaking
from desktop.model.dates import Zone
from desktop.model.kinds import Country, Kind, Text
from desktop.model.relations import Many
from desktop.model.sets import SubjectCountry
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.fields import Fields, text_of

_WORDS = 4
"""The most words of a country's name."""


def kinds() -> dict[str, Kind]:
    """What is asked of a post, by the name of the fact."""
    asked: dict[str, Kind] = {
        "post": Text(N_("Name of the post"), required=True, help=N_("Such as “Embassy of Japan in Chile”.")),
        "own_government": Country(N_("Own government"), required=True),
        "country": Country(N_("Country of the post"), required=True),
        "zone": Zone(N_("Time zone"), required=True, help=N_("Today and what is overdue follow it.")),
        "accreditations": Many(N_("Also accredited to"), SubjectCountry, "where"),
        "partners": Many(
            N_("Partner governments"),
            SubjectCountry,
            "partner",
            help=N_("Those with whom you pursue the agenda."),
        ),
    }
    for name, kind in asked.items():
        kind.name = name
    return asked


class PostForm(Fields):
    """The fields of a post; what one of them implies is filled in where nobody has said otherwise."""

    def __init__(self, keys: AccessKeys, values: dict[str, Any] | None = None) -> None:
        super().__init__(None, keys)
        self._implied: dict[str, Any] = {}
        for name, kind in kinds().items():
            self.add(kind, (values or {}).get(name))
        self.at("post").edited.connect(self._from_name)
        self.at("country").committed.connect(self._from_country)
        self.at("country").edited.connect(self._from_country)

    def _from_name(self) -> None:
        own, host = governments(text_of(self.at("post")))
        self._imply("own_government", own)
        self._imply("country", host)
        self._from_country()

    def _from_country(self) -> None:
        code = find_country(text_of(self.at("country"))) or ""
        self._imply("zone", zone_of(code))

    def _imply(self, name: str, value: str) -> None:
        """Fill a field that is empty or still holds what was implied before."""
        field = self.at(name)
        if text_of(field) in ("", field.kind.text(self._implied.get(name, ""))):
            self._implied[name] = value
            field.set_value(value)


def governments(name: str) -> tuple[str, str]:
    """Whose post it is and where it stands, as far as its name tells: the codes of two countries, or ''."""
    found = _countries_in(name)
    if "在" in name:  # Japanese names the place first: 在チリ日本国大使館
        found = found[1:2] + found[:1]
    own, host = (*found, "", "")[:2]
    return own, host


def _countries_in(name: str) -> list[str]:
    japanese = [(name.find(word), code) for code, word in _japanese() if word in name]
    if japanese:
        return [code for _place, code in sorted(japanese)]
    words = re.findall(r"[\w'’.]+", name)
    found, place = [], 0
    while place < len(words):
        for length in range(min(_WORDS, len(words) - place), 0, -1):
            text = " ".join(words[place : place + length])
            code = find_country(text) if len(text) > 2 else None
            if code:
                found.append(code)
                place += length - 1
                break
        place += 1
    return found


@cache
def _japanese() -> tuple[tuple[str, str], ...]:
    with speaking("ja"):
        return tuple((code, word) for code, word in countries().items())


@cache
def _zones() -> dict[str, str]:
    """The first time zone of each country: where most of its people live."""
    table = importlib.resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found: dict[str, str] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _place, zone, *_rest = line.split("\t")
            found.setdefault(code, zone)
    return found


def zone_of(country: str) -> str:
    """The time zone in which most people of a country live, or ''."""
    return _zones().get(country, "")
