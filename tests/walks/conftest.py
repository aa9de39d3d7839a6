"""Walks: an officer's way through the whole window, off screen, by the keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop import i18n, paths
from desktop.model import Person
from desktop.service import setup
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.ui.session import Session
from desktop.ui.window import MainWindow

KEYS = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape}


class Walker:
    """The officer's hands and eyes."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session, self.qtbot = session, qtbot
        self.inputs = 0
        """Keys pressed so far that are not characters of a text."""

    @property
    def window(self) -> MainWindow:
        return self.session.window

    @property
    def workspace(self) -> Workspace:
        return self.session.context.workspace

    def focus(self) -> QWidget:
        """Where typing goes."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def type(self, text: str) -> None:
        """Type into whatever has the focus; what it offers for that is there afterwards."""
        QTest.keyClicks(self.focus(), text)
        self.qtbot.wait(120)

    def press(self, keys: str, times: int = 1) -> None:
        """Press a key, or keys such as `Ctrl+M`, in whatever has the focus."""
        *held, key = keys.split("+")
        modifier = Qt.KeyboardModifier.NoModifier
        for each in held:
            modifier |= {
                "Ctrl": Qt.KeyboardModifier.ControlModifier,
                "Shift": Qt.KeyboardModifier.ShiftModifier,
                "Alt": Qt.KeyboardModifier.AltModifier,
            }[each]
        code = KEYS.get(key) or getattr(Qt.Key, f"Key_{key}")
        self.inputs += times
        for _time in range(times):
            popup = QApplication.activePopupWidget()
            QTest.keyClick(popup or self.focus(), code, modifier)
            if held and QApplication.keyboardModifiers():
                # The window was gone before the keys were let go: Qt would take them for held ever after.
                QTest.keyRelease(QWidget(), Qt.Key.Key_Control)
            self.qtbot.wait(20)

    def dialog(self, kind: type[QWidget]) -> Any:
        """The open dialog of this kind, once it is there and active."""

        def there() -> bool:
            return any(each.isVisible() and each.isActiveWindow() for each in self.window.findChildren(kind))

        self.qtbot.waitUntil(there)
        return next(each for each in self.window.findChildren(kind) if each.isVisible())

    def closed(self, dialog: QWidget) -> bool:
        """Whether a dialog is closed, and perhaps gone."""
        return not isValid(dialog) or not dialog.isVisible()

    def back(self) -> None:
        """Wait until the main window has the keyboard again."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def wait(self, true: Callable[[], object]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=10_000)


@pytest.fixture
def session(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """A run of the program in a home of its own, in English, without a workspace yet."""
    places = paths.use_home(tmp_path / "home")
    i18n.use("en")
    made = Session(places, Settings(language="en", scheme="light"))
    made.backs_up = False
    yield made
    made.end()
    if made.start is not None:
        made.start.close()
    i18n.use("en")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the catalogue, to copy."""
    path = tmp_path_factory.mktemp("catalogue") / "post.juntos"
    workspace = Workspace.create(path)
    answers = Answers(
        post="Embassy of Japan in Chile",
        country="CL",
        zone="America/Santiago",
        own_government="JP",
        partners=["US"],
        accreditations=["CL"],
        officers=[Officer("Sato Kenji"), Officer("Mori Aya")],
    )
    setup.set_up(workspace, answers)
    workspace.close()
    return path


@pytest.fixture
def walker(session: Session, qtbot: QtBot, template: Path, tmp_path: Path) -> Walker:
    """Sato Kenji at an embassy whose workspace has the catalogue."""
    path = tmp_path / "post.juntos"
    shutil.copy(template, path)
    workspace = Workspace.open(path)
    workspace.sign_in(Person.get(Person.name == "Sato Kenji").uid)
    session.show(workspace)
    hands = Walker(session, qtbot)
    hands.back()
    return hands
