"""Reminders that an officer has put off."""


def up(migrator, db):
    db.execute_sql(
        """
        CREATE TABLE "snooze" ("officer" TEXT NOT NULL, "record" TEXT NOT NULL, "until" TEXT NOT NULL,
        PRIMARY KEY ("officer", "record"))
        """
    )
