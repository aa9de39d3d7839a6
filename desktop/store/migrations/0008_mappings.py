"""Mappings of trackers, kept under a name."""

STATEMENTS = [
    """
    CREATE TABLE "import_mapping" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '',
    "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')),
    "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")),
    "updated_at" TEXT NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version"
    INTEGER NOT NULL DEFAULT 1, "name" TEXT NOT NULL DEFAULT '', "name_key" TEXT NOT NULL DEFAULT '',
    "definition" TEXT NOT NULL DEFAULT '')
    """,
    """
    CREATE UNIQUE INDEX "import_mapping_uid" ON "import_mapping" ("uid")
    """,
    """
    CREATE INDEX "import_mapping_name_key" ON "import_mapping" ("name_key")
    """,
]


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
