"""A world with words planted in whatever an audience must not see; and the same world without all that.

What is hidden is told here by rules of their own, in Python over the rows of the file: they and the program's views
must come to the same. Everything is written past the program, in a file of the test's own.
"""

from __future__ import annotations

import json
import random
from typing import Any

from desktop.model import (
    ENTITIES,
    PARTS,
    RECORDS,
    SETS,
    TABLES,
    Fact,
    FollowUp,
    FrozenReport,
    Initiative,
    LabelPack,
    Layout,
    MinutesVersion,
    Recommendation,
    Subject,
)
from desktop.model.kinds import Code, Document, Email, Link, LongText, SortKey, Text
from desktop.service.workspace import Workspace

MARK = "qzxvqk"
"""All planted words begin so, whatever their case; nothing else has it."""
LEVELS = {
    "internal": ("internal", "partner", "public"),
    "partner": ("partner", "public"),
    "public": ("public",),
}

Row = dict[str, Any]

PARTS_OF: dict[str, tuple[str, ...]] = {
    "update": ("subject_id",),
    "extension": ("subject_id",),
    "attachment": ("subject_id",),
    "agenda_item": ("meeting_id", "subject_id?"),
    "point": ("meeting_id", "follow_up_id?"),
    "attendance": ("meeting_id", "person_id?"),
    "edition": ("source_id",),
    "quote": ("subject_id", "edition_id"),
}
"""Parts with the columns of what they are nothing without; `?` where that may be empty."""


