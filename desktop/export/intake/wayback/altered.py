"""What a spreadsheet program alters by itself, which nobody typed: “007” becomes 7, “1-2” a day, the last of eighteen
digits zeros, straight quotes curly.

Whether somebody did type it cannot be known: such a change is proposed, and not accepted unasked. One more kind: a
function in `_KINDS`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from desktop.export import texts
from desktop.export.marks import canonical
from desktop.i18n import LANGUAGES, month_name, speaking
from desktop.text import fold

DIGITS = 15
"""That a number of a workbook keeps."""
CUTS = frozenset({255, 256, 1024, texts.MAX_UNITS})
"""UTF-16 units after which programs and older files cut a text."""
_EPOCH = dt.date(1899, 12, 30)
_LAST = 2_958_465
"""Days of a workbook, as it counts them: the last is in 9999."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_AROUND_NUMBERS = str.maketrans("", "", " '$€£¥")
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_UNITS = ("年", "月", "日")
_AUTOCORRECTED = str.maketrans(
    {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("–—−", "-"), "…": "..."}
)
_YES_OR_NO = frozenset(("true", "verdadero", "verdadeiro", "false", "falso"))


def by_itself(shown: Any, came: Any) -> bool:
    """Whether a program may have made of what a cell was exported with, unasked, what came back.

    Of a number it only loses digits: what stands in its cell is not read anew.
    """
    if isinstance(shown, int | float | Decimal) and not isinstance(shown, bool):
        return _is_one_of([Decimal(canonical(shown))], came)
    if not isinstance(shown, str) or not shown.strip() or came is None:
        return False
    return any(kind(shown.strip(), came) for kind in _KINDS)


# ---- numbers


def _number(shown: str, came: Any) -> bool:
    """Its leading zeros went, or its last digits, of a text that looks like a number."""
    return _is_one_of(_numbers(shown), came)


def _is_one_of(numbers: Iterable[Decimal], came: Any) -> bool:
    """Whether what came is one of these, or as much of one as is kept."""
    if isinstance(came, bool) or not isinstance(came, int | float | Decimal | str):
        return False
    found = canonical(came).strip() if not isinstance(came, str) else came.strip()
    if not _NUMBER.fullmatch(found):
        return False
    value = Decimal(found)
    return any(_rounded(each, value, found if isinstance(came, str) else "") for each in numbers)


def _numbers(text: str) -> Iterator[Decimal]:
    """What a program may read a text as, with points or commas between its thousands."""
    plain = canonical(text).translate(_AROUND_NUMBERS)
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1] if negative else plain
    part, plain = (100, plain[:-1]) if plain.endswith("%") else (1, plain)
    for each in {plain, plain.replace(",", ""), plain.replace(".", "").replace(",", ".")}:
        if _NUMBER.fullmatch(each):
            yield Decimal(each) / part * (-1 if negative else 1)


def _rounded(was: Decimal, came: Decimal, text: str) -> bool:
    """Whether it is the same number, or as much of it as is kept; `text` is '' of what came as a number."""
    if was == came:
        return True
    kept = _digits(came)
    if "e" in text.casefold():  # as it is shown in a narrow column: 1.23457E+17
        return _digits(was) > kept and abs(was - came) <= abs(came) * Decimal(10) ** (1 - kept)
    if _digits(was) <= DIGITS or (text and kept > DIGITS):
        return False
    return abs(was - came) <= abs(was) * Decimal(10) ** (1 - DIGITS)


def _digits(number: Decimal) -> int:
    """How many of its digits say anything."""
    return len("".join(map(str, number.as_tuple().digits)).strip("0"))


# ---- days, times, truth


def _day(shown: str, came: Any) -> bool:
    """Its parts are those of the day that it became, in any order; its year may be supposed, or its being the 1st."""
    if isinstance(came, int) and not isinstance(came, bool) and 0 < came <= _LAST:
        came = _EPOCH + dt.timedelta(days=came)  # a day whose cell is shown as a number
    if not isinstance(came, dt.date):
        return False
    parts = [fold(part) for part in _PARTS.findall(shown) if part not in _UNITS]
    numbers = Counter(int(part) for part in parts if part.isdecimal() and len(part) < 5)
    words = [part for part in parts if not part.isdecimal()]
    if len(parts) < 2 or numbers.total() + len(words) < len(parts) or len(words) > 1 or len(parts) > 3:
        return False
    if words and words[0] not in _months(came.month):
        return False
    months = () if words else (came.month,)
    return any(
        not numbers - (whole := Counter((came.day, *months, year))) and _supposed(whole - numbers, came, year)
        for year in (came.year, came.year % 100)
    )


def _supposed(missing: Counter[int], day: dt.date, year: int) -> bool:
    """Whether a program supposes what a text does not say of a day: the year, or which of the month where it is 1."""
    return not missing or missing == Counter((year,)) or (day.day == 1 and missing == Counter((1,)))


@cache
def _months(month: int) -> frozenset[str]:
    """The names of a month, each also by its first three letters."""
    found = set()
    for code in LANGUAGES:
        with speaking(code):
            for short in (True, False):
                name = fold(month_name(month, short)).rstrip(".")
                found |= {name, name[:3]}
    return frozenset(found)


def _time(shown: str, came: Any) -> bool:
    if isinstance(came, dt.timedelta):
        seconds = int(came.total_seconds())
        parts = [seconds // 3600, seconds // 60 % 60, seconds % 60]
    elif isinstance(came, dt.time):
        parts = [came.hour, came.minute, came.second]
    else:
        return False
    said = [int(part) for part in re.split("[:：]", shown) if part.strip().isdecimal()]
    return len(said) > 1 and [*said, 0][:3] == parts


def _truth(shown: str, came: Any) -> bool:
    return isinstance(came, bool) and fold(shown) in _YES_OR_NO


# ---- texts


def _text(shown: str, came: Any) -> bool:
    """Quotes, dashes and blanks stand otherwise, escapes are spelt out, or it ends where texts are cut."""
    if not isinstance(came, str):
        return False
    if texts.units(came) in CUTS and len(came) < len(shown) and shown.startswith(came):
        return True
    return _bare(shown) == _bare(came.removeprefix("'") if not shown.startswith("'") else came)


def _bare(text: str) -> str:
    said = canonical(texts.unescape(text)).translate(_AUTOCORRECTED).replace("--", "-")
    return "\n".join(line.rstrip() for line in said.split("\n")).strip()


_KINDS = (_number, _day, _time, _truth, _text)
