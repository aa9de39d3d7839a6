"""Quarters where a tracker has dates: `Q3 2026`, `3T 2026`, `第3四半期`; their last day, where the officer wants it.

A quarter is one of the calendar year, but for `2026年度`, the Japanese fiscal year, which begins in April. Other fiscal
years differ by country: `FY2026 Q3` is not understood.
"""

from __future__ import annotations

import calendar
import re

from desktop.export.intake.tracker.days import plain_date, year_of_era
from desktop.i18n import _, format_date, quoted

LAST_DAY = "last_day"
"""What the rule of a column says where a quarter in it stands for its last day."""

_WHOLE_YEAR = r"(?:19|2[01])[0-9]{2}"
_YEAR = rf"(?P<year>{_WHOLE_YEAR}|'?[0-9]{{2}})"
_WORDS = (
    ("first", "1st", "primer", "1er", "primeiro", "1o"),
    ("second", "2nd", "segundo", "2o", "2do"),
    ("third", "3rd", "tercer", "3er", "terceiro", "3o"),
    ("fourth", "4th", "cuarto", "4to", "quarto", "4o"),
)
_PLACES = {word: place for place, words in enumerate(_WORDS, 1) for word in words} | {
    word: place for place, word in enumerate(("i", "ii", "iii", "iv"), 1)
}
_NUMBER = {"一": 1, "二": 2, "三": 3, "四": 4}
_WORD = "|".join(sorted(_PLACES, key=len, reverse=True))
_NAMED = (
    r"(?:[qt]\.? ?(?P<short>[1-4])|(?P<before>[1-4]) ?[qt]"
    rf"|(?P<word>{_WORD}|[1-4])\.? ?(?:quarter|trimestre|trim|qtr)\.?)"
)
_GAP = r"(?: of | de | del | do |[ /.,-]+)?"
_WESTERN = tuple(
    re.compile(pattern)
    for pattern in (rf"{_NAMED}{_GAP}{_YEAR}", rf"(?P<year>{_WHOLE_YEAR}){_GAP}{_NAMED}", _NAMED)
)
_JAPANESE = re.compile(
    rf"(?:(?P<year>{_WHOLE_YEAR})|(?P<era>令和|平成|昭和|[rhs])\.? ?(?P<of>元|[0-9]{{1,2}}))?"
    r" ?(?P<fiscal>年度|年)? ?の?"
    r"(?:第? ?(?P<number>[1-4一二三四]) ?[・/]? ?四半期|(?P<before>[1-4]) ?q|q ?(?P<short>[1-4]))"
)
_AROUND = re.compile(
    r"^(?:(?:by|before|until) )?(?:(?:the )?end of |end |fin(?:es|al)? del? |fim do |final do )?(?:the |el |o )?"
    r"|(?: ?末(?:まで)?|まで|中)$"
)


def is_quarter(text: str) -> bool:
    """Whether a text is a quarter and nothing else."""
    return _found(text) is not None


def last_day(text: str) -> str:
    """The last day of the quarter that a text is, `yyyy-mm-dd`; '' where it is none, or has no year."""
    found = _found(text)
    if found is None or not found[0]:
        return ""
    year, quarter, fiscal = found
    month = quarter * 3 + (3 if fiscal else 0)
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def told_of(column: str, texts: list[str]) -> list[str]:
    """That a column of dates has quarters, in a sentence; nothing where it has none."""
    found = [text for text in dict.fromkeys(texts) if is_quarter(text)]
    if not found:
        return []
    words = _("Column “{column}” has quarters: {examples}.")
    return [words.format(column=column, examples=", ".join(map(quoted, found[:3])))]


def taken(text: str, how: str) -> str:
    """What becomes of a text in a column whose rule says `how`: the last day of the quarter, '' for what is none.

    Raises ValueError for one that has no year, or where nobody has said that its last day is to be taken.
    """
    if not is_quarter(text):
        return ""
    day = last_day(text)
    if not day:
        raise ValueError(_("“{text}” is a quarter without its year.").format(text=quoted(text)))
    if how != LAST_DAY:
        raise ValueError(
            _("“{text}” is a quarter. Say that its last day is taken, {date}, or write a day.").format(
                text=quoted(text), date=format_date(day)
            )
        )
    return day


def _found(text: str) -> tuple[int, int, bool] | None:
    """Year (0 where none is named), number of the quarter, and whether the year is a Japanese fiscal one."""
    typed = plain_date(text)
    if len(typed) > 40:
        return None
    typed = _AROUND.sub("", typed).strip()
    match = _JAPANESE.fullmatch(typed)
    if match is not None and (match["fiscal"] or not (match["year"] or match["era"])):
        number = match["number"] or match["before"] or match["short"]
        year = year_of_era(match["era"], match["of"]) if match["era"] else int(match["year"] or 0)
        return year, _NUMBER.get(number) or int(number), match["fiscal"] == "年度"
    for pattern in _WESTERN:
        match = pattern.fullmatch(typed)
        if match is not None:
            number = match["short"] or match["before"] or match["word"]
            named = match.groupdict().get("year") or "0"
            year = int(named.lstrip("'"))
            return (
                year + (2000 if 0 < len(named.lstrip("'")) == 2 else 0),
                _PLACES.get(number) or int(number),
                False,
            )
    return None
