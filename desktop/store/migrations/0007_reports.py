"""Closed reporting periods, layouts of the workbook, words for the scales, and a visibility for each long text."""

STATEMENTS = [
    """
    CREATE TABLE "frozen_report" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '',
    "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')),
    "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")),
    "updated_at" TEXT NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version"
    INTEGER NOT NULL DEFAULT 1, "title" TEXT NOT NULL DEFAULT '', "period_from" TEXT CHECK ("period_from" IS
    date("period_from")), "period_to" TEXT CHECK ("period_to" IS date("period_to")), "recipient" TEXT NOT NULL
    DEFAULT '', "audience" TEXT NOT NULL DEFAULT 'internal' CHECK ("audience" IN ('internal', 'partner',
    'public')), "layout" TEXT NOT NULL DEFAULT '', "scope" TEXT NOT NULL DEFAULT '', "operation" TEXT NOT NULL
    DEFAULT '', "frozen_at" TEXT NOT NULL CHECK ("frozen_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "frozen_at")),
    "frozen_by_id" INTEGER, "note" TEXT NOT NULL DEFAULT '', FOREIGN KEY ("frozen_by_id") REFERENCES "person"
    ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "frozen_report_uid" ON "frozen_report" ("uid")
    """,
    """
    CREATE INDEX "frozen_report_period_to" ON "frozen_report" ("period_to")
    """,
    """
    CREATE INDEX "frozen_report_frozen_by_id" ON "frozen_report" ("frozen_by_id")
    """,
    """
    CREATE TABLE "layout" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT
    NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at" TEXT NOT
    NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL CHECK
    ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT 1, "name"
    TEXT NOT NULL DEFAULT '', "name_key" TEXT NOT NULL DEFAULT '', "definition" TEXT NOT NULL DEFAULT '')
    """,
    """
    CREATE UNIQUE INDEX "layout_uid" ON "layout" ("uid")
    """,
    """
    CREATE INDEX "layout_name_key" ON "layout" ("name_key")
    """,
    """
    CREATE TABLE "label_pack" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT
    NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL
    DEFAULT 1, "name" TEXT NOT NULL DEFAULT '', "name_key" TEXT NOT NULL DEFAULT '', "definition" TEXT NOT NULL
    DEFAULT '')
    """,
    """
    CREATE UNIQUE INDEX "label_pack_uid" ON "label_pack" ("uid")
    """,
    """
    CREATE INDEX "label_pack_name_key" ON "label_pack" ("name_key")
    """,
    """
    ALTER TABLE "source" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "sector" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "organisation" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "person" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "recommendation" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "initiative" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "series" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "meeting" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "follow_up" ADD COLUMN "text_visibility" TEXT NOT NULL DEFAULT ''
    """,
]


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
