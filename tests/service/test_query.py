"""Reading: columns, filters, orders and text, and that whatever is asked for is told apart from an attack."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import (
    ENTITIES,
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    fields,
)
from desktop.model.kinds import SortKey
from desktop.service import plain, query, records
from desktop.service.query import Condition, Order, Query, conditions
from tests.service.conftest import World


def found(world: World, entity: type[Any], *where: Condition, **asked: Any) -> list[str]:
    rows = query.page(world.workspace, Query(entity, (entity.naming,), where=where, **asked))
    assert query.count(world.workspace, Query(entity, (), where=where, **asked)) == len(rows)
    return [row[1] for row in rows]


def typed(world: World, entity: type[Any], name: str, text: str) -> set[str]:
    return set(found(world, entity, *conditions(entity, name, text)))


@pytest.fixture
def several(world: World) -> World:
    """Follow-ups that differ in everything that is filtered by."""
    for title, values in {
        "one": {"due_on": "2026-12-01", "priority": "high", "countries": {"CL"}, "owed_by": world.dfc.id},
        "two": {"due_on": "2026-12-31", "priority": "low", "countries": {"CL", "PE"}, "status": "waiting"},
        "three": {"due_on": "2027-01-01", "owner": world.mori.id, "sectors": {world.digital.id}},
        "four": {"owner": None, "countries": {"BO"}},
    }.items():
        records.add(world.workspace, FollowUp, {"title": title, **values})
    records.delete(world.workspace, [world.suppliers, world.terms])
    return world


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("priority", "High", "one"),
        ("priority", "high; low", "one two"),
        ("status", "Waiting on the other side", "two"),
        ("countries", "Chile", "one two"),
        ("countries", "PE; BO", "two four"),
        ("countries", "", "three"),
        ("sectors", "digital", "three"),
        ("owner", "Mori Aya", "three"),
        ("owner", "", "four"),
        ("owed_by", "DFC", "one"),
        ("direction", "partner", "one"),
        ("due_on", "2026-12-31", "two"),
        ("due_on", "2026-12", "one two"),
        ("due_on", "2027", "three"),
        ("due_on", "2026-12-02..", "two three"),
        ("due_on", "..2026", "one two"),
        ("due_on", "2026-12-01 .. 2026-12-31", "one two"),
        ("due_on", "2026-12-01; 2027-01-01", "one three"),
        ("due_on", "", "four"),
        ("attention", "due_soon", "one"),
        ("attention", "Overdue; Due soon", "one"),
        ("attention", "", "two three four"),
        ("rag", "amber", "one"),
        ("times_slipped", "0", "one two three four"),
        ("ref", "FU-2026-003", "one"),
    ],
)
def test_filters_as_they_are_typed(several: World, name: str, text: str, wanted: str) -> None:
    assert typed(several, FollowUp, name, text) == set(wanted.split())


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("colour", "red", "Follow-up has no field “colour”; it has: ref, title"),
        ("priority", "urgent", "“urgent” is not one of: High, Medium, Low"),
        ("countries", "Atlantis", "“Atlantis” is not a country"),
        ("owner", "Nobody", "There is no person “Nobody”"),
        ("due_on", "31/02", "31/02"),
        ("due_on", "2024-13-01", "2024-13-01"),
        ("due_on", "yesterday..", "yesterday"),
    ],
)
def test_filters_that_cannot_be(world: World, name: str, text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told) as caught:
        conditions(FollowUp, name, text)
    assert caught.value.field == name


def test_a_name_that_several_have(world: World) -> None:
    for _number in range(2):
        records.add(world.workspace, Person, {"name": "Silva"})
    with pytest.raises(Invalid, match="Owner: “silva” could be PER-004 and PER-005; use the reference"):
        conditions(FollowUp, "owner", "silva")


def test_not_and_empty(several: World) -> None:
    def named(*where: Condition) -> set[str]:
        return set(found(several, FollowUp, *where))

    everything = {"one", "two", "three", "four"}
    assert named(Condition("priority", "not", ("high", "low"))) == {"three", "four"}
    assert named(Condition("countries", "not", ("CL",))) == {"three", "four"}
    assert named(Condition("owner", "not", (several.mori.id,))) == everything - {"three"}
    assert named(Condition("due_on", "not", ("2026-12-01",))) == everything - {"one"}
    assert named(Condition("attention", "not", ("due_soon",))) == everything - {"one"}
    assert named(Condition("countries", "empty", (False,))) == everything - {"three"}
    assert named(Condition("due_on", "empty", (False,))) == everything - {"four"}
    assert named(Condition("priority", "in", ())) == set()


def test_a_date_of_which_only_the_month_is_known(world: World) -> None:
    for on in ("2025", "2025-11", "2025-11-03", "2024-12-31"):
        records.add(world.workspace, Meeting, {"title": on, "on": on})
    assert typed(world, Meeting, "on", "2025") == {"2025", "2025-11", "2025-11-03"}
    assert typed(world, Meeting, "on", "2025-11") == {"2025-11", "2025-11-03"}
    assert typed(world, Meeting, "on", "2025-11-01..") == {"2025-11-03", "Lunch on cables"}
    assert typed(world, Meeting, "on", "..2025") == {"2025", "2025-11", "2025-11-03", "2024-12-31"}


# ---- orders


def test_empty_ones_come_last_whichever_way(several: World) -> None:
    assert found(several, FollowUp, order=(Order("due_on"),)) == ["one", "two", "three", "four"]
    assert found(several, FollowUp, order=(Order("due_on", descending=True),)) == [
        "three",
        "two",
        "one",
        "four",
    ]


def test_scales_sort_in_their_order(several: World) -> None:
    assert found(several, FollowUp, order=(Order("priority"), Order("due_on"))) == [
        "one",
        "three",
        "four",
        "two",
    ]
    assert found(several, FollowUp, order=(Order("status"), Order("due_on")))[-1] == "two"
    assert found(several, FollowUp, order=(Order("rag"),))[0] == "one"


def test_texts_sort_as_people_expect(world: World) -> None:
    for name in ("Zurich", "Ávila 10", "avila 9", "élan"):
        records.add(world.workspace, Organisation, {"name": name, "acronym": name[:2]})
    names = found(world, Organisation, order=(Order("name"),))
    assert names == sorted(names, key=SortKey.key)
    shown = query.page(world.workspace, Query(Organisation, ("acronym",), order=(Order("acronym"),)))
    assert [row[1] for row in shown] == ["av", "CAF", "DFC", "METI", "MINREL", "Zu", "Áv", "él", ""]
    refs = [f"FU-2026-{number}" for number in (9, 10, 100)]
    for ref in refs:
        records.add(world.workspace, FollowUp, {"title": "New", "ref": ref})
    rows = query.page(world.workspace, Query(FollowUp, ("ref",), order=(Order("ref"),)))
    assert [row[1] for row in rows][-3:] == refs


def test_amounts_sort_as_numbers(world: World) -> None:
    for value in ("900", "1000.5", "-3", ""):
        records.add(world.workspace, Initiative, {"name": f"of {value}", "value": value, "currency": "USD"})
    names = found(world, Initiative, order=(Order("value"),))
    assert names[:3] == ["of -3", "of 900", "of 1000.5"]


def test_references_sort_by_what_is_shown(several: World) -> None:
    shown = query.page(several.workspace, Query(FollowUp, ("owner",), order=(Order("owner"),)))
    assert [row[1] for row in shown] == ["Mori Aya", "Sato Kenji", "Sato Kenji", None]


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.key())
def test_every_field_can_be_shown_sorted_and_filtered(world: World, entity: type[Any]) -> None:
    columns = tuple(f.name for f in fields(entity))
    rows = query.page(world.workspace, Query(entity, columns))
    assert len(rows) == entity.select().count()
    for row in rows:
        assert len(query.shown(Query(entity, columns), row)) == len(columns)
        assert query.one(world.workspace, Query(entity, columns), row[0]) == row
    for f in fields(entity):
        for descending in (False, True):
            order = (Order(f.name, descending),)
            assert len(query.page(world.workspace, Query(entity, columns, order=order))) == len(rows)
        empty = found(world, entity, Condition(f.name, "empty", (True,)))
        full = found(world, entity, Condition(f.name, "empty", (False,)))
        assert len(empty) + len(full) == len(rows)


def test_pages_follow_one_another(world: World) -> None:
    for number in range(25):
        records.add(world.workspace, FollowUp, {"title": f"Number {number % 3}"})
    for order in ((), (Order("title"),), (Order("title", True), Order("due_on"))):
        asked = Query(FollowUp, ("ref", "title"), order=order)
        whole = query.page(world.workspace, asked, limit=100)
        pages = [row for start in range(0, 30, 7) for row in query.page(world.workspace, asked, 7, start)]
        assert pages == whole == list(query.each(world.workspace, asked))
        assert len({row[0] for row in whole}) == 27


def test_a_row_that_is_gone(world: World) -> None:
    assert query.one(world.workspace, Query(FollowUp, ("ref",)), 999_999) is None


def test_the_statement_of_a_shape_is_built_once(world: World) -> None:
    query._statement.cache_clear()
    for priority in ("high", "low", "medium"):
        for text in ("cable", "会議"):
            found(world, FollowUp, Condition("priority", "in", (priority,)), text=text)
    assert query._statement.cache_info().misses == 2, "one for the page, one for the count"


# ---- what is open is found by its index


@pytest.mark.parametrize(
    ("mode", "where", "step"),
    [
        (query.PAGE, (Condition("status", "in", ("open",)),), "follow_up_status_due_on (status=?)"),
        (
            query.COUNT,
            (Condition("attention", "in", ("overdue",)),),
            "follow_up_status_due_on (status=? AND due_on<?)",
        ),
        (query.PAGE, (), "SCAN t USING INDEX follow_up_due_on"),
    ],
)
def test_the_plan_of_a_list_by_date(world: World, mode: str, where: tuple[Condition, ...], step: str) -> None:
    kept, values = query.statement(
        Query(FollowUp, ("ref", "title"), where=where, order=(Order("due_on"),)), mode
    )
    text, parameters = kept.bind((*values, 200, 0), world.workspace.today())
    plan = [row[3] for row in world.workspace.engine.rows(f"EXPLAIN QUERY PLAN {text}", parameters)]
    assert any(step in line for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan), plan


# ---- whatever is asked


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(codec=None), max_size=20)
    | st.sampled_from(["'; DROP TABLE person; --", '" OR 1=1', "%", "a\x00b", "1e999"])
)
def test_no_text_is_more_than_a_text(world: World, text: str) -> None:
    schema = world.workspace.engine.pragma("schema_version")
    for entity, name in (
        (FollowUp, "title"),
        (FollowUp, "due_on"),
        (Recommendation, "leads"),
        (Person, "officer"),
    ):
        with contextlib.suppress(Invalid):
            found(world, entity, *conditions(entity, name, text), text=text)
    with pytest.raises(Invalid):
        conditions(FollowUp, f"{text}!", "x")
    with pytest.raises(KeyError):
        found(world, FollowUp, order=(Order(f"{text}!"),))
    assert world.workspace.engine.pragma("schema_version") == schema


# ---- plain data


def test_a_record_as_plain_data(world: World) -> None:
    records.change(world.workspace, world.suppliers, {"countries": {"PE", "CL"}, "owed_by": world.dfc.id})
    (data,) = [
        row for row in plain.records(world.workspace, plain.question(FollowUp)) if row["ref"] == "FU-2026-001"
    ]
    assert data == plain.record(world.workspace, world.suppliers)
    assert list(data) == [f.name for f in fields(FollowUp)]
    expected = {
        "title": "Send the list of suppliers",
        "owed_by": world.dfc.ref,
        "owed_to": world.minrel.ref,
        "meeting": world.lunch.ref,
        "countries": ["CL", "PE"],
        "co_owners": [],
        "due_on": "2026-11-18",
        "closed_on": None,
        "status": "open",
        "rag": "red",
        "days_overdue": 3,
        "times_slipped": 0,
        "version": 2,
    }
    assert {name: data[name] for name in expected} == expected
    assert plain.record(world.workspace, world.sato)["officer"] is True
    assert plain.record(world.workspace, world.humboldt)["partners"] == sorted(
        (world.dfc.ref, world.minrel.ref)
    )
