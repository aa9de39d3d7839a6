"""Write resources/locales.json: names of months and days, separators, first weekdays, from the CLDR.

    python scripts/locales.py

Babel is needed to run this, never to run Juntos. The order of day, month and year is ours (a date is never
03/04): see `HOUSE`. To add a language: an entry in `HOUSE`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

TARGET = Path(__file__).resolve().parent.parent / "resources" / "locales.json"

#: By language: the territory whose habits count where the system names none, and the date patterns.
HOUSE: dict[str, dict[str, Any]] = {
    "en": {
        "territory": "US",
        "list_last": " and ",
        "date": {
            "medium": "{day} {mon} {year}",
            "long": "{day} {month} {year}",
            "weekday": "{wday} {day} {mon} {year}",
            "day": "{day} {mon}",
            "month": "{mon} {year}",
            "month_long": "{month} {year}",
        },
    },
    "ja": {
        "territory": "JP",
        "datetime": "{date} {time}",
        "date": {
            "medium": "{year}年{number}月{day}日",
            "long": "{year}年{number}月{day}日",
            "weekday": "{year}年{number}月{day}日({wday})",
            "day": "{number}月{day}日",
            "month": "{year}年{number}月",
            "month_long": "{year}年{number}月",
        },
    },
    "es": {
        "territory": "ES",
        "date": {
            "medium": "{day} {mon} {year}",
            "long": "{day} de {month} de {year}",
            "weekday": "{wday} {day} {mon} {year}",
            "day": "{day} {mon}",
            "month": "{mon} {year}",
            "month_long": "{month} de {year}",
        },
    },
    "pt": {
        "territory": "BR",
        "date": {
            "medium": "{day} de {mon} de {year}",
            "long": "{day} de {month} de {year}",
            "weekday": "{wday} {day} de {mon} de {year}",
            "day": "{day} de {mon}",
            "month": "{mon} de {year}",
            "month_long": "{month} de {year}",
        },
    },
}


def language_table(code: str) -> dict[str, Any]:
    locale = Locale.parse(code)
    house = HOUSE[code]
    months, days = locale.months["format"], locale.days["format"]
    numbers = locale.number_symbols["latn"]
    lists = locale.list_patterns["standard"]
    return {
        "territory": house["territory"],
        "months": [months["wide"][n] for n in range(1, 13)],
        "months_short": [months["abbreviated"][n] for n in range(1, 13)],
        "weekdays": [days["wide"][n] for n in range(7)],
        "weekdays_short": [days["abbreviated"][n] for n in range(7)],
        "date": house["date"],
        "datetime": house.get("datetime", "{date}, {time}"),
        "decimal": numbers["decimal"],
        "group": numbers["group"],
        "list": {
            "comma": lists["middle"][3:-3],
            "last": house.get("list_last", lists["end"][3:-3]),
        },
    }


def first_weekdays() -> dict[str, int]:
    """By territory, 0 for Monday; those that begin on Monday are left out."""
    days = {}
    for territory in sorted(Locale.parse("en").territories):
        if not re.fullmatch("[A-Z]{2}", territory):
            continue
        for language in get_official_languages(territory, regional=True):
            try:
                day = Locale.parse(f"{language}_{territory}").first_week_day
            except UnknownLocaleError:
                continue
            if day:
                days[territory] = day
            break
    return days


def text() -> str:
    """What the file holds."""
    tables = {
        "languages": {code: language_table(code) for code in HOUSE},
        "first_weekday": first_weekdays(),
    }
    return json.dumps(tables, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
