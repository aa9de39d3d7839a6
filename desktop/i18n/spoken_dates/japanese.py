"""Dates in Japanese: 金曜まで, 来週の火曜日, 2週間後, 月末, 年度末, 令和8年12月15日."""

from __future__ import annotations

import re
from datetime import date

from desktop.i18n.spoken_dates import days
from desktop.i18n.spoken_dates.rules import Reader, Rule, any_of, numeric, unclear, without_day

_WEEKDAYS = "月火水木金土日"
_DIGITS = "〇一二三四五六七八九"
_NUMBER = "(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3})"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_YEARS = {"今年": 0, "本年": 0, "来年": 1, "再来年": 2}
_MONTHS = {"今月": 0, "当月": 0, "来月": 1, "再来月": 2}
_WEEKS = {"今週": 0, "来週": 1, "次週": 1, "再来週": 2}
_DAYS = {
    "本日": 0,
    "今日": 0,
    "きょう": 0,
    "今夜": 0,
    "今晩": 0,
    "今夕": 0,
    "明日": 1,
    "あした": 1,
    "あす": 1,
}
_DAYS |= {"翌日": 1, "明後日": 2, "あさって": 2, "明々後日": 3, "しあさって": 3}
_SPANS = {"日": "days", "週": "weeks", "か月": "months", "年": "years"}

_BEFORE = (
    "(?:(?P<by_before>(?:締め?切り?|〆切り?|期限|期日)[:はが]? ?)|(?P<unclear_before>毎週の?"
    "|毎月の?|毎年の?|隔週の?|第[1-5一二三四五])"
    "|(?P<title_before>(?:先週|先月|先々週|昨年|去年|前回|前)の?))?"
)
_AFTER = (
    f"(?P<unclear_after> ?の? ?(?:から(?!の会)|以降|以後|頃|ごろ|前後|過ぎ|すぎ|あたり|または"
    f"|か(?=[{_WEEKDAYS}0-9])|[〜~-](?=[0-9{_WEEKDAYS}])"
    f"|前日|翌日|翌週|前週|{_NUMBER}(?:日|週間?|[かヶカケ箇]月|年)(?:前|後)))?"
    "(?P<by> ?の?(?:まで(?:に(?:は)?|の)?|迄(?:に|の)?|前(?:に|まで(?:に)?)|以内(?:に)?"
    "|中(?:に(?:は)?|まで(?:に)?|(?=$|[ 、。,]))|締め?切り?|〆切?|期限))?"
    "(?P<title_after>の|付け?の?|分の)?に?"
)
_YEAR = (
    f"(?:(?P<year>[0-9]{{4}})年|(?P<era>令和|平成|昭和)(?P<in_era>{_NUMBER}|元)年"
    f"|(?P<near>{any_of(_YEARS)}))の?"
)
_MONTH = f"(?:(?P<month>{_NUMBER})月|(?P<ahead>再来月|今月|当月|来月))の?"
_NAMED = f"(?: ?\\(?(?P<weekday>[{_WEEKDAYS}])(?:曜日?\\)?|\\)))?"


def _rule(core: str, read: Reader, *needs: str) -> Rule:
    return Rule("ja", needs, f"(?<![0-9]){_BEFORE}(?:{core})(?:{_AFTER})", read)


def _number(text: str) -> int:
    """A number below a hundred in either kind of digits."""
    if text.isdigit() and text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS.index(digit)) for digit in text))
    digits = [tens or "一", ones or "〇"]
    if any(len(digit) > 1 or digit not in _DIGITS for digit in digits):
        raise days.vague()
    return _DIGITS.index(digits[0]) * 10 + _DIGITS.index(digits[1])


def _year(match: re.Match[str], today: date) -> int | None:
    if match["near"]:
        return today.year + _YEARS[match["near"]]
    if match["era"]:
        return _ERAS[match["era"]] + (1 if match["in_era"] == "元" else _number(match["in_era"]))
    return int(match["year"]) if match["year"] else None


def _weekday_of(match: re.Match[str]) -> int | None:
    return _WEEKDAYS.index(match["weekday"]) if match["weekday"] else None


def _not_past(found: date, match: re.Match[str], today: date) -> date:
    """A year that is only counted from this one is no year that is written."""
    if match["near"] and found < today:
        raise days.past(found)
    return found


def _spoken_day(match: re.Match[str], today: date) -> date:
    count = _DAYS[match["spoken"]]
    return days.ahead(today, count, "days") if count else today


def _weekday(match: re.Match[str], today: date) -> date:
    weekday = _WEEKDAYS.index(match["weekday"])
    if match["week"]:
        return days.in_week(today, weekday, _WEEKS[match["week"]])
    return days.first_after(today, weekday)


def _month_day(match: re.Match[str], today: date) -> date:
    day, weekday = _number(match["day"]), _weekday_of(match)
    if match["ahead"]:
        return days.of_month_ahead(today, _MONTHS[match["ahead"]], day, weekday)
    found = days.of_month(today, _number(match["month"]), day, _year(match, today), weekday)
    return _not_past(found, match, today)


def _day(match: re.Match[str], today: date) -> date:
    return days.next_numbered(today, _number(match["day"]), _weekday_of(match))


