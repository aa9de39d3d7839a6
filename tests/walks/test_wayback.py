"""A workbook goes out, is filled in elsewhere, and comes back: taken in from the window by the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.export.intake.wayback import Kind
from desktop.export.report import Request, export, note
from desktop.model import FollowUp
from desktop.service import follow_ups, records
from desktop.ui.intake.wayback.page import ChangesDialog
from tests.walks.conftest import Walker


def test_a_workbook_comes_back(walker: Walker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = walker.workspace
    ours, theirs = (
        follow_ups.add(workspace, {"title": title}) for title in ("Send the list", "Ask for the schedule")
    )
    path = tmp_path / "Status.xlsx"
    note(workspace, export(workspace, Request(as_of=workspace.today()), path))
    _fill_in(path, {ours.ref: "Send the whole list", theirs.ref: "Ask for the schedule of the tender"})
    records.change(workspace, ours, {"title": "Send no list"})

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(path), ""))
    walker.press("Ctrl+I")
    dialog: Any = walker.dialog(ChangesDialog)
    assert dialog.table.hasFocus()
    assert dialog.table.rows.proposal(0).kind is Kind.CONFLICT
    walker.press("1")
    walker.press("2")
    walker.press("Down")
    walker.press("Space", 2)
    assert dialog.choices().count() == 1
    walker.press("Ctrl+Enter")
    walker.wait(lambda: dialog.messages.buttons())
    assert FollowUp.get_by_id(theirs.id).title == "Ask for the schedule of the tender"
    assert FollowUp.get_by_id(ours.id).title == "Send no list"
    walker.press("Ctrl+C")
    assert "Send the whole list" in QApplication.clipboard().text()
    dialog.messages.go_in()
    walker.press("Space")
    assert FollowUp.get_by_id(theirs.id).title == "Ask for the schedule"
    walker.press("Esc")
    walker.wait(lambda: walker.closed(dialog))
    walker.back()


def _fill_in(path: Path, titles: dict[str, str]) -> None:
    """Somebody writes other titles into the sheet of follow-ups."""
    book = load_workbook(path)
    for row in book["Follow-ups open"].iter_rows():
        if row[0].value in titles:
            row[1].value = titles[row[0].value]
    book.save(path)
