"""The standalone widgets as one uses them: by keyboard, pointer, input method, screen reader."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QImage, QInputMethodEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import i18n
from desktop.ui import icons, theme
from desktop.ui.offers import among
from desktop.ui.tones import BLACK, RAGS
from desktop.ui.widgets import growingtext
from desktop.ui.widgets.card import Card, CardGrid
from desktop.ui.widgets.chipsedit import ChipsEdit
from desktop.ui.widgets.dateedit import DateEdit
from desktop.ui.widgets.elidedline import ElidedLine
from desktop.ui.widgets.emptystate import EmptyState
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.growingtext import GrowingText
from desktop.ui.widgets.itemchip import ItemChip
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.rag import Chip, chip_size, paint_shape
from desktop.ui.widgets.ragbar import RagBar
from desktop.ui.widgets.searchbox import SearchBox
from desktop.ui.widgets.sidebar import SideBar
from desktop.ui.widgets.timeedit import TimeEdit
from desktop.ui.widgets.tips import plain_tip

COUNTRIES = [("BR", "Brazil"), ("CL", "Chile"), ("CO", "Colombia"), ("JP", "日本"), ("PE", "Perú")]


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, "light")


@pytest.fixture
def shown(qtbot):
    """Show a widget in a window beside another field, active, so that focus and leaving are real."""

    def show(widget: QWidget) -> QLineEdit:
        window = QWidget()
        window.resize(640, 480)
        layout = QVBoxLayout(window)
        other = QLineEdit()
        layout.addWidget(widget)
        layout.addWidget(other)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        show.windows.append(window)
        return other

    show.windows = []
    return show


def spoken(widget: QWidget, what: QAccessible.Text = QAccessible.Text.Name) -> str:
    """What a screen reader is told."""
    return QAccessible.queryAccessibleInterface(widget).text(what)


def compose(widget: QWidget, preedit: str = "", commit: str = "") -> None:
    """What an input method does: show what is being converted, or hand over what was confirmed."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def larger_text(qapp):
    """Make the system's text larger while the program runs."""
    usual = QFont(qapp.font())

    def enlarge(factor: float) -> None:
        font = QFont(usual)
        font.setPointSizeF(usual.pointSizeF() * factor)
        qapp.setFont(font)

    yield enlarge
    qapp.setFont(usual)


# ---- search box


def test_search_box_tells_the_settled_text_once(qtbot, shown):
    box = SearchBox()
    shown(box)
    heard = []
    box.text_changed_settled.connect(heard.append)
    qtbot.keyClicks(box, "cab")
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["cab"]


def test_search_box_waits_for_a_conversion_to_be_confirmed(qtbot, shown):
    box = SearchBox()
    shown(box)
    box.setFocus()
    compose(box, preedit="かいぎ")
    with qtbot.assertNotEmitted(box.text_changed_settled, wait=200):
        pass
    with qtbot.waitSignal(box.text_changed_settled) as heard:
        compose(box, commit="会議")
    assert heard.args == ["会議"]


def test_search_box_is_cleared_by_escape_and_by_its_button(qtbot, shown):
    box = SearchBox(shortcut="Ctrl+F")
    shown(box)
    assert "Ctrl+F" in box.placeholderText()
    button = [each for each in box.findChildren(QToolButton) if each.defaultAction() in box.actions()][-1]
    assert not button.isVisible()
    box.setText("cable")
    qtbot.waitUntil(button.isVisible)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    box.setText("cable")
    with qtbot.waitSignal(box.text_changed_settled) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == [""]


def test_empty_search_box_leaves_escape_to_others(qtbot):
    window = _Listener()
    qtbot.addWidget(window)
    box = SearchBox(parent=window)
    window.show()
    box.setText("x")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert window.keys == []
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert window.keys == [Qt.Key.Key_Escape]


