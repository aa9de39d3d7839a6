"""The board of initiatives: its columns and cards, moving them by pointer and by keys, and the switch of views."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from desktop import i18n
from desktop.i18n import format_date
from desktop.model import Initiative, Update
from desktop.model.scales import STAGE
from desktop.service import progress, records, undo
from desktop.service.pipeline import CARDS
from desktop.service.query import Condition
from desktop.ui import theme
from desktop.ui.board import reading
from desktop.ui.board.board import Board
from desktop.ui.context import Context
from desktop.ui.lists.model import ID_ROLE
from desktop.ui.pages.initiatives import InitiativesPage
from tests.ui.test_pages import press, show

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def add(context: Context, name: str, **values: Any) -> Any:
    return records.add(context.workspace, Initiative, {"name": name, **values})


@pytest.fixture
def shown(context: Context, qtbot: Any) -> InitiativesPage:
    """The page with its board: three initiatives in two stages."""
    add(context, "Port of Arica", stage="financing", milestone="Tender", milestone_on="2026-11-01")
    add(context, "Fund", stage="completed", value="12.5", currency="JPY")
    context.settings.pages["initiative"] = {"view": "board"}
    context.said_so = []
    context.said.connect(lambda sentence, actions: context.said_so.append((sentence, actions)))
    return show(InitiativesPage(context), qtbot)


@pytest.fixture
def board(shown: InitiativesPage) -> Board:
    return shown._views.other


def names(board: Board) -> dict[str, list[str]]:
    """The cards by column; columns without any are left out."""
    found = {key: [card.name for card in column.list.rows.cards] for key, column in board.columns.items()}
    return {key: cards for key, cards in found.items() if cards}


def named(name: str) -> Any:
    return Initiative.get(Initiative.name == name)


def choose(board: Board, name: str) -> Any:
    """Select a card; returns its list, which has the focus."""
    column, row = board.place(named(name).id)
    column.list.setFocus()
    column.list.select_row(row)
    return column.list


def test_each_stage_has_its_cards_and_numbers(board: Board) -> None:
    assert [*board.columns] == [*STAGE]
    assert names(board) == {"financing": ["Humboldt cable", "Port of Arica"], "completed": ["Fund"]}
    financing = board.columns["financing"].head
    assert financing.facts.facts == (("USD", "400,000,000"), ("Without a value", "1"), ("Overdue", "1"))
    assert board.columns["completed"].head.facts.facts == (("JPY", "12.50"),)
    assert "1 Red" in board.columns["financing"].list.accessibleDescription()
    assert board.columns["financing"].list.accessibleName() == "Financing, 2 initiatives"


def test_columns_are_equally_wide_and_those_without_cards_slim(board: Board) -> None:
    filled, empty = board.columns["financing"], board.columns["idea"]
    assert filled.width() == board.columns["completed"].width()
    assert 0 < empty.width() < filled.width() / 1.5
    places = [column.geometry() for column in board.columns.values()]
    assert all(left.right() < right.left() for left, right in pairwise(places))
    assert empty.head.y() == filled.head.y()
    assert empty.isVisible()
    assert not empty.list.isVisible()
    tops = {column.list.mapTo(board, QPoint(0, 0)).y() for column in (filled, board.columns["completed"])}
    assert len(tops) == 1


def test_a_card_says_what_it_shows(board: Board) -> None:
    cards = choose(board, "Port of Arica")
    index = cards.currentIndex()
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    ref, day = named("Port of Arica").ref, format_date("2026-11-01")
    assert said == f"{ref} Port of Arica, Red, Overdue, milestone Tender, {day}"
    assert "Ctrl+Shift" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert index.data(ID_ROLE) == named("Port of Arica").id


# ---- moving


def finish(board: Board, words: str = "") -> None:
    """Type into the form, and press Enter."""
    line = board.mover.form.words
    assert line.hasFocus()
    line.setText(words)
    press(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_move_by_keys_is_a_progress_update_and_can_be_undone(board: Board, context: Context) -> None:
    press(choose(board, "Humboldt cable"), Qt.Key.Key_Right, held=CTRL_SHIFT)
    form = board.columns["under_way"].form
    assert form.accessibleName() == f"{named('Humboldt cable').ref} Humboldt cable: Financing → Under way"
    assert named("Humboldt cable").stage == "financing"
    finish(board, "Cable ship hired")
    assert named("Humboldt cable").stage == "under_way"
    entry = progress.updates(named("Humboldt cable")).get()
    assert (entry.status_from, entry.status_to, entry.done) == ("financing", "under_way", "Cable ship hired")
    assert names(board)["under_way"] == ["Humboldt cable"]
    assert board.columns["under_way"].list.hasFocus()
    assert board.selected_records() == [named("Humboldt cable")]
    sentence, actions = context.said_so[-1]
    assert sentence.endswith("has moved from “Financing” to “Under way”.")
    assert [words for words, _call in actions] == ["Undo"]
    actions[0][1]()
    QApplication.processEvents()
    assert named("Humboldt cable").stage == "financing"
    assert progress.updates(named("Humboldt cable")).count() == 0
    assert names(board) == {"financing": ["Humboldt cable", "Port of Arica"], "completed": ["Fund"]}
    assert board.place(named("Humboldt cable").id)[0].list.selected().name == "Humboldt cable"
    assert context.told == []


def test_words_are_optional_and_esc_leaves_the_card(board: Board) -> None:
    cards = choose(board, "Fund")
    press(cards, Qt.Key.Key_Left, held=CTRL_SHIFT)
    press(board.mover.form.words, Qt.Key.Key_Escape)
    assert board.mover.form is None
    assert board.columns["under_way"].slim
    assert cards.hasFocus()
    assert named("Fund").stage == "completed"
    assert Update.select().count() == 0
    press(cards, Qt.Key.Key_Left, held=CTRL_SHIFT)
    finish(board)
    assert named("Fund").stage == "under_way"
    assert progress.updates(named("Fund")).get().done == ""


def test_the_keys_that_move_a_card_move_it_on(board: Board) -> None:
    press(choose(board, "Port of Arica"), Qt.Key.Key_Left, held=CTRL_SHIFT)
    press(board.mover.form.words, Qt.Key.Key_Left, held=CTRL_SHIFT)
    assert [key for key, column in board.columns.items() if column.form] == ["proof_of_concept"]
    board.mover.form.words.setText("word")
    press(board.mover.form.words, Qt.Key.Key_Left, held=CTRL_SHIFT)
    assert board.mover.form.words.selectedText() == "word"
    finish(board)
    assert named("Port of Arica").stage == "proof_of_concept"


def test_there_is_nothing_beyond_the_last_stage(board: Board, context: Context) -> None:
    progress.report(context.workspace, named("Fund"), status="dropped")
    QApplication.processEvents()
    press(choose(board, "Fund"), Qt.Key.Key_Right, held=CTRL_SHIFT)
    assert board.mover.form is None


def drop(board: Board, name: str, key: str) -> None:
    """What the platform tells when a card is dragged onto a column."""
    cards = choose(board, name)
    data = cards.rows.mimeData([cards.currentIndex()])
    target, middle = board.columns[key], board.columns[key].rect().center()
    held = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)

    class From:
        def source(self) -> Any:
            return cards

    class Enter(From, QDragEnterEvent): ...

    class Drop(From, QDropEvent): ...

    target.dragEnterEvent(Enter(middle, Qt.DropAction.MoveAction, data, *held))
    assert target._over is (cards is not target.list)
    target.grab()
    target.dropEvent(Drop(middle.toPointF(), Qt.DropAction.MoveAction, data, *held))
    assert not target._over
    QApplication.processEvents()


def test_a_card_can_be_dropped_on_another_column_even_an_empty_one(board: Board) -> None:
    drop(board, "Fund", "on_hold")
    assert board.mover.form.stage == "on_hold"
    finish(board, "Paused by the ministry")
    assert named("Fund").stage == "on_hold"
    assert names(board)["on_hold"] == ["Fund"]
    assert board.columns["completed"].slim


def test_a_card_dropped_where_it_came_from_stays(board: Board) -> None:
    drop(board, "Fund", "completed")
    assert board.mover.form is None
    assert Update.select().count() == 0


def test_a_form_closes_when_its_card_was_moved_or_deleted_elsewhere(board: Board, context: Context) -> None:
    choose(board, "Fund")
    board.mover.begin("dropped")
    progress.report(context.workspace, named("Fund"), status="idea")
    QApplication.processEvents()
    assert board.mover.form is None
    assert names(board)["idea"] == ["Fund"]
    board.mover.begin("dropped")
    records.delete(context.workspace, [named("Fund")])
    QApplication.processEvents()
    assert board.mover.form is None
    assert board.selected_records() == []
    undo.undo(context.workspace)


def test_what_is_refused_keeps_the_form(board: Board, context: Context, monkeypatch: Any) -> None:
    choose(board, "Fund")
    board.mover.begin("dropped")
    monkeypatch.setattr(context, "attempt", lambda _verb: None)
    finish(board, "Words")
    assert board.mover.form.words.text() == "Words"
    assert named("Fund").stage == "completed"


# ---- keys, selection, menu


def test_arrows_go_from_card_to_card_and_over_empty_columns(board: Board, shown: InitiativesPage) -> None:
    told: list[Any] = []
    shown.selected.connect(told.append)
    cards = choose(board, "Humboldt cable")
    press(cards, Qt.Key.Key_Down)
    assert cards.selected().name == "Port of Arica"
    press(cards, Qt.Key.Key_Right)
    completed = board.columns["completed"].list
    assert completed.hasFocus()
    assert completed.selected().name == "Fund"
    assert cards.selected() is None
    press(completed, Qt.Key.Key_Right)
    assert completed.hasFocus()
    press(completed, Qt.Key.Key_Left)
    assert cards.hasFocus()
    assert shown.selected_count() == 1
    assert shown.selected_records() == [Initiative.get_by_id(cards.selected().id)]
    assert told[0].name == "Humboldt cable"


def test_the_selection_settles_on_the_last_card(board: Board, shown: InitiativesPage, qtbot: Any) -> None:
    choose(board, "Humboldt cable")
    with qtbot.waitSignal(shown.selected, check_params_cb=lambda record: record.name == "Fund"):
        choose(board, "Port of Arica")
        choose(board, "Fund")
    assert "1 selected" in shown.status_text()


def test_enter_opens_and_typing_searches(board: Board, shown: InitiativesPage, qtbot: Any) -> None:
    cards = choose(board, "Fund")
    with qtbot.waitSignal(shown.opened, check_params_cb=lambda record: record.name == "Fund"):
        press(cards, Qt.Key.Key_Return, "\r")
    with qtbot.waitSignal(shown.search.text_changed_settled):
        press(cards, Qt.Key.Key_P, "p")
    assert shown.search.text() == "p"
    assert shown.search.hasFocus()


def test_the_menu_has_a_twin_for_each_drop(board: Board, shown: InitiativesPage, qtbot: Any) -> None:
    menus: list[QMenu] = []
    shown.menu_about_to_show.connect(menus.append)
    press(choose(board, "Fund"), Qt.Key.Key_F10, held=Qt.KeyboardModifier.ShiftModifier)
    menu = menus[0]
    assert menu.actions()[0].text() == "&Open"
    moves = next(action.menu() for action in menu.actions() if action.menu() is not None)
    enabled = {action.text(): action.isEnabled() for action in moves.actions()}
    assert enabled == {each: each != "Completed" for each in STAGE.values()}
    next(action for action in moves.actions() if action.text() == "Bankable").trigger()
    menu.close()
    finish(board)
    assert named("Fund").stage == "bankable"


def test_the_selected_card_is_copied_as_the_list_copies_it(board: Board, shown: InitiativesPage) -> None:
    choose(board, "Fund")
    shown.copy()
    head, row = QApplication.clipboard().mimeData().text().splitlines()
    assert head.split("\t")[:2] == ["Ref", "Initiative"]
    assert row.split("\t")[1] == "Fund"


# ---- what is shown


def test_search_and_filters_narrow_the_board(board: Board, shown: InitiativesPage, qtbot: Any) -> None:
    choose(board, "Humboldt cable")
    shown.search.setText("arica")
    qtbot.waitUntil(lambda: names(board) == {"financing": ["Port of Arica"]})
    assert board.columns["financing"].head.facts.facts == (("Without a value", "1"), ("Overdue", "1"))
    assert shown.selected_records() == []
    shown.search.setText("no such thing")
    qtbot.waitUntil(lambda: not board.isVisible())
    assert shown._area.nothing.isVisible()
    shown._area.nothing.button.click()
    qtbot.waitUntil(lambda: len(names(board)) == 2 and board.isVisible())
    shown.show_where((Condition("stage", "in", ("completed",)),))
    assert names(board) == {"completed": ["Fund"]}


def test_a_record_is_led_to_even_where_filters_hide_it(board: Board, shown: InitiativesPage) -> None:
    shown.show_where((Condition("stage", "in", ("completed",)),))
    shown.select_record(named("Humboldt cable"))
    assert shown.selected_records() == [named("Humboldt cable")]
    assert not shown.filter_bar.active
    shown.select_record(named("Fund"))
    assert board.columns["completed"].list.selected().name == "Fund"


def test_a_stage_is_shown_by_windows(
    board: Board, context: Context, shown: InitiativesPage, qtbot: Any
) -> None:
    with context.workspace.operation("Many"):
        for number in range(CARDS * 2 + 5):
            add(context, f"Many {number:03}", stage="idea")
    QApplication.processEvents()
    column = board.columns["idea"]
    assert (len(column.list.rows.cards), column.count) == (CARDS, CARDS * 2 + 5)
    assert column.more.text() == "Show 50 more"
    column.more.click()
    assert len(column.list.rows.cards) == CARDS * 2
    assert column.more.text() == "Show 5 more"
    column.list.select_row(CARDS * 2 - 1)
    press(column.list, Qt.Key.Key_Down)
    assert column.list.selected().name == f"Many {CARDS * 2:03}"
    assert not column.more.isVisible()
    column.list.select_row(0)
    with qtbot.waitSignal(shown.search.text_changed_settled):
        shown.search.setText("many")
    assert len(column.list.rows.cards) == CARDS
    shown.select_record(named(f"Many {CARDS + 7:03}"))
    assert column.list.selected().name == f"Many {CARDS + 7:03}"
    assert len(column.list.rows.cards) == CARDS * 2


def test_a_change_keeps_selection_and_place(board: Board, context: Context) -> None:
    with context.workspace.operation("Many"):
        for number in range(30):
            add(context, f"Many {number:03}", stage="idea")
    QApplication.processEvents()
    cards = choose(board, "Many 020")
    place = cards.verticalScrollBar().value()
    assert place > 0
    records.change(context.workspace, named("Many 003"), {"owner": None, "milestone": "Another"})
    QApplication.processEvents()
    assert cards.card(3).milestone == "Another"
    assert cards.verticalScrollBar().maximum() > place
    assert cards.verticalScrollBar().value() == place
    assert cards.selected().name == "Many 020"
    assert cards.hasFocus()


def test_what_takes_long_is_read_on_a_worker(board: Board, context: Context, qtbot: Any) -> None:
    board._slow = {reading.read_cards, reading.read_numbers}
    with context.workspace.operation("Many"):
        for number in range(60):
            add(context, f"Many {number:03}", stage="idea")
    with qtbot.waitSignal(board.filled):
        QApplication.processEvents()
    qtbot.waitUntil(lambda: len(names(board).get("idea", [])) == CARDS)
    assert board.columns["idea"].more.text() == "Show 10 more"


def test_a_card_far_down_is_led_to_without_all_before_it(
    board: Board, context: Context, shown: InitiativesPage, monkeypatch: Any
) -> None:
    monkeypatch.setattr(reading, "_FAR", 0)
    with context.workspace.operation("Many"):
        for number in range(CARDS + 20):
            add(context, f"Many {number:03}", stage="idea")
    QApplication.processEvents()
    shown.select_record(named(f"Many {CARDS + 9:03}"))
    column = board.columns["idea"]
    assert column.list.selected().name == f"Many {CARDS + 9:03}"
    assert len(column.cards) == CARDS + 1
    column.more.click()
    assert len(column.cards) == CARDS + 20
    assert not column.more.isVisible()
    assert column.list.selected().name == f"Many {CARDS + 9:03}"


# ---- the switch


def test_the_views_are_switched_with_the_same_record_selected(
    context: Context, qtbot: Any, shown: InitiativesPage, board: Board
) -> None:
    choose(board, "Fund")
    buttons = shown._views.switches[0].buttons
    assert buttons["board"].isChecked()
    assert not shown.column_button.isVisible()
    buttons["board"].setFocus()
    press(buttons["board"], Qt.Key.Key_Left)
    assert context.settings.pages["initiative"]["view"] == "list"
    assert shown.table.isVisible()
    assert shown.column_button.isVisible()
    assert shown.selected_records() == [named("Fund")]
    with qtbot.waitSignal(shown.selected):
        shown.select_record(named("Humboldt cable"))
    buttons["board"].click()
    assert board.columns["financing"].list.selected().name == "Humboldt cable"
    assert board.isVisible()
    again = show(InitiativesPage(context), qtbot)
    assert isinstance(again._views.other, Board)


@pytest.mark.parametrize("kept", ["nothing", ["board"], None, 3])
def test_a_view_that_is_not_known_is_the_list(context: Context, qtbot: Any, kept: Any) -> None:
    context.settings.pages["initiative"] = {"view": kept}
    shown = show(InitiativesPage(context), qtbot)
    assert shown.table.isVisible()
    assert shown._views.other is None


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_painted_in_every_language_and_scheme(
    context: Context, qtbot: Any, qapp: QApplication, language: str, scheme: str
) -> None:
    i18n.use(language)
    theme.apply(qapp, scheme)
    long = "南米太平洋岸海底ケーブル敷設に関する三か国共同実証事業の実現可能性調査" * 3
    add(context, long, stage="financing", milestone=long, milestone_on="2026-12-01", countries={"CL", "BR"})
    context.settings.pages["initiative"] = {"view": "board"}
    shown = show(InitiativesPage(context), qtbot)
    column = shown._views.other.columns["financing"]
    assert column.head._title.text() == i18n._(STAGE["financing"])
    cards = column.list
    row = next(row for row in range(2) if cards.card(row).name == long)
    cards.select_row(row)
    rect = cards.visualRect(cards.rows.index(row))
    assert 0 < rect.height() < rect.width()  # two lines of the name, however long
    picture = cards.viewport().grab(rect).toImage()
    inks = {QColor(picture.pixel(x, y)).name().upper() for x in range(picture.width()) for y in (14, 40, 60)}
    assert theme.current().text.upper() in inks or len(inks) > 8
    theme.apply(qapp, "light")
