"""Search: the texts of parts, and that the index finds what a naive scan of the texts finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import AgendaItem, FollowUp, Meeting, Update, database
from desktop.service import points, progress, query, records, undo
from desktop.service.query import Query
from desktop.service.workspace import Workspace
from desktop.store import search, terms
from desktop.text import fold

WORDS = (
    "cable", "cables", "Cabo", "submarino", "submarine", "São", "reunión", "Reunião", "ﬁnanzas", "ＦＵＬＬ", "2026",
    "20261", "O'Brien", "5G", "海底", "ケーブル", "ｹｰﾌﾞﾙ", "会議", "議会", "準備する", "предложение",
    "Ελλάδα", "한국어", "naïve",
)  # fmt: skip
SEPARATORS = (" ", ", ", "\n", "—", "、", "/", "")
"""Also none: words that are written together."""
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def texts() -> st.SearchStrategy[str]:
    pieces = st.tuples(st.sampled_from(WORDS), st.sampled_from(SEPARATORS))
    return st.lists(pieces, max_size=6).map(lambda found: "".join(word + gap for word, gap in found))


def typed() -> st.SearchStrategy[str]:
    """A word as far as it is typed, or two."""
    one = st.tuples(st.sampled_from(WORDS), st.integers(1, 12)).map(lambda pair: pair[0][: pair[1]])
    return st.lists(one, min_size=1, max_size=2).map(" ".join)


def scanned(kept: Iterable[str], asked: str) -> set[int]:
    """The places of the texts that have all words by `in` alone: of a folded text, at the beginning of a word."""
    found = set()
    for place, text in enumerate(kept):
        if all(_has(fold(text), word) for word in fold(asked).split()):
            found.add(place)
    return found


def _has(folded: str, word: str) -> bool:
    """Whether a word of the text begins so; characters written without spaces are words each."""
    apart = CJK.sub(r" \g<0> ", folded)
    flat = " " + " ".join(re.findall(r"[^\W_]+", apart)) + " "
    wanted = " ".join(re.findall(r"[^\W_]+", CJK.sub(r" \g<0> ", word)))
    return not wanted or f" {wanted}" in flat


def found(workspace: Workspace, entity: type[Any], text: str) -> set[int]:
    return {row[0] for row in query.page(workspace, Query(entity, ("title",), text=text))}


def completed(workspace: Workspace, text: str) -> set[int]:
    """What is found where words are completed from the dictionary."""
    asked = search.match(text, workspace.engine.rows)
    sql = "SELECT rowid FROM search_follow_up WHERE words MATCH ?"
    return {row[0] for row in workspace.engine.rows(sql, (asked,))} if asked else set()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kept=st.lists(st.tuples(texts(), texts(), texts()), min_size=1, max_size=4),
    asked=st.lists(typed(), max_size=6),
)
def test_the_index_finds_what_a_scan_finds(
    workspace: Workspace, kept: list[tuple[str, str, str]], asked: list[str]
) -> None:
    whole, ids = [], []
    for number, (title, detail, done) in enumerate(kept):
        record = records.add(workspace, FollowUp, {"title": f"{title} .", "detail": detail})
        if done.strip():
            progress.report(workspace, record, done=done)
        if number % 2:
            records.change(workspace, record, {"detail": f"{detail} changed"})
            undo.undo(workspace)
        ids.append(record.id)
        whole.append("\n".join((record.ref, f"{title} .", detail, done)))
    for text in asked:
        wanted = {ids[place] for place in scanned(whole, text)}
        assert found(workspace, FollowUp, text) & set(ids) == wanted, text
        assert completed(workspace, text) & set(ids) == wanted, text
    held = words_held()
    with workspace.engine.write():
        search.rebuild()
    assert words_held() <= held
    for text in asked:
        wanted = {ids[place] for place in scanned(whole, text)}
        assert completed(workspace, text) & set(ids) == wanted, text


def words_held() -> set[str]:
    """The dictionary."""
    return {row[0] for row in database.execute_sql(f"SELECT word FROM {terms.TABLE}").fetchall()}


def test_updates_and_moved_dates_are_found_with_their_record(world: Any) -> None:
    suppliers = world.suppliers
    progress.report(world.workspace, suppliers, done="The annex was translated", blocks="Aduana")
    assert found(world.workspace, FollowUp, "annex aduana suppliers") == {suppliers.id}
    records.change(world.workspace, world.suppliers, {"due_on": "2027-01-15"}, reason="Carnival")
    assert found(world.workspace, FollowUp, "carnival") == {suppliers.id}
    undo.undo(world.workspace)
    assert found(world.workspace, FollowUp, "carnival") == set()
    undo.undo(world.workspace)
    assert Update.select().count() == 0
    assert found(world.workspace, FollowUp, "annex") == set()


def test_a_deleted_record_leaves_nothing_and_comes_back_with_its_parts(world: Any) -> None:
    progress.report(world.workspace, world.suppliers, done="The annex was translated")
    records.delete(world.workspace, [world.suppliers])
    assert found(world.workspace, FollowUp, "annex") == set()
    undo.undo(world.workspace)
    assert found(world.workspace, FollowUp, "annex") == {world.suppliers.id}


def test_agenda_and_minutes_are_found_with_their_meeting(world: Any) -> None:
    with world.workspace.operation("Minutes") as writing:
        points.make(writing, world.lunch, "note", "陸揚げ許可を申請する")
        writing.create(AgendaItem, {"meeting": world.lunch.id, "topic": "Landing permit"})
    assert found(world.workspace, Meeting, "揚げ許可") == {world.lunch.id}
    assert found(world.workspace, Meeting, "landing cables") == {world.lunch.id}


def test_an_index_made_anew_is_the_one_that_was_kept(world: Any) -> None:
    progress.report(world.workspace, world.suppliers, done="The annex was translated")
    with world.workspace.operation("Minutes") as writing:
        points.make(writing, world.lunch, "decision", "Landing permit by March")
    asked = ("annex", "landing", "cable", "METI", "2026", "経済")
    for entity in (FollowUp, Meeting):
        before = [found(world.workspace, entity, text) for text in asked]
        with world.workspace.engine.write():
            world.workspace.engine.db.execute_sql(f"DELETE FROM {search.table(entity)}")
        assert [found(world.workspace, entity, text) for text in asked] == [set()] * len(asked)
        with world.workspace.engine.write():
            search.rebuild()
        assert [found(world.workspace, entity, text) for text in asked] == before
        assert any(before)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the submarine cable of 2026", {"submarine", "cable"}),
        ("5g a1b2 12345 o brien", {"a1b2", "brien"}),
        ("cableо", {"cableо", "cable"}),
        ("会 議 предложение", set()),
    ],
)
def test_what_the_dictionary_keeps(text: str, kept: set[str]) -> None:
    assert terms.words(text) == kept


def test_a_prefix_is_completed_where_that_is_sooner(workspace: Workspace) -> None:
    read = workspace.engine.rows
    records.add(workspace, FollowUp, {"title": "Submarine cables, submarino"})
    assert terms.completions("subm", read) == ["submarine", "submarino"]
    assert search.match("subm cab", read) == '("submarine" OR "submarino") AND "cab"*'
    assert terms.completions("sub", read) is None
    assert terms.completions("2026", read) is None
    assert terms.completions("海底ケーブル", read) is None
    assert terms.completions("zzzz", read) == []
    for number in range(terms.MOST + 1):
        records.add(workspace, FollowUp, {"title": f"serie{chr(97 + number % 26)}{number}"})
    assert terms.completions("serie", read) is None
