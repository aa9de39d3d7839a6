"""Bringing a file to the newest schema: all pending scripts in one transaction, or none.

To add a migration: the next numbered script in `migrations/`, frozen once released, and `engine.SCHEMA` one higher.
"""

from __future__ import annotations

from pathlib import Path

from playhouse.migrations import Runner

from desktop.i18n import _
from desktop.store.engine import SCHEMA, Engine, StoreError

SCRIPTS = Path(__file__).with_name("migrations")


def migrate(engine: Engine) -> list[str]:
    """Apply the pending scripts; returns their names. A fresh file takes the same path as an old one."""
    db = engine.db
    db.execute_sql("PRAGMA query_only = 0")
    # Rebuilding a table would fire its foreign keys; they are checked as a whole at the end instead.
    db.execute_sql("PRAGMA foreign_keys = 0")
    try:
        with db.atomic("IMMEDIATE"):
            applied = Runner(db, str(SCRIPTS)).up()
            db.execute_sql(f"PRAGMA user_version = {SCHEMA}")
            if db.execute_sql("PRAGMA foreign_key_check").fetchone():
                raise StoreError(
                    _("{path} has records that point to nothing; it was left as it was.").format(
                        path=engine.path
                    )
                )
    finally:
        db.execute_sql("PRAGMA foreign_keys = 1")
    return list(applied)
