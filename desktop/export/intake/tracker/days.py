"""Dates as trackers have them: in which order a whole column writes day and month, and what each cell then means.

What `desktop.i18n.typed_dates` understands, and besides: the order that was decided, years of two digits, Japanese
eras, and days whose year the sheet or the neighbours tell.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.export.intake.values import Value
from desktop.i18n import _, parse_date, parse_fuzzy_date, quoted

DAY_FIRST, MONTH_FIRST, MIXED = "day_first", "month_first", "mixed"
_NUMBERS = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_SHORT = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988, "s": 1925}
_ERA = re.compile(
    r"(令和|平成|昭和|[rhs])\.? ?(元|[0-9]{1,2})(?: ?年 ?|[./-])"
    r"(?:([0-9]{1,2})(?: ?月 ?|[./-]?)(?:([0-9]{1,2}) ?日?)?)?"
)
_END = re.compile(
    r"(?:by |before )?(?:the )?(?:end of|end|fin(?:es|al)? de|fim de|final de|finais de) (.+)"
    "|(.+?)(?:末日|末まで|末)"
)
SERIAL = range(36_526, 55_153)
"""Excel's numbers of the days from 2000 to 2050."""


class Ambiguous(ValueError):
    """A date that can mean two days; the text is a sentence."""


@dataclass(frozen=True)
class Order:
    """How a column writes its days. `told` is how that is known: by these cells, or not at all."""

    order: str
    """DAY_FIRST, MONTH_FIRST, MIXED, or '' where no cell tells."""
    examples: tuple[str, ...] = ()
    """Up to three cells that tell, or that could mean two days."""


def plain_date(text: str) -> str:
    """Half-width, lower case, one space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" 　.,;:")


def order_of(values: Iterable[Value]) -> Order:
    """In which order a column writes day and month, as far as its own cells tell."""
    day, month, either = list[str](), list[str](), list[str]()
    for value in values:
        found = _two_numbers(value) if isinstance(value, str) else None
        if found is None or found[0] == found[1]:
            continue
        one, other = found
        kept = day if one > 12 >= other else month if other > 12 >= one else either
        kept.append(value.strip() if isinstance(value, str) else "")
    if day and month:
        return Order(MIXED, (*day[:2], *month[:1]))
    if day or month:
        return Order(DAY_FIRST if day else MONTH_FIRST, tuple((day or month)[:3]))
    return Order("", tuple(either[:3]))


def _two_numbers(text: str) -> tuple[int, int] | None:
    """The two numbers of a date of which one is the day and one the month, None where there are none."""
    typed = plain_date(text)
    match = _NUMBERS.fullmatch(typed)
    if match:
        return int(match[1]), int(match[3])
    short = _SHORT.fullmatch(typed)
    return (int(short[1]), int(short[2])) if short else None


def is_short(text: str) -> bool:
    """Whether a text is a day and a month in numbers, without a year."""
    return _SHORT.fullmatch(plain_date(text)) is not None


def is_date(value: Value) -> bool:
    """Whether a value reads as a date, whatever the order of its parts."""
    if isinstance(value, dt.date):
        return True
    if not isinstance(value, str) or len(value) > 40:
        return False
    try:
        return bool(read(value, DAY_FIRST)) or True
    except ValueError:
        try:
            read(value, MONTH_FIRST)
        except ValueError:
            return False
        return True


def read(value: Value, order: str = "", year: int | None = None, before: str = "") -> str:
    """A day, month or year as `yyyy-mm-dd`, `yyyy-mm` or `yyyy`; raises ValueError with a sentence.

    `year` is that of days without one, `before` the last day that such a day can be.
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value in SERIAL:
            return (dt.date(1899, 12, 30) + dt.timedelta(days=int(value))).isoformat()
        value = str(value)
    text = str(value or "")
    typed = plain_date(text)
    for understand in (_of_era, _end_of_month):
        found = understand(typed)
        if found:
            return found
    numbers = _NUMBERS.fullmatch(typed)
    if numbers:
        return _ordered(numbers, order, text)
    short = _SHORT.fullmatch(re.sub(r"\(.\)$", "", typed)) or re.fullmatch(
        r"([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日(?:\(.\))?", typed
    )
    if short and (year or before):
        month, day = int(short[1]), int(short[2])
        if "月" not in typed:
            month, day = _month_and_day(month, day, order, text)
        return _with_year(month, day, year, before, text)
    named = _named_short(_spaced(typed))
    if named and (year or before):
        return _with_year(*named, year, before, text)
    return parse_fuzzy_date(_long_year(_spaced(typed)) if typed else text)


