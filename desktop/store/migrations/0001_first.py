"""The first schema."""

STATEMENTS = [
    """
    CREATE TABLE "subject" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL, "kind" TEXT NOT NULL)
    """,
    """
    CREATE UNIQUE INDEX "subject_uid" ON "subject" ("uid")
    """,
    """
    CREATE TABLE "source" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT
    NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL
    DEFAULT 1, "ref" TEXT NOT NULL DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "title" TEXT NOT NULL
    DEFAULT '', "title_key" TEXT NOT NULL DEFAULT '', "author" TEXT NOT NULL DEFAULT '', "publisher" TEXT NOT
    NULL DEFAULT '', "published_on" TEXT CHECK ("published_on" IS NULL OR "published_on" GLOB
    '[0-9][0-9][0-9][0-9]' OR "published_on" IS substr(date(substr("published_on" || '-01', 1, 10)), 1,
    length("published_on"))), "link" TEXT NOT NULL DEFAULT '', "language" TEXT NOT NULL DEFAULT '', "notes"
    TEXT NOT NULL DEFAULT '')
    """,
    """
    CREATE UNIQUE INDEX "source_uid" ON "source" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "source_ref" ON "source" ("ref")
    """,
    """
    CREATE INDEX "source_ref_key" ON "source" ("ref_key")
    """,
    """
    CREATE INDEX "source_title_key" ON "source" ("title_key")
    """,
    """
    CREATE INDEX "source_published_on" ON "source" ("published_on")
    """,
    """
    CREATE TABLE "sector" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT
    NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL
    DEFAULT 1, "ref" TEXT NOT NULL DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "name" TEXT NOT NULL
    DEFAULT '', "name_key" TEXT NOT NULL DEFAULT '', "notes" TEXT NOT NULL DEFAULT '')
    """,
    """
    CREATE UNIQUE INDEX "sector_uid" ON "sector" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "sector_ref" ON "sector" ("ref")
    """,
    """
    CREATE INDEX "sector_ref_key" ON "sector" ("ref_key")
    """,
    """
    CREATE INDEX "sector_name_key" ON "sector" ("name_key")
    """,
    """
    CREATE TABLE "organisation" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '',
    "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')),
    "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")),
    "updated_at" TEXT NOT NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version"
    INTEGER NOT NULL DEFAULT 1, "ref" TEXT NOT NULL DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '',
    "source_id" INTEGER, "section" TEXT NOT NULL DEFAULT '', "paragraph" TEXT NOT NULL DEFAULT '', "endnotes"
    TEXT NOT NULL DEFAULT '', "source_note" TEXT NOT NULL DEFAULT '', "name" TEXT NOT NULL DEFAULT '',
    "name_key" TEXT NOT NULL DEFAULT '', "own_name" TEXT NOT NULL DEFAULT '', "acronym" TEXT NOT NULL DEFAULT
    '', "acronym_key" TEXT NOT NULL DEFAULT '', "aliases" TEXT NOT NULL DEFAULT '', "kind" TEXT NOT NULL
    DEFAULT '' CHECK ("kind" IN ('ministry', 'agency', 'embassy', 'parliament', 'subnational',
    'development_bank', 'company', 'university', 'think_tank', 'association', 'ngo', 'international', 'forum',
    'other', '')), "country" TEXT NOT NULL DEFAULT '' CHECK ("country" = '' OR "country" GLOB '[A-Z][A-Z]'),
    "side" TEXT NOT NULL DEFAULT '' CHECK ("side" IN ('post', 'capital', 'partner', 'host', 'third',
    'international', 'private', '')), "side_set" TEXT NOT NULL DEFAULT '' CHECK ("side_set" IN ('post',
    'capital', 'partner', 'host', 'third', 'international', 'private', '')), "parent_id" INTEGER,
    "successor_id" INTEGER, "link" TEXT NOT NULL DEFAULT '', "notes" TEXT NOT NULL DEFAULT '', FOREIGN KEY
    ("source_id") REFERENCES "source" ("id") ON DELETE RESTRICT, FOREIGN KEY ("parent_id") REFERENCES
    "organisation" ("id") ON DELETE RESTRICT, FOREIGN KEY ("successor_id") REFERENCES "organisation" ("id") ON
    DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "organisation_uid" ON "organisation" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "organisation_ref" ON "organisation" ("ref")
    """,
    """
    CREATE INDEX "organisation_ref_key" ON "organisation" ("ref_key")
    """,
    """
    CREATE INDEX "organisation_source_id" ON "organisation" ("source_id")
    """,
    """
    CREATE INDEX "organisation_name_key" ON "organisation" ("name_key")
    """,
    """
    CREATE INDEX "organisation_acronym_key" ON "organisation" ("acronym_key")
    """,
    """
    CREATE INDEX "organisation_kind" ON "organisation" ("kind")
    """,
    """
    CREATE INDEX "organisation_country" ON "organisation" ("country")
    """,
    """
    CREATE INDEX "organisation_side" ON "organisation" ("side")
    """,
    """
    CREATE INDEX "organisation_parent_id" ON "organisation" ("parent_id")
    """,
    """
    CREATE INDEX "organisation_successor_id" ON "organisation" ("successor_id")
    """,
    """
    CREATE TABLE "person" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT
    NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL
    DEFAULT 1, "ref" TEXT NOT NULL DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "source_id" INTEGER,
    "section" TEXT NOT NULL DEFAULT '', "paragraph" TEXT NOT NULL DEFAULT '', "endnotes" TEXT NOT NULL DEFAULT
    '', "source_note" TEXT NOT NULL DEFAULT '', "name" TEXT NOT NULL DEFAULT '', "name_key" TEXT NOT NULL
    DEFAULT '', "own_name" TEXT NOT NULL DEFAULT '', "title" TEXT NOT NULL DEFAULT '', "organisation_id"
    INTEGER, "email" TEXT NOT NULL DEFAULT '', "phone" TEXT NOT NULL DEFAULT '', "officer" INTEGER NOT NULL
    DEFAULT 0 CHECK ("officer" IN (0, 1)), "notes" TEXT NOT NULL DEFAULT '', FOREIGN KEY ("source_id")
    REFERENCES "source" ("id") ON DELETE RESTRICT, FOREIGN KEY ("organisation_id") REFERENCES "organisation"
    ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "person_uid" ON "person" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "person_ref" ON "person" ("ref")
    """,
    """
    CREATE INDEX "person_ref_key" ON "person" ("ref_key")
    """,
    """
    CREATE INDEX "person_source_id" ON "person" ("source_id")
    """,
    """
    CREATE INDEX "person_name_key" ON "person" ("name_key")
    """,
    """
    CREATE INDEX "person_organisation_id" ON "person" ("organisation_id")
    """,
    """
    CREATE INDEX "person_officer" ON "person" ("officer")
    """,
    """
    CREATE TABLE "recommendation" ("id" INTEGER NOT NULL PRIMARY KEY REFERENCES "subject" ("id") ON DELETE
    RESTRICT, "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK
    ("visibility" IN ('internal', 'partner', 'public')), "created_at" TEXT NOT NULL CHECK ("created_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL CHECK ("updated_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT 1, "ref" TEXT NOT NULL
    DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "source_id" INTEGER, "section" TEXT NOT NULL DEFAULT '',
    "paragraph" TEXT NOT NULL DEFAULT '', "endnotes" TEXT NOT NULL DEFAULT '', "source_note" TEXT NOT NULL
    DEFAULT '', "owner_id" INTEGER, "rag_set" TEXT NOT NULL DEFAULT '' CHECK ("rag_set" IN ('red', 'amber',
    'green', 'grey', '')), "rag_reason" TEXT NOT NULL DEFAULT '', "last_update_on" TEXT CHECK
    ("last_update_on" IS date("last_update_on")), "adopted_on" TEXT CHECK ("adopted_on" IS
    date("adopted_on")), "times_slipped" INTEGER NOT NULL DEFAULT 0, "title" TEXT NOT NULL DEFAULT '',
    "title_key" TEXT NOT NULL DEFAULT '', "level" TEXT NOT NULL DEFAULT 'recommendation' CHECK ("level" IN
    ('heading', 'recommendation', 'ask')), "parent_id" INTEGER, "summary" TEXT NOT NULL DEFAULT '',
    "acceptance" TEXT NOT NULL DEFAULT 'not_assessed' CHECK ("acceptance" IN ('not_assessed', 'supported',
    'supported_in_part', 'under_consideration', 'not_supported')), "status" TEXT NOT NULL DEFAULT
    'not_started' CHECK ("status" IN ('not_started', 'in_progress', 'substantially_done', 'implemented',
    'stalled', 'overtaken', 'closed_not_implemented')), "assessment" TEXT NOT NULL DEFAULT '' CHECK
    ("assessment" IN ('not_started', 'in_progress', 'substantially_done', 'implemented', 'stalled',
    'overtaken', 'closed_not_implemented', '')), "priority" TEXT NOT NULL DEFAULT '' CHECK ("priority" IN
    ('high', 'medium', 'low', '')), "target_first" TEXT CHECK ("target_first" IS date("target_first")),
    "target_on" TEXT CHECK ("target_on" IS date("target_on")), FOREIGN KEY ("source_id") REFERENCES "source"
    ("id") ON DELETE RESTRICT, FOREIGN KEY ("owner_id") REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN
    KEY ("parent_id") REFERENCES "recommendation" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "recommendation_uid" ON "recommendation" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "recommendation_ref" ON "recommendation" ("ref")
    """,
    """
    CREATE INDEX "recommendation_ref_key" ON "recommendation" ("ref_key")
    """,
    """
    CREATE INDEX "recommendation_source_id" ON "recommendation" ("source_id")
    """,
    """
    CREATE INDEX "recommendation_owner_id" ON "recommendation" ("owner_id")
    """,
    """
    CREATE INDEX "recommendation_title_key" ON "recommendation" ("title_key")
    """,
    """
    CREATE INDEX "recommendation_level" ON "recommendation" ("level")
    """,
    """
    CREATE INDEX "recommendation_parent_id" ON "recommendation" ("parent_id")
    """,
    """
    CREATE INDEX "recommendation_acceptance" ON "recommendation" ("acceptance")
    """,
    """
    CREATE INDEX "recommendation_status" ON "recommendation" ("status")
    """,
    """
    CREATE INDEX "recommendation_assessment" ON "recommendation" ("assessment")
    """,
    """
    CREATE INDEX "recommendation_priority" ON "recommendation" ("priority")
    """,
    """
    CREATE INDEX "recommendation_target_on" ON "recommendation" ("target_on")
    """,
    """
    CREATE TABLE "initiative" ("id" INTEGER NOT NULL PRIMARY KEY REFERENCES "subject" ("id") ON DELETE
    RESTRICT, "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK
    ("visibility" IN ('internal', 'partner', 'public')), "created_at" TEXT NOT NULL CHECK ("created_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL CHECK ("updated_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT 1, "ref" TEXT NOT NULL
    DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "source_id" INTEGER, "section" TEXT NOT NULL DEFAULT '',
    "paragraph" TEXT NOT NULL DEFAULT '', "endnotes" TEXT NOT NULL DEFAULT '', "source_note" TEXT NOT NULL
    DEFAULT '', "owner_id" INTEGER, "rag_set" TEXT NOT NULL DEFAULT '' CHECK ("rag_set" IN ('red', 'amber',
    'green', 'grey', '')), "rag_reason" TEXT NOT NULL DEFAULT '', "last_update_on" TEXT CHECK
    ("last_update_on" IS date("last_update_on")), "adopted_on" TEXT CHECK ("adopted_on" IS
    date("adopted_on")), "times_slipped" INTEGER NOT NULL DEFAULT 0, "name" TEXT NOT NULL DEFAULT '',
    "name_key" TEXT NOT NULL DEFAULT '', "own_name" TEXT NOT NULL DEFAULT '', "type" TEXT NOT NULL DEFAULT ''
    CHECK ("type" IN ('dialogue', 'framework', 'programme', 'project', 'fund', 'agreement', 'event', '')),
    "stage" TEXT NOT NULL DEFAULT 'idea' CHECK ("stage" IN ('idea', 'proof_of_concept', 'bankable',
    'financing', 'under_way', 'completed', 'on_hold', 'dropped')), "founded" TEXT CHECK ("founded" IS NULL OR
    "founded" GLOB '[0-9][0-9][0-9][0-9]' OR "founded" IS substr(date(substr("founded" || '-01', 1, 10)), 1,
    length("founded"))), "founded_wording" TEXT NOT NULL DEFAULT '', "start_on" TEXT CHECK ("start_on" IS
    date("start_on")), "end_on" TEXT CHECK ("end_on" IS date("end_on")), "value" TEXT NOT NULL DEFAULT ''
    CHECK ("value" = '' OR ("value" GLOB '*[0-9]*' AND "value" NOT GLOB '*[^-.0-9]*')), "currency" TEXT NOT
    NULL DEFAULT '', "milestone" TEXT NOT NULL DEFAULT '', "milestone_on" TEXT CHECK ("milestone_on" IS
    date("milestone_on")), "description" TEXT NOT NULL DEFAULT '', FOREIGN KEY ("source_id") REFERENCES
    "source" ("id") ON DELETE RESTRICT, FOREIGN KEY ("owner_id") REFERENCES "person" ("id") ON DELETE
    RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "initiative_uid" ON "initiative" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "initiative_ref" ON "initiative" ("ref")
    """,
    """
    CREATE INDEX "initiative_ref_key" ON "initiative" ("ref_key")
    """,
    """
    CREATE INDEX "initiative_source_id" ON "initiative" ("source_id")
    """,
    """
    CREATE INDEX "initiative_owner_id" ON "initiative" ("owner_id")
    """,
    """
    CREATE INDEX "initiative_name_key" ON "initiative" ("name_key")
    """,
    """
    CREATE INDEX "initiative_type" ON "initiative" ("type")
    """,
    """
    CREATE INDEX "initiative_stage" ON "initiative" ("stage")
    """,
    """
    CREATE INDEX "initiative_founded" ON "initiative" ("founded")
    """,
    """
    CREATE INDEX "initiative_start_on" ON "initiative" ("start_on")
    """,
    """
    CREATE INDEX "initiative_milestone_on" ON "initiative" ("milestone_on")
    """,
    """
    CREATE TABLE "meeting" ("id" INTEGER NOT NULL PRIMARY KEY REFERENCES "subject" ("id") ON DELETE RESTRICT,
    "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN
    ('internal', 'partner', 'public')), "created_at" TEXT NOT NULL CHECK ("created_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL CHECK ("updated_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT 1, "ref" TEXT NOT NULL
    DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "source_id" INTEGER, "section" TEXT NOT NULL DEFAULT '',
    "paragraph" TEXT NOT NULL DEFAULT '', "endnotes" TEXT NOT NULL DEFAULT '', "source_note" TEXT NOT NULL
    DEFAULT '', "title" TEXT NOT NULL DEFAULT '', "title_key" TEXT NOT NULL DEFAULT '', "kind" TEXT NOT NULL
    DEFAULT 'bilateral' CHECK ("kind" IN ('bilateral', 'multilateral', 'working_level', 'ministerial',
    'summit', 'visit', 'conference', 'call', 'courtesy', 'other')), "state" TEXT NOT NULL DEFAULT 'planned'
    CHECK ("state" IN ('planned', 'held')), "on" TEXT CHECK ("on" IS NULL OR "on" GLOB '[0-9][0-9][0-9][0-9]'
    OR "on" IS substr(date(substr("on" || '-01', 1, 10)), 1, length("on"))), "date_wording" TEXT NOT NULL
    DEFAULT '', "starts" TEXT CHECK ("starts" IS substr(time("starts"), 1, 5) AND "starts" IS NOT '24:00'),
    "ends_on" TEXT CHECK ("ends_on" IS date("ends_on")), "ends" TEXT CHECK ("ends" IS substr(time("ends"), 1,
    5) AND "ends" IS NOT '24:00'), "zone" TEXT NOT NULL DEFAULT '', "starts_at" TEXT CHECK ("starts_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "starts_at")), "ends_at" TEXT CHECK ("ends_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "ends_at")), "place" TEXT NOT NULL DEFAULT '', "country" TEXT NOT NULL
    DEFAULT '' CHECK ("country" = '' OR "country" GLOB '[A-Z][A-Z]'), "purpose" TEXT NOT NULL DEFAULT '',
    "agenda" TEXT NOT NULL DEFAULT '', "minutes" TEXT NOT NULL DEFAULT '', "decisions" TEXT NOT NULL DEFAULT
    '', "historic" INTEGER NOT NULL DEFAULT 0 CHECK ("historic" IN (0, 1)), FOREIGN KEY ("source_id")
    REFERENCES "source" ("id") ON DELETE RESTRICT)
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
    CREATE TABLE "follow_up" ("id" INTEGER NOT NULL PRIMARY KEY REFERENCES "subject" ("id") ON DELETE
    RESTRICT, "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK
    ("visibility" IN ('internal', 'partner', 'public')), "created_at" TEXT NOT NULL CHECK ("created_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL CHECK ("updated_at" IS
    strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT 1, "ref" TEXT NOT NULL
    DEFAULT '', "ref_key" TEXT NOT NULL DEFAULT '', "owner_id" INTEGER, "rag_set" TEXT NOT NULL DEFAULT ''
    CHECK ("rag_set" IN ('red', 'amber', 'green', 'grey', '')), "rag_reason" TEXT NOT NULL DEFAULT '',
    "last_update_on" TEXT CHECK ("last_update_on" IS date("last_update_on")), "adopted_on" TEXT CHECK
    ("adopted_on" IS date("adopted_on")), "times_slipped" INTEGER NOT NULL DEFAULT 0, "title" TEXT NOT NULL
    DEFAULT '', "title_key" TEXT NOT NULL DEFAULT '', "detail" TEXT NOT NULL DEFAULT '', "owed_by_id" INTEGER,
    "owed_by_person_id" INTEGER, "owed_to_id" INTEGER, "owed_to_person_id" INTEGER, "direction" TEXT NOT NULL
    DEFAULT 'us' CHECK ("direction" IN ('us', 'partner', 'host', 'capital', 'other')), "raised_on" TEXT CHECK
    ("raised_on" IS date("raised_on")), "meeting_id" INTEGER, "due_first" TEXT CHECK ("due_first" IS
    date("due_first")), "due_on" TEXT CHECK ("due_on" IS date("due_on")), "priority" TEXT NOT NULL DEFAULT
    'medium' CHECK ("priority" IN ('high', 'medium', 'low')), "status" TEXT NOT NULL DEFAULT 'open' CHECK
    ("status" IN ('open', 'in_progress', 'waiting', 'done', 'cancelled')), "outcome" TEXT NOT NULL DEFAULT '',
    "closed_on" TEXT CHECK ("closed_on" IS date("closed_on")), FOREIGN KEY ("owner_id") REFERENCES "person"
    ("id") ON DELETE RESTRICT, FOREIGN KEY ("owed_by_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("owed_by_person_id") REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN KEY
    ("owed_to_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT, FOREIGN KEY ("owed_to_person_id")
    REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON
    DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "follow_up_uid" ON "follow_up" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "follow_up_ref" ON "follow_up" ("ref")
    """,
    """
    CREATE INDEX "follow_up_ref_key" ON "follow_up" ("ref_key")
    """,
    """
    CREATE INDEX "follow_up_owner_id" ON "follow_up" ("owner_id")
    """,
    """
    CREATE INDEX "follow_up_title_key" ON "follow_up" ("title_key")
    """,
    """
    CREATE INDEX "follow_up_owed_by_id" ON "follow_up" ("owed_by_id")
    """,
    """
    CREATE INDEX "follow_up_owed_by_person_id" ON "follow_up" ("owed_by_person_id")
    """,
    """
    CREATE INDEX "follow_up_owed_to_id" ON "follow_up" ("owed_to_id")
    """,
    """
    CREATE INDEX "follow_up_owed_to_person_id" ON "follow_up" ("owed_to_person_id")
    """,
    """
    CREATE INDEX "follow_up_direction" ON "follow_up" ("direction")
    """,
    """
    CREATE INDEX "follow_up_raised_on" ON "follow_up" ("raised_on")
    """,
    """
    CREATE INDEX "follow_up_meeting_id" ON "follow_up" ("meeting_id")
    """,
    """
    CREATE INDEX "follow_up_due_on" ON "follow_up" ("due_on")
    """,
    """
    CREATE INDEX "follow_up_priority" ON "follow_up" ("priority")
    """,
    """
    CREATE INDEX "follow_up_closed_on" ON "follow_up" ("closed_on")
    """,
    """
    CREATE INDEX "follow_up_status_due_on" ON "follow_up" ("status", "due_on")
    """,
    """
    CREATE TABLE "fact" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT
    NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at" TEXT
    NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL
    CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT
    1, "name" TEXT NOT NULL DEFAULT '', "value" TEXT NOT NULL DEFAULT '')
    """,
    """
    CREATE UNIQUE INDEX "fact_uid" ON "fact" ("uid")
    """,
    """
    CREATE UNIQUE INDEX "fact_name" ON "fact" ("name")
    """,
    """
    CREATE TABLE "update" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT
    NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL
    DEFAULT 1, "subject_id" INTEGER NOT NULL, "on" TEXT CHECK ("on" IS date("on")), "aspect" TEXT NOT NULL
    DEFAULT 'reported' CHECK ("aspect" IN ('reported', 'desk')), "status_from" TEXT NOT NULL DEFAULT '',
    "status_to" TEXT NOT NULL DEFAULT '', "done" TEXT NOT NULL DEFAULT '', "next" TEXT NOT NULL DEFAULT '',
    "blocks" TEXT NOT NULL DEFAULT '', "author_id" INTEGER, FOREIGN KEY ("subject_id") REFERENCES "subject"
    ("id") ON DELETE RESTRICT, FOREIGN KEY ("author_id") REFERENCES "person" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "update_uid" ON "update" ("uid")
    """,
    """
    CREATE INDEX "update_subject_id" ON "update" ("subject_id")
    """,
    """
    CREATE INDEX "update_on" ON "update" ("on")
    """,
    """
    CREATE INDEX "update_author_id" ON "update" ("author_id")
    """,
    """
    CREATE INDEX "update_subject_id_on" ON "update" ("subject_id", "on")
    """,
    """
    CREATE TABLE "link" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility" TEXT
    NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at" TEXT
    NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT NULL
    CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL DEFAULT
    1, "from_subject_id" INTEGER NOT NULL, "to_subject_id" INTEGER NOT NULL, "relation" TEXT NOT NULL DEFAULT
    'related' CHECK ("relation" IN ('advances', 'serves', 'discussed', 'builds_on', 'part_of', 'follows',
    'related')), "note" TEXT NOT NULL DEFAULT '', FOREIGN KEY ("from_subject_id") REFERENCES "subject" ("id")
    ON DELETE RESTRICT, FOREIGN KEY ("to_subject_id") REFERENCES "subject" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "link_uid" ON "link" ("uid")
    """,
    """
    CREATE INDEX "link_from_subject_id" ON "link" ("from_subject_id")
    """,
    """
    CREATE INDEX "link_to_subject_id" ON "link" ("to_subject_id")
    """,
    """
    CREATE UNIQUE INDEX "link_from_subject_id_to_subject_id_relation" ON "link" ("from_subject_id",
    "to_subject_id", "relation")
    """,
    """
    CREATE INDEX "link_to_subject_id_relation" ON "link" ("to_subject_id", "relation")
    """,
    """
    CREATE TABLE "extension" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT
    NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL
    DEFAULT 1, "subject_id" INTEGER NOT NULL, "field" TEXT NOT NULL DEFAULT '', "from_on" TEXT CHECK
    ("from_on" IS date("from_on")), "to_on" TEXT CHECK ("to_on" IS date("to_on")), "moved_on" TEXT CHECK
    ("moved_on" IS date("moved_on")), "reason" TEXT NOT NULL DEFAULT '', "agreed_by" TEXT NOT NULL DEFAULT '',
    FOREIGN KEY ("subject_id") REFERENCES "subject" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "extension_uid" ON "extension" ("uid")
    """,
    """
    CREATE INDEX "extension_subject_id" ON "extension" ("subject_id")
    """,
    """
    CREATE INDEX "extension_from_on" ON "extension" ("from_on")
    """,
    """
    CREATE INDEX "extension_moved_on" ON "extension" ("moved_on")
    """,
    """
    CREATE TABLE "attendance" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL DEFAULT '', "visibility"
    TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('internal', 'partner', 'public')), "created_at"
    TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "created_at")), "updated_at" TEXT NOT
    NULL CHECK ("updated_at" IS strftime('%Y-%m-%dT%H:%M:%fZ', "updated_at")), "version" INTEGER NOT NULL
    DEFAULT 1, "meeting_id" INTEGER NOT NULL, "person_id" INTEGER, "name" TEXT NOT NULL DEFAULT '',
    "organisation_id" INTEGER, "side" TEXT NOT NULL DEFAULT '' CHECK ("side" IN ('post', 'capital', 'partner',
    'host', 'third', 'international', 'private', '')), "presence" TEXT NOT NULL DEFAULT 'present' CHECK
    ("presence" IN ('present', 'excused')), FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON DELETE
    RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN KEY
    ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT, CHECK (person_id IS NOT NULL OR
    name <> ''))
    """,
    """
    CREATE UNIQUE INDEX "attendance_uid" ON "attendance" ("uid")
    """,
    """
    CREATE INDEX "attendance_meeting_id" ON "attendance" ("meeting_id")
    """,
    """
    CREATE INDEX "attendance_person_id" ON "attendance" ("person_id")
    """,
    """
    CREATE INDEX "attendance_organisation_id" ON "attendance" ("organisation_id")
    """,
    """
    CREATE TABLE "subject_country" ("id" INTEGER NOT NULL PRIMARY KEY, "subject_id" INTEGER NOT NULL, "role"
    TEXT NOT NULL, "country" TEXT NOT NULL DEFAULT '' CHECK ("country" = '' OR "country" GLOB '[A-Z][A-Z]'),
    FOREIGN KEY ("subject_id") REFERENCES "subject" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "subject_country_subject_id_role_country" ON "subject_country" ("subject_id", "role",
    "country")
    """,
    """
    CREATE INDEX "subject_country_country_role_subject_id" ON "subject_country" ("country", "role",
    "subject_id")
    """,
    """
    CREATE TABLE "subject_sector" ("id" INTEGER NOT NULL PRIMARY KEY, "subject_id" INTEGER NOT NULL, "role"
    TEXT NOT NULL, "sector_id" INTEGER NOT NULL, FOREIGN KEY ("subject_id") REFERENCES "subject" ("id") ON
    DELETE RESTRICT, FOREIGN KEY ("sector_id") REFERENCES "sector" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "subject_sector_subject_id_role_sector_id" ON "subject_sector" ("subject_id", "role",
    "sector_id")
    """,
    """
    CREATE INDEX "subject_sector_sector_id_role_subject_id" ON "subject_sector" ("sector_id", "role",
    "subject_id")
    """,
    """
    CREATE TABLE "subject_organisation" ("id" INTEGER NOT NULL PRIMARY KEY, "subject_id" INTEGER NOT NULL,
    "role" TEXT NOT NULL, "organisation_id" INTEGER NOT NULL, FOREIGN KEY ("subject_id") REFERENCES "subject"
    ("id") ON DELETE RESTRICT, FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE
    RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "subject_organisation_subject_id_role_organisation_id" ON "subject_organisation"
    ("subject_id", "role", "organisation_id")
    """,
    """
    CREATE INDEX "subject_organisation_organisation_id_role_subject_id" ON "subject_organisation"
    ("organisation_id", "role", "subject_id")
    """,
    """
    CREATE TABLE "subject_person" ("id" INTEGER NOT NULL PRIMARY KEY, "subject_id" INTEGER NOT NULL, "role"
    TEXT NOT NULL, "person_id" INTEGER NOT NULL, FOREIGN KEY ("subject_id") REFERENCES "subject" ("id") ON
    DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE UNIQUE INDEX "subject_person_subject_id_role_person_id" ON "subject_person" ("subject_id", "role",
    "person_id")
    """,
    """
    CREATE INDEX "subject_person_person_id_role_subject_id" ON "subject_person" ("person_id", "role",
    "subject_id")
    """,
    """
    CREATE TABLE "operation" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL, "label" TEXT NOT NULL,
    "at" TEXT NOT NULL, "officer" TEXT NOT NULL, "officer_name" TEXT NOT NULL, "device" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL, "clock" INTEGER NOT NULL, "source" TEXT NOT NULL, "reverts" TEXT, "previous"
    TEXT NOT NULL, "hash" TEXT NOT NULL)
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
    CREATE TABLE "change" ("id" INTEGER NOT NULL PRIMARY KEY, "operation_id" INTEGER NOT NULL, "entity" TEXT
    NOT NULL, "uid" TEXT NOT NULL, "field" TEXT NOT NULL, "before" TEXT, "after" TEXT, FOREIGN KEY
    ("operation_id") REFERENCES "operation" ("id") ON DELETE RESTRICT)
    """,
    """
    CREATE INDEX "change_operation_id" ON "change" ("operation_id")
    """,
    """
    CREATE INDEX "change_uid" ON "change" ("uid")
    """,
    """
    CREATE INDEX "change_deletion" ON "change" ("entity") WHERE "field" = '*' AND "after" IS NULL
    """,
    """
    CREATE TABLE "counter" ("name" TEXT NOT NULL PRIMARY KEY, "last" INTEGER NOT NULL)
    """,
    """
    CREATE TABLE "alias" ("id" INTEGER NOT NULL PRIMARY KEY, "old" TEXT NOT NULL, "entity" TEXT NOT NULL,
    "uid" TEXT NOT NULL)
    """,
    """
    CREATE INDEX "alias_old" ON "alias" ("old")
    """,
    """
    CREATE VIRTUAL TABLE search_source USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
    """,
    """
    CREATE VIRTUAL TABLE search_sector USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
    """,
    """
    CREATE VIRTUAL TABLE search_organisation USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
    """,
    """
    CREATE VIRTUAL TABLE search_person USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
    """,
    """
    CREATE VIRTUAL TABLE search_recommendation USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
    """,
    """
    CREATE VIRTUAL TABLE search_initiative USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
    """,
    """
    CREATE VIRTUAL TABLE search_meeting USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
    """,
    """
    CREATE VIRTUAL TABLE search_follow_up USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')
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
    CREATE TRIGGER change_is_final BEFORE UPDATE ON "change" BEGIN SELECT RAISE(ABORT, 'the journal is
    append-only'); END
    """,
    """
    CREATE TRIGGER change_stays BEFORE DELETE ON "change" BEGIN SELECT RAISE(ABORT, 'the journal is
    append-only'); END
    """,
]


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
