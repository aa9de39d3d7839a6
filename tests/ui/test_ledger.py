"""Who owes whom, in the window: directions, counterparts, closing, moving, reminding, files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.model import FollowUp, Operation, Update
from desktop.service import attachments, extensions, follow_ups, ledger, links, progress, records, undo
from desktop.store.engine import TooSlow
from desktop.ui.context import Context
from desktop.ui.dialogs.close import CloseDialog
from desktop.ui.dialogs.movedate import MoveDateDialog
from desktop.ui.dialogs.progress import ProgressDialog
from desktop.ui.dialogs.remind import RemindDialog
from desktop.ui.ledger import columns
from desktop.ui.pages.ledger import LedgerPage
from desktop.ui.record.view import LINKS, UPDATES
from desktop.ui.window import MainWindow


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
def page(window: MainWindow) -> LedgerPage:
    return window.show_page("ledger")  # type: ignore[no-any-return]


def told(page: LedgerPage) -> dict[str, tuple[int, int]]:
    """What the buttons of the directions tell."""
    figures = (button.direction for button in page.bar.buttons.values())
    return {each.key: (each.count, each.overdue) for each in figures}


def rows(page: LedgerPage) -> dict[str, list[str]]:
    """The titles under each counterpart, as the view has them."""
    model = page.model
    found = {}
    for number, group in enumerate(model.groups):
        parent = model.index(number, 0)
        found[group.name] = [model.index(row, 0, parent).data() for row in range(model.rowCount(parent))]
    return found


def choose(page: LedgerPage, ref: str, qtbot: QtBot) -> Any:
    record = links.find(ref)
    page.select_record(record)
    qtbot.waitUntil(lambda: [each.uid for each in page.selected_records()] == [record.uid])
    qtbot.wait(120)
    return record


def dialog_of(window: MainWindow, kind: type[QWidget], qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)))
    return next(each for each in window.findChildren(kind) if each.isVisible())


# ---- the page


def test_directions_tell_what_is_open_and_overdue(page: LedgerPage) -> None:
    assert told(page) == {"us": (2, 1), "partner": (1, 0), "host": (0, 0), "capital": (0, 0), "other": (0, 0)}
    assert rows(page) == {
        "MINREL": ["Send the list of suppliers"],
        "METI": ["Brief the capital on the tender"],
    }
    page.bar.buttons["partner"].click()
    assert rows(page) == {"DFC": ["Come back on terms"]}
    assert page.status_text() == "Owed by the partner · 1 open"
    page.bar.buttons["host"].click()
    assert not page.table.isVisible()
    assert page.context.settings.pages["ledger"]["direction"] == "host"


def test_the_model_keeps_qts_rules(page: LedgerPage) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for key in ("partner", "host", "us"):
        page.bar.buttons[key].click()


def test_what_is_late_put_off_and_said_last_stands_in_its_row(page: LedgerPage, qtbot: QtBot) -> None:
    record = links.find("FU-2026-001")
    records.change(page.context.workspace, record, {"due_on": "2026-11-20"}, reason="Asked")
    progress.report(page.context.workspace, record, done="A first half\nwas sent.")
    qtbot.waitUntil(lambda: page.model.groups[0].slipped == 1)
    _row, texts = page.model.line(page.model.index(0, 0, page.model.index(0, 0)))
    shown = dict(zip((column.name for column in columns.COLUMNS), texts, strict=True))
    assert shown == {
        "title": "Send the list of suppliers",
        "last_word": "21 Nov · A first half was sent.",
        "due_on": "20 Nov 2026",
        "days_overdue": "1",
        "times_slipped": "1",
        "due_first": "18 Nov 2026",
        "status": "Open",
        "rag": "Red",
        "owner": "Sato Kenji",
        "meeting": "MT-2026-001",
    }


def test_it_is_walked_and_opened_by_the_keyboard(window: MainWindow, page: LedgerPage, qtbot: QtBot) -> None:
    page.setFocus()
    tree = page.table
    tree.collapseAll()
    tree.select(page.model.groups[0].key)
    assert page.selected_count() == 0
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert tree.isExpanded(page.model.index(0, 0))
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    qtbot.waitUntil(
        lambda: window.pane.record_pane() is not None and window.pane.record_pane().record() is not None
    )
    assert window.pane.record_pane().record().ref == "FU-2026-001"
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert opened.args[0].ref == "FU-2026-001"
    tree.keyboardSearch("met")
    assert page.counterpart().name == "METI"


def test_a_record_is_found_in_its_direction(page: LedgerPage, qtbot: QtBot) -> None:
    choose(page, "FU-2026-002", qtbot)
    assert page.direction == "partner"
    choose(page, "FU-2026-003", qtbot)
    assert page.direction == "us"


def test_it_follows_what_happens_and_keeps_its_place(page: LedgerPage, qtbot: QtBot) -> None:
    choose(page, "FU-2026-003", qtbot)
    page.table.collapse(page.model.index(0, 0))
    follow_ups.close(page.context.workspace, links.find("FU-2026-001"), outcome="Sent.")
    qtbot.waitUntil(lambda: told(page)["us"] == (1, 0))
    assert [each.ref for each in page.selected_records()] == ["FU-2026-003"]
    undo.undo(page.context.workspace)
    qtbot.waitUntil(lambda: told(page)["us"] == (2, 1))
    assert [each.ref for each in page.selected_records()] == ["FU-2026-003"]
    assert not page.table.isExpanded(page.model.index(0, 0))


def test_it_reads_on_a_worker_where_that_takes_long(
    page: LedgerPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    read, threads = ledger.read, []

    def slow(workspace: Any) -> Any:
        threads.append(workspace is page.context.workspace)
        if workspace is page.context.workspace:
            raise TooSlow
        return read(workspace)

    monkeypatch.setattr(ledger, "read", slow)
    page._show({key: [] for key in ledger.DIRECTIONS})
    assert told(page)["us"] == (0, 0)
    page.refresh()
    qtbot.waitUntil(lambda: told(page)["us"] == (2, 1))
    assert threads == [True, False]


def test_rows_are_copied_with_their_counterpart(page: LedgerPage, window: MainWindow) -> None:
    page.table.expandAll()
    page.table.selectAll()
    window.commands.run("copy")
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert lines[0][:3] == ["Counterpart", "Ref", "Follow-up"]
    assert [line[:3] for line in lines[1:]] == [
        ["MINREL", "FU-2026-001", "Send the list of suppliers"],
        ["METI", "FU-2026-003", "Brief the capital on the tender"],
    ]


def test_several_are_deleted_at_once(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    page.table.expandAll()
    page.table.selectAll()
    qtbot.waitUntil(lambda: window.commands.actions["delete"].isEnabled())
    window.commands.run("delete")
    qtbot.waitUntil(lambda: told(page)["us"] == (0, 0))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("room", [300, 660, 1000, 1800])
def test_columns_fit_their_room(language: str, room: int, page: LedgerPage) -> None:
    before = i18n.language()
    i18n.use(language)
    try:
        found = columns.widths(room, page.fontMetrics())
    finally:
        i18n.use(before)
    assert columns.TITLE in found
    assert len(found) == 2 or sum(found.values()) <= room
    if room == 1800:
        assert len(found) == len(columns.COLUMNS)


def test_every_control_has_a_name(page: LedgerPage) -> None:
    for each in page.findChildren(QWidget):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible():
            assert each.accessibleName(), each
    assert page.bar.buttons["us"].accessibleName() == "Owed by us, 2 open, 1 overdue"
    index = page.model.index(0, 0)
    assert (
        index.data(Qt.ItemDataRole.AccessibleTextRole) == "MINREL, 1 open, 1 overdue, oldest due 18 Nov 2026"
    )
    spoken = page.model.index(0, 0, index).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("FU-2026-001 Send the list of suppliers, ")
    assert "Days late: 3" in spoken


def test_the_menu_of_a_row_has_the_verbs(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(page, "FU-2026-001", qtbot)
    seen: list[str] = []

    def look(menu: Any) -> None:
        seen.extend(action.text() for action in menu.actions())
        menu.aboutToShow.connect(menu.deleteLater)

    page.menu_about_to_show.connect(look)
    page._show_menu(page.mapToGlobal(page.rect().center()))
    assert {"&Close…", "Mo&ve the date…", "Rem&ind…", "&Copy rows"} <= set(seen)


# ---- closing and moving, by dialogs


def test_close_takes_the_outcome_and_two_keys(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(page, "FU-2026-001", qtbot)
    window.commands.run("close")
    dialog = dialog_of(window, CloseDialog, qtbot)
    outcome = dialog.ending.fields.at("outcome").input
    qtbot.waitUntil(outcome.hasFocus)
    qtbot.keyClicks(outcome, "Sent by courier.")
    qtbot.keyClick(outcome, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    record = links.find("FU-2026-001")
    assert (record.status, record.outcome, record.closed_on) == ("done", "Sent by courier.", "2026-11-21")


def test_close_tells_what_is_missing_where_it_belongs(
    page: LedgerPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    record = choose(page, "FU-2026-001", qtbot)
    records.change(window.context.workspace, record, {"priority": "high"})
    window.commands.run("close")
    dialog = dialog_of(window, CloseDialog, qtbot)
    dialog.accept()
    assert dialog.ending.fields.at("outcome").problem() == "Say what came of it."
    dialog.ending.fields.at("outcome").set_value("Sent.")
    dialog.accept()
    assert "high priority" in dialog.ending.fields.at("evidence_link").problem()
    empty = tmp_path / "empty.pdf"
    empty.touch()
    dialog.ending.file.set_path(empty)
    dialog.accept()
    assert "is empty" in dialog.ending.fields.at("evidence_link").problem()
    assert links.find("FU-2026-001").status == "open"
    empty.write_bytes(b"signed")
    dialog.accept()
    assert links.find("FU-2026-001").status == "done"
    assert [each.name for each in attachments.of(record)] == ["empty.pdf"]


def test_cancel_asks_for_the_reason_alone(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    record = choose(page, "FU-2026-001", qtbot)
    records.change(window.context.workspace, record, {"priority": "high"})
    window.commands.run("close")
    dialog = dialog_of(window, CloseDialog, qtbot)
    dialog.how.input.setCurrentIndex(dialog.how.input.findData("cancelled"))
    assert dialog.ending.asked == ("outcome",)
    assert not dialog.ending.file.isVisible()
    dialog.ending.fields.at("outcome").set_value("Withdrawn.")
    dialog.accept()
    assert (links.find("FU-2026-001").status, links.find("FU-2026-001").outcome) == (
        "cancelled",
        "Withdrawn.",
    )


def test_a_date_is_moved_with_its_reason(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(page, "FU-2026-001", qtbot)
    window.commands.run("move_date")
    dialog = dialog_of(window, MoveDateDialog, qtbot)
    assert dialog.now.text() == "18 Nov 2026"
    dialog.main.at("to_on").set_value("2026-12-01")
    dialog.accept()
    assert dialog.main.at("reason").problem()
    dialog.main.at("reason").set_value("Customs")
    dialog.main.at("to_on").set_value("2026-01-01")
    dialog.accept()
    assert dialog.main.at("to_on").problem() == "It cannot be due before it was raised."
    dialog.main.at("to_on").set_value("2026-12-01")
    dialog.accept()
    (moved,) = extensions.of(links.find("FU-2026-001"))
    assert (moved.to_on, moved.reason) == ("2026-12-01", "Customs")


def test_report_progress_asks_for_the_end_of_it(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    record = choose(page, "FU-2026-001", qtbot)
    records.change(window.context.workspace, record, {"priority": "high"})
    window.commands.run("report_progress")
    dialog = dialog_of(window, ProgressDialog, qtbot)
    status = dialog.status.at("status").input
    assert dialog.ending.asked == ()
    status.setCurrentIndex(status.findData("done"))
    assert dialog.ending.asked == ("outcome", "evidence_link", "evidence_meeting", "verified_by")
    dialog.words.at("done").set_value("Sent by courier.")
    dialog.ending.fields.at("evidence_link").set_value("https://example.org/receipt")
    dialog.accept()
    closed = links.find("FU-2026-001")
    assert (closed.outcome, closed.evidence_link) == ("Sent by courier.", "https://example.org/receipt")


# ---- in the record pane


def strip_for(page: LedgerPage, window: MainWindow, status: str, qtbot: QtBot) -> Any:
    form = window.pane.record_pane().view().form
    editor = form.rows["status"].editor
    editor.setFocus()
    editor.input.setCurrentIndex(editor.input.findData(status))
    editor.commit()
    strip = form.saving.strip_of("status")
    qtbot.waitUntil(lambda: strip.isVisible() and strip.fields()[0].hasFocus())
    return strip


def test_a_status_that_ends_it_asks_in_passing(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(page, "FU-2026-001", qtbot)
    steps = Operation.select().count()
    strip = strip_for(page, window, "done", qtbot)
    assert strip.ending.asked == ("outcome",)
    strip.save.click()
    assert strip.problem.text() == "Say what came of it."
    assert links.find("FU-2026-001").status == "open"
    qtbot.keyClicks(strip.fields()[0], "Sent.")
    strip.save.click()
    record = links.find("FU-2026-001")
    assert (record.status, record.outcome, Operation.select().count()) == ("done", "Sent.", steps + 1)
    assert Update.get(Update.subject == record.id).done == "Sent."
    assert not strip.isVisible()


def test_esc_keeps_the_old_status(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(page, "FU-2026-001", qtbot)
    strip = strip_for(page, window, "cancelled", qtbot)
    qtbot.keyClick(strip.fields()[0], Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert window.pane.record_pane().view().form.rows["status"].editor.value() == "open"


def test_another_status_is_not_asked_about(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(page, "FU-2026-001", qtbot)
    strip = strip_for(page, window, "done", qtbot)
    editor = window.pane.record_pane().view().form.rows["status"].editor
    editor.input.setCurrentIndex(editor.input.findData("waiting"))
    assert not strip.isVisible()
    editor.commit()
    assert links.find("FU-2026-001").status == "waiting"


def test_evidence_is_asked_of_high_priority(
    page: LedgerPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    record = choose(page, "FU-2026-001", qtbot)
    records.change(window.context.workspace, record, {"priority": "high"})
    qtbot.wait(50)
    strip = strip_for(page, window, "done", qtbot)
    qtbot.keyClicks(strip.fields()[0], "Sent.")
    strip.save.click()
    assert "high priority" in strip.problem.text()
    file = tmp_path / "receipt.pdf"
    file.write_bytes(b"signed")
    strip.ending.file.set_path(file)
    strip.save.click()
    assert links.find("FU-2026-001").status == "done"
    assert [each.role for each in attachments.of(record)] == ["evidence"]


def test_what_was_told_of_an_end_is_kept_when_one_goes_on(
    page: LedgerPage, window: MainWindow, qtbot: QtBot
) -> None:
    record = choose(page, "FU-2026-001", qtbot)
    records.change(window.context.workspace, record, {"priority": "high"})
    qtbot.wait(50)
    strip = strip_for(page, window, "done", qtbot)
    qtbot.keyClicks(strip.fields()[0], "Sent, receipt to come.")
    choose(page, "FU-2026-003", qtbot)
    kept = links.find("FU-2026-001")
    assert (kept.status, kept.outcome) == ("open", "Sent, receipt to come.")
    (sentence,) = window.context.told
    assert sentence.startswith("FU-2026-001: “Status” was not saved. It is of high priority")
    assert not strip.isVisible()


def test_slips_are_told_over_the_updates(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    record = choose(page, "FU-2026-001", qtbot)
    records.change(
        window.context.workspace, record, {"due_on": "2026-12-01"}, reason="Customs", agreed_by="DFC"
    )
    view = window.pane.record_pane().view()
    view.show_tab(UPDATES)
    updates = view.page(UPDATES)
    assert updates._slips.text() == "1 Dec 2026 · first 18 Nov 2026 · moved 1 time"
    (card,) = updates.cards()
    assert [text for _caption, text in card.entry.parts] == ["Customs", "DFC"]


# ---- files


def test_files_are_attached_opened_saved_and_removed(
    page: LedgerPage, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = choose(page, "FU-2026-001", qtbot)
    view = window.pane.record_pane().view()
    view.show_tab(LINKS)
    files = view.page(LINKS).files
    paper, tool = tmp_path / "paper.pdf", tmp_path / "tool.sh"
    for path in (paper, tool):
        path.write_bytes(b"content")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(paper), str(tool)], ""))
    files.add.click()
    qtbot.waitUntil(lambda: [row.attachment.name for row in files.rows()] == ["paper.pdf", "tool.sh"])
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(QUrl(url).toLocalFile())) or True
    )
    first, second = files.rows()
    first.button.click()
    assert [(path.name, path.read_bytes()) for path in opened] == [("paper.pdf", b"content")]
    said: list[Any] = []
    window.context.said.connect(lambda words, actions: said.append((words, actions)))
    second.button.click()
    assert len(opened) == 1
    words, ((label, go),) = said[-1]
    assert (words.startswith("tool.sh can run commands"), label) == (True, "Save a copy…")
    kept = tmp_path / "kept.sh"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(kept), ""))
    go()
    assert kept.read_bytes() == b"content"
    assert len(opened) == 1
    copy = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(copy), ""))
    first.save.click()
    assert copy.read_bytes() == b"content"
    first.remove.click()
    qtbot.waitUntil(lambda: [row.attachment.name for row in files.rows()] == ["tool.sh"])
    assert [each.name for each in attachments.of(record)] == ["tool.sh"]


# ---- reminding


def test_a_counterpart_is_reminded_by_a_draft(
    page: LedgerPage, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, "FU-2026-002", qtbot)
    page.buttons["remind"].click()
    dialog = dialog_of(window, RemindDialog, qtbot)
    assert dialog.windowTitle() == "Remind DFC"
    assert "Come back on terms" in dialog.text.toPlainText()
    english = dialog.text.toPlainText()
    dialog.text.setPlainText(english + "Yours")
    dialog.language.setCurrentIndex(dialog.language.findData("es"))
    assert dialog.text.toPlainText() != english
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    assert dialog.text.toPlainText() == english + "Yours"
    dialog.copy.click()
    assert QApplication.clipboard().text() == english + "Yours"
    file = tmp_path / "reminder.eml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    dialog.accept()
    assert dialog.isVisible()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    dialog.accept()
    assert b"X-Unsent: 1" in file.read_bytes()
    assert not dialog.isVisible()


def test_a_draft_replaces_nothing_unasked(
    page: LedgerPage, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, "FU-2026-002", qtbot)
    page.buttons["remind"].click()
    dialog = dialog_of(window, RemindDialog, qtbot)
    old = tmp_path / "letter.eml"
    old.write_text("Of somebody")
    answers = [str(tmp_path / "letter"), str(old)]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (answers.pop(0), ""))
    dialog.accept()
    assert old.read_text() == "Of somebody"
    assert dialog.isVisible()
    assert dialog.messages.text().startswith("letter.eml exists already")
    dialog.accept()
    assert b"X-Unsent: 1" in old.read_bytes(), "the system's own dialog asked about this name"


def test_a_letter_keeps_its_language_where_nothing_is_open_any_more(
    page: LedgerPage, window: MainWindow, qtbot: QtBot
) -> None:
    record = choose(page, "FU-2026-002", qtbot)
    page.buttons["remind"].click()
    dialog = dialog_of(window, RemindDialog, qtbot)
    before, english = dialog.language.currentData(), dialog.text.toPlainText()
    records.change(window.context.workspace, record, {"status": "done", "outcome": "They came back."})
    dialog.language.setCurrentIndex(dialog.language.findData("ja"))
    assert (dialog.language.currentData(), dialog.text.toPlainText()) == (before, english)
    assert dialog.messages.text().startswith("Nothing is open with DFC")


def test_who_is_no_organisation_is_not_reminded(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    made = follow_ups.add(window.context.workspace, {"title": "Think it over"})
    qtbot.waitUntil(lambda: told(page)["us"] == (3, 1))
    assert made.owed_to_id is None
    choose(page, made.ref, qtbot)
    window.commands.run("remind")
    assert window.context.told[-1].startswith("A reminder goes to an organisation")


def test_the_commands_wait_for_what_they_need(page: LedgerPage, window: MainWindow, qtbot: QtBot) -> None:
    actions = window.commands.actions
    page.table.select(page.model.groups[0].key)
    qtbot.wait(150)
    assert not actions["close"].isEnabled()
    assert actions["remind"].isEnabled()
    choose(page, "FU-2026-001", qtbot)
    assert all(actions[key].isEnabled() for key in ("close", "move_date", "remind"))
    window.show_page("recommendation").select_record(links.find("WC-2024-1A"))
    qtbot.waitUntil(lambda: actions["move_date"].isEnabled())
    assert not actions["close"].isEnabled()
    assert not actions["remind"].isEnabled()


def test_arrow_keys_held_down_tell_only_where_they_rest(page: LedgerPage, qtbot: QtBot) -> None:
    seen: list[Any] = []
    page.table.expandAll()
    qtbot.wait(150)
    page.selected.connect(seen.append)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    for row in (0, 1, 0, 1):
        index = page.model.index(0, 0, page.model.index(row, 0))
        page.table.selectionModel().setCurrentIndex(index, flags)
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(150)
    assert [each.ref for each in seen] == ["FU-2026-003"]
    assert FollowUp.get_by_id(seen[0].id).title == "Brief the capital on the tender"
