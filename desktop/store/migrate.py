"""Bringing a file to the newest schema: all pending scripts in one transaction, or none.

To add a migration: the next numbered script in `migrations/`, frozen once released.
"""

from __future__ import annotations

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
            applied = Runner(db, str(SCRIPTS)).up()
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


def make(db: pw.SqliteDatabase) -> list[str]:
    """Have an empty database get the newest schema by the same scripts; returns their names."""
    return list(Runner(db, str(SCRIPTS)).up())
