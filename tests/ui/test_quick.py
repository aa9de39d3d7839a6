"""Quick entry in the window: the bar, what it offers and says, drafts, input methods, other windows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.model import FollowUp, Operation
from desktop.service import links
from desktop.ui.closing import may_close
from desktop.ui.context import Context
from desktop.ui.dialogs.follow_up import FollowUpDialog
from desktop.ui.quick.bar import QuickBar
from desktop.ui.record.window import RecordWindow
from desktop.ui.window import MainWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    context.settings.last_page = "follow_up"
    made = MainWindow(context)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


@pytest.fixture
def bar(window: MainWindow) -> QuickBar:
    """The bar, open over the main window."""
    return opened(window)


def opened(window: MainWindow) -> QuickBar:
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_A, CONTROL | SHIFT)
    bar = window.window().findChild(QuickBar)
    assert bar is not None
    assert bar.isVisible()
    assert QApplication.focusWidget() is bar.line
    return bar


def press(bar: QuickBar, key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(bar.line, key, held)


def write(bar: QuickBar, text: str) -> None:
    """Text that keys cannot type, the cursor behind it."""
    bar.line.clear()
    bar.line.insertPlainText(text)


def chips(bar: QuickBar) -> list[str]:
    return [bar._flow.itemAt(n).widget().label for n in range(bar._flow.count())]


def shown(bar: QuickBar) -> list[str]:
    if bar.candidates.isHidden():
        return []
    return [bar.candidates.item(row).text() for row in range(bar.candidates.count())]


def test_the_bar_is_at_the_top_and_inside(bar: QuickBar, window: MainWindow) -> None:
    assert window.rect().contains(bar.geometry())
    assert bar.y() < window.height() // 4
    window.resize(950, 600)
    assert window.rect().contains(bar.geometry())
    assert abs(bar.geometry().center().x() - window.rect().center().x()) <= 1


def test_what_is_understood_stands_under_the_line_and_is_marked(bar: QuickBar) -> None:
    QTest.keyClicks(bar.line, "Call METI by Friday @Sato !high ")
    assert chips(bar) == ["due Fri 27 Nov 2026", "owner Sato Kenji", "priority High"]
    assert bar.problem.isHidden()
    formats = bar.line.document().firstBlock().layout().formats()
    parts = [bar.line.text()[each.start : each.start + each.length] for each in formats]
    assert parts == ["by Friday", "@Sato", "!high"]
    QTest.keyClicks(bar.line, "@Nobody")
    assert bar.problem.text() == "Nobody is called “Nobody”."
    ranges = bar.line.document().firstBlock().layout().formats()
    assert ranges[-1].format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline


def test_marks_stand_right_behind_characters_of_two_places(bar: QuickBar) -> None:
    write(bar, "𠮷野家 call @Sato ")
    found = bar.line.document().firstBlock().layout().formats()
    assert [(each.start, each.length) for each in found] == [(len("xx野家 call "), len("@Sato"))]


def test_enter_adds_once_closes_and_can_be_undone(bar: QuickBar, window: MainWindow) -> None:
    before = Operation.select().count()
    QTest.keyClicks(bar.line, "Call METI by Friday @Mori /WC-2024-1A")
    press(bar, Qt.Key.Key_Return)
    assert Operation.select().count() == before + 1
    made = FollowUp.get(FollowUp.title == "Call METI")
    assert (made.due_on, made.owner.name) == ("2026-11-27", "Mori Aya")
    assert not bar.isVisible()
    assert window.messages.text() == f"{made.ref} was added: Call METI"
    window.messages.buttons()[0].click()
    assert window.selected() == [made]
    window.commands.run("undo")
    assert FollowUp.get_or_none(FollowUp.title == "Call METI") is None
    assert not opened(window).typed()


def test_control_enter_stays_for_the_next(bar: QuickBar) -> None:
    QTest.keyClicks(bar.line, "One @sa")
    press(bar, Qt.Key.Key_Return, CONTROL)
    assert bar.isVisible()
    assert bar.line.text() == ""
    assert bar.messages.text().endswith("was added: One")
    QTest.keyClicks(bar.line, "Two")
    press(bar, Qt.Key.Key_Return)
    assert FollowUp.select().where(FollowUp.title.in_(["One", "Two"])).count() == 2
    assert not bar.isVisible()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Call @Nobody ", "Nobody is called “Nobody”."),
        ("Call METI in mid-December", "mid-December"),
        ("Call by 5/6", "5/6"),
        ("", "required"),
        ("@Sato ", "required"),
    ],
)
def test_what_is_not_understood_is_not_added(bar: QuickBar, line: str, told: str) -> None:
    before = FollowUp.select().count()
    write(bar, line)
    press(bar, Qt.Key.Key_Return)
    assert FollowUp.select().count() == before
    assert bar.isVisible()
    assert told in bar.problem.text() or "Follow-up" in bar.problem.text(), bar.problem.text()
    assert bar.problem.isVisible()
    assert bar.line.text() == line


# ---- what a mark could become


def test_down_and_enter_take_a_candidate(bar: QuickBar) -> None:
    QTest.keyClicks(bar.line, "Call @")
    assert [each.split("   ")[0] for each in shown(bar)[:2]] == ["Mori Aya", "Sato Kenji"]
    assert bar.candidates.current() is None, "Enter adds until something is chosen or typed"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(bar, key)
    press(bar, Qt.Key.Key_Return)
    assert bar.line.text() == 'Call @"Sato Kenji" '
    assert shown(bar) == []
    press(bar, Qt.Key.Key_Return)
    assert FollowUp.get(FollowUp.title == "Call").owner.name == "Sato Kenji"


def test_enter_takes_the_first_where_the_mark_means_nothing_yet(bar: QuickBar) -> None:
    QTest.keyClicks(bar.line, "Check /humb")
    assert bar.candidates.current().shown == "Humboldt cable"
    assert bar.problem.text() != ""
    press(bar, Qt.Key.Key_Tab)
    assert bar.problem.text() == ""
    assert chips(bar)[0].endswith("Humboldt cable")
    assert bar.line.hasFocus()


def test_what_is_understood_needs_no_choice(bar: QuickBar) -> None:
    QTest.keyClicks(bar.line, "Check /WC-2024-1A")
    assert len(shown(bar)) == 2
    assert bar.candidates.current() is None
    press(bar, Qt.Key.Key_Return)
    assert FollowUp.get_or_none(FollowUp.title == "Check") is not None


def test_escape_closes_what_is_offered_first(bar: QuickBar) -> None:
    QTest.keyClicks(bar.line, "Call #")
    assert shown(bar)
    press(bar, Qt.Key.Key_Escape)
    assert shown(bar) == []
    QTest.keyClicks(bar.line, "di")
    assert shown(bar) == [], "as long as it is the same mark"
    assert bar.isVisible()
    QTest.keyClicks(bar.line, " @")
    assert shown(bar)


def test_the_pointer_takes_one_too(bar: QuickBar) -> None:
    QTest.keyClicks(bar.line, "Call !")
    item = bar.candidates.item(0)
    bar._fit()
    place = bar.candidates.visualItemRect(item).center()
    QTest.mouseClick(bar.candidates.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bar.line.text() == "Call !High "
    assert bar.line.hasFocus()


# ---- drafts


def test_escape_keeps_the_line(bar: QuickBar, window: MainWindow) -> None:
    QTest.keyClicks(bar.line, "Half a thought")
    press(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.messages.text() == "The line of quick entry is not added yet; it is kept."
    assert opened(window).line.text() == "Half a thought"


def test_nothing_is_lost_when_the_window_closes(bar: QuickBar, window: MainWindow) -> None:
    QTest.keyClicks(bar.line, "Half a thought")
    press(bar, Qt.Key.Key_Escape)
    assert not may_close(window)
    assert "Quick entry" in window.messages.text()
    window.messages.buttons()[0].click()
    assert bar.isVisible()
    bar.close_bar()
    assert not may_close(window)
    window.messages.buttons()[1].click()
    assert not bar.typed()
    assert may_close(window)


def test_an_empty_line_leaves_nothing_behind(bar: QuickBar, window: MainWindow) -> None:
    press(bar, Qt.Key.Key_Escape)
    assert window.messages.text() == ""
    assert may_close(window)


def test_the_keyboard_goes_back_to_where_it_was(window: MainWindow) -> None:
    window.commands.run("find")
    before = QApplication.focusWidget()
    assert isinstance(before, QLineEdit)
    bar = opened(window)
    press(bar, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


# ---- input methods


def convert(bar: QuickBar, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(bar.line, event)


def test_an_input_method_keeps_its_keys(bar: QuickBar) -> None:
    before = FollowUp.select().count()
    convert(bar, "きんようまでにでんわする")
    press(bar, Qt.Key.Key_Return)
    assert bar.line.converting()
    assert FollowUp.select().count() == before
    assert bar.isVisible()
    convert(bar, "", "金曜までに電話する")
    assert not bar.line.converting()
    assert chips(bar) == ["due Fri 27 Nov 2026"]
    press(bar, Qt.Key.Key_Return)
    assert FollowUp.get(FollowUp.due_on == "2026-11-27").title == "電話する"


def test_names_are_offered_after_the_conversion(bar: QuickBar) -> None:
    i18n.use("ja")
    convert(bar, "", "電話する　＠")
    assert shown(bar)
    convert(bar, "さとう")
    assert shown(bar) == [], "an input method shows a list of its own"
    convert(bar, "", "佐藤")
    assert chips(bar) == ["担当者：Sato Kenji"]


# ---- other windows


def test_it_opens_in_the_window_of_a_record(window: MainWindow, qtbot: QtBot) -> None:
    record = links.find("FU-2026-001")
    window.pane.open_window(record)
    other = window.findChild(RecordWindow)
    qtbot.waitExposed(other)
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    bar = opened(window)
    assert bar.parentWidget() is other
    QTest.keyClicks(bar.line, "From the window of a record")
    press(bar, Qt.Key.Key_Return)
    assert FollowUp.get(FollowUp.title == "From the window of a record")
    assert other.isVisible()
    assert bar.messages.text().endswith("was added: From the window of a record")
    bar.messages.dismiss()
    assert not bar.isVisible()

    bar = opened(window)
    QTest.keyClicks(bar.line, "Kept")
    press(bar, Qt.Key.Key_Escape)
    assert other.isVisible(), "Esc closes the bar, not the window under it"
    assert not bar.isVisible()
    assert bar.line.text() == "Kept"


def test_the_line_outlives_the_window_that_it_was_typed_in(window: MainWindow, qtbot: QtBot) -> None:
    window.pane.open_window(links.find("FU-2026-001"))
    other = window.findChild(RecordWindow)
    qtbot.waitExposed(other)
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    QTest.keyClicks(opened(window).line, "Kept")
    with qtbot.waitSignal(other.destroyed):
        other.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert opened(window).line.text() == "Kept"


def test_it_opens_in_a_dialog_and_leaves_it_alone(window: MainWindow, qtbot: QtBot) -> None:
    before = FollowUp.select().count()
    window.commands.run("add_follow_up")
    dialog = window.findChild(FollowUpDialog)
    qtbot.waitExposed(dialog)
    dialog.resize(dialog.width(), 480)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    bar = opened(window)
    assert bar.parentWidget() is dialog
    assert dialog.rect().contains(bar.geometry())
    QTest.keyClicks(bar.line, "Beside the dialog")
    press(bar, Qt.Key.Key_Return)
    assert FollowUp.select().count() == before + 1
    assert dialog.isVisible()
    dialog.reject()


def test_every_part_has_a_name(bar: QuickBar) -> None:
    QTest.keyClicks(bar.line, "Call @sa")
    bar._say()
    assert bar.line.accessibleName()
    assert "Sato Kenji" in bar.line.accessibleDescription()
    assert bar.candidates.accessibleName()


def test_its_buttons_work_by_the_keyboard_and_keep_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.pane.open_window(links.find("FU-2026-001"))
    other = window.findChild(RecordWindow)
    qtbot.waitExposed(other)
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    bar = opened(window)
    QTest.keyClicks(bar.line, "By the button")
    press(bar, Qt.Key.Key_Tab)
    assert bar.add_button.hasFocus()
    QTest.keyClick(bar.add_button, Qt.Key.Key_Escape)
    assert other.isVisible()
    assert not bar.isVisible()
    bar = opened(window)
    press(bar, Qt.Key.Key_Tab)
    QTest.keyClick(bar.add_button, Qt.Key.Key_Return)
    assert FollowUp.get_or_none(FollowUp.title == "By the button") is not None
