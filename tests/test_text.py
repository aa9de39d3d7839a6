"""Texts at the border: cleaned when they come in, folded when they are searched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import speaking
from desktop.text import (
    MAX_LONG_TEXT,
    clean,
    clean_line,
    fold,
    length_problem,
    made_visible,
    search_terms,
    search_text,
)

any_text = st.text(st.characters() | st.characters(categories=["Cs", "Cc", "Mn", "Lo"]))


@pytest.mark.parametrize(
    ("text", "cleaned", "told"),
    [
        ("plain, 日本語 🎉 \u202eRTL\u202c a\u00a0b\tc", "plain, 日本語 🎉 \u202eRTL\u202c a\u00a0b\tc", 0),
        ("a\r\nb\rc\x0bd\x0ce\u2028f", "a\nb\nc\nd\ne\nf", 0),
        ("e\u0301", "é", 0),
        ("a\x00b\x07c\x7f", "abc", 1),
        ("a\ufffeb\uffff", "ab", 1),
        ("a\ud800b", "a\ufffdb", 1),
        ("\udfff\x00", "\ufffd", 2),
        ("=1+1", "=1+1", 0),
    ],
)
def test_clean(text: str, cleaned: str, told: int) -> None:
    found, sentences = clean(text)
    assert found == cleaned
    assert len(sentences) == told


def test_what_was_taken_out_is_counted() -> None:
    assert clean("\x00")[1] == ["1 control character was taken out."]
    assert clean("\x00\x01\x02")[1] == ["3 control characters were taken out."]
    assert clean("\ud800\ud800 ")[1] == ["2 broken characters were replaced by “\ufffd”."]


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    cleaned, _told = clean(text)
    assert clean(cleaned) == (cleaned, [])
    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(char) == "Cc" for char in cleaned if char not in "\t\n")


@given(any_text)
def test_a_line_has_no_line_ends(text: str) -> None:
    line, _told = clean_line(text)
    assert line.splitlines() in ([], [line])
    assert line == line.strip()


def test_length_is_told_never_cut() -> None:
    assert length_problem("a" * MAX_LONG_TEXT) is None
    problem = length_problem("a" * 1_000_000)
    assert problem is not None
    assert "1,000,000" in problem
    assert "100,000" in problem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÉCOLE", "école"), ("Peña", "pena"), ("São", "SAO"), ("Ｊｕｎｔｏｓ", "juntos"),
        ("ｶﾞｯｺｳ", "ガッコウ"),
        ("straße", "STRASSE"), ("e\u0301", "é"), ("①", "1"), ("Τόκιο", "τοκιο"),
    ],
)  # fmt: skip
def test_fold_makes_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("が", "か"), ("パ", "ハ"), ("パ", "バ"), ("ア", "ァ"), ("n", "m")]
)
def test_fold_keeps_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(any_text)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_fold_does_not_depend_on_the_language() -> None:
    with speaking("ja"):
        japanese = fold("İSTANBUL Ñandú")
    assert fold("İSTANBUL Ñandú") == japanese


def test_japanese_is_searched_by_character() -> None:
    assert search_text("日米会議 on Huawei 5G・ガス") == "日 米 会 議 on huawei 5g・ ガ ス"
    assert search_terms("会議 MÉXICO") == [["会", "議"], ["mexico"]]
    assert search_terms("NTT株式") == [["ntt", "株", "式"]]


@pytest.mark.parametrize("nothing", ["", "  ", "・", "…", '"', "🎉", "_"])
def test_a_search_for_signs_alone_has_no_terms(nothing: str) -> None:
    assert search_terms(nothing) == []


@given(st.text(alphabet="aéÑ 会議がガー々5", max_size=20), st.integers(0, 19), st.integers(1, 20))
def test_every_word_of_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    index = f" {search_text(text)} "
    for word in text[start : start + length].split():
        for term in search_terms(word):
            assert " " + " ".join(term) in index or "".join(term) in index.replace(" ", "")


def test_what_turns_or_hides_letters_is_made_visible_where_texts_are_compared() -> None:
    assert made_visible("in\u202evoice\u202c.\u200bpdf") == "in‹U+202E›voice‹U+202C›.‹U+200B›pdf"
    for kept in ("plain", "👩\u200d👩\u200d👧", "می\u200cخواهم", "مرحبا", "5\u00a0%", "日本語"):
        assert made_visible(kept) == kept
