"""Dates in Portuguese: na sexta, na sexta-feira que vem, daqui a 3 dias, fim do mês, 12 de dezembro."""

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

_WEEKDAYS = words("segunda terca quarta quinta sexta sabado domingo")
_MONTHS = words("janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro")
_COUNTED = words("um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze")
_NUMBERS = {word: place + 1 for place, word in enumerate(_COUNTED)}
_NUMBERS |= {"uma": 1, "duas": 2, "catorze": 14, "vinte": 20, "trinta": 30, "sessenta": 60, "noventa": 90}
_UNITS = {"dia": "days", "semana": "weeks", "mes": "months", "ano": "years"}

_FEIRA = "[- ]feira"
_WEEKDAY = f"(?:(?P<weekday>segunda|terca|quarta|quinta|sexta)(?P<unclear_many>s)?{_FEIRA}|(?P<weekend>sabado|domingo))"
_ANY_WEEKDAY = rf"(?P<weekday>{any_of(_WEEKDAYS)}|seg|ter|qua|qui|sex|sab|dom)(?:{_FEIRA})?\.?"
_ANY_MONTH = f"(?:{any_of(_MONTHS)}|jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez)"
_MONTH = f"(?P<month>{_ANY_MONTH})"
_DAY = "(?P<day>[0-9]{1,2}o?|primeiro)"
_NUMBER = f"(?P<count>[0-9]{{1,4}}|{any_of(_NUMBERS)})"
_SPAN = "(?P<unit>dias?|semanas?|mes(?:es)?|anos?)"
_STOP = (
    r"(?= ?(?:$|[\x00();!?]|[,.:-](?![0-9]))"
    r"| (?:a|ao|as|com|para|por|em|e|sobre|sem|que|desde|ate|como|na|no)\b)"
)

_BY = (
    "(?:(?:ate|para|antes d[eoa]|no maximo|o mais tardar|prazo:?|data[- ]limite:?|vence(?: em"
    "| n[oa])?|limite:?)"
    "(?: ate)?)(?: (?:o|a|ao|no|na|em))?(?: dia)?"
)
_UNCLEAR = (
    "(?:a partir|depois) d[eoa](?: dia)?|apos(?: [oa])?|desde(?: [oa])?|cada|tod[oa]s?(?: [ao]s?)?"
    "|[ao]s|aos|nos|nas"
    "|por volta d[eoa]|la (?:por|pelo|pela)|cerca d[eoa]|nao antes d[eoa]"
    "|entre (?:o )?[^ ]+ e(?: o)?|semana d[eoa]"
    "|(?:[a-z0-9]+ )?(?:dias?|semanas?|mes(?:es)?|anos?) (?:antes|depois|apos)(?: d?[eoa])?"
    "|(?:na |a )?(?:vespera|dia seguinte|dia anterior) (?:d?[eoa]|ao?)|(?:n?[oa] )?(?:primeir[oa]|ultim[oa])"
)
_BEFORE = (
    f"(?P<unclear_before>{_UNCLEAR})|(?P<by>{_BY})|(?P<title_before>d[eoa](?: dia)?|dest[ea]"
    f"|(?:n?[oa] )?passad[oa])"
    "|n[oa](?: dia)?|em|ao?(?: dia)?|o dia|o|dia"
)
_AFTER = (
    "(?P<title_after> (?:passad[oa]|anterior)(?![a-z]))?"
    "(?P<unclear_after>[-/][a-z0-9]+| (?:seguinte|sant[oa]|de cinzas|de carnaval|de ramos|gorda)(?![a-z]))?"
    "(?:,? (?:no maximo|o mais tardar))?"
)
FRAME = Frame("pt", _BEFORE, _AFTER)


def _month(match: re.Match[str]) -> int:
    return [name[:3] for name in _MONTHS].index(match["month"][:3].lower()) + 1


def _day(match: re.Match[str]) -> int:
    word = match["day"].lower()
    return 1 if word == "primeiro" else int(word.rstrip("o"))


