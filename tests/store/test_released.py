"""Workspaces that released versions wrote open, with all that was in them; what they could be taken back, can."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model import (
    Attendance,
    Extension,
    FollowUp,
    FrozenReport,
    ImportMapping,
    Initiative,
    Meeting,
    Operation,
    Point,
    Update,
)
from desktop.service import (
    agenda,
    finding,
    history,
    journal,
    meetings,
    minutes,
    query,
    records,
    summaries,
    undo,
)
from desktop.service.query import Query
from desktop.service.workspace import Workspace
from desktop.store.connections import Database
from desktop.store.engine import SCHEMA
from tests.conftest import Clock

RELEASED = sorted(Path(__file__).with_name("released").glob("*.juntos.gz"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.name.removesuffix(".juntos.gz"))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "old.juntos"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    workspace = Workspace.open(path, clock=Clock())
    workspace.released = request.param.name.removesuffix(".juntos.gz")  # type: ignore[attr-defined]
    yield workspace
    workspace.close()


def test_there_is_one_of_each_release_before_this_one() -> None:
    changes = Path(__file__).parents[2].joinpath("CHANGELOG.md").read_text(encoding="utf-8")
    before = re.findall(r"^## (\d+\.\d+\.\d+)", changes, re.MULTILINE)[1:]
    assert sorted(path.name.removesuffix(".juntos.gz") for path in RELEASED) == sorted(before)


def test_it_opens_whole(opened: Workspace) -> None:
    assert opened.engine.pragma("user_version") == SCHEMA
    assert opened.engine.rows("PRAGMA integrity_check") == [("ok",)]
    assert opened.engine.rows("PRAGMA foreign_key_check") == []
    assert journal.broken_at() is None
    meeting = Meeting.get(Meeting.title == "会議 on cables")
    # Since 0.2.0 a meeting that has minutes is not only held, they are a draft; and decisions are points of them.
    held = opened.released == "0.1.0"  # type: ignore[attr-defined]
    assert (meeting.state, meeting.starts_at) == ("held" if held else "draft", "2026-11-12T15:30:00.000Z")
    assert meeting.decisions == ("A letter\nA call" if held else "")
    assert held or [p.text for p in Point.select().where(Point.kind == "decision")] == ["A letter", "A call"]
    assert len(meetings.attendance(meeting)) == Attendance.select().count() == 2
    follow_up = FollowUp.get()
    assert (follow_up.status, follow_up.due_first, follow_up.due_on, follow_up.times_slipped) == (
        "done",
        "2026-11-30",
        "2026-12-10",
        1,
    )
    assert (Extension.get().reason, Update.select().count()) == ("Late", 2)
    found = query.page(opened, Query(Meeting, ("ref",), "cables"), 5)
    assert [row[0] for row in found] == [meeting.id]


def test_what_was_not_indexed_then_is_found_now(opened: Workspace) -> None:
    for update in Update.select().where(Update.done != ""):
        assert [hit.id for hit in finding.find(opened, update.done)] == [update.subject_id]
    (hit,) = finding.find(opened, Extension.get().reason)
    assert hit.sentence is not None
    assert hit.sentence.part == "extension"
    assert opened.engine.rows("SELECT count(*) FROM search_term")[0][0] > 5


def test_a_frozen_report_and_a_mapping_are_there(opened: Workspace) -> None:
    if opened.released in ("0.1.0", "0.2.0"):  # type: ignore[attr-defined]
        assert FrozenReport.select().count() == ImportMapping.select().count() == 0
        return
    assert FrozenReport.get().title == "First quarter"
    assert ImportMapping.get().name == "METI's tracker"


def test_its_history_goes_on(opened: Workspace) -> None:
    officer = Operation.select().order_by(Operation.id.desc()).first().officer
    opened.sign_in(officer)
    assert undo.undo(opened) == "Delete IN-2026-001"
    assert Initiative.get().value == "2000000"
    meeting = Meeting.get(Meeting.title == "会議 on cables")
    agenda.add(opened, meeting, "A topic")
    minutes.add(opened, meeting, "decision", "More")
    assert Meeting.get_by_id(meeting.id).state == "draft"
    state = ["State"] if opened.released == "0.1.0" else []  # type: ignore[attr-defined]
    assert [event.field for event in history.of(Meeting.get_by_id(meeting.id))] == [*state, "Created"]
    records.change(opened, Meeting.get_by_id(meeting.id), {"state": "final"})
    while undo.undo(opened) is not None:
        pass
    assert Meeting.select().count() == 0


def test_its_triggers_are_those_of_a_new_file_and_its_figures_those_of_its_records(
    opened: Workspace, tmp_path: Path
) -> None:
    triggers = "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
    found, figures = opened.engine.rows(triggers), counted(opened)
    with opened.engine.write():
        summaries.rebuild(summaries.since(opened), opened.facts.zone)
    assert counted(opened) == figures
    new = Workspace.create(tmp_path / "new.juntos")
    try:
        assert new.engine.rows(triggers) == found
    finally:
        new.close()


def counted(workspace: Workspace) -> list[tuple[object, ...]]:
    """All figures that are kept, without those that say nothing."""
    now = workspace.engine.rows("SELECT picture, mark, '', count FROM summary_now WHERE count")
    return sorted(
        now + workspace.engine.rows("SELECT picture, mark, day, count FROM summary_day WHERE count")
    )


def test_no_trigger_is_read_again_for_each_column_that_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.juntos"
    migrating = next(each for each in RELEASED if each.name.startswith("0.3.0"))
    path.write_bytes(gzip.decompress(migrating.read_bytes()))
    execute, there = Database.execute_sql, []

    def watched(db: Database, sql: str, *given: object) -> object:
        if sql.lstrip().startswith("ALTER TABLE"):
            asked = db.connection().execute("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")
            there.append(asked.fetchone()[0])
        return execute(db, sql, *given)

    monkeypatch.setattr(Database, "execute_sql", watched)
    Workspace.open(path).close()
    assert len(there) > 2
    assert max(there) <= 2, "only those that the script itself has just made"
