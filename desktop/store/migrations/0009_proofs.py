"""When a record was made and changed is exactly when its operations were; what is put off carries a checksum.

Every instant is one, in the journal and of what is put off too; and of an hour that comes twice it is kept which.
"""

import hashlib

RECORDS = (
    "source", "sector", "organisation", "person", "recommendation", "initiative", "series", "meeting", "follow_up",
    "fact", "update", "link", "extension", "attendance", "agenda_item", "point", "minutes_version", "attachment",
    "edition", "quote", "saved_view", "frozen_report", "layout", "label_pack", "import_mapping",
)  # fmt: skip

STAMPS = """
    UPDATE "{table}" SET
    created_at = (SELECT o.at FROM "change" c JOIN "operation" o ON o.id = c.operation_id WHERE c.uid = "{table}".uid
    AND c.field = '*' AND c."before" IS NULL ORDER BY c.id LIMIT 1),
    updated_at = (SELECT o.at FROM "change" c JOIN "operation" o ON o.id = c.operation_id WHERE c.uid = "{table}".uid
    ORDER BY c.id DESC LIMIT 1)
    WHERE EXISTS (SELECT 1 FROM "change" c WHERE c.uid = "{table}".uid AND c.field = '*' AND c."before" IS NULL)
"""

# A CHECK cannot be added: a table is made anew, its rows are copied, its indexes and triggers follow.
INSTANTS = [
    """
    CREATE TABLE "operation_new" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL, "label" TEXT NOT NULL,
    "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "at")), "officer" TEXT NOT NULL,
    "officer_name" TEXT NOT NULL, "device" TEXT NOT NULL, "sequence" INTEGER NOT NULL, "clock" INTEGER NOT NULL,
    "source" TEXT NOT NULL, "reverts" TEXT, "previous" TEXT NOT NULL, "hash" TEXT NOT NULL)
    """,
    """
    INSERT INTO "operation_new" ("id", "uid", "label", "at", "officer", "officer_name", "device", "sequence", "clock",
    "source", "reverts", "previous", "hash") SELECT "id", "uid", "label", "at", "officer", "officer_name", "device",
    "sequence", "clock", "source", "reverts", "previous", "hash" FROM "operation"
    """,
    """
    DROP TABLE "operation"
    """,
    """
    ALTER TABLE "operation_new" RENAME TO "operation"
    """,
    """
    CREATE UNIQUE INDEX "operation_uid" ON "operation" ("uid")
    """,
    """
    CREATE INDEX "operation_at" ON "operation" ("at")
    """,
    """
    CREATE INDEX "operation_reverts" ON "operation" ("reverts")
    """,
    """
    CREATE UNIQUE INDEX "operation_device_sequence" ON "operation" ("device", "sequence")
    """,
    """
    CREATE INDEX "operation_officer_source" ON "operation" ("officer", "source")
    """,
    """
    CREATE TRIGGER operation_is_final BEFORE UPDATE ON "operation" BEGIN SELECT RAISE(ABORT, 'the journal is
    append-only'); END
    """,
    """
    CREATE TRIGGER operation_stays BEFORE DELETE ON "operation" BEGIN SELECT RAISE(ABORT, 'the journal is
    append-only'); END
    """,
    """
    CREATE TABLE "snooze_new" ("officer" TEXT NOT NULL, "record" TEXT NOT NULL, "until" TEXT NOT NULL CHECK ("until" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "until")), "seal" TEXT NOT NULL DEFAULT '', PRIMARY KEY ("officer", "record"))
    """,
    """
    INSERT INTO "snooze_new" ("officer", "record", "until", "seal") SELECT "officer", "record", "until", "seal"
    FROM "snooze"
    """,
    """
    DROP TABLE "snooze"
    """,
    """
    ALTER TABLE "snooze_new" RENAME TO "snooze"
    """,
    """
    ALTER TABLE "meeting" ADD COLUMN "fold" TEXT NOT NULL DEFAULT '' CHECK ("fold" IN ('first', 'second', ''))
    """,
]


def up(migrator, db):
    for table in RECORDS:
        db.execute_sql(STAMPS.format(table=table))
    db.execute_sql("""ALTER TABLE "snooze" ADD COLUMN "seal" TEXT NOT NULL DEFAULT ''""")
    for row in db.execute_sql('SELECT "officer", "record", "until" FROM "snooze"').fetchall():
        seal = hashlib.sha256("\n".join(row).encode()).hexdigest()[:16]
        db.execute_sql(
            'UPDATE "snooze" SET "seal" = ? WHERE "officer" = ? AND "record" = ?', (seal, *row[:2])
        )
    for statement in INSTANTS:
        db.execute_sql(statement)
