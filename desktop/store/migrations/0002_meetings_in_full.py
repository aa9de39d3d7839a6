"""Meetings in full: series, agenda items, points of the minutes and their versions; files, texts of sources, passages."""

NEW = [
    """
    CREATE TABLE "series" ("id" INTEGER NOT NULL PRIMARY KEY REFERENCES "subject" ("id") ON DELETE RESTRICT,
    "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN
    ('internal', 'partner', 'public')), "created_at" TEXT NOT NULL CHECK ("created_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL CHECK ("updated_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT 1, "ref" TEXT NOT NULL
    DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "title" TEXT NOT NULL DEFAULT '', "title_key" TEXT NOT
    NULL DEFAULT '', "rhythm" TEXT NOT NULL DEFAULT 'monthly_weekday' CHECK ("rhythm" IN ('weekly',
    'fortnightly', 'monthly', 'monthly_weekday', 'quarterly', 'half_yearly', 'yearly')), "kind" TEXT NOT
    NULL DEFAULT 'bilateral' CHECK ("kind" IN ('bilateral', 'multilateral', 'working_level', 'ministerial',
    'summit', 'visit', 'conference', 'call', 'courtesy', 'other')), "starts" TEXT CHECK ("starts" IS
    substr(time("starts"), 1, 5) AND "starts" IS NOT '24:00'), "ends" TEXT CHECK ("ends" IS
    substr(time("ends"), 1, 5) AND "ends" IS NOT '24:00'), "zone" TEXT NOT NULL DEFAULT '', "place" TEXT NOT
    NULL DEFAULT '', "purpose" TEXT NOT NULL DEFAULT '', "ended" INTEGER NOT NULL DEFAULT 0 CHECK ("ended"
    IN (0, 1)))
    """,
    """
    CREATE UNIQUE INDEX "series_uid" ON "series" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "series_ref" ON "series" ("ref")
    """,
    """
    CREATE INDEX "series_ref_key" ON "series" ("ref_key")
    """,
    """
    CREATE INDEX "series_title_key" ON "series" ("title_key")
    """,
    """
    CREATE TABLE "agenda_item" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '',
    "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')),
    "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")),
    "updated_at" TEXT NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")),
    "version" INTEGER NOT NULL DEFAULT 1, "meeting_id" INTEGER NOT NULL, "position" INTEGER NOT NULL DEFAULT
    1, "topic" TEXT NOT NULL DEFAULT '', "subject_id" INTEGER, "carried_from_id" INTEGER, "state" TEXT NOT
    NULL DEFAULT 'open' CHECK ("state" IN ('open', 'discussed', 'moved', 'dropped')), FOREIGN KEY
    ("meeting_id") REFERENCES "meeting" ("id") ON DELETE RESTRICT, FOREIGN KEY ("subject_id") REFERENCES
    "subject" ("id") ON DELETE RESTRICT, FOREIGN KEY ("carried_from_id") REFERENCES "agenda_item" ("id") ON
    DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "agenda_item_uid" ON "agenda_item" ("uid")
    """,
    """
    CREATE INDEX "agenda_item_meeting_id" ON "agenda_item" ("meeting_id")
    """,
    """
    CREATE INDEX "agenda_item_subject_id" ON "agenda_item" ("subject_id")
    """,
    """
    CREATE INDEX "agenda_item_carried_from_id" ON "agenda_item" ("carried_from_id")
    """,
    """
    CREATE TABLE "point" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT
    NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT
    NULL DEFAULT 1, "meeting_id" INTEGER NOT NULL, "item_id" INTEGER, "position" INTEGER NOT NULL DEFAULT 1,
    "kind" TEXT NOT NULL DEFAULT 'note' CHECK ("kind" IN ('note', 'decision', 'follow_up')), "text" TEXT NOT
    NULL DEFAULT '', "follow_up_id" INTEGER, "was" TEXT NOT NULL DEFAULT '' CHECK ("was" IN ('note',
    'decision', 'follow_up', '')), FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON DELETE
    RESTRICT, FOREIGN KEY ("item_id") REFERENCES "agenda_item" ("id") ON DELETE RESTRICT, FOREIGN KEY
    ("follow_up_id") REFERENCES "follow_up" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "point_uid" ON "point" ("uid")
    """,
    """
    CREATE INDEX "point_meeting_id" ON "point" ("meeting_id")
    """,
    """
    CREATE INDEX "point_item_id" ON "point" ("item_id")
    """,
    """
    CREATE INDEX "point_follow_up_id" ON "point" ("follow_up_id")
    """,
    """
    CREATE TABLE "minutes_version" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '',
    "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')),
    "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")),
    "updated_at" TEXT NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")),
    "version" INTEGER NOT NULL DEFAULT 1, "meeting_id" INTEGER NOT NULL, "number" INTEGER NOT NULL DEFAULT
    1, "made_at" TEXT NOT NULL CHECK ("made_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "made_at")), "made_by_id"
    INTEGER, "content" TEXT NOT NULL DEFAULT '', "reopened_at" TEXT CHECK ("reopened_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "reopened_at")), "reopened_by_id" INTEGER, "reopened_why" TEXT NOT NULL
    DEFAULT '', FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON DELETE RESTRICT, FOREIGN KEY
    ("made_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN KEY ("reopened_by_id") REFERENCES
    "person" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "minutes_version_uid" ON "minutes_version" ("uid")
    """,
    """
    CREATE INDEX "minutes_version_meeting_id" ON "minutes_version" ("meeting_id")
    """,
    """
    CREATE INDEX "minutes_version_made_by_id" ON "minutes_version" ("made_by_id")
    """,
    """
    CREATE INDEX "minutes_version_reopened_by_id" ON "minutes_version" ("reopened_by_id")
    """,
    """
    CREATE UNIQUE INDEX "minutes_version_meeting_id_number" ON "minutes_version" ("meeting_id", "number")
    """,
    """
    CREATE TABLE "blob" ("sha256" TEXT NOT NULL PRIMARY KEY, "content" BLOB NOT NULL)
    """,
    """
    CREATE TABLE "attachment" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '',
    "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')),
    "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")),
    "updated_at" TEXT NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")),
    "version" INTEGER NOT NULL DEFAULT 1, "subject_id" INTEGER NOT NULL, "name" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL DEFAULT 'file' CHECK ("role" IN ('file', 'evidence')), "size" INTEGER NOT NULL
    DEFAULT 0, "sha256" TEXT NOT NULL DEFAULT '', FOREIGN KEY ("subject_id") REFERENCES "subject" ("id") ON
    DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "attachment_uid" ON "attachment" ("uid")
    """,
    """
    CREATE INDEX "attachment_subject_id" ON "attachment" ("subject_id")
    """,
    """
    CREATE TABLE "edition" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT
    NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT
    NULL DEFAULT 1, "source_id" INTEGER NOT NULL, "number" INTEGER NOT NULL DEFAULT 1, "name" TEXT NOT NULL
    DEFAULT '', "added_on" TEXT CHECK ("added_on" IS date("added_on")), "sha256" TEXT NOT NULL DEFAULT '',
    FOREIGN KEY ("source_id") REFERENCES "source" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "edition_uid" ON "edition" ("uid")
    """,
    """
    CREATE INDEX "edition_source_id" ON "edition" ("source_id")
    """,
    """
    CREATE UNIQUE INDEX "edition_source_id_number" ON "edition" ("source_id", "number")
    """,
    """
    CREATE TABLE "quote" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT
    NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT
    NULL DEFAULT 1, "subject_id" INTEGER NOT NULL, "edition_id" INTEGER NOT NULL, "start" INTEGER NOT NULL
    DEFAULT 0, "end" INTEGER NOT NULL DEFAULT 0, "quote" TEXT NOT NULL DEFAULT '', "before" TEXT NOT NULL
    DEFAULT '', "after" TEXT NOT NULL DEFAULT '', "section" TEXT NOT NULL DEFAULT '', "paragraph" TEXT NOT
    NULL DEFAULT '', "endnotes" TEXT NOT NULL DEFAULT '', "state" TEXT NOT NULL DEFAULT 'found' CHECK
    ("state" IN ('found', 'lost')), FOREIGN KEY ("subject_id") REFERENCES "subject" ("id") ON DELETE
    RESTRICT, FOREIGN KEY ("edition_id") REFERENCES "edition" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "quote_uid" ON "quote" ("uid")
    """,
    """
    CREATE INDEX "quote_subject_id" ON "quote" ("subject_id")
    """,
    """
    CREATE INDEX "quote_edition_id" ON "quote" ("edition_id")
    """,
    """
    CREATE INDEX "quote_state" ON "quote" ("state")
    """,
    """
    CREATE VIRTUAL TABLE search_series USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
    """,
]

