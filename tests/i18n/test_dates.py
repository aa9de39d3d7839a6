"""Dates and times as people read and type them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import i18n
from desktop.i18n import LANGUAGES, format_date, parse_date, parse_fuzzy_date, parse_time, speaking
from desktop.i18n.messages import table
from desktop.i18n.typed_dates import _months, _names

DAY = date(2026, 11, 21)
languages = st.sampled_from(sorted(LANGUAGES))


@pytest.mark.parametrize(
    ("language", "medium", "long", "weekday", "day", "month"),
    [
        ("en", "21 Nov 2026", "21 November 2026", "Sat 21 Nov 2026", "21 Nov", "Nov 2026"),
        ("ja", "2026年11月21日", "2026年11月21日", "2026年11月21日(土)", "11月21日", "2026年11月"),
        ("es", "21 nov 2026", "21 de noviembre de 2026", "sáb 21 nov 2026", "21 nov", "nov 2026"),
        (
            "pt",
            "21 de nov. de 2026",
            "21 de novembro de 2026",
            "sáb. 21 de nov. de 2026",
            "21 de nov.",
            "nov. de 2026",
        ),
    ],
)
def test_each_language_writes_dates_its_own_way(
    language: str, medium: str, long: str, weekday: str, day: str, month: str
) -> None:
    i18n.use(language)
    assert [format_date(DAY, style) for style in ("medium", "long", "weekday", "day")] == [
        medium,
        long,
        weekday,
        day,
    ]
    assert format_date(DAY, "short") == "2026-11-21"
    assert format_date("2026-11") == month


def test_fuzzy_dates_show_what_is_known() -> None:
    assert format_date("2026") == "2026"
    assert format_date("2026-11-21") == "21 Nov 2026"
    assert format_date("2026-11", "long") == "November 2026"
    assert format_date("2026-11", "short") == "2026-11"
    assert format_date("early in the year") == "early in the year"
    assert format_date("") == format_date(None) == ""
    with speaking("ja"):
        assert format_date("2026") == "2026年"


def test_date_and_time() -> None:
    moment = datetime(2026, 11, 21, 9, 5, 59)
    assert i18n.format_datetime(moment) == "21 Nov 2026, 09:05"
    with speaking("ja"):
        assert i18n.format_datetime(moment) == "2026年11月21日 09:05"


@given(st.dates(), st.sampled_from(["medium", "long", "short", "weekday"]), languages, languages)
def test_what_is_shown_in_one_language_is_understood_in_any(
    day: date, style: str, shown: str, typed: str
) -> None:
    with speaking(shown):
        text = format_date(day, style)
    with speaking(typed):
        assert parse_date(text) == day


@given(st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from(["medium", "long", "short"]), languages)
def test_fuzzy_dates_come_back_as_fuzzy_as_they_were(
    day: date, precision: int, style: str, language: str
) -> None:
    fuzzy = day.isoformat()[:precision]
    with speaking(language):
        assert parse_fuzzy_date(format_date(fuzzy, style)) == fuzzy


def refusal(parse: Callable[[str], object], text: str) -> str:
    try:
        parse(text)
    except ValueError as error:
        return str(error)
    return ""


@given(st.text(max_size=30) | st.text("0123456789/-.: 年月日novNOVpam", max_size=12))
def test_any_text_is_a_date_or_gets_a_sentence(text: str) -> None:
    for parse in (parse_date, parse_fuzzy_date, parse_time):
        assert refusal(parse, text)[-1:] in ("", ".")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21", " 2026-11-21 ", "2026/11/21", "2026.11.21", "２０２６／１１／２１",
        "２０２６－１１－２１",
        "2026‐11‐21", "21 Nov 2026", "21-Nov-2026", "Nov 21, 2026", "NOVEMBER 21st, 2026", "2026 Nov 21",
        "21 de noviembre de 2026", "21 DE NOV. DE 2026", "sábado, 21 de noviembre de 2026",
        "Saturday, 21 Nov 2026",
        "sabado 21 nov 2026", "2026年11月21日", "２０２６年１１月２１日", "2026 年 11 月 21 日",
        "2026年11月21日（土）",
        "2026年11月21日 土曜日",
        "21/11/2026", "11/21/2026", "21.11.2026", "11-21-2026", "２１／１１／２０２６",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(text: str) -> None:
    assert parse_date(text) == DAY


def test_single_digits_will_do() -> None:
    assert (
        parse_date("2026-3-4")
        == parse_date("4 março 2026")
        == parse_date("1º abril 2026").replace(month=3, day=4)
    )


def test_tuesday_and_march_share_a_name_in_spanish() -> None:
    assert (
        parse_date("mar 3 mar 2026")
        == parse_date("3 mar 2026")
        == parse_date("mar 3 2026")
        == date(2026, 3, 3)
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("31/02", "no such day"),
        ("31/02/2024", "no such day"),
        ("2024-13-01", "months go from 1 to 12"),
        ("2024-02-30", "February 2024 has the days 1 to 29"),
        ("2023年2月29日", "February 2023 has the days 1 to 28"),
        ("31 Apr 2024", "April 2024 has the days 1 to 30"),
        ("2024-01-00", "January 2024 has the days 1 to 31"),
        ("0000-01-01", "years begin at 1"),
        ("03/04/2024", "can mean 4 Mar 2024 or 3 Apr 2024. Write 2024-03-04 or 2024-04-03."),
        ("31/02/2026", "no such day"),
        ("29/02/2023", "no such day"),
        ("28/13/2026", "no such day"),
        ("21/11-2026", "Write 2026-11-21."),
        ("21 11 2026", "Write 2026-11-21."),
        ("21/11", "no year"),
        ("20 nov", "not a date"),
        ("21/11/26", "two digits"),
        ("2026-11", "no day"),
        ("2026", "no day"),
        ("Nov 2026", "no day"),
        ("Fri 21 Nov 2026", "21 Nov 2026 is a Saturday"),
        ("2026/11-21", "not a date"),
        ("soon", "not a date"),
        ("21 Nov 2026 at noon", "not a date"),
        ("20261121", "not a date"),
        ("٢٠٢٦-١١-٢١", "not a date"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as caught:
        parse_date(text)
    assert words in str(caught.value)


@given(st.dates(), st.sampled_from("/.-"), languages)
def test_the_order_of_day_and_month_matters_only_where_it_makes_two_dates(
    day: date, between: str, language: str
) -> None:
    two = day.day <= 12 and day.day != day.month
    with speaking(language):
        for parts in ((day.day, day.month), (day.month, day.day)):
            text = between.join((*(str(part) for part in parts), f"{day.year:04d}"))
            if two:
                assert day.isoformat() in refusal(parse_date, text), "both readings are offered"
            else:
                assert parse_date(text) == day


def test_long_texts_are_quoted_short_and_never_read_by_half() -> None:
    with pytest.raises(ValueError, match="not a date") as caught:
        parse_date("2026-11-21" + " " * 500 + "x" * 1_000_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "fuzzy"),
    [
        ("2026", "2026"), ("２０２６年", "2026"), ("2026-11", "2026-11"), ("2026/11", "2026-11"),
        ("11/2026", "2026-11"), ("2026年11月", "2026-11"), ("Nov 2026", "2026-11"),
        ("noviembre de 2026", "2026-11"),
        ("21 Nov 2026", "2026-11-21"),
    ],
)  # fmt: skip
def test_years_and_months_alone(text: str, fuzzy: str) -> None:
    assert parse_fuzzy_date(text) == fuzzy


@pytest.mark.parametrize("text", ["2026-13", "0000", "2026-00", "26", "", "spring 2026", "03/04/2026"])
def test_fuzzy_is_not_vague(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_fuzzy_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", time(14, 30)), ("１４：３０", time(14, 30)), ("1430", time(14, 30)),
        ("14h30", time(14, 30)),
        ("14.30", time(14, 30)), ("14時30分", time(14, 30)), ("午後2時30分", time(14, 30)),
        ("2:30 pm", time(14, 30)),
        ("2:30 p. m.", time(14, 30)), ("12 am", time(0)), ("12 pm", time(12)), ("午前9時", time(9)),
        ("9", time(9)),
        ("9h", time(9)), ("23:59:58", time(23, 59, 58)), ("0:00", time(0)),
    ],
)  # fmt: skip
def test_times_of_day(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text", ["24:00", "14:60", "13 pm", "0 am", "noon", "", "143", "14:3", "14:30:61", "-1"]
)
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        parse_time(text)


@given(st.times(), languages)
def test_times_come_back(moment: time, language: str) -> None:
    with speaking(language):
        assert parse_time(i18n.format_time(moment)) == moment.replace(second=0, microsecond=0)


def test_the_languages_agree_on_the_month_that_a_word_names() -> None:
    named: dict[str, set[int]] = {}
    for name, position in _names("months", "months_short"):
        named.setdefault(name, set()).add(position)
    assert {name: found for name, found in named.items() if len(found) > 1} == {}
    assert set(_months().values()) == set(range(1, 13))


def test_names_by_number() -> None:
    assert (i18n.month_name(11), i18n.month_name(11, short=True)) == ("November", "Nov")
    assert (i18n.weekday_name(5), i18n.weekday_name(5, short=True)) == ("Saturday", "Sat")
    for code in LANGUAGES:
        assert len(set(table(code)["months"])) == 12
        assert len(set(table(code)["weekdays"])) == 7


@pytest.mark.parametrize(
    ("locale", "language", "first"),
    [
        ("C.UTF-8", "en", 6), ("C.UTF-8", "ja", 6), ("C.UTF-8", "es", 0), ("C.UTF-8", "pt", 6),
        ("en_GB.UTF-8", "en", 0), ("es_CL.UTF-8", "es", 0), ("es_PE.UTF-8", "es", 6),
        ("es_CL.UTF-8", "en", 6),
    ],
)  # fmt: skip
def test_weeks_begin_as_in_the_systems_country(
    locale: str, language: str, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    i18n.use(language)
    assert i18n.first_weekday() == first
