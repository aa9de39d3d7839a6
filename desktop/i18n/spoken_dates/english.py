"""Dates in English: by Friday, next Tuesday, in two weeks, the end of the month, 12 December."""

from __future__ import annotations

import re
from datetime import date

from desktop.i18n.spoken_dates import days
from desktop.i18n.spoken_dates.rules import (
    YEAR,
    Frame,
    any_of,
    in_days,
    near_year,
    numeric,
    unclear,
    without_day,
    words,
    year_end,
    year_of,
)

_WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
_MONTHS = words("january february march april may june july august september october november december")
_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_NUMBERS = {word: place + 1 for place, word in enumerate((_SMALL + " eighteen nineteen twenty").split())}
_NUMBERS |= {"a": 1, "an": 1, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90}
_ORDINALS = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
    "twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
    "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)

_WEEKDAY = f"(?P<weekday>{any_of(_WEEKDAYS)}|mon|tues?|wed|thu(?:rs?)?|fri)"
_ANY_WEEKDAY = rf"(?P<weekday>{any_of(_WEEKDAYS)}|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?"
_STOP = (
    r"(?= ?(?:$|[\x00();!?、。]|[,.:-](?![0-9]))"
    r"| (?:at|to|with|for|in|from|and|please|re|about|on|by|via|if|as|the|latest)\b)"
)
# «may» and «march» are verbs too: «12 may» is a date where nothing can follow it as a subject's verb
_ANY_MONTH = (
    f"(?:{any_of(set(_MONTHS) - {'may'})}|(?-i:May|MAY)|may(?=,? {YEAR}|{_STOP})"
    "|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z]))"
)
_MONTH = f"(?P<month>{_ANY_MONTH})"
_DAY = r"(?P<day>[0-9]{1,2}(?:st|nd|rd|th)?|" + any_of(_ORDINALS) + ")"
_NUMBER = f"(?P<count>[0-9]{{1,4}}|{any_of(_NUMBERS)})"
_SPAN = "(?P<unit>days?|weeks?|fortnights?|months?|years?)"
_UNIT = "(?:business |working )?(?:days?|weeks?|fortnights?|months?|years?)"
_END = "(?:eod|eob|cob|cop|close of (?:business|play)|(?:the )?end of(?: (?:the )?day)?)"

_BY = (
    "(?:(?:due|ready|needed|deadline:?|due date:?|latest)(?: on| by)?|by no later than"
    "|no later than|not later than"
    f"|by|until|till|before|on or before|up to)(?: {_END})?(?: on)?|{_END}(?: on)?"
)
_UNCLEAR = (
    "after|from|since|starting(?: on)?|beginning|as of|about|around|circa|not before|not until|no earlier than"
    "|every(?: other| second)?|each|good|easter|ash|black|cyber|palm|week (?:of|beginning|commencing)|w/c"
    "|early|late|mid|sometime(?: on| in| around)?|(?:between|from) [^ ]+ and"
    f"|(?:[a-z0-9]+ )?{_UNIT} (?:from|after|before|following|prior to|ahead of|on)"
    "|(?:the )?(?:day|eve|week|morning|evening|night) (?:before|after|of|following)"
)
_BEFORE = (
    f"(?P<unclear_before>{_UNCLEAR})|(?P<by>{_BY})"
    "|(?P<title_before>(?:of|dated|last|past|previous)(?: the| last)?)|on|for|this coming"
)
_AFTER = (
    "(?P<title_after>'s?(?![a-z]))?(?P<unclear_after>[-/][a-z0-9]+| (?:week|fortnight|after next"
    "|before last)(?![a-z]))?"
    "(?: at the latest| latest(?![a-z]))?"
)
FRAME = Frame("en", _BEFORE, _AFTER)


def _month(match: re.Match[str]) -> int:
    return [name[:3] for name in _MONTHS].index(match["month"][:3].lower()) + 1


def _day(match: re.Match[str]) -> int:
    word = match["day"].lower()
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(re.sub("[a-z]", "", word))


def _weekday_of(match: re.Match[str]) -> int | None:
    word = match.groupdict().get("weekday")
    return [name[:3] for name in _WEEKDAYS].index(word[:3].lower()) if word else None


