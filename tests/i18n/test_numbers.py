"""Numbers and amounts as people read and type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import LANGUAGES, format_number, parse_decimal, parse_number, speaking

languages = st.sampled_from(sorted(LANGUAGES))


def test_each_language_has_its_signs() -> None:
    shown = {}
    for code in LANGUAGES:
        with speaking(code):
            shown[code] = format_number(Decimal("-1234567.50"))
    assert shown == {
        "en": "-1,234,567.50",
        "ja": "-1,234,567.50",
        "es": "-1.234.567,50",
        "pt": "-1.234.567,50",
    }


def test_decimals_as_the_value_has_them_or_as_asked() -> None:
    assert format_number(1000) == "1,000"
    assert format_number(0.1) == "0.1"
    assert format_number(Decimal("1E+3")) == "1,000"
    assert format_number(2.5, 0) == "3"
    assert format_number(-2.5, 0) == "-3"
    assert format_number(10**40, 2) == format_number(10**40) + ".00"


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=2),
    languages,
)
def test_what_is_shown_is_understood(value: Decimal, language: str) -> None:
    with speaking(language):
        assert parse_decimal(format_number(value)) == value


@given(st.integers(min_value=-(10**30), max_value=10**30), languages)
def test_whole_numbers_too(value: int, language: str) -> None:
    with speaking(language):
        assert parse_number(format_number(value)) == value


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1,234.56", "1234.56"), ("es", "1.234,56", "1234.56"), ("pt", "1.234,56", "1234.56"),
        ("en", "1.234,56", "1234.56"), ("es", "1,234.56", "1234.56"),  # one reading only
        ("en", "1,234", "1234"), ("es", "1.234", "1234"), ("en", "1,5", "1.5"), ("es", "1.5", "1.5"),
        ("en", "1 234 567,8", "1234567.8"), ("en", "1\u202f234", "1234"), ("es", "1'234.5", "1234.5"),
        ("ja", "１，２３４．５", "1234.5"), ("en", "−3", "-3"), ("en", "+3", "3"), ("en", "0.125", "0.125"),
        ("en", "1234", "1234"), ("en", "1234.567", "1234.567"), ("en", "007", "7"),
    ],
)  # fmt: skip
def test_habits_of_other_languages_where_they_have_one_reading(
    language: str, text: str, expected: str
) -> None:
    with speaking(language):
        assert parse_decimal(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "1.234", "can mean 1234 or 1.234. Write 1234 or 1.2340."),
        ("es", "1,234", "1234"),
        ("en", "", "missing"),
        ("en", "ten", "not a number. Write it as 1,234.5."),
        ("en", "1,23,456", "not a number"),
        ("en", "1.2.3", "not a number"),
        ("en", "1e5", "not a number"),
        ("en", "nan", "not a number"),
        ("en", "٣", "not a number"),
        ("en", "=1+1", "not a number"),
        ("en", "1" * 1_000_000, "not a number"),
        ("en", "1" + " " * 500 + "x", "not a number"),
    ],
)
def test_what_is_wrong_is_said(language: str, text: str, words: str) -> None:
    with speaking(language), pytest.raises(ValueError, match=r"\.$") as caught:
        parse_decimal(text)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_fraction_is_no_whole_number() -> None:
    assert parse_number("3.0") == 3
    with pytest.raises(ValueError, match="not a whole number"):
        parse_number("3.5")
