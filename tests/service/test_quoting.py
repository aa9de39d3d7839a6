"""A quote is found again in a newer edition where it stands, by whatever it is set in, and nowhere else."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from desktop.service import locating
from desktop.service.locating import Folded, Found, locate
from desktop.service.quoting import Anchor, Part, Selector, SourceText, marks, selector

WORDS = [
    "harbour",
    "tariff",
    "council",
    "letters",
    "bridge",
    "water",
    "ministry",
    "quarter",
    "survey",
    "fibre",
    "méthode",
    "año",
    "cable",
    "island",
    "report",
    "region",
    "permit",
    "carrier",
    "northern",
    "budget",
    "train",
    "port",
    "lithium",
    "agency",
    "treaty",
    "storm",
    "lender",
    "office",
    "market",
]
OTHER_WORDS = ["zzyx", "qwob", "vuggle", "jixt", "kwopf", "bzind", "mmroq", "ttulp", "yyvek", "ghox"]


def source(*paragraphs: str, section: str = "1.A") -> SourceText:
    """A text of these paragraphs in one section."""
    parts, position = [], 0
    for number, paragraph in enumerate(paragraphs, start=1):
        notes = tuple(marks(paragraph))
        parts.append(Part(position, position + len(paragraph), "paragraph", section, number, notes))
        position += len(paragraph) + 2
    return SourceText("\n\n".join(paragraphs), tuple(parts))


def found_in(text: SourceText, quote: str, **known: str) -> tuple[str, str]:
    found = locate(text, quote, **known)
    assert found is not None
    return text.text[found.start : found.end], found.exactness


# ---- an independent model of "the same words": letters and digits, without accents, width and case


def letters(text: str) -> str:
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]|\[[ivxlc]+\]", "", text)
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in text if character.isalnum())


paragraphs = st.lists(st.sampled_from(WORDS), min_size=6, max_size=40).map(
    lambda words: " ".join(words).capitalize() + "."
)
texts = st.lists(paragraphs, min_size=1, max_size=6)


def reflowed(text: str, choice: random.Random) -> str:
    """The same words as another edition sets them."""
    words = text.split(" ")
    out = words[0]
    for word in words[1:]:
        out += choice.choice((" ", " ", " ", "\n", "  ", "\u00a0")) + word
    if choice.random() < 0.5 and len(out) > 20:
        inside = [place for place in range(2, len(out) - 2) if out[place - 2 : place + 2].isalpha()]
        if inside:
            place = choice.choice(inside)
            out = out[:place] + "-\n" + out[place:]
    return out


@settings(max_examples=150, deadline=None)
@given(texts, texts, texts, st.data())
def test_a_quote_is_found_at_its_place_in_another_edition(
    old: list[str], inserted: list[str], following: list[str], data: st.DataObject
) -> None:
    whole = source(*old)
    which = data.draw(st.integers(0, len(old) - 1))
    place = whole.parts[which]
    start = data.draw(st.integers(place.start, place.end - 12))
    end = data.draw(st.integers(start + 10, place.end))
    kept = selector(whole, start, end)
    assume(kept.quote.strip() == kept.quote)
    choice = random.Random(data.draw(st.integers(0, 1000)))
    set_anew = data.draw(st.booleans())
    paragraph = reflowed(old[which], choice) if set_anew else old[which]
    newer = source(*inserted, paragraph, *following)
    part = newer.parts[len(inserted)]
    found = locate(newer, kept.quote, kept.before, kept.after, place.start)
    assert found is not None
    assert letters(newer.text[found.start : found.end]) == letters(kept.quote)
    assert found.exactness in ("exact", "normalised")
    if letters(newer.text).count(letters(kept.quote)) == 1:
        assert part.start <= found.start < found.end <= part.end
        expected = letters(old[which][: start - place.start])
        assert letters(newer.text[part.start : found.start]) == expected


@settings(max_examples=150, deadline=None)
@given(texts, texts, st.data())
def test_what_is_not_there_is_not_found(old: list[str], other: list[str], data: st.DataObject) -> None:
    """Where the model does not find the words, only a likeness may be answered, and it must be one."""
    whole, newer = source(*old), source(*other)
    place = data.draw(st.sampled_from(whole.parts))
    start = data.draw(st.integers(place.start, place.end - 12))
    end = data.draw(st.integers(start + 10, place.end))
    kept = selector(whole, start, end)
    found = locate(newer, kept.quote, kept.before, kept.after, start)
    if found is None:
        return
    passage = newer.text[found.start : found.end]
    if found.exactness == "near":
        # By the longest common subsequence: of words that repeat, difflib finds too little.
        assert LCSseq.normalized_similarity(letters(kept.quote), letters(passage)) > 0.75
    else:
        assert letters(kept.quote) == letters(passage)


@settings(max_examples=60, deadline=None)
@given(texts, st.lists(st.sampled_from(OTHER_WORDS), min_size=3, max_size=30))
def test_other_words_are_lost(old: list[str], words: list[str]) -> None:
    assert locate(source(*old), " ".join(words)) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_folding_knows_where_each_character_came_from(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    folded = Folded.of(text)
    assert len(folded.key) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=60), st.data())
def test_any_selection_of_any_text_is_found_in_the_same_text(text: str, data: st.DataObject) -> None:
    whole = source(unicodedata.normalize("NFC", text))
    start = data.draw(st.integers(0, len(whole.text) - 1))
    end = data.draw(st.integers(start + 1, len(whole.text)))
    kept = selector(whole, start, end)
    assume(kept.quote.strip())
    found = locate(whole, kept.quote, kept.before, kept.after, kept.start)
    assert found is not None
    assert whole.text[found.start : found.end] == kept.quote
    assert found == Found(start, end, "exact")


# ---- one setting after the other

SENTENCE = "The two lenders co-finance “quality” ports – and cables – across the region."


@pytest.mark.parametrize(
    "edition",
    [
        "The two lenders co-\nfinance “quality” ports – and cables – across the region.",
        'The two lenders cofinance "quality" ports - and cables - across the region.',
        "THE TWO LENDERS CO-FINANCE “QUALITY” PORTS – AND CABLES – ACROSS THE REGION.",
        "The two lenders co-finance «quality» ports—and cables—across the re\u00adgion.",
        "The two\nlenders\u00a0co-finance  “quality” ports – and cables¹² – across the region.",
        "Ｔｈｅ ｔｗｏ lenders co-finance “quality” ports – and cables[iv] – across the région.",
    ],
)
def test_another_setting_is_the_same_sentence(edition: str) -> None:
    text = source("Something else stands first.", f"{edition} More follows.")
    passage, exactness = found_in(text, SENTENCE)
    assert (passage, exactness) == (edition, "normalised")


def test_japanese_is_found_whatever_its_width_and_lines() -> None:
    text = source("先方は、ﾊﾟｰﾄﾅｰ各国と\n協力を進める。次の段落。")
    assert found_in(text, "パートナー各国と協力を進める。") == ("ﾊﾟｰﾄﾅｰ各国と\n協力を進める。", "normalised")
    assert locate(text, "ハートナー各国と協力を進める。") is None


def test_quotation_marks_at_its_ends_belong_to_a_quote() -> None:
    text = source('They speak of "quality first" in the plan.')
    assert found_in(text, "“quality first”") == ('"quality first"', "normalised")


def test_the_context_chooses_between_two() -> None:
    text = source("Ports come first. The plan is agreed.", "Cables come later. The plan is agreed.")
    second = text.text.rindex("The plan")
    assert locate(text, "The plan is agreed.", "Cables come later. ") == Found(second, second + 19, "exact")
    assert locate(text, "The plan is agreed.", "Ports come first. ") == Found(18, 37, "exact")


def test_the_section_chooses_where_the_context_does_not() -> None:
    parts = (Part(0, 5, "paragraph", "1", 1), Part(7, 12, "paragraph", "2", 1))
    text = SourceText("Agree\n\nAgree", parts)
    assert locate(text, "Agree", near=Anchor("2", "1", "", None, "Agree")) == Found(7, 12, "exact")
    assert locate(text, "Agree", near=Anchor("1", "1", "", None, "Agree")) == Found(0, 5, "exact")
    assert locate(text, "Agree", near=8) == Found(7, 12, "exact")
    assert locate(text, "Agree") == Found(0, 5, "exact")


def test_a_word_is_not_found_inside_another() -> None:
    assert locate(source("They start early."), "art") is None
    assert locate(source("They start early."), "art", before="They st") == Found(7, 10, "exact")


def test_numbers_with_a_dash_are_not_other_numbers() -> None:
    assert locate(source("in 1020 cases"), "10–20 cases") is None
    assert found_in(source("in 10 - 20 cases"), "10–20 cases") == ("10 - 20 cases", "normalised")


def test_a_sentence_in_other_words_is_near() -> None:
    old = "The council should publish a yearly survey of harbour tariffs and share it with all partners."
    new = "The council shall publish a yearly survey of harbour tariffs and share it with partners."
    other = "Nothing in this paragraph has to do with it, it only fills the page with some words more."
    text = source(*[other] * 30, f"Before it. {new} After it.", *[other] * 30)
    passage, exactness = found_in(text, old)
    assert (passage, exactness) == (new, "near")
    assert locate(source(*[other] * 30), old) is None


def test_half_a_sentence_is_not_the_sentence() -> None:
    old = "The council should publish a yearly survey of harbour tariffs and share it with all partners."
    assert locate(source("The council should publish a yearly survey."), old) is None


def test_short_words_are_not_guessed() -> None:
    assert locate(source("a yearly surveys"), "a yearly survex") is None


@pytest.mark.parametrize("quote", ["", "   ", "\n"])
def test_nothing_is_found_nowhere(quote: str) -> None:
    assert locate(source("Words."), quote) is None


def test_marks_alone_are_found_as_they_are() -> None:
    assert locate(source("one — two"), "—") == Found(4, 5, "exact")
    assert locate(source("one two"), "—") is None


def test_a_text_of_one_letter_is_no_trouble() -> None:
    text = source("a" * 50_000)
    found = locate(text, "aaa", "aa", "aa", 25_000)
    assert found is not None
    assert abs(found.start - 25_000) <= locating.MOST


# ---- what a place is called


@pytest.fixture
def report() -> SourceText:
    rows = [
        ("heading", "1.A", 0, (), "A. Ports"),
        ("paragraph", "1.A", 1, ("3", "4"), "The first.³ The second.⁴"),
        ("figure", "Figure 2", 0, (), "Figure 2 Ports"),
        ("figure", "Figure 2", 1, (), "One"),
        ("figure", "Figure 2", 2, (), "Two"),
        ("paragraph", "1.A", 2, ("v",), "It covers 3 km² of it [v]."),
        ("endnote", "Endnotes", 3, ("3",), "3 A letter."),
    ]
    parts, text = [], ""
    for kind, section, number, notes, words in rows:
        parts.append(Part(len(text), len(text) + len(words), kind, section, number, notes, 7))
        text += words + "\n\n"
    return SourceText(text.rstrip(), tuple(parts))


@pytest.mark.parametrize(
    ("selected", "section", "paragraph", "endnotes"),
    [
        ("The first", "1.A", "1", "3"),
        ("The second.", "1.A", "1", "4"),
        ("The first.³ The second", "1.A", "1", "3; 4"),
        ("first", "1.A", "1", "3"),
        ("The", "1.A", "1", ""),
        ("3 km² of it", "1.A", "2", ""),
        ("of it [v].", "1.A", "2", "v"),
        ("A. Ports", "1.A", "", ""),
        ("Ports\n\nThe first.³", "1.A", "1", "3"),
        ("Figure 2", "Figure 2", "", ""),
        ("One", "Figure 2", "row 1", ""),
        ("One\n\nTwo", "Figure 2", "row 1–2", ""),
        ("second.⁴\n\nFigure 2 Ports\n\nOne\n\nTwo\n\nIt", "1.A", "1–2", "4"),
        ("3 A letter.", "Endnotes", "", "3"),
    ],
)
def test_a_place_is_called_as_in_the_catalogue(
    report: SourceText, selected: str, section: str, paragraph: str, endnotes: str
) -> None:
    start = report.text.index(selected)
    anchor = report.at(start, start + len(selected))
    assert anchor == Anchor(section, paragraph, endnotes, 7, selected)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 3), (5, 2), (0, 10_000)])
def test_a_place_needs_characters(report: SourceText, start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        report.at(start, end)


def test_between_two_parts_is_the_section_before(report: SourceText) -> None:
    assert report.at(8, 9) == Anchor("1.A", "", "", None, "\n")


def test_a_selector_keeps_what_stands_around(report: SourceText) -> None:
    start = report.text.index("second")
    kept = selector(report, start, start + 6)
    assert kept == Selector("second", report.text[:start][-60:], report.text[start + 6 :][:60], start)


def test_a_text_is_kept_and_read_back(report: SourceText) -> None:
    assert SourceText.from_json(report.to_json()) == report


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[]",
        "{}",
        '{"format":2,"text":"","parts":[]}',
        '{"format":1,"text":"ab","parts":[[0,3,"paragraph","",1,[],null]]}',
        '{"format":1,"text":"ab","parts":[[1,2,"paragraph","",1,[],null],[0,1,"paragraph","",1,[],null]]}',
        '{"format":1,"text":"ab","parts":[[0,1,"poem","",1,[],null]]}',
        '{"format":1,"text":"ab","parts":[[0,1]]}',
    ],
)
def test_what_is_no_kept_text_is_refused(kept: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the JSON reader has words of its own
        SourceText.from_json(kept)