FOLLOW_UP = [
    """
    ALTER TABLE "follow_up" ADD COLUMN "evidence_link" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "follow_up" ADD COLUMN "evidence_meeting_id" INTEGER REFERENCES "meeting" ("id") ON DELETE RESTRICT
    """,
    """
    ALTER TABLE "follow_up" ADD COLUMN "verified_by_id" INTEGER REFERENCES "person" ("id") ON DELETE RESTRICT
    """,
    """
    CREATE INDEX "follow_up_evidence_meeting_id" ON "follow_up" ("evidence_meeting_id")
    """,
    """
    CREATE INDEX "follow_up_verified_by_id" ON "follow_up" ("verified_by_id")
    """,
]

# A CHECK cannot be altered: the table is made anew, its rows are copied, its indexes follow.
MEETING = [
    """
    CREATE TABLE "meeting_new" ("id" INTEGER NOT NULL PRIMARY KEY REFERENCES "subject" ("id") ON DELETE
    RESTRICT, "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK
    ("visibility" IN ('internal', 'partner', 'public')), "created_at" TEXT NOT NULL CHECK ("created_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL CHECK ("updated_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT 1, "ref" TEXT NOT NULL
    DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "source_id" INTEGER, "section" TEXT NOT NULL DEFAULT '',
    "paragraph" TEXT NOT NULL DEFAULT '', "endnotes" TEXT NOT NULL DEFAULT '', "source_note" TEXT NOT NULL
    DEFAULT '', "title" TEXT NOT NULL DEFAULT '', "title_key" TEXT NOT NULL DEFAULT '', "kind" TEXT NOT NULL
    DEFAULT 'bilateral' CHECK ("kind" IN ('bilateral', 'multilateral', 'working_level', 'ministerial',
    'summit', 'visit', 'conference', 'call', 'courtesy', 'other')), "state" TEXT NOT NULL DEFAULT 'planned'
    CHECK ("state" IN ('planned', 'held', 'draft', 'final')), "on" TEXT CHECK ("on" IS NULL OR "on" GLOB
    '[0-9][0-9][0-9][0-9]' OR "on" IS substr(date(substr("on" || '-01', 1, 10)), 1, length("on"))),
    "date_wording" TEXT NOT NULL DEFAULT '', "starts" TEXT CHECK ("starts" IS substr(time("starts"), 1, 5)
    AND "starts" IS NOT '24:00'), "ends_on" TEXT CHECK ("ends_on" IS date("ends_on")), "ends" TEXT CHECK
    ("ends" IS substr(time("ends"), 1, 5) AND "ends" IS NOT '24:00'), "zone" TEXT NOT NULL DEFAULT '',
    "starts_at" TEXT CHECK ("starts_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "starts_at")), "ends_at" TEXT
    CHECK ("ends_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "ends_at")), "place" TEXT NOT NULL DEFAULT '',
    "country" TEXT NOT NULL DEFAULT '' CHECK ("country" = '' OR "country" GLOB '[A-Z][A-Z]'), "series_id"
    INTEGER, "purpose" TEXT NOT NULL DEFAULT '', "agenda" TEXT NOT NULL DEFAULT '', "minutes" TEXT NOT NULL
    DEFAULT '', "decisions" TEXT NOT NULL DEFAULT '', "historic" INTEGER NOT NULL DEFAULT 0 CHECK
    ("historic" IN (0, 1)), FOREIGN KEY ("source_id") REFERENCES "source" ("id") ON DELETE RESTRICT, FOREIGN
    KEY ("series_id") REFERENCES "series" ("id") ON DELETE RESTRICT)
    """,
    """
    INSERT INTO "meeting_new" ("id", "uid", "visibility", "created_at", "updated_at", "version", "ref",
    "ref_key", "source_id", "section", "paragraph", "endnotes", "source_note", "title", "title_key", "kind",
    "state", "on", "date_wording", "starts", "ends_on", "ends", "zone", "starts_at", "ends_at", "place",
    "country", "purpose", "agenda", "minutes", "decisions", "historic") SELECT "id", "uid", "visibility",
    "created_at", "updated_at", "version", "ref", "ref_key", "source_id", "section", "paragraph",
    "endnotes", "source_note", "title", "title_key", "kind", "state", "on", "date_wording", "starts",
    "ends_on", "ends", "zone", "starts_at", "ends_at", "place", "country", "purpose", "agenda", "minutes",
    "decisions", "historic" FROM "meeting"
    """,
    """
    DROP TABLE "meeting"
    """,
    """
    ALTER TABLE "meeting_new" RENAME TO "meeting"
    """,
    """
    CREATE UNIQUE INDEX "meeting_uid" ON "meeting" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "meeting_ref" ON "meeting" ("ref")
    """,
    """
    CREATE INDEX "meeting_ref_key" ON "meeting" ("ref_key")
    """,
    """
    CREATE INDEX "meeting_source_id" ON "meeting" ("source_id")
    """,
    """
    CREATE INDEX "meeting_title_key" ON "meeting" ("title_key")
    """,
    """
    CREATE INDEX "meeting_kind" ON "meeting" ("kind")
    """,
    """
    CREATE INDEX "meeting_state" ON "meeting" ("state")
    """,
    """
    CREATE INDEX "meeting_on" ON "meeting" ("on")
    """,
    """
    CREATE INDEX "meeting_country" ON "meeting" ("country")
    """,
    """
    CREATE INDEX "meeting_series_id" ON "meeting" ("series_id")
    """,
]


INITIATIVE = [
    """
    CREATE INDEX "initiative_stage_name_key" ON "initiative" ("stage", "name_key")
    """,
]


def up(migrator, db):
    for statement in (*NEW, *MEETING, *FOLLOW_UP, *INITIATIVE):
        db.execute_sql(statement)