class _Listener(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.keys = []

    def keyPressEvent(self, event) -> None:
        self.keys.append(event.key())


# ---- side bar


@pytest.fixture
def bar(shown):
    bar = SideBar()
    bar.set_post("Embassy", "Santiago")
    for key, icon, text in (
        ("today", "today", "Today"),
        ("follow_ups", "follow-ups", "Follow-ups"),
        ("meetings", "meetings", "Meetings"),
    ):
        bar.add_entry(key, icon, text)
    bar.set_current("today")
    shown(bar)
    return bar


def test_side_bar_is_steered_by_keys(qtbot, bar):
    entries = bar.findChild(QListWidget)
    asked = []
    bar.page_requested.connect(asked.append)
    entries.setFocus()
    qtbot.keyClick(entries, Qt.Key.Key_Down)
    assert asked == []  # looking is not choosing
    qtbot.keyClick(entries, Qt.Key.Key_Return)
    qtbot.keyClick(entries, Qt.Key.Key_Down)
    qtbot.keyClick(entries, Qt.Key.Key_Space)
    assert asked == ["follow_ups", "meetings"]
    assert bar.current() == "today"  # whoever hosts the pages says which is shown


def test_side_bar_counts_are_spoken(bar):
    bar.set_count("follow_ups", 7)
    model = bar.findChild(QListWidget).model()
    says = Qt.ItemDataRole.AccessibleTextRole
    assert [model.index(row, 0).data(says) for row in range(3)] == ["Today", "Follow-ups, 7", "Meetings"]
    bar.set_count("follow_ups", 0)
    assert model.index(1, 0).data(says) == "Follow-ups"


def test_side_bar_shrinks_to_icons_and_back(qtbot, bar):
    wide = bar.width()
    with qtbot.waitSignal(bar.shrunk_changed):
        bar.set_shrunk(True)
    assert bar.width() < wide / 2
    assert bar.findChild(QListWidget).item(1).toolTip() == "Follow-ups"
    bar.set_count("follow_ups", 7)
    assert bar.findChild(QListWidget).item(1).toolTip() == "Follow-ups, 7"
    bar.set_shrunk(False)
    assert bar.width() == wide
    assert bar.findChild(QListWidget).item(1).toolTip() == ""


def test_side_bar_makes_room_for_longer_and_larger_words(qtbot, bar, larger_text):
    wide = bar.width()
    bar.add_entry("recommendations", "recommendations", "Recomendaciones del informe de seguimiento")
    longer = bar.width()
    assert longer > wide
    larger_text(1.5)
    qtbot.waitUntil(lambda: bar.width() > longer)


# ---- chips and bars of RAG


def test_each_rag_has_a_shape_of_its_own():
    shapes = {}
    for rag in (*RAGS, None):
        image = QImage(24, 24, QImage.Format.Format_ARGB32)
        painter = QPainter(image)
        painter.fillRect(image.rect(), Qt.GlobalColor.white)
        if rag:
            paint_shape(painter, QRectF(2, 2, 20, 20), rag, BLACK)
        painter.end()
        shapes[rag] = bytes(image.constBits())
    assert len(set(shapes.values())) == len(RAGS) + 1


def test_chip_says_its_words(qtbot):
    chip = Chip("red")
    qtbot.addWidget(chip)
    assert (chip.text(), spoken(chip)) == ("Red", "Red")
    chip.show_rag("red", "12 days")
    assert spoken(chip) == "12 days"
    assert spoken(chip, QAccessible.Text.Description) == "Red"
    chip.show_rag(None, "Open")
    assert spoken(chip, QAccessible.Text.Description) == ""


def test_chip_grows_with_text_and_font(qtbot, larger_text):
    chip = Chip("green", "Done")
    qtbot.addWidget(chip)
    small = chip.sizeHint()
    assert chip_size(chip.fontMetrics(), "green", "Done") == small
    chip.show_rag("green", "Substantially done")
    wide = chip.sizeHint()
    assert wide.width() > small.width()
    larger_text(1.5)
    qtbot.waitUntil(lambda: chip.sizeHint().width() > wide.width())
    assert chip.sizeHint().height() > wide.height()


def test_rag_bar_reads_its_counts(qtbot):
    bar = RagBar()
    qtbot.addWidget(bar)
    bar.set_counts({"green": 5, "red": 2})
    assert spoken(bar, QAccessible.Text.Description) == "2 Red, 5 Green"
    assert [chip.text() for chip in bar.findChildren(Chip) if not chip.isHidden()] == ["2 Red", "5 Green"]
    bar.set_counts({})
    assert spoken(bar, QAccessible.Text.Description) == "Nothing to count"


def test_rag_bar_shows_even_one_among_thousands(qtbot):
    bar = RagBar(legend=False)
    qtbot.addWidget(bar)
    bar.resize(400, 20)
    bar.set_counts({"red": 1, "green": 100_000})
    image = bar.grab().toImage()
    colours = {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }
    assert {theme.current().red, theme.current().green} <= colours


# ---- cards


def test_card_opens_by_its_button_and_says_its_count(qtbot):
    card = Card("Overdue")
    qtbot.addWidget(card)
    card.set_count(7)
    assert spoken(card) == "Overdue, 7"
    button = card.findChild(QToolButton)
    assert "Overdue" in spoken(button)
    button.setFocus()
    with qtbot.waitSignal(card.opened):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_card_opens_once_by_a_click_on_its_title_alone(qtbot):
    card = Card("Overdue")
    card.body.addWidget(QLabel("Cable draft"))
    qtbot.addWidget(card)
    card.resize(300, 200)
    card.show()
    heard = []
    card.opened.connect(lambda: heard.append(1))
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    assert len(heard) == 1
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(40, 190))
    assert len(heard) == 1


