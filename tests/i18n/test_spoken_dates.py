"""Dates within sentences: a table of phrases, and what must hold whatever the day."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.i18n import LANGUAGES, format_date, speaking, use
from desktop.i18n.messages import table
from desktop.i18n.spoken_dates import Found, NotUnderstood, find_date, without

with (Path(__file__).parent / "phrases.tsv").open(encoding="utf-8", newline="") as file:
    PHRASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

TODAY = date(2026, 11, 21)
todays = st.dates(date(2000, 1, 1), date(2090, 12, 31))
languages = st.sampled_from(sorted(LANGUAGES))


def rest(text: str, found: Found | NotUnderstood | None) -> str:
    return without(text, [(found.start, found.end)]) if isinstance(found, Found) else text


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: f"{row['language']} {row['today']} {row['phrase']}")
def test_phrases_mean_what_the_table_says(row: dict[str, str]) -> None:
    use(row["language"])
    text = row["phrase"]
    found = find_date(text, date.fromisoformat(row["today"]))
    if row["expected"] == "-":
        assert found is None
    elif row["expected"] == "?":
        assert isinstance(found, NotUnderstood)
        assert text[found.start : found.end].strip() in text
        assert "{" not in found.why
    else:
        assert isinstance(found, Found)
        assert found.date.isoformat() == row["expected"]
        assert found.words == format_date(found.date, "weekday")
    assert rest(text, found) == row["remaining"]


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: f"{row['language']} {row['phrase']}")
def test_what_a_phrase_means_does_not_depend_on_the_window(row: dict[str, str]) -> None:
    today = date.fromisoformat(row["today"])
    meant = set()
    for code in LANGUAGES:
        with speaking(code):
            found = find_date(row["phrase"], today)
            meant.add(found.date if isinstance(found, Found) else type(found))
    assert len(meant) == 1


def test_the_table_is_long_enough_and_has_all_that_counts() -> None:
    assert len(PHRASES) >= 240
    by_language = Counter(row["language"] for row in PHRASES)
    assert min(by_language[code] for code in LANGUAGES) >= 50
    for code in LANGUAGES:
        kinds = Counter(row["expected"][:1] for row in PHRASES if row["language"] == code)
        assert kinds["?"] >= 10
        assert kinds["-"] >= 5


# ---- whatever the day: a phrase made for a date means that date

Speak = Callable[[date, date], str]


def _weekday(code: str, day: date) -> str:
    return str(table(code)["weekdays"][day.weekday()])


def _month(code: str, day: date) -> str:
    return str(table(code)["months"][day.month - 1])


DATED: dict[str, list[Speak]] = {
    "en": [
        lambda d, t: f"by {d.day} {_month('en', d)} {d.year}",
        lambda d, t: f"{_month('en', d)} {d.day}, {d.year}",
        lambda d, t: f"by {_weekday('en', d)}, {d.day} {_month('en', d)[:3]} {d.year}",
        lambda d, t: f"until {d.isoformat()}",
    ],
    "es": [
        lambda d, t: f"antes del {d.day} de {_month('es', d)} de {d.year}",
        lambda d, t: f"el {_weekday('es', d)} {d.day} de {_month('es', d)} de {d.year}",
        lambda d, t: f"hasta el {d.isoformat()}",
    ],
    "pt": [
        lambda d, t: f"até {d.day} de {_month('pt', d)} de {d.year}",
        lambda d, t: f"na {_weekday('pt', d)}, {d.day} de {_month('pt', d)} de {d.year}",
        lambda d, t: f"até {d.isoformat()}",
    ],
    "ja": [
        lambda d, t: f"{d.year}年{d.month}月{d.day}日まで",
        lambda d, t: (
            f"令和{d.year - 2018}年{d.month}月{d.day}日に" if d.year > 2019 else f"{d.isoformat()}に"
        ),
        lambda d, t: f"{format_date(d, 'weekday')}までに" if d else "",
    ],
}
"""With their year: any date, past ones too."""

YEARLESS: dict[str, list[Speak]] = {
    "en": [lambda d, t: f"by {d.day} {_month('en', d)}", lambda d, t: f"on {_month('en', d)} {d.day}"],
    "es": [lambda d, t: f"para el {d.day} de {_month('es', d)}"],
    "pt": [
        lambda d, t: f"até {d.day} de {_month('pt', d)}",
        lambda d, t: f"no dia {d.day} de {_month('pt', d)}",
    ],
    "ja": [lambda d, t: f"{d.month}月{d.day}日まで", lambda d, t: f"{d.month}月{d.day}日に"],
}
"""The day of the coming year."""

SOON: dict[str, list[Speak]] = {
    "en": [
        lambda d, t: f"by {_weekday('en', d)}",
        lambda d, t: f"on {_weekday('en', d).upper()}",
        lambda d, t: f"in {(d - t).days} days",
    ],
    "es": [
        lambda d, t: f"el {_weekday('es', d)}",
        lambda d, t: f"el próximo {_weekday('es', d)}",
        lambda d, t: f"dentro de {(d - t).days} días",
    ],
    "pt": [
        lambda d, t: f"até {_weekday('pt', d)}",
        lambda d, t: (
            f"na {_weekday('pt', d).split('-')[0]}" if d.weekday() < 5 else f"no {_weekday('pt', d)}"
        ),
        lambda d, t: f"daqui a {(d - t).days} dias",
    ],
    "ja": [
        lambda d, t: f"{_weekday('ja', d)}まで",
        lambda d, t: f"次の{_weekday('ja', d)[:2]}に",
        lambda d, t: f"{(d - t).days}日以内に",
    ],
}
"""One of the next seven days."""

NEXT_WEEK: dict[str, list[Speak]] = {
    "en": [lambda d, t: f"by next {_weekday('en', d)}", lambda d, t: f"{_weekday('en', d)} next week"],
    "es": [lambda d, t: f"el {_weekday('es', d)} de la próxima semana"],
    "pt": [lambda d, t: f"{_weekday('pt', d)} da semana que vem"],
    "ja": [lambda d, t: f"来週の{_weekday('ja', d)}まで"],
}

SENTENCES = {
    "en": "Call METI {}",
    "es": "Llamar a METI {}",
    "pt": "Ligar para a METI {}",
    "ja": "METI、{}電話",
}


def means(code: str, phrase: str, today: date, meant: date) -> None:
    text = SENTENCES[code].format(phrase)
    found = find_date(text, today)
    assert isinstance(found, Found), text
    assert found.date == meant, text
    assert "METI" in rest(text, found)


@given(languages, st.data(), todays, st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_a_date_with_its_year_is_that_date(code: str, data: st.DataObject, today: date, meant: date) -> None:
    with speaking(code):
        means(code, data.draw(st.sampled_from(DATED[code]))(meant, today), today, meant)


@given(languages, st.data(), todays, st.integers(0, 364))
def test_a_date_without_its_year_is_the_next_one(
    code: str, data: st.DataObject, today: date, ahead: int
) -> None:
    meant = today + timedelta(ahead)
    means(code, data.draw(st.sampled_from(YEARLESS[code]))(meant, today), today, meant)


@given(languages, st.data(), todays, st.integers(1, 7))
def test_the_days_of_the_coming_week(code: str, data: st.DataObject, today: date, ahead: int) -> None:
    meant = today + timedelta(ahead)
    means(code, data.draw(st.sampled_from(SOON[code]))(meant, today), today, meant)


@given(languages, st.data(), todays, st.integers(0, 6))
def test_next_week_begins_on_monday(code: str, data: st.DataObject, today: date, weekday: int) -> None:
    meant = today + timedelta(7 - today.weekday() + weekday)
    means(code, data.draw(st.sampled_from(NEXT_WEEK[code]))(meant, today), today, meant)


@given(todays, st.integers(1, 31), st.integers(1, 12))
def test_two_numbers_mean_a_day_only_where_they_can_mean_one(today: date, day: int, month: int) -> None:
    found = find_date(f"by {day}/{month}", today)
    if day > 12 and not isinstance(found, NotUnderstood | None):
        assert (found.date.day, found.date.month) == (day, month)
    elif day <= 12 and day != month:
        assert isinstance(found, NotUnderstood)
    elif day == month:
        assert isinstance(found, Found)


@given(st.sampled_from([row for row in PHRASES if row["expected"][0] == "2"]), todays)
def test_nothing_is_due_before_today_unless_its_year_is_written(row: dict[str, str], today: date) -> None:
    use(row["language"])
    found = find_date(row["phrase"], today)
    assume(isinstance(found, Found))
    assert isinstance(found, Found)
    if not re.search("(?:19|20|21)[0-9]{2}|令和", unicodedata.normalize("NFKC", row["phrase"])):
        assert found.date >= today


@given(st.text(st.characters(categories=["Lu", "Ll", "Zs", "Po"], include_characters="äñç"), max_size=80))
def test_any_text_is_read_without_failing(text: str) -> None:
    found = find_date(text, TODAY)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)


TIMELESS = (
    "call visit METI cable 5G 12% 2030 COP30 article WC-2024-1B Open RAN 2.0 report minister la el de do "
    "com para reunião acuerdo enviar proyecto 会議 資料 大臣 日本 電話 の を 3社 第12条 US$ 40% C# a@b.org and/or"
)


@given(st.lists(st.sampled_from(TIMELESS.split()), max_size=12), languages)
def test_a_text_without_words_of_time_has_no_date(chosen: list[str], code: str) -> None:
    with speaking(code):
        assert find_date(" ".join(chosen), TODAY) is None


@given(st.sampled_from([row for row in PHRASES if row["expected"][0] == "2"]))
def test_a_quotation_is_never_read(row: dict[str, str]) -> None:
    phrase = row["phrase"]
    assume(not set(phrase) & set('"“”「」'))
    assert find_date(f'"{phrase}"', date.fromisoformat(row["today"])) is None


def test_the_date_is_shown_in_the_language_of_the_window() -> None:
    with speaking("pt"):
        found = find_date("by Friday", TODAY)
    assert isinstance(found, Found)
    assert found.words == "sex. 27 de nov. de 2026"


def test_what_is_hidden_is_not_read() -> None:
    assert find_date("@Friday by Monday", TODAY, [(0, 7)]) == find_date("xxxxxxx by Monday", TODAY)


def test_two_dates_are_not_chosen_from() -> None:
    found = find_date("Friday or Monday", TODAY)
    assert isinstance(found, NotUnderstood)
    assert "Fri 27 Nov 2026 and Mon 23 Nov 2026" in found.why
    assert isinstance(find_date("Friday's agenda by Monday", TODAY), Found)


@pytest.mark.parametrize(
    ("text", "span", "left"),
    [
        ("A by Friday B", (2, 11), "A B"),
        ("A, by Friday, B", (3, 12), "A, B"),
        ("By Friday: A", (0, 9), "A"),
        ("A (by Friday)", (3, 12), "A"),
        ("METIに金曜までに電話", (5, 10), "METIに電話"),
        ("A by Friday.", (2, 11), "A."),
    ],
)
def test_what_is_taken_out_leaves_no_trace(text: str, span: tuple[int, int], left: str) -> None:
    assert without(text, [span]) == left
