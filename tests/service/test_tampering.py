"""Two hundred ways to rewrite the journal past the program, its triggers off: what the chain and the witness see.

A chain is seen from inside to be altered, unless its end was cut off: only the witness knows that it was longer.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from desktop.service import journal
from desktop.service.workspace import Workspace
from desktop.store import witness
from tests.service.conftest import World
from tests.service.test_journal import busy

TIMES = 40
OPERATION = ("uid", "label", "officer_name", "device", "source", "previous", "hash")
CHANGE = ("entity", "uid", "field", "before", "after")
Ask = Callable[[str], list[tuple[Any, ...]]]


class TakenBack(Exception):
    """Ends a trial: the journal is as it was."""


def one(ask: Ask, table: str, chance: random.Random, last: int = 0) -> int:
    """The number of a row, not one of the last so many."""
    rows = ask(f'SELECT id FROM "{table}" ORDER BY id')
    return int(chance.choice(rows[: len(rows) - last])[0])


def changed(ask: Ask, chance: random.Random) -> list[str]:
    table, columns = chance.choice([("operation", OPERATION), ("change", CHANGE)])
    column = chance.choice(columns)
    return [f'UPDATE "{table}" SET "{column}" = \'"x"\' WHERE id = {one(ask, table, chance)}']


def deleted(ask: Ask, chance: random.Random) -> list[str]:
    if chance.random() < 0.5:
        return [f'DELETE FROM "change" WHERE id = {one(ask, "change", chance)}']
    number = one(ask, "operation", chance, 1)
    return [
        f'DELETE FROM "change" WHERE operation_id = {number}',
        f"DELETE FROM operation WHERE id = {number}",
    ]


def reordered(ask: Ask, chance: random.Random) -> list[str]:
    first = one(ask, "operation", chance, 1)
    second = ask(f"SELECT min(id) FROM operation WHERE id > {first}")[0][0]
    places = ((first, -1), (second, first), (-1, second))
    return [f"UPDATE operation SET id = {there} WHERE id = {here}" for here, there in places]


def inserted(ask: Ask, chance: random.Random) -> list[str]:
    number = one(ask, "operation", chance)
    if chance.random() < 0.5:
        return [
            f"INSERT INTO \"change\" (operation_id, entity, uid, field) VALUES ({number}, 'person', 'u', 'name')"
        ]
    head = "label, at, officer, officer_name, device, source, reverts, previous, hash"
    return [
        f"INSERT INTO operation (uid, {head}, sequence, clock) SELECT 'new', {head}, sequence + 1000, clock + 1000"
        f" FROM operation WHERE id = {number}"
    ]


def cut(ask: Ask, chance: random.Random) -> list[str]:
    first = ask("SELECT id FROM operation ORDER BY id DESC")[chance.randrange(5)][0]
    return [
        f'DELETE FROM "change" WHERE operation_id >= {first}',
        f"DELETE FROM operation WHERE id >= {first}",
    ]


@contextmanager
def tampered(workspace: Workspace, way: Callable[..., list[str]], seed: int) -> Iterator[None]:
    """The journal altered so, and afterwards as it was."""
    engine = workspace.engine
    with suppress(TakenBack), engine.write():
        for (trigger,) in engine.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            engine.db.execute_sql(f"DROP TRIGGER {trigger}")
        engine.db.execute_sql("PRAGMA defer_foreign_keys = ON")
        before = engine.rows("SELECT total_changes()")
        for statement in way(engine.rows, random.Random(f"{way.__name__} {seed}")):
            engine.db.execute_sql(statement)
        assert engine.rows("SELECT total_changes()") > before, "nothing was tampered with"
        yield
        raise TakenBack


def seen(workspace: Workspace) -> tuple[bool, bool]:
    """Whether the chain shows it from inside, and whether the witness does."""
    path = workspace.engine.path
    finding = witness.compared(path, witness.read(path), workspace.engine.rows)
    return journal.broken_at() is not None, finding is not None


@pytest.mark.parametrize("way", [changed, deleted, reordered, inserted, cut])
def test_each_of_two_hundred_ways_is_seen(world: World, way: Callable[..., list[str]]) -> None:
    busy(world)
    workspace, silent, inside = world.workspace, [], 0
    assert seen(workspace) == (False, False), "the control: untouched, nothing is seen"
    for seed in range(TIMES):
        with tampered(workspace, way, seed):
            chain, witnessed = seen(workspace)
        inside += chain
        if not (chain or witnessed):
            silent.append(seed)
    assert silent == []
    # The control: without a witness, an end that was cut off is silent.
    assert inside == (0 if way is cut else TIMES)
    assert seen(workspace) == (False, False), "taken back"