def test_cards_stand_side_by_side_and_below_each_other(qtbot):
    grid = CardGrid()
    qtbot.addWidget(grid)
    cards = [Card(title) for title in ("a", "b", "c")]
    for card, span in zip(cards, (4, 4, 4), strict=True):
        grid.add(card, span)
    grid.resize(1400, 400)
    grid.show()
    qtbot.waitUntil(lambda: len({card.y() for card in cards}) == 1)
    assert cards[0].width() == pytest.approx(cards[2].width(), abs=2)
    grid.resize(320, 900)
    qtbot.waitUntil(lambda: len({card.y() for card in cards}) == 3)
    assert all(card.geometry().right() < 320 for card in cards)
    grid.resize(1400, 400)
    qtbot.waitUntil(lambda: len({card.y() for card in cards}) == 1)


# ---- empty state, message bar


def test_empty_state_says_what_to_do(qtbot, larger_text):
    empty = EmptyState("follow-ups", "No follow-ups yet. " * 6, "Add a follow-up")
    qtbot.addWidget(empty)
    empty.resize(700, 500)
    empty.show()
    with qtbot.waitSignal(empty.action_requested):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    sentence = next(each for each in empty.findChildren(QLabel) if each.text())
    larger_text(1.5)
    qtbot.waitUntil(lambda: sentence.height() >= sentence.heightForWidth(sentence.width()))
    empty.say("filter", "Nothing fits the filters.")
    assert empty.button.isHidden()
    assert spoken(empty) == "Nothing fits the filters."


def test_user_text_is_never_markup(qtbot):
    bar, empty, card = MessageBar(), EmptyState("add", "<b>x</b>"), Card("<b>x</b>")
    side = SideBar()
    side.set_post("<b>x</b>", "<i>y</i>")
    for widget in (bar, empty, card, side):
        qtbot.addWidget(widget)
        for label in widget.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText or label.pixmap().width() or not label.text()


def test_message_stays_until_it_is_dismissed_or_replaced(qtbot, shown):
    bar = MessageBar()
    shown(bar)
    assert bar.text() == ""
    bar.show_message("Exported to a.xlsx", "success", [("Open file", lambda: None)])
    assert (bar.text(), spoken(bar)) == ("Exported to a.xlsx", "Exported to a.xlsx")
    bar.show_message("It could not be written", "error")
    assert (bar.text(), bar.kind(), bar.buttons()) == ("It could not be written", "error", [])
    with qtbot.waitSignal(bar.dismissed):
        qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.text() == ""


def test_message_runs_its_action_and_makes_way_for_the_next(qtbot, shown):
    bar = MessageBar()
    shown(bar)
    bar.show_message("Deleted", actions=[("Undo", lambda: bar.show_message("Undone"))])
    qtbot.mouseClick(bar.buttons()[0], Qt.MouseButton.LeftButton)
    assert bar.text() == "Undone"


