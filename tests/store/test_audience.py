"""What an audience sees: views in place of all tables, on one connection, for as long as is asked."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from desktop.model import (
    ENTITIES,
    PARTS,
    SETS,
    TABLES,
    AgendaItem,
    Attendance,
    Edition,
    FollowUp,
    Link,
    Meeting,
    Organisation,
    Person,
    Point,
    Quote,
    Recommendation,
    Source,
    Subject,
    Update,
)
from desktop.model.attachment import Blob
from desktop.model.kind import Kind
from desktop.model.kinds import SortKey
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC
from desktop.service import links, records
from desktop.service.workspace import Workspace
from desktop.store import audience

OF_THE_POST = {
    *("fact", "minutes_version", "saved_view", "frozen_report", "layout", "label_pack", "import_mapping"),
    *("operation", "change", "counter", "alias", "snooze"),
    *("summary_day", "summary_now", "summary_date"),
}
"""Tables of which nobody else sees a row. A new table belongs here, or into `audience.SHOWN`."""


def add(workspace: Workspace, entity: Any, **values: Any) -> Any:
    with workspace.operation("make") as writing:
        return writing.create(entity, values)


# ---- what stands for each table


def test_every_table_of_the_schema_is_known(workspace: Workspace) -> None:
    tables = {
        name
        for (name,) in workspace.engine.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not name.startswith("sqlite_")
    }
    shadows = {
        f"{name}_{part}" for name in audience.FOR_SEARCH for part in ("data", "idx", "docsize", "config")
    }
    known = set(audience.views(PARTNER)) | audience.FOR_SEARCH | shadows | {"schema_migration"}
    assert tables - known == set()
    shown = {table._meta.table_name for table in (*audience.SHOWN, *SETS, Subject, Blob)}
    assert {table._meta.table_name for table in TABLES} - shown == OF_THE_POST
    assert audience.SHOWN[: len(ENTITIES)] == ENTITIES


@pytest.mark.parametrize("who", [PARTNER, PUBLIC])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.table_name)
def test_a_view_has_the_columns_of_its_table(workspace: Workspace, table: Any, who: str) -> None:
    name = table._meta.table_name
    with workspace.engine.seen_by(who):
        there, seen = (
            [row[1] for row in workspace.engine.rows(f'PRAGMA {schema}.table_info("{name}")')]
            for schema in ("main", "temp")
        )
    assert sorted(seen) == sorted(there)


def test_every_stored_column_that_follows_from_other_rows_is_known() -> None:
    """What is derived may tell of what is hidden: each has its own answer in `audience`."""
    own = {"created_at", "updated_at", "version", "starts_at", "ends_at"}  # from the record alone
    kept = {"side", "direction"}  # of the record itself, by who stands behind it: docs/decisions
    derived = {
        field.name
        for table in (*ENTITIES, *PARTS)
        for field in table._meta.sorted_fields
        if isinstance(field, Kind) and field.derived and not isinstance(field, SortKey)
    }
    assert derived - own - kept == set(audience.DERIVED)


# ---- one record, its texts and what it names


@pytest.fixture
def meeting(workspace: Workspace) -> Any:
    ministry = add(
        workspace, Organisation, name="Ministry", kind="ministry", country="CL", visibility=PARTNER
    )
    agency = add(workspace, Organisation, name="Agency", kind="agency", country="CL")
    return add(
        workspace,
        Meeting,
        title="Talks",
        on="2026-11-20",
        state="held",
        visibility=PARTNER,
        purpose="To talk",
        decisions="Agreed",
        text_visibility="|purpose:partner|",
        counterparts={ministry.id, agency.id},
    )


def test_what_is_internal_is_not_there(workspace: Workspace, meeting: Any) -> None:
    add(workspace, Meeting, title="Alone", on="2026-11-20")
    with workspace.engine.seen_by(PARTNER):
        (shown,) = Meeting.select()
        assert (shown.title, shown.purpose, shown.decisions) == ("Talks", "To talk", "")
        assert shown.text_visibility == ""
        assert [Organisation.words_of(each) for each in Meeting.counterparts.read(shown.id)] == ["Ministry"]
        assert [row.kind for row in Subject.select()] == ["meeting"]
    with workspace.engine.seen_by(PUBLIC):
        assert not Meeting.select().exists()
    assert Meeting.select().count() == 2


def test_a_reference_to_what_is_hidden_is_none(workspace: Workspace, meeting: Any) -> None:
    owner, known = Person.select().order_by(Person.id).limit(2)
    with workspace.operation("share") as writing:
        writing.change(known, {"visibility": PARTNER})
    one = add(workspace, FollowUp, title="One", visibility=PUBLIC, owner=owner.id, meeting=meeting.id)
    other = add(workspace, FollowUp, title="Other", visibility=PUBLIC, owner=known.id, meeting=meeting.id)
    assert one.adopted_on == other.adopted_on == "2026-11-21"
    with workspace.engine.seen_by(PARTNER):
        rows = [
            (row.owner_id, row.adopted_on, row.meeting_id) for row in FollowUp.select().order_by(FollowUp.id)
        ]
        assert rows == [(None, None, meeting.id), (known.id, "2026-11-21", meeting.id)]
        assert FollowUp.get(FollowUp.owner == known).title == "Other"
        assert FollowUp.select().where(FollowUp.meeting == meeting.id).count() == 2
    with workspace.engine.seen_by(PUBLIC):
        assert [row.meeting_id for row in FollowUp.select()] == [None, None]
        assert FollowUp.select().where(FollowUp.meeting == meeting.id).count() == 0


def test_confined_fields_stay_with_the_post(workspace: Workspace) -> None:
    add(
        workspace,
        Recommendation,
        title="Do it",
        visibility=PUBLIC,
        assessment="stalled",
        rag_set="red",
        rag_reason="They do not want it",
    )
    with workspace.engine.seen_by(PARTNER):
        (shown,) = Recommendation.select()
        assert (shown.assessment, shown.rag_reason, shown.rag_set) == ("", "", "red")


def test_what_follows_from_updates_follows_from_those_that_are_seen(workspace: Workspace) -> None:
    asked = add(workspace, Recommendation, title="Do it", visibility=PARTNER)
    told = [
        ("2026-10-01", PARTNER, "reported"),
        ("2026-11-01", INTERNAL, "reported"),
        ("2026-11-02", PUBLIC, "desk"),
    ]
    for on, level, aspect in told:
        add(workspace, Update, subject=asked.id, on=on, done=on, visibility=level, aspect=aspect)
    assert Recommendation.get_by_id(asked.id).last_update_on == "2026-11-02"
    with workspace.engine.seen_by(PARTNER):
        assert Recommendation.get_by_id(asked.id).last_update_on == "2026-10-01"
        assert [row.done for row in Update.select()] == ["2026-10-01"]


def test_a_part_is_seen_where_all_that_it_leans_on_is(workspace: Workspace, meeting: Any) -> None:
    hidden = add(workspace, FollowUp, title="Hidden")
    person = Person.get(Person.name == "Mori Aya")
    shared = {"meeting": meeting.id, "visibility": PARTNER}
    add(workspace, AgendaItem, topic="About it", subject=hidden.id, **shared)
    add(workspace, AgendaItem, topic="Plain", **shared)
    add(workspace, Point, text="Was promised", kind="follow_up", follow_up=hidden.id, **shared)
    add(workspace, Point, text="Was noted", **shared)
    add(workspace, Point, text="Was whispered", meeting=meeting.id)
    add(workspace, Attendance, person=person.id, **shared)
    add(workspace, Attendance, name="Guest", **shared)
    with workspace.engine.seen_by(PARTNER):
        assert [row.topic for row in AgendaItem.select()] == ["Plain"]
        assert [row.text for row in Point.select()] == ["Was noted"]
        assert [row.name for row in Attendance.select()] == ["Guest"]


def test_a_link_is_seen_where_both_ends_are(workspace: Workspace) -> None:
    ends = [
        add(workspace, FollowUp, title=title, visibility=level)
        for title, level in (("A", PUBLIC), ("B", PARTNER))
    ]
    links.link(workspace, *ends, "related", note="between us")
    with workspace.engine.seen_by(PARTNER):
        assert [row.note for row in Link.select()] == [""]
        assert [each.other.title for each in links.of(FollowUp.get(FollowUp.title == "A"))] == ["B"]
    with workspace.engine.seen_by(PUBLIC):
        assert not Link.select().exists()


def test_bytes_are_seen_with_the_file_that_they_are_of(workspace: Workspace) -> None:
    source = add(workspace, Source, title="Paper", visibility=PUBLIC)
    with workspace.operation("take in"):
        for content in (b"open", b"closed"):
            Blob.insert({"sha256": content.decode(), "content": content}).execute()
    for number, (name, level) in enumerate((("open", PUBLIC), ("closed", INTERNAL)), 1):
        values = {"number": number, "name": name, "added_on": "2026-11-21", "sha256": name}
        edition = add(workspace, Edition, source=source.id, visibility=level, **values)
        about = add(workspace, Recommendation, title=name, visibility=PUBLIC)
        add(workspace, Quote, subject=about.id, edition=edition.id, quote=name, visibility=PUBLIC)
    with workspace.engine.seen_by(PUBLIC):
        assert [bytes(row.content) for row in Blob.select()] == [b"open"]
        assert [row.quote for row in Quote.select()] == ["open"]


# ---- for how long, and for whom


def test_nothing_is_written_within(workspace: Workspace) -> None:
    with workspace.engine.seen_by(PARTNER):
        with pytest.raises(RuntimeError, match="nothing is written"):
            records.add(workspace, FollowUp, {"title": "New"})
        with pytest.raises(workspace.engine.errors, match="it is a view"):
            workspace.engine.rows("DELETE FROM follow_up")
    assert records.add(workspace, FollowUp, {"title": "New"}).id
    with (
        workspace.operation("make"),
        pytest.raises(RuntimeError, match="within an operation"),
        workspace.engine.seen_by(PARTNER),
    ):
        pass


def test_within_another_block_both_hold(workspace: Workspace) -> None:
    for level in (INTERNAL, PARTNER, PUBLIC):
        add(workspace, FollowUp, title=level, visibility=level)

    def titles() -> list[str]:
        return [row.title for row in FollowUp.select().order_by(FollowUp.id)]

    with workspace.engine.seen_by(PARTNER):
        with workspace.engine.seen_by(INTERNAL):
            assert titles() == [PARTNER, PUBLIC]
        with workspace.engine.seen_by(PUBLIC):
            assert titles() == [PUBLIC]
            with workspace.engine.seen_by(PARTNER):
                assert titles() == [PUBLIC]
        assert titles() == [PARTNER, PUBLIC]
        reader = workspace.engine.reader()
        assert reader.execute("SELECT count(*) FROM follow_up").fetchone() == (2,)
        reader.close()
    assert titles() == [INTERNAL, PARTNER, PUBLIC]
    assert workspace.engine.audience == INTERNAL
    assert workspace.engine.rows("SELECT count(*) FROM temp.sqlite_schema") == [(0,)]


def test_it_ends_with_an_error_too(workspace: Workspace) -> None:
    officer = Person.get().id
    with pytest.raises(LookupError), workspace.engine.seen_by(PARTNER):
        Person.words_of(officer)
    assert workspace.engine.audience == INTERNAL
    assert Person.words_of(officer)


def test_another_thread_goes_on_reading_all(workspace: Workspace) -> None:
    add(workspace, FollowUp, title="Mine")
    found: list[int] = []
    with workspace.engine.seen_by(PARTNER):
        thread = threading.Thread(target=lambda: found.append(FollowUp.select().count()))
        thread.start()
        thread.join()
        assert FollowUp.select().count() == 0
    assert found == [1]


def test_a_word_that_is_no_audience_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="not in"), workspace.engine.seen_by("everybody"):
        pass