def _month_end(match: re.Match[str], today: date) -> date:
    if match["ahead"]:
        return days.month_end(today, _MONTHS[match["ahead"]])
    found = days.named_month_end(today, _number(match["month"]), _year(match, today))
    return _not_past(found, match, today)


def _week_end(match: re.Match[str], today: date) -> date:
    return days.week_end(today, _WEEKS[match["week"]])


def _year_end(match: re.Match[str], today: date) -> date:
    return date(_year(match, today) or today.year, 12, 31)


def _fiscal_year_end(match: re.Match[str], today: date) -> date:
    if match["spoken"]:
        return days.fiscal_year_end(today, {"今": 0, "本": 0, "当": 0, "来": 1}[match["spoken"]])
    if match["year"]:
        return date(int(match["year"]) + 1, 3, 31)
    if match["era"]:
        begun = _ERAS[match["era"]] + (1 if match["in_era"] == "元" else _number(match["in_era"]))
        return date(begun + 1, 3, 31)
    return days.fiscal_year_end(today)


def _relative(match: re.Match[str], today: date) -> date:
    if match["half"]:
        return days.ahead(today, 6, "months")
    unit = "か月" if match["unit"].endswith("月") else match["unit"][0]
    return days.ahead(today, _number(match["count"]), _SPANS[unit])


_CONTAINED = "中(?=に|まで|の|$|[ 、。,])"
_VAGUE = (
    f"(?:(?:{_YEAR})?(?:{_MONTH})|再?来月|今月|月)(?:上旬|中旬|下旬|前半|後半|半ば|初め|はじめ|初旬"
    f"|頃|ごろ|第[1-5一二三四五]週)|月初め?|年明け|年始"
    "|(?:今|来|再来)?週(?:末|明け|初め|前半|後半|半ば|頭)|(?:再来週|来週|今週|次週|再来月|来月"
    "|今月)(?!中(?:に|まで|$|[ 、。,]))"
    f"|(?:第[1-4一二三四]|今|来|次)?四半期末?|[上下]半期末?|数(?:日|週間?|[かヶカケ箇]月)(?:以内"
    f"|後)?|{_NUMBER}営業日(?:以内|後)?"
)

RULES = [
    _rule(f"(?P<spoken>{any_of(_DAYS)})", _spoken_day, *_DAYS),
    _rule("(?P<title_past>一昨日|おととい|昨日|きのう|先日)", unclear, "昨日", "おととい", "きのう", "先日"),
    _rule(
        f"(?:(?P<week>再来週|今週|来週|次週)(?:の| )?)?(?:(?:次|今度)の)?(?P<weekday>[{_WEEKDAYS}])曜日?",
        _weekday,
        "曜",
    ),
    _rule(
        f"(?:{_YEAR} ?)?{_MONTH} ?(?P<unclear_range>{_NUMBER}日?(?:[〜~-]|から|と|、"
        f"|・))?(?P<day>{_NUMBER})日(?![間程]){_NAMED}",
        _month_day,
        "日",
    ),
    _rule(f"(?P<day>[0-9]{{1,2}})日(?![間程後前以目分ぶ本銀米中]){_NAMED}", _day, "日"),
    _rule(f"(?P<day>{_NUMBER})日(?P<weekday>)?(?=まで|迄|締|〆)", _day, "日"),
    _rule(f"(?:{_YEAR})?(?:{_MONTH})(?:末日?|{_CONTAINED})", _month_end, "月"),
    _rule("月末日?|月内|今月内", lambda match, today: days.month_end(today), "月末", "月内"),
    _rule(f"(?P<week>今週|来週|再来週|次週){_CONTAINED}", _week_end, "週中"),
    _rule(f"{_YEAR}年?(?:末|{_CONTAINED}|内)", _year_end, "年末", "年の", "年内", "年中"),
    _rule("年末|年内", lambda match, today: days.year_end(today), "年末", "年内"),
    _rule(
        f"(?:(?P<spoken>[今本当来])|(?P<year>[0-9]{{4}})|(?P<era>令和|平成"
        f"|昭和)(?P<in_era>{_NUMBER}|元))?年度(?:末日?|内|{_CONTAINED})",
        _fiscal_year_end,
        "年度",
    ),
    _rule(
        f"(?P<unclear_range>{_NUMBER}(?:[〜~-]|から|か|、))?(?:(?P<count>{_NUMBER}) ?(?P<unit>日間?"
        f"|週間?|[かヶカケ箇]月間?|年間?)|(?P<half>半年))"
        "(?P<unclear_half>半)?(?:後|以内)",
        _relative,
        "後",
        "以内",
    ),
    _rule(
        _VAGUE,
        unclear,
        "旬",
        "半",
        "初",
        "頃",
        "ごろ",
        "週",
        "来月",
        "今月",
        "年明け",
        "年始",
        "数",
        "営業日",
        "半ば",
        "はじめ",
    ),
    _rule(f"(?:{_YEAR})?{_NUMBER}月(?=までに?|迄|に(?!は)|中旬)", without_day, "月"),
    _rule("(?:(?P<near>今年|来年|再来年))(?=まで|迄)", without_day, "年"),
    *numeric(_rule),
]
