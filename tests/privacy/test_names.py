"""Names that come from outside (to sort, filter, group, show and map by) are looked up, never run."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from typing import Any

import peewee as pw

from desktop import settings
from desktop.cli import commands
from desktop.cli.opening import Failed
from desktop.export.errors import ExportError
from desktop.export.intake.tracker.mapping import Mapping
from desktop.export.layouts import reading
from desktop.model import ENTITIES, FollowUp, Invalid, fields
from desktop.service import filters, query, records, views
from desktop.service.query import Query
from desktop.service.views import View
from desktop.service.workspace import Workspace
from desktop.ui.lists.columns import Columns

MANY = 5_000
ALL = ("created_at",)
REFUSALS = (Invalid, ExportError, Failed)
PIECES = (
    *"'\"`;()[]{}*%_?:@#$\\/,.=<>|~+- \t\n\x00\x0b\x1b\u2028\u202e\ufeff\ud800é日😀ß",
    *(
        "--",
        "/*",
        "*/",
        "' OR '1'='1",
        "1); DROP TABLE follow_up; --",
        "UNION SELECT * FROM sqlite_master",
        "NULL",
    ),
    *(
        "load_extension('x')",
        "writefile('/x','y')",
        "randomblob(1000000000)",
        "ATTACH 'x' AS y",
        "PRAGMA key=''",
    ),
    *(
        "__class__",
        "_meta",
        "delete_instance",
        "save",
        "objects",
        "rowid",
        "title.desc()",
        "0",
        "1e400",
        "NaN",
    ),
    *(
        "../../x",
        "{0.__class__}",
        "%s",
        "%(x)s",
        "..",
        "2026-02-30",
        "region:",
        filters.NONE,
        views.ME,
        "$.x[0]",
    ),
    *("NEAR(a b)", 'title:"a" AND', "a*", "^a", "x" * 300),
)


def wild(chance: random.Random, entity: Any) -> str:
    """A text nobody means well with; half of them have a real name in them."""
    parts = chance.choices(PIECES, k=chance.randint(1, 6))
    if chance.random() < 0.5:
        parts.insert(chance.randrange(len(parts) + 1), chance.choice(fields(entity)).name)
    return "".join(parts)


def odd(chance: random.Random, text: str) -> Any:
    """The text, or something else that JSON can say, with it inside."""
    return chance.choice(
        (
            text,
            text,
            text,
            [text],
            {text: text},
            [[text, True]],
            7,
            None,
            True,
            [None],
            1e308,
            10**30,
            [10**30],
        )
    )


def ask(workspace: Workspace, asked: Query) -> None:
    query.page(workspace, asked, 5)
    query.count(workspace, asked)


# ---- the doors, each of which takes a text


def cli_where(workspace: Workspace, entity: Any, text: str, chance: random.Random) -> None:
    name = chance.choice((text, chance.choice(fields(entity)).name))
    ask(workspace, Query(entity, ALL, where=query.conditions(entity, name, text)))


def cli_sort(workspace: Workspace, entity: Any, text: str, _chance: random.Random) -> None:
    ask(workspace, Query(entity, ALL, order=(commands._order(entity, text),)))


def cli_columns(workspace: Workspace, entity: Any, text: str, _chance: random.Random) -> None:
    ask(workspace, Query(entity, (commands._known(entity, text),)))


def cli_values(_workspace: Workspace, entity: Any, text: str, _chance: random.Random) -> None:
    records.parse(entity, {text: text})


def searched(workspace: Workspace, entity: Any, text: str, _chance: random.Random) -> None:
    ask(workspace, Query(entity, ALL, text=text))


def saved_view(workspace: Workspace, entity: Any, text: str, chance: random.Random) -> None:
    name = chance.choice((text, chance.choice(fields(entity)).name))
    given = {
        "text": odd(chance, text),
        "filters": chance.choice(({name: odd(chance, text)}, {name: [odd(chance, text)]}, odd(chance, text))),
        "fixed": chance.choice(
            ([[name, "in", [text]]], [[name, text, [text]]], [odd(chance, text)], odd(chance, text))
        ),
        "columns": chance.choice(([name], [odd(chance, name)], odd(chance, text))),
        "widths": {text: odd(chance, text)},
        "sort": chance.choice(([name, True], [odd(chance, name), False], odd(chance, text))),
        "group": odd(chance, name),
    }
    view = View("x", text, entity, views.read(json.dumps(given)))
    ask(workspace, views.query(workspace, view))
    views.lacking(workspace, view)


def layout(_workspace: Workspace, entity: Any, text: str, chance: random.Random) -> None:
    name = chance.choice((text, chance.choice(fields(entity)).name))
    sheet = {
        "key": chance.choice((entity.key(), text)),
        "name": "Sheet",
        "columns": chance.choice(([{"key": name}], [odd(chance, name)], odd(chance, text))),
        "where": chance.choice(({name: [text]}, [odd(chance, text)], odd(chance, text))),
        "order": odd(chance, name),
        "group": odd(chance, name),
    }
    given = json.dumps({"format": "juntos-layout", "version": 1, "name": text, "sheets": [sheet]})
    reading.leniently(given, "x", "name")
    reading.from_json(given)


def mapping(_workspace: Workspace, _entity: Any, text: str, chance: random.Random) -> None:
    rule = {"column": odd(chance, text), "target": odd(chance, text), "words": odd(chance, text)}
    given = {
        "format": "juntos-mapping",
        "version": 1,
        "name": text,
        "columns": [rule],
        text: odd(chance, text),
    }
    Mapping.from_json(json.dumps(chance.choice((given, odd(chance, text)))))


def remembered(workspace: Workspace, entity: Any, text: str, chance: random.Random) -> None:
    state = {"columns": odd(chance, text), "sort": odd(chance, text), "group": odd(chance, text)}
    stored = {"pages": {entity.key(): state}, "language": text, "officers": odd(chance, text)}
    found, _notice = settings._from_stored(json.loads(json.dumps(stored)))
    kept = found.pages.get(entity.key(), {})
    listed = tuple(kind.name for kind in fields(entity) if kind.listed)
    columns = Columns(entity, listed, (), kept)
    ask(workspace, Query(entity, columns.shown, order=tuple(columns.order), group=columns.group))


DOORS: tuple[Callable[..., None], ...] = (
    cli_where, cli_sort, cli_columns, cli_values, searched, saved_view, saved_view, layout, mapping, remembered,
)  # fmt: skip


def everything(workspace: Workspace) -> str:
    """The schema and every row, as one hash."""
    rows = workspace.engine.rows("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2")
    told = hashlib.sha256(repr(rows).encode())
    for kind, name, sql in rows:
        if kind == "table" and "VIRTUAL" not in str(sql):
            told.update(repr(workspace.engine.rows(f'SELECT * FROM "{name}"')).encode())
    return told.hexdigest()


def test_names_from_outside_are_looked_up(workspace: Workspace) -> None:
    records.add(workspace, FollowUp, {"title": "A follow-up"})
    before = everything(workspace)
    chance = random.Random(7)
    through = refused = 0
    wrong: list[str] = []
    for number in range(MANY):
        entity = chance.choice(ENTITIES)
        text, door = wild(chance, entity), DOORS[number % len(DOORS)]
        try:
            door(workspace, entity, text, chance)
            through += 1
        except REFUSALS:
            refused += 1
        except Exception as error:
            wrong.append(f"{door.__name__}({entity.key()}, {text!r}): {error!r}")
    assert wrong == [], "\n".join(wrong)
    assert everything(workspace) == before
    assert min(through, refused) > MANY // 10, "both ways are walked"


def test_unlooked_at_they_would_be_run(workspace: Workspace) -> None:
    """The control: the same texts as they would be where a name becomes SQL by itself."""
    chance = random.Random(7)
    failed = 0
    for _number in range(200):
        text = wild(chance, FollowUp)
        try:
            list(FollowUp.select().order_by(pw.SQL(text)).limit(1))
        except Exception:
            failed += 1
    assert failed > 100
