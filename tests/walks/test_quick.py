"""A thought becomes a follow-up from anywhere: one shortcut, one line, Enter. What is pressed is counted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.model import FollowUp, Link
from desktop.service import links
from desktop.ui.dialogs.progress import ProgressDialog
from desktop.ui.navigation import PAGES
from desktop.ui.quick.bar import QuickBar
from tests.walks.conftest import Walker

LINE = "Ask the ministry for the tender terms by 15 January 2027 @Mori #Chile !high /WC-2024-1B"
INPUTS = 2
"""The shortcut and Enter."""


def enter(walker: Walker) -> None:
    walker.inputs = 1
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    # A page need not have anything in it that takes the keyboard.
    QTest.keyClick(QApplication.focusWidget() or walker.window, Qt.Key.Key_A, held)
    assert isinstance(walker.focus().parentWidget().parentWidget(), QuickBar)
    walker.type(LINE)
    walker.press("Enter")
    walker.wait(lambda: FollowUp.select().count() == 1)
    assert walker.inputs == INPUTS
    made = FollowUp.get()
    assert made.title == "Ask the ministry for the tender terms"
    assert (made.due_on, made.owner.name, made.priority) == ("2027-01-15", "Mori Aya", "high")
    served = Link.get(Link.from_subject == made.id)
    assert served.to_subject_id == links.find("WC-2024-1B").id


@pytest.mark.parametrize("page", range(1, min(9, len(PAGES)) + 1))
def test_from_every_page(walker: Walker, page: int) -> None:
    walker.press(f"Ctrl+{page}")
    enter(walker)
    assert walker.window.messages.text().endswith("was added: Ask the ministry for the tender terms")


def test_from_a_dialog_that_stays_as_it_is(walker: Walker) -> None:
    walker.press("Ctrl+R")
    dialog = walker.dialog(ProgressDialog)
    walker.type("WC-2024-1B.6")
    enter(walker)
    assert dialog.isVisible()
    assert dialog.line.text().startswith("WC-2024-1B.6")
    assert dialog.isAncestorOf(walker.focus())
