"""The day's list is there when the window opens, and the keyboard reaches it."""

from __future__ import annotations

from desktop.model import FollowUp
from desktop.service import records
from desktop.ui.reminders.watch import Reminders
from tests.walks.conftest import Walker


def test_the_day_is_there_at_the_start(walker: Walker) -> None:
    walker.session.settings.quiet_from = walker.session.settings.quiet_days = ""
    values = {"title": "Long overdue", "raised_on": "2020-01-01", "due_on": "2020-02-01"}
    records.add(walker.workspace, FollowUp, values)
    walker.wait(lambda: walker.window.findChild(Reminders) is not None)
    found = walker.window.findChild(Reminders)
    walker.wait(found.card.isVisible)

    walker.inputs = 0
    walker.press("Ctrl+Shift+M")
    walker.wait(lambda: found.card.isAncestorOf(walker.focus()))
    walker.press("Space")
    assert [each.title for each in walker.window.selected()] == ["Long overdue"]
    assert walker.inputs == 2

    walker.session.rebuild()
    walker.back()
    walker.wait(lambda: walker.window.findChild(Reminders) is not None)
    walker.wait(walker.window.findChild(Reminders).card.isVisible)
