"""The wizard for trackers: what it understands, what it lets one correct, and that nothing is written before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop import i18n
from desktop.export.intake.reading import read
from desktop.export.intake.tracker.plan import Act
from desktop.i18n import messages
from desktop.model import FollowUp, Operation, Organisation
from desktop.service import links, mappings, records
from desktop.store import backup
from desktop.ui.context import Context
from desktop.ui.intake.tracker import planned
from desktop.ui.intake.tracker.columngrid import NOTE
from desktop.ui.intake.tracker.keeping import apply_file, fill_menu, write_mapping
from desktop.ui.intake.tracker.savedialog import SaveMappingDialog
from desktop.ui.intake.tracker.wizard import TrackerWizard, open_wizard
from desktop.ui.widgets.combo import Combo
from desktop.ui.window import MainWindow
from tests.ui.looking import Long, cut, nameless
from tests.ui.trackers import english

FILE, COLUMNS, WORDS, OUTCOME = range(4)


@pytest.fixture
def window(
    context: Context, qtbot: QtBot, request: pytest.FixtureRequest, monkeypatch: Any
) -> Iterator[MainWindow]:
    language = getattr(request, "param", "en")
    if language == "long":
        monkeypatch.setattr(messages, "_catalogue", lambda _code: Long())
    else:
        i18n.use(language)
    made = MainWindow(context)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()
    i18n.use("en")


@pytest.fixture
def begin(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Callable[..., TrackerWizard]:
    """Opens the wizard for the tracker, and waits until it is understood."""

    def opened() -> TrackerWizard:
        path = english(tmp_path / "tracker.xlsx")
        wizard = open_wizard(window, path, read(path))
        settled(qtbot, wizard)
        return wizard

    return opened


@pytest.fixture
def wizard(begin: Callable[..., TrackerWizard]) -> TrackerWizard:
    return begin()


def settled(qtbot: QtBot, wizard: TrackerWizard) -> None:
    qtbot.waitUntil(lambda: not wizard.work.going(), timeout=20_000)
    qtbot.wait(60)


def go(qtbot: QtBot, wizard: TrackerWizard, step: int) -> None:
    wizard.go(step)
    settled(qtbot, wizard)
    assert wizard.at == step


def choose(combo: Any, value: str) -> None:
    """Pick an entry as a person does."""
    place = combo.findData(value)
    assert place >= 0
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def column(wizard: TrackerWizard, title: str) -> int:
    titles = [each.shown for each in wizard.held.understood.headers[0].columns]
    return titles.index(title)


def cells(wizard: TrackerWizard, key: str) -> list[tuple[str, ...]]:
    return [line.cells for line in wizard.steps[OUTCOME].tables[key].lines.lines]


def take_in(qtbot: QtBot, wizard: TrackerWizard) -> None:
    wizard.accept()
    qtbot.waitUntil(lambda: not isValid(wizard) or not wizard.isVisible(), timeout=20_000)


def test_quarters_are_told_and_taken_where_it_is_said_how(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "quarters.csv"
    path.write_text(
        "Task;Deadline;Raised\nSend it;Q3 2026;2026-05-01\nReturn it;4T 2026;2026-05-02\n", "utf-8"
    )
    wizard = open_wizard(window, path, read(path))
    settled(qtbot, wizard)
    go(qtbot, wizard, COLUMNS)
    step = wizard.steps[COLUMNS]
    step.grid.reached.emit(column(wizard, "Raised"))
    assert not step.quarters.isVisible()
    step.grid.reached.emit(column(wizard, "Deadline"))
    assert step.quarters.isVisible()
    assert "“Q3 2026” is a quarter." in step.about.text()
    choose(step.quarters, "last_day")
    settled(qtbot, wizard)
    shown = [cells[column(wizard, "Deadline")] for _number, cells in wizard.held.rows]
    assert [(cell.words, cell.why) for cell in shown] == [("30 Sep 2026", ""), ("31 Dec 2026", "")]


def test_which_of_two_columns_of_one_name_is_asked(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("Task;Due;Status;Due\nSend it;2026-12-01;Open;2026-12-20\n", "utf-8")
    wizard = open_wizard(window, path, read(path))
    settled(qtbot, wizard)
    go(qtbot, wizard, COLUMNS)
    step = wizard.steps[COLUMNS]
    asked = "Several columns are called “Due”: B and D."
    assert asked in step.said.text()
    assert [combo.currentData() for combo in (step.grid.combos[1], step.grid.combos[3])] == [NOTE, NOTE]
    step.grid.reached.emit(1)
    assert asked in step.about.text()
    choose(step.grid.combos[3], "due_on")
    settled(qtbot, wizard)
    assert asked not in step.said.text()
    assert wizard.held.understood.mapping.rule("due_on").letter == "D"


# ---- what it is


def test_sheets_of_one_heading_are_taken_together_and_the_headings_marked(wizard: TrackerWizard) -> None:
    step = wizard.steps[FILE]
    ticked = [
        step.sheets.item(row).text()
        for row in range(step.sheets.count())
        if step.sheets.item(row).checkState() is Qt.CheckState.Checked
    ]
    assert ticked == ["January (3 rows)", "February (3 rows)"]
    assert step.kind.currentText() == "Follow-up"
    assert step.row.value() == 4
    marked = [row for row in range(step.preview.rowCount()) if step.preview.item(row, 1).font().bold()]
    assert [step.preview.item(row, 1).text() for row in marked] == ["Action"]


def test_the_headings_are_moved_over_empty_rows_and_what_was_corrected_holds(
    wizard: TrackerWizard, qtbot: QtBot
) -> None:
    go(qtbot, wizard, COLUMNS)
    place = column(wizard, "Folder")
    choose(wizard.steps[COLUMNS].grid.combos[place], "outcome")
    go(qtbot, wizard, FILE)
    step = wizard.steps[FILE]

    step.row.stepDown()  # row 3 is empty
    settled(qtbot, wizard)
    assert step.row.value() == 2
    step.row.stepUp()
    settled(qtbot, wizard)

    assert step.row.value() == 4
    assert wizard.held.understood.mapping.columns[place].target == "outcome"


def test_enter_in_the_preview_says_where_the_headings_are(wizard: TrackerWizard, qtbot: QtBot) -> None:
    step = wizard.steps[FILE]
    step.preview.setCurrentCell(1, 0)
    step.preview.setFocus()
    QTest.keyClick(step.preview, Qt.Key.Key_Return)
    settled(qtbot, wizard)
    assert (wizard.at, step.row.value()) == (FILE, 2)


def test_a_sheet_is_left_out_but_never_the_last_one(wizard: TrackerWizard, qtbot: QtBot) -> None:
    step = wizard.steps[FILE]
    step.sheets.item(1).setCheckState(Qt.CheckState.Unchecked)
    settled(qtbot, wizard)
    assert [header.sheet for header in wizard.held.understood.headers] == ["January"]
    step.sheets.item(0).setCheckState(Qt.CheckState.Unchecked)
    settled(qtbot, wizard)
    assert [header.sheet for header in wizard.held.understood.headers] == ["January"]


def test_another_kind_of_record_has_other_fields(wizard: TrackerWizard, qtbot: QtBot) -> None:
    choose(wizard.steps[FILE].kind, "initiative")
    settled(qtbot, wizard)
    go(qtbot, wizard, COLUMNS)
    combo = wizard.steps[COLUMNS].grid.combos[0]
    assert combo.findData("stage") >= 0 > combo.findData("owed_by")


# ---- columns


def test_cells_are_shown_as_they_are_understood_and_others_marked_in_words(
    wizard: TrackerWizard, qtbot: QtBot
) -> None:
    go(qtbot, wizard, COLUMNS)
    step, place = wizard.steps[COLUMNS], column(wizard, "Deadline")
    assert step.grid.item(1, place).text() == "13 Feb 2026"
    assert step.grid.item(3, place).text() == "Not understood: asap"
    assert not step.grid.item(3, place).icon().isNull()
    step.grid.combos[place].setFocus()
    qtbot.waitUntil(lambda: "asap" in step.about.text())

    choose(step.grid.combos[place], NOTE)
    qtbot.waitUntil(lambda: step.grid.item(3, place).text() == "asap")


def test_the_order_of_day_and_month_is_offered_where_it_matters(wizard: TrackerWizard, qtbot: QtBot) -> None:
    go(qtbot, wizard, COLUMNS)
    step, place = wizard.steps[COLUMNS], column(wizard, "Raised")
    step.grid.combos[0].setFocus()
    assert not step.dates.isVisible()
    step.grid.combos[place].setFocus()
    qtbot.waitUntil(step.dates.isVisible)
    assert step.dates.currentData() == "day_first"
    choose(step.dates, "month_first")
    qtbot.waitUntil(lambda: step.grid.item(1, place).text() == "1 May 2026")


def test_a_field_has_one_column(wizard: TrackerWizard, qtbot: QtBot) -> None:
    go(qtbot, wizard, COLUMNS)
    choose(wizard.steps[COLUMNS].grid.combos[column(wizard, "Folder")], "due_on")
    assert wizard.held.understood.mapping.columns[column(wizard, "Deadline")].target == ""


# ---- words, names, and what will happen


def test_what_words_and_names_mean_is_said_and_goes_in_as_one_operation(
    wizard: TrackerWizard, context: Context, qtbot: QtBot
) -> None:
    before, said = FollowUp.select().count(), []
    context.said.connect(lambda sentence, actions: said.append((sentence, dict(actions))))
    go(qtbot, wizard, WORDS)
    step, place = wizard.steps[WORDS], column(wizard, "Status")
    assert step.combos[place, "Parked for now"].currentText() == "Not taken"
    choose(step.combos[place, "Parked for now"], "waiting")
    name = "Ministerio de Relaciones Exteriore"
    choose(step.names["organisation", name], "MINREL")
    go(qtbot, wizard, OUTCOME)
    assert not any("Parked" in " ".join(each) for each in cells(wizard, "untaken"))
    assert wizard.act_button.text() == "Take in 6 records"
    backups = len(list(backup.folder(context.workspace.engine.path).glob("*"))) if _backed_up(context) else 0

    operations = Operation.select().count()
    take_in(qtbot, wizard)

    assert Operation.select().count() == operations + 1
    assert len(list(backup.folder(context.workspace.engine.path).glob("*"))) == backups + 1
    assert [sentence for sentence, _actions in said] == ["6 records were taken in from tracker.xlsx."]
    lithium = FollowUp.get(FollowUp.title == "Prepare talking points on lithium")
    assert lithium.status == "waiting"
    port = FollowUp.get(FollowUp.title == "Arrange the visit to the port")
    assert port.owed_to.acronym == "MINREL"
    assert not Organisation.select().where(Organisation.name == name).exists()
    said[0][1]["Undo"]()
    assert context.told == []
    assert FollowUp.select().count() == before


def _backed_up(context: Context) -> bool:
    return backup.folder(context.workspace.engine.path).exists()


def test_a_likely_duplicate_becomes_the_record_that_is_there(wizard: TrackerWizard, qtbot: QtBot) -> None:
    before = FollowUp.select().count()
    go(qtbot, wizard, OUTCOME)
    step = wizard.steps[OUTCOME]
    step.tabs.setCurrentIndex(2)
    assert [each[2] for each in cells(wizard, "likely")] == ["Brief the capital on tender the"]
    made, changed = wizard.held.decided.counts(wizard.held.plan)
    step.decide[planned.SAME].click()
    assert wizard.held.decided.counts(wizard.held.plan) == (made - 1, changed + 1)
    take_in(qtbot, wizard)
    assert FollowUp.select().count() == before + made - 1
    assert links.find("FU-2026-003").due_on == "2026-03-30"


def test_a_likely_duplicate_is_left_out(wizard: TrackerWizard, qtbot: QtBot) -> None:
    go(qtbot, wizard, OUTCOME)
    step = wizard.steps[OUTCOME]
    step.tabs.setCurrentIndex(2)
    step.decide[planned.LEAVE].click()
    assert cells(wizard, "likely")[0][-1] == "Leave out"
    assert wizard.act_button.text() == "Take in 5 records"


def test_what_is_not_taken_is_told_with_its_place_and_can_be_copied_and_saved(
    wizard: TrackerWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    go(qtbot, wizard, OUTCOME)
    step = wizard.steps[OUTCOME]
    told = cells(wizard, "untaken")
    assert any(
        each[:4] == ("January", "7", "E  Deadline", "asap") and "not a date" in each[4] for each in told
    )
    assert any(each[1] == "8" and each[3].startswith("Total") for each in told)
    step.tabs.setCurrentIndex(3)
    step.copy_button.click()
    assert "asap" in QApplication.clipboard().text()
    step.write(tmp_path / "not taken.tsv")
    lines = (tmp_path / "not taken.tsv").read_text("utf-8-sig").splitlines()
    assert lines[:2] == ["Handling: Internal\t\t\t\t", "Sheet\tRow\tColumn\tText\tWhy"]
    assert len(lines) == len(told) + 2
    step.search.setText("asap")
    qtbot.waitUntil(lambda: len(cells(wizard, "untaken")) == 1)


def test_changes_are_shown_cell_by_cell(wizard: TrackerWizard, qtbot: QtBot) -> None:
    go(qtbot, wizard, OUTCOME)
    told = cells(wizard, "changed")
    due = next(each for each in told if each[2] == "FU-2026-001" and each[4] == "Due")
    assert due[5:] == ("18 Nov 2026", "13 Feb 2026")
    assert any(each[4].startswith("New update of") for each in told)
    assert wizard.held.plan.count(Act.CHANGE) == 1


def test_what_changed_meanwhile_is_looked_at_anew(
    wizard: TrackerWizard, context: Context, qtbot: QtBot
) -> None:
    go(qtbot, wizard, OUTCOME)
    before = FollowUp.select().count()
    records.change(context.workspace, links.find("FU-2026-001"), {"priority": "high"})
    wizard.accept()
    settled(qtbot, wizard)
    assert wizard.isVisible()
    assert FollowUp.select().count() == before
    take_in(qtbot, wizard)
    assert FollowUp.select().count() == before + 5


# ---- kept


def test_a_mapping_is_saved_and_applied_to_the_next_file(
    begin: Callable[..., TrackerWizard], qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = begin()
    go(qtbot, wizard, COLUMNS)
    choose(wizard.steps[COLUMNS].grid.combos[column(wizard, "Folder")], "outcome")
    go(qtbot, wizard, WORDS)
    choose(wizard.steps[WORDS].combos[column(wizard, "Status"), "Parked for now"], "cancelled")
    write_mapping(wizard, tmp_path / "Monthly.json")
    wizard.discard()

    again = begin()
    assert again is not wizard
    apply_file(again, tmp_path / "Monthly.json")
    settled(qtbot, again)
    rules = {rule.title: rule for rule in again.held.understood.mapping.columns}
    assert rules["Folder"].target == "outcome"
    assert rules["Status"].words["Parked for now"] == "cancelled"
    assert "Monthly" in again.steps[FILE].applied.text()


def test_a_mapping_is_kept_under_a_name_and_the_next_file_then_updates_what_is_there(
    begin: Callable[..., TrackerWizard], window: MainWindow, qtbot: QtBot
) -> None:
    wizard = begin()
    go(qtbot, wizard, COLUMNS)
    choose(wizard.steps[COLUMNS].grid.combos[column(wizard, "Folder")], "outcome")
    for count in (1, 1):  # the second time it replaces the first
        wizard.ends.save.click()
        dialog = next(each for each in window.findChildren(SaveMappingDialog) if each.isVisible())
        dialog.name.setFocus()
        dialog.main.give("name", "Monthly & more")
        dialog.accept()
        qtbot.waitUntil(lambda each=dialog: not isValid(each) or not each.isVisible())
        assert [row.name for row in mappings.rows()] == ["Monthly & more"] * count
    assert "Monthly & more" in wizard.messages._text.text()
    go(qtbot, wizard, OUTCOME)
    take_in(qtbot, wizard)
    made = FollowUp.select().count()

    again = begin()
    told = again.steps[FILE].applied
    assert told.isVisible()
    assert "knows 9 headings" in told.text()
    menu = QMenu()
    fill_menu(menu, again)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Monthly && more (9 of 9 headings)",
        "From a file…",
    ]
    menu.actions()[0].trigger()
    settled(qtbot, again)
    assert "is applied" in told.text()
    assert again.held.understood.mapping.columns[column(again, "Folder")].target == "outcome"
    go(qtbot, again, OUTCOME)
    assert again.held.plan.count(Act.MAKE) == 0
    assert FollowUp.select().count() == made


def test_a_file_that_is_no_mapping_is_refused_in_words(wizard: TrackerWizard, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("[]")
    apply_file(wizard, tmp_path / "other.json")
    assert "no mapping" in wizard.messages._text.text()
    apply_file(wizard, tmp_path / "nowhere.json")
    assert "nowhere.json" in wizard.messages._text.text()


def test_closed_with_corrections_it_is_kept_as_a_draft(
    wizard: TrackerWizard, context: Context, qtbot: QtBot
) -> None:
    go(qtbot, wizard, COLUMNS)
    choose(wizard.steps[COLUMNS].grid.combos[column(wizard, "Folder")], "outcome")
    actions: list[Any] = []
    context.said.connect(lambda _sentence, offered: actions.extend(offered))
    wizard.reject()
    assert not wizard.isVisible()
    dict(actions)["Go on"]()
    assert wizard.isVisible()
    assert wizard.held.understood.mapping.columns[column(wizard, "Folder")].target == "outcome"
    folder = wizard.held.book.folder
    wizard.discard()
    assert not folder.exists()


def test_closed_without_any_the_file_is_let_go(wizard: TrackerWizard) -> None:
    folder = wizard.held.book.folder
    wizard.reject()
    assert not folder.exists()


@pytest.mark.parametrize("window", ["en", "long", "ja"], indirect=True)
def test_nothing_is_cut_or_nameless_in_any_step(wizard: TrackerWizard, qtbot: QtBot) -> None:
    for step in (FILE, COLUMNS, WORDS, OUTCOME):
        go(qtbot, wizard, step)
        assert cut(wizard) == []
        assert nameless(wizard) == []
    wizard.steps[OUTCOME].tabs.setCurrentIndex(2)
    qtbot.wait(20)
    assert cut(wizard) == []
    assert wizard.width() <= 1280
    assert wizard.height() <= 720


@pytest.mark.parametrize("step", [FILE, COLUMNS, WORDS, OUTCOME])
def test_tab_reaches_every_part_of_a_step_and_comes_round(
    wizard: TrackerWizard, qtbot: QtBot, step: int
) -> None:
    go(qtbot, wizard, step)
    wizard.activateWindow()
    first = wizard.focusWidget()
    reached = [first]
    for _time in range(80):
        QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Tab)
        if wizard.focusWidget() is first:
            break
        reached.append(wizard.focusWidget())
    assert wizard.focusWidget() is first
    wanted = [wizard.list, wizard.ends.save, wizard.cancel_button, wizard.act_button]
    wanted += [wizard.ends.back] if step else []
    wanted += wizard.steps[step].findChildren(Combo)
    assert [each for each in wanted if each.isVisible() and each.isEnabled() and each not in reached] == []
