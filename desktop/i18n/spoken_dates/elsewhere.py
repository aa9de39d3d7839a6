"""Days in languages that Juntos does not speak: they are recognised, so that nobody waits for a reminder in vain."""

from __future__ import annotations

from desktop.i18n.spoken_dates.rules import Frame, Rule, any_of, unclear

_FRENCH = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_FRENCH_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_GERMAN = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
_GERMAN_MONTHS = "januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember"
_ITALIAN = "lunedi|martedi|mercoledi|giovedi|venerdi"
_ITALIAN_MONTHS = "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
_RUSSIAN = (
    "понедельник|вторник|сред[ауы]|четверг|пятниц[ауы]|суббот[ауы]|воскресень[ея]|завтра|послезавтра|сегодня"
)

_LATIN = Frame(
    "",
    "(?P<by>jusqu'au|jusqu'a|avant(?: le)?|pour le|d'ici(?: au?| le)?|bis(?: zum)?"
    "|spatestens(?: am)?|vor|entro(?: il)?)"
    "|le|la|am|nachsten|kommenden|il",
    "(?: (?:prochain|prochaine|prossimo))?",
)
_DAYS = f"(?:{_FRENCH})(?: prochain)?|apres-demain|demain|aujourd'hui|{_GERMAN}|ubermorgen|{_ITALIAN}|dopodomani|domani"
_SPANS = (
    "(?:la )?fin (?:du mois|de l'annee|de la semaine|de l'an)|(?:semaine|mois) prochaine?"
    "|dans [0-9a-z]+ (?:jours?|semaines?|mois)"
    "|ende (?:des monats|der woche|des jahres)|nachste[rn]? (?:woche|monat)|in [0-9a-z]+ (?:tagen"
    "|wochen|monaten)"
    "|fine (?:del mese|mese|anno|dell'anno)|tra [0-9a-z]+ (?:giorni|settimane|mesi)"
)
_NAMED = rf"[0-9]{{1,2}}(?:er|\.)? (?:{_FRENCH_MONTHS}|{_GERMAN_MONTHS}|{_ITALIAN_MONTHS})"

RULES = [
    _LATIN.rule(_DAYS, unclear, "di", "demain", "jourd", "tag", "mittwoch", "abend", "morgen", "domani"),
    _LATIN.rule(
        _SPANS,
        unclear,
        "fin",
        "mois",
        "semaine",
        "dans",
        "ende",
        "nachste",
        " in ",
        "tagen",
        "wochen",
        "tra ",
    ),
    _LATIN.rule(
        _NAMED, unclear, *any_of(f"{_FRENCH_MONTHS}|{_GERMAN_MONTHS}|{_ITALIAN_MONTHS}".split("|")).split("|")
    ),
    Rule(
        "",
        ("ник", "ред", "чет", "пят", "суб", "вос", "тра", "сег"),
        rf"(?<!\w)(?:(?P<by>до|к|ко) |во? )?(?:{_RUSSIAN})(?!\w)",
        unclear,
    ),
    Rule(
        "",
        ("周", "星期", "礼拜", "요일", "내일", "모레", "下个月", "下週", "后天", "後天"),
        "(?:[这下本]个?)?(?:周|星期|礼拜)[一二三四五六](?:之?前)?|[월화수목금토일]요일(?:까지)?"
        "|내일(?:까지)?|모레|下个月|下週|下周|[后後]天",
        unclear,
    ),
]
