"""The whole workbook and the list at hand are exported from the window, and noted as sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QMessageBox

from desktop.service import reports
from desktop.ui.dialogs.export import ExportDialog
from desktop.ui.dialogs.sent import SentDialog
from tests.walks.conftest import Walker


@pytest.mark.parametrize("whole", [True, False])
def test_export(walker: Walker, tmp_path: Path, whole: bool) -> None:
    folder = tmp_path / "exports"
    walker.session.settings.export_folder = str(folder)
    walker.press("Ctrl+6")
    walker.press("Ctrl+E")
    dialog = walker.dialog(ExportDialog)
    assert dialog.act_button.hasFocus()
    if not whole:
        dialog.list.setFocus()
        walker.press("Space")
        dialog.act_button.setFocus()
    walker.press("Enter")
    walker.wait(lambda: walker.closed(dialog))
    (file,) = folder.glob("*.xlsx")
    book = load_workbook(file, read_only=True)
    assert ("Initiatives" in book.sheetnames) is True
    assert (len(book.sheetnames) > 5) is whole
    book.close()
    (export,) = reports.exports(walker.workspace)
    assert export.file == file.name
    assert [button.text() for button in walker.window.messages.buttons()] == ["Open file", "Show in folder"]

    walker.back()
    walker.window.commands.run("sent")
    sent = walker.dialog(SentDialog)
    walker.type("METI, Latin America division")
    walker.press("Enter")
    walker.wait(lambda: walker.closed(sent))
    assert reports.exports(walker.workspace)[0].sent_to == "METI, Latin America division"


def test_a_file_that_stands_there_is_asked_about(walker: Walker, tmp_path: Path) -> None:
    file = tmp_path / "Status.xlsx"
    file.write_text("mine", "utf-8")
    walker.press("Ctrl+E")
    dialog = walker.dialog(ExportDialog)
    dialog.file.line.setText(str(file))
    walker.press("Enter")
    walker.wait(
        lambda: dialog.findChild(QMessageBox) is not None and dialog.findChild(QMessageBox).isVisible()
    )
    question = dialog.findChild(QMessageBox)
    assert file.read_text("utf-8") == "mine"
    assert question.defaultButton().text().endswith("“Status-2.xlsx”")
    next(button for button in question.buttons() if button.text().replace("&", "") == "Replace").click()
    walker.wait(lambda: walker.closed(dialog))
    assert file.read_bytes()[:2] == b"PK"


def test_a_folder_that_cannot_be_made_is_told(walker: Walker, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    walker.press("Ctrl+E")
    dialog = walker.dialog(ExportDialog)
    dialog.file.line.setText(str(tmp_path / "file" / "Status.xlsx"))
    dialog.act_button.click()
    walker.wait(lambda: dialog.messages.text())
    assert "cannot be made" in dialog.messages.text()
    assert dialog.isVisible()
    assert dialog.form.isEnabled()
