"""Dates in Spanish: el viernes, el próximo martes, en dos semanas, fin de mes, 12 de diciembre."""

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

_WEEKDAYS = words("lunes martes miercoles jueves viernes sabado domingo")
_MONTHS = words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
_COUNTED = words("uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince")
_NUMBERS = {word: place + 1 for place, word in enumerate(_COUNTED)}
_NUMBERS |= {"un": 1, "una": 1, "veinte": 20, "treinta": 30, "sesenta": 60, "noventa": 90}
_UNITS = {"dia": "days", "semana": "weeks", "mes": "months", "ano": "years", "quincena": "weeks"}

_WEEKDAY = f"(?P<weekday>{any_of(_WEEKDAYS)})"
_ANY_WEEKDAY = rf"(?P<weekday>{any_of(_WEEKDAYS)}|lun|mar|mie|jue|vie|sab|dom)\.?"
_ANY_MONTH = f"(?:{any_of(_MONTHS)}|setiembre|ene|feb|mar|abr|may|jun|jul|ago|sept?|set|oct|nov|dic)"
_MONTH = f"(?P<month>{_ANY_MONTH})"
_DAY = "(?P<day>[0-9]{1,2}o?|primero)"
_NUMBER = f"(?P<count>[0-9]{{1,4}}|{any_of(_NUMBERS)})"
_SPAN = "(?P<unit>dias?|semanas?|mes(?:es)?|anos?|quincenas?)"
_STOP = (
    r"(?= ?(?:$|[\x00();!?]|[,.:-](?![0-9]))"
    r"| (?:a|al|con|para|en|y|sobre|ante|sin|segun|que|desde|hasta|como)\b)"
)

_BY = (
    "(?:(?:a mas tardar|como muy tarde|como maximo|no mas tarde del?|antes del?|hasta|para|vence"
    "|vencimiento:?|plazo:?"
    "|fecha limite:?|limite:?)(?: hasta| antes del?| para)?)(?: (?:el|la))?(?: dia)?"
)
_UNCLEAR = (
    "(?:a partir|despues|luego) (?:del?)(?: el| dia)?|desde(?: el)?|cada|todos los|los"
    "|hacia(?: el)?|sobre(?: el)?"
    "|alrededor del?|en torno al?|no antes del?|al|entre (?:el )?[^ ]+ y(?: el)?|semana del"
    "|(?:[a-z0-9]+ )?(?:dias?|semanas?|mes(?:es)?|anos?) (?:antes|despues|siguientes) (?:del?|al?)"
    "|(?:la )?(?:vispera|dia siguiente|dia anterior|dia despues|dia antes) (?:del?|al?)"
    "|(?:el )?(?:primer|segundo|tercer|ultimo)"
)
_BEFORE = (
    f"(?P<unclear_before>{_UNCLEAR})|(?P<by>{_BY})"
    "|(?P<title_before>del?(?: dia| pasado)?|(?:el )?pasado)|el(?: dia)?|dia"
)
_AFTER = (
    "(?P<title_after> (?:pasado|anterior)(?![a-z]))?"
    "(?P<unclear_after>[-/][a-z0-9]+| (?:siguiente|santo|de ramos|de resurreccion)(?![a-z]))?"
    "(?:,? (?:a mas tardar|como muy tarde|como maximo))?"
)
FRAME = Frame("es", _BEFORE, _AFTER)


def _month(match: re.Match[str]) -> int:
    word = match["month"][:3].lower()
    return [name[:3] for name in _MONTHS].index("sep" if word == "set" else word) + 1


def _day(match: re.Match[str]) -> int:
    word = match["day"].lower().rstrip("o")
    return 1 if word == "primer" else int(word)


def _weekday_of(match: re.Match[str]) -> int | None:
    word = match.groupdict().get("weekday")
    return [name[:3] for name in _WEEKDAYS].index(word[:3].lower()) if word else None


def _weekday(match: re.Match[str], today: date) -> date:
    weekday = _weekday_of(match)
    assert weekday is not None
    week, which = (match["week"] or "").lower(), (match["which"] or "").lower()
    if week:
        return days.in_week(today, weekday, 0 if "esta" in week else 1)
    if "este" in which:
        return days.in_week(today, weekday, 0)
    return days.first_after(today, weekday)