class World:
    """The rows of a workspace, and which of them an audience sees when each has a visibility by chance."""

    def __init__(self, workspace: Workspace, audience: str, seed: int) -> None:
        self.connection, self.audience = workspace.engine.db.connection(), audience
        self.levels = LEVELS[audience]
        self.connection.execute("PRAGMA query_only = 0")
        self.connection.execute("PRAGMA foreign_keys = 0")
        for (name,) in self.rows_of("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            self.connection.execute(f'DROP TRIGGER "{name}"')
        self._share(random.Random(seed))
        tables: tuple[Any, ...] = TABLES
        self.tables = {table._meta.table_name: self._read(table) for table in tables}
        self.planted = 0

    def rows_of(self, sql: str, parameters: Any = ()) -> list[Any]:
        return list(self.connection.execute(sql, parameters).fetchall())

    def _share(self, chance: random.Random) -> None:
        for record in RECORDS.values():
            name = record._meta.table_name
            names = [f.name for f in record._meta.sorted_fields if isinstance(f, LongText)]
            for (number,) in self.rows_of(f'SELECT id FROM "{name}" ORDER BY id'):
                level = chance.choices(LEVELS["internal"], (2, 3, 3))[0]
                self.connection.execute(f'UPDATE "{name}" SET visibility = ? WHERE id = ?', (level, number))
                if record in ENTITIES:
                    shared = {each: chance.choice(LEVELS["internal"]) for each in names}
                    kept = "|".join(f"{k}:{v}" for k, v in sorted(shared.items()) if v != "internal")
                    self.connection.execute(
                        f'UPDATE "{name}" SET text_visibility = ? WHERE id = ?',
                        (kept and f"|{kept}|", number),
                    )

    def _read(self, table: Any) -> dict[int, Row]:
        number = "0" if getattr(table._meta, "without_rowid", False) else "rowid"
        cursor = self.connection.execute(f'SELECT {number} AS "#", * FROM "{table._meta.table_name}"')
        names = [each[0] for each in cursor.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}

    # ---- who sees what, told anew

    def sees(self, table: str, number: int) -> bool:
        """Whether the audience sees this row."""
        row = self.tables[table][number]
        if table == "subject":
            return self.sees(row["kind"], number)
        if table == "link":
            return all(self.sees("subject", row[f"{end}_subject_id"]) for end in ("from", "to"))
        if table.startswith("subject_"):
            element = table.removeprefix("subject_")
            known = element == "country" or self.sees(element, row[f"{element}_id"])
            return known and self.sees("subject", row["subject_id"])
        if table not in PARTS_OF and table not in {entity.key() for entity in ENTITIES}:
            return False
        if row["visibility"] not in self.levels or row.get("aspect") == "desk":
            return False
        for column in PARTS_OF.get(table, ()):
            name = column.removesuffix("?")
            if row[name] is None and column != name:
                continue
            if not self.sees(name.removesuffix("_id"), row[name]):
                return False
        return True

    def sees_field(self, table: str, row: Row, field: Any) -> bool:
        """Whether the audience sees a column of a row that it sees."""
        if table == "link":
            return field.name != "note"
        if field.name in ("rag_reason", "assessment"):
            return False
        entities = {entity.key() for entity in ENTITIES}
        if isinstance(field, LongText) and table in entities:
            return any(f"|{field.name}:{level}|" in row["text_visibility"] for level in self.levels)
        target = getattr(field, "rel_model", None)
        value = row[field.column_name]
        return bool(target is None or value is None or self.sees(target._meta.table_name, value))

    # ---- planting

    def report(self) -> None:
        """Let the frozen report be one for the audience: exports tell what has changed since."""
        self.connection.execute("PRAGMA query_only = 0")
        self.connection.execute("UPDATE frozen_report SET audience = ?", (self.audience,))
        self.connection.execute("PRAGMA query_only = 1")

    def plant(self) -> None:
        """A word into every text that is hidden."""
        for table in TABLES:
            name = table._meta.table_name  # type: ignore[attr-defined]
            for number in self.tables[name]:
                if name in RECORDS:
                    self._plant_record(RECORDS[name], number)
        self._plant_beside()
        self.connection.execute("PRAGMA query_only = 1")

    def word(self) -> str:
        """Another one."""
        self.planted += 1
        number, letters = self.planted, ""
        while number:
            number, digit = divmod(number, 26)
            letters += chr(ord("a") + digit)
        return f"{MARK.capitalize()}{letters}"

    def _plant_record(self, record: Any, number: int) -> None:
        table = record._meta.table_name
        row, whole = self.tables[table][number], self.sees(table, number)
        if record is Fact and not row["name"].startswith("export:"):
            return
        values: Row = {}
        for field in record._meta.sorted_fields:
            if not isinstance(field, Text) or isinstance(field, Code) or field.name in ("uid", "sha256"):
                continue
            if field.name in ("page", "field", "status_from", "status_to", "operation") or (
                record is Fact and field.name == "name"
            ):
                continue
            if not whole or not self.sees_field(table, row, field):
                values[field.name] = self._planted(record, field, row)
        keys = {
            field.name: SortKey.key(values[field.of])
            for field in record._meta.sorted_fields
            if isinstance(field, SortKey) and field.of in values
        }
        if values:
            sets = ", ".join(f'"{name}" = ?' for name in (*values, *keys))
            parameters = (*values.values(), *keys.values(), number)
            self.connection.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', parameters)

    def _planted(self, record: Any, field: Any, row: Row) -> str:
        old, word = str(row[field.column_name]), self.word()
        if record is MinutesVersion and field.name == "content":
            return json.dumps(_through(json.loads(old), word), ensure_ascii=False)
        if record is Fact:
            return json.dumps({**json.loads(old), "file": f"{word}.xlsx"})
        if isinstance(field, Document):
            return old or json.dumps({word: word}) if record in (Layout, LabelPack, FrozenReport) else old
        if isinstance(field, Email):
            return f"{word}@{word}.example"
        if isinstance(field, Link):
            return f"https://{word}.example/{word}"
        if field.name == "ref":
            return f"{word.upper()}-{row['id']}"
        return f"{old} {word}".strip()

    def _plant_beside(self) -> None:
        """Into what is no record: the journal, former references, the names of who did what."""
        execute = self.connection.execute
        officers = {
            row["uid"] for number, row in self.tables["person"].items() if self.sees("person", number)
        }
        for number, officer in self.rows_of('SELECT id, officer FROM "operation"'):
            execute('UPDATE "operation" SET label = ? WHERE id = ?', (self.word(), number))
            if officer not in officers:
                execute('UPDATE "operation" SET officer_name = ? WHERE id = ?', (self.word(), number))
        execute("INSERT INTO alias (old, entity, uid) VALUES (?, 'follow_up', ?)", (self.word(), self.word()))
        until = "2027-01-01T09:00:00.000Z"
        execute(
            "INSERT INTO snooze (officer, record, until) VALUES (?, ?, ?)", (self.word(), self.word(), until)
        )
        hidden = {
            row["uid"]: self._hidden_fields(name, row)
            for name in RECORDS
            for row in self.tables[name].values()
        }
        sql = 'SELECT id, uid, field, before, after FROM "change"'
        for number, uid, field, *values in self.rows_of(sql):
            names = hidden.get(uid, {"*"})
            told = [self._in_journal(value, field, names) for value in values]
            execute('UPDATE "change" SET before = ?, after = ? WHERE id = ?', (*told, number))

    def _hidden_fields(self, table: str, row: Row) -> set[str]:
        if table == "fact":
            return set()
        record = RECORDS[table]
        whole = self.sees(table, row["id"])
        return {
            field.name
            for field in record._meta.sorted_fields
            if isinstance(field, Text) and (not whole or not self.sees_field(table, row, field))
        } - {"uid", "sha256", "operation", "page", "field", "status_from", "status_to"}

    def _in_journal(self, value: str | None, field: str, names: set[str]) -> str | None:
        if value is None:
            return None
        told = json.loads(value)
        if field == "*" and isinstance(told, dict):
            told = {
                name: f"{each} {self.word()}" if name in names and isinstance(each, str) else each
                for name, each in told.items()
            }
        elif field in names and isinstance(told, str):
            told = f"{told} {self.word()}"
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def uids(self) -> set[str]:
        """Of what is hidden."""
        return {
            row["uid"]
            for name in RECORDS
            if name != "fact"
            for number, row in self.tables[name].items()
            if not self.sees(name, number)
        }

    # ---- the world without it

    def delete(self) -> None:
        """Take away all that is hidden, for good, and let what is derived follow."""
        execute = self.connection.execute
        for table in TABLES:
            self._delete_in(table)
        for name in ("saved_view", "frozen_report", "layout", "label_pack", "snooze", "alias"):
            execute(f'DELETE FROM "{name}"')
        for entity in (Recommendation, Initiative, FollowUp):
            name = entity.key()
            execute(
                f'UPDATE "{name}" SET adopted_on = CASE WHEN owner_id IS NOT NULL THEN adopted_on END, last_update_on ='
                f' (SELECT max(u."on") FROM "update" u WHERE u.subject_id = "{name}".id), times_slipped ='
                f' (SELECT count(*) FROM extension x WHERE x.subject_id = "{name}".id AND x.to_on > x.from_on)'
            )
        execute("PRAGMA query_only = 1")

    def _delete_in(self, table: Any) -> None:
        name, execute = table._meta.table_name, self.connection.execute
        if table not in (*ENTITIES, *PARTS, *SETS, Subject) or table is Fact:
            return
        for number, row in self.tables[name].items():
            if not self.sees(name, number):
                execute(f'DELETE FROM "{name}" WHERE rowid = ?', (number,))
                continue
            gone = [f for f in table._meta.sorted_fields if not self.sees_field(name, row, f)]
            for field in gone:
                nothing = None if field.null else ""
                execute(f'UPDATE "{name}" SET "{field.column_name}" = ? WHERE rowid = ?', (nothing, number))


def _through(found: Any, word: str) -> Any:
    """The names and texts in the content of a version, each with a word."""
    if isinstance(found, dict):
        texts = (
            "name",
            "title",
            "purpose",
            "minutes",
            "decisions",
            "agenda",
            "made_by",
            "own_name",
            "organisation",
        )
        return {
            key: f"{value} {word}" if key in texts and isinstance(value, str) else _through(value, word)
            for key, value in found.items()
        }
    return [_through(each, word) for each in found] if isinstance(found, list) else found


__all__ = ["MARK", "World"]