def test_message_that_may_time_out_does_unless_its_button_has_the_focus(qtbot, shown):
    bar = MessageBar()
    other = shown(bar)
    bar.show_message("Saved", timeout=30, actions=[("Undo", lambda: None)])
    bar.buttons()[0].setFocus()
    with qtbot.assertNotEmitted(bar.dismissed, wait=120):
        pass
    with qtbot.waitSignal(bar.dismissed):
        other.setFocus()


def test_a_long_message_has_the_whole_width_and_its_buttons_under_it(qtbot):
    holder = QWidget()
    bar = MessageBar()
    column = QVBoxLayout(holder)
    column.addStretch(1)
    column.addWidget(bar)
    qtbot.addWidget(holder)
    holder.resize(720, 400)
    holder.show()
    ways = [(words, lambda: None) for words in ("Backups…", "Save a rescue copy…", "Continue with this file")]
    bar.show_message("It was moved.", "error", ways)
    (words,) = [each for each in bar.findChildren(QLabel) if each.text()]
    qtbot.wait(0)
    assert bar.buttons()[0].geometry().left() > words.geometry().right()
    bar.show_message(
        "An older copy was put back; look before you go on with what is here. " * 4, "error", ways
    )
    qtbot.waitUntil(lambda: bar.buttons()[0].geometry().top() > words.geometry().bottom())
    assert words.width() > 0.85 * bar.width()
    assert words.height() >= words.heightForWidth(words.width())
    assert all(bar.rect().contains(each.geometry()) for each in bar.buttons())
    holder.resize(260, 600)  # as with large letters: the buttons take more than one line, and none is cut
    qtbot.waitUntil(lambda: bar.buttons()[2].y() > bar.buttons()[0].y())
    assert words.height() >= words.heightForWidth(words.width())
    assert all(each.width() >= each.sizeHint().width() for each in bar.buttons())
    assert all(bar.rect().contains(each.geometry()) for each in bar.buttons())


# ---- chips to edit a set


@pytest.fixture
def chips(shown):
    chips = ChipsEdit(lambda text: among(COUNTRIES, text))
    chips.setAccessibleName("Countries")
    chips.other = shown(chips)
    chips.setFocus()
    return chips


def countries(*codes: str) -> list[tuple[str, str]]:
    return [(code, dict(COUNTRIES)[code]) for code in codes]


def labels(chips: ChipsEdit) -> list[str]:
    return [chip.label for chip in chips.findChildren(ItemChip) if not chip.isHidden()]


