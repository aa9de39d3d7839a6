"""Write resources/countries.json: every country's name in our languages, and what else people write.

    python scripts/countries.py

Babel is needed to run this, never to run Juntos. Names are short, as officers use them: see `HOUSE`. To add a
spelling under which a country is found: a word in `VARIANTS`.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from babel import Locale
from babel.core import get_global

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "countries.json"

#: By language: the CLDR's locale for the names shown, and those whose names are understood too.
LOCALES = {"en": ("en",), "ja": ("ja",), "es": ("es_419", "es"), "pt": ("pt", "pt_PT")}

#: Codes of the CLDR that are not in ISO 3166 (groups, parts, tests); Kosovo's XK is in use and stays.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}

#: Where the office's name is shorter or other than the CLDR's.
HOUSE: dict[str, dict[str, str]] = {
    "en": {
        "CD": "Democratic Republic of the Congo",
        "CG": "Republic of the Congo",
        "HK": "Hong Kong",
        "MM": "Myanmar",
        "MO": "Macao",
        "VC": "Saint Vincent and the Grenadines",
    },
    "ja": {
        "CD": "コンゴ民主共和国",
        "CG": "コンゴ共和国",
        "GB": "英国",
        "HK": "香港",
        "KN": "セントクリストファー・ネービス",
        "MM": "ミャンマー",
        "MO": "マカオ",
        "US": "米国",
        "VA": "バチカン",
    },
    "es": {"CG": "República del Congo", "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao"},
    "pt": {
        "CD": "República Democrática do Congo",
        "CG": "República do Congo",
        "HK": "Hong Kong",
        "MM": "Mianmar",
        "MO": "Macau",
        "PS": "Territórios Palestinos",
    },
}

#: How the Chinese characters that begin a Japanese name are read: names sort by sound.
READINGS = {
    "中国": "ちゅうごく",
    "中央": "ちゅうおう",
    "仏領": "ふつりょう",
    "北朝鮮": "きたちょうせん",
    "北": "きた",
    "南極": "なんきょく",
    "南": "みなみ",
    "台湾": "たいわん",
    "合衆国": "がっしゅうこく",
    "日本": "にほん",
    "東": "ひがし",
    "米": "べい",
    "英": "えい",
    "西": "にし",
    "赤道": "せきどう",
    "韓国": "かんこく",
    "香港": "ほんこん",
}

#: Other names under which a country is found; case, accents and points do not matter.
VARIANTS: dict[str, str] = {
    "AE": "UAE; EAU; Emirates; Emiratos; UAE連邦; アラブ首長国",
    "BO": "Plurinational State of Bolivia; Estado Plurinacional de Bolivia; ボリビア多民族国",
    "BR": "Federative Republic of Brazil; República Federativa do Brasil; 伯国",
    "BS": "The Bahamas; Las Bahamas",
    "CD": "DRC; DR Congo; Congo - Kinshasa; Congo Kinshasa; RDC; República Democrática del Congo",
    "CG": "Congo; Congo - Brazzaville; Congo Brazzaville; República del Congo",
    "CI": "Ivory Coast; Costa de Marfil; 象牙海岸",
    "CN": "PRC; People's Republic of China; RPC; República Popular China; 中華人民共和国",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic; República Checa; República Tcheca; チェコ共和国",
    "DE": "Federal Republic of Germany; 独国; ドイツ連邦共和国",
    "DO": "Dominican Rep.; Rep. Dominicana; ドミニカ共",
    "FR": "仏国; フランス共和国",
    "GB": "UK; Great Britain; Britain; England; Gran Bretaña; Grã-Bretanha; Inglaterra; イギリス; 連合王国",
    "HK": "Hong Kong SAR; Hong Kong SAR China",
    "IN": "印国",
    "IR": "Islamic Republic of Iran",
    "JP": "日本国; Nippon; Nihon",
    "KN": "St Kitts and Nevis; St. Kitts & Nevis; セントクリストファー・ネーヴィス",
    "KP": "DPRK; RPDC; 朝鮮民主主義人民共和国",
    "KR": "Korea; Republic of Korea; ROK; Corea; República de Corea; Coreia; 大韓民国",
    "LC": "St Lucia",
    "MK": "Macedonia",
    "MM": "Burma; Birmania; Birmânia; ビルマ",
    "MX": "Méjico; Estados Unidos Mexicanos; 墨国",
    "NL": "Holland; The Netherlands; Holanda; Os Países Baixos; 蘭国",
    "PH": "The Philippines; 比国",
    "PS": "Palestine; Palestina; パレスチナ",
    "RU": "Russian Federation; Federación Rusa; Federación de Rusia; Federação Russa; ロシア連邦; 露国",
    "SR": "Surinam; Suriname",
    "SV": "Salvador",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland; Suazilandia",
    "TL": "East Timor; Timor Oriental; Timor Leste",
    "TR": "Turkey",
    "TT": "Trinidad; Trinidad & Tobago; トリニダードトバゴ",
    "TW": "Chinese Taipei; 中華民国",
    "US": "USA; U.S.; United States of America; America; EEUU; EE. UU.; Estados Unidos de América; EUA; "
    "Estados Unidos da América; アメリカ; アメリカ合衆国; 合衆国",
    "UY": "Oriental Republic of Uruguay; República Oriental del Uruguay",
    "VA": "Holy See; Santa Sede; Santa Sé; Vatican; Vaticano; バチカン市国; ローマ法王庁; ローマ教皇庁",
    "VC": "St Vincent and the Grenadines; St. Vincent & Grenadines",
    "VE": "Bolivarian Republic of Venezuela; República Bolivariana de Venezuela",
    "VN": "Viet Nam; 越国",
}


def codes() -> list[str]:
    known = map(str, Locale.parse("en").territories)
    return sorted(code for code in known if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES)


def cldr_name(code: str, locale: str) -> str:
    return str(Locale.parse(locale).territories[code])


def name(code: str, language: str) -> str:
    given = HOUSE[language].get(code) or cldr_name(code, LOCALES[language][0])
    if language == "en":
        given = given.replace(" & ", " and ").replace("St. ", "Saint ")
    return given


def variants(code: str, shown: set[str]) -> list[str]:
    """What is understood beside the names shown: the CLDR's other names, then our own list."""
    others = [cldr_name(code, locale) for locales in LOCALES.values() for locale in locales]
    others += VARIANTS[code].split("; ") if code in VARIANTS else []
    return [word for word in dict.fromkeys(others) if word not in shown]


def reading(japanese: str) -> str | None:
    start = next((start for start in READINGS if japanese.startswith(start)), None)
    return None if start is None else READINGS[start] + japanese[len(start) :]


def tables() -> dict[str, object]:
    every = codes()
    names = {language: {code: name(code, language) for code in every} for language in LOCALES}
    aliases = get_global("territory_aliases")
    return {
        "names": names,
        "readings": {code: read for code in every if (read := reading(names["ja"][code]))},
        "alpha3": {
            three: new[0]
            for three, new in sorted((str(old), new) for old, new in aliases.items())
            if re.fullmatch("[A-Z]{3}", three) and len(new) == 1 and new[0] in names["en"]
        },
        "variants": {
            code: words
            for code in every
            if (words := variants(code, {named[code] for named in names.values()}))
        },
    }


def text() -> str:
    """What the file holds."""
    return json.dumps(tables(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
    sys.stdout.write(f"{len(codes())} countries\n")
