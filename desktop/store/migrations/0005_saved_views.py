"""Views of lists that somebody saved under a name."""

STATEMENTS = [
    """
    CREATE TABLE "saved_view" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at" TEXT
    NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL CHECK
    ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT 1, "name"
    TEXT NOT NULL DEFAULT '', "name_key" TEXT NOT NULL DEFAULT '', "page" TEXT NOT NULL DEFAULT '', "definition"
    TEXT NOT NULL DEFAULT '', "position" INTEGER NOT NULL DEFAULT 1)
    """,
    """
    CREATE UNIQUE INDEX "saved_view_uid" ON "saved_view" ("uid")
    """,
    """
    CREATE INDEX "saved_view_name_key" ON "saved_view" ("name_key")
    """,
]


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
