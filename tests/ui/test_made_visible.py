"""What turns or hides letters in a text is seen wherever texts are compared: in no table does it read as another."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.export.intake.wayback import Kind as What
from desktop.export.intake.wayback import Proposal
from desktop.service import changes, history, links, records
from desktop.service.checking import Flaw, Report
from desktop.service.checking.flaw import Kind
from desktop.service.conflicts import Conflict
from desktop.ui.checking import table as found_table
from desktop.ui.checking.table import fill, flaw_table
from desktop.ui.context import Context
from desktop.ui.intake.wayback import model
from desktop.ui.intake.wayback.choices import Choices, Scope
from desktop.ui.intake.wayback.model import ChangesModel as Changes
from desktop.ui.intake.wayback.table import ChangesTable
from desktop.ui.record import history as history_tab
from desktop.ui.record.history import HistoryModel
from desktop.ui.reports import cells
from desktop.ui.reports.cells import CellsModel
from desktop.ui.reports.changesmodel import ChangesModel

TURNED, SEEN = "Pay \u202eyen 001\u202c\u200b now", "Pay ‹U+202E›yen 001‹U+202C›‹U+200B› now"
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def said(model: Any, parent: Any = None) -> str:
    """All that a model says, to the eye, in tips and aloud."""
    where = (parent,) if parent is not None else ()
    indexes = [
        model.index(row, column, *where)
        for row in range(model.rowCount(*where))
        for column in range(model.columnCount(*where))
    ]
    return "\n".join(str(model.data(index, role) or "") for index in indexes for role in ROLES)


def assert_seen(text: str) -> None:
    """The control: as it is kept, it would read otherwise."""
    assert SEEN in text
    assert "\u202e" not in text
    assert "\u200b" not in text


@pytest.fixture
def turned(context: Context) -> Any:
    """A follow-up whose title somebody turned; as it is kept, nothing was taken out of it."""
    record = links.find("FU-2026-001")
    records.change(context.workspace, record, {"title": TURNED})
    assert links.find("FU-2026-001").title == TURNED
    return links.find("FU-2026-001")


def test_in_the_history(context: Context, turned: Any, qtbot: QtBot) -> None:
    table = HistoryModel(context)
    table.show_events(history.of(turned))
    assert_seen(said(table))
    assert_seen("\n".join(map(str, table.cells(0))))  # what the two lines are painted from


def test_control_shown_as_it_is_kept_it_would_not_be_seen(
    context: Context, turned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_tab, "made_visible", lambda text: text)
    table = HistoryModel(context)
    table.show_events(history.of(turned))
    assert TURNED in said(table)
    assert SEEN not in said(table)


def test_where_two_values_of_one_field_stand_against_each_other(context: Context, turned: Any) -> None:
    mine = links.find(turned.ref)
    records.change(context.workspace, links.find(turned.ref), {"title": "Theirs"})
    with pytest.raises(Conflict) as refused:
        records.change(context.workspace, mine, {"title": TURNED + "!"})
    assert_seen(str(refused.value))


def test_in_what_a_check_found(qtbot: QtBot) -> None:
    table = flaw_table()
    qtbot.addWidget(table)
    fill(
        table, Report([Flaw(Kind.VALUE, "follow_up", f"Of {TURNED}", now=TURNED, good="Pay", mendable=True)])
    )
    assert_seen(said(table.model()))


def test_in_what_changed_since(context: Context, turned: Any, qtbot: QtBot) -> None:
    rows = context.workspace.engine.rows
    before = rows('SELECT max(id) - 1 FROM main."operation"', ())[0][0]
    delta = changes.since(rows, changes.Baseline(before, "", ""))
    table = CellsModel(str)
    table.show(list(delta.cells))
    assert_seen(said(table))
    tree = ChangesModel()
    tree.show(delta.moved, {})
    section = tree.index(0, 0)
    assert_seen(said(tree, section))
    assert TURNED in "\n".join(tree.cells(tree.index(0, 0, section)))  # copied is what is kept


def test_in_the_changes_of_a_workbook(qtbot: QtBot) -> None:
    table = Changes()
    table.show_choices(Choices([Proposal(What.CHANGE, "a", 3, 2, exported="Pay", now="Pay", came=TURNED)]))
    assert_seen(said(table))


@pytest.mark.parametrize("module", [history_tab, found_table, cells, model])
def test_control_as_it_is_kept_it_would_read_otherwise(
    module: Any, qtbot: QtBot, context: Context, turned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "made_visible", lambda text: text)
    trials = {
        history_tab: lambda: test_in_the_history(context, turned, qtbot),
        found_table: lambda: test_in_what_a_check_found(qtbot),
        cells: lambda: test_in_what_changed_since(context, turned, qtbot),
        model: lambda: test_in_the_changes_of_a_workbook(qtbot),
    }
    with pytest.raises(AssertionError):
        trials[module]()


# ---- what a program may have changed by itself is taken only where it is chosen


def unsure() -> list[Proposal]:
    return [
        Proposal(What.CHANGE, "a", 3, 2, uid="u", came="7", unsure=True),
        Proposal(What.CHANGE, "a", 4, 2, uid="v", came="theirs", accepted=True),
        Proposal(What.CHANGE, "a", 5, 2, uid="w", came="8", unsure=True),
    ]


def test_what_a_program_may_have_changed_is_not_taken_with_all(qtbot: QtBot) -> None:
    choices, shown = Choices(unsure()), range(3)
    assert [choices.taken(number) for number in shown] == [False, True, False]
    assert choices.within(Scope.ALL, 0, shown, True) == [1]
    assert choices.within(Scope.COLUMN, 1, shown, True) == [1]
    assert choices.within(Scope.COLUMN, 0, shown, True) == [0, 1, 2]
    assert choices.within(Scope.ROW, 0, shown, True) == [0]
    table = ChangesTable()
    qtbot.addWidget(table)
    table.rows.show_choices(choices)
    table.selectAll()
    table.decide_selected(True)
    assert [choices.taken(number) for number in shown] == [False, True, False]
    table.selectRow(0)
    table.decide_selected(True)
    assert choices.taken(0) is True


def test_of_many_rows_that_are_gone_each_is_chosen_by_itself(qtbot: QtBot) -> None:
    table = ChangesTable()
    qtbot.addWidget(table)
    table.rows.show_choices(Choices([Proposal(What.GONE, "a", record=str(n), uid=str(n)) for n in range(60)]))
    table.selectAll()
    table.decide_selected(True)
    assert table.rows.choices.count() == 1
    assert table.rows.choices.taken(table.current() or 0) is True
    table.selectAll()
    table.decide_selected(False)
    assert table.rows.choices.count() == 0
