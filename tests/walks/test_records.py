"""Filter, select, edit, look back; delete and bring back; and all of it in Japanese."""

from __future__ import annotations

from desktop.model import Initiative
from desktop.service import history, links
from desktop.service.query import Condition
from desktop.ui.dialogs.preferences import PreferencesDialog
from tests.walks.conftest import Walker


def test_filter_select_edit_history(walker: Walker) -> None:
    walker.press("Ctrl+6")
    page = walker.window.page
    page.show_where((Condition("type", "in", ("fund",)),))
    walker.wait(lambda: page.model.rowCount() > 0)
    kinds = {Initiative.get_by_id(each).type for each in _ids(page)}
    assert kinds == {"fund"}
    page.table.setFocus()
    walker.press("Home")
    walker.wait(lambda: walker.window.ask("selected_count") == 1)
    record = walker.window.selected()[0]
    walker.wait(lambda: walker.window.pane.record_pane().record().uid == record.uid)
    pane = walker.window.pane.record_pane()
    milestone = pane.view().form.rows["milestone"].editor
    milestone.setFocus()
    walker.type("First call for proposals")
    page.table.setFocus()
    walker.wait(lambda: links.find(record.ref).milestone == "First call for proposals")
    newest = history.of(links.find(record.ref))[0]
    assert (newest.field, newest.after, newest.who) == (
        "Next milestone",
        "First call for proposals",
        "Sato Kenji",
    )


def test_a_deleted_record_is_brought_back_from_activity(walker: Walker) -> None:
    walker.press("Ctrl+6")
    page = walker.window.page
    record = links.find("WC-2024-I01")
    page.select_record(record)
    walker.wait(lambda: walker.window.ask("selected_count") == 1)
    page.table.setFocus()
    walker.press("Delete")
    assert Initiative.get_or_none(Initiative.uid == record.uid) is None
    assert walker.window.messages.text() == "WC-2024-I01 was deleted."

    walker.press("Ctrl+9")
    activity = walker.window.page
    activity.bar.setCurrentIndex(1)
    deleted = activity.pages.currentWidget()
    assert deleted.tree.topLevelItemCount() == 1
    assert "WC-2024-I01" in deleted.tree.topLevelItem(0).text(2)
    deleted.button.click()
    walker.wait(lambda: Initiative.get_or_none(Initiative.uid == record.uid) is not None)
    walker.wait(lambda: deleted.tree.topLevelItemCount() == 0)


def test_the_window_speaks_japanese_when_asked(walker: Walker) -> None:
    walker.press("Ctrl+Comma")
    dialog = walker.dialog(PreferencesDialog)
    language = dialog.asked["language"]
    language.setCurrentIndex(language.findData("ja"))
    old = walker.window
    dialog.act_button.click()
    walker.wait(lambda: walker.window is not None and walker.window is not old)
    assert walker.session.settings.language == "ja"
    assert "日本語" not in walker.window.windowTitle()
    titles = [action.text() for action in walker.window.menuBar().actions()]
    assert titles[0] != "&File"
    assert walker.window.sidebar.current() == "today"


def _ids(page: object) -> list[int]:
    model = page.model  # type: ignore[attr-defined]
    return [model.record_id(row) for row in range(model.rowCount())]