def _weekday(match: re.Match[str], today: date) -> date:
    weekday = _weekday_of(match)
    assert weekday is not None
    which = " ".join(filter(None, (match["which"], match["week"]))).lower()
    if "coming" not in which and ("this" in which or "next" in which):
        return days.in_week(today, weekday, 1 if "next" in which else 0)
    return days.first_after(today, weekday)


def _day_month(match: re.Match[str], today: date) -> date:
    return days.of_month(today, _month(match), _day(match), year_of(match), _weekday_of(match))


def _numbered(match: re.Match[str], today: date) -> date:
    ahead = (match.groupdict().get("ahead") or "").lower()
    if ahead:
        return days.of_month_ahead(today, int(ahead == "next"), _day(match), _weekday_of(match))
    return days.next_numbered(today, _day(match), _weekday_of(match))


def _relative(match: re.Match[str], today: date) -> date:
    count, unit = match["count"].lower(), match["unit"].lower().rstrip("s") + "s"
    number = _NUMBERS[count] if count in _NUMBERS else int(count)
    return days.ahead(today, number * (1 + (unit == "fortnights")), unit.replace("fortnight", "week"))


def _end(match: re.Match[str], today: date) -> date:
    words = re.split("[ -]", match[0].lower())
    unit = next((name for name in ("week", "month", "year") if name in words), "")
    shortened = {"eow": "week", "eom": "month", "eoy": "year"}
    unit = unit or next(shortened[word] for word in words if word in shortened)
    return days.end_of(unit, today, int("next" in words))


def _end_of_month(match: re.Match[str], today: date) -> date:
    return days.named_month_end(today, _month(match), year_of(match))


_YEAR = f"(?:,? (?P<year>{YEAR})(?![.,:][0-9])|(?P<unclear_year> ?'[0-9]{{2}}))?"
_NAMED_DAY = f"(?:{_ANY_WEEKDAY},? )?(?:the )?"
_RANGE = "(?P<unclear_range>[0-9]{1,2}(?:st|nd|rd|th)?(?: ?[-/&] ?| to | and | or ))?"
_TO = "(?P<unclear_to>(?: ?- ?| to | and | or )[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9:]))?"
_WEEKS = tuple(name[:3] for name in _WEEKDAYS)
_MONTH_WORDS = tuple(name[:3] for name in _MONTHS)
_BY_WORD = "(?P<by_year>by|until|before|due(?: in)?)"
_ENDED = (
    "(?:the )?end of (?:the |this |next )?(?:week|month|year)|month-end|year-end|month end|year end|eow|eom|eoy"
    "|(?:this|next) (?:month|year)[- ]end"
)
_VAGUE = (
    f"(?:mid|early|late|(?:the )?(?:middle|beginning|start|first half|second half|(?:first|second"
    f"|third|last) week) of)"
    f"[- ](?:the |this |next )?(?:week|month|year|{_ANY_MONTH}|(?:19|20|21)[0-9]{{2}})"
    "|(?:some ?time |in |during )*(?:this|next|the coming|the following) (?:week|month|weekend)"
    "|(?:the|this) weekend"
    f"|(?:some ?time |early |late |later )(?:in |on |during |around )?(?:this |next )?(?:year|{_ANY_MONTH})"
    "|(?:the )?(?:end of (?:the )?)?(?:q[1-4]|[1-4]q|(?:first|second|third|fourth|last|this|next) quarter)"
    f"(?:(?: of)? {YEAR})?|(?:the )?end of (?:the |this |next )?(?:quarter|(?:fiscal|financial) year)"
    "|(?:in|within) (?:the next )?(?:a few|a couple of|several|some|[0-9a-z]+ (?:business"
    "|working)) (?:days|weeks|months)"
    f"|(?:the )?(?:first|second|third|fourth|last) {_ANY_WEEKDAY} (?:of|in) (?:the |this "
    f"|next )?(?:month|{_ANY_MONTH})"
)
_RELATED = (
    f"(?:in|within)(?: the next)? (?P<unclear_range>{_NUMBER.replace('<count>', '<least>')} ?(?:-"
    f"|to|or) ?)?{_NUMBER}"
    f" {_SPAN}(?:'?s?'? time)?(?P<unclear_of> (?:of|after|from|before|and a half|or (?:so|two)"
    f"|and [0-9a-z]+ {_UNIT})(?![a-z]))?"
)

