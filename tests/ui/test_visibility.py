"""Who may see what, in the window: shown everywhere, changed at once, shared in one step, seen before it leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.export.leftout import LeftOut
from desktop.model import (
    ENTITIES,
    AgendaItem,
    Attendance,
    FollowUp,
    Meeting,
    Organisation,
    Person,
    Point,
    Recommendation,
    Update,
    fields,
)
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC, of_text, texts
from desktop.service import agenda, attachments, minutes, progress, records, sharing, undo, versions
from desktop.service.sharing import RECORD, TEXTS, Shareable
from desktop.ui.context import Context
from desktop.ui.dialogs.calendarentry import CalendarDialog
from desktop.ui.dialogs.editmany import changeable
from desktop.ui.dialogs.listdocument import ListDocumentDialog
from desktop.ui.dialogs.papers import BriefDialog, MinutesDialog
from desktop.ui.dialogs.remind import RemindDialog
from desktop.ui.record.view import LINKS, MINUTES, UPDATES
from desktop.ui.visibility import changing
from desktop.ui.visibility.levelbutton import LevelButton
from desktop.ui.visibility.onlooker import OnlookerDialog
from desktop.ui.visibility.share import ShareDialog
from desktop.ui.visibility.sight import sentences
from desktop.ui.window import MainWindow


@pytest.fixture
def window(context: Context, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    context.settings.export_folder = str(tmp_path / "out")
    (tmp_path / "out").mkdir()
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


@pytest.fixture
def said(context: Context) -> list[str]:
    told: list[str] = []
    context.said.connect(lambda words, _actions: told.append(words))
    return told


def lunch() -> Any:
    return Meeting.get(Meeting.title == "Working lunch on cables")


def cables() -> Any:
    return Recommendation.get(Recommendation.ref == "WC-2024-1A")


def shown(window: MainWindow, qtbot: QtBot, record: Any, tab: str = "") -> Any:
    window.show_record(record)
    qtbot.waitUntil(lambda: bool(window.selected()) and window.selected()[0].uid == record.uid)
    view = window.pane.record_pane().view()
    qtbot.waitUntil(lambda: view.record is not None and view.record.uid == record.uid)
    if tab:
        view.show_tab(tab)
    return view


def opened(window: MainWindow, qtbot: QtBot, key: str, kind: type[Any]) -> Any:
    window.commands.run(key)
    (dialog,) = [each for each in window.findChildren(kind) if each.isVisible()]
    return dialog


def sharing_of(window: MainWindow, qtbot: QtBot) -> ShareDialog:
    dialog: ShareDialog = opened(window, qtbot, "share", ShareDialog)
    qtbot.waitUntil(lambda: bool(dialog.things))
    return dialog


def level_action(button: LevelButton, level: str) -> Any:
    """The entry of a button's menu for a level, as it would open now."""
    button.fill(button.menu)
    return button.menu.actions()[[INTERNAL, PARTNER, PUBLIC].index(level)]


# ---- the chip, and the texts


