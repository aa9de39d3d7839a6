"""The pipeline: what is counted and summed by stage is what the initiatives say, exactly."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import Initiative
from desktop.model.scales import RAG, STAGE
from desktop.service import pipeline, query, records
from desktop.service.query import Condition, Order, Query
from desktop.service.workspace import Workspace
from tests.conftest import Clock
from tests.service.conftest import World

ALL = Query(Initiative, ("ref",), order=(Order("name"),))


def add(workspace: Workspace, name: str, **values: Any) -> Any:
    return records.add(workspace, Initiative, {"name": name, **values})


def stages(workspace: Workspace, asked: Query = ALL) -> dict[str, pipeline.Stage]:
    return {stage.key: stage for stage in pipeline.pipeline(workspace, asked)}


def test_all_stages_are_there_in_their_order(workspace: Workspace) -> None:
    found = pipeline.pipeline(workspace, ALL)
    assert [stage.key for stage in found] == list(STAGE)
    assert {(stage.count, stage.overdue, stage.totals, stage.unvalued) for stage in found} == {(0, 0, (), 0)}


amounts = st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, places=6) | st.integers(0, 10**15 - 1)
initiatives = st.lists(
    st.tuples(st.sampled_from([*STAGE]), st.sampled_from(["USD", "JPY", "CLP"]), st.none() | amounts),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=initiatives)
def test_totals_equal_an_independent_sum(template: Path, tmp_path: Path, drawn: list[Any]) -> None:
    path = tmp_path / "drawn.juntos"
    shutil.copy(template, path)
    workspace = Workspace.open(path, clock=Clock())
    try:
        for number, (stage, currency, amount) in enumerate(drawn):
            value = "" if amount is None else str(amount)
            add(workspace, f"Number {number}", stage=stage, value=value, currency=currency)
        found = stages(workspace)
    finally:
        workspace.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
    for key in STAGE:
        here = [(currency, amount) for stage, currency, amount in drawn if stage == key]
        # In millionths, as whole numbers: nothing to be rounded.
        expected: dict[str, int] = {}
        for currency, amount in here:
            if amount is not None:
                expected[currency] = expected.get(currency, 0) + int(Decimal(amount).scaleb(6))
        assert {currency: int(total.scaleb(6)) for currency, total in found[key].totals} == expected
        assert found[key].count == len(here)
        assert found[key].unvalued == sum(amount is None for _currency, amount in here)


def test_cents_are_added_as_cents(workspace: Workspace) -> None:
    for number in range(30):
        add(workspace, f"Small {number}", stage="financing", value="0.1", currency="USD")
    assert stages(workspace)["financing"].totals == (("USD", Decimal(3)),)


def test_how_a_stage_stands(world: World) -> None:
    add(world.workspace, "Late", stage="financing", milestone_on="2026-11-20", owner=world.sato.id)
    add(world.workspace, "Soon", stage="financing", milestone_on="2026-11-25", owner=world.sato.id)
    add(world.workspace, "Over", stage="completed", milestone_on="2026-11-20")
    found = stages(world.workspace)
    assert found["financing"].rag == {"red": 1, "amber": 1, "green": 0, "grey": 1}
    assert found["financing"].overdue == 1
    assert (found["completed"].overdue, found["completed"].rag["green"]) == (0, 1)
    assert [*found["idea"].rag] == [*RAG]
    world.clock.forward(days=5)
    assert stages(world.workspace)["financing"].overdue == 2


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Query(Initiative, ("ref",), where=(Condition("countries", "in", ("CL",)),)), {"idea": 1}),
        (Query(Initiative, ("ref",), where=(Condition("stage", "in", ("bankable",)),)), {"bankable": 1}),
        (Query(Initiative, ("ref",), where=(Condition("rag", "in", ("amber",)),)), {"on_hold": 1}),
        (Query(Initiative, ("ref",), text="port"), {"bankable": 1}),
        (Query(Initiative, ("ref",), text="port", order=(Order("name"),)), {"bankable": 1}),
        (Query(Initiative, ("ref",), text="port", where=(Condition("stage", "in", ("idea",)),)), {}),
    ],
)
def test_filters_and_search_are_respected(
    workspace: Workspace, asked: Query, expected: dict[str, int]
) -> None:
    add(workspace, "Cable", stage="idea", countries={"CL", "BR"}, value="5", currency="USD")
    add(workspace, "Port of Arica", stage="bankable", value="7", currency="USD")
    add(workspace, "Fund", stage="on_hold")
    found = stages(workspace, asked)
    assert {key: stage.count for key, stage in found.items() if stage.count} == expected
    assert sum(stage.count for stage in found.values()) == query.count(workspace, asked)
    for key in STAGE:
        rows = pipeline.cards(workspace, asked, key)
        assert len(rows) == expected.get(key, 0)
        assert {row[1 + pipeline.CARD.index("stage")] for row in rows} <= {key}


def test_cards_come_by_windows_in_the_order_of_the_list(workspace: Workspace) -> None:
    made = [add(workspace, f"Name {number:02}", stage="idea") for number in (3, 1, 2, 5, 4)]
    add(workspace, "Name 00", stage="dropped")
    names = [f"Name {number:02}" for number in range(1, 6)]
    place = 1 + pipeline.CARD.index("name")
    windows = [pipeline.cards(workspace, ALL, "idea", 2, start) for start in (0, 2, 4)]
    assert [[row[place] for row in rows] for rows in windows] == [names[:2], names[2:4], names[4:]]
    assert pipeline.place(workspace, ALL, "idea", made[3].id) == 4
    assert pipeline.place(workspace, ALL, "dropped", made[3].id) is None
    newest = [row[place] for row in pipeline.cards(workspace, Query(Initiative, ()), "idea")]
    assert newest == [record.name for record in reversed(made)]


def test_values_that_occur_together_are_counted(world: World) -> None:
    add(world.workspace, "Another", type="project", stage="financing")
    add(world.workspace, "A third", type="fund")
    found = query.tally(world.workspace, Query(Initiative, ("stage", "type")))
    assert sorted(found) == [("financing", "project", 2), ("idea", "fund", 1)]
