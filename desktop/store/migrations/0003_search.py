"""A dictionary of the words that the full-text tables hold: what is typed so far is completed from it."""


def up(migrator, db):
    db.execute_sql('CREATE TABLE "search_term" ("word" TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID')