def test_the_chip_changes_the_level_at_once_and_is_undone(
    window: MainWindow, context: Context, qtbot: QtBot, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(changing, "announce", lambda _widget, words: heard.append(words))
    view = shown(window, qtbot, cables())
    assert view.visibility.accessibleName() == "Visibility: Internal"
    level_action(view.visibility, PARTNER).trigger()
    assert cables().visibility == PARTNER
    assert view.visibility.level() == PARTNER
    assert view.visibility.accessibleName() == "Visibility: Shareable with partner"
    assert heard == ["Shareable with partner"]
    assert "keep a level of their own" in said[-1]
    assert undo.label_of(undo.undoable(context.workspace)) == "Share WC-2024-1A with the partner"
    undo.undo(context.workspace)
    assert view.visibility.level() == INTERNAL


def test_the_chip_is_reached_and_opened_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    view = shown(window, qtbot, cables())
    title = view.form.title.editor.input
    title.setFocus()
    QTest.keyClick(title, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert view.visibility.hasFocus()
    QTest.keyClick(view.visibility, Qt.Key.Key_Down)
    assert view.visibility.menu.isVisible()
    assert [each.isChecked() for each in view.visibility.menu.actions()[:3]] == [True, False, False]
    view.visibility.menu.close()


def test_what_is_typed_is_saved_before_the_level_changes(window: MainWindow, qtbot: QtBot) -> None:
    view = shown(window, qtbot, cables())
    editor = view.form.rows["summary"].editor
    editor.input.setPlainText("Said to the partner.")
    view.visibility.chosen.emit(PUBLIC)
    assert (cables().summary, cables().visibility) == ("Said to the partner.", PUBLIC)


@pytest.mark.parametrize("entity", ENTITIES)
def test_each_long_text_of_a_form_has_a_level_of_its_own(
    window: MainWindow, qtbot: QtBot, entity: type[Any]
) -> None:
    record = entity.select().first()
    view = shown(window, qtbot, record)
    wide = {kind.name for kind in texts(entity) if kind.name in view.form.rows}
    assert {name for name, row in view.form.rows.items() if row.level is not None} == wide
    for name in wide:
        head = view.form.rows[name].level
        level_action(head.button, PARTNER).trigger()
        assert of_text(entity.get_by_id(record.id), name) == PARTNER
        assert head.button.level() == PARTNER
    assert entity.get_by_id(record.id).visibility == record.visibility


def test_who_reads_a_shared_text_is_said_while_one_writes_in_it(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    sharing.share(context.workspace, [cables()], PARTNER, ["summary"])
    view = shown(window, qtbot, cables())
    window.activateWindow()
    row = view.form.rows["summary"]
    view.form.title.editor.setFocus()
    assert row.level.readers.text() == ""
    row.editor.input.setFocus()
    assert row.level.readers.text() == "The partner reads this."
    view.visibility.chosen.emit(INTERNAL)
    row.editor.input.setFocus()
    assert row.level.readers.text() == "The partner reads this once the record is shared."
    row.level.button.chosen.emit(INTERNAL)
    assert row.level.readers.text() == ""


# ---- the parts


def test_points_and_items_show_their_level_where_it_is_not_internal(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    workspace = context.workspace
    agenda.add(workspace, lunch(), "Terms of the loan")
    minutes.add(workspace, lunch(), "note", "The tender opens in March.")
    tab = shown(window, qtbot, lunch(), MINUTES).page(MINUTES)
    block, row = tab.agenda.blocks()[0], tab.general.points.rows()[0]
    for widget, menu, table in ((block, block._menu, AgendaItem), (row, row.kind.menu, Point)):
        assert widget.level.isHidden()
        (inner,) = [each.menu() for each in menu.actions() if each.menu() is not None]
        inner.aboutToShow.emit()
        inner.actions()[1].trigger()
        assert table.get().visibility == PARTNER
        assert not widget.level.isHidden()
    versions.make_final(workspace, lunch())
    assert not row.kind.isEnabled()
    row.level.chosen.emit(INTERNAL)  # who may see final minutes is said beside them
    assert Point.get().visibility == INTERNAL
    assert row.level.isHidden()
    assert context.told == []


def test_the_minutes_as_a_text_have_a_level(window: MainWindow, qtbot: QtBot) -> None:
    tab = shown(window, qtbot, lunch(), MINUTES).page(MINUTES)
    level_action(tab.general.whole.button, PUBLIC).trigger()
    assert of_text(lunch(), "minutes") == PUBLIC
    assert tab.general.whole.button.level() == PUBLIC


def test_attendees_updates_and_files_show_theirs(
    window: MainWindow, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = context.workspace
    view = shown(window, qtbot, lunch(), LINKS)
    attendees = next(each for each in view.findChildren(QWidget) if type(each).__name__ == "Attendees")
    row = attendees.rows()[0]
    assert row.level.isHidden()
    row.editors["visibility"].input.setCurrentIndex(1)
    row.editors["visibility"].commit()
    assert Attendance.get().visibility == PARTNER
    assert not attendees.rows()[0].level.isHidden()

    follow_up = FollowUp.get(FollowUp.title == "Come back on terms")
    progress.report(workspace, follow_up, status="in_progress", done="Called them.")
    view = shown(window, qtbot, follow_up, UPDATES)
    card = view.page(UPDATES).cards()[0]
    level_action(card.level, PARTNER).trigger()
    assert Update.get().visibility == PARTNER
    assert view.page(UPDATES).cards()[0] is card
    assert card.level.level() == PARTNER

    kept = tmp_path / "letter.txt"
    kept.write_text("x")
    attachments.attach(workspace, follow_up, kept)
    view.show_tab(LINKS)
    files = next(each for each in view.findChildren(QWidget) if type(each).__name__ == "Files")
    level_action(files.rows()[0].level, PUBLIC).trigger()
    assert files.rows()[0].level.level() == PUBLIC


# ---- lists


def test_lists_have_the_level_as_column_and_filter_and_several_are_changed(
    window: MainWindow, context: Context
) -> None:
    for entity in ENTITIES:
        assert "visibility" in {kind.name for kind in fields(entity)}
        assert "visibility" in {kind.name for kind in changeable(entity)}
    versions.make_final(context.workspace, lunch())
    records.change_many(context.workspace, [lunch()], {"visibility": PARTNER})
    assert lunch().visibility == PARTNER


# ---- sharing


def of(dialog: ShareDialog, group: str) -> list[Shareable]:
    return [each for each in dialog.things if each.group == group]


def test_the_record_is_ticked_and_nothing_else(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, qtbot, lunch())
    dialog = sharing_of(window, qtbot)
    assert [each.group for each in dialog.tree.chosen()] == [RECORD]
    assert dialog.preview.text().startswith("The partner will see 1 record.")
    assert "names in it are internal" in dialog.preview.text()


def test_sharing_is_one_operation(
    window: MainWindow, context: Context, qtbot: QtBot, said: list[str]
) -> None:
    shown(window, qtbot, lunch())
    dialog = sharing_of(window, qtbot)
    for each in (*of(dialog, TEXTS), *of(dialog, "attendees")):
        dialog.tree.tick(each)
    assert "2 attendees stay hidden: the people are internal." in dialog.preview.text()
    for each in of(dialog, sharing.NAMED):
        dialog.tree.tick(each)
    assert "stay hidden" not in dialog.preview.text()
    dialog.accept()
    assert (lunch().visibility, of_text(lunch(), "minutes")) == (PARTNER, PARTNER)
    assert {each.visibility for each in Attendance.select()} == {PARTNER}
    assert said[-1] == f"Shared with the partner: {lunch().ref}."
    undo.undo(context.workspace)
    assert (lunch().visibility, of_text(lunch(), "minutes")) == (INTERNAL, INTERNAL)
    assert {each.visibility for each in Attendance.select()} == {INTERNAL}


def test_what_is_open_already_has_no_tick_and_is_not_narrowed(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    sharing.share(context.workspace, [lunch()], PUBLIC, ["minutes"])
    shown(window, qtbot, lunch())
    dialog = sharing_of(window, qtbot)
    assert dialog.tree.chosen() == []
    assert not dialog.act_button.isEnabled()
    assert dialog.preview.text().startswith("Nothing is ticked")
    dialog.level.setCurrentIndex(dialog.level.findData(INTERNAL))
    assert {each.level for each in dialog.tree.chosen()} == {PUBLIC}
    assert dialog.act_button.text().replace("&", "") == "Keep internal"
    dialog.accept()
    assert (lunch().visibility, of_text(lunch(), "minutes")) == (INTERNAL, INTERNAL)


def test_a_kind_is_ticked_as_a_whole_by_space(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, qtbot, lunch())
    tree = sharing_of(window, qtbot).tree
    (group,) = [
        tree.topLevelItem(place)
        for place in range(tree.topLevelItemCount())
        if tree.topLevelItem(place).text(0).startswith("Attendees")
    ]
    tree.setCurrentItem(group)
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Space)
    assert [each.group for each in tree.chosen()] == [RECORD, *["attendees"] * 3]
    group.child(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert group.checkState(0) == Qt.CheckState.PartiallyChecked


def test_several_records_are_shared_together(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    page = window.show_page("follow_up")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    page.table.selectAll()
    qtbot.waitUntil(lambda: window.ask("selected_count") == 3)
    dialog = sharing_of(window, qtbot)
    assert dialog.windowTitle() == "Share 3 records"
    dialog.accept()
    assert {each.visibility for each in FollowUp.select()} == {PARTNER}
    undo.undo(context.workspace)
    assert {each.visibility for each in FollowUp.select()} == {INTERNAL}


def test_a_point_about_a_hidden_record_is_told_of(context: Context) -> None:
    workspace = context.workspace
    record = lunch()
    minutes.add(workspace, record, "note", "A promise.")
    minutes.turn(workspace, Point.get(), "follow_up", {"title": "Promised", "owner": Person.get().id})
    things = sharing.shareable(lunch())
    chosen = [each for each in things if each.group in (RECORD, "points")]
    told = sentences(things, chosen, PARTNER, [record])
    assert "1 point or agenda item stays hidden: the record that it is about is internal." in told
    sharing.share(workspace, [FollowUp.get(FollowUp.title == "Promised")], PARTNER)
    assert not any("stays hidden" in each for each in sentences(things, chosen, PARTNER, [record]))
    parts = [each for each in things if each.group == "points"]
    assert any("is seen as long as" in each for each in sentences(things, parts, PARTNER, [record]))


# ---- what others see


def seen_of(window: MainWindow, qtbot: QtBot) -> OnlookerDialog:
    dialog: OnlookerDialog = opened(window, qtbot, "onlooker", OnlookerDialog)
    qtbot.waitUntil(lambda: dialog.view.toPlainText() != "" or not dialog.nothing.isHidden())
    return dialog


def test_the_record_is_shown_as_others_see_it_and_follows_what_changes(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    shown(window, qtbot, lunch())
    dialog = seen_of(window, qtbot)
    assert dialog.view.isHidden()  # nothing of it
    assert not dialog.nothing.isHidden()
    sharing.share(context.workspace, [lunch()], PARTNER, [], ["attendees"])
    qtbot.waitUntil(lambda: not dialog.view.isHidden() and "Working lunch" in dialog.view.toPlainText())
    words = dialog.view.toPlainText()
    assert "John Doe" in words
    assert "MINREL" not in words
    assert "Rojas" not in words
    sharing.share(context.workspace, [lunch()], PARTNER, ["minutes"])
    qtbot.waitUntil(lambda: "MINREL asked" in dialog.view.toPlainText())
    dialog.audience.setCurrentIndex(1)  # anyone
    qtbot.waitUntil(lambda: dialog.view.isHidden())


# ---- what is written for others


def written(dialog: Any, qtbot: QtBot, said: list[str]) -> Path:
    before = len(said)
    path = Path(dialog.file.line.text())
    dialog.accept()
    qtbot.waitUntil(lambda: len(said) > before, timeout=20_000)
    return path


def words_of(path: Path) -> str:
    read = docx.Document(str(path))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells])


@pytest.mark.parametrize(("key", "kind"), [("brief", BriefDialog), ("minutes", MinutesDialog)])
def test_a_paper_for_others_leaves_out_what_they_may_not_see(
    window: MainWindow, context: Context, qtbot: QtBot, said: list[str], key: str, kind: type[Any]
) -> None:
    shown(window, qtbot, lunch())
    dialog = opened(window, qtbot, key, kind)
    dialog.audience.choose(PARTNER)
    assert dialog.others.words.text() == f"{lunch().ref} is internal; share it with the partner first."
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.messages.text() == dialog.others.words.text()
    sharing.share(context.workspace, [lunch()], PARTNER)
    qtbot.waitUntil(lambda: bool(dialog.others.line.found))
    assert dialog.others.line.words.text().startswith("Left out: 1 long text")
    assert dialog.main.at("marking").value() == "Shareable with partner"
    words = words_of(written(dialog, qtbot, said))
    assert "Working lunch on cables" in words
    assert "MINREL" not in words
    assert context.settings.last_marking != "Shareable with partner"
    again = opened(window, qtbot, key, kind)
    assert again.audience.audience() == PARTNER  # remembered


def test_a_version_is_for_the_post_alone(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    versions.make_final(context.workspace, lunch())
    shown(window, qtbot, lunch())
    dialog = opened(window, qtbot, "minutes", MinutesDialog)
    assert "_v1" in dialog.file.line.text()
    dialog.audience.choose(PARTNER)
    assert not dialog.version.isEnabled()
    assert "_v1" not in dialog.file.line.text()


def test_a_list_for_others_is_not_called_as_the_view_is(window: MainWindow, qtbot: QtBot) -> None:
    page = window.show_page("follow_up")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    dialog = opened(window, qtbot, "list_document", ListDocumentDialog)
    dialog._called = "Quarrel with METI"
    dialog.on_audience()
    assert "Quarrel" in dialog.file.line.text()
    dialog.audience.choose(PARTNER)
    assert "Quarrel" not in dialog.file.line.text()
    qtbot.waitUntil(lambda: isinstance(dialog.others.line.found, LeftOut))
    assert dialog.others.line.words.text() == "Left out: 3 records."


def test_a_calendar_entry_for_others_has_what_they_see(
    window: MainWindow, context: Context, qtbot: QtBot, said: list[str]
) -> None:
    sharing.share(context.workspace, [lunch()], PARTNER)
    shown(window, qtbot, lunch())
    dialog = opened(window, qtbot, "calendar_entry", CalendarDialog)
    dialog.audience.choose(PARTNER)
    content = written(dialog, qtbot, said).read_text("utf-8")
    assert "Working lunch on cables" in content
    assert "Send the list" not in content


def test_a_reminder_for_others_lists_what_they_see(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    minrel = Organisation.get(Organisation.acronym == "MINREL")
    other = records.add(
        context.workspace, FollowUp, {"title": "Second point", "owed_to": minrel.id, "due_on": "2026-12-01"}
    )
    first = FollowUp.get(FollowUp.title == "Send the list of suppliers")
    shown(window, qtbot, first)
    dialog = opened(window, qtbot, "remind", RemindDialog)
    assert "Second point" in dialog.text.toPlainText()
    dialog.audience.choose(PARTNER)
    assert dialog.audience.audience() == INTERNAL  # nothing to say: what stood there stays
    assert "for these readers" in dialog.messages.text()
    sharing.share(context.workspace, [first], PARTNER)
    dialog.audience.choose(PARTNER)
    assert "Send the list of suppliers" in dialog.text.toPlainText()
    assert "Second point" not in dialog.text.toPlainText()
    qtbot.waitUntil(lambda: bool(dialog.left_out.found))
    assert dialog.left_out.words.text() == "Left out: 1 record."
    assert other.ref in dialog.left_out.found.words()[0]
