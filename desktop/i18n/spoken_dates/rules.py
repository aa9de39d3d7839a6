"""What a grammar is made of: rules that find one kind of phrase and read the day that it means.

A rule's pattern may name groups that stand for more than themselves: `by…` marks a day as the one by which
something is due; `unclear…` is what makes a phrase name no day (after Friday, 3 or 4 December); `title…` is what
makes it a part of the text (Friday's meeting, the letter of 3 May). To add a kind of phrase: a rule in each
language, rows in `tests/i18n/phrases.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from desktop.i18n.spoken_dates import days
from desktop.i18n.typed_dates import parse_date

Reader = Callable[[re.Match[str], date], date | None]
"""The day of a match, None where it is no date after all; raises `Unclear`."""

YEAR = "(?:19|20|21)[0-9]{2}"
_LEFT, _RIGHT = r"(?<![\w'/@#$€£.-])(?<![0-9],)", r"(?![\w@])"
"""A phrase stands for itself: not in Pre-Friday, WC-2024-12-15 or 5G."""


@dataclass(frozen=True)
class Reading:
    """A phrase in the folded text; without a `date` it is not understood, and `why` says so, or it is no date."""

    start: int
    end: int
    date: date | None
    why: str
    due: bool
    language: str


@dataclass(frozen=True)
class Rule:
    """One kind of phrase of a language. Texts that have none of the words `needs` are not looked through."""

    language: str
    needs: tuple[str, ...]
    pattern: str
    read: Reader

    def readings(self, plain: str, today: date) -> Iterator[Reading]:
        """All phrases of this kind, from left to right."""
        for match in _compiled(self.pattern).finditer(plain):
            yield self._reading(match, today)

    def _reading(self, match: re.Match[str], today: date) -> Reading:
        groups = [name for name, text in match.groupdict().items() if text]
        due = any(name.startswith("by") for name in groups)
        found, why = None, ""
        try:
            if any(name.startswith("unclear") for name in groups):
                raise days.vague()
            if due or not any(name.startswith("title") for name in groups):
                found = self.read(match, today)
        except days.Unclear as error:
            why = str(error)
        return Reading(match.start(), match.end(), found, why, due, self.language)


@dataclass(frozen=True)
class Frame:
    """What may stand before and after every phrase of a language that is written with spaces."""

    language: str
    before: str
    after: str

    def rule(self, core: str, read: Reader, *needs: str, alone: bool = True) -> Rule:
        """A rule for a core; `alone` says whether it can stand without a word before it."""
        before = f"(?:(?:{self.before}) )" + ("?" if alone else "")
        return Rule(self.language, needs, f"{_LEFT}{before}(?:{core}){_RIGHT}(?:{self.after})", read)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: a start needs none."""
    return re.compile(pattern, re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """The alternative of some words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def words(text: str) -> tuple[str, ...]:
    """Words that are written in a row."""
    return tuple(text.split())


def in_days(count: int) -> Reader:
    """The reader of today, tomorrow and the like."""
    return lambda match, today: today + timedelta(count)


def year_end(match: re.Match[str], today: date) -> date:
    """The reader of the end of a year that is written."""
    return date(int(match["year"]), 12, 31)


def unclear(match: re.Match[str], today: date) -> date | None:
    """The reader of phrases that name no single day."""
    raise days.vague()


def without_day(match: re.Match[str], today: date) -> date | None:
    """The reader of a month or a year alone."""
    raise days.no_day()


def year_of(match: re.Match[str]) -> int | None:
    """The year that a match has, if any."""
    return int(match["year"]) if match["year"] else None


def near_year(match: re.Match[str], today: date) -> date | None:
    """A year alone: this or the next one is a date without its day, a later one the aim of a policy."""
    if int(match["year"]) - today.year in (0, 1):
        raise days.no_day()
    return None


def numeric(rule: Callable[..., Rule]) -> list[Rule]:
    """The dates in digits of a language, by its way to make rules: 2026-12-15, 15/12/2026, 15/12."""
    stop = "(?![-/.,:]?[0-9])"
    year_first = f"{YEAR}(?P<mark>[-/.])[0-9]{{1,2}}(?P=mark)[0-9]{{1,2}}{stop}"
    year_last = f"[0-9]{{1,2}}(?P<mark>[-/.])[0-9]{{1,2}}(?P=mark)(?:[0-9]{{4}}|[0-9]{{2}}){stop}"
    bare = f"(?P<one>[0-9]{{1,2}})/(?P<other>[0-9]{{1,2}}){stop}(?! (?:of|de|do|da|dos|das) )"
    return [
        rule(year_first, whole, "-", "/", "."),
        rule(year_last, whole, "-", "/", "."),
        rule(bare, day_and_month, "/"),
    ]


def whole(match: re.Match[str], today: date) -> date | None:
    """A date in digits with its year."""
    found = re.search("[0-9]+[-/.][0-9]+[-/.][0-9]+", match[0])
    assert found is not None
    try:
        return parse_date(found[0])
    except ValueError as error:
        if re.fullmatch("[0-9]+([-.])[0-9]+\\1[0-9]{2}", found[0]) and not re.match(YEAR, found[0]):
            return None  # 1.2.10 is a version or a paragraph
        raise days.Unclear(str(error)) from None


def day_and_month(match: re.Match[str], today: date) -> date | None:
    """15/12, which is 15 December everywhere; 5/6 is said to mean two days, 24/7 to be none."""
    marked = bool(match.groupdict().get("by"))
    if match["one"] == "24" and match["other"] == "7" and not marked:
        return None
    return days.two_numbers(today, int(match["one"]), int(match["other"]))
