"""Drafts: whatever is typed is on disk soon, goes when it is saved, and comes back as it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.model import FollowUp, Meeting, Organisation, Point, Recommendation
from desktop.service import agenda, links, minutes, records
from desktop.store import drafts
from desktop.store.drafts import Drafts
from desktop.store.errors import StoreError
from desktop.ui.context import Context
from desktop.ui.dialogs.close import CloseDialog
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.dialogs.follow_up import FollowUpDialog
from desktop.ui.dialogs.meeting import MeetingDialog
from desktop.ui.dialogs.movedate import MoveDateDialog
from desktop.ui.dialogs.new import new_record
from desktop.ui.dialogs.progress import ProgressDialog
from desktop.ui.drafts import inputs, keeper, places
from desktop.ui.drafts.dialog import DraftsDialog
from desktop.ui.drafts.writing import Writing
from desktop.ui.navigation import page_of
from desktop.ui.quick.bar import QuickBar
from desktop.ui.quick.opening import quick_entry
from desktop.ui.record.window import RecordWindow
from desktop.ui.widgets.countline import CountLine
from desktop.ui.window import MainWindow
from tests.ui.killed import end, on_disk

HARD = "Cables — “海底ケーブル” 🙂\u00a0!\nzweite Zeile  mit zwei Leerzeichen"


@pytest.fixture
def make(context: Context, qtbot: QtBot) -> Iterator[Any]:
    """Makes a window with its keeper; the one before ends as if the program had been killed: nothing is told to it."""
    made: list[MainWindow] = []

    def window(*, keeps: bool = True) -> MainWindow:
        if made:
            end(made[-1])
        made.append(MainWindow(context))
        made[-1].show()
        qtbot.waitExposed(made[-1])
        if keeps:
            keeper.begin(made[-1])
        return made[-1]

    yield window
    end(made[-1])


def left(window: MainWindow) -> list[str]:
    """The places of what earlier runs left."""
    return [content["place"] for content in window.keeper.left.values()]


def bring(window: MainWindow) -> None:
    """Bring the only text back, as the officer does."""
    ((name, _content),) = window.keeper.left.items()
    window.messages.buttons()[0].click()
    (dialog,) = window.findChildren(DraftsDialog)
    assert dialog.name() == name
    dialog.accept()


def form_of(window: MainWindow, record: Any) -> Any:
    """The form of a record in a window of its own."""
    return window.pane.open_window(record).pane.view().form


# ---- the places


@pytest.mark.parametrize(
    ("ref", "name", "text"),
    [
        ("FU-2026-001", "detail", HARD),
        ("FU-2026-001", "title", "Ask"),
        ("WC-2024-1A", "summary", HARD),
        ("FU-2026-001", "owed_to", "Nobody of this name"),
        ("IN-2026-001", "value", "four hundred"),
    ],
)
def test_a_field_of_a_record(make: Any, ref: str, name: str, text: str) -> None:
    window = make()
    record = links.find(ref)
    editor = form_of(window, record).rows[name].editor
    inputs.put(editor, {"text": text, "chosen": None})
    place = f"record:{record.uid}:{name}"
    assert on_disk(window)[place]["state"]["text"] == text
    before = records.values_of(record)[name]
    window = make()
    assert left(window) == [place]
    assert ref in window.messages.text()
    bring(window)
    (opened,) = window.findChildren(RecordWindow)
    editor = opened.pane.view().form.rows[name].editor
    assert inputs.state(editor)["text"] == text
    assert editor.is_typed()
    assert records.values_of(links.find(ref))[name] == before
    assert list(on_disk(window)) == [place]


def test_saved_or_taken_back_it_is_forgotten(make: Any) -> None:
    window = make()
    editor = form_of(window, links.find("FU-2026-001")).rows["detail"].editor
    editor.input.setPlainText("One")
    assert len(on_disk(window)) == 1
    editor.commit()
    assert on_disk(window) == {}
    editor.input.setPlainText("Two")
    assert len(on_disk(window)) == 1
    editor.revert()
    assert on_disk(window) == {}


def test_what_was_saved_before_the_end_is_not_offered(make: Any) -> None:
    window = make()
    record = links.find("FU-2026-001")
    editor = form_of(window, record).rows["detail"].editor
    editor.input.setPlainText("One")
    assert len(on_disk(window)) == 1
    window.keeper._again.stop()
    records.change(window.context.workspace, record, {"detail": "One"})
    window.keeper._soon.stop()
    assert make().keeper.left == {}


def test_a_date_that_is_moved_with_its_reason(make: Any) -> None:
    window = make()
    record = links.find("FU-2026-001")
    form = form_of(window, record)
    inputs.put(form.rows["due_on"].editor, {"text": "2026-12-24"})
    form.saving.save("due_on")
    form.saving.strip_of("due_on").reason.setText("They asked for it")
    assert len(on_disk(window)) == 1
    window = make()
    bring(window)
    (opened,) = window.findChildren(RecordWindow)
    strip = opened.pane.view().form.saving.strip_of("due_on")
    assert strip.is_asking()
    assert strip.reason.text() == "They asked for it"
    assert links.find("FU-2026-001").due_on == "2026-11-18"


def test_the_end_of_a_follow_up_with_its_outcome(make: Any) -> None:
    window = make()
    form = form_of(window, links.find("FU-2026-003"))
    inputs.put(form.rows["status"].editor, {"data": "done"})
    form.saving.save("status")
    form.saving.strip_of("status").ending.fields.at("outcome").input.setPlainText(HARD)
    assert len(on_disk(window)) == 1
    window = make()
    bring(window)
    (opened,) = window.findChildren(RecordWindow)
    strip = opened.pane.view().form.saving.strip_of("status")
    assert strip.ending.fields.at("outcome").input.toPlainText() == HARD
    assert links.find("FU-2026-003").status != "done"


def test_a_meeting_that_is_being_logged(make: Any) -> None:
    window = make()
    dialog = open_dialog(window, MeetingDialog, [links.find("WC-2024-1A")])
    minrel = Organisation.get(Organisation.acronym == "MINREL")
    dialog.main.at("title").input.setPlainText("Talks on 海底ケーブル")
    dialog.main.at("counterparts").set_value({minrel.id})
    dialog.main.at("place").input.setText("Résidence")
    dialog.main.at("starts").input.setText("half past")
    dialog.minutes.at("minutes").input.setPlainText(HARD)
    for who in ("Ana", "Beto"):
        inputs.put(dialog.attendees._rows[-1].name, {"text": who, "chosen": None})
        dialog.attendees.grow()
    dialog.promises._rows[-1].editors["title"].input.setPlainText("Send the list")
    stood = inputs.states(dialog.form)
    assert len(on_disk(window)) == 1
    window = make()
    assert window.messages.text().endswith("Log a meeting")
    bring(window)
    (dialog,) = window.findChildren(MeetingDialog)
    assert inputs.states(dialog.form) == stood
    assert [row.name.text() for row in dialog.attendees.rows()] == ["Sato Kenji", "Ana", "Beto"]
    assert dialog.discussed.records() == [links.find("WC-2024-1A")]
    assert Meeting.select().count() == 1


def test_many_rows_come_back_whole_and_are_not_offered_again(make: Any) -> None:
    """Rows come one by one as they are filled: what stands in a later one has no place before."""
    window = make()
    dialog = open_dialog(window, MeetingDialog, [])
    for who in ("Ana", "Beto", "Carla", "Dora"):
        inputs.put(dialog.attendees._rows[-1].name, {"text": who, "chosen": None})
        dialog.attendees.grow()
    for number in range(4):
        dialog.promises._rows[-1].editors["title"].input.setPlainText(f"Send {number}")
        dialog.promises.grow()
    stood = inputs.states(dialog.form)
    assert len(on_disk(window)) == 1
    window = make()
    bring(window)
    (dialog,) = window.findChildren(MeetingDialog)
    assert inputs.states(dialog.form) == stood
    assert window.keeper.left == {}


def test_a_text_in_place_of_which_another_stands_is_not_brought_back(qtbot: QtBot) -> None:
    """Two lines that fill each other; the control: a line that shows its own words otherwise."""
    part = QWidget()
    qtbot.addWidget(part)
    one, other, own = (QLineEdit(part) for _line in range(3))
    one.editingFinished.connect(lambda: other.setText("of the one"))
    own.editingFinished.connect(lambda: own.setText(f"Friday, {own.text()[-2:]} November"))
    asked = {key: {"text": text} for key, text in zip(inputs.inputs(part), ("a", "b", "27"), strict=True)}
    assert inputs.fill(part, asked) == []
    assert own.text() == "Friday, 27 November"
    other.editingFinished.connect(lambda: one.setText("of the other"))
    one.clear()
    assert inputs.fill(part, asked) == ["a"]


def test_progress_that_is_being_reported(make: Any) -> None:
    window = make()
    dialog = open_dialog(window, ProgressDialog, links.find("WC-2024-1A"))
    dialog.status.at("status").input.setCurrentIndex(2)
    dialog.words.at("done").input.setPlainText(HARD)
    stood = inputs.states(dialog.form)
    assert len(on_disk(window)) == 1
    window = make()
    bring(window)
    (dialog,) = window.findChildren(ProgressDialog)
    assert inputs.states(dialog.form) == stood
    assert dialog.words.at("done").input.toPlainText() == HARD


@pytest.mark.parametrize(("kind", "field"), [(CloseDialog, "outcome"), (MoveDateDialog, "reason")])
def test_dialogs_about_a_record(make: Any, kind: Any, field: str) -> None:
    window = make()
    dialog = open_dialog(window, kind, links.find("FU-2026-001"))
    made = next(fields.at(field) for fields in dialog.fields if fields.has(field))
    inputs.put(made, {"text": "Because"})
    assert len(on_disk(window)) == 1
    window = make()
    bring(window)
    (dialog,) = window.findChildren(kind)
    made = next(fields.at(field) for fields in dialog.fields if fields.has(field))
    assert inputs.state(made) == {"text": "Because"}


def test_a_new_record(make: Any) -> None:
    window = make()
    window.show_page(page_of("recommendation"))
    new_record(window)
    (dialog,) = [each for each in window.findChildren(Dialog) if each.isVisible()]
    inputs.put(dialog.main.at("title"), {"text": "A new one"})
    assert len(on_disk(window)) == 1
    window = make()
    bring(window)
    (dialog,) = [each for each in window.findChildren(Dialog) if each.isVisible()]
    assert dialog.entity is Recommendation
    assert inputs.state(dialog.main.at("title")) == {"text": "A new one"}


def test_a_dialog_that_was_closed_and_kept(make: Any) -> None:
    window = make()
    dialog = open_dialog(window, FollowUpDialog, [])
    inputs.put(dialog.main.at("title"), {"text": "Later"})
    dialog.reject()
    assert len(on_disk(window)) == 1
    dialog.discard()
    assert on_disk(window) == {}


def test_quick_entry(make: Any) -> None:
    window = make()
    quick_entry(window)
    window.findChild(QuickBar).line.setPlainText("Send the list by friday @sato")
    assert on_disk(window)["quick"]["text"] == "Send the list by friday @sato"
    window = make()
    bring(window)
    assert window.findChild(QuickBar).line.text() == "Send the list by friday @sato"
    assert FollowUp.select().count() == 3


@pytest.mark.parametrize("part", ["whole", "item", "add:", "point", "topic", "add"])
def test_minutes(make: Any, part: str) -> None:
    window = make()
    workspace = window.context.workspace
    meeting = links.find("MT-2026-001")
    item = agenda.add(workspace, meeting, "Cables", None)
    point = minutes.add(workspace, meeting, "note", "They will ask", None, {})
    uid = {"point": f":{point.uid}", "topic": f":{item.uid}", "add": f":{item.uid}"}.get(part, "")
    view = window.pane.open_window(meeting).pane.view()
    view.show_tab("minutes")
    made = places.parts(view.page("minutes"))[part + uid]
    text = "One line" if part in ("item", "topic") else HARD
    line = getattr(made, "line", made)
    inputs.put(line, {"text": text, "chosen": None})
    assert list(on_disk(window)) == [f"minutes:{meeting.uid}:{part}{uid}"]
    window = make()
    bring(window)
    (opened,) = window.findChildren(RecordWindow)
    made = places.parts(opened.pane.view().page("minutes"))[part + uid]
    assert inputs.state(getattr(made, "line", made))["text"] == text
    assert Point.select().count() == 1
    assert len(on_disk(window)) == 1


def test_a_text_of_no_known_place_can_be_copied(make: Any, qtbot: QtBot) -> None:
    window = make()
    line = QLineEdit(window)
    line.setAccessibleName("Somewhere")
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, "words")
    assert [each["text"] for each in on_disk(window).values()] == ["words"]
    window = make()
    window.messages.buttons()[0].click()
    (dialog,) = window.findChildren(DraftsDialog)
    dialog.accept()
    assert dialog.isVisible()
    assert "copy" in dialog.messages.text()
    dialog.copy.click()
    assert QApplication.clipboard().text() == "words"
    assert len(window.keeper.left) == 1


def test_what_one_looks_for_is_no_draft(make: Any) -> None:
    window = make()
    window.show_page(page_of("recommendation"))
    window.page.search.setFocus()
    QTest.keyClicks(window.page.search, "cables")
    assert on_disk(window) == {}


# ---- what was left


def test_a_record_that_changed_since_shows_both(make: Any) -> None:
    window = make()
    record = links.find("FU-2026-001")
    form_of(window, record).rows["detail"].editor.input.setPlainText("Mine")
    on_disk(window)
    window.keeper._stop()
    records.change(window.context.workspace, record, {"detail": "Theirs"})
    window = make()
    window.messages.buttons()[0].click()
    (dialog,) = window.findChildren(DraftsDialog)
    assert dialog.yours.toPlainText() == "Mine"
    assert dialog.kept.toPlainText() == "Theirs"
    assert dialog.kept.isVisible()
    assert "changed after you typed" in dialog.note.text()
    dialog.accept()
    (opened,) = window.findChildren(RecordWindow)
    assert opened.pane.view().form.rows["detail"].editor.text() == "Mine"


def test_a_record_that_is_gone_leaves_the_text_to_be_copied(make: Any) -> None:
    window = make()
    record = links.find("FU-2026-001")
    form_of(window, record).rows["detail"].editor.input.setPlainText("Mine")
    on_disk(window)
    window.keeper._stop()
    records.delete(window.context.workspace, [record])
    window = make()
    window.messages.buttons()[0].click()
    (dialog,) = window.findChildren(DraftsDialog)
    assert "no longer there" in dialog.note.text()
    dialog.accept()
    assert dialog.isVisible()
    dialog.copy.click()
    assert QApplication.clipboard().text() == "Mine"


def test_discarding_is_asked_and_keeping_for_later_keeps(make: Any) -> None:
    window = make()
    form_of(window, links.find("FU-2026-001")).rows["detail"].editor.input.setPlainText("Mine")
    on_disk(window)
    window = make()
    window.keeper.show_left()
    (dialog,) = window.findChildren(DraftsDialog)
    dialog.reject()
    assert len(on_disk(window)) == 1
    window = make()
    assert len(window.keeper.left) == 1
    window.keeper.show_left()
    (dialog,) = window.findChildren(DraftsDialog)
    dialog.throw.click()
    assert len(on_disk(window)) == 1
    dialog.messages.buttons()[0].click()
    assert on_disk(window) == {}
    assert make().keeper.left == {}


def test_what_is_typed_next_does_not_overwrite_what_was_left(make: Any) -> None:
    for text in ("first", "second", "third"):
        window = make()
        form_of(window, links.find("FU-2026-001")).rows["detail"].editor.input.setPlainText(text)
        on_disk(window)
    window = make()
    assert [each["text"] for each in window.keeper.left.values()] == ["third", "second", "first"]


def test_the_message_waits_for_a_question(make: Any) -> None:
    window = make()
    form_of(window, links.find("FU-2026-001")).rows["detail"].editor.input.setPlainText("Mine")
    on_disk(window)
    window = make(keeps=False)
    window.messages.show_message("Who is working here?", "info", [("Me", lambda: None)])
    keeper.begin(window)
    assert window.messages.text() == "Who is working here?"
    window.messages.buttons()[0].click()
    QApplication.processEvents()
    assert "was not saved when Juntos ended" in window.messages.text()


@pytest.mark.filterwarnings("always")
def test_a_line_of_qt_s_own_that_is_destroyed_under_the_keyboard_is_let_go_in_silence(
    make: Any, qtbot: QtBot, recwarn: pytest.WarningsRecorder
) -> None:
    make()
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setItem(0, 0, QTableWidgetItem("cell"))
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.editItem(table.item(0, 0))
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.deleteLater()
    QApplication.sendPostedEvents(line, QEvent.Type.DeferredDelete)
    assert [str(each.message) for each in recwarn if "disconnect" in str(each.message)] == []


# ---- the file


def test_without_a_text_there_is_no_file(make: Any) -> None:
    window = make()
    window.keeper.keep_now()
    assert not drafts.place(window.context.workspace.engine.path).exists()


def test_the_window_closes_and_leaves_nothing(make: Any) -> None:
    window = make()
    view = window.pane.open_window(links.find("FU-2026-001")).pane.view()
    view.form.rows["detail"].editor.input.setPlainText("Saved as it closes")
    assert len(on_disk(window)) == 1
    window.close()
    assert links.find("FU-2026-001").detail == "Saved as it closes"
    window.context.stopping.emit()
    assert not drafts.place(window.context.workspace.engine.path).exists()


def test_what_cannot_be_saved_at_closing_is_offered_next_time(make: Any) -> None:
    window = make()
    view = window.pane.open_window(links.find("IN-2026-001")).pane.view()
    inputs.put(view.form.rows["value"].editor, {"text": "a great deal"})
    window.close()
    QApplication.processEvents()
    assert [each["state"]["text"] for each in on_disk(window).values()] == ["a great deal"]


def test_another_process_on_the_workspace_takes_nothing_that_is_being_typed(make: Any) -> None:
    window = make()
    path = window.context.workspace.engine.path
    editor = form_of(window, links.find("FU-2026-001")).rows["detail"].editor
    editor.input.setPlainText("Mine")
    (place,) = on_disk(window)
    other = Writing(path, None)
    assert other.left() == {}
    other.exchange({place: {"text": "Theirs"}}, [])
    assert other.wait()
    other.close()  # as a process ends that could not save
    assert list(on_disk(window)) == [place]
    editor.commit()
    window.keeper.keep_now()
    third = Writing(path, None)
    assert [(each["place"], each["text"]) for each in third.left().values()] == [(place, "Theirs")]
    third.exchange({}, list(third.left()))
    third.close()


def _full(*_args: Any) -> None:
    raise StoreError("No room.")


@pytest.mark.parametrize("broken", ["", "__init__", "exchange"])
def test_a_file_of_drafts_that_was_taken_away_is_written_anew(
    make: Any, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """With what an earlier run left, and at the second attempt where the first one fails."""
    window = make()
    form_of(window, links.find("FU-2026-001")).rows["detail"].editor.input.setPlainText("Left")
    on_disk(window)
    window = make()
    form = form_of(window, links.find("FU-2026-001"))
    form.rows["detail"].editor.input.setPlainText("One")
    assert len(on_disk(window)) == 2
    file = drafts.place(window.context.workspace.engine.path)
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    form.rows["owed_to"].editor.input.setText("Nobody of this name")
    if broken:
        with monkeypatch.context() as patch:
            patch.setattr(Drafts, broken, _full)
            assert not window.keeper.keep_now()
        QApplication.processEvents()
    found = sorted(each["text"] for each in on_disk(window).values())
    assert found == ["Left", "Nobody of this name", "One"]
    assert [each["text"] for each in make().keeper.left.values() if each["text"] == "Left"] == ["Left"]


def test_a_full_disk_is_told_once_and_tried_again(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make()
    editor = form_of(window, links.find("FU-2026-001")).rows["detail"].editor
    told = window.context.told
    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "exchange", _full)
        for text in ("One", "One two"):
            editor.input.setPlainText(text)
            assert not window.keeper.keep_now()
            QApplication.processEvents()
    assert len(told) == 1
    assert "No room." in told[0]
    assert [each["text"] for each in on_disk(window).values()] == ["One two"]
    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "exchange", _full)
        editor.commit()
        assert not window.keeper.keep_now()
        QApplication.processEvents()
    assert on_disk(window) == {}


def test_what_could_not_be_kept_is_kept_with_what_comes_next(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Handed over before anybody heard that the one before had failed."""
    window = make()
    form = form_of(window, links.find("FU-2026-001"))
    form.rows["detail"].editor.input.setPlainText("One")
    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "exchange", _full)
        assert not window.keeper.keep_now()
    form.rows["owed_to"].editor.input.setText("Nobody of this name")
    assert window.keeper.keep_now()
    file = drafts.place(window.context.workspace.engine.path)
    kept = Drafts(window.context.workspace.engine.path, None, file=file)
    assert sorted(draft.content["text"] for draft in kept.all()) == ["Nobody of this name", "One"]
    kept.close()


