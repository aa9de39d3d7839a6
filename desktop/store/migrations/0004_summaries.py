"""The figures of the Today page, kept beside the records by triggers: what each day adds, and what stands."""

import datetime as dt
import json
from collections import Counter
from zoneinfo import ZoneInfo

TABLES = [
    """
    CREATE TABLE "summary_day" ("picture" TEXT NOT NULL, "day" TEXT NOT NULL, "mark" TEXT NOT NULL, "count"
    INTEGER NOT NULL, PRIMARY KEY ("picture", "day", "mark")) WITHOUT ROWID
    """,
    """
    CREATE TABLE "summary_now" ("picture" TEXT NOT NULL, "mark" TEXT NOT NULL, "count" INTEGER NOT NULL,
    PRIMARY KEY ("picture", "mark")) WITHOUT ROWID
    """,
    """
    CREATE TABLE "summary_date" ("day" TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID
    """,
]

TRIGGERS = [
    """
    CREATE TRIGGER recommendation_standing_made AFTER INSERT ON "recommendation" BEGIN INSERT INTO
    summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day,
    CASE q.picture WHEN 'rag.recommendation' THEN CASE WHEN d.level = 'recommendation' THEN CASE WHEN
    d.status IN ('implemented') THEN 'green' WHEN (d.level = 'heading') OR d.status IN ('overtaken',
    'closed_not_implemented') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.status IN ('stalled')
    OR ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level =
    'heading')) AND d.target_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN d.status IN (NULL) OR
    d.times_slipped = 1 OR ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND
    NOT (d.level = 'heading')) AND d.target_on >= d.seen AND d.target_on <= date(d.seen, '+14 days')) OR
    ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level =
    'heading')) AND d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen,
    '-60 days')) THEN 'amber' WHEN d.status IN ('not_started') OR (d.owner_id IS NULL AND d.last_update_on
    IS NULL) THEN 'grey' ELSE 'green' END END WHEN 'attention.recommendation' THEN CASE WHEN d.level =
    'recommendation' THEN CASE WHEN ((d.status IN ('not_started', 'in_progress', 'substantially_done',
    'stalled') AND NOT (d.level = 'heading')) AND d.target_on < d.seen) THEN 'overdue' WHEN ((d.status IN
    ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND
    d.target_on >= d.seen AND d.target_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN ((d.status IN
    ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND
    d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN
    'stale' ELSE '' END END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN
    a.day ELSE date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN
    date(r.target_on, '-14 days') WHEN 2 THEN date(r.target_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.target_on,
    '-14 days')), date(r.target_on, '+1 day')) END AS day FROM (SELECT NEW."adopted_on" AS "adopted_on",
    NEW."last_update_on" AS "last_update_on", NEW."level" AS "level", NEW."owner_id" AS "owner_id",
    NEW."rag_set" AS "rag_set", NEW."status" AS "status", NEW."target_on" AS "target_on",
    NEW."times_slipped" AS "times_slipped", 1 AS sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place
    UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place) AS p WHERE p.place = 0 OR (NOT (r.status IN
    ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (r.level = 'heading'))) IS NOT
    TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day
    <> '')) AS d, (SELECT 'rag.recommendation' AS picture UNION ALL SELECT 'attention.recommendation' AS
    picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON
    CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER recommendation_standing_changed AFTER UPDATE OF "adopted_on", "last_update_on", "level",
    "owner_id", "rag_set", "status", "target_on", "times_slipped" ON "recommendation" WHEN OLD."adopted_on"
    IS NOT NEW."adopted_on" OR OLD."last_update_on" IS NOT NEW."last_update_on" OR OLD."level" IS NOT
    NEW."level" OR OLD."owner_id" IS NOT NEW."owner_id" OR OLD."rag_set" IS NOT NEW."rag_set" OR
    OLD."status" IS NOT NEW."status" OR OLD."target_on" IS NOT NEW."target_on" OR OLD."times_slipped" IS NOT
    NEW."times_slipped" BEGIN INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark,
    sum(n) FROM (SELECT q.picture, d.day, CASE q.picture WHEN 'rag.recommendation' THEN CASE WHEN d.level =
    'recommendation' THEN CASE WHEN d.status IN ('implemented') THEN 'green' WHEN (d.level = 'heading') OR
    d.status IN ('overtaken', 'closed_not_implemented') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN
    d.status IN ('stalled') OR ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled')
    AND NOT (d.level = 'heading')) AND d.target_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN
    d.status IN (NULL) OR d.times_slipped = 1 OR ((d.status IN ('not_started', 'in_progress',
    'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND d.target_on >= d.seen AND
    d.target_on <= date(d.seen, '+14 days')) OR ((d.status IN ('not_started', 'in_progress',
    'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'amber' WHEN d.status IN
    ('not_started') OR (d.owner_id IS NULL AND d.last_update_on IS NULL) THEN 'grey' ELSE 'green' END END
    WHEN 'attention.recommendation' THEN CASE WHEN d.level = 'recommendation' THEN CASE WHEN ((d.status IN
    ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND
    d.target_on < d.seen) THEN 'overdue' WHEN ((d.status IN ('not_started', 'in_progress',
    'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND d.target_on >= d.seen AND
    d.target_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN ((d.status IN ('not_started',
    'in_progress', 'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND d.owner_id IS NOT
    NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'stale' ELSE '' END
    END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE
    date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN
    date(r.target_on, '-14 days') WHEN 2 THEN date(r.target_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.target_on,
    '-14 days')), date(r.target_on, '+1 day')) END AS day FROM (SELECT NEW."adopted_on" AS "adopted_on",
    NEW."last_update_on" AS "last_update_on", NEW."level" AS "level", NEW."owner_id" AS "owner_id",
    NEW."rag_set" AS "rag_set", NEW."status" AS "status", NEW."target_on" AS "target_on",
    NEW."times_slipped" AS "times_slipped", 1 AS sign UNION ALL SELECT OLD."adopted_on" AS "adopted_on",
    OLD."last_update_on" AS "last_update_on", OLD."level" AS "level", OLD."owner_id" AS "owner_id",
    OLD."rag_set" AS "rag_set", OLD."status" AS "status", OLD."target_on" AS "target_on",
    OLD."times_slipped" AS "times_slipped", -1 AS sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place
    UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place) AS p WHERE p.place = 0 OR (NOT (r.status IN
    ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (r.level = 'heading'))) IS NOT
    TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day
    <> '')) AS d, (SELECT 'rag.recommendation' AS picture UNION ALL SELECT 'attention.recommendation' AS
    picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON
    CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER recommendation_standing_gone AFTER DELETE ON "recommendation" BEGIN INSERT INTO
    summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day,
    CASE q.picture WHEN 'rag.recommendation' THEN CASE WHEN d.level = 'recommendation' THEN CASE WHEN
    d.status IN ('implemented') THEN 'green' WHEN (d.level = 'heading') OR d.status IN ('overtaken',
    'closed_not_implemented') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.status IN ('stalled')
    OR ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level =
    'heading')) AND d.target_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN d.status IN (NULL) OR
    d.times_slipped = 1 OR ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND
    NOT (d.level = 'heading')) AND d.target_on >= d.seen AND d.target_on <= date(d.seen, '+14 days')) OR
    ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level =
    'heading')) AND d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen,
    '-60 days')) THEN 'amber' WHEN d.status IN ('not_started') OR (d.owner_id IS NULL AND d.last_update_on
    IS NULL) THEN 'grey' ELSE 'green' END END WHEN 'attention.recommendation' THEN CASE WHEN d.level =
    'recommendation' THEN CASE WHEN ((d.status IN ('not_started', 'in_progress', 'substantially_done',
    'stalled') AND NOT (d.level = 'heading')) AND d.target_on < d.seen) THEN 'overdue' WHEN ((d.status IN
    ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND
    d.target_on >= d.seen AND d.target_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN ((d.status IN
    ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND
    d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN
    'stale' ELSE '' END END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN
    a.day ELSE date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN
    date(r.target_on, '-14 days') WHEN 2 THEN date(r.target_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.target_on,
    '-14 days')), date(r.target_on, '+1 day')) END AS day FROM (SELECT OLD."adopted_on" AS "adopted_on",
    OLD."last_update_on" AS "last_update_on", OLD."level" AS "level", OLD."owner_id" AS "owner_id",
    OLD."rag_set" AS "rag_set", OLD."status" AS "status", OLD."target_on" AS "target_on",
    OLD."times_slipped" AS "times_slipped", -1 AS sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place
    UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place) AS p WHERE p.place = 0 OR (NOT (r.status IN
    ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (r.level = 'heading'))) IS NOT
    TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day
    <> '')) AS d, (SELECT 'rag.recommendation' AS picture UNION ALL SELECT 'attention.recommendation' AS
    picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON
    CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER initiative_standing_made AFTER INSERT ON "initiative" BEGIN INSERT INTO summary_day
    (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE
    q.picture WHEN 'rag.initiative' THEN CASE WHEN d.stage IN ('completed') THEN 'green' WHEN 0 OR d.stage
    IN ('dropped') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.stage IN (NULL) OR (d.stage IN
    ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.milestone_on <
    d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN d.stage IN ('on_hold') OR d.times_slipped = 1 OR
    (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND
    d.milestone_on >= d.seen AND d.milestone_on <= date(d.seen, '+14 days')) OR (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'amber' WHEN d.stage IN
    ('idea') OR (d.owner_id IS NULL AND d.last_update_on IS NULL) THEN 'grey' ELSE 'green' END WHEN
    'attention.initiative' THEN CASE WHEN (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing',
    'under_way', 'on_hold') AND d.milestone_on < d.seen) THEN 'overdue' WHEN (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.milestone_on >= d.seen AND
    d.milestone_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'stale' ELSE '' END END AS
    mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day,
    '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.milestone_on,
    '-14 days') WHEN 2 THEN date(r.milestone_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.milestone_on,
    '-14 days')), date(r.milestone_on, '+1 day')) END AS day FROM (SELECT NEW."adopted_on" AS "adopted_on",
    NEW."last_update_on" AS "last_update_on", NEW."milestone_on" AS "milestone_on", NEW."owner_id" AS
    "owner_id", NEW."rag_set" AS "rag_set", NEW."stage" AS "stage", NEW."times_slipped" AS "times_slipped",
    1 AS sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL
    SELECT 3 AS place) AS p WHERE p.place = 0 OR (NOT r.stage IN ('idea', 'proof_of_concept', 'bankable',
    'financing', 'under_way', 'on_hold')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w
    WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'rag.initiative' AS picture UNION
    ALL SELECT 'attention.initiative' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY
    picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER initiative_standing_changed AFTER UPDATE OF "adopted_on", "last_update_on",
    "milestone_on", "owner_id", "rag_set", "stage", "times_slipped" ON "initiative" WHEN OLD."adopted_on" IS
    NOT NEW."adopted_on" OR OLD."last_update_on" IS NOT NEW."last_update_on" OR OLD."milestone_on" IS NOT
    NEW."milestone_on" OR OLD."owner_id" IS NOT NEW."owner_id" OR OLD."rag_set" IS NOT NEW."rag_set" OR
    OLD."stage" IS NOT NEW."stage" OR OLD."times_slipped" IS NOT NEW."times_slipped" BEGIN INSERT INTO
    summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day,
    CASE q.picture WHEN 'rag.initiative' THEN CASE WHEN d.stage IN ('completed') THEN 'green' WHEN 0 OR
    d.stage IN ('dropped') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.stage IN (NULL) OR
    (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND
    d.milestone_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN d.stage IN ('on_hold') OR
    d.times_slipped = 1 OR (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way',
    'on_hold') AND d.milestone_on >= d.seen AND d.milestone_on <= date(d.seen, '+14 days')) OR (d.stage IN
    ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.owner_id IS NOT NULL
    AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'amber' WHEN d.stage IN
    ('idea') OR (d.owner_id IS NULL AND d.last_update_on IS NULL) THEN 'grey' ELSE 'green' END WHEN
    'attention.initiative' THEN CASE WHEN (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing',
    'under_way', 'on_hold') AND d.milestone_on < d.seen) THEN 'overdue' WHEN (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.milestone_on >= d.seen AND
    d.milestone_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'stale' ELSE '' END END AS
    mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day,
    '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.milestone_on,
    '-14 days') WHEN 2 THEN date(r.milestone_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.milestone_on,
    '-14 days')), date(r.milestone_on, '+1 day')) END AS day FROM (SELECT NEW."adopted_on" AS "adopted_on",
    NEW."last_update_on" AS "last_update_on", NEW."milestone_on" AS "milestone_on", NEW."owner_id" AS
    "owner_id", NEW."rag_set" AS "rag_set", NEW."stage" AS "stage", NEW."times_slipped" AS "times_slipped",
    1 AS sign UNION ALL SELECT OLD."adopted_on" AS "adopted_on", OLD."last_update_on" AS "last_update_on",
    OLD."milestone_on" AS "milestone_on", OLD."owner_id" AS "owner_id", OLD."rag_set" AS "rag_set",
    OLD."stage" AS "stage", OLD."times_slipped" AS "times_slipped", -1 AS sign) AS r, (SELECT 0 AS place
    UNION ALL SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place) AS p WHERE p.place
    = 0 OR (NOT r.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold')) IS
    NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS NOT NULL AND (w.way = 1 OR
    a.day <> '')) AS d, (SELECT 'rag.initiative' AS picture UNION ALL SELECT 'attention.initiative' AS
    picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON
    CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER initiative_standing_gone AFTER DELETE ON "initiative" BEGIN INSERT INTO summary_day
    (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE
    q.picture WHEN 'rag.initiative' THEN CASE WHEN d.stage IN ('completed') THEN 'green' WHEN 0 OR d.stage
    IN ('dropped') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.stage IN (NULL) OR (d.stage IN
    ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.milestone_on <
    d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN d.stage IN ('on_hold') OR d.times_slipped = 1 OR
    (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND
    d.milestone_on >= d.seen AND d.milestone_on <= date(d.seen, '+14 days')) OR (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'amber' WHEN d.stage IN
    ('idea') OR (d.owner_id IS NULL AND d.last_update_on IS NULL) THEN 'grey' ELSE 'green' END WHEN
    'attention.initiative' THEN CASE WHEN (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing',
    'under_way', 'on_hold') AND d.milestone_on < d.seen) THEN 'overdue' WHEN (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.milestone_on >= d.seen AND
    d.milestone_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'stale' ELSE '' END END AS
    mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day,
    '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.milestone_on,
    '-14 days') WHEN 2 THEN date(r.milestone_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.milestone_on,
    '-14 days')), date(r.milestone_on, '+1 day')) END AS day FROM (SELECT OLD."adopted_on" AS "adopted_on",
    OLD."last_update_on" AS "last_update_on", OLD."milestone_on" AS "milestone_on", OLD."owner_id" AS
    "owner_id", OLD."rag_set" AS "rag_set", OLD."stage" AS "stage", OLD."times_slipped" AS "times_slipped",
    -1 AS sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL
    SELECT 3 AS place) AS p WHERE p.place = 0 OR (NOT r.stage IN ('idea', 'proof_of_concept', 'bankable',
    'financing', 'under_way', 'on_hold')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w
    WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'rag.initiative' AS picture UNION
    ALL SELECT 'attention.initiative' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY
    picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER initiative_stage_made AFTER INSERT ON "initiative" BEGIN INSERT INTO summary_day
    (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT 'stage' AS picture, '' AS
    day, r.stage AS mark, r.sign * 1 AS n FROM (SELECT NEW."currency" AS "currency", NEW."stage" AS "stage",
    NEW."value" AS "value", 1 AS sign) AS r UNION ALL SELECT 'stage.valued' AS picture, '' AS day, CASE WHEN
    r.value <> '' THEN r.stage || ':' || r.currency END AS mark, r.sign * 1 AS n FROM (SELECT NEW."currency"
    AS "currency", NEW."stage" AS "stage", NEW."value" AS "value", 1 AS sign) AS r UNION ALL SELECT
    'stage.high' AS picture, '' AS day, CASE WHEN r.value <> '' THEN r.stage || ':' || r.currency END AS
    mark, r.sign * CASE WHEN r.value LIKE '-%' THEN -1 ELSE 1 END * CAST(substr((replace(ltrim(r.value,
    '-'), '.', '') || substr('000000', 1, 6 - CASE instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) -
    instr(r.value, '.') END)), 1, max(0, length((replace(ltrim(r.value, '-'), '.', '') || substr('000000',
    1, 6 - CASE instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) - instr(r.value, '.') END))) - 9)) AS
    INTEGER) AS n FROM (SELECT NEW."currency" AS "currency", NEW."stage" AS "stage", NEW."value" AS "value",
    1 AS sign) AS r UNION ALL SELECT 'stage.low' AS picture, '' AS day, CASE WHEN r.value <> '' THEN r.stage
    || ':' || r.currency END AS mark, r.sign * CASE WHEN r.value LIKE '-%' THEN -1 ELSE 1 END *
    CAST(substr((replace(ltrim(r.value, '-'), '.', '') || substr('000000', 1, 6 - CASE instr(r.value, '.')
    WHEN 0 THEN 0 ELSE length(r.value) - instr(r.value, '.') END)), -9) AS INTEGER) AS n FROM (SELECT
    NEW."currency" AS "currency", NEW."stage" AS "stage", NEW."value" AS "value", 1 AS sign) AS r) WHERE day
    IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day,
    mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER initiative_stage_changed AFTER UPDATE OF "currency", "stage", "value" ON "initiative"
    WHEN OLD."currency" IS NOT NEW."currency" OR OLD."stage" IS NOT NEW."stage" OR OLD."value" IS NOT
    NEW."value" BEGIN INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n)
    FROM (SELECT 'stage' AS picture, '' AS day, r.stage AS mark, r.sign * 1 AS n FROM (SELECT NEW."currency"
    AS "currency", NEW."stage" AS "stage", NEW."value" AS "value", 1 AS sign UNION ALL SELECT OLD."currency"
    AS "currency", OLD."stage" AS "stage", OLD."value" AS "value", -1 AS sign) AS r UNION ALL SELECT
    'stage.valued' AS picture, '' AS day, CASE WHEN r.value <> '' THEN r.stage || ':' || r.currency END AS
    mark, r.sign * 1 AS n FROM (SELECT NEW."currency" AS "currency", NEW."stage" AS "stage", NEW."value" AS
    "value", 1 AS sign UNION ALL SELECT OLD."currency" AS "currency", OLD."stage" AS "stage", OLD."value" AS
    "value", -1 AS sign) AS r UNION ALL SELECT 'stage.high' AS picture, '' AS day, CASE WHEN r.value <> ''
    THEN r.stage || ':' || r.currency END AS mark, r.sign * CASE WHEN r.value LIKE '-%' THEN -1 ELSE 1 END *
    CAST(substr((replace(ltrim(r.value, '-'), '.', '') || substr('000000', 1, 6 - CASE instr(r.value, '.')
    WHEN 0 THEN 0 ELSE length(r.value) - instr(r.value, '.') END)), 1, max(0, length((replace(ltrim(r.value,
    '-'), '.', '') || substr('000000', 1, 6 - CASE instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) -
    instr(r.value, '.') END))) - 9)) AS INTEGER) AS n FROM (SELECT NEW."currency" AS "currency", NEW."stage"
    AS "stage", NEW."value" AS "value", 1 AS sign UNION ALL SELECT OLD."currency" AS "currency", OLD."stage"
    AS "stage", OLD."value" AS "value", -1 AS sign) AS r UNION ALL SELECT 'stage.low' AS picture, '' AS day,
    CASE WHEN r.value <> '' THEN r.stage || ':' || r.currency END AS mark, r.sign * CASE WHEN r.value LIKE
    '-%' THEN -1 ELSE 1 END * CAST(substr((replace(ltrim(r.value, '-'), '.', '') || substr('000000', 1, 6 -
    CASE instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) - instr(r.value, '.') END)), -9) AS INTEGER)
    AS n FROM (SELECT NEW."currency" AS "currency", NEW."stage" AS "stage", NEW."value" AS "value", 1 AS
    sign UNION ALL SELECT OLD."currency" AS "currency", OLD."stage" AS "stage", OLD."value" AS "value", -1
    AS sign) AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON
    CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER initiative_stage_gone AFTER DELETE ON "initiative" BEGIN INSERT INTO summary_day
    (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT 'stage' AS picture, '' AS
    day, r.stage AS mark, r.sign * 1 AS n FROM (SELECT OLD."currency" AS "currency", OLD."stage" AS "stage",
    OLD."value" AS "value", -1 AS sign) AS r UNION ALL SELECT 'stage.valued' AS picture, '' AS day, CASE
    WHEN r.value <> '' THEN r.stage || ':' || r.currency END AS mark, r.sign * 1 AS n FROM (SELECT
    OLD."currency" AS "currency", OLD."stage" AS "stage", OLD."value" AS "value", -1 AS sign) AS r UNION ALL
    SELECT 'stage.high' AS picture, '' AS day, CASE WHEN r.value <> '' THEN r.stage || ':' || r.currency END
    AS mark, r.sign * CASE WHEN r.value LIKE '-%' THEN -1 ELSE 1 END * CAST(substr((replace(ltrim(r.value,
    '-'), '.', '') || substr('000000', 1, 6 - CASE instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) -
    instr(r.value, '.') END)), 1, max(0, length((replace(ltrim(r.value, '-'), '.', '') || substr('000000',
    1, 6 - CASE instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) - instr(r.value, '.') END))) - 9)) AS
    INTEGER) AS n FROM (SELECT OLD."currency" AS "currency", OLD."stage" AS "stage", OLD."value" AS "value",
    -1 AS sign) AS r UNION ALL SELECT 'stage.low' AS picture, '' AS day, CASE WHEN r.value <> '' THEN
    r.stage || ':' || r.currency END AS mark, r.sign * CASE WHEN r.value LIKE '-%' THEN -1 ELSE 1 END *
    CAST(substr((replace(ltrim(r.value, '-'), '.', '') || substr('000000', 1, 6 - CASE instr(r.value, '.')
    WHEN 0 THEN 0 ELSE length(r.value) - instr(r.value, '.') END)), -9) AS INTEGER) AS n FROM (SELECT
    OLD."currency" AS "currency", OLD."stage" AS "stage", OLD."value" AS "value", -1 AS sign) AS r) WHERE
    day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day,
    mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_standing_made AFTER INSERT ON "follow_up" BEGIN INSERT INTO summary_day
    (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE
    q.picture WHEN 'rag.follow_up' THEN CASE WHEN d.status IN ('done') THEN 'green' WHEN 0 OR d.status IN
    ('cancelled') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.status IN (NULL) OR (d.status IN
    ('open', 'in_progress', 'waiting') AND d.due_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN
    d.status IN (NULL) OR d.times_slipped = 1 OR (d.status IN ('open', 'in_progress', 'waiting') AND
    d.due_on >= d.seen AND d.due_on <= date(d.seen, '+14 days')) OR (d.status IN ('open', 'in_progress',
    'waiting') AND d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen,
    '-60 days')) THEN 'amber' WHEN d.status IN (NULL) OR (d.owner_id IS NULL AND d.last_update_on IS NULL)
    THEN 'grey' ELSE 'green' END WHEN 'attention.follow_up' THEN CASE WHEN (d.status IN ('open',
    'in_progress', 'waiting') AND d.due_on < d.seen) THEN 'overdue' WHEN (d.status IN ('open',
    'in_progress', 'waiting') AND d.due_on >= d.seen AND d.due_on <= date(d.seen, '+14 days')) THEN
    'due_soon' WHEN (d.status IN ('open', 'in_progress', 'waiting') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'stale' ELSE '' END END AS
    mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day,
    '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.due_on,
    '-14 days') WHEN 2 THEN date(r.due_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.due_on, '-14 days')),
    date(r.due_on, '+1 day')) END AS day FROM (SELECT NEW."adopted_on" AS "adopted_on", NEW."due_on" AS
    "due_on", NEW."last_update_on" AS "last_update_on", NEW."owner_id" AS "owner_id", NEW."rag_set" AS
    "rag_set", NEW."status" AS "status", NEW."times_slipped" AS "times_slipped", 1 AS sign) AS r, (SELECT 0
    AS place UNION ALL SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place) AS p WHERE
    p.place = 0 OR (NOT r.status IN ('open', 'in_progress', 'waiting')) IS NOT TRUE) AS a, (SELECT 1 AS way
    UNION ALL SELECT -1) AS w WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT
    'rag.follow_up' AS picture UNION ALL SELECT 'attention.follow_up' AS picture) AS q) WHERE day IS NOT
    NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO
    UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_standing_changed AFTER UPDATE OF "adopted_on", "due_on", "last_update_on",
    "owner_id", "rag_set", "status", "times_slipped" ON "follow_up" WHEN OLD."adopted_on" IS NOT
    NEW."adopted_on" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."last_update_on" IS NOT NEW."last_update_on"
    OR OLD."owner_id" IS NOT NEW."owner_id" OR OLD."rag_set" IS NOT NEW."rag_set" OR OLD."status" IS NOT
    NEW."status" OR OLD."times_slipped" IS NOT NEW."times_slipped" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE q.picture WHEN
    'rag.follow_up' THEN CASE WHEN d.status IN ('done') THEN 'green' WHEN 0 OR d.status IN ('cancelled')
    THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.status IN (NULL) OR (d.status IN ('open',
    'in_progress', 'waiting') AND d.due_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN d.status IN
    (NULL) OR d.times_slipped = 1 OR (d.status IN ('open', 'in_progress', 'waiting') AND d.due_on >= d.seen
    AND d.due_on <= date(d.seen, '+14 days')) OR (d.status IN ('open', 'in_progress', 'waiting') AND
    d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN
    'amber' WHEN d.status IN (NULL) OR (d.owner_id IS NULL AND d.last_update_on IS NULL) THEN 'grey' ELSE
    'green' END WHEN 'attention.follow_up' THEN CASE WHEN (d.status IN ('open', 'in_progress', 'waiting')
    AND d.due_on < d.seen) THEN 'overdue' WHEN (d.status IN ('open', 'in_progress', 'waiting') AND d.due_on
    >= d.seen AND d.due_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN (d.status IN ('open',
    'in_progress', 'waiting') AND d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) <
    date(d.seen, '-60 days')) THEN 'stale' ELSE '' END END AS mark, d.sign * d.way AS n FROM (SELECT a.*,
    w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE
    p.place WHEN 0 THEN '' WHEN 1 THEN date(r.due_on, '-14 days') WHEN 2 THEN date(r.due_on, '+1 day') WHEN
    3 THEN nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.due_on,
    '-14 days')), date(r.due_on, '+1 day')) END AS day FROM (SELECT NEW."adopted_on" AS "adopted_on",
    NEW."due_on" AS "due_on", NEW."last_update_on" AS "last_update_on", NEW."owner_id" AS "owner_id",
    NEW."rag_set" AS "rag_set", NEW."status" AS "status", NEW."times_slipped" AS "times_slipped", 1 AS sign
    UNION ALL SELECT OLD."adopted_on" AS "adopted_on", OLD."due_on" AS "due_on", OLD."last_update_on" AS
    "last_update_on", OLD."owner_id" AS "owner_id", OLD."rag_set" AS "rag_set", OLD."status" AS "status",
    OLD."times_slipped" AS "times_slipped", -1 AS sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place
    UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place) AS p WHERE p.place = 0 OR (NOT r.status IN
    ('open', 'in_progress', 'waiting')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE
    a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'rag.follow_up' AS picture UNION ALL
    SELECT 'attention.follow_up' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture,
    day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_standing_gone AFTER DELETE ON "follow_up" BEGIN INSERT INTO summary_day
    (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE
    q.picture WHEN 'rag.follow_up' THEN CASE WHEN d.status IN ('done') THEN 'green' WHEN 0 OR d.status IN
    ('cancelled') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.status IN (NULL) OR (d.status IN
    ('open', 'in_progress', 'waiting') AND d.due_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN
    d.status IN (NULL) OR d.times_slipped = 1 OR (d.status IN ('open', 'in_progress', 'waiting') AND
    d.due_on >= d.seen AND d.due_on <= date(d.seen, '+14 days')) OR (d.status IN ('open', 'in_progress',
    'waiting') AND d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen,
    '-60 days')) THEN 'amber' WHEN d.status IN (NULL) OR (d.owner_id IS NULL AND d.last_update_on IS NULL)
    THEN 'grey' ELSE 'green' END WHEN 'attention.follow_up' THEN CASE WHEN (d.status IN ('open',
    'in_progress', 'waiting') AND d.due_on < d.seen) THEN 'overdue' WHEN (d.status IN ('open',
    'in_progress', 'waiting') AND d.due_on >= d.seen AND d.due_on <= date(d.seen, '+14 days')) THEN
    'due_soon' WHEN (d.status IN ('open', 'in_progress', 'waiting') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'stale' ELSE '' END END AS
    mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day,
    '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.due_on,
    '-14 days') WHEN 2 THEN date(r.due_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.due_on, '-14 days')),
    date(r.due_on, '+1 day')) END AS day FROM (SELECT OLD."adopted_on" AS "adopted_on", OLD."due_on" AS
    "due_on", OLD."last_update_on" AS "last_update_on", OLD."owner_id" AS "owner_id", OLD."rag_set" AS
    "rag_set", OLD."status" AS "status", OLD."times_slipped" AS "times_slipped", -1 AS sign) AS r, (SELECT 0
    AS place UNION ALL SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place) AS p WHERE
    p.place = 0 OR (NOT r.status IN ('open', 'in_progress', 'waiting')) IS NOT TRUE) AS a, (SELECT 1 AS way
    UNION ALL SELECT -1) AS w WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT
    'rag.follow_up' AS picture UNION ALL SELECT 'attention.follow_up' AS picture) AS q) WHERE day IS NOT
    NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO
    UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_late_made AFTER INSERT ON "follow_up" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE q.picture WHEN
    'overdue.counterpart' THEN CASE WHEN (d.status IN ('open', 'in_progress', 'waiting') AND d.due_on <
    d.seen) THEN CASE d.direction WHEN 'us' THEN 'us:' || coalesce('o' || d.owed_to_id, 'p' ||
    d.owed_to_person_id, '') ELSE 'them:' || coalesce('o' || d.owed_by_id, 'p' || d.owed_by_person_id, '')
    END END WHEN 'overdue.theirs' THEN CASE WHEN (d.status IN ('open', 'in_progress', 'waiting') AND
    d.due_on < d.seen) AND d.direction <> 'us' AND d.status <> 'waiting' THEN 'late' END END AS mark, d.sign
    * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day, '-1 day') END AS
    seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.due_on, '+1 day') END AS day FROM
    (SELECT NEW."direction" AS "direction", NEW."due_on" AS "due_on", NEW."owed_by_id" AS "owed_by_id",
    NEW."owed_by_person_id" AS "owed_by_person_id", NEW."owed_to_id" AS "owed_to_id",
    NEW."owed_to_person_id" AS "owed_to_person_id", NEW."status" AS "status", 1 AS sign) AS r, (SELECT 0 AS
    place UNION ALL SELECT 1 AS place) AS p WHERE p.place = 0 OR (NOT r.status IN ('open', 'in_progress',
    'waiting')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS NOT NULL AND
    (w.way = 1 OR a.day <> '')) AS d, (SELECT 'overdue.counterpart' AS picture UNION ALL SELECT
    'overdue.theirs' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark
    HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_late_changed AFTER UPDATE OF "direction", "due_on", "owed_by_id",
    "owed_by_person_id", "owed_to_id", "owed_to_person_id", "status" ON "follow_up" WHEN OLD."direction" IS
    NOT NEW."direction" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."owed_by_id" IS NOT NEW."owed_by_id" OR
    OLD."owed_by_person_id" IS NOT NEW."owed_by_person_id" OR OLD."owed_to_id" IS NOT NEW."owed_to_id" OR
    OLD."owed_to_person_id" IS NOT NEW."owed_to_person_id" OR OLD."status" IS NOT NEW."status" BEGIN INSERT
    INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture,
    d.day, CASE q.picture WHEN 'overdue.counterpart' THEN CASE WHEN (d.status IN ('open', 'in_progress',
    'waiting') AND d.due_on < d.seen) THEN CASE d.direction WHEN 'us' THEN 'us:' || coalesce('o' ||
    d.owed_to_id, 'p' || d.owed_to_person_id, '') ELSE 'them:' || coalesce('o' || d.owed_by_id, 'p' ||
    d.owed_by_person_id, '') END END WHEN 'overdue.theirs' THEN CASE WHEN (d.status IN ('open',
    'in_progress', 'waiting') AND d.due_on < d.seen) AND d.direction <> 'us' AND d.status <> 'waiting' THEN
    'late' END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE
    date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN
    date(r.due_on, '+1 day') END AS day FROM (SELECT NEW."direction" AS "direction", NEW."due_on" AS
    "due_on", NEW."owed_by_id" AS "owed_by_id", NEW."owed_by_person_id" AS "owed_by_person_id",
    NEW."owed_to_id" AS "owed_to_id", NEW."owed_to_person_id" AS "owed_to_person_id", NEW."status" AS
    "status", 1 AS sign UNION ALL SELECT OLD."direction" AS "direction", OLD."due_on" AS "due_on",
    OLD."owed_by_id" AS "owed_by_id", OLD."owed_by_person_id" AS "owed_by_person_id", OLD."owed_to_id" AS
    "owed_to_id", OLD."owed_to_person_id" AS "owed_to_person_id", OLD."status" AS "status", -1 AS sign) AS
    r, (SELECT 0 AS place UNION ALL SELECT 1 AS place) AS p WHERE p.place = 0 OR (NOT r.status IN ('open',
    'in_progress', 'waiting')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS
    NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'overdue.counterpart' AS picture UNION ALL SELECT
    'overdue.theirs' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark
    HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_late_gone AFTER DELETE ON "follow_up" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE q.picture WHEN
    'overdue.counterpart' THEN CASE WHEN (d.status IN ('open', 'in_progress', 'waiting') AND d.due_on <
    d.seen) THEN CASE d.direction WHEN 'us' THEN 'us:' || coalesce('o' || d.owed_to_id, 'p' ||
    d.owed_to_person_id, '') ELSE 'them:' || coalesce('o' || d.owed_by_id, 'p' || d.owed_by_person_id, '')
    END END WHEN 'overdue.theirs' THEN CASE WHEN (d.status IN ('open', 'in_progress', 'waiting') AND
    d.due_on < d.seen) AND d.direction <> 'us' AND d.status <> 'waiting' THEN 'late' END END AS mark, d.sign
    * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day, '-1 day') END AS
    seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.due_on, '+1 day') END AS day FROM
    (SELECT OLD."direction" AS "direction", OLD."due_on" AS "due_on", OLD."owed_by_id" AS "owed_by_id",
    OLD."owed_by_person_id" AS "owed_by_person_id", OLD."owed_to_id" AS "owed_to_id",
    OLD."owed_to_person_id" AS "owed_to_person_id", OLD."status" AS "status", -1 AS sign) AS r, (SELECT 0 AS
    place UNION ALL SELECT 1 AS place) AS p WHERE p.place = 0 OR (NOT r.status IN ('open', 'in_progress',
    'waiting')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS NOT NULL AND
    (w.way = 1 OR a.day <> '')) AS d, (SELECT 'overdue.counterpart' AS picture UNION ALL SELECT
    'overdue.theirs' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark
    HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_status_made AFTER INSERT ON "follow_up" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT 'status.follow_up' AS picture, '' AS
    day, r.status AS mark, r.sign * 1 AS n FROM (SELECT NEW."status" AS "status", 1 AS sign) AS r) WHERE day
    IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day,
    mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_status_changed AFTER UPDATE OF "status" ON "follow_up" WHEN OLD."status" IS NOT
    NEW."status" BEGIN INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n)
    FROM (SELECT 'status.follow_up' AS picture, '' AS day, r.status AS mark, r.sign * 1 AS n FROM (SELECT
    NEW."status" AS "status", 1 AS sign UNION ALL SELECT OLD."status" AS "status", -1 AS sign) AS r) WHERE
    day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day,
    mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_status_gone AFTER DELETE ON "follow_up" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT 'status.follow_up' AS picture, '' AS
    day, r.status AS mark, r.sign * 1 AS n FROM (SELECT OLD."status" AS "status", -1 AS sign) AS r) WHERE
    day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day,
    mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_raised_made AFTER INSERT ON "follow_up" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT 'raised.week' AS picture,
    date(r.raised_on, 'weekday 0', '-6 days') AS day, 'raised' AS mark, r.sign * 1 AS n FROM (SELECT
    NEW."raised_on" AS "raised_on", 1 AS sign) AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture,
    day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_raised_changed AFTER UPDATE OF "raised_on" ON "follow_up" WHEN OLD."raised_on"
    IS NOT NEW."raised_on" BEGIN INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day,
    mark, sum(n) FROM (SELECT 'raised.week' AS picture, date(r.raised_on, 'weekday 0', '-6 days') AS day,
    'raised' AS mark, r.sign * 1 AS n FROM (SELECT NEW."raised_on" AS "raised_on", 1 AS sign UNION ALL
    SELECT OLD."raised_on" AS "raised_on", -1 AS sign) AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY
    picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_raised_gone AFTER DELETE ON "follow_up" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT 'raised.week' AS picture,
    date(r.raised_on, 'weekday 0', '-6 days') AS day, 'raised' AS mark, r.sign * 1 AS n FROM (SELECT
    OLD."raised_on" AS "raised_on", -1 AS sign) AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture,
    day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_closed_made AFTER INSERT ON "follow_up" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT 'closed.week' AS picture,
    date(r.closed_on, 'weekday 0', '-6 days') AS day, 'closed' AS mark, r.sign * 1 AS n FROM (SELECT
    NEW."closed_on" AS "closed_on", 1 AS sign) AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture,
    day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_closed_changed AFTER UPDATE OF "closed_on" ON "follow_up" WHEN OLD."closed_on"
    IS NOT NEW."closed_on" BEGIN INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day,
    mark, sum(n) FROM (SELECT 'closed.week' AS picture, date(r.closed_on, 'weekday 0', '-6 days') AS day,
    'closed' AS mark, r.sign * 1 AS n FROM (SELECT NEW."closed_on" AS "closed_on", 1 AS sign UNION ALL
    SELECT OLD."closed_on" AS "closed_on", -1 AS sign) AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY
    picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER follow_up_closed_gone AFTER DELETE ON "follow_up" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT 'closed.week' AS picture,
    date(r.closed_on, 'weekday 0', '-6 days') AS day, 'closed' AS mark, r.sign * 1 AS n FROM (SELECT
    OLD."closed_on" AS "closed_on", -1 AS sign) AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture,
    day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count; END
    """,
    """
    CREATE TRIGGER meeting_coming_made AFTER INSERT ON "meeting" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE q.picture WHEN
    'coming.meeting' THEN CASE WHEN d.state = 'planned' AND d.historic = 0 AND d."on" >= d.seen THEN
    'coming' END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE
    date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN CASE
    length(r."on") WHEN 4 THEN r."on" || '-01-01' WHEN 7 THEN r."on" || '-01' ELSE date(r."on", '+1 day')
    END END AS day FROM (SELECT NEW."historic" AS "historic", NEW."on" AS "on", NEW."state" AS "state", 1 AS
    sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place) AS p WHERE p.place = 0 OR (r.state <>
    'planned' OR r.historic <> 0) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day
    IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'coming.meeting' AS picture) AS q) WHERE day
    IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day,
    mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER meeting_coming_changed AFTER UPDATE OF "historic", "on", "state" ON "meeting" WHEN
    OLD."historic" IS NOT NEW."historic" OR OLD."on" IS NOT NEW."on" OR OLD."state" IS NOT NEW."state" BEGIN
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    q.picture, d.day, CASE q.picture WHEN 'coming.meeting' THEN CASE WHEN d.state = 'planned' AND d.historic
    = 0 AND d."on" >= d.seen THEN 'coming' END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way,
    CASE w.way WHEN 1 THEN a.day ELSE date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN
    0 THEN '' WHEN 1 THEN CASE length(r."on") WHEN 4 THEN r."on" || '-01-01' WHEN 7 THEN r."on" || '-01'
    ELSE date(r."on", '+1 day') END END AS day FROM (SELECT NEW."historic" AS "historic", NEW."on" AS "on",
    NEW."state" AS "state", 1 AS sign UNION ALL SELECT OLD."historic" AS "historic", OLD."on" AS "on",
    OLD."state" AS "state", -1 AS sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place) AS p WHERE
    p.place = 0 OR (r.state <> 'planned' OR r.historic <> 0) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL
    SELECT -1) AS w WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'coming.meeting'
    AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON
    CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER meeting_coming_gone AFTER DELETE ON "meeting" BEGIN INSERT INTO summary_day (picture,
    day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT q.picture, d.day, CASE q.picture WHEN
    'coming.meeting' THEN CASE WHEN d.state = 'planned' AND d.historic = 0 AND d."on" >= d.seen THEN
    'coming' END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE
    date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN CASE
    length(r."on") WHEN 4 THEN r."on" || '-01-01' WHEN 7 THEN r."on" || '-01' ELSE date(r."on", '+1 day')
    END END AS day FROM (SELECT OLD."historic" AS "historic", OLD."on" AS "on", OLD."state" AS "state", -1
    AS sign) AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place) AS p WHERE p.place = 0 OR (r.state <>
    'planned' OR r.historic <> 0) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day
    IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'coming.meeting' AS picture) AS q) WHERE day
    IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day,
    mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER summary_day_made AFTER INSERT ON summary_day WHEN NEW.day <= (SELECT day FROM
    summary_date) BEGIN INSERT INTO summary_now (picture, mark, count) VALUES (NEW.picture, NEW.mark,
    NEW.count) ON CONFLICT (picture, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER summary_day_changed AFTER UPDATE OF count ON summary_day WHEN NEW.day <= (SELECT day FROM
    summary_date) BEGIN INSERT INTO summary_now (picture, mark, count) VALUES (NEW.picture, NEW.mark,
    NEW.count - OLD.count) ON CONFLICT (picture, mark) DO UPDATE SET count = count + excluded.count; END
    """,
    """
    CREATE TRIGGER summary_day_empty AFTER UPDATE OF count ON summary_day WHEN NEW.count = 0 BEGIN DELETE
    FROM summary_day WHERE picture = NEW.picture AND day = NEW.day AND mark = NEW.mark; END
    """,
    """
    CREATE TRIGGER summary_now_empty AFTER UPDATE OF count ON summary_now WHEN NEW.count = 0 BEGIN DELETE
    FROM summary_now WHERE picture = NEW.picture AND mark = NEW.mark; END
    """,
]

