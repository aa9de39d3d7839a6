"""Half an hour of deciding: interrupted by a lock, by quitting and by other work, and taken over in the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.export.report import Request, export, note
from desktop.model import FollowUp, Person
from desktop.service import follow_ups
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace
from desktop.store import keys
from desktop.ui.drafts.dialog import DraftsDialog
from desktop.ui.drafts.keeper import Keeper
from desktop.ui.intake.wayback.page import ChangesDialog
from desktop.ui.locking import guard
from desktop.ui.locking.lock import lock
from desktop.ui.session import Session
from tests.walks.conftest import Walker

PASSPHRASE = "seven lanterns drift under quiet bridges tonight"
ANSWERS = Answers(
    post="Embassy of Japan in Peru",
    country="PE",
    zone="America/Lima",
    own_government="JP",
    officers=[Officer("Mori Aya")],
    catalogue=False,
)
TITLES = {
    "Send the list": "Send the list of suppliers",
    "Ask for the schedule": "Ask for the schedule of the tender",
}


@pytest.fixture
def sealed(session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walker:
    """At an embassy with an encrypted workspace, to which a workbook came back."""
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))
    monkeypatch.setattr(guard, "EARS", {})
    session.make(tmp_path / "post.juntos", ANSWERS, PASSPHRASE)
    hands = Walker(session, qtbot)
    for title in TITLES:
        follow_ups.add(hands.workspace, {"title": title})
    path = tmp_path / "Status.xlsx"
    note(hands.workspace, export(hands.workspace, Request(as_of=hands.workspace.today()), path))
    book = load_workbook(path)
    for row in book["Follow-ups open"].iter_rows():
        row[1].value = TITLES.get(row[1].value, row[1].value)
    book.save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(path), ""))
    hands.back()
    hands.wait(lambda: hasattr(session.window, "keeper"))
    return hands


def leave_one(walker: Walker) -> Any:
    """Open the page by the keyboard, and leave the first of its two changes."""
    walker.press("Ctrl+I")
    dialog = walker.dialog(ChangesDialog)
    assert dialog.choices().count() == 2
    walker.press("Space")
    assert dialog.choices().count() == 1
    return dialog


def locked_and_unlocked(walker: Walker) -> None:
    lock(walker.session)
    walker.wait(lambda: walker.session.locked is not None and walker.session.locked.closed)
    page = walker.session.locked.page
    page.line.setText(PASSPHRASE)
    page.act.click()
    walker.wait(lambda: walker.session.locked is None)
    walker.wait(lambda: hasattr(walker.window, "keeper"))


def test_locked_quit_and_taken_over(sealed: Walker) -> None:
    leave_one(sealed)
    locked_and_unlocked(sealed)
    dialog = sealed.dialog(ChangesDialog)
    assert dialog.choices().count() == 1
    assert dialog.messages.text() == "1 change is decided as you left it."
    assert sealed.window.keeper.left == {}

    sealed.press("Esc")
    assert "is kept" in sealed.window.messages.text()
    locked_and_unlocked(sealed)  # closed it was, and closed it stays
    assert not [each for each in sealed.window.findChildren(ChangesDialog) if each.isVisible()]
    assert sealed.window.messages.text() == ""

    path, session = sealed.workspace.engine.path, sealed.session
    session.window.close()
    QApplication.processEvents()
    session.leave()
    opened = Workspace.open(path, passphrase=PASSPHRASE)
    opened.sign_in(Person.get(Person.name == "Mori Aya").uid)
    session.show(opened)
    sealed.back()
    sealed.wait(lambda: "was not saved" in sealed.window.messages.text())
    sealed.window.messages.go_in()
    sealed.press("Space")
    sealed.dialog(DraftsDialog)
    sealed.press("Enter")
    dialog = sealed.dialog(ChangesDialog)
    assert dialog.choices().count() == 1
    sealed.press("Ctrl+Enter")
    sealed.wait(lambda: "was taken over" in dialog.messages.text())
    assert sorted(each.title for each in FollowUp.select()) == [
        "Ask for the schedule of the tender",
        "Send the list",
    ]


def test_it_is_the_keeping_that_brings_it_back(sealed: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the walk above."""
    monkeypatch.setattr(Keeper, "hold", lambda _self: True)
    monkeypatch.setattr(Keeper, "_look", lambda _self: None)
    leave_one(sealed)
    locked_and_unlocked(sealed)
    assert not [each for each in sealed.window.findChildren(ChangesDialog) if each.isVisible()]
    sealed.back()
    sealed.press("Ctrl+I")
    assert sealed.dialog(ChangesDialog).choices().count() == 2
