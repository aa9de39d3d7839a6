"""Bringing a file to the newest schema: all pending scripts in one transaction, or none.

To add a migration: the next numbered script in `migrations/`, frozen once released. It finds no triggers: they are put
aside while scripts run, and come back as they were unless it made them anew. So what it writes counts in no figure; a
trigger that it drops comes back, one on a table that it drops fails to, and one that names a column that it renames
fails later, unless it makes that anew.
"""

from __future__ import annotations

from typing import Any

import peewee as pw
from playhouse.migrations import Runner

from desktop.i18n import _
from desktop.store import search
from desktop.store.backup import folder
from desktop.store.engine import SCHEMA, SCRIPTS, Engine
from desktop.store.errors import StoreError, in_words


def migrate(engine: Engine) -> list[str]:
    """Apply the pending scripts; returns their names. A fresh file takes the same path as an old one.

    The engine's connection must be free to write. Raises `StoreError`, with the file as it was.
    """
    db = engine.db
    # Rebuilding a table would fire its foreign keys; they are checked as a whole at the end instead.
    db.execute_sql("PRAGMA foreign_keys = 0")
    try:
        with db.atomic("IMMEDIATE"):
            applied = make(db)
            if applied:
                search.rebuild()  # what is indexed may be more than before
            db.execute_sql(f"PRAGMA user_version = {SCHEMA}")
            if db.execute_sql("PRAGMA foreign_key_check").fetchone():
                raise StoreError(
                    _("{path} has records that point to nothing; it was left as it was.").format(
                        path=engine.path
                    )
                )
    except pw.DatabaseError as error:
        raise in_words(error, engine.path) or StoreError(
            _(
                "{path} could not be brought to the format of this version; it was left as it was."
                " A backup lies in {folder}."
            ).format(path=engine.path, folder=folder(engine.path))
        ) from error
    finally:
        db.execute_sql("PRAGMA foreign_keys = 1")
    return list(applied)


def make(db: Any) -> list[str]:
    """Apply the pending scripts, to an empty database all; returns their names.

    A file takes a transaction of the caller's, so that all are applied or none; one in memory does without.
    """
    runner, aside, applied = Runner(db, str(SCRIPTS)), dict[str, str](), list[str]()
    for script in runner.status():
        if script.path is not None and not script.applied:
            aside.update(_put_aside(db))
            applied += runner.up(script.name)
    there = dict(_triggers(db))
    for name, sql in aside.items():
        if name not in there:
            db.execute_sql(sql)
    return applied


def _put_aside(db: Any) -> list[tuple[str, str]]:
    """Drop all triggers; returns their names and SQL.

    For each column that is added and each table that is renamed, SQLite reads the whole schema anew. Triggers are most
    of it, and in an encrypted file each piece of memory that this takes is locked and wiped.
    """
    triggers = _triggers(db)
    for name, _sql in triggers:
        db.execute_sql(f'DROP TRIGGER "{name}"')
    return triggers


def _triggers(db: Any) -> list[tuple[str, str]]:
    """Names and SQL, in the order in which they were made."""
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
    found: list[tuple[str, str]] = db.execute_sql(sql).fetchall()
    return found
