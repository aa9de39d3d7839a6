"""Tab goes through a page: whatever takes it is reached, forwards and backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollBar,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.service import reporting
from desktop.ui import stops, theme
from desktop.ui.context import Context
from desktop.ui.navigation import PAGES
from desktop.ui.pages.activity import ActivityPage
from desktop.ui.pages.tabbed import TabbedPage
from desktop.ui.window import MainWindow
from desktop.ui.workbook.layouts import LayoutsDialog

MOST = 400
"""Presses of Tab after which it must have gone all round."""
WAYS = [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier]


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1600, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.blockSignals(True)


def taking(part: QWidget) -> set[QWidget]:
    """What Tab is to stop at within a part of a window."""
    found = {each for each in part.findChildren(QWidget) if stops.takes_tab(each)}
    return {
        each
        for each in found
        if each.window() is part.window()
        and not isinstance(each, QScrollBar | QTabWidget)
        and each.focusProxy() is None
        and not isinstance(each.parentWidget(), QAbstractSpinBox | QComboBox)
    }


def grouped(widget: QWidget) -> list[QWidget]:
    """The buttons of which one is down: Tab stops at that one, the arrow keys go to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group.buttons() if group is not None and group.exclusive() else []


def missed(part: QWidget, modifier: Qt.KeyboardModifier) -> list[str]:
    """What Tab, or Shift+Tab, never comes upon on its way round the window."""
    left = taking(part)
    assert left
    for _step in range(MOST):
        focus = QApplication.focusWidget()
        if focus is None:
            part.window().focusNextChild()
            focus = QApplication.focusWidget()
        left -= {focus, *grouped(focus)}
        if not left:
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab, modifier)
    return sorted(f"{type(each).__name__} “{each.accessibleName() or words_of(each)}”" for each in left)


def words_of(widget: Any) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def tabs_of(page: Any) -> list[Any]:
    """What is to be done to see each tab of a page."""
    if isinstance(page, TabbedPage):
        return [lambda n=n: page._tabs.setCurrentIndex(n) for n in range(page._tabs.count())]
    if isinstance(page, ActivityPage):
        return [lambda n=n: page.bar.setCurrentIndex(n) for n in range(page.bar.count())]
    return [lambda: None]


@pytest.mark.parametrize("modifier", WAYS, ids=["Tab", "Shift+Tab"])
@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_tab_reaches_all_of_a_page(
    key: str, modifier: Qt.KeyboardModifier, window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    reporting.freeze(context.workspace, {"title": "November"})
    page = window.show_page(key)
    for show in tabs_of(page):
        show()
        QTest.qWait(50)
        page.setFocus()
        assert page.isAncestorOf(QApplication.focusWidget())
        assert missed(page, modifier) == []


@pytest.mark.parametrize("modifier", WAYS, ids=["Tab", "Shift+Tab"])
@pytest.mark.parametrize(("key", "view"), [("recommendation", 0), ("initiative", 0)])
def test_tab_reaches_all_of_another_view(
    key: str, view: int, modifier: Qt.KeyboardModifier, window: MainWindow
) -> None:
    page: Any = window.show_page(key)
    page._views.choose(page.views[view].key)
    QTest.qWait(50)
    page.setFocus()
    assert missed(page, modifier) == []


@pytest.mark.parametrize("modifier", WAYS, ids=["Tab", "Shift+Tab"])
def test_tab_reaches_all_of_the_layouts(
    modifier: Qt.KeyboardModifier, context: Context, qtbot: QtBot
) -> None:
    dialog = LayoutsDialog(context)
    qtbot.addWidget(dialog)
    dialog.take()
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.layouts_page._copy("")  # one's own: all of it can be changed
    QTest.qWait(20)
    dialog.layouts_page.library.list.setFocus()
    for pages in (dialog.tabs, dialog.layouts_page.editor.tabs):
        for place in range(pages.count() - 1, -1, -1):
            pages.setCurrentIndex(place)
            dialog.layouts_page.library.list.setFocus() if pages.currentIndex() == 0 else None
            assert missed(dialog, modifier) == []


def test_access_keys_of_the_layouts_are_unique_among_what_is_seen(context: Context, qtbot: QtBot) -> None:
    dialog = LayoutsDialog(context)
    qtbot.addWidget(dialog)
    dialog.take()
    dialog.show()
    for part in (0, 1):
        dialog.layouts_page.editor.tabs.setCurrentIndex(part)
        texts = [each.text() for each in dialog.findChildren(QPushButton) if each.isVisible()]
        texts += [each.text() for each in dialog.findChildren(QLabel) if each.isVisible() and each.buddy()]
        keys = [re.search(r"&(\w)", text)[1].casefold() for text in texts if re.search(r"&\w", text)]
        assert len(keys) >= len(texts) - 1, texts
        assert len(set(keys)) == len(keys), texts


def test_the_tables_of_the_layouts_show_where_the_keys_work(context: Context, qtbot: QtBot) -> None:
    dialog = LayoutsDialog(context)
    qtbot.addWidget(dialog)
    dialog.take()
    dialog.resize(1400, 800)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    page = dialog.layouts_page
    for view in (page.library.list, page.editor.sheets, page.editor.pane.columns):
        dialog.act_button.setFocus()
        without = view.viewport().grab().toImage()
        view.setFocus()
        place = view.visualRect(view.currentIndex())
        image = view.viewport().grab().toImage()
        row = [image.pixelColor(x, place.top() + 1).name() for x in range(place.left(), place.right())]
        assert row.count(theme.current().accent.lower()) > place.width() * 0.8
        assert image != without