def _day_month(match: re.Match[str], today: date) -> date:
    return days.of_month(today, _month(match), _day(match), year_of(match), _weekday_of(match))


def _numbered(match: re.Match[str], today: date) -> date:
    ahead = match.groupdict().get("ahead")
    if ahead:
        return days.of_month_ahead(today, int("este" not in ahead.lower()), _day(match), _weekday_of(match))
    return days.next_numbered(today, _day(match), _weekday_of(match))


def _relative(match: re.Match[str], today: date) -> date:
    count, unit = match["count"].lower(), match["unit"].lower()
    number = _NUMBERS[count] if count in _NUMBERS else int(count)
    if unit.startswith("quincena"):
        return days.ahead(today, number * 15, "days")
    return days.ahead(today, number, _UNITS["mes" if unit.startswith("mes") else unit.rstrip("s")])


def _end(match: re.Match[str], today: date) -> date:
    unit = {"s": "week", "m": "month", "a": "year"}[match["what"][0].lower()]
    return days.end_of(unit, today, int(bool(match["next"] or match["coming"])))


def _end_of_month(match: re.Match[str], today: date) -> date:
    return days.named_month_end(today, _month(match), year_of(match))


_YEAR = f"(?:(?:,? (?:del? )?|-)(?P<year>{YEAR})(?![.,:][0-9])|(?P<unclear_year> (?:del )?'[0-9]{{2}}))?"
_RANGE = "(?P<unclear_range>(?:del )?[0-9]{1,2}(?: ?[-/] ?| al? (?:el )?| y (?:el )?| o (?:el )?))?"
_NAMED_DAY = f"(?:{_ANY_WEEKDAY},? )?"
_ABBREVIATED = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "sep", "oct", "nov", "dic")
_SHORT_MONTH = (
    f"(?P<month>{any_of(_MONTHS)}|(?:ene|feb|abr|jun|jul|ago|sept?|oct|nov|dic|mar(?= {YEAR}))(?![a-z]))"
)
_THIS_WEEK = "esta semana|la semana que viene|la (?:proxima|siguiente) semana|la semana (?:proxima|siguiente)"
_VAGUE = (
    "(?:a |en |para )?(?:mediados|principios|comienzos|inicios|finales|fines|primera quincena"
    "|segunda quincena|primera semana"
    f"|ultima semana|inicio) del? (?:este |la |proximo |proxima )?(?:mes|ano|semana|{_ANY_MONTH}"
    f"|{YEAR})(?: que viene| proximo)?"
    "|(?:en |durante |algun dia de )*(?:esta semana|este mes|la semana que viene|el mes que viene"
    "|la (?:proxima|siguiente) semana"
    "|el (?:proximo|siguiente) mes|la semana proxima|el mes proximo|proxima semana|proximo mes)"
    "|(?:el |este |del |el proximo )?fin(?:es)? de semana|semana santa"
    f"|(?:el )?(?:fin(?:al)? del? )?(?:[1-4]t|q[1-4]|(?:primer|segundo|tercer|cuarto|ultimo|este"
    f"|proximo) (?:trimestre|semestre))(?: del? {YEAR})?"
    "|fin(?:al)? del? (?:este |proximo )?(?:trimestre|semestre|ejercicio|ano fiscal)"
    "|(?:en|dentro de) (?:(?:unos?|unas|algunos|algunas|pocos|pocas|un par de) (?:dias|semanas"
    "|meses)|[0-9a-z]+ dias (?:habiles|laborables))"
)