def press(qtbot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_chips_show_a_set_without_saying_that_it_changed(qtbot, chips):
    with qtbot.assertNotEmitted(chips.changed):
        chips.set_items(countries("CL", "JP"))
    assert chips.keys() == ["CL", "JP"]
    assert labels(chips) == ["Chile", "日本"]


def test_chip_is_added_by_typing(qtbot, chips):
    qtbot.keyClicks(chips.line(), "peru")
    with qtbot.waitSignal(chips.changed):
        qtbot.keyClick(chips.line(), Qt.Key.Key_Return)
    assert chips.keys() == ["PE"]
    qtbot.waitUntil(lambda: chips.line().text() == "")


def test_accents_case_and_width_make_no_difference(qtbot, chips):
    for typed in ("pERÚ", "ｃｈｉｌｅ"):
        chips.line().setText(typed)
        qtbot.keyClick(chips.line(), Qt.Key.Key_Return)
    assert chips.keys() == ["PE", "CL"]


def test_what_is_offered_first_is_taken_by_enter(qtbot, chips):
    qtbot.keyClicks(chips.line(), "c")
    popup = QApplication.activePopupWidget()
    offered = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert offered == ["Chile", "Colombia"]
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert chips.keys() == ["CO"]
    qtbot.waitUntil(lambda: chips.line().text() == "")


def test_down_offers_all_that_is_not_chosen(qtbot, chips):
    chips.set_items(countries("CL"))
    qtbot.keyClick(chips.line(), Qt.Key.Key_Down)
    popup = QApplication.activePopupWidget()
    assert popup.model().rowCount() == len(COUNTRIES) - 1
    popup.close()


def test_nothing_is_added_twice(qtbot, chips):
    chips.set_items(countries("CL"))
    with qtbot.assertNotEmitted(chips.changed):
        chips.add("CL", "Chile")
    assert chips.keys() == ["CL"]


def test_enter_does_not_confirm_a_conversion_and_the_chip_at_once(chips):
    compose(chips.line(), preedit="にほん")
    assert chips.keys() == []
    compose(chips.line(), commit="日本")
    assert chips.keys() == []
    assert chips.line().text() == "日本"


def test_what_is_no_option_is_not_added(qtbot, chips):
    qtbot.keyClicks(chips.line(), "Atlantis")
    qtbot.keyClick(chips.line(), Qt.Key.Key_Return)
    assert (chips.keys(), chips.line().text()) == ([], "Atlantis")
    chips.other.setFocus()
    assert (chips.keys(), chips.line().text()) == ([], "")


def test_leaving_takes_what_was_typed_in_full(qtbot, chips):
    chips.line().setText("Chile")
    with qtbot.waitSignal(chips.changed):
        chips.other.setFocus()
    assert chips.keys() == ["CL"]


def test_backspace_removes_the_last_chip(qtbot, chips):
    chips.set_items(countries("CL", "BR"))
    with qtbot.waitSignal(chips.changed):
        qtbot.keyClick(chips.line(), Qt.Key.Key_Backspace)
    assert chips.keys() == ["CL"]
    qtbot.keyClicks(chips.line(), "z")
    qtbot.keyClick(chips.line(), Qt.Key.Key_Backspace)
    assert chips.keys() == ["CL"]


def test_arrows_move_over_the_chips_and_delete_removes(qtbot, chips):
    chips.set_items(countries("CL", "BR", "PE"))
    press(qtbot, Qt.Key.Key_Left)
    press(qtbot, Qt.Key.Key_Left)
    assert QApplication.focusWidget().label == "Brazil"
    press(qtbot, Qt.Key.Key_Delete)
    assert chips.keys() == ["CL", "PE"]
    assert QApplication.focusWidget().label == "Perú"
    press(qtbot, Qt.Key.Key_Delete)
    assert QApplication.focusWidget() is chips.line()
    press(qtbot, Qt.Key.Key_Left)
    press(qtbot, Qt.Key.Key_Left)  # stays on the first
    assert QApplication.focusWidget().label == "Chile"
    press(qtbot, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is chips.line()


def test_tab_passes_the_chips_in_one_step(qtbot, chips):
    chips.set_items(countries("CL", "BR"))
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is chips.other
    press(qtbot, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is chips.line()


def test_chip_is_removed_by_its_cross(qtbot, chips):
    chips.set_items(countries("CL", "BR"))
    chip = chips.findChildren(ItemChip)[0]
    qtbot.waitUntil(lambda: chip.width() > 20)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert chips.keys() == ["CL", "BR"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, chip.height() // 2))
    assert chips.keys() == ["BR"]


def test_chips_that_are_read_only_stay(qtbot, chips):
    chips.set_items(countries("CL"))
    chips.set_read_only(True)
    chip = chips.findChildren(ItemChip)[0]
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, chip.height() // 2))
    assert chips.keys() == ["CL"]
    assert chips.line().isHidden()


def test_chips_may_come_from_a_search(qtbot, shown):
    asked = []

    def search(text):
        asked.append(text)
        return [(7, "Ministry of Economy")] if "eco" in text else []

    chips = ChipsEdit(search)
    shown(chips)
    chips.set_items([(3, "Ministry of Energy")])
    chips.setFocus()
    qtbot.keyClicks(chips.line(), "eco")
    assert asked[-1] == "eco"
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    assert chips.keys() == [3, 7]


def test_chips_break_into_lines(qtbot, chips):
    one = chips.heightForWidth(2000)
    chips.set_items(COUNTRIES)
    assert chips.heightForWidth(2000) == one
    assert chips.heightForWidth(150) > 2 * one


def test_chips_are_spoken(qtbot, chips):
    chips.set_items(countries("CL"))
    assert spoken(chips.line()) == "Countries"
    assert spoken(chips.findChildren(ItemChip)[0]) == "Chile"


def test_a_tool_tip_shows_tags_as_they_were_typed():
    told = plain_tip("<img src='file:///x'>\nsecond")
    assert "<img" not in told
    assert "&lt;img src='file:///x'" in told
    assert plain_tip("Send the draft") == "Send the draft"


def test_flow_starts_at_the_reading_side(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    flow = FlowLayout(window)
    first, second = QPushButton("a"), QPushButton("b")
    flow.addWidget(first)
    flow.addWidget(second)
    window.resize(400, 60)
    window.show()
    assert first.x() < second.x()
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.waitUntil(lambda: first.x() > second.x())
    assert QRect(QPoint(0, 0), QSize(400, 60)).contains(first.geometry())


# ---- dates and times


@pytest.fixture
def date(shown):
    date = DateEdit(today=lambda: datetime.date(2026, 11, 21))
    date.other = shown(date)
    date.setFocus()
    return date


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2026-11-05", "2026-11-05"),
        ("２０２６－１１－０５", "2026-11-05"),
        ("2026/1/5", "2026-01-05"),
        ("2026年11月5日", "2026-11-05"),
        ("5 Nov 2026", "2026-11-05"),
        ("  ", None),
    ],
)
def test_date_is_understood_on_leaving(qtbot, date, typed, value):
    date.set_value("2025-01-01")
    date.setText(typed)
    date.setModified(True)
    with qtbot.waitSignal(date.committed):
        assert date.commit()
    assert (date.value(), date.text()) == (value, value or "")


@pytest.mark.parametrize("typed", ["31/02/2026", "2026-02-31", "2024-13-01", "03/04/2026", "soon", "2026-11"])
def test_what_is_no_date_is_told_and_kept(qtbot, date, typed):
    date.set_value("2026-01-01")
    date.selectAll()
    qtbot.keyClicks(date, typed)
    with qtbot.assertNotEmitted(date.committed), qtbot.waitSignal(date.problem) as told:
        date.other.setFocus()
    assert typed in told.args[0]
    assert spoken(date, QAccessible.Text.Description) == told.args[0]
    assert (date.value(), date.text()) == ("2026-01-01", typed)


def test_fault_goes_as_soon_as_it_is_mended(qtbot, date):
    date.setText("2026-02-31")
    date.commit()
    assert date.wrong()
    with qtbot.waitSignal(date.problem) as told:
        date.setText("2026-02-28")
    assert told.args == [""]
    assert date.value() is None  # not yet left
    date.commit()
    assert date.value() == "2026-02-28"


def test_date_commits_once_and_only_changes(qtbot, date):
    heard = []
    date.committed.connect(lambda: heard.append(date.value()))
    date.set_value("2026-11-05")
    qtbot.keyClick(date, Qt.Key.Key_Return)
    assert heard == []
    date.selectAll()
    qtbot.keyClicks(date, "2026-12-01")
    qtbot.keyClick(date, Qt.Key.Key_Return)
    date.other.setFocus()
    assert heard == ["2026-12-01"]


def test_escape_takes_back_what_was_typed(qtbot, date):
    date.set_value("2026-11-05")
    date.selectAll()
    qtbot.keyClicks(date, "2027")
    qtbot.keyClick(date, Qt.Key.Key_Escape)
    assert (date.text(), date.value()) == ("2026-11-05", "2026-11-05")


@pytest.mark.parametrize(
    "held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier], ids=["us", "spanish"]
)
def test_shortcut_puts_in_the_posts_today(qtbot, date, held):
    with qtbot.waitSignal(date.committed):
        qtbot.keyClick(date, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier | held)
    assert date.value() == "2026-11-21"


def test_date_is_chosen_in_the_calendar(qtbot, date):
    i18n.use("es")
    date.set_value("2026-11-05")
    qtbot.keyClick(date, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup.calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2026-11-05"
    assert popup.calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    view = popup.calendar.focusWidget() or popup.calendar
    qtbot.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(date.committed):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert date.value() == "2026-11-06"
    assert not popup.isVisible()


@pytest.mark.parametrize(
    ("typed", "value"), [("1990", "1990"), ("２０２４－１１", "2024-11"), ("2024-11-15", "2024-11-15")]
)
def test_fuzzy_date_keeps_its_precision(qtbot, shown, typed, value):
    date = DateEdit(fuzzy=True)
    shown(date)
    date.setText(typed)
    assert date.commit()
    assert date.value() == value
    date.open_calendar()
    popup = QApplication.activePopupWidget()
    assert popup.calendar.selectedDate().toString(Qt.DateFormat.ISODate).startswith(value)
    popup.close()
    assert date.value() == value


def test_date_that_is_read_only_stays(qtbot, date):
    date.set_value("2026-11-05")
    date.setReadOnly(True)
    qtbot.keyClick(date, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(date, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is None
    assert date.value() == "2026-11-05"


@pytest.mark.parametrize(
    ("typed", "value"), [("14:30", "14:30"), ("９３０", None), ("１４３０", "14:30"), ("9:05", "09:05")]
)
def test_time_is_understood(qtbot, shown, typed, value):
    time = TimeEdit()
    shown(time)
    time.setText(typed)
    assert time.commit() is (value is not None)
    assert time.value() == value
    assert bool(time.wrong()) is (value is None)


def test_what_is_offered_goes_when_an_access_key_leads_away(qtbot, shown):
    page = QWidget()
    column = QVBoxLayout(page)
    chips, other = ChipsEdit(lambda text: among(COUNTRIES, text)), QLineEdit()
    column.addWidget(chips)
    column.addWidget(other)
    shown(page)
    chips.setFocus()
    qtbot.keyClicks(chips.line(), "ch")
    assert QApplication.activePopupWidget() is not None
    other.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert QApplication.activePopupWidget() is None
    qtbot.keyClicks(QApplication.focusWidget(), "ab")
    assert other.text() == "ab"


def test_the_hint_of_a_text_makes_room_for_what_is_converted(shown) -> None:
    text = GrowingText()
    shown(text)
    text.setPlaceholderText("One a line")
    compose(text, "かいぎ")
    assert text.placeholderText() == "", "Qt would paint the one over the other"
    compose(text)
    assert text.placeholderText() == "One a line"
    compose(text, "かいぎ")
    compose(text, commit="会議")
    assert (text.placeholderText(), text.toPlainText()) == ("One a line", "会議")


def test_a_line_that_is_cut_says_so_also_beside_its_buttons(shown, monkeypatch) -> None:
    line = ElidedLine("Morales Ana")
    line.addAction(icons.icon("chevron-down", "muted"), QLineEdit.ActionPosition.TrailingPosition)
    other = shown(line)
    other.setFocus()
    painted = []
    monkeypatch.setattr(QLineEdit, "paintEvent", lambda _line, _event: painted.append(line.width()))
    for width in range(60, 200):
        line.setFixedWidth(width)
        line.grab()
    least = min(painted)
    monkeypatch.undo()
    ends = []
    for width in (least, least + 40):
        line.setFixedWidth(width)
        image, ink = line.grab().toImage(), QColor(theme.current().text).rgb()
        middle = range(image.height() // 4, 3 * image.height() // 4)
        ends.append(max(x for x in range(image.width()) for y in middle if image.pixel(x, y) == ink))
    assert ends[0] == ends[1], "nothing of it is cut where it is said to fit"


def test_a_whole_file_is_not_pasted_into_a_text(shown, monkeypatch) -> None:
    """It would hold up the window for minutes; what was typed stays, and the reason is told."""
    told: list[str] = []
    monkeypatch.setattr(growingtext.QToolTip, "showText", lambda _where, words, _near: told.append(words))
    text = GrowingText()
    shown(text)
    text.insertPlainText("typed ")
    copied = QMimeData()
    copied.setText("x\n" * growingtext.MOST_PASTED)
    text.insertFromMimeData(copied)
    assert text.toPlainText() == "typed "
    assert "characters are too many" in told[0]
    copied.setText("x" * 300)
    text.insertFromMimeData(copied)
    assert text.toPlainText() == "typed " + "x" * 300
