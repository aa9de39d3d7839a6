"""Search: what is found, in which languages, and that whatever is typed is no error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import ENTITIES, FollowUp
from desktop.service import query, records, undo
from desktop.service.query import Order, Query
from desktop.service.workspace import Workspace
from desktop.store import search

TITLES = (
    "Send the Humboldt cable study",
    "Reunión sobre el cable submarino en Ñuñoa",
    "São Paulo: negociação de 5G",
    "日本企業との会議を準備する",
    "ﾌﾘｰｿﾌﾄｳｪｱ と ５Ｇ",
    'O\'Brien "quoted" AND (NOT) near*',
)


def found(workspace: Workspace, text: str, **asked: Any) -> set[str]:
    return {row[1] for row in query.page(workspace, Query(FollowUp, ("title",), text=text, **asked))}


@pytest.fixture
def titled(workspace: Workspace) -> Workspace:
    for title in TITLES:
        records.add(workspace, FollowUp, {"title": title})
    return workspace


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("humboldt", [0]),
        ("HUM", [0]),
        ("cable", [0, 1]),
        ("cable stu", [0]),
        ("stu cable", [0]),
        ("nunoa", [1]),
        ("Ñuñ", [1]),
        ("reunion", [1]),
        ("sao pau", [2]),
        ("NEGOCIAÇÃO", [2]),
        ("5g", [2, 4]),
        ("会議", [3]),
        ("本企", [3]),
        ("会", [3]),
        ("議会", []),
        ("フリー", [4]),
        ("o'brien", [5]),
        ('"quoted"', [5]),
        ("FU-2026", [0, 1, 2, 3, 4, 5]),
        ("fu-2026-003", [2]),
        ("nothing", []),
    ],
)
def test_what_is_found(titled: Workspace, typed: str, places: list[int]) -> None:
    assert found(titled, typed) == {TITLES[place] for place in places}
    assert found(titled, typed, order=(Order("title"),)) == {TITLES[place] for place in places}


@pytest.mark.parametrize("typed", ["", "  ", "?!", "“”", "*", '"', "()", "、。"])
def test_punctuation_alone_searches_for_nothing(titled: Workspace, typed: str) -> None:
    assert search.match(typed) == ""
    assert found(titled, typed) == set(TITLES)
    assert query.count(titled, Query(FollowUp, (), text=typed)) == len(TITLES)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(st.characters(codec=None), max_size=30) | st.text("\"*()^:+-{}'\x00 aND会", max_size=12))
def test_whatever_is_typed_is_no_error(titled: Workspace, typed: str) -> None:
    assert found(titled, typed) == found(titled, typed, order=(Order("title"),))


def test_a_change_an_undo_and_a_deletion_are_followed(titled: Workspace) -> None:
    record = FollowUp.find(TITLES[0])
    records.change(titled, record, {"detail": "For the ministry of transport"})
    assert found(titled, "transport") == {TITLES[0]}
    undo.undo(titled)
    assert found(titled, "transport") == set()
    records.delete(titled, [FollowUp.find(TITLES[0])])
    assert found(titled, "humboldt") == set()
    undo.undo(titled)
    assert found(titled, "humboldt") == {TITLES[0]}


def test_the_index_can_be_made_anew(titled: Workspace) -> None:
    before = {typed: found(titled, typed) for typed in ("cable", "会議", "5g")}
    with titled.engine.write():
        titled.engine.db.execute_sql("DELETE FROM search_follow_up")
    assert found(titled, "cable") == set()
    with titled.engine.write():
        count = search.rebuild()
    assert count == sum(entity.select().count() for entity in ENTITIES)
    assert {typed: found(titled, typed) for typed in before} == before


def test_only_texts_are_searched() -> None:
    assert all(search.searched(entity) for entity in ENTITIES)
    assert "title" in search.searched(FollowUp)
    assert "owed_by" not in search.searched(FollowUp)
