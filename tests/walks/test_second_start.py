"""A second start on a workspace that is open: what is open comes to the front."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.service.setup import Answers
from desktop.store import keys
from desktop.ui import secondstart
from desktop.ui.locking import guard
from desktop.ui.locking.lock import lock
from desktop.ui.session import Session
from tests.walks.conftest import Walker

PASSPHRASE = "seven lanterns drift under quiet bridges tonight"


@pytest.fixture
def elsewhere(qtbot: QtBot) -> Iterator[QWidget]:
    """A window of something else, for the officer to work in."""
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


def leave_for(walker: Walker, elsewhere: QWidget, ours: QWidget) -> None:
    """Put a window of ours away, and work in another."""
    ours.showMinimized()
    elsewhere.show()
    elsewhere.activateWindow()
    walker.wait(elsewhere.isActiveWindow)
    assert ours.isMinimized()
    assert not ours.isActiveWindow()


def knock(walker: Walker, path: Path) -> bool:
    """Start again; whether somebody was there."""
    heard = secondstart.raised(path, walker.session.places)
    walker.qtbot.wait(50)
    return heard


def test_the_window_comes_to_the_front(walker: Walker, elsewhere: QWidget) -> None:
    path = walker.workspace.engine.path
    walker.session._listen()
    leave_for(walker, elsewhere, walker.window)
    assert knock(walker, path)
    walker.wait(walker.window.isActiveWindow)
    assert walker.window.isVisible()
    assert not walker.window.isMinimized()


def test_control_where_the_door_is_closed_nothing_comes(walker: Walker, elsewhere: QWidget) -> None:
    path = walker.workspace.engine.path
    walker.session._listen()
    leave_for(walker, elsewhere, walker.window)
    walker.session.shut_door()
    assert not knock(walker, path)
    assert walker.window.isMinimized()
    assert elsewhere.isActiveWindow()


def test_where_it_is_locked_the_page_of_the_lock_comes(
    session: Session, qtbot: QtBot, tmp_path: Path, elsewhere: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))
    monkeypatch.setattr(guard, "EARS", {})
    path = tmp_path / "post.juntos"
    session.make(path, Answers("Embassy", "PE", "America/Lima", "JP", catalogue=False), PASSPHRASE)
    walker = Walker(session, qtbot)
    walker.wait(lambda: session.guard is not None and hasattr(session.window, "keeper"))
    lock(session)
    walker.wait(lambda: session.locked is not None and session.locked.closed)
    page = session.locked.page
    leave_for(walker, elsewhere, page)
    assert knock(walker, path)
    walker.wait(page.isActiveWindow)
    assert page.isVisible()
    assert not page.isMinimized()
    assert session.window is None, "nothing is unlocked by it"