def test_a_text_that_is_forgotten_already_is_forgotten_twice(make: Any) -> None:
    window = make()
    form_of(window, links.find("FU-2026-001")).rows["detail"].editor.input.setPlainText("Mine")
    on_disk(window)
    window = make()
    ((name, _content),) = window.keeper.left.items()
    window.keeper.show_left()
    (dialog,) = window.findChildren(DraftsDialog)
    window.keeper.discard(name)
    dialog.throw.click()
    dialog.messages.buttons()[0].click()
    assert window.keeper.left == {}
    assert on_disk(window) == {}


def test_by_the_keyboard_alone(make: Any, qtbot: QtBot) -> None:
    window = make()
    form_of(window, links.find("FU-2026-001")).rows["detail"].editor.input.setPlainText("Mine")
    on_disk(window)
    window = make()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.messages.go_in()
    qtbot.waitUntil(window.messages.buttons()[0].hasFocus)
    QTest.keyClick(window.messages.buttons()[0], Qt.Key.Key_Return)
    (dialog,) = window.findChildren(DraftsDialog)
    qtbot.waitUntil(dialog.list.hasFocus)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    (opened,) = window.findChildren(RecordWindow)
    editor = opened.pane.view().form.rows["detail"].editor
    qtbot.waitUntil(editor.has_focus)
    assert editor.text() == "Mine"
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_several_are_written_at_once_or_not_at_all(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make().context.workspace.engine.path
    kept = Drafts(path)
    kept.keep("a", {"text": "1"})
    with pytest.raises(TypeError):
        kept.exchange({"b": {"text": "2"}, "c": {"text": object()}}, ["a"])
    assert [each.place for each in kept.all()] == ["a"]
    kept.exchange({"b": {"text": "2"}, "c": {"text": "3"}}, ["a"])
    assert sorted(each.place for each in kept.all()) == ["b", "c"]
    for place in "bc":
        kept.drop(place)
    kept.close()


# ---- texts come back letter by letter


@pytest.mark.parametrize("text", ["Chili\u00a0: oui", "a\u202fb", "one\r\ntwo", "tail\n", "a\u2028b"])
def test_an_untouched_editor_writes_nothing_back(make: Any, text: str) -> None:
    window = make()
    form = form_of(window, links.find("FU-2026-001"))
    editor = form.rows["detail"].editor
    editor.set_value(text)
    assert not editor.is_typed()
    assert editor.value() == editor.kind.check(text)
    view = window.pane.open_window(links.find("MT-2026-001")).pane.view()
    view.show_tab("minutes")
    whole = view.page("minutes").general.text
    whole.set_value(text)
    assert not whole.is_typed()
    assert whole.value() == text


def test_a_no_break_space_is_saved_as_it_was_typed(make: Any) -> None:
    window = make()
    editor = form_of(window, links.find("FU-2026-001")).rows["detail"].editor
    editor.input.setPlainText("Chili\u00a0: oui")
    editor.commit()
    assert links.find("FU-2026-001").detail == "Chili\u00a0: oui"


def test_minutes_count_their_letters_before_the_limit_and_cut_nothing(make: Any) -> None:
    window = make()
    opened = window.pane.open_window(links.find("MT-2026-001"))
    view = opened.pane.view()
    view.show_tab("minutes")
    general = view.page("minutes").general
    (line,) = [each for each in general.children() if isinstance(each, CountLine)]
    general.text.input.setPlainText("x" * 90_000)
    assert line.isHidden()
    general.text.input.setPlainText("x" * 90_001)
    assert line.text() == "90,001 of 100,000 characters"
    general.text.input.setPlainText("x" * 100_001)
    general.text.commit()
    assert "100,000" in opened.messages.text()
    assert len(general.text.value()) == 100_001
    assert len(next(iter(on_disk(window).values()))["text"]) == 100_001
    assert len(links.find("MT-2026-001").minutes) < 100
