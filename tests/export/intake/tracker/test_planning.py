"""Plans: what is changed, what is twice, what is left, and that nothing of a file is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import fn

from desktop.export.errors import Cancelled
from desktop.export.intake.book import UNCOMPUTED, ErrorValue
from desktop.export.intake.tracker import applying, planning
from desktop.export.intake.tracker.mapping import ColumnRule, Mapping
from desktop.export.intake.tracker.plan import Act, Fate
from desktop.model import Extension, FollowUp, Invalid, Link, Operation, Recommendation, Update
from desktop.service import backups, records
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Workspace
from desktop.store import kept
from desktop.store.errors import StoreError
from tests.export.intake.tracker.conftest import book_of, plan_of, unaccounted, understand
from tests.service.conftest import state

HEADS = ["Task", "Due date", "Status", "Progress", "Colour"]
ROWS = [
    ["Send the list of companies", "2026-12-01", "Open", "2026-11-02: asked", "green"],
    ["Return the questionnaire", "2026-12-08", "In progress", None, "red"],
    ["Agree on the agenda", "2027-01-12", "Waiting", None, None],
]


def tracker(*rows: list[Any], heads: list[Any] = HEADS) -> Any:
    return book_of(("Actions", [heads, *(rows or ROWS)]))


def put_in(workspace: Workspace, book: Any) -> Mapping:
    mapping = understand(workspace, book).mapping
    applying.apply(workspace, plan_of(workspace, book, mapping))
    return mapping


def test_the_same_tracker_again_changes_what_differs(workspace: Workspace) -> None:
    mapping = put_in(workspace, tracker())
    first = FollowUp.get(FollowUp.title == ROWS[0][0])
    changed = [[*ROWS[0]], [*ROWS[1]], [*ROWS[2]], ["Book the hall", "2027-02-01", "Open", None, None]]
    changed[0][1:4] = ["2026-12-15", "In progress", "2026-11-02: asked\n2026-11-16: reminded"]
    plan = plan_of(workspace, tracker(*changed), mapping, "again.xlsx")
    assert plan.counts == {Act.CHANGE: 1, Act.SAME: 2, Act.MAKE: 1}
    assert [(each.field, each.was, each.now) for each in plan.rows[0].changes] == [
        ("due_on", "1 Dec 2026", "15 Dec 2026"),
        ("status", "Open", "In progress"),
    ]
    assert [(entry.on, entry.text) for entry in plan.rows[0].entries] == [("2026-11-16", "reminded")]
    applying.apply(workspace, plan)
    again: Any = FollowUp.get_by_id(first.id)
    assert (again.due_on, again.status) == ("2026-12-15", "in_progress")
    moved = Extension.get(Extension.subject == first.id)
    assert moved.reason == "As again.xlsx says."
    words = [
        row.done for row in Update.select().where(Update.subject == first.id).order_by(Update.on, Update.id)
    ]
    assert [word for word in words if word] == ["asked", "reminded"]


def test_a_blank_cell_takes_nothing_away(workspace: Workspace) -> None:
    mapping = put_in(workspace, tracker())
    plan = plan_of(workspace, tracker([ROWS[0][0], None, None, None, None]), mapping)
    assert plan.counts == {Act.SAME: 1}


def test_a_row_finds_its_record_by_reference(workspace: Workspace) -> None:
    made = records.add(workspace, FollowUp, {"title": "Send the list", "due_on": "2026-12-01"})
    heads = ["Ref", "Task", "Due date", "Status"]
    book = tracker(
        [made.ref, "Send the whole list", None, "Open"], [made.ref, "Once more", None, "Open"], heads=heads
    )
    found = understand(workspace, book, "follow_up")
    assert found.mapping.key == ("ref",)
    plan = plan_of(workspace, book, found.mapping)
    assert [row.act for row in plan.rows] == [Act.CHANGE, Act.LEAVE]
    assert "stands in row 2" in plan.rows[1].why
    applying.apply(workspace, plan)
    assert FollowUp.get_by_id(made.id).title == "Send the whole list"


def test_of_two_rows_of_one_name_each_finds_its_own_record(workspace: Workspace) -> None:
    rows = [
        ["Send the minutes", "2026-12-01", "Open", None, None],
        ["Send the minutes", "2027-01-12", "Open", None, None],
    ]
    mapping = put_in(workspace, tracker(*rows))
    assert plan_of(workspace, tracker(*reversed(rows)), mapping).counts == {Act.SAME: 2}


def test_likely_duplicates_are_told_and_can_become_one(workspace: Workspace) -> None:
    made = records.add(workspace, FollowUp, {"title": "Send list of the companies", "due_on": "2026-12-01"})
    book = tracker()
    plan = plan_of(workspace, book, understand(workspace, book).mapping)
    (row,) = plan.likely
    assert (row.name, row.likely[0].ref) == (ROWS[0][0], made.ref)
    before = FollowUp.select().count()
    applying.apply(workspace, plan, applying.Choices(become={row.key: made.ref}))
    assert FollowUp.select().count() == before + 2
    assert FollowUp.get_by_id(made.id).title == ROWS[0][0]


def test_columns_without_a_field_go_into_the_note_or_are_told(workspace: Workspace) -> None:
    book = tracker()
    mapping = understand(workspace, book).mapping
    plan = plan_of(workspace, book, mapping)
    assert plan.rows[0].values["detail"] == "Colour: green"
    without = Mapping.from_json(mapping.as_json().replace('"notes": true', '"notes": false'))
    plan = plan_of(workspace, book, without)
    assert "detail" not in plan.rows[0].values
    assert [(left.column.title, left.cells) for left in plan.left_out] == [("Colour", 2)]


def test_what_contradicts_itself_is_told_and_the_row_goes_in(workspace: Workspace) -> None:
    heads = ["Task", "Date raised", "Due date", "Status", "Priority"]
    book = tracker(["Send the list", "2026-11-10", "2026-11-01", "Done", "High"], heads=heads)
    plan = plan_of(workspace, book, understand(workspace, book).mapping)
    assert plan.counts == {Act.MAKE: 1}
    told = {(cell.column.title, cell.text) for cell in plan.untaken}
    assert told == {("Due date", "1 Nov 2026"), ("Priority", "High")}
    assert all(cell.why for cell in plan.untaken)


def test_errors_and_formulas_without_results_are_told(workspace: Workspace) -> None:
    book = tracker(
        ["Send the list", ErrorValue("#N/A"), "Open", None, None],
        ["Return it", "2026-12-02", "Open", None, None],
        ["Sign it", UNCOMPUTED, "Open", None, None],
        ["Print it", None, "Open", None, None],
    )
    plan = plan_of(workspace, book, understand(workspace, book).mapping)
    assert [(cell.row, cell.column.letter) for cell in plan.untaken] == [(2, "B"), (4, "B")]
    assert "#N/A" in plan.untaken[0].told()
    assert "without its result" in plan.untaken[1].told()
    # The control: row 5, where the cell is empty, is told of nothing.


def test_a_row_without_a_name_is_left_and_told(workspace: Workspace) -> None:
    book = tracker(*ROWS, [None, "2026-12-24", "Open", None, None])
    plan = plan_of(workspace, book, understand(workspace, book).mapping)
    assert plan.counts == {Act.MAKE: 3, Act.LEAVE: 1}
    assert {(cell.row, cell.column.letter) for cell in plan.untaken} == {(5, "B"), (5, "C")}


def test_dates_that_nothing_decides_are_asked_about_once(workspace: Workspace) -> None:
    rows = [["Send it", "03/04/2027", "Open", None, None], ["Sign it", "05/06/2027", "Open", None, None]]
    book = tracker(*rows)
    mapping = understand(workspace, book).mapping
    plan = plan_of(workspace, book, mapping)
    assert [cell.text for cell in plan.untaken] == ["03/04/2027", "05/06/2027"]
    assert any("03/04/2027" in told and "Say which" in told for told in plan.told)
    corrected = mapping.corrected("Due date", "due_on", dates="month_first")
    assert [row.values["due_on"] for row in plan_of(workspace, book, corrected).rows] == [
        "2027-03-04",
        "2027-05-06",
    ]


def test_control_dates_that_one_of_them_decides_are_not_asked_about(workspace: Workspace) -> None:
    rows = [["Send it", "03/04/2027", "Open", None, None], ["Sign it", "25/06/2027", "Open", None, None]]
    book = tracker(*rows)
    plan = plan_of(workspace, book, understand(workspace, book).mapping)
    assert not plan.untaken
    assert [row.values["due_on"] for row in plan.rows] == ["2027-04-03", "2027-06-25"]


def test_a_backup_is_made_before_and_without_one_nothing_is_taken_in(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, book = workspace.engine.path, tracker()
    plan = plan_of(workspace, book, understand(workspace, book).mapping)
    before = state()
    clock = Operation.select(fn.MAX(Operation.clock)).scalar()
    with monkeypatch.context() as full:
        full.setattr(backups, "backup", refuse)
        with pytest.raises(StoreError, match="No backup"):
            applying.apply(workspace, plan)
    assert state() == before
    assert kept.listed(path) == []
    applying.apply(workspace, plan)
    (made,) = kept.listed(path)
    assert (made.why, made.clock) == ("before-import", clock)
    # The control: taken in, it is another state.
    assert state() != before


def refuse(*_given: Any) -> Any:
    """A disk on which no backup can be written."""
    raise StoreError("No backup could be written.")


def test_what_a_row_serves_is_linked(workspace: Workspace) -> None:
    asked = Recommendation.get(Recommendation.ref == "WC-2024-1A")
    heads = ["Task", "Due date", "Status", "Recommendation"]
    book = tracker(["Send it", "2026-12-03", "Open", "WC-2024-1A; WC-2024-99"], heads=heads)
    plan = plan_of(workspace, book, understand(workspace, book, "follow_up").mapping)
    assert [cell.text for cell in plan.untaken] == ["WC-2024-99"]
    applying.apply(workspace, plan)
    made = FollowUp.get(FollowUp.title == "Send it")
    assert Link.select().where((Link.from_subject == made.id) & (Link.to_subject == asked.id)).exists()


def test_all_or_nothing(workspace: Workspace) -> None:
    mapping = put_in(workspace, tracker())
    changed = [
        ["Book the hall", "2027-02-01", "Open", None, None],
        [ROWS[0][0], "2026-12-15", "Open", None, None],
    ]
    plan = plan_of(workspace, tracker(*changed), mapping)
    records.change(workspace, FollowUp.get(FollowUp.title == ROWS[0][0]), {"priority": "high"})
    before = state()
    with pytest.raises(Conflict, match="row 3"):
        applying.apply(workspace, plan)
    assert state() == before


def test_it_can_be_stopped(workspace: Workspace) -> None:
    book, before = tracker(), state()
    mapping = understand(workspace, book).mapping
    with pytest.raises(Cancelled):
        planning.plan(workspace, book, mapping, progress=lambda done, total: False)
    plan = plan_of(workspace, book, mapping)
    with pytest.raises(Cancelled):
        applying.apply(workspace, plan, progress=lambda done, total: done < 2)
    assert state() == before


def test_a_plan_leaves_no_trace(workspace: Workspace) -> None:
    before, operations = state(), Operation.select().count()
    book = tracker()
    plan_of(workspace, book, understand(workspace, book).mapping)
    assert (state(), Operation.select().count()) == (before, operations)
    made = records.add(workspace, FollowUp, {"title": "The next one"})
    assert made.ref.endswith("-013")


def test_a_mapping_finds_its_columns_where_they_stand_now(workspace: Workspace) -> None:
    mapping = put_in(workspace, tracker())
    moved = book_of(
        (
            "December",
            [["Actions of December"], [], ["Status", "Due date", "Task"], ["Open", "2026-12-30", "Wrap up"]],
        )
    )
    plan = plan_of(workspace, moved, mapping)
    assert (plan.rows[0].name, plan.rows[0].values["due_on"]) == ("Wrap up", "2026-12-30")
    with pytest.raises(Invalid, match="no table with the columns"):
        planning.plan(workspace, book_of(("Other", [["Animal", "Legs"], ["Cat", 4], ["Hen", 2]])), mapping)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "no mapping"),
        ('{"version": 99}', "newer version"),
        ('{"version": 1, "kind": "cat", "columns": []}', "cannot be taken in"),
        ('{"version": 1, "kind": "person", "columns": [{"title": "a", "target": "x"}]}', "no field"),
        (
            '{"version": 1, "kind": "person",'
            ' "columns": [{"title": "a", "target": "name"}, {"title": "b", "target": "name"}]}',
            "Two columns",
        ),
    ],
)
def test_what_is_no_mapping_is_refused(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        Mapping.from_json(text)


CELLS = st.one_of(
    st.none(),
    st.none(),
    st.sampled_from(["Open", "Done", "Closed", "Pendiente", "完了", "?", "-", "n/a", "High", "tbd"]),
    st.sampled_from(
        [
            "2026-11-02: asked",
            "5/6/2026",
            "13/6/2026 – sent\nand heard nothing",
            "令和8年5月 送付",
            "2027-01-01: later",
        ]
    ),
    st.sampled_from(
        ["Sato", "METI", "Ana Silva / Ministry of Health", "Chile; Atlantis", "WC-2024-1A, X-9", "x" * 700]
    ),
    st.text(max_size=30),
    st.integers(-5, 60_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.just(ErrorValue("#REF!")),
)
TARGETS = ["title", "due_on", "raised_on", "status", "priority", "owner", "owed_by", "countries", "sectors", "progress",
           "progress_on", "next", "serves", "outcome", "closed_on", "detail", "evidence_link", "", ""]  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_of_a_file_is_lost(workspace: Workspace, data: st.DataObject) -> None:
    wanted = data.draw(
        st.permutations(TARGETS).map(lambda each: ["title", *[t for t in each if t != "title"]][:8])
    )
    heads = [f"Column {letter}" for letter in "ABCDEFGH"[: len(wanted)]]
    rows = data.draw(
        st.lists(st.lists(CELLS, min_size=len(wanted), max_size=len(wanted) + 1), min_size=2, max_size=6)
    )
    rules = tuple(
        ColumnRule(head, letter=letter, target=target)
        for head, letter, target in zip(heads, "ABCDEFGH", wanted, strict=False)
    )
    mapping = Mapping("follow_up", rules, header=1, notes=data.draw(st.booleans()), key=("title",))
    book = book_of(("Sheet", [heads, *rows]))
    before = state()
    plan = planning.plan(workspace, book, mapping)
    assert unaccounted(book, plan) == []
    assert state() == before
    assert all(cell.why and cell.column.letter for cell in plan.untaken)
    kept = [row for row in plan.rows if row.act is Act.MAKE and Fate.NOTE in row.taken.fates.values()]
    assert all(line in row.values["detail"] for row in kept for line in row.taken.note)
