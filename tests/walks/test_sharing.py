"""A record is shared by the keyboard alone, looked at through the partner's eyes, and kept internal again."""

from __future__ import annotations

from desktop.model import Initiative
from desktop.model.visibility import INTERNAL, PARTNER, of_text
from desktop.service import links
from desktop.ui.visibility.onlooker import OnlookerDialog
from desktop.ui.visibility.share import ShareDialog
from tests.walks.conftest import Walker


def test_share_look_and_take_back(walker: Walker) -> None:
    walker.press("Ctrl+6")
    page, record = walker.window.page, links.find("WC-2024-I01")
    page.select_record(record)
    walker.wait(lambda: walker.window.ask("selected_count") == 1)
    page.table.setFocus()
    begun = walker.inputs
    walker.press("Ctrl+Shift+V")
    walker.wait(lambda: bool(walker.window.findChild(ShareDialog).things))
    dialog = walker.window.findChild(ShareDialog)
    assert dialog.focusWidget() is dialog.tree  # on the record, which is ticked
    walker.press("Down")  # its long texts, all of them
    walker.press("Space")
    assert "2 long texts" in dialog.preview.text()
    walker.press("Ctrl+Enter")
    assert walker.inputs - begun == 4
    shared = Initiative.get_by_id(record.id)
    assert (shared.visibility, of_text(shared, "description")) == (PARTNER, PARTNER)
    assert walker.window.messages.text() == "Shared with the partner: WC-2024-I01."

    walker.window.commands.run("onlooker")
    seen = walker.window.findChild(OnlookerDialog)
    walker.wait(lambda: "WC-2024-I01" in seen.view.toPlainText())
    assert " ".join(shared.description.split())[:40] in " ".join(seen.view.toPlainText().split())
    walker.press("Esc")

    walker.press("Ctrl+Z")
    kept = Initiative.get_by_id(record.id)
    assert (kept.visibility, of_text(kept, "description")) == (INTERNAL, INTERNAL)