def _spaced(typed: str) -> str:
    """3-nov-26 as 3 nov 26."""
    return re.sub(
        r"(?<=[a-z])[-/.](?=[0-9])|(?<=[0-9])[-/.](?=[a-z])|(?<=[0-9])(?:st|nd|rd|th|o|º|°)\b", " ", typed
    )


def _long_year(typed: str) -> str:
    """12 may 26 as 12 may 2026: behind the name of a month, two digits are a year."""
    return re.sub(r"^([0-9]{1,2}[- ][^\W\d]{3,}\.?[- ])([0-9]{2})$", r"\g<1>20\2", typed)


def _named_short(typed: str) -> tuple[int, int] | None:
    """Month and day of `12 may` or `may 12`."""
    if (
        not re.search(r"[^\W\d_]{3}", typed)
        or not re.search(r"\b[0-9]{1,2}\b", typed)
        or re.search(r"[0-9]{3}", typed)
    ):
        return None
    try:
        found = parse_date(f"{typed} 2000")
    except ValueError:
        return None
    return found.month, found.day


def year_of_era(era: str, year: str) -> int:
    """The year that a year of a Japanese era is, such as `令和` and `元` or `8`."""
    return _ERAS[era] + (1 if year == "元" else int(year))


def _of_era(typed: str) -> str:
    match = _ERA.fullmatch(typed)
    if match is None or not (match[3] or match[1] in ("令和", "平成", "昭和")):
        return ""
    year = year_of_era(match[1], match[2])
    parts = [f"{year:04d}", *(f"{int(part):02d}" for part in (match[3], match[4]) if part)]
    return parse_fuzzy_date("-".join(parts))


def _end_of_month(typed: str) -> str:
    match = _END.fullmatch(typed)
    if match is None:
        return ""
    inner = (match[1] or match[2] or "").strip()
    try:
        found = _of_era(inner) or parse_fuzzy_date(inner)
    except ValueError:
        return ""
    if len(found) != 7:
        return ""
    return f"{found}-{calendar.monthrange(int(found[:4]), int(found[5:]))[1]:02d}"


def _ordered(numbers: re.Match[str], order: str, text: str) -> str:
    one, other = int(numbers[1]), int(numbers[3])
    year = int(numbers[4]) + (2000 if len(numbers[4]) == 2 else 0)
    if one > 12 >= other and order != MONTH_FIRST:
        order = DAY_FIRST
    elif other > 12 >= one and order != DAY_FIRST:
        order = MONTH_FIRST
    if one == other:
        order = DAY_FIRST
    if order not in (DAY_FIRST, MONTH_FIRST):
        raise Ambiguous(
            _(
                "“{text}” can mean two days: say whether this column writes the day or the month first."
            ).format(text=quoted(text))
        )
    day, month = (one, other) if order == DAY_FIRST else (other, one)
    return _real(year, month, day, text)


def _month_and_day(one: int, other: int, order: str, text: str) -> tuple[int, int]:
    """Month and day of two numbers, in the order of their column; raises ValueError where nothing tells."""
    if one > 12 or (order == DAY_FIRST and other <= 12) or one == other:
        return other, one
    if other > 12 or order == MONTH_FIRST:
        return one, other
    raise Ambiguous(
        _("“{text}” can mean two days: say whether this column writes the day or the month first.").format(
            text=quoted(text)
        )
    )


def _real(year: int, month: int, day: int, text: str) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise ValueError(
            _("“{text}” is no date in the order of this column.").format(text=quoted(text))
        ) from None


def _with_year(month: int, day: int, year: int | None, before: str, text: str) -> str:
    """The day in the year that is told, else the last one that is not after `before`."""
    if year:
        return _real(year, month, day, text)
    last = int(before[:4])
    found = _real(last, month, day, text) if (month, day) != (2, 29) else f"{last}-02-29"
    return found if found <= before else _real(last - 1, month, day, text)


def year_in(text: str) -> int | None:
    """The year that a sheet's name or a title tells, if it tells one."""
    typed = plain_date(text)
    era = re.search(r"(令和|平成)(元|[0-9]{1,2})", typed)
    if era:
        return year_of_era(era[1], era[2])
    years = set(re.findall(r"(?<![0-9])(20[0-9]{2})(?![0-9])", typed))
    return int(years.pop()) if len(years) == 1 else None