def _weekday_of(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    word = groups.get("weekday") or groups.get("weekend")
    return [name[:3] for name in _WEEKDAYS].index(word[:3].lower()) if word else None


def _weekday(match: re.Match[str], today: date) -> date:
    weekday = _weekday_of(match)
    assert weekday is not None
    week, which = (match["week"] or "").lower(), (match["which"] or "").lower()
    if week:
        return days.in_week(today, weekday, 0 if week.startswith(("desta", "dessa")) else 1)
    if which and "proxim" not in which:
        return days.in_week(today, weekday, 0)
    return days.first_after(today, weekday)


def _day_month(match: re.Match[str], today: date) -> date:
    return days.of_month(today, _month(match), _day(match), year_of(match), _weekday_of(match))


def _numbered(match: re.Match[str], today: date) -> date:
    ahead = match.groupdict().get("ahead")
    if ahead:
        this = ahead.lower().startswith(("deste", "desse"))
        return days.of_month_ahead(today, int(not this), _day(match), _weekday_of(match))
    return days.next_numbered(today, _day(match), _weekday_of(match))


def _relative(match: re.Match[str], today: date) -> date:
    count, unit = match["count"].lower(), match["unit"].lower()
    number = _NUMBERS[count] if count in _NUMBERS else int(count)
    return days.ahead(today, number, _UNITS["mes" if unit.startswith("mes") else unit.rstrip("s")])


def _end(match: re.Match[str], today: date) -> date:
    unit = {"s": "week", "m": "month", "a": "year"}[match["what"][0].lower()]
    return days.end_of(unit, today, int(bool(match["next"] or match["coming"])))


def _end_of_month(match: re.Match[str], today: date) -> date:
    return days.named_month_end(today, _month(match), year_of(match))


_YEAR = f"(?:(?:,? (?:de )?|-)(?P<year>{YEAR})(?![.,:][0-9])|(?P<unclear_year> (?:de )?'[0-9]{{2}}))?"
_RANGE = "(?P<unclear_range>(?:de )?[0-9]{1,2}(?: ?[-/] ?| ao? | e (?:o )?| ou (?:o )?))?"
_NAMED_DAY = f"(?:{_ANY_WEEKDAY},? (?:dia )?)?"
_ABBREVIATED = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")
_SHORT_MONTH = (
    f"(?P<month>{any_of(_MONTHS)}|(?:jan|fev|abr|jun|jul|ago|nov|dez|(?:mar|mai|set|out)"
    f"(?=\\.|[ /-]{YEAR}|$))(?![a-z]))"
)
_WHICH = "(?P<which>n?est[ea] |n?ess[ea] |(?:n[oa] |[oa] )?proxim[oa] )?"
_COMING = (
    "(?: (?:que vem|proxim[oa]))?"
    "(?: (?P<week>d(?:est|ess)a semana|da (?:semana que vem|proxima semana|semana proxima)))?"
)
# «na segunda reunião» is the second meeting: ordinals agree with the noun, weekdays stand before anything else
_NOUN = (
    r"(?P<title_noun>(?! (?:para|pela|na|da|numa|uma|sua|nossa|essa|esta|sem|ja|la|ha)\b)"
    r" (?:[a-z]+(?:a|as|ao|oes|dade|gem|encia|ancia)|fase|parte|vez|frente|serie|classe|ordem|mao"
    r"|edicao)(?![a-z]))?"
)
_VAGUE = (
    "(?:em |n[oa] |para )?(?:meados|inicio|comeco|principios?|finais|primeira quinzena"
    "|segunda quinzena|primeira semana|ultima semana"
    f"|primeira metade|segunda metade) d(?:e|o|a|est[ea]) (?:proxim[oa] )?(?:mes|ano|semana"
    f"|{_ANY_MONTH}|{YEAR})(?: que vem)?"
    "|(?:em |durante |em algum dia d)*(?:n?esta semana|n?este mes|(?:n?a )?semana que vem"
    "|(?:n?o )?mes que vem|(?:n?a )?proxima semana"
    "|(?:n?o )?proximo mes)|(?:n?[oe](?:ste|sse)? |n?o proximo )?(?:fim|final|fins) de semana"
    "|semana santa|carnaval(?=$)"
    f"|(?:n?o )?(?:(?:fim|final) d[eo] )?(?:[1-4]t|q[1-4]|(?:primeiro|segundo|terceiro|quarto"
    f"|ultimo|proximo|este) (?:trimestre|semestre))(?: de {YEAR})?"
    "|(?:fim|final) d(?:o|este|e) (?:proximo )?(?:trimestre|semestre|exercicio|ano fiscal)"
    "|(?:em|dentro de|daqui a)(?: ate)? (?:(?:alguns|algumas|poucos|poucas|uns|umas"
    "|um par de) (?:dias|semanas|meses)|[0-9a-z]+ dias uteis)"
)

RULES = [
    # before what reads «depois» otherwise
    FRAME.rule("depois de amanha", in_days(2), "amanha"),
    FRAME.rule("hoje(?: mesmo)?|esta (?:tarde|noite|manha)", in_days(0), "hoje", "esta"),
    FRAME.rule("amanha", in_days(1), "amanha"),
    FRAME.rule(f"{_WHICH}{_WEEKDAY}(?P<unclear_plural>s)?{_COMING}", _weekday, "feira", "sab", "dom"),
    FRAME.rule(
        f"{_WHICH}(?P<weekday>segunda|terca|quarta|quinta|sexta){_COMING}{_NOUN}",
        _weekday,
        *_WEEKDAYS[:5],
        alone=False,
    ),
    FRAME.rule(
        f"{_WHICH.rstrip('?')}(?P<weekday>segunda|terca|quarta|quinta|sexta){_COMING}{_NOUN}",
        _weekday,
        *_WEEKDAYS[:5],
    ),
    FRAME.rule(
        "(?P<which>)(?P<weekday>segunda|terca|quarta|quinta|sexta) (?:que vem|(?P<week>d(?:est|ess)a semana"
        "|da (?:semana que vem|proxima semana)))",
        _weekday,
        *_WEEKDAYS[:5],
    ),
    FRAME.rule(
        r"(?P<which>)(?P<week>)(?P<weekday>seg|qua|qui|sex|sab)\.?",
        _weekday,
        "seg",
        "qua",
        "qui",
        "sex",
        "sab",
        alone=False,
    ),
    FRAME.rule(f"{_RANGE}{_NAMED_DAY}{_DAY} de {_MONTH}\\.?{_YEAR}", _day_month, *_ABBREVIATED),
    FRAME.rule(f"{_RANGE}{_NAMED_DAY}{_DAY}[ /-]{_SHORT_MONTH}\\.?{_YEAR}", _day_month, *_ABBREVIATED),
    FRAME.rule(
        f"{_ANY_WEEKDAY},? (?:dia )?(?P<day>[0-9]{{1,2}}){_STOP}",
        _numbered,
        *(name[:3] for name in _WEEKDAYS),
    ),
    FRAME.rule(f"dia (?P<day>[0-9]{{1,2}}){_STOP}", _numbered, "dia "),
    FRAME.rule(
        "(?P<day>[0-9]{1,2}) (?P<ahead>d[eo](?:ste|sse)? (?:mes|mes que vem"
        "|proximo mes))(?<!do mes)(?<!de mes)",
        _numbered,
        "mes",
    ),
    FRAME.rule(
        "(?:em(?: ate)?|dentro de|daqui a|daqui|no prazo de)(?: [oa]s proxim[oa]s)? "
        f"(?P<unclear_range>[0-9a-z]+ ?(?:-|a|ou) ?)?{_NUMBER} {_SPAN}"
        "(?P<unclear_of> (?:desde|depois|apos|antes|seguintes|e mei[oa]|uteis|ou [a-z]+)(?![a-z]))?",
        _relative,
        "em ",
        "dentro de",
        "daqui",
        "prazo",
    ),
    FRAME.rule(
        "(?:[oa] )?(?:fim|final) d(?:o|a|este|esta) (?P<next>proxim[oa] )?(?P<what>semana|mes"
        "|ano)(?P<coming> que vem| proxim[oa])?",
        _end,
        "fi",
    ),
    FRAME.rule("(?P<next>)(?P<coming>)(?:fim|final) de (?P<what>mes|ano)", _end, "fi"),
    FRAME.rule(f"(?:[oa] )?(?:fim|final) de {_MONTH}(?: de (?P<year>{YEAR}))?", _end_of_month, "fi"),
    FRAME.rule(f"(?:[oa] )?(?:fim|final) de (?P<year>{YEAR})", year_end, "fi"),
    FRAME.rule(
        _VAGUE,
        unclear,
        "me",
        "ini",
        "com",
        "prin",
        "fi",
        "quin",
        "semana",
        "tr",
        "t",
        "q",
        "em ",
        "dentro",
        "daqui",
        "carn",
    ),
    FRAME.rule(
        f"(?P<by_month>para|ate|antes de|vence em) (?:o mes de )?(?:{any_of(_MONTHS)})(?: de {YEAR})?(?! ?[0-9])",
        without_day,
        *_ABBREVIATED,
    ),
    FRAME.rule(f"(?:em|durante) (?:{any_of(_MONTHS)})(?: de {YEAR})?(?! ?[0-9])", without_day, *_ABBREVIATED),
    FRAME.rule(
        "(?P<by_year>para|ate|antes d[eo])(?: [oa])? (?:este ano|proximo ano|ano que vem)", without_day, "ano"
    ),
    FRAME.rule(f"(?P<by_year>para|ate|antes de) (?P<year>{YEAR})(?![-/.,][0-9])", near_year, "20"),
    *numeric(FRAME.rule),
]
