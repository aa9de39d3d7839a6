"""Cells that keep a log: lines that begin with a date are entries, the others go on with the one before."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from desktop.export.intake.tracker import days
from desktop.i18n import LANGUAGES
from desktop.i18n.messages import table


class Entry(NamedTuple):
    """One entry of a log; `on` is a day, or '' where it tells none. `text` has the words of an inexact date."""

    on: str
    text: str


@cache
def _begin() -> re.Pattern[str]:
    months = {
        name.casefold()
        for code in LANGUAGES
        if code != "ja"
        for name in (*table(code)["months"], *table(code)["months_short"])
    }
    month = (
        "(?:"
        + "|".join(sorted((re.escape(name.rstrip(".")) for name in months), key=len, reverse=True))
        + r")\.?"
    )
    forms = (
        r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}",
        r"[0-9]{4} ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?",
        r"(?:令和|平成) ?(?:元|[0-9]{1,2}) ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?",
        r"[RH][0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}",
        r"[0-9]{1,2} ?月 ?[0-9]{1,2} ?日",
        r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})",
        r"[0-9]{1,2}/[0-9]{1,2}",
        rf"[0-9]{{1,2}}(?: de | |-){month}(?:(?: de |,? |-)(?:[0-9]{{4}}|[0-9]{{2}}\b))?",
        rf"{month} [0-9]{{1,2}}(?:,? [0-9]{{4}})?",
    )
    either = "|".join(forms)
    weekday = r"(?: ?[(（][^\W\d]{1,4}[)）])?"
    return re.compile(
        rf"^\s*(?:[-•·*・●○]\s*)?[\[(（【<]?(?P<date>{either}){weekday}[\])）】>]?(?=\s*[:：\-–—→|、,]|\s|$)\s*[:：\-–—→|、,]*\s*(?P<text>.*)$",
        re.IGNORECASE | re.DOTALL,
    )


def entries(text: str, order: str = "", year: int | None = None, today: str = "") -> list[Entry]:
    """The entries of a log, in its own order. A cell without a date is one entry of no day."""
    found: list[Entry] = []
    for line in _lines(text):
        match = _begin().match(line)
        dated = _entry(match, line, order, year, today) if match else None
        if dated is not None:
            found.append(dated)
        elif found:
            found[-1] = Entry(found[-1].on, f"{found[-1].text}\n{line.rstrip()}".strip("\n"))
        else:
            found.append(Entry("", line.strip()))
    return [entry for entry in found if entry.text or entry.on]


def _lines(text: str) -> list[str]:
    """The lines of a cell; one in which a date follows a semicolon is several."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        parts = re.split(r"[;；。](?=\s*\S)", line)
        kept = parts[:1]
        ends = re.findall(r"[;；。](?=\s*\S)", line)
        for end, part in zip(ends, parts[1:], strict=True):
            if _begin().match(part):
                kept[-1] += end if end == "。" else ""
                kept.append(part)
            else:
                kept[-1] += end + part
        lines += [part for part in kept if part.strip()]
    return lines


def _entry(match: re.Match[str], line: str, order: str, year: int | None, today: str) -> Entry | None:
    try:
        on = days.read(match["date"], order, year, today)
    except ValueError:
        return None
    if len(on) == 10:
        return Entry(on, match["text"].strip() or line.strip())
    if len(on) == 7:
        return Entry(f"{on}-01", line.strip())
    return None


def is_log(text: str) -> bool:
    """Whether a cell has at least one entry that begins with a date and goes on with words."""
    return any(
        match is not None and len(match["text"].strip()) >= 3
        for match in (_begin().match(line) for line in text.split("\n"))
    )
