"""An officer makes a layout of the office's own, looks at the workbook, and exports it for the partner."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from desktop.export import layouts
from desktop.model import Recommendation
from desktop.service import records, reports
from desktop.ui.dialogs.export import ExportDialog
from desktop.ui.workbook.layouts import LayoutsDialog
from desktop.ui.workbook.preview import PreviewDialog
from tests.walks.conftest import Walker


def test_a_layout_of_ones_own(walker: Walker, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    walker.session.settings.export_folder = str(folder)
    shared = Recommendation.get(Recommendation.level == "recommendation")
    records.change(walker.workspace, shared, {"visibility": "partner"})

    walker.window.commands.run("layouts")
    dialog = walker.dialog(LayoutsDialog)
    assert dialog.layouts_page.library.list.hasFocus()
    walker.press("Down")  # the decision table
    dialog.layouts_page.editor.copy.setFocus()
    walker.press("Space")
    walker.type("For METI")
    walker.press("Enter")
    walker.wait(lambda: layouts.layouts()[-1].name == "For METI")
    assert dialog.isVisible()

    columns = dialog.layouts_page.editor.pane.columns
    columns.setFocus()
    walker.press("Down", times=2)
    assert columns.current() == "summary"
    walker.press("Space")
    walker.press("Alt+Up")
    kept = [column.key for column in layouts.find("For METI").sheet("recommendations").columns]
    assert "summary" not in kept
    dialog.preview_button.setFocus()
    walker.press("Space")
    preview = walker.dialog(PreviewDialog)
    walker.wait(lambda: preview.preview is not None)
    assert preview.sheets.tabBar().hasFocus()
    walker.press("Right")
    seen = preview.preview.sheets[preview.sheets.currentIndex()]
    assert (seen.name, len(seen.widths)) == ("Decision table", len(kept))
    preview.act_button.setFocus()
    walker.press("Enter")

    export = walker.dialog(ExportDialog)
    assert export.layout_choice.currentText() == "For METI"
    export.audience.setFocus()
    walker.press("Down")
    assert export.audience.audience() == "partner"
    walker.wait(lambda: export.left_out.found)
    export.act_button.setFocus()
    walker.press("Enter")
    walker.wait(lambda: walker.closed(export))
    (file,) = folder.glob("*.xlsx")
    rows = list(load_workbook(file)["Decision table"].iter_rows(values_only=True))
    assert rows[0][0] == "Shareable with partner"
    assert [row[0] for row in rows[2:]] == [shared.ref]
    (noted,) = reports.exports(walker.workspace)
    assert (noted.audience, noted.layout) == ("partner", layouts.find("For METI").key)