RULES = [
    FRAME.rule(
        "today|tonight|this (?:morning|afternoon|evening)|eod|cob|eob", in_days(0), "to", "this", "eod", "ob"
    ),
    FRAME.rule(
        "(?:the )?end of (?:the )?day|close of business|close of play", in_days(0), "end of", "close of"
    ),
    FRAME.rule("tomorrow|tmrw", in_days(1), "tomorrow", "tmrw"),
    FRAME.rule("(?:the )?day after tomorrow", in_days(2), "tomorrow"),
    FRAME.rule(
        "(?P<which>this coming |the coming |coming |this |next |(?:this|next) week(?:'s)?,? (?:on )?)?"
        f"{_WEEKDAY}(?P<unclear_plural>s)?\\.?(?:,? (?:of )?(?P<week>(?:this|next) week))?",
        _weekday,
        *_WEEKS,
    ),
    # «sat» and «sun» are words of their own
    FRAME.rule(
        "(?P<which>this |next )?(?P<week>)(?P<weekday>sat|sun)\\.?", _weekday, "sat", "sun", alone=False
    ),
    FRAME.rule("(?P<which>this|next) (?P<week>)(?P<weekday>sat|sun)\\.?", _weekday, "sat", "sun"),
    FRAME.rule(
        f"{_RANGE}{_NAMED_DAY}{_DAY}(?: of "
        f"|[ -])?{_MONTH}\\.?(?:-(?={YEAR}))?{_YEAR.replace(',? ', ',?[ -]?', 1)}",
        _day_month,
        *_MONTH_WORDS,
    ),
    FRAME.rule(
        f"{_NAMED_DAY}{_MONTH}\\.? (?:the )?{_DAY}(?![0-9:%]|[.,][0-9]){_TO}{_YEAR}",
        _day_month,
        *_MONTH_WORDS,
    ),
    FRAME.rule(
        f"(?:{_ANY_WEEKDAY},? )?the (?P<day>[0-9]{{1,2}}(?:st|nd|rd|th)){_STOP}",
        _numbered,
        "st",
        "nd",
        "rd",
        "th",
    ),
    FRAME.rule(f"(?:the )?{_DAY} of (?P<ahead>this|next) month", _numbered, "month"),
    FRAME.rule(f"{_ANY_WEEKDAY},? {_DAY}(?![0-9:%]|[.,:/][0-9]){_STOP}", _numbered, *_WEEKS),
    FRAME.rule(_RELATED, _relative, "in "),
    FRAME.rule(f"{_NUMBER} {_SPAN} from (?:now|today)", _relative, "from "),
    FRAME.rule(_ENDED, _end, "end", "eo"),
    FRAME.rule(f"(?:the )?end of (?:{_MONTH}(?:,? (?P<year>{YEAR}))?)", _end_of_month, "end of"),
    FRAME.rule(f"(?:the )?end of (?P<year>{YEAR})", year_end, "end of"),
    FRAME.rule(
        _VAGUE,
        unclear,
        "mid",
        "early",
        "late",
        "half",
        "ning",
        "start",
        "week",
        "month",
        "some",
        "q",
        "quarter",
        "year",
        "in ",
    ),
    FRAME.rule(
        f"(?P<by_month>by|until|before|due(?: in)?) {_MONTH}(?:,? {YEAR})?(?! ?[0-9])",
        without_day,
        *_MONTH_WORDS,
    ),
    FRAME.rule(f"(?:in|during) {_MONTH}(?:,? {YEAR})?(?! ?[0-9])", without_day, *_MONTH_WORDS),
    FRAME.rule(f"{_BY_WORD} (?:(?:this|next) year|{YEAR}-[0-9]{{1,2}}(?![-0-9]))", without_day, "year", "20"),
    FRAME.rule(f"{_BY_WORD} (?P<year>{YEAR})(?![-/.,][0-9])", near_year, "20"),
    *numeric(FRAME.rule),
]
