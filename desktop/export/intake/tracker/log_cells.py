"""Cells that keep a log: lines that begin with a date are entries, the others go on with the one before."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from desktop.export.intake.tracker import days, yearless
from desktop.i18n import LANGUAGES
from desktop.i18n.messages import table


class Entry(NamedTuple):
    """One entry of a log; `on` is a day, or '' where it tells none. `text` has the words of an inexact date."""

    on: str
    text: str
    supposed: bool = False
    """Whether the file does not tell its year."""


class _Line(NamedTuple):
    """A line; `on` is '' where it has no date, and in the year 2000 where `yearless`."""

    on: str
    text: str
    yearless: bool = False


_WIDE = str.maketrans("０１２３４５６７８９／．－（）：", "0123456789/.-():")
"""Full-width signs of dates; a text keeps its length."""
_BEFORE = r"^\s*(?:[-•·*・●○→>»✓✔■◆▪◦]\s*|[①-⑳]\s*|[0-9]{1,2}\)\s+)?"
_NO_ENTRY = r"(?!\s*(?:of|out of|de los|de las|dos|das)\b|\s*(?:まで|から|以降|以前|期限|締切))"
"""What stands behind `3/4` or `10月1日` where no entry begins."""


def _either(names: set[str]) -> str:
    found = sorted((re.escape(name.rstrip(".")) for name in names), key=len, reverse=True)
    return "(?:" + "|".join(found) + r")\.?"


@cache
def _begin() -> re.Pattern[str]:
    spoken = [table(code) for code in LANGUAGES if code != "ja"]
    month = _either(
        {name.casefold() for held in spoken for key in ("months", "months_short") for name in held[key]}
    )
    weekday = _either(
        {name.casefold() for held in spoken for key in ("weekdays", "weekdays_short") for name in held[key]}
    )
    year = r"(?:[0-9]{4}|[0-9]{2}\b)"
    forms = (
        r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}",
        r"[0-9]{4} ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?",
        r"(?:令和|平成) ?(?:元|[0-9]{1,2}) ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?",
        r"[RH][0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}",
        r"[0-9]{1,2} ?月 ?[0-9]{1,2} ?日",
        r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})",
        r"[0-9]{1,2}/[0-9]{1,2}",
        r"[0-9]{1,2}[-.][0-9]{1,2}(?=\.?[])>】]?\s*:)",
        rf"[0-9]{{1,2}}(?:st|nd|rd|th|º|°)?(?: de | |[-/.]){month}(?:(?: de | del |,? |[-/.]){year})?",
        rf"{month}(?: de | del |[ -])[0-9]{{4}}",
        rf"{month}[ -][0-9]{{1,2}}(?:st|nd|rd|th)?\b(?:,? [0-9]{{4}})?",
    )
    either = "|".join(forms)
    after = r"(?: ?\([^\W\d]{1,4}\))?"
    return re.compile(
        rf"{_BEFORE}[\[(【<]?(?:{weekday},? )?(?!24/7\b)(?P<date>{either}){after}\.?[\])】>]?"
        rf"(?=\s*[:\-–—→|、,]|\s|$|(?<=日)){_NO_ENTRY}\s*[:\-–—→|、,]*\s*(?P<text>.*)$",
        re.IGNORECASE | re.DOTALL,
    )


def _match(line: str) -> re.Match[str] | None:
    return _begin().match(line.translate(_WIDE))


def entries(text: str, order: str = "", year: int | None = None, today: str = "") -> list[Entry]:
    """The entries of a log, in its own order. A cell without a date is one entry of no day.

    A date without its year takes it from the dates around it, else it is the last such day that is not after `today`
    nor after the `year` of the sheet. Raises `days.Ambiguous` where the order of day and month matters and is not told.
    """
    found: list[_Line] = []
    for line in _lines(text):
        dated = _dated(line, order)
        if dated is not None:
            found.append(dated)
        elif found:
            found[-1] = found[-1]._replace(text=f"{found[-1].text}\n{line.rstrip()}".strip("\n"))
        else:
            found.append(_Line("", line.strip()))
    limit = min(filter(None, (f"{year}-12-31" if year else "", today)), default="")
    on = yearless.filled([line.on for line in found], [line.yearless for line in found], limit)
    return [
        Entry(day, line.text, line.yearless and bool(day))
        for day, line in zip(on, found, strict=True)
        if line.text or day
    ]


def _lines(text: str) -> list[str]:
    """The lines of a cell; one in which a date follows a semicolon is several."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        parts = re.split(r"[;；。](?=\s*\S)", line)
        kept = parts[:1]
        ends = re.findall(r"[;；。](?=\s*\S)", line)
        for end, part in zip(ends, parts[1:], strict=True):
            if _match(part):
                kept[-1] += end if end == "。" else ""
                kept.append(part)
            else:
                kept[-1] += end + part
        lines += [part for part in kept if part.strip()]
    return lines


def _dated(line: str, order: str) -> _Line | None:
    """A line that begins with a date, None for another; raises `days.Ambiguous`."""
    match = _match(line)
    if match is None:
        return None
    found = _read(match["date"], order)
    rest = line[match.start("text") :].strip()
    if found is None:
        return None
    on, without = found
    if len(on) == 10:
        return _Line(on, rest or line.strip(), without)
    return _Line(f"{on}-01", line.strip()) if len(on) == 7 else None


def _read(date: str, order: str) -> tuple[str, bool] | None:
    """A day or a month, and whether its year is missing; None for what is no date."""
    try:
        return days.read(date, order), False
    except days.Ambiguous:
        raise
    except ValueError:
        try:
            return days.read(date, order, yearless.YEAR), True
        except days.Ambiguous:
            raise
        except ValueError:
            return None


def dates_of(text: str) -> list[str]:
    """The dates with which the lines of a log begin, as they are written."""
    return [match["date"] for line in _lines(text) if (match := _match(line)) is not None]


def is_log(text: str) -> bool:
    """Whether a cell has at least one entry that begins with a date and goes on with words."""
    return any(
        match is not None and len(match["text"].strip()) >= 2 for match in map(_match, text.split("\n"))
    )