FILL = [
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    q.picture, d.day, CASE q.picture WHEN 'rag.recommendation' THEN CASE WHEN d.level = 'recommendation'
    THEN CASE WHEN d.status IN ('implemented') THEN 'green' WHEN (d.level = 'heading') OR d.status IN
    ('overtaken', 'closed_not_implemented') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.status IN
    ('stalled') OR ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT
    (d.level = 'heading')) AND d.target_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN d.status IN
    (NULL) OR d.times_slipped = 1 OR ((d.status IN ('not_started', 'in_progress', 'substantially_done',
    'stalled') AND NOT (d.level = 'heading')) AND d.target_on >= d.seen AND d.target_on <= date(d.seen,
    '+14 days')) OR ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT
    (d.level = 'heading')) AND d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) <
    date(d.seen, '-60 days')) THEN 'amber' WHEN d.status IN ('not_started') OR (d.owner_id IS NULL AND
    d.last_update_on IS NULL) THEN 'grey' ELSE 'green' END END WHEN 'attention.recommendation' THEN CASE
    WHEN d.level = 'recommendation' THEN CASE WHEN ((d.status IN ('not_started', 'in_progress',
    'substantially_done', 'stalled') AND NOT (d.level = 'heading')) AND d.target_on < d.seen) THEN 'overdue'
    WHEN ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level =
    'heading')) AND d.target_on >= d.seen AND d.target_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN
    ((d.status IN ('not_started', 'in_progress', 'substantially_done', 'stalled') AND NOT (d.level =
    'heading')) AND d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen,
    '-60 days')) THEN 'stale' ELSE '' END END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE
    w.way WHEN 1 THEN a.day ELSE date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0
    THEN '' WHEN 1 THEN date(r.target_on, '-14 days') WHEN 2 THEN date(r.target_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.target_on,
    '-14 days')), date(r.target_on, '+1 day')) END AS day FROM (SELECT "adopted_on", "last_update_on",
    "level", "owner_id", "rag_set", "status", "target_on", "times_slipped", 1 AS sign FROM "recommendation")
    AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS
    place) AS p WHERE p.place = 0 OR (NOT (r.status IN ('not_started', 'in_progress', 'substantially_done',
    'stalled') AND NOT (r.level = 'heading'))) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w
    WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'rag.recommendation' AS picture
    UNION ALL SELECT 'attention.recommendation' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP
    BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count +
    excluded.count
    """,
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    q.picture, d.day, CASE q.picture WHEN 'rag.initiative' THEN CASE WHEN d.stage IN ('completed') THEN
    'green' WHEN 0 OR d.stage IN ('dropped') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.stage IN
    (NULL) OR (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND
    d.milestone_on < d.seen) OR d.times_slipped >= 2 THEN 'red' WHEN d.stage IN ('on_hold') OR
    d.times_slipped = 1 OR (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way',
    'on_hold') AND d.milestone_on >= d.seen AND d.milestone_on <= date(d.seen, '+14 days')) OR (d.stage IN
    ('idea', 'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.owner_id IS NOT NULL
    AND coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'amber' WHEN d.stage IN
    ('idea') OR (d.owner_id IS NULL AND d.last_update_on IS NULL) THEN 'grey' ELSE 'green' END WHEN
    'attention.initiative' THEN CASE WHEN (d.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing',
    'under_way', 'on_hold') AND d.milestone_on < d.seen) THEN 'overdue' WHEN (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.milestone_on >= d.seen AND
    d.milestone_on <= date(d.seen, '+14 days')) THEN 'due_soon' WHEN (d.stage IN ('idea',
    'proof_of_concept', 'bankable', 'financing', 'under_way', 'on_hold') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'stale' ELSE '' END END AS
    mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day,
    '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.milestone_on,
    '-14 days') WHEN 2 THEN date(r.milestone_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.milestone_on,
    '-14 days')), date(r.milestone_on, '+1 day')) END AS day FROM (SELECT "adopted_on", "last_update_on",
    "milestone_on", "owner_id", "rag_set", "stage", "times_slipped", 1 AS sign FROM "initiative") AS r,
    (SELECT 0 AS place UNION ALL SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place)
    AS p WHERE p.place = 0 OR (NOT r.stage IN ('idea', 'proof_of_concept', 'bankable', 'financing',
    'under_way', 'on_hold')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS
    NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'rag.initiative' AS picture UNION ALL SELECT
    'attention.initiative' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day,
    mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count
    """,
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    'stage' AS picture, '' AS day, r.stage AS mark, r.sign * 1 AS n FROM (SELECT "currency", "stage",
    "value", 1 AS sign FROM "initiative") AS r UNION ALL SELECT 'stage.valued' AS picture, '' AS day, CASE
    WHEN r.value <> '' THEN r.stage || ':' || r.currency END AS mark, r.sign * 1 AS n FROM (SELECT
    "currency", "stage", "value", 1 AS sign FROM "initiative") AS r UNION ALL SELECT 'stage.high' AS
    picture, '' AS day, CASE WHEN r.value <> '' THEN r.stage || ':' || r.currency END AS mark, r.sign * CASE
    WHEN r.value LIKE '-%' THEN -1 ELSE 1 END * CAST(substr((replace(ltrim(r.value, '-'), '.', '') ||
    substr('000000', 1, 6 - CASE instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) - instr(r.value,
    '.') END)), 1, max(0, length((replace(ltrim(r.value, '-'), '.', '') || substr('000000', 1, 6 - CASE
    instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) - instr(r.value, '.') END))) - 9)) AS INTEGER) AS
    n FROM (SELECT "currency", "stage", "value", 1 AS sign FROM "initiative") AS r UNION ALL SELECT
    'stage.low' AS picture, '' AS day, CASE WHEN r.value <> '' THEN r.stage || ':' || r.currency END AS
    mark, r.sign * CASE WHEN r.value LIKE '-%' THEN -1 ELSE 1 END * CAST(substr((replace(ltrim(r.value,
    '-'), '.', '') || substr('000000', 1, 6 - CASE instr(r.value, '.') WHEN 0 THEN 0 ELSE length(r.value) -
    instr(r.value, '.') END)), -9) AS INTEGER) AS n FROM (SELECT "currency", "stage", "value", 1 AS sign
    FROM "initiative") AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n)
    <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count
    """,
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    q.picture, d.day, CASE q.picture WHEN 'rag.follow_up' THEN CASE WHEN d.status IN ('done') THEN 'green'
    WHEN 0 OR d.status IN ('cancelled') THEN 'grey' WHEN d.rag_set <> '' THEN d.rag_set WHEN d.status IN
    (NULL) OR (d.status IN ('open', 'in_progress', 'waiting') AND d.due_on < d.seen) OR d.times_slipped >= 2
    THEN 'red' WHEN d.status IN (NULL) OR d.times_slipped = 1 OR (d.status IN ('open', 'in_progress',
    'waiting') AND d.due_on >= d.seen AND d.due_on <= date(d.seen, '+14 days')) OR (d.status IN ('open',
    'in_progress', 'waiting') AND d.owner_id IS NOT NULL AND coalesce(d.last_update_on, d.adopted_on) <
    date(d.seen, '-60 days')) THEN 'amber' WHEN d.status IN (NULL) OR (d.owner_id IS NULL AND
    d.last_update_on IS NULL) THEN 'grey' ELSE 'green' END WHEN 'attention.follow_up' THEN CASE WHEN
    (d.status IN ('open', 'in_progress', 'waiting') AND d.due_on < d.seen) THEN 'overdue' WHEN (d.status IN
    ('open', 'in_progress', 'waiting') AND d.due_on >= d.seen AND d.due_on <= date(d.seen, '+14 days')) THEN
    'due_soon' WHEN (d.status IN ('open', 'in_progress', 'waiting') AND d.owner_id IS NOT NULL AND
    coalesce(d.last_update_on, d.adopted_on) < date(d.seen, '-60 days')) THEN 'stale' ELSE '' END END AS
    mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day,
    '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1 THEN date(r.due_on,
    '-14 days') WHEN 2 THEN date(r.due_on, '+1 day') WHEN 3 THEN
    nullif(nullif(date(coalesce(r.last_update_on, r.adopted_on), '+61 days'), date(r.due_on, '-14 days')),
    date(r.due_on, '+1 day')) END AS day FROM (SELECT "adopted_on", "due_on", "last_update_on", "owner_id",
    "rag_set", "status", "times_slipped", 1 AS sign FROM "follow_up") AS r, (SELECT 0 AS place UNION ALL
    SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place) AS p WHERE p.place = 0 OR
    (NOT r.status IN ('open', 'in_progress', 'waiting')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL
    SELECT -1) AS w WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'rag.follow_up' AS
    picture UNION ALL SELECT 'attention.follow_up' AS picture) AS q) WHERE day IS NOT NULL AND mark <> ''
    GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count =
    count + excluded.count
    """,
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    q.picture, d.day, CASE q.picture WHEN 'overdue.counterpart' THEN CASE WHEN (d.status IN ('open',
    'in_progress', 'waiting') AND d.due_on < d.seen) THEN CASE d.direction WHEN 'us' THEN 'us:' ||
    coalesce('o' || d.owed_to_id, 'p' || d.owed_to_person_id, '') ELSE 'them:' || coalesce('o' ||
    d.owed_by_id, 'p' || d.owed_by_person_id, '') END END WHEN 'overdue.theirs' THEN CASE WHEN (d.status IN
    ('open', 'in_progress', 'waiting') AND d.due_on < d.seen) AND d.direction <> 'us' AND d.status <>
    'waiting' THEN 'late' END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way, CASE w.way WHEN 1
    THEN a.day ELSE date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN 0 THEN '' WHEN 1
    THEN date(r.due_on, '+1 day') END AS day FROM (SELECT "direction", "due_on", "owed_by_id",
    "owed_by_person_id", "owed_to_id", "owed_to_person_id", "status", 1 AS sign FROM "follow_up") AS r,
    (SELECT 0 AS place UNION ALL SELECT 1 AS place) AS p WHERE p.place = 0 OR (NOT r.status IN ('open',
    'in_progress', 'waiting')) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day IS
    NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'overdue.counterpart' AS picture UNION ALL SELECT
    'overdue.theirs' AS picture) AS q) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark
    HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count
    """,
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    'status.follow_up' AS picture, '' AS day, r.status AS mark, r.sign * 1 AS n FROM (SELECT "status", 1 AS
    sign FROM "follow_up") AS r) WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING
    sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count
    """,
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    'raised.week' AS picture, date(r.raised_on, 'weekday 0', '-6 days') AS day, 'raised' AS mark, r.sign * 1
    AS n FROM (SELECT "raised_on", 1 AS sign FROM "follow_up") AS r) WHERE day IS NOT NULL AND mark <> ''
    GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count =
    count + excluded.count
    """,
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    'closed.week' AS picture, date(r.closed_on, 'weekday 0', '-6 days') AS day, 'closed' AS mark, r.sign * 1
    AS n FROM (SELECT "closed_on", 1 AS sign FROM "follow_up") AS r) WHERE day IS NOT NULL AND mark <> ''
    GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day, mark) DO UPDATE SET count =
    count + excluded.count
    """,
    """
    INSERT INTO summary_day (picture, day, mark, count) SELECT picture, day, mark, sum(n) FROM (SELECT
    q.picture, d.day, CASE q.picture WHEN 'coming.meeting' THEN CASE WHEN d.state = 'planned' AND d.historic
    = 0 AND d."on" >= d.seen THEN 'coming' END END AS mark, d.sign * d.way AS n FROM (SELECT a.*, w.way,
    CASE w.way WHEN 1 THEN a.day ELSE date(a.day, '-1 day') END AS seen FROM (SELECT r.*, CASE p.place WHEN
    0 THEN '' WHEN 1 THEN CASE length(r."on") WHEN 4 THEN r."on" || '-01-01' WHEN 7 THEN r."on" || '-01'
    ELSE date(r."on", '+1 day') END END AS day FROM (SELECT "historic", "on", "state", 1 AS sign FROM
    "meeting") AS r, (SELECT 0 AS place UNION ALL SELECT 1 AS place) AS p WHERE p.place = 0 OR (r.state <>
    'planned' OR r.historic <> 0) IS NOT TRUE) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w WHERE a.day
    IS NOT NULL AND (w.way = 1 OR a.day <> '')) AS d, (SELECT 'coming.meeting' AS picture) AS q) WHERE day
    IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0 ON CONFLICT (picture, day,
    mark) DO UPDATE SET count = count + excluded.count
    """,
]

