"""Files and e-mails dropped on a row, a card or the record, and their twin in the menus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QRubberBand, QWidget
from pytestqt.qtbot import QtBot

from desktop.model import Initiative
from desktop.service import attachments, links
from desktop.ui.board.cardlist import CardList
from desktop.ui.context import Context
from desktop.ui.ledger.tree import LedgerTree
from desktop.ui.tree.treetable import TreeTable
from desktop.ui.window import MainWindow


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    context.settings.last_page = "follow_up"
    made = MainWindow(context)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "Terms.eml"
    path.write_bytes(b"Subject: Terms\r\n\r\nAs agreed.\r\n")
    return path


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(host: QWidget, widget: QWidget, place: QPoint, data: QMimeData) -> tuple[bool, bool]:
    """Drag over a place and drop there; whether it was welcome, and whether it was taken."""
    at = widget.mapTo(host, place)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(host, QDragEnterEvent(at, copy, data, left, none))
    over = QDragMoveEvent(at, copy, data, left, none)
    over.ignore()
    QApplication.sendEvent(host, over)
    dropped = QDropEvent(QPointF(at), copy, data, left, none, QEvent.Type.Drop)
    dropped.ignore()
    QApplication.sendEvent(host, dropped)
    return over.isAccepted(), dropped.isAccepted()


def middle(view: Any, index: Any) -> QPoint:
    return view.visualRect(index).center()


def names(record: Any) -> list[str]:
    return [each.name for each in attachments.of(record)]


def test_on_a_row_of_a_list(window: MainWindow, letter: Path, qtbot: QtBot) -> None:
    page = window.show_page("follow_up")
    qtbot.waitUntil(lambda: page.model.rowCount() > 1 and page.model.record_id(1) is not None)
    table, said = page.table, []
    window.context.said.connect(lambda sentence, _actions: said.append(sentence))
    record = page.entity.get_by_id(page.model.record_id(1))
    place = middle(table, page.model.index(1, 0))
    assert drop(window.stack, table.viewport(), place, mime(letter)) == (True, True)
    assert names(record) == ["Terms.eml"]
    assert said == [f"Terms.eml was attached to {window.context.workspace.say(record)}."]
    assert not [band for band in table.viewport().findChildren(QRubberBand) if band.isVisible()]


def test_beside_the_rows_and_without_files_nothing_happens(
    window: MainWindow, letter: Path, qtbot: QtBot
) -> None:
    page = window.show_page("follow_up")
    qtbot.waitUntil(lambda: page.model.rowCount() > 1)
    viewport = page.table.viewport()
    below = QPoint(20, viewport.height() - 2)
    assert drop(window.stack, viewport, below, mime(letter)) == (False, False)
    text = QMimeData()
    text.setText("only words")
    place = middle(page.table, page.model.index(0, 0))
    assert drop(window.stack, viewport, place, text) == (False, False)
    assert attachments.Attachment.select().count() == 0


def test_a_record_that_keeps_no_files_takes_none(window: MainWindow, letter: Path, qtbot: QtBot) -> None:
    page = window.show_page("directory").page
    qtbot.waitUntil(lambda: page.model.rowCount() > 1)
    place = middle(page.table, page.model.index(0, 0))
    assert drop(window.stack, page.table.viewport(), place, mime(letter)) == (False, False)


def test_on_the_record_that_is_shown(window: MainWindow, letter: Path, tmp_path: Path, qtbot: QtBot) -> None:
    record = links.find("FU-2026-002")
    window.show_record(record)
    qtbot.waitUntil(lambda: window.pane.record_pane() is not None)
    qtbot.waitUntil(lambda: window.pane.record_pane().record() is not None)
    view = window.pane.record_pane().view()
    notes = tmp_path / "Notes.txt"
    notes.write_text("x", "utf-8")
    assert drop(window.pane, view, QPoint(5, 5), mime(letter, notes)) == (True, True)
    assert names(record) == ["Terms.eml", "Notes.txt"]


def test_on_a_branch_of_the_tree(window: MainWindow, letter: Path, qtbot: QtBot) -> None:
    page = window.show_page("recommendation")
    page._views.choose("tree")
    qtbot.waitUntil(lambda: page.findChild(TreeTable) is not None)
    tree = page.findChild(TreeTable)
    record = links.find("WC-2024-1A")
    qtbot.waitUntil(lambda: tree.rows.index_of(("recommendation", record.id)).isValid())
    index = tree.rows.index_of(("recommendation", record.id))
    tree.expand(index.parent())
    tree.scrollTo(index)
    assert drop(window.stack, tree.viewport(), middle(tree, index), mime(letter)) == (True, True)
    assert names(record) == ["Terms.eml"]


def test_on_a_card_of_the_board(window: MainWindow, letter: Path, qtbot: QtBot) -> None:
    page = window.show_page("initiative")
    page._views.choose("board")

    def lists() -> list[CardList]:
        return [each for each in page.findChildren(CardList) if each.model() and each.model().rowCount()]

    qtbot.waitUntil(lambda: len(lists()) == 1 and lists()[0].isVisible())
    cards = lists()[0]
    qtbot.waitUntil(lambda: cards.visualRect(cards.model().index(0, 0)).isValid())
    page.select_record(Initiative.get())
    qtbot.waitUntil(lambda: not cards.viewport().visibleRegion().isEmpty())
    place = middle(cards, cards.model().index(0, 0))
    at = cards.viewport()
    qtbot.waitUntil(lambda: window.stack.childAt(at.mapTo(window.stack, place)) is at)
    assert drop(window.stack, cards.viewport(), place, mime(letter)) == (True, True)
    assert names(Initiative.get()) == ["Terms.eml"]


def test_in_the_ledger(window: MainWindow, letter: Path, qtbot: QtBot) -> None:
    page = window.show_page("ledger")
    tree = page.findChild(LedgerTree)
    qtbot.waitUntil(lambda: tree.model().rowCount() > 0)
    tree.expandAll()
    index = tree.model().index(0, 0, tree.model().index(0, 0))
    qtbot.waitUntil(lambda: tree.ledger.line(index) is not None)
    assert drop(window.stack, tree.viewport(), middle(tree, index), mime(letter)) == (True, True)
    assert attachments.Attachment.select().count() == 1


def test_the_twin_in_the_menu(window: MainWindow, letter: Path, monkeypatch: Any, qtbot: QtBot) -> None:
    record = links.find("FU-2026-001")
    window.show_record(record)
    qtbot.waitUntil(lambda: window.ask("selected_count") == 1)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: ([str(letter)], ""))
    window.commands.run("attach")
    assert names(record) == ["Terms.eml"]
    window.messages.buttons()[0].click()
    assert names(record) == []


# ---- files are copied, and are no text


MOVE = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
"""What a file manager offers; it proposes the first."""


def dropped(target: QWidget, data: QMimeData, may: Qt.DropAction = MOVE) -> tuple[bool, Qt.DropAction | None]:
    """A drag that may move comes over a widget, and is dropped there: was it welcome, and what was done with it."""
    place, left, none = target.rect().center(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(place, may, data, left, none)
    entered.setDropAction(Qt.DropAction.MoveAction)
    entered.ignore()
    QApplication.sendEvent(target, entered)
    event = QDropEvent(QPointF(place), may, data, left, none, QEvent.Type.Drop)
    event.setDropAction(Qt.DropAction.MoveAction)
    event.ignore()
    if entered.isAccepted():
        QApplication.sendEvent(target, event)
    return entered.isAccepted(), event.dropAction() if event.isAccepted() else None


def test_a_file_manager_is_never_told_that_the_file_may_go(
    window: MainWindow, letter: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.show_record(links.find("FU-2026-002"))
    qtbot.waitUntil(lambda: window.pane.record_pane() is not None)
    for host, path in ((window.pane, letter), (window, _table(tmp_path))):
        assert dropped(host, mime(path)) == (True, Qt.DropAction.CopyAction)
    assert names(links.find("FU-2026-002")) == ["Terms.eml"]


def test_who_lets_nobody_copy_keeps_the_file(window: MainWindow, letter: Path, qtbot: QtBot) -> None:
    window.show_record(links.find("FU-2026-002"))
    qtbot.waitUntil(lambda: window.pane.record_pane() is not None)
    _welcome, done = dropped(window.pane, mime(letter), Qt.DropAction.MoveAction)
    assert done is None
    assert names(links.find("FU-2026-002")) == []


def test_a_text_field_leaves_files_to_the_record_around_it(
    window: MainWindow, letter: Path, qtbot: QtBot
) -> None:
    record = links.find("FU-2026-002")
    window.show_record(record)
    qtbot.waitUntil(lambda: window.pane.record_pane() is not None)
    form = window.pane.record_pane().view().form
    title, line = form.title.editor.input, form.rows["owed_by"].editor.input
    words = QMimeData()
    words.setText("words")
    search = window.show_page("follow_up").search
    before = title.toPlainText(), line.text(), search.text()
    for field in (title.viewport(), line, search):
        # Sent to the field alone it goes on to what stands around it, which may welcome it: the text tells.
        dropped(field, mime(letter))
    assert (title.toPlainText(), line.text(), search.text()) == before
    dropped(title.viewport(), words)
    assert "words" in title.toPlainText(), "words are still welcome"


def _table(folder: Path) -> Path:
    path = folder / "list.csv"
    path.write_text("Title\nCall\n", "utf-8")
    return path
