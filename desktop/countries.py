"""Countries by their ISO 3166 code, in the language spoken, and the regions in which officers think.

Names come from `resources/countries.json` (made by `scripts/countries.py`), memberships from
`resources/regions.json`. To add a region: its members there, its name in `REGIONS`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from typing import Any

from desktop.i18n import N_, _, join_parts, language
from desktop.paths import bundled
from desktop.text import fold

#: In the order in which they are offered. A suspended member is left out (Venezuela in Mercosur); where no
#: list is agreed (Indo-Pacific), it is the states of East, South-East and South Asia and of the Pacific.
REGIONS = {
    "latin_america_caribbean": N_("Latin America and the Caribbean"),
    "south_america": N_("South America"),
    "sica": N_("Central America (SICA)"),
    "northern_central_america": N_("Northern Central America"),
    "caricom": N_("Caribbean (CARICOM)"),
    "mercosur": N_("Mercosur"),
    "pacific_alliance": N_("Pacific Alliance"),
    "andean_community": N_("Andean Community"),
    "usmca": N_("North America (USMCA)"),
    "indo_pacific": N_("Indo-Pacific"),
    "asean": N_("ASEAN"),
    "quad": N_("Quad"),
    "g7": N_("G7"),
    "g20": N_("G20"),
    "oecd": N_("OECD"),
    "cptpp": N_("CPTPP"),
    "apec": N_("APEC"),
    "european_union": N_("European Union"),
}

_SPEAKING = {
    "ja": "JP",
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE",
    "pt": "AO BR CV GW MZ PT ST TL",
}
"""Countries in which one writes to an office in one of our languages other than English."""

_SMALL_KANA = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(bundled("resources", "countries.json").read_text("utf-8"))
    return tables


def is_country(code: str) -> bool:
    return code in _tables()["names"]["en"]


def country_name(code: str) -> str:
    """The country's short name; a code that is none stays as it is."""
    return str(_tables()["names"][language()].get(code, code))


def language_of(code: str) -> str:
    """The language of ours in which one writes to an office of that country: English unless it has another."""
    return next((spoken for spoken, where in _SPEAKING.items() if code in where.split()), "en")


def countries() -> dict[str, str]:
    """Name by code, all of them, in the order of the language."""
    return dict(_ordered(language()))


@cache
def _ordered(code: str) -> tuple[tuple[str, str], ...]:
    names: dict[str, str] = _tables()["names"][code]
    if code == "ja":
        readings: dict[str, str] = _tables()["readings"]
        return tuple(sorted(names.items(), key=lambda item: _kana_key(readings.get(item[0], item[1]))))
    return tuple(sorted(names.items(), key=lambda item: fold(item[1])))


def _kana_key(reading: str) -> tuple[str, str]:
    """Dictionary order: hiragana as katakana; voiced marks, small kana and long vowels decide last."""
    katakana = re.sub(
        "[ぁ-ゖ]", lambda match: chr(ord(match[0]) + 0x60), unicodedata.normalize("NFKC", reading)
    )
    plain = re.sub("[\u3099\u309aー・]", "", unicodedata.normalize("NFD", katakana))
    return plain.translate(_SMALL_KANA), katakana


def find_country(text: str) -> str | None:
    """The code of the country that a text means: a code, or a name in any of our languages."""
    return _spellings().get(_spelling(text))


def named_like(text: str) -> frozenset[str]:
    """The codes of the countries of which a name, in any of our languages, contains a text."""
    wanted = _spelling(text)
    return frozenset(code for spelling, code in _spellings().items() if wanted in spelling)


@cache
def _spellings() -> dict[str, str]:
    tables = _tables()
    found = {_spelling(three): code for three, code in tables["alpha3"].items()}
    for code, words in tables["variants"].items():
        found.update((_spelling(word), code) for word in words)
    for names in tables["names"].values():
        found.update((_spelling(name), code) for code, name in names.items())
    found.update((_spelling(code), code) for code in tables["names"]["en"])
    return found


def _spelling(text: str) -> str:
    return re.sub(r"[\s.,'’・\-]", "", fold(text))


def regions() -> dict[str, str]:
    """Name by key, in the order in which they are offered."""
    return {key: _(name) for key, name in REGIONS.items()}


@cache
def _memberships() -> dict[str, tuple[str, ...]]:
    lists = json.loads(bundled("resources", "regions.json").read_text("utf-8"))
    return {key: tuple(members) for key, members in lists.items()}


def region_members(key: str) -> tuple[str, ...]:
    """The codes of a region's countries. Raises ValueError for a key that is none."""
    if key not in REGIONS:
        raise ValueError(
            _("“{key}” is no region. Choose one of: {keys}.").format(key=key, keys=join_parts(*REGIONS))
        )
    return _memberships()[key]
