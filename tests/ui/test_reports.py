"""Reports in the window: freezing, what changed since, comparing, bringing back, exporting from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model import FollowUp, FrozenReport, Operation, Organisation
from desktop.service import ending, follow_ups, links, records, reporting, reports, undo
from desktop.service.views import Definition, View
from desktop.ui.context import Context
from desktop.ui.dialogs.export import ExportDialog
from desktop.ui.dialogs.freeze import FreezeDialog, freeze_report
from desktop.ui.pages.reports import ReportsPage
from desktop.ui.record.window import RecordWindow
from desktop.ui.reports import comparison, words
from desktop.ui.reports.cells import WHEN
from desktop.ui.reports.comparing import A_DAY, CompareDialog
from desktop.ui.reports.exporting import export_frozen
from desktop.ui.reports.todayline import SETTLE_MS, SinceLine
from desktop.ui.window import MainWindow
from tests.ui.conftest import NOW


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.blockSignals(True)


@pytest.fixture
def changed(context: Context) -> FrozenReport:
    """A frozen report, and what was done since: each kind of change once."""
    workspace = context.workspace
    records.change(workspace, links.find("FU-2026-003"), {"status": "done", "outcome": "Briefed."})
    report = reporting.freeze(workspace, {"title": "November", "recipient": "Tokyo", "note": "By cable."})
    sent, terms, briefed = (links.find(f"FU-2026-00{n}") for n in (1, 2, 3))
    records.change(workspace, terms, {"due_on": "2027-01-15"}, reason="DFC asked for time.")
    records.change(workspace, sent, {"status": "done", "outcome": "Sent."})
    records.change(workspace, briefed, {"status": "open"})
    follow_ups.add(workspace, {"title": "Ask for a date"}, [])
    gone = follow_ups.add(workspace, {"title": "Made and gone"}, [])
    records.delete(workspace, [gone])
    records.delete(workspace, [links.find("WC-2024-1A.1")])
    records.change(workspace, Organisation.get(Organisation.acronym == "DFC"), {"name": "DFC of the US"})
    return report


@pytest.fixture
def page(window: MainWindow, changed: FrozenReport) -> ReportsPage:
    return window.show_page("reports")  # type: ignore[no-any-return]


def sections(page: ReportsPage) -> dict[str, list[str]]:
    """References by mark, as the tree has them."""
    rows = page.changes.tree.rows
    found = {}
    for row in range(rows.rowCount()):
        parent = rows.index(row, 0)
        inner = [rows.moved(rows.index(n, 0, parent)) for n in range(rows.rowCount(parent))]
        found[rows.mark(parent)] = [each.ref for each in inner if each is not None]
    return found


def stand_at(page: ReportsPage, mark: str) -> Any:
    page.changes.tree.go_to(mark)
    return page.changes.tree.current()


# ---- the page


def test_sections_tell_what_happened_and_chips_count_it(page: ReportsPage) -> None:
    found = sections(page)
    assert found["slipped"] == ["FU-2026-002"]
    assert found["closed"] == ["FU-2026-001"]
    assert found["reopened"] == ["FU-2026-003"]
    assert found["new"] == ["FU-2026-004"]
    assert found["deleted"] == ["WC-2024-1A.1"]
    assert "FU-2026-005" not in str(found)
    told = {
        mark: button.text() for mark, button in page.changes.chips.buttons.items() if not button.isHidden()
    }
    assert told.keys() == found.keys()
    assert told["slipped"] == "Slipped  1"
    assert page.changes.chips.buttons["slipped"].accessibleName() == "Slipped: 1"


def test_a_record_says_what_happened_to_it(page: ReportsPage) -> None:
    slipped = stand_at(page, "slipped")
    assert words.happened(slipped, "slipped") == "15 Dec 2026 → 15 Jan 2027 (+31 days)"
    assert words.happened(stand_at(page, "closed"), "closed") == "Open → Done"
    index = page.changes.tree.currentIndex()
    assert index.siblingAtColumn(2).data() == "Green"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "FU-2026-001" in spoken
    assert "Closed" in spoken


def test_only_what_is_followed_is_shown_until_all_is_asked_for(page: ReportsPage) -> None:
    assert "changed" not in sections(page)
    kinds = page.changes.kinds
    kinds.setCurrentIndex(kinds.findData(""))
    assert len(sections(page)["changed"]) == 1
    kinds.setCurrentIndex(kinds.findData("organisation"))
    assert list(sections(page)) == ["changed"]
    assert page.context.settings.pages["reports"]["kind"] == "organisation"


def test_a_chip_leads_to_its_section_and_enter_opens_the_record(
    page: ReportsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.changes.chips.buttons["slipped"].click()
    tree = page.changes.tree
    assert tree.current().ref == "FU-2026-002"
    assert QApplication.focusWidget() is tree
    QTest.keyClick(tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(RecordWindow)))
    assert window.findChildren(RecordWindow)[0].pane.record().ref == "FU-2026-002"


def test_tab_stops_at_all_that_stands_above_the_changes(page: ReportsPage, window: MainWindow) -> None:
    page.head.buttons["delete"].setFocus()
    walked = []
    while page.changes.tree not in walked and len(walked) < 12:
        window.focusNextChild()
        walked.append(QApplication.focusWidget())
    chips = [each for each in page.changes.chips.buttons.values() if each.isVisible()]
    assert walked == [*chips, page.changes.bar, page.changes.kinds, page.changes.tree]


def test_a_deleted_record_can_be_brought_back(page: ReportsPage, context: Context) -> None:
    said: list[tuple[str, list[Any]]] = []
    context.said.connect(lambda sentence, actions: said.append((sentence, actions)))
    moved = stand_at(page, "deleted")
    assert page.changes.back_button.isEnabled()
    QTest.keyClick(page.changes.tree, Qt.Key.Key_Return)
    assert said[-1][0] == f"{moved.ref} is deleted."
    said[-1][1][0][1]()
    assert links.find(moved.ref).uid == moved.uid
    page.refresh()
    assert "deleted" not in sections(page)
    assert not page.changes.back_button.isEnabled()


def test_what_is_not_deleted_any_more_is_not_brought_back(page: ReportsPage, context: Context) -> None:
    moved = stand_at(page, "deleted")
    comparison.bring_back(context.workspace, moved.uid)
    page.changes.bring_back_requested.emit(moved)
    assert context.told == ["It is not deleted any more."]


def test_the_page_follows_what_is_done(page: ReportsPage, context: Context, qtbot: QtBot) -> None:
    follow_ups.add(context.workspace, {"title": "One more"}, [])
    qtbot.waitUntil(lambda: len(sections(page)["new"]) == 2)
    undo.undo(context.workspace)
    qtbot.waitUntil(lambda: len(sections(page)["new"]) == 1)


def test_the_models_are_sound(page: ReportsPage) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(page.changes.tree.rows, mode)]
    testers.append(QAbstractItemModelTester(page.changes.table.rows, mode))
    page.changes.kinds.setCurrentIndex(1)
    page.changes.bar.setCurrentIndex(1)
    page.changes.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert all(tester.model().rowCount() for tester in testers)


def test_rows_are_copied_with_their_section(page: ReportsPage) -> None:
    page.changes.tree.go_to("slipped")
    QTest.keyClick(page.changes.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Change", "Record", "Kind", "RAG", "What happened"]
    assert lines[1].split("\t")[0] == "Slipped"
    assert "(+31 days)" in lines[1]


# ---- cell by cell


def test_cells_are_read_when_they_are_seen_and_can_be_sorted_and_copied(page: ReportsPage) -> None:
    table = page.changes.table
    assert table.rows.rowCount() == 0
    page.changes.bar.setCurrentIndex(1)
    dues = [cell for cell in table.rows.cells if cell.ref == "FU-2026-002" and cell.was == "15 Dec 2026"]
    assert [cell.is_ for cell in dues] == ["15 Jan 2027"]
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    refs = [cell.record for cell in table.rows.cells]
    assert refs == sorted(refs, reverse=True)
    table.sortByColumn(WHEN, Qt.SortOrder.AscendingOrder)
    assert [cell.at for cell in table.rows.cells] == sorted(cell.at for cell in table.rows.cells)
    table.selectAll()
    page.changes.copy()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "Record\tField\tWas\tIs\tBy\tWhen"
    assert len(lines) > table.rows.rowCount()
    assert any("Sato Kenji" in line and "21 Nov 2026, 12:00" in line for line in lines)


def test_cells_are_those_of_the_kinds_chosen(page: ReportsPage) -> None:
    page.changes.bar.setCurrentIndex(1)
    assert {cell.entity for cell in page.changes.table.rows.cells} <= {
        "follow_up",
        "recommendation",
        "initiative",
    }
    page.changes.kinds.setCurrentIndex(page.changes.kinds.findData("organisation"))
    assert [cell.is_ for cell in page.changes.table.rows.cells] == ["DFC of the US"]


# ---- several reports


def test_without_a_report_the_page_says_what_freezing_is(window: MainWindow, qtbot: QtBot) -> None:
    page = window.show_page("reports")
    assert page.stack.currentWidget() is page.empty
    page.empty.button.click()
    assert window.findChild(FreezeDialog).isVisible()


def test_reports_are_listed_newest_first_and_choosing_one_compares_with_it(
    page: ReportsPage, context: Context, qtbot: QtBot
) -> None:
    context.workspace.clock = lambda: NOW + dt.timedelta(days=1)
    later = reporting.freeze(context.workspace, {"title": "December"})
    qtbot.waitUntil(lambda: page.list.count() == 2)
    assert [page.list.item(n).text() for n in range(2)] == ["December", "November"]
    assert page.report().title == "November"
    page.list.setCurrentRow(0)
    assert page.report().uid == later.uid
    assert page.changes.stack.currentWidget() is page.changes.nothing
    assert page.changes.nothing.accessibleName() == "Nothing has changed since this report was frozen."
    assert "frozen by Sato Kenji" in page.head.facts.text()


def test_two_points_are_compared(
    page: ReportsPage, window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    later = reporting.freeze(context.workspace, {"title": "December"})
    follow_ups.add(context.workspace, {"title": "After both"}, [])
    qtbot.waitUntil(lambda: page.list.count() == 2)
    page.list.setCurrentRow(0)
    page.compare()
    dialog = window.findChild(CompareDialog)
    assert dialog.since.currentText().startswith("November")
    assert dialog.until.currentData() == later.uid
    dialog.accept()
    assert page.head.heading.text() == "November – December"
    assert sections(page)["new"] == ["FU-2026-004"]
    assert page.report() is None
    assert not page.head.buttons["delete"].isEnabled()
    page.list.setCurrentRow(1)
    assert len(sections(page)["new"]) == 2


def test_a_day_is_a_point_too_and_a_wrong_order_is_told(page: ReportsPage, window: MainWindow) -> None:
    page.compare()
    dialog = window.findChild(CompareDialog)
    assert dialog.since.currentData() == A_DAY  # the first day: no report came before this one
    dialog.main.give("since_day", None)
    dialog.accept()
    assert dialog.isVisible()
    dialog.since.setCurrentIndex(1)
    dialog.until.setCurrentIndex(dialog.until.findData(A_DAY))
    dialog.main.give("until_day", "2026-11-01")
    dialog.accept()
    assert "comes before" in dialog.messages.text()
    dialog.since.setCurrentIndex(dialog.since.findData(A_DAY))
    dialog.main.give("since_day", "2026-11-21")
    dialog.until.setCurrentIndex(0)
    dialog.accept()
    assert page.head.heading.text() == "21 Nov 2026 – Now"
    assert sections(page)


def test_a_report_is_deleted_and_undo_brings_it_back(
    page: ReportsPage, context: Context, qtbot: QtBot
) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert reporting.reports() == []
    undo.undo(context.workspace)
    qtbot.waitUntil(lambda: page.list.count() == 1)


def test_export_begins_with_the_report_that_is_shown(page: ReportsPage, window: MainWindow) -> None:
    page.head.buttons["export"].click()
    dialog = window.findChild(ExportDialog)
    assert dialog.since.currentData() == page.report().uid
    assert dialog.audience.audience() == "internal"


def test_much_is_read_by_a_worker(page: ReportsPage, qtbot: QtBot, monkeypatch: Any) -> None:
    monkeypatch.setattr(comparison, "FEW", 0)
    page.list.setCurrentRow(-1)
    page.changes.tree.rows.show([], {})
    page.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: "slipped" in sections(page))


def test_a_report_for_others_tells_what_they_may_see(
    page: ReportsPage, context: Context, qtbot: QtBot
) -> None:
    workspace = context.workspace
    records.change(workspace, links.find("FU-2026-002"), {"visibility": "partner"})
    reporting.freeze(workspace, {"title": "For the partner", "audience": "partner"})
    records.change(workspace, links.find("FU-2026-002"), {"due_on": "2027-02-15"}, reason="More time.")
    records.change(workspace, links.find("FU-2026-004"), {"due_on": "2027-02-15"})
    qtbot.waitUntil(lambda: page.list.count() == 2)
    page.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: sections(page) == {"slipped": ["FU-2026-002"]})


# ---- freezing


def dialog_of(window: MainWindow, qtbot: QtBot) -> FreezeDialog:
    dialog = freeze_report(window)
    qtbot.waitUntil(lambda: dialog.tells.text() not in ("", "Reading what changed…"))
    return dialog


def test_freezing_proposes_everything_and_says_what_it_tells(
    window: MainWindow, changed: FrozenReport, context: Context, qtbot: QtBot
) -> None:
    window.show_page("follow_up")
    dialog = dialog_of(window, qtbot)
    assert dialog.main.at("title").value() == "Report of 21 Nov 2026"
    assert dialog.main.at("period_from").value() == "2026-11-21"
    assert dialog.main.at("recipient").value() == "Tokyo"
    assert dialog.tells.text().startswith("Since the report of 21 Nov 2026: 1 new (FU-2026-004)")
    said: list[tuple[str, list[Any]]] = []
    context.said.connect(lambda sentence, actions: said.append((sentence, actions)))
    dialog.main.at("title").set_value("Year’s end")
    dialog.accept()
    frozen = reporting.reports()[0]
    assert (frozen.title, frozen.recipient, frozen.layout) == ("Year’s end", "Tokyo", "status_report")
    sentence, actions = said[-1]
    assert sentence == "The report “Year’s end” is frozen."
    assert [words for words, _act in actions] == ["Export…", "Show"]
    actions[0][1]()
    export = window.findChild(ExportDialog)
    assert export.since.currentData() == changed.uid
    export.discard()
    actions[1][1]()
    assert window.page.report().uid == frozen.uid


def test_the_first_report_tells_everything(window: MainWindow, qtbot: QtBot) -> None:
    dialog = dialog_of(window, qtbot)
    assert "3 new" not in dialog.tells.text()  # recommendations and initiatives count too
    assert "new" in dialog.tells.text()
    assert dialog.main.at("period_from").value() is None


def test_a_period_that_is_over_is_frozen_as_things_stand_and_that_is_said(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_of(window, qtbot)
    assert "is in it too" not in dialog.tells.text()
    dialog.main.at("period_to").set_value("2026-09-30")
    dialog.main.at("period_to").committed.emit()
    qtbot.waitUntil(lambda: "What was done after 30 Sep 2026 is in it too" in dialog.tells.text())


def test_the_list_at_hand_can_be_what_a_report_covers(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    page = window.show_page("follow_up")
    dialog = dialog_of(window, qtbot)
    dialog.scope.setCurrentIndex(1)
    assert dialog.scope.currentText() == "The list at hand: Follow-ups"
    dialog.accept()
    report = reporting.reports()[0]
    assert reporting.scoped(report).entity is FollowUp
    records.change(context.workspace, Organisation.get(Organisation.acronym == "DFC"), {"name": "Another"})
    follow_ups.add(context.workspace, {"title": "Covered"}, [])
    shown = window.show_page("reports")
    shown.changes.kinds.setCurrentIndex(shown.changes.kinds.findData(""))
    assert sections(shown) == {"new": ["FU-2026-004"]}
    assert "Filter: Follow-ups" in shown.head.facts.text()
    assert page is not shown


def test_a_report_ends_where_the_last_workbook_was_made(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    at = Operation.select(Operation.uid).order_by(Operation.id.desc()).scalar()
    reports.exported(context.workspace, "Status.xlsx", operation=at, audience="internal")
    follow_ups.add(context.workspace, {"title": "Done meanwhile"}, [])
    dialog = dialog_of(window, qtbot)
    assert dialog.until.currentText().startswith("What the workbook Status.xlsx has (21 Nov 2026")
    before = dialog.tells.text()
    dialog.until.setCurrentIndex(1)
    assert dialog.until.currentText() == "Everything up to now"
    qtbot.waitUntil(lambda: dialog.tells.text() not in (before, "Reading what changed…"))
    dialog.until.setCurrentIndex(0)
    dialog.accept()
    assert reporting.reports()[0].operation == at
    assert sections(window.show_page("reports")) == {"new": ["FU-2026-004"]}


def test_what_is_done_before_the_workbook_of_a_report_is_in_it(
    window: MainWindow, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    report = reporting.freeze(context.workspace, {"title": "November"})
    export_frozen(window, report, "")
    dialog = window.findChild(ExportDialog)
    follow_ups.add(context.workspace, {"title": "Done while the dialog stood there"}, [])
    dialog.file.line.setText(str(tmp_path / "Status.xlsx"))
    dialog.accept()
    qtbot.waitUntil(lambda: reporting.find("November").operation != report.operation, timeout=20_000)
    assert sections(window.show_page("reports")) == {}
    assert ending.workbooks(context.workspace, "internal") == []


def test_a_comparison_of_reports_with_different_filters_says_so(
    window: MainWindow, context: Context, changed: FrozenReport
) -> None:
    view = View("", "High priority", FollowUp, Definition(filters={"priority": ["high"]}))
    later = reporting.freeze(context.workspace, {"title": "December", "scope": reporting.scope(view)})
    page = window.show_page("reports")
    page.show_comparison(
        changed.uid, later.uid, comparison.comparison(context.workspace, changed.uid, later.uid)
    )
    assert page.head.note.isVisible()
    assert "(first: everything; then: “High priority”)" in page.head.note.text()


def test_a_wrong_period_is_told_under_its_field(window: MainWindow, qtbot: QtBot) -> None:
    dialog = dialog_of(window, qtbot)
    dialog.main.give("period_from", "2027-01-01")
    dialog.accept()
    assert dialog.isVisible()
    assert reporting.reports() == []


def test_a_title_that_is_taken_gets_a_number(window: MainWindow, qtbot: QtBot) -> None:
    dialog_of(window, qtbot).accept()
    assert dialog_of(window, qtbot).main.at("title").value() == "Report of 21 Nov 2026 (2)"


# ---- today


def test_today_tells_of_the_last_report_and_leads_to_it(
    window: MainWindow, changed: FrozenReport, qtbot: QtBot
) -> None:
    window.show_page("today")
    line = window.page.findChild(SinceLine)
    qtbot.waitUntil(lambda: not line.button.isHidden(), timeout=10_000)
    assert line.button.accessibleName().startswith("Since the report of 21 Nov 2026: New: 1")
    line.button.click()
    assert isinstance(window.page, ReportsPage)
    assert window.page.report().uid == changed.uid


def test_today_says_nothing_without_a_report(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("today")
    qtbot.wait(SETTLE_MS + 200)
    assert window.page.findChild(SinceLine).button.isHidden()


def test_ctrl_zero_leads_to_the_reports(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, ReportsPage)
    assert QApplication.focusWidget() is window.page.list or window.page.list.count() == 0
