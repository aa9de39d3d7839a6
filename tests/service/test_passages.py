"""The texts of sources and the passages in them: taken in, quoted, found again or lost, and all of it undone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import Blob, Edition, Invalid, Operation, Quote, Recommendation
from desktop.service import passages, records, undo
from desktop.service.conflicts import Conflict
from desktop.service.quoting import Part, SourceText
from desktop.service.sentences import widen
from tests.service.conftest import World, state

CABLES = "Both governments should finance the landing stations together.¹ They meet twice a year."
PORTS = "Ports come later, once the cables are laid. A fund of 40 million is proposed."
JAPANESE = (
    "両国政府は海底ケーブルの陸揚げ局に共同で融資すべきである。次の会合は秋に開かれる。𠮷野が担当する。"
)


def source_text(*sections: tuple[str, list[str]], notes: tuple[str, ...] = ("1",)) -> SourceText:
    """A text of headed sections with these paragraphs; a ¹ in one cites note 1."""
    text, parts = "", []
    for title, paragraphs in sections:
        for number, words in enumerate([title, *paragraphs]):
            text += "\n\n" if text else ""
            cited = notes if "¹" in words else ()
            kind: Any = "paragraph" if number else "heading"
            parts.append(Part(len(text), len(text) + len(words), kind, title, number, cited))
            text += words
    return SourceText(text, tuple(parts))


FIRST = source_text(("Cables", [CABLES, "A study is under way."]), ("Ports", [PORTS]), ("海底", [JAPANESE]))


def at(text: SourceText, words: str) -> tuple[int, int]:
    start = text.text.index(words)
    return start, start + len(words)


@pytest.fixture
def edition(world: World) -> Any:
    return passages.take_in(world.workspace, world.source, "report.txt", FIRST).edition


# ---- texts


def test_a_text_is_kept_once_and_read_back(world: World) -> None:
    taken = passages.take_in(world.workspace, world.source, "folder/report.txt", FIRST)
    kept = taken.edition
    assert (kept.number, kept.name, kept.added_on) == (1, "report.txt", "2026-11-21")
    assert passages.text_of(kept) == FIRST
    again = passages.take_in(world.workspace, world.source, "copy.txt", FIRST)
    assert again.same
    assert again.edition.uid == kept.uid
    assert [each.uid for each in passages.editions(world.source)] == [kept.uid]
    second = passages.take_in(
        world.workspace, world.source, "report 2.txt", source_text(("Cables", ["New."]))
    )
    assert second.edition.number == 2
    assert passages.newest(world.source).uid == second.edition.uid


def test_undo_takes_a_text_back_and_redo_brings_it(world: World, edition: Any) -> None:
    assert undo.undo(world.workspace) == f"Take in the text report.txt of {world.source.ref}"
    assert passages.newest(world.source) is None
    undo.redo(world.workspace)
    assert passages.text_of(passages.newest(world.source)) == FIRST


def test_a_damaged_or_foreign_text_is_told(world: World, edition: Any) -> None:
    passages._text.cache_clear()
    with world.workspace.engine.write():
        Blob.update(content=b"{}").execute()
    with pytest.raises(Invalid, match="damaged in this workspace"):
        passages.text_of(edition)
    with world.workspace.operation("Meddle") as writing:
        other = writing.create(Edition, {**_facts(world), "sha256": passages.attachments.keep_bytes(b"{}")})
    with pytest.raises(Invalid, match="cannot be read by this version"):
        passages.text_of(other)


def _facts(world: World) -> dict[str, Any]:
    return {"source": world.source.id, "number": 9, "name": "x.txt", "added_on": "2026-11-21"}


@pytest.mark.parametrize(
    ("section", "paragraph", "words"),
    [
        ("Cables", "1", CABLES),
        ("Cables", "1–2", f"{CABLES}\n\nA study is under way."),
        ("Cables", "", "Cables"),
        ("Cables", "99", "Cables"),
        ("Rail", "1", None),
    ],
)
def test_a_place_is_found_by_its_name(section: str, paragraph: str, words: str | None) -> None:
    found = passages.place(FIRST, section, paragraph)
    assert (FIRST.text[slice(*found)] if found else None) == words


# ---- passages


def test_a_passage_of_a_record_fills_what_it_says_of_its_source(world: World, edition: Any) -> None:
    assert world.cables.source_id is None
    made = passages.quote(
        world.workspace, world.cables, edition, *at(FIRST, "finance the landing stations together")
    )
    assert (made.quote, made.state) == ("finance the landing stations together", "found")
    assert made.before.endswith("governments should ")
    assert made.after.startswith(".¹ They")
    filled = world.cables
    assert (filled.source_id, filled.section, filled.paragraph, filled.endnotes) == (
        world.source.id,
        "Cables",
        "1",
        "1",
    )
    before = passages.of(world.cables)
    with pytest.raises(Invalid, match="comes from this passage already"):
        passages.quote(world.workspace, world.cables, edition, made.start, made.end)
    assert [each.uid for each in before] == [made.uid]
    assert undo.undo(world.workspace) == "Tie WC-2024-1A to a passage of SRC-001"
    assert passages.of(world.cables) == []
    assert world.cables.section == ""


def test_what_a_record_says_of_its_source_stays_unless_asked(world: World, edition: Any) -> None:
    records.change(world.workspace, world.cables, {"source": world.source.id, "section": "Elsewhere"})
    passages.quote(world.workspace, world.cables, edition, *at(FIRST, "A study is under way."))
    # not the paragraph of another section either
    assert (world.cables.section, world.cables.paragraph) == ("Elsewhere", "")
    passages.quote(world.workspace, world.cables, edition, *at(FIRST, "Ports come later"), replace=True)
    assert (world.cables.section, world.cables.paragraph, world.cables.endnotes) == ("Ports", "1", "")


def test_white_space_is_no_part_of_a_passage(world: World, edition: Any) -> None:
    start, end = at(FIRST, "A study is under way.")
    made = passages.quote(world.workspace, world.cables, edition, start - 2, end + 2)
    assert (made.start, made.end) == (start, end)
    with pytest.raises(Invalid, match="Select the words"):
        passages.quote(world.workspace, world.cables, edition, end, end + 2)


def test_a_recommendation_and_its_ask_are_made_from_passages(world: World, edition: Any) -> None:
    passages.quote(world.workspace, world.heading, edition, *at(FIRST, "Cables"))
    steps = Operation.select().count()
    made = passages.make(world.workspace, edition, *at(FIRST, CABLES), {})
    assert Operation.select().count() == steps + 1
    assert (made.level, made.parent_id, made.title) == (
        "recommendation",
        world.heading.id,
        CABLES.replace("¹", "")[:-1],
    )
    assert (made.section, made.paragraph, made.endnotes) == ("Cables", "1", "1")
    ask = passages.make(
        world.workspace, edition, *at(FIRST, "They meet twice a year"), {"level": "ask", "title": "Meet"}
    )
    assert (ask.level, ask.parent_id, ask.title) == ("ask", made.id, "Meet")
    undo.undo(world.workspace)
    assert Recommendation.get_or_none(Recommendation.uid == ask.uid) is None
    assert Quote.select().where(Quote.subject == ask.id).count() == 0


def test_the_parent_is_proposed_by_what_records_say_of_the_source_too(world: World, edition: Any) -> None:
    here = {"source": world.source.id, "section": "Cables", "paragraph": "1"}
    records.change(world.workspace, world.cables, here)
    found = passages.propose(edition, *at(FIRST, "A study is under way."), "ask")
    assert found["parent"] == world.cables.id
    assert passages.propose(edition, *at(FIRST, "Cables"), "ask")["parent"] is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Finance the  stations\n\ntogether.¹", "Finance the stations together"),
        ("word " * 60, "word " * 23 + "word…"),
        ("海底ケーブル" * 40, ("海底ケーブル" * 20)[:119] + "…"),
        ("。", "。"),
    ],
)
def test_the_title_that_is_proposed(words: str, title: str) -> None:
    assert passages.title_of(words) == title
    assert len(title) <= passages.TITLE


# ---- a newer edition


def test_passages_are_followed_into_a_newer_edition(world: World, edition: Any) -> None:
    ws = world.workspace
    kept = passages.quote(ws, world.cables, edition, *at(FIRST, "finance the landing stations together"))
    moved = passages.quote(ws, world.cables, edition, *at(FIRST, "A study is under way."))
    close = passages.quote(ws, world.humboldt, edition, *at(FIRST, PORTS.split(". ")[0]))
    gone = passages.quote(ws, world.lunch, edition, *at(FIRST, "A fund of 40 million is proposed."))
    before = state()
    newer = source_text(
        ("Introduction", ["A study is under way."]),
        ("Cables", [CABLES.replace("twice", "thrice")]),
        ("Ports", ["Ports come later, once most cables are laid."]),
    )
    taken = passages.take_in(ws, world.source, "newer.txt", newer)
    assert {each.uid for each in taken.found} == {kept.uid, moved.uid, close.uid}
    assert [each.uid for each in taken.near] == [close.uid]
    assert (
        [each.uid for each in taken.lost] == [each.uid for each in passages.lost(world.source)] == [gone.uid]
    )
    one, other, third = (Quote.get(Quote.uid == each.uid) for each in (kept, moved, close))
    assert newer.text[one.start : one.end] == one.quote == "finance the landing stations together"
    assert (one.edition_id, other.section) == (taken.edition.id, "Introduction")
    assert newer.text[third.start : third.end] == "Ports come later, once most cables are laid"
    assert third.quote == PORTS.split(". ")[0]
    assert [each.uid for each in passages.unsure(taken.edition)] == [close.uid]
    assert Quote.get(Quote.uid == gone.uid).edition_id == edition.id
    assert [each.uid for each in passages.inside(taken.edition)] == [moved.uid, kept.uid, close.uid]
    undo.undo(ws)
    assert state(without=("derived created_at",)) == {
        uid: {k: v for k, v in values.items() if k != "derived created_at"} for uid, values in before.items()
    }


def test_a_lost_passage_is_found_by_hand_or_by_a_later_edition(world: World, edition: Any) -> None:
    ws = world.workspace
    gone = passages.quote(ws, world.cables, edition, *at(FIRST, "A fund of 40 million is proposed."))
    other = source_text(("Cables", ["Nothing of the kind."]))
    passages.take_in(ws, world.source, "other.txt", other)
    (gone,) = passages.lost(world.source)
    passages.relocate(ws, gone, *at(other, "Nothing of the kind."))
    assert passages.lost(world.source) == []
    assert (gone.quote, gone.section, gone.state) == ("Nothing of the kind.", "Cables", "found")
    undo.undo(ws)
    taken = passages.take_in(ws, world.source, "third.txt", FIRST)
    assert [each.uid for each in taken.found] == [gone.uid]
    assert passages.lost(world.source) == []


def test_a_near_place_is_confirmed_and_a_passage_removed(world: World, edition: Any) -> None:
    ws = world.workspace
    passages.quote(ws, world.cables, edition, *at(FIRST, PORTS.split(". ")[0]))
    newer = source_text(("Ports", [PORTS.replace("the cables", "most cables")]))
    (close,) = passages.take_in(ws, world.source, "newer.txt", newer).near
    passages.confirm(ws, close)
    assert passages.unsure(passages.newest(world.source)) == []
    assert close.quote == "Ports come later, once most cables are laid"
    passages.remove(ws, close)
    assert passages.of(world.cables) == []
    assert undo.undo(ws) == "Remove the passage of WC-2024-1A"
    assert passages.best(world.cables).uid == close.uid


def test_places_that_were_sought_before_are_used_and_the_rest_is_sought_now(
    world: World, edition: Any
) -> None:
    ws = world.workspace
    passages.quote(ws, world.cables, edition, *at(FIRST, "A study is under way."))
    newer = source_text(("Cables", ["First.", "A study is under way.", PORTS]))
    places = passages.seek(newer, passages.waiting(world.source))
    late = passages.quote(ws, world.humboldt, edition, *at(FIRST, "Ports come later"))
    taken = passages.take_in(ws, world.source, "newer.txt", newer, places)
    assert len(taken.found) == 2
    assert late.uid in {each.uid for each in taken.found}


# ---- deletion


def test_the_texts_of_a_source_go_with_it_unless_passages_need_them(world: World) -> None:
    ws = world.workspace
    other = records.add(ws, type(world.source), {"title": "A paper"})
    edition = passages.take_in(ws, other, "paper.txt", FIRST).edition
    passages.quote(ws, world.lunch, edition, *at(FIRST, "Ports come later"))
    records.change(ws, world.lunch, {"source": None})
    with pytest.raises(Conflict, match=rf"{other.ref} is still used by {world.lunch.ref} – paper.txt"):
        records.delete(ws, [other])
    assert passages.newest(other) is not None
    passages.remove(ws, passages.of(world.lunch)[0])
    records.delete(ws, [other])
    assert Edition.select().count() == 0
    undo.undo(ws)
    assert passages.text_of(Edition.get()) == FIRST


# ---- sentences


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("landing", "Both governments should finance the landing stations together.¹"),
        ("twice", "They meet twice a year."),
        ("together.¹ They", CABLES),
        ("会合", "次の会合は秋に開かれる。"),
        ("𠮷野", "𠮷野が担当する。"),
        ("Cables", "Cables"),
    ],
)
def test_a_selection_is_widened_to_the_sentence(words: str, sentence: str) -> None:
    assert FIRST.text[slice(*widen(FIRST, *at(FIRST, words)))] == sentence


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (FIRST.text.index(CABLES) - 1, "Both governments should finance the landing stations together.¹"),
        (FIRST.text.index(CABLES) + len(CABLES), "They meet twice a year."),
        (0, "Cables"),
        (len(FIRST.text), "𠮷野が担当する。"),
    ],
)
def test_a_cursor_between_paragraphs_takes_a_sentence_beside_it(place: int, sentence: str) -> None:
    assert FIRST.text[slice(*widen(FIRST, place, place))] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. Department of State and Dr. Smith of St. Louis met J. Tanaka.",
        "See fig. 3 and no. 7 for 1.5 percent of it.",
        "“Is it so?” he asked.",
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence: str) -> None:
    text = source_text(("A", [f"One before. {sentence} One behind."]))
    middle = text.text.index(sentence) + 5
    assert text.text[slice(*widen(text, middle, middle))] == sentence


# ---- any history

WORDS = [
    "cable",
    "port",
    "fund",
    "should",
    "finance",
    "together.",
    "Both",
    "海底ケーブル。",
    "𠮷",
    "naïve",
    "2030",
    "the",
]
PARAGRAPH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
TEXT = st.lists(PARAGRAPH, min_size=1, max_size=6)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], list[str], list[tuple[float, float]]]:
    """A text, the same after somebody edited it, and where passages begin and end, as parts of the whole."""
    first = draw(TEXT)
    second = list(first)
    for _edit in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(second) - 1))
        act = draw(st.sampled_from(("drop", "insert", "replace", "swap")))
        if act == "drop" and len(second) > 1:
            del second[place]
        elif act == "insert":
            second.insert(place, draw(PARAGRAPH))
        elif act == "replace":
            second[place] = second[place].replace(draw(st.sampled_from(WORDS)), draw(st.sampled_from(WORDS)))
        else:
            second[place], second[-1] = second[-1], second[place]
    fraction = st.floats(0, 1)
    return first, second, draw(st.lists(st.tuples(fraction, fraction), min_size=1, max_size=5))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(story=edited())
def test_after_any_edit_each_passage_is_at_its_words_told_as_near_or_lost(
    world: World, story: tuple[list[str], list[str], list[tuple[float, float]]]
) -> None:
    before, after, places = story
    ws = world.workspace
    first, second = source_text(("A", before)), source_text(("B", after))
    source = records.add(ws, type(world.source), {"title": "Drawn"})
    edition = passages.take_in(ws, source, "first.txt", first).edition
    subjects = (world.cables, world.humboldt, world.lunch, world.heading)
    for (one, other), subject in zip(places, subjects, strict=False):
        start, end = sorted((round(one * len(first.text)), round(other * len(first.text))))
        if first.text[start:end].strip():
            passages.quote(ws, subject, edition, start, end)
    kept = state()
    taken = passages.take_in(ws, source, "second.txt", second)
    quotes = passages.waiting(source)
    near = {each.uid for each in taken.near}
    assert len(quotes) == len(taken.found) + len(taken.lost)
    for quote in quotes:
        if quote.state == "lost":
            assert quote.edition_id == edition.id
            assert f" {quote.quote} " not in f" {second.text} ".replace("\n", " ")
        else:
            assert quote.edition_id == taken.edition.id
            there = second.text[quote.start : quote.end]
            assert there == quote.quote or quote.uid in near
            assert quote.section == second.section_at(quote.start)
    assert {each.uid for each in passages.unsure(taken.edition)} <= near
    if not taken.same:
        undo.undo(ws)
        assert state() == kept