RULES = [
    # before what reads «pasado» otherwise
    FRAME.rule("pasado manana", in_days(2), "manana"),
    FRAME.rule("hoy(?: mismo)?|esta (?:tarde|noche|manana)", in_days(0), "hoy", "esta"),
    # «la mañana» is the morning
    FRAME.rule("(?<!la )(?<!esta )manana(?: mismo)?", in_days(1), "manana"),
    FRAME.rule("(?P<title_part>(?:por|de|en|a) la manana)", unclear, "manana"),
    FRAME.rule(
        f"(?P<which>este |proximo |el proximo )?{_WEEKDAY}(?: (?:que viene|proximo))?"
        f"(?: de (?P<week>{_THIS_WEEK}))?",
        _weekday,
        *(name[:3] for name in _WEEKDAYS),
    ),
    FRAME.rule(
        r"(?P<which>este |proximo )?(?P<week>)(?P<weekday>lun|mie|jue|vie|sab)\.?",
        _weekday,
        "lun",
        "mie",
        "jue",
        "vie",
        "sab",
        alone=False,
    ),
    FRAME.rule(f"{_RANGE}{_NAMED_DAY}{_DAY} de {_MONTH}\\.?{_YEAR}", _day_month, *_ABBREVIATED),
    FRAME.rule(f"{_RANGE}{_NAMED_DAY}{_DAY}[ /-]{_SHORT_MONTH}\\.?{_YEAR}", _day_month, *_ABBREVIATED),
    FRAME.rule(
        f"(?P<month>{any_of(_MONTHS)}) (?P<day>[0-9]{{1,2}})(?![0-9:%]|[.,][0-9])"
        "(?P<unclear_to>(?: ?- ?| al? | y | o )[0-9]{1,2}(?![0-9:]))?" + _YEAR,
        _day_month,
        *_ABBREVIATED,
    ),
    FRAME.rule(
        f"{_ANY_WEEKDAY},? (?:dia )?(?P<day>[0-9]{{1,2}}){_STOP}", _numbered, *(n[:3] for n in _WEEKDAYS)
    ),
    FRAME.rule(f"(?P<day>[0-9]{{1,2}}){_STOP}", _numbered, "el ", "dia ", "del ", alone=False),
    FRAME.rule(
        "(?P<day>[0-9]{1,2}) (?:del? )(?P<ahead>este mes|mes que viene|proximo mes|mes proximo)",
        _numbered,
        "mes",
    ),
    FRAME.rule(
        f"(?:en|dentro de|de aqui a|en (?:el|un) plazo de)(?: los proximos| las proximas)? "
        f"(?P<unclear_range>[0-9a-z]+ ?(?:-|a|o) ?)?{_NUMBER} {_SPAN}"
        "(?P<unclear_of> (?:desde|despues|antes|siguientes|y medi[oa]|habiles|laborables|o [a-z]+)(?![a-z]))?",
        _relative,
        "en ",
        "dentro de",
        "aqui a",
    ),
    FRAME.rule(
        "(?:a |el )?fin(?:al)? (?:del?|de la) (?:est[ea] )?(?P<next>proxim[oa] )?"
        "(?P<what>(?<=la )semana|(?<=esta )semana"
        "|(?<=proxima )semana|mes|ano)(?P<coming> que viene| proxim[oa])?",
        _end,
        "fin",
    ),
    FRAME.rule(f"(?:a |el )?fin(?:al)? de {_MONTH}(?: del? (?P<year>{YEAR}))?", _end_of_month, "fin"),
    FRAME.rule(f"(?:a |el )?fin(?:al)? del? (?P<year>{YEAR})", year_end, "fin"),
    FRAME.rule(
        _VAGUE,
        unclear,
        "di",
        "prin",
        "com",
        "ini",
        "fin",
        "quin",
        "semana",
        "mes",
        "tr",
        "t",
        "q",
        "en ",
        "dentro",
    ),
    FRAME.rule(
        f"(?P<by_month>para|hasta|antes del?"
        f"|vence en) (?:el mes de )?(?:{any_of(_MONTHS)})(?: del? {YEAR})?(?! ?[0-9])",
        without_day,
        *_ABBREVIATED,
    ),
    FRAME.rule(
        f"(?:en|durante) (?:{any_of(_MONTHS)})(?: del? {YEAR})?(?! ?[0-9])", without_day, *_ABBREVIATED
    ),
    FRAME.rule(
        "(?P<by_year>para|hasta|antes del?) (?:este ano|el (?:proximo ano|ano que viene))", without_day, "ano"
    ),
    FRAME.rule(
        f"(?P<by_year>para|hasta|antes del?)(?: el)? (?P<year>{YEAR})(?![-/.,][0-9])", near_year, "20"
    ),
    *numeric(FRAME.rule),
]
