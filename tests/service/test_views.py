"""Saved views: kept with the file, undoable, the same query when shown again; what is gone is told and left out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import FollowUp, Invalid, Meeting, Person, SavedView, fields
from desktop.model.computed import Computed
from desktop.model.kinds import Choice
from desktop.service import filters, query, records, undo, views
from desktop.service.grouping import groupable
from desktop.service.query import Condition, Order, Query
from desktop.service.rows import Rows
from desktop.service.views import ME, Definition


def test_a_view_is_saved_renamed_moved_deleted_and_all_of_it_undone(world: Any) -> None:
    workspace = world.workspace
    first = views.save(workspace, "Cables", FollowUp, Definition(text="cable", group="owner"))
    second = views.save(workspace, "Soon", Meeting, Definition(filters={"on": ["fortnight"]}))
    own = [view for view in views.views() if not view.shipped]
    assert [(view.name, view.entity) for view in own] == [("Cables", FollowUp), ("Soon", Meeting)]
    views.move(workspace, second, -1)
    assert [view.name for view in views.views()][-2:] == ["Soon", "Cables"]
    renamed = views.rename(workspace, first, "Submarine cables")
    assert (renamed.key, renamed.definition) == (first.key, first.definition)
    views.delete(workspace, renamed)
    assert views.find(first.key) is None
    for expected in (["Soon", "Submarine cables"], ["Soon", "Cables"], ["Cables", "Soon"], ["Cables"], []):
        assert undo.undo(workspace)
        assert [view.name for view in views.views() if not view.shipped] == expected


def test_a_name_is_borne_once(world: Any) -> None:
    workspace = world.workspace
    views.save(workspace, "Cables", FollowUp, Definition())
    with pytest.raises(Invalid, match="already"):
        views.save(workspace, "cables", FollowUp, Definition())
    with pytest.raises(Invalid, match="comes with the program"):
        views.save(workspace, "Overdue", FollowUp, Definition())
    with pytest.raises(Invalid, match="empty"):
        views.save(workspace, "  ", FollowUp, Definition())
    replaced = views.save(workspace, "Cables", Meeting, Definition(text="x"), instead=True)
    assert SavedView.select().count() == 1
    assert (replaced.entity, replaced.definition.text) == (Meeting, "x")


def test_those_that_come_with_the_program_ask_what_they_say(world: Any) -> None:
    workspace = world.workspace
    records.change(workspace, world.terms, {"status": "waiting", "priority": "high", "owner": world.mori.id})
    found = {
        view.key: [row[1] for row in query.each(workspace, views.query(workspace, view))]
        for view in views.shipped()
    }
    late = world.suppliers.ref
    assert found["overdue"] == [late]
    assert found["waiting"] == found["high"] == [world.terms.ref]
    assert found["mine"] == [late]
    assert SavedView.select().count() == 0
    workspace.officer = None
    with pytest.raises(Invalid, match="who is at the desk"):
        views.query(workspace, next(view for view in views.shipped() if view.key == "mine"))


def test_what_is_gone_is_told_and_the_rest_is_shown(world: Any) -> None:
    workspace = world.workspace
    person = records.add(workspace, Person, {"name": "Gone Soon"})
    definition = Definition(
        filters={"colour": ["red"], "owner": [person.uid], "status": ["open", "melted"]},
        fixed=[("nothing", "in", [1]), ("direction", "in", ["us"])],
        columns=("ref", "smell", "title"),
        sort=("taste", True),
        group="sound",
    )
    view = views.save(workspace, "Odd", FollowUp, definition)
    records.delete(workspace, [person])
    assert views.lacking(workspace, view) == [
        "smell",
        "nothing",
        "taste",
        "colour",
        "sound",
        "Owner",
        "Status",
    ]
    asked = views.query(workspace, view)
    assert asked == Query(
        FollowUp,
        ("ref", "title"),
        where=(Condition("status", "in", ("open",)), Condition("direction", "in", ("us",))),
    )


@pytest.mark.parametrize("text", ["", "[]", "{", '{"filters": 3, "sort": "x", "group": []}', '{"more": 1}'])
def test_a_definition_that_makes_no_sense_shows_the_list(world: Any, text: str) -> None:
    with world.workspace.operation("test") as writing:
        row = writing.create(SavedView, {"name": "Strange", "page": "follow_up", "definition": text})
        writing.create(SavedView, {"name": "Newer", "page": "treaty", "definition": "{}"})
    found = views.find(row.uid)
    assert found is not None
    assert found.definition == Definition()
    assert "Newer" not in [view.name for view in views.views()]


def test_records_are_named_by_uid(world: Any) -> None:
    portable = views.portable(FollowUp, "owner", [world.sato.id, filters.NONE])
    assert portable == [world.sato.uid, filters.NONE]
    view = views.save(world.workspace, "Hers", FollowUp, Definition(filters={"owner": [*portable[:1], ME]}))
    assert views.local(world.workspace, view) == {"owner": [world.sato.id, world.sato.id]}


CHOICES = {
    kind.name: list((kind.as_ if isinstance(kind, Computed) else kind).scale)
    for kind in fields(FollowUp)
    if isinstance(kind, Choice) or (isinstance(kind, Computed) and isinstance(kind.as_, Choice))
}
NAMES = [kind.name for kind in fields(FollowUp)]


@st.composite
def definitions(draw: Any) -> Definition:
    chosen = draw(st.lists(st.sampled_from(sorted(CHOICES)), unique=True, max_size=3))
    keys = {name: draw(st.lists(st.sampled_from(CHOICES[name]), unique=True, min_size=1)) for name in chosen}
    if draw(st.booleans()):
        keys["due_on"] = draw(
            st.sampled_from([["week"], ["overdue"], [filters.NONE], ["between", "2026-01-01", None]])
        )
    return Definition(
        text=draw(st.sampled_from(["", "list", "経済", "terms come"])),
        filters=keys,
        columns=draw(st.lists(st.sampled_from(NAMES), unique=True)),
        widths=draw(st.dictionaries(st.sampled_from(NAMES), st.integers(40, 400), max_size=3)),
        sort=draw(st.sampled_from([[], ["due_on", True], ["title", False]])),
        group=draw(st.sampled_from(["", *(kind.name for kind in groupable(FollowUp))])),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(definition=definitions())
def test_a_view_that_was_kept_is_the_same_view(world: Any, definition: Definition) -> None:
    assert json.loads(views.read(definition.as_json()).as_json()) == json.loads(definition.as_json())
    saved = views.save(world.workspace, "Kept", FollowUp, definition, instead=True)
    fresh = views.View("x", "Kept", FollowUp, definition)
    assert views.lacking(world.workspace, saved) == []
    assert views.query(world.workspace, saved) == views.query(world.workspace, fresh)
    rows = list(query.each(world.workspace, views.query(world.workspace, saved)))
    assert len(rows) == query.count(world.workspace, views.query(world.workspace, saved))


# ---- groups


def some(world: Any, count: int) -> None:
    owners = [None, world.sato.id, world.mori.id]
    places: list[Any] = [set(), {"CL"}, {"CL", "BR"}, {"BR", "CL", "AR"}]
    statuses = ("open", "waiting", "in_progress")
    for number in range(count):
        records.add(
            world.workspace,
            FollowUp,
            {
                "title": f"Number {number:03}",
                "owner": owners[number % 3],
                "countries": places[number % 4],
                "status": statuses[number % 3],
                "owed_by": (world.meti, world.dfc, world.minrel)[number % 3].id,
                "due_on": f"2026-12-{1 + number % 28:02}",
            },
        )


@pytest.mark.parametrize("name", [kind.name for kind in groupable(FollowUp)])
def test_groups_are_what_counting_each_row_gives(world: Any, name: str) -> None:
    some(world, 24)
    for asked in (
        Query(FollowUp, ("title",), group=name),
        Query(
            FollowUp,
            ("title",),
            where=(Condition("status", "not", ("open",)),),
            order=(Order("title"),),
            group=name,
        ),
        Query(FollowUp, ("title",), text="number", order=(Order(name, True),), group=name),
    ):
        rows = Rows(world.workspace, asked)
        rows.accept(rows.fill())
        each = list(
            query.each(world.workspace, Query(FollowUp, (name,), asked.text, asked.where, asked.order, name))
        )
        in_order: dict[Any, int] = {}
        for row in each:
            in_order[row[1] or ""] = in_order.get(row[1] or "", 0) + 1
        assert [(group.value, group.size) for group in rows.groups] == list(in_order.items())
        assert [group.first for group in rows.groups] == [
            sum(list(in_order.values())[:place]) for place in range(len(in_order))
        ]
        assert rows.ids(0, rows.count) == [row[0] for row in each]
        plain = query.count(world.workspace, Query(FollowUp, (), asked.text, asked.where))
        assert sum(group.size for group in rows.groups) == rows.count == plain
        rows.close()


def test_within_a_group_the_order_is_the_one_asked_for(world: Any) -> None:
    some(world, 12)
    asked = Query(FollowUp, ("status", "title"), order=(Order("title", True),), group="status")
    found = [(row[1], row[2]) for row in query.each(world.workspace, asked)]
    scale = list(FollowUp.course.scale)
    assert [status for status, _title in found] == sorted((each[0] for each in found), key=scale.index)
    for status in {each[0] for each in found}:
        titles = [title for at, title in found if at == status]
        assert titles == sorted(titles, key=str.lower, reverse=True)
