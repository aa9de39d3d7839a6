"""A report is frozen by the keyboard, something happens, and the page of reports leads to it."""

from __future__ import annotations

from desktop.service import follow_ups, records, reporting
from desktop.ui.dialogs.freeze import FreezeDialog
from desktop.ui.pages.reports import ReportsPage
from desktop.ui.record.window import RecordWindow
from tests.walks.conftest import Walker


def test_freezing_and_looking_at_what_changed_since(walker: Walker) -> None:
    follow_up = follow_ups.add(walker.workspace, {"title": "Send the list", "due_on": "2099-03-01"}, [])
    walker.press("Ctrl+0")
    assert isinstance(walker.window.page, ReportsPage)
    walker.window.page.freeze_button.setFocus()
    walker.press("Space")
    dialog = walker.dialog(FreezeDialog)
    walker.wait(lambda: dialog.tells.text().startswith("Since"))
    walker.type("First report")
    walker.press("Enter")
    walker.wait(lambda: walker.closed(dialog))
    assert [each.title for each in reporting.reports()] == ["First report"]
    walker.back()
    records.change(walker.workspace, follow_up, {"due_on": "2099-04-15"}, reason="They asked for time.")
    page = walker.window.page
    walker.wait(lambda: page.changes.tree.rows.rowCount() == 1)
    page.list.setFocus()
    walker.press("Enter")
    assert walker.focus() is page.changes.tree
    walker.press("Down")
    assert page.changes.tree.current().uid == follow_up.uid
    walker.press("Enter")
    walker.wait(lambda: walker.window.findChildren(RecordWindow))
