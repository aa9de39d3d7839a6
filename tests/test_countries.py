"""Countries and regions."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from desktop.countries import (
    REGIONS,
    _spelling,
    _tables,
    countries,
    country_name,
    find_country,
    is_country,
    language_of,
    region_members,
    regions,
)
from desktop.i18n import LANGUAGES, speaking
from desktop.paths import bundled


def test_names_in_each_language() -> None:
    shown = {}
    for code in LANGUAGES:
        with speaking(code):
            shown[code] = [country_name(each) for each in ("BR", "US", "JP", "TT", "MX")]
    assert shown == {
        "en": ["Brazil", "United States", "Japan", "Trinidad and Tobago", "Mexico"],
        "ja": ["ブラジル", "米国", "日本", "トリニダード・トバゴ", "メキシコ"],
        "es": ["Brasil", "Estados Unidos", "Japón", "Trinidad y Tobago", "México"],
        "pt": ["Brasil", "Estados Unidos", "Japão", "Trinidad e Tobago", "México"],
    }
    assert country_name("??") == "??"


def test_every_language_names_every_country_once() -> None:
    for code in LANGUAGES:
        with speaking(code):
            names = countries()
            assert len(names) == 250  # ISO 3166-1 and Kosovo
            assert len(set(names.values())) == 250
            assert all(names.values())


def test_only_codes_are_countries() -> None:
    assert is_country("CL")
    assert not any(map(is_country, ["cl", "XX", "EU", "", "CHL"]))


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("en", ["Afghanistan", "Åland Islands", "Albania"]),
        ("es", ["Bélgica", "Belice", "Benín"]),
        ("pt", ["Afeganistão", "África do Sul", "Albânia"]),
        (
            "ja",
            [
                "インド",
                "英国",
                "エクアドル",
                "カナダ",
                "韓国",
                "ガンビア",
                "中国",
                "チリ",
                "日本",
                "米国",
                "ペルー",
                "南アフリカ",
            ],
        ),
    ],
)
def test_the_order_is_that_of_the_language(language: str, in_order: list[str]) -> None:
    with speaking(language):
        names = list(countries().values())
    places = [names.index(name) for name in in_order]
    assert places == sorted(places)


def test_the_list_may_be_changed_by_its_reader() -> None:
    countries().clear()
    assert countries()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CL", "CL"), ("cl", "CL"), (" ＣＬ ", "CL"), ("CHL", "CL"), ("Brasil", "BR"), ("BRAZIL", "BR"),
        ("mexico", "MX"), ("Méjico", "MX"), ("ペルー", "PE"), ("ﾍﾟﾙｰ", "PE"), ("米国", "US"),
        ("アメリカ", "US"),
        ("USA", "US"), ("U.S.", "US"), ("EEUU", "US"), ("EE. UU.", "US"), ("EUA", "US"),
        ("Estados Unidos", "US"),
        ("UK", "GB"), ("イギリス", "GB"), ("Korea", "KR"), ("Japón", "JP"), ("Japão", "JP"), ("Nippon", "JP"),
        ("Trinidad & Tobago", "TT"), ("Trinidad and Tobago", "TT"), ("St. Lucia", "LC"),
        ("Saint Lucia", "LC"),
        ("Cote d'Ivoire", "CI"), ("Costa de Marfil", "CI"), ("Turkey", "TR"), ("Holanda", "NL"),
        ("The Bahamas", "BS"),
        ("Arabia Saudí", "SA"), ("Arabia Saudita", "SA"), ("Guinea-Bissau", "GW"), ("RU", "RU"),
    ],
)  # fmt: skip
def test_a_country_is_found_as_people_write_it(text: str, code: str) -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert find_country(text) == code


@pytest.mark.parametrize("text", ["", " ", "-", "XX", "Atlantis", "South", "EU", "x" * 1_000_000])
def test_what_is_no_country_is_not_found(text: str) -> None:
    assert find_country(text) is None


def test_no_spelling_means_two_countries() -> None:
    tables = _tables()
    meant: dict[str, set[str]] = defaultdict(set)
    for code in tables["names"]["en"]:
        meant[_spelling(code)].add(code)
    for three, code in tables["alpha3"].items():
        meant[_spelling(three)].add(code)
    for names in tables["names"].values():
        for code, name in names.items():
            meant[_spelling(name)].add(code)
    for code, words in tables["variants"].items():
        for word in words:
            meant[_spelling(word)].add(code)
    assert {spelling: codes for spelling, codes in meant.items() if len(codes) > 1} == {}


def test_every_region_has_members_and_every_list_a_name() -> None:
    lists = json.loads(bundled("resources", "regions.json").read_text("utf-8"))
    assert list(lists) == list(REGIONS)
    for key, members in lists.items():
        assert all(map(is_country, members)), key
        assert len(set(members)) == len(members), key


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("latin_america_caribbean", 33), ("south_america", 12), ("sica", 8), ("caricom", 15), ("mercosur", 5),
        ("pacific_alliance", 4), ("andean_community", 4), ("asean", 11), ("quad", 4), ("g7", 7), ("g20", 19),
        ("oecd", 38), ("cptpp", 12), ("apec", 21), ("european_union", 27),
    ],
)  # fmt: skip
def test_memberships_have_their_known_size(key: str, count: int) -> None:
    assert len(region_members(key)) == count


def test_regions_that_lie_in_latin_america_are_part_of_it() -> None:
    america = set(region_members("latin_america_caribbean"))
    inside = (
        "south_america",
        "sica",
        "northern_central_america",
        "mercosur",
        "pacific_alliance",
        "andean_community",
    )
    for key in inside:
        assert set(region_members(key)) <= america, key
    assert set(region_members("caricom")) - america == {"MS"}  # no state: a British territory


def test_an_unknown_region_is_told_with_those_that_exist() -> None:
    assert regions()["quad"] == "Quad"
    with pytest.raises(ValueError, match=r"“atlantis” is no region\. Choose one of: latin_america"):
        region_members("atlantis")


def test_the_language_in_which_one_writes_to_a_country() -> None:
    spoken = {
        code: language_of(code) for code in ("JP", "BR", "PT", "CL", "MX", "ES", "US", "JM", "HT", "", "??")
    }
    assert spoken == {
        "JP": "ja",
        "BR": "pt",
        "PT": "pt",
        "CL": "es",
        "MX": "es",
        "ES": "es",
        "US": "en",
        "JM": "en",
        "HT": "en",
        "": "en",
        "??": "en",
    }
    known = [code for code in countries() if language_of(code) != "en"]
    assert len(known) == 30  # each one that is named is a country
