"""An officer takes in the tracker that the office kept so far, by the keyboard alone, and takes it back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from desktop.model import FollowUp, Operation
from desktop.ui.intake.opening import take_in
from desktop.ui.intake.tracker.wizard import TrackerWizard
from tests.ui.trackers import english
from tests.walks.conftest import Walker


def test_a_tracker_is_taken_in_by_the_keyboard(walker: Walker, tmp_path: Path) -> None:
    before, operations = FollowUp.select().count(), Operation.select().count()
    take_in(walker.window, english(tmp_path / "tracker.xlsx"))
    wizard: TrackerWizard = walker.dialog(TrackerWizard)
    ready(walker, wizard, 0)
    assert QApplication.focusWidget() is wizard.steps[0].kind

    walker.press("Ctrl+Enter")
    ready(walker, wizard, 1)
    combos = wizard.steps[1].grid.combos
    assert QApplication.focusWidget() is combos[0]
    walker.press("Tab", len(combos) - 1)
    assert QApplication.focusWidget() is combos[-1]
    walker.press("Down")  # from “Into the note” to “Leave out”
    walker.wait(lambda: not wizard.held.understood.mapping.columns[-1].noted)

    walker.press("Ctrl+Enter")
    ready(walker, wizard, 2)
    word = QApplication.focusWidget()
    assert word.currentText() == "Not taken"
    walker.press("Down", 3)
    assert word.currentText() == "Waiting on the other side"

    walker.press("Ctrl+Enter")
    ready(walker, wizard, 3)
    assert wizard.steps[3].tabs.tabBar().hasFocus()
    walker.press("Right", 3)
    assert wizard.steps[3].current == "untaken"
    walker.press("Ctrl+F")
    walker.type("asap")
    walker.wait(lambda: len(wizard.steps[3].tables["untaken"].lines.lines) == 1)

    walker.press("Ctrl+Enter")
    walker.wait(lambda: walker.closed(wizard))
    assert FollowUp.select().count() == before + 6
    assert Operation.select().count() == operations + 1
    assert FollowUp.get(FollowUp.title == "Invite the cable operators").status == "waiting"

    walker.back()
    undo = next(each for each in walker.window.messages.findChildren(QPushButton) if each.isVisible())
    undo.setFocus()
    walker.press("Space")
    walker.wait(lambda: FollowUp.select().count() == before)


def ready(walker: Walker, wizard: TrackerWizard, step: int) -> None:
    """Wait until a step is there with all that it shows."""
    walker.wait(lambda: wizard.at == step and not wizard.work.going() and wizard.held.understood is not None)
    walker.qtbot.wait(60)
