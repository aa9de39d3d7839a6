"""A workbook that came back, in the window: read off its thread, shown cell by cell, decided, taken over, undone."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.export.intake.book import Book
from desktop.export.intake.wayback import Kind, Proposal, Sent
from desktop.export.report import Request, export, note
from desktop.i18n import LANGUAGES, messages, speaking
from desktop.model import FollowUp, Operation
from desktop.service import links, records
from desktop.ui.context import Context
from desktop.ui.intake import opening
from desktop.ui.intake.looking import Found
from desktop.ui.intake.reading import ReadingDialog
from desktop.ui.intake.wayback import listing, menu
from desktop.ui.intake.wayback.choices import Choices, Scope
from desktop.ui.intake.wayback.detail import page
from desktop.ui.intake.wayback.page import ChangesDialog, open_changes
from desktop.ui.intake.wayback.table import ChangesTable
from desktop.ui.tones import LIGHT
from desktop.ui.window import MainWindow
from tests.ui.looking import Long, cut, nameless

SHEET = "Follow-ups open"
TITLE, OWNER, RAISED, DUE = "Follow-up", "Owner", "Raised", "Due (first)"
Edit = Callable[[Any, dict[str, int]], None]


@pytest.fixture
def window(
    context: Context, qtbot: QtBot, request: pytest.FixtureRequest, monkeypatch: Any
) -> Iterator[MainWindow]:
    """Where a test says so, in words that are 40 % longer."""
    if getattr(request, "param", "") == "long":
        monkeypatch.setattr(messages, "_catalogue", lambda _code: Long())
    made = MainWindow(context)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


@pytest.fixture
def sent(context: Context, tmp_path: Path) -> Callable[[Edit], Path]:
    """A workbook as it was sent, after an edit of its sheet of follow-ups."""

    def make(edit: Edit) -> Path:
        path = tmp_path / "Status.xlsx"
        note(context.workspace, export(context.workspace, Request(as_of="2026-11-21"), path))
        book = load_workbook(path)
        sheet = book[SHEET]
        head = next(row for row in sheet.iter_rows(max_row=10) if any(cell.value == TITLE for cell in row))
        columns = {str(cell.value): cell.column for cell in head if cell.value}
        edit(sheet, columns)
        book.save(path)
        return path

    return make


def row_of(sheet: Any, ref: str) -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == ref)


def some(sheet: Any, columns: dict[str, int]) -> None:
    """A change, one that is a conflict soon, a cell emptied, one that cannot be taken, a new row, one that is gone."""
    first, second = row_of(sheet, "FU-2026-001"), row_of(sheet, "FU-2026-002")
    sheet.cell(first, columns[TITLE]).value = "Send the list of trusted suppliers"
    sheet.cell(first, columns[OWNER]).value = None
    sheet.cell(second, columns[TITLE]).value = "Come back on the terms of the loan"
    sheet.cell(second, columns[RAISED]).value = "some day"
    added = sheet.max_row + 1
    sheet.cell(added, columns[TITLE]).value = "Ask for the schedule"
    sheet.delete_rows(row_of(sheet, "FU-2026-003"))


@pytest.fixture
def shown(window: MainWindow, sent: Any, qtbot: QtBot) -> ChangesDialog:
    """The page of these edits, over a workspace in which one of the records was changed meanwhile."""
    path = sent(some)
    records.change(window.context.workspace, links.find("FU-2026-002"), {"title": "Come back on all terms"})
    return read(window, path, qtbot)


def read(window: MainWindow, path: Path, qtbot: QtBot) -> ChangesDialog:
    opening.take_in(window, path)
    qtbot.waitUntil(lambda: bool(open_pages(window)), timeout=20_000)
    return open_pages(window)[0]


def open_pages(window: MainWindow) -> list[ChangesDialog]:
    return [each for each in window.findChildren(ChangesDialog) if each.isVisible()]


def at(dialog: ChangesDialog, kind: Kind) -> Proposal:
    """Go to the first of a kind."""
    rows = dialog.table.rows
    row = next(row for row in range(rows.rowCount()) if rows.proposal(row).kind is kind)
    dialog.table.setCurrentIndex(rows.index(row, 0))
    return rows.proposal(row)


def taken(dialog: ChangesDialog) -> bool | None:
    return dialog.choices().taken(dialog.table.current())


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


# ---- what is shown


def test_everything_that_differs_is_shown_and_nothing_is_written(shown: ChangesDialog) -> None:
    kinds = shown.choices().kinds()
    assert [kinds[kind] for kind in Kind][:6] == [1, 1, 1, 1, 1, 1]
    first = shown.table.rows.proposal(0)
    assert (first.kind, first.sheet, first.letter, first.heading) == (Kind.CONFLICT, SHEET, "B", TITLE)
    assert (first.exported, first.now, first.came) == (
        "Come back on terms",
        "Come back on all terms",
        "Come back on the terms of the loan",
    )
    assert shown.act_button.text().replace("&", "") == "Take over 2 changes"
    assert shown.head.title.text() == "Status.xlsx"
    about = shown.head.about.text()
    assert "as of 21 Nov 2026" in about
    assert "Internal" in about
    assert "exported 21 Nov 2026" in about
    assert shown.head.told.isHidden()
    assert "1 conflict is not decided" in shown.count.text()
    shown.reject()
    assert links.find("FU-2026-001").title == "Send the list of suppliers"


def test_what_cannot_be_taken_says_where_it_is_and_why(shown: ChangesDialog) -> None:
    at(shown, Kind.ERROR)
    text = shown.detail.text.toPlainText()
    assert SHEET in text
    assert "row 4" in text
    assert RAISED in text
    assert "some day" in text
    assert not shown.table.rows.flags(shown.table.currentIndex()) & Qt.ItemFlag.ItemIsUserCheckable
    press(shown.table, Qt.Key.Key_Space)
    assert taken(shown) is None


def test_differences_are_marked_by_lines_and_not_by_colour_alone() -> None:
    proposal = Proposal(Kind.CONFLICT, SHEET, exported="old words", now="old <b>", came="new words")
    told = page(proposal, LIGHT)
    assert told.count("underline") == 2
    assert "line-through" in told
    assert "&lt;b&gt;" in told
    for words in ("Was at export", "Is now", "Came back"):
        assert words in told
    assert "(empty)" in page(Proposal(Kind.CLEAR, SHEET, exported="x", now="x"), LIGHT)


def test_the_list_is_narrowed_by_kind_and_by_words(shown: ChangesDialog, qtbot: QtBot) -> None:
    every = shown.table.rows.rowCount()
    shown.head.kinds.button(Kind.NEW).click()
    assert shown.table.rows.rowCount() == 1
    shown.head.kinds.button(Kind.ERROR).click()
    assert shown.table.rows.rowCount() == 2
    fixed = shown.choices().fixed()
    assert shown.count.text().startswith(f"1 of {every - fixed} changes")
    assert f", {fixed} that cannot be taken" in shown.count.text()
    for kind in (Kind.NEW, Kind.ERROR):
        shown.head.kinds.button(kind).click()
    QTest.keyClicks(shown.table, "tr")
    assert shown.head.search.hasFocus()
    QTest.keyClicks(shown.head.search, "usted")
    qtbot.waitUntil(lambda: shown.table.rows.rowCount() == 1)
    press(shown.head.search, Qt.Key.Key_Return)
    assert shown.isVisible()
    assert shown.table.hasFocus()
    shown.head.search.setText("nothing like it")
    qtbot.waitUntil(lambda: shown.table.rows.rowCount() == 0)
    assert shown.nothing.isVisible()
    assert shown.act_button.isEnabled()  # what is decided stays, shown or not
    shown.nothing.button.click()
    assert shown.table.rows.rowCount() == every
    assert shown.count.text().startswith(f"{every - fixed} changes")
    assert f"{fixed} that cannot be taken" in shown.count.text()


def test_a_click_on_a_heading_sorts_and_the_third_brings_the_order_back(shown: ChangesDialog) -> None:
    table = shown.table
    before = list(table.rows.numbers)
    table.horizontalHeader().sectionClicked.emit(3)
    rows = [table.rows.proposal(row).row for row in range(table.rows.rowCount())]
    assert rows == sorted(rows)
    table.horizontalHeader().sectionClicked.emit(3)
    table.horizontalHeader().sectionClicked.emit(3)
    assert table.rows.numbers == before


# ---- deciding


def test_by_the_keyboard(shown: ChangesDialog) -> None:
    at(shown, Kind.CONFLICT)
    assert taken(shown) is None
    press(shown.table, Qt.Key.Key_1)
    assert taken(shown) is True
    assert shown.detail._theirs.isChecked()
    press(shown.table, Qt.Key.Key_2)
    assert taken(shown) is False
    assert "not decided" not in shown.count.text()
    at(shown, Kind.CHANGE)
    press(shown.table, Qt.Key.Key_Space)
    assert taken(shown) is False
    press(shown.table, Qt.Key.Key_Space)
    assert taken(shown) is True


def test_a_record_is_deleted_only_where_it_is_chosen_itself(shown: ChangesDialog) -> None:
    number = shown.choices().proposals.index(at(shown, Kind.GONE))
    assert taken(shown) is False
    shown.table.selectAll()
    shown.table.decide_selected(True)
    assert shown.choices().taken(number) is False
    at(shown, Kind.GONE)
    for scope in Scope:
        assert number not in shown.table.within(scope, True)
    shown.detail._theirs.click()
    assert taken(shown) is True


def test_a_column_a_row_and_all(shown: ChangesDialog) -> None:
    at(shown, Kind.CHANGE)
    kinds = {shown.choices().proposals[each].kind for each in shown.table.within(Scope.ROW, True)}
    assert kinds == {Kind.CHANGE}  # the cell emptied in the same row is not cleared with it
    assert shown.table.rows.decide(shown.table.within(Scope.ROW, False), False) == 1
    at(shown, Kind.CLEAR)
    cleared = shown.table.within(Scope.COLUMN, True)
    assert shown.table.rows.decide(cleared, True) == 1
    assert taken(shown) is True
    every = shown.table.within(Scope.ALL, True)
    assert {shown.choices().proposals[each].kind for each in every} == {Kind.CHANGE, Kind.NEW}


def clearing() -> list[Proposal]:
    """Of one row and column: a conflict, one whose cell came empty, a cell emptied, a change."""
    return [
        Proposal(Kind.CONFLICT, "a", 3, 2, uid="u", came="theirs"),
        Proposal(Kind.CONFLICT, "a", 4, 2, uid="v"),
        Proposal(Kind.CLEAR, "a", 4, 3, uid="v"),
        Proposal(Kind.CHANGE, "a", 4, 4, uid="v", came="theirs"),
        Proposal(Kind.CONFLICT, "a", 4, 5, uid="v", came="theirs"),
    ]


def test_a_conflict_whose_cell_came_empty_is_taken_only_itself_or_with_its_column() -> None:
    choices, shown = Choices(clearing()), range(5)
    assert choices.within(Scope.COLUMN, 0, shown, True) == [0]
    assert choices.within(Scope.COLUMN, 1, shown, True) == [0, 1]
    assert choices.within(Scope.ROW, 4, shown, True) == [3, 4]
    assert choices.within(Scope.ROW, 1, shown, True) == [1, 3, 4]
    assert choices.within(Scope.ROW, 4, shown, False) == [1, 2, 3, 4]
    assert choices.within(Scope.ALL, 1, shown, True) == [3]


def test_theirs_of_all_that_is_selected_clears_nothing(qtbot: QtBot) -> None:
    table = ChangesTable()
    qtbot.addWidget(table)
    table.rows.show_choices(Choices(clearing()))
    table.selectAll()
    table.decide_conflicts(True)
    assert [table.rows.choices.taken(number) for number in range(5)] == [True, None, False, False, True]
    table.decide_selected(True)
    assert [table.rows.choices.taken(number) for number in range(5)] == [True, None, False, True, True]
    table.selectRow(1)
    table.decide_conflicts(True)
    assert table.rows.choices.taken(1) is True
    table.selectAll()
    table.decide_conflicts(False)
    assert [table.rows.choices.taken(number) for number in range(5)] == [False, False, False, True, False]


def test_of_two_cells_that_say_two_things_of_one_field_one_is_taken() -> None:
    one, other = (
        Proposal(Kind.CONFLICT, sheet, 3, 2, uid="u", values={"title": sheet}) for sheet in ("a", "b")
    )
    choices = Choices([one, other])
    choices.decide([0], True)
    choices.decide([1], True)
    assert [choices.taken(number) for number in range(2)] == [False, True]


def test_the_menu_offers_what_can_be_decided(shown: ChangesDialog) -> None:
    made = QMenu()
    at(shown, Kind.CLEAR)
    menu.fill(made, shown.table)
    texts = [action.text().replace("&", "") for action in made.actions() if action.isEnabled()]
    assert f"Take this column with its emptied cells: {OWNER}" in texts
    assert not any(text.startswith("Conflict") for text in texts)
    at(shown, Kind.CONFLICT)
    menu.fill(made, shown.table)
    (theirs,) = (each for each in made.actions() if each.text().startswith("Conflict: t&heirs"))
    theirs.trigger()
    assert taken(shown) is True


# ---- taking over


def test_taken_over_as_one_operation_and_taken_back(shown: ChangesDialog, qtbot: QtBot) -> None:
    workspace = shown.context.workspace
    seen: list[Any] = []
    shown.context.changed.connect(seen.append)
    at(shown, Kind.CONFLICT)
    press(shown.table, Qt.Key.Key_1)
    before = Operation.select().count()
    shown.head.kinds.button(Kind.NEW).click()
    shown.head.search.setText("schedule")
    shown.act_button.click()
    assert not shown.act_button.isEnabled()
    qtbot.waitUntil(lambda: bool(shown.messages.text()), timeout=20_000)
    assert shown.messages.text() == "3 changes were taken over."
    assert Operation.select().count() == before + 1
    assert any(each is not None for each in seen)
    assert links.find("FU-2026-001").title == "Send the list of trusted suppliers"
    assert links.find("FU-2026-002").title == "Come back on the terms of the loan"
    assert FollowUp.get_or_none(FollowUp.title == "Ask for the schedule") is not None
    assert [path.name for path in workspace.engine.path.parent.rglob("*import*")]
    assert not shown.choices().count()
    assert shown.choices().kinds()[Kind.CLEAR] == 1  # what was not taken stays listed
    assert shown.table.rows.rowCount() == len(shown.choices())  # and nothing is sought among it
    assert not shown.head.kinds.chosen()
    assert not shown.head.search.text()
    shown.messages.buttons()[0].click()
    assert links.find("FU-2026-001").title == "Send the list of suppliers"
    assert links.find("FU-2026-002").title == "Come back on all terms"
    assert shown.choices().count() == 3
    assert shown.messages.text().startswith("Taken back: ")


@pytest.mark.timeout(30)
def test_taken_over_with_the_mouse_on_the_button(shown: ChangesDialog, qtbot: QtBot) -> None:
    """While it is busy, no part of it takes the keyboard: the look for the next one has to come to an end."""
    assert shown.choices().count()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.act_button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert shown.focusWidget() is shown.act_button
    QTest.mouseClick(shown.act_button, Qt.MouseButton.LeftButton)
    assert shown.busy
    qtbot.waitUntil(lambda: not shown.busy)


def test_what_was_decided_is_there_again_when_the_file_is(
    shown: ChangesDialog, window: MainWindow, qtbot: QtBot
) -> None:
    path = shown.found.path
    at(shown, Kind.CHANGE)
    press(shown.table, Qt.Key.Key_Space)
    at(shown, Kind.CONFLICT)
    press(shown.table, Qt.Key.Key_1)
    at(shown, Kind.NEW)
    press(shown.table, Qt.Key.Key_Space)
    records.change(window.context.workspace, links.find("FU-2026-002"), {"title": "Come back on none"})
    press(shown, Qt.Key.Key_Escape)
    assert open_pages(window) == []
    assert window.messages.text() == "What you decided of Status.xlsx is kept."
    window.messages.buttons()[0].click()
    qtbot.waitUntil(lambda: bool(open_pages(window)), timeout=20_000)
    again = open_pages(window)[0]
    told = "1 decision no longer fits: what it was about has changed since."
    assert again.messages.text() == f"2 changes are decided as you left them. {told}"
    assert at(again, Kind.CHANGE)
    assert taken(again) is False
    at(again, Kind.NEW)
    assert taken(again) is False
    assert again.choices().undecided() == 1  # what it is now is another thing than what was decided on
    again.messages.buttons()[0].click()
    assert again.choices().count() == 2
    assert again.messages.text() == "2 decisions are given up."
    again.messages.buttons()[0].click()
    assert again.choices().count() == 0
    again.messages.dismiss()
    again.show_choices(Choices(again.found.proposals))
    again.reject()
    assert window.drafts == {}
    third = read(window, path, qtbot)
    assert third.choices().count() == 2
    assert not third.messages.text()


def test_what_was_decided_is_forgotten_where_one_says_so(shown: ChangesDialog, window: MainWindow) -> None:
    at(shown, Kind.CHANGE)
    press(shown.table, Qt.Key.Key_Space)
    shown.reject()
    assert window.drafts
    window.messages.buttons()[1].click()
    assert window.drafts == {}


def test_what_was_left_stays_decided_after_the_rest_is_taken_over(
    shown: ChangesDialog, window: MainWindow, qtbot: QtBot
) -> None:
    at(shown, Kind.CONFLICT)
    press(shown.table, Qt.Key.Key_2)
    shown.act_button.click()
    qtbot.waitUntil(lambda: bool(shown.messages.text()), timeout=20_000)
    at(shown, Kind.CONFLICT)
    assert taken(shown) is False
    shown.reject()
    assert len(window.drafts) == 1


def test_what_stands_in_the_file_is_shown_beside_what_would_be_kept() -> None:
    proposal = Proposal(Kind.CHANGE, SHEET, exported="Open", now="Open", came="In progress", typed="進行中")
    told = page(proposal, LIGHT)
    assert "As it stands in the file" in told
    assert "進行中" in told
    assert "As it stands" not in page(replace(proposal, typed="In progress"), LIGHT)
    assert "(empty)" in page(replace(proposal, kind=Kind.CLEAR, came="1 Mar 2027", typed=""), LIGHT)
    new = page(Proposal(Kind.NEW, SHEET, came="Due: 1 Mar 2027 · b: c", typed="Due: 2027-3-1 · b: c"), LIGHT)
    assert "Due: 2027-3-1<br>b: c" in new


def test_once_everything_is_taken_the_page_closes(window: MainWindow, sent: Any, qtbot: QtBot) -> None:
    def edit(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(row_of(sheet, "FU-2026-001"), columns[TITLE]).value = "Send the list"

    dialog = read(window, sent(edit), qtbot)
    dialog.act_button.click()
    qtbot.waitUntil(lambda: not open_pages(window), timeout=20_000)
    assert links.find("FU-2026-001").title == "Send the list"
    assert window.messages.text() == "1 change was taken over."
    window.messages.buttons()[0].click()
    assert links.find("FU-2026-001").title == "Send the list of suppliers"


def test_what_was_changed_while_one_looked_becomes_a_conflict(shown: ChangesDialog, qtbot: QtBot) -> None:
    records.change(shown.context.workspace, links.find("FU-2026-001"), {"title": "Send nothing"})
    shown.act_button.click()
    qtbot.waitUntil(lambda: bool(shown.messages.text()), timeout=20_000)
    assert shown.messages.kind() == "error"
    assert links.find("FU-2026-001").title == "Send nothing"
    assert shown.choices().kinds()[Kind.CONFLICT] == 2
    assert shown.choices().undecided() == 2


def test_the_list_is_copied_and_written(shown: ChangesDialog, tmp_path: Path, monkeypatch: Any) -> None:
    at(shown, Kind.ERROR)
    press_copy = shown.table.copy_requested
    press_copy.emit()
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0].startswith("What it is\tSheet\tRow\tRecord")
    assert "some day" in copied[1]
    path = tmp_path / "list.csv"
    proposed: list[str] = []

    def ask(*given: Any) -> tuple[str, str]:
        proposed.append(Path(given[2]).name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    shown.save_button.click()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        written = list(csv.reader(stream))
    assert written[0] == ["Handling: Internal", *[""] * (len(written[1]) - 1)]
    assert len(written) == 2 + len(shown.choices()) - shown.choices().count()
    assert any("some day" in line for line in written)
    assert proposed[0].endswith(" – Internal.csv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_name_gives_way_to_the_marking_in_that_of_the_list(
    shown: ChangesDialog, tmp_path: Path, monkeypatch: Any, language: str
) -> None:
    proposed: list[Path] = []

    def ask(*given: Any) -> tuple[str, str]:
        proposed.append(Path(given[2]))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    with speaking(language):
        for _time in range(2):
            assert listing.save(shown, [], tmp_path, "状況報告" * 15, "取扱注意" * 15) is None
            assert len(proposed[-1].name.encode()) <= 255
            proposed[-1].touch()
    assert len(set(proposed)) == 2
    for each in proposed:
        assert each.name.startswith("状況報告")
        assert f" – {'取扱注意' * 15}" in each.name


def test_a_workbook_without_changes_says_so(window: MainWindow, sent: Any, qtbot: QtBot) -> None:
    dialog = read(window, sent(lambda _sheet, _columns: None), qtbot)
    assert dialog.nothing.isVisible()
    assert "nothing to take over" in dialog.nothing.accessibleName()
    assert not dialog.act_button.isEnabled()


@pytest.mark.parametrize("window", ["en", "long"], indirect=True)
def test_nothing_is_cut_and_everything_has_a_name(
    window: MainWindow, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    found = Found(tmp_path / "Status.xlsx", Book("xlsx", [], [], tmp_path / "private"))
    found.sent = Sent(found.book, "", None, 1, "internal", "en", "", "2026-11-21", ())
    found.proposals = [
        Proposal(kind, "Follow-ups open", 7, 2, "Follow-up", "FU-2026-001, Send the list", "a", "b", "c")
        for kind in Kind
    ]
    dialog = open_changes(window, found)
    dialog.resize(1280, 720)
    for row in range(len(found.proposals)):
        dialog.table.selectRow(row)
        qtbot.wait(30)
        assert cut(dialog) == []
        assert nameless(dialog) == []


# ---- reading


def test_a_refusal_is_a_sentence_with_its_advice(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: Any
) -> None:
    path = tmp_path / "Letter.xlsx"
    path.write_bytes(b"%PDF-1.4 no workbook at all")
    dialog = opening.take_in(window, path)
    qtbot.waitUntil(lambda: not dialog.problem.isHidden(), timeout=20_000)
    assert "Letter.xlsx" in dialog.problem.text()
    assert dialog.advice.text()
    assert dialog.bar.isHidden()
    assert dialog.tracker.isHidden()
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (asked.append(given[1]), ("", ""))[1])
    dialog.act_button.click()
    assert asked == ["Take in a file"]
    dialog.reject()


def test_reading_is_stopped(window: MainWindow, sent: Any, qtbot: QtBot) -> None:
    dialog = opening.take_in(window, sent(some))
    dialog.reject()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not window.findChildren(ReadingDialog), timeout=20_000)
    assert open_pages(window) == []
    assert window.drafts == {}


def foreign(folder: Path) -> Path:
    book = Workbook()
    book.active.append(["Action", "Owner", "Due"])
    book.active.append(["Call the ministry", "Sato", dt.date(2026, 12, 1)])
    path = folder / "Tracker.xlsx"
    book.save(path)
    return path


def test_another_tracker_goes_to_the_wizard(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: Any
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(opening, "open_tracker", lambda *given: opened.append(given))
    path = foreign(tmp_path)
    opening.take_in(window, path)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0][:2] == (window, path)
    assert opened[0][2].sheets[0].cell(2, 1).value == "Call the ministry"
    opened[0][2].close()


def test_a_table_that_is_dropped_on_the_window_is_taken_in(
    window: MainWindow, sent: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    path = sent(some)
    letter = tmp_path / "Letter.pdf"
    letter.write_bytes(b"%PDF")
    place, copy, left = QPoint(5, 5), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    for host in (window, window.stack):
        for file, wanted in ((letter, host is window.stack), (path, True)):
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(file))])
            over = QDragEnterEvent(place, copy, data, left, none)
            QApplication.sendEvent(host, over)
            assert over.isAccepted() is wanted
            if file is not path:
                continue
            drop = QDropEvent(QPointF(place), copy, data, left, none, QEvent.Type.Drop)
            QApplication.sendEvent(host, drop)
            assert drop.isAccepted()
            qtbot.waitUntil(lambda: bool(open_pages(window)), timeout=20_000)
            open_pages(window)[0].reject()
