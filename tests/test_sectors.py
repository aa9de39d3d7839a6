"""What the catalogue's sectors are called in each language: all of them, found again by any of their names."""

from __future__ import annotations

import pytest

from desktop.i18n import LANGUAGES, speaking
from desktop.sectors import catalogued, sector_name
from desktop.service.catalogue import tables
from desktop.service.quick.words import SECTORS
from desktop.text import fold

NAMES = [each["name"] for each in tables()["sector"]]


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_name_in_each_language_by_which_it_is_found(name: str) -> None:
    told = {}
    for code in LANGUAGES:
        with speaking(code):
            told[code] = sector_name(name)
    assert told["en"] == name
    assert told["ja"] != name
    assert told["es"] != name or fold(name) == "clima"
    for each in told.values():
        assert catalogued(f" {each.upper()} ") == name
        assert each == name or fold(each) in SECTORS[fold(name)], "quick entry understands it too"


def test_a_sector_of_an_office_stays_as_it_is_called() -> None:
    with speaking("ja"):
        assert sector_name("Fisheries") == "Fisheries"
    assert catalogued("Fisheries") is None
