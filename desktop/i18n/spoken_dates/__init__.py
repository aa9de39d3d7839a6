"""Dates within a sentence, as people say them, in all four languages at once.

    find_date("Call METI by Friday", today)       → Found: from 10 to 19, the first Friday after today
    find_date("Call METI in mid-December", today) → NotUnderstood: a sentence that says why
    find_date("Call METI about 5G", today)        → None: there is no date in it

What the words mean, so that nothing is guessed:

* *Friday*, el viernes, na sexta, 金曜: the first one after today; on a Friday it is the one in a week.
* *this Friday*, este viernes, nesta sexta, 今週の金曜: the one of this week. If it is past, that is said.
* *next Friday*, 来週の金曜, «el viernes de la próxima semana»: the one of next week. Weeks begin on Monday.
* *el próximo viernes*, «el viernes que viene», «na próxima sexta», «sexta que vem», 次の金曜: the first one after
  today, as these languages use them. People differ about these words and about *next*, so whoever reads a line
  shows the date at once.
* *12 December*, *the 15th*, 15日: the next such day, today included. With its year it is that day, even if past.
  Beside a weekday both must agree.
* *the end of the week* and 今週中: its Friday. Of the month: its last day. Of the year: 31 December. 年度末: 31 March,
  as Japan counts; the fiscal years and quarters of other countries differ, so they are not understood.
* *in a month*: the same day of the next month, or that month's last one.
* *before Friday* is due on Friday, as is *by* and *until*: the day named is the one that is kept.
* 15/12 can only be one day; 5/6 can be two, and that is said, whatever the locale.

What names no single day (mid-December, next month, Q1, every Friday, after Friday, 3–5 May, in a few days) or no
day at all (31 February) is not understood. What belongs to the text is no date: Friday's meeting, the letter of
3 May, la reunión del viernes, 金曜の会議; and what stands in quotation marks.

Of several dates the one with a word such as *by* counts; two that could both be meant are not understood.

To add a language: a module with its `RULES`, its name in `_ALL`, its phrases in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from desktop.i18n.dates import format_date
from desktop.i18n.messages import _, language, quoted
from desktop.i18n.spoken_dates import elsewhere, english, japanese, portuguese, spanish
from desktop.i18n.spoken_dates.folded import Folded, quotations
from desktop.i18n.spoken_dates.rules import Reading

__all__ = ["Found", "NotUnderstood", "find_date", "quotations", "without"]

LONGEST = 1000
"""Characters that are looked through: a line, not a document."""


@dataclass(frozen=True)
class Found:
    """A date in a text, with the words around it that belong to it, such as *by*."""

    start: int
    end: int
    date: date
    words: str
    """The date for the person who typed it: Fri 27 Nov 2026."""


@dataclass(frozen=True)
class NotUnderstood:
    """What looks like a date and names no single day."""

    start: int
    end: int
    why: str
    """A whole sentence."""


_ALL = [*english.RULES, *spanish.RULES, *portuguese.RULES, *japanese.RULES, *elsewhere.RULES]


def find_date(text: str, today: date, hidden: Iterable[tuple[int, int]] = ()) -> Found | NotUnderstood | None:
    """The day by which something is due, as a text says it; spans in `hidden` are not read."""
    folded = Folded.of(text[:LONGEST], hidden)
    chosen = _chosen(list(_apart(_readings(folded.plain, today))))
    if not chosen:
        return None
    first, *others = chosen
    start, end = folded.span(first.start, first.end)
    if others:
        return NotUnderstood(start, end, _several(chosen))
    if first.date is None:
        return NotUnderstood(start, end, first.why.replace("{text}", quoted(text[start:end])))
    return Found(start, end, first.date, format_date(first.date, "weekday"))


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text without some of its parts: no space or comma is left over where they stood."""
    for start, end in sorted(spans, reverse=True):
        before, after = text[:start].rstrip(), text[end:].lstrip()
        if before and before[-1] in ",、;:-–—" and (not after or after[0] in ",、;.。"):
            before = before[:-1].rstrip()
        tight = not before or not after or after[0] in ",;.:!?)、。" or before[-1] in "(（「"
        apart = start > len(before) or end < len(text) - len(after)
        text = before + ("" if tight or not apart else " ") + after
    text = re.sub(r"\(\s*\)|（\s*）", "", text)
    return re.sub(r"\s+", " ", text).strip(" ,;、　").removeprefix(":").strip()


def _readings(plain: str, today: date) -> Iterator[Reading]:
    lower = plain.lower()
    for rule in _ALL:
        if any(need in lower for need in rule.needs):
            yield from rule.readings(plain, today)


def _apart(readings: Iterator[Reading]) -> Iterator[Reading]:
    """Readings that do not overlap: the longer counts before the shorter, the window's language before others."""
    spoken = language()
    taken: list[Reading] = []
    for reading in sorted(readings, key=lambda each: (each.start - each.end, each.language != spoken)):
        if all(reading.end <= other.start or other.end <= reading.start for other in taken):
            taken.append(reading)
            yield reading


def _chosen(readings: list[Reading]) -> list[Reading]:
    """The reading that counts, or those between which a person must choose; none is no date."""
    readings.sort(key=lambda each: each.start)
    dated = [each for each in readings if each.date is not None]
    unclear = [each for each in readings if each.date is None and each.why]
    due = [each for each in dated if each.due]
    if due:
        return _one_a_day(due)
    due_unclear = [each for each in unclear if each.due]
    if due_unclear:
        return due_unclear[:1]
    if dated and not unclear:
        return _one_a_day(dated)
    return unclear[:1]


def _one_a_day(readings: list[Reading]) -> list[Reading]:
    return list({each.date: each for each in reversed(readings)}.values())[::-1]


def _several(readings: list[Reading]) -> str:
    first, second = (format_date(each.date, "weekday") for each in readings[:2])
    return _(
        "There are two dates, {first} and {second}. Put the one that is no due date in quotation marks."
    ).format(first=first, second=second)
