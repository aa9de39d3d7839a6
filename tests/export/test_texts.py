"""What a text goes through on its way into a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export import measure, texts

ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=400)
ESCAPES = st.text(alphabet="_x0041FfDd\r aé", max_size=60)


@given(ESCAPES | ANY)
def test_an_escaped_text_reads_back_as_it_was(text: str) -> None:
    assert texts.unescape(texts.escape(text)) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("_x0041_", "_x005F_x0041_"),
        ("_x000D_", "_x005F_x000D_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("a\rb", "a_x000D_b"),
        ("_x41_ x0041_", "_x41_ x0041_"),
    ],
)
def test_what_looks_like_an_escape_of_excel_stays_literal(text: str, kept: str) -> None:
    assert texts.escape(text) == kept


@given(ANY)
def test_what_xml_cannot_carry_is_left_out_and_counted(text: str) -> None:
    kept, taken = texts.legal(text)
    illegal = [
        c for c in text if (c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff"
    ]
    assert taken == len(illegal)
    assert kept == "".join(c for c in text if c not in illegal)


@given(st.text(alphabet="ab \n💧漢", max_size=300), st.integers(2, 40))
def test_parts_are_short_enough_and_make_the_whole(text: str, most: int) -> None:
    parts = texts.split(text, most)
    assert "".join(parts) == text
    assert all(texts.units(part) <= most for part in parts)


def test_a_part_ends_between_words_where_it_can() -> None:
    assert texts.split("one two three four", 10) == ["one two ", "three four"]


def test_emoji_count_twice() -> None:
    assert texts.units("💧" * 20_000) == 40_000
    assert not texts.fits("💧" * 20_000)
    assert texts.fits("é" * 32_767)
    assert not texts.fits("_x0041_" * 4_000)  # 28,000 characters, but 52,000 once they are escaped


def test_full_width_characters_are_twice_as_wide() -> None:
    assert measure.width("漢字") == 200
    assert measure.width("漢字") == pytest.approx(2 * measure.width("00"), rel=0.05)
    assert measure.wide("気候")
    assert measure.wide("ABC:") is False
    assert not measure.wide("Año")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 20, 1),
        ("one\ntwo\n\nfour", 4),
        ("word " * 40, 4),
        ("漢" * 60, 3),
        ("x" * 200, 4),  # no blank to break at
        ("Lorem ipsum dolor sit amet " * 40, 20),
    ],
)
def test_lines_of_a_wrapped_text(text: str, count: int) -> None:
    assert measure.lines(text, 50 * 51) == count


def by_words(text: str, room: float) -> int:
    """The lines of a text, word after word as they come; a word that is too long goes on in the next line."""
    lines, left = 1, room
    for number, word in enumerate(text.split(" ")):
        taken = measure.width(word) + bool(number) * measure.width(" ")
        if taken > left and number:
            taken, left, lines = measure.width(word), room, lines + 1
        while taken > left:
            taken, left, lines = taken - left, room, lines + 1
        left -= taken
    return lines


@given(st.text(alphabet="aWi. é’", max_size=160), st.sampled_from((90, 95.5, 150, 300, 612, 1428)))
def test_a_line_takes_as_many_words_as_it_has_room_for(text: str, room: float) -> None:
    least = by_words(text, room)
    # A word alone is broken anywhere, and what is wasted then is guessed.
    most = least if " " in text else by_words(text, room * 0.94)
    assert least <= measure.lines(text, room) <= most


@given(st.text(alphabet="ab cé漢\n", max_size=300))
def test_a_narrower_column_never_takes_fewer_lines(text: str) -> None:
    assert measure.lines(text, 800) >= measure.lines(text, 1600) >= text.count("\n") + 1