ACTED = "SELECT at FROM operation WHERE source IN ('window', 'command_line', 'import')"
STANDS = """
    INSERT INTO summary_now (picture, mark, count) SELECT picture, mark, sum(count) FROM summary_day
    WHERE day <= (SELECT day FROM summary_date) GROUP BY picture, mark HAVING sum(count) <> 0
"""


def up(migrator, db):
    for statement in TABLES:
        db.execute_sql(statement)
    db.execute_sql("INSERT INTO summary_date (day) VALUES (date('now'))")
    for statement in FILL:
        db.execute_sql(statement)
    fill_activity(db)
    db.execute_sql(STANDS)
    for statement in TRIGGERS:
        db.execute_sql(statement)


def fill_activity(db):
    """The days on which something was done, by the post's clock."""
    kept = db.execute_sql("SELECT value FROM fact WHERE name = 'zone'").fetchone()
    zone = ZoneInfo(json.loads(kept[0]) if kept else "UTC")
    days = Counter()
    for (at,) in db.execute_sql(ACTED):
        days[dt.datetime.fromisoformat(at).astimezone(zone).date().isoformat()] += 1
    for day, count in sorted(days.items()):
        sql = "INSERT INTO summary_day (picture, day, mark, count) VALUES ('activity', ?, 'done', ?)"
        db.execute_sql(sql, (day, count))
