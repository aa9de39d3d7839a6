"""Encrypted workspaces in the window: the passphrase, how good it is, and locking while nobody is there."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.model import Invalid
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.store import crypt, keys
from desktop.store.errors import StoreError, WrongPassphrase
from desktop.store.keys import Key
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.context import Context
from desktop.ui.drafts import inputs
from desktop.ui.drafts.loose import Loose
from desktop.ui.locking import guard, linux, macos, windows
from desktop.ui.locking.dialog import PassphraseDialog
from desktop.ui.locking.guard import Guard
from desktop.ui.locking.newpassphrase import NewPassphrase
from desktop.ui.locking.passphrase import PassphrasePage
from desktop.ui.widgets.passphraseedit import PassphraseEdit

ROOT = Path(__file__).parents[2]
GOOD = "seven lanterns drift under quiet bridges tonight"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of few rounds: what is tried here is not how long they take."""
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))


@pytest.fixture
def new(qtbot: QtBot) -> NewPassphrase:
    made = NewPassphrase(AccessKeys(), ["Santiago"])
    qtbot.addWidget(made)
    made.show()
    return made


# ---- a new passphrase


def test_a_new_passphrase_is_long_the_same_twice_and_agreed(new: NewPassphrase) -> None:
    QTest.keyClicks(new.first, "short")
    with pytest.raises(Invalid, match="At least 12 characters"):
        new.passphrase()
    new.first.setText(GOOD)
    with pytest.raises(Invalid, match="same"):
        new.passphrase()
    new.second.setText(GOOD)
    with pytest.raises(Invalid, match="nobody gets in"):
        new.passphrase()
    assert "nobody can recover it" in new.agreed.box.accessibleName()
    new.agreed.setChecked(True)
    assert new.passphrase() == GOOD
    new.wipe()
    assert not new.typed()
    assert not new.agreed.isChecked()


def test_how_good_it_is_stands_in_words_too(new: NewPassphrase) -> None:
    said = {}
    for text in ("aaaaaaaaaaaaaaaa", "harbour lantern 2026!", GOOD):
        new.first.setText(text)
        said[text] = new.strength.words.text()
    assert len(set(said.values())) == 3
    assert said[GOOD] in ("Good.", "Strong.")


@pytest.mark.parametrize("width", [320, 420, 520])
@pytest.mark.parametrize("resized", [False, True])
def test_what_it_says_moves_nothing(qtbot: QtBot, width: int, resized: bool) -> None:
    around = QWidget()
    column = QVBoxLayout(around)
    new = NewPassphrase(AccessKeys(), ["Santiago"])
    column.addWidget(new)
    column.addStretch(1)  # as in a dialog: below it is room
    qtbot.addWidget(around)
    around.resize(500 if resized else width, 600)
    around.show()
    if resized:
        around.resize(width, 600)
    QApplication.processEvents()
    places = set()
    for count in range(len(GOOD)):
        new.first.setText("a" * count if count < 20 else GOOD[:count])
        QApplication.processEvents()
        places.add((new.second.y(), new.strength.words.text()))
    assert len({words for _y, words in places}) >= 4
    assert len({y for y, _words in places}) == 1


def test_both_lines_may_be_typed_on_different_keyboards(new: NewPassphrase) -> None:
    new.first.setText("café au lait à Besançon")
    new.second.setText("café au lait à Besançon")
    new.agreed.setChecked(True)
    assert keys.normalised(new.passphrase()) == "café au lait à Besançon"


def test_the_eye_shows_and_hides(new: NewPassphrase) -> None:
    assert new.first.echoMode() == QLineEdit.EchoMode.Password
    new.first.eye.trigger()
    assert new.first.echoMode() == QLineEdit.EchoMode.Normal
    assert new.first.eye.text() == "Hide the passphrase"
    new.first.wipe()
    assert new.first.echoMode() == QLineEdit.EchoMode.Password


def test_caps_lock_is_told_by_the_letters(new: NewPassphrase) -> None:
    QTest.keyClick(new.first, "A", Qt.KeyboardModifier.NoModifier)
    assert new.caps.text() == "Caps Lock is on."
    QTest.keyClick(new.first, "a", Qt.KeyboardModifier.NoModifier)
    assert new.caps.text() == ""


@pytest.mark.parametrize("shown", [False, True])
def test_a_passphrase_is_no_draft_shown_or_not(qtbot: QtBot, shown: bool) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    secret, other = PassphraseEdit("Passphrase", around), QLineEdit(around)
    other.move(0, 60)
    around.show()
    secret.eye.setChecked(shown)
    loose = Loose()
    for line in (secret, other):
        loose.look_at(line)
        QTest.keyClicks(line, "typed")
    assert [each["text"] for each in inputs.states(around).values()] == ["typed"]
    assert len(loose.typed()) == 1


# ---- the page at opening


class Door:
    """Stands for the session: opens with the right key."""

    def __init__(self, error: StoreError | None = None) -> None:
        self.error, self.opened = error, []

    def __call__(self, *, key: Key | None) -> None:
        if self.error:
            raise self.error
        self.opened.append(key)


@pytest.fixture
def encrypted(template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "post.juntos"
    path.write_bytes(template.read_bytes())
    crypt.rewrite(path, None, GOOD, rounds=1000)
    return path


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def page(qtbot: QtBot, encrypted: Path, door: Door) -> Iterator[PassphrasePage]:
    made = PassphrasePage(encrypted, door)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.wait("")
    made.close()


@pytest.mark.parametrize("language", ["en", "ja", "es", "pt"])
@pytest.mark.parametrize("locked", [False, True])
def test_its_buttons_are_whole_in_each_language(
    qtbot: QtBot, encrypted: Path, door: Door, language: str, locked: bool
) -> None:
    i18n.use(language)
    try:
        made = PassphrasePage(encrypted, door, locked=locked)
        qtbot.addWidget(made)
        made.show()
        QApplication.processEvents()
        for button in (made.other, made.backups, made.act):
            assert button.width() >= button.sizeHint().width(), button.text()
        made.close()
    finally:
        i18n.use("en")


def test_the_passphrase_opens(qtbot: QtBot, page: PassphrasePage, door: Door) -> None:
    QTest.keyClicks(page.line, GOOD)
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    assert page.line.isVisible()
    qtbot.waitUntil(lambda: bool(door.opened))
    assert door.opened[0].rounds == 1000
    assert page.line.text() == ""


def test_a_wrong_one_is_told_and_can_be_typed_again(qtbot: QtBot, page: PassphrasePage, door: Door) -> None:
    page.submit()
    assert page.problem.text() == "Type the passphrase."
    page.line.setText("another passphrase altogether")
    page.act.click()
    qtbot.waitUntil(lambda: "does not open" in page.problem.text())
    assert not door.opened
    assert page.line.text() == "another passphrase altogether"
    assert page.act.isEnabled()
    assert not page.line.isReadOnly()
    QTest.keyClicks(page.line, "x")
    assert page.problem.text() == ""


def test_what_goes_wrong_at_opening_is_told(qtbot: QtBot, page: PassphrasePage, door: Door) -> None:
    door.error = WrongPassphrase("It does not open.")
    page.line.setText(GOOD)
    page.submit()
    qtbot.waitUntil(lambda: page.problem.text() == "It does not open.")


def test_closed_while_it_is_tried_nothing_opens(qtbot: QtBot, page: PassphrasePage, door: Door) -> None:
    page.line.setText(GOOD)
    page.submit()
    page.close()
    qtbot.waitUntil(page.act.isEnabled)
    assert not door.opened


def test_letters_with_accents_are_spoken_of(page: PassphrasePage) -> None:
    assert page.hint.isHidden()
    page.line.setText("Besançon")
    assert "accents" in page.hint.text()


def test_while_something_is_finished_the_page_cannot_be_closed(page: PassphrasePage) -> None:
    page.wait("An export is finished.")
    page.close()
    assert page.isVisible()
    assert not page.other.isEnabled()
    page.wait("")
    page.close()
    assert not page.isVisible()


# ---- changing it


def test_the_dialog_asks_for_the_present_one(
    qtbot: QtBot, workspace: Workspace, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace.engine, "key", keys.derive(GOOD, bytes(16), 1000))
    asked: list[Any] = []
    context.closing_requested.connect(asked.append)
    dialog = PassphraseDialog(context)
    dialog.take()
    dialog.show()
    assert dialog.act_button.text() == "Change"
    dialog.remove.setChecked(True)
    assert dialog.act_button.text() == "Remove"
    assert dialog.new.isHidden()
    assert dialog.bare.isVisible()
    assert "whoever gets hold of the file can read all" in dialog.bare.words.text()
    dialog.present.setText("something else entirely")
    dialog.accept()
    qtbot.waitUntil(lambda: "not the present" in dialog.messages.text())
    assert not asked
    dialog.present.setText(GOOD)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(asked))


def test_plain_copies_are_found_in_the_second_folder_too(encrypted: Path, tmp_path: Path) -> None:
    (beside,) = crypt.plain_copies(encrypted)
    assert "before-passphrase" in beside.name
    second = tmp_path / "stick"
    there = second / f"{encrypted.name}-backups"
    there.mkdir(parents=True)
    copy = there / beside.name.replace("before-passphrase", "daily")
    copy.write_bytes(beside.read_bytes())
    assert set(crypt.plain_copies(encrypted, str(second))) == {beside, copy}


# ---- the guard


class Run(QObject):
    """Stands for the session: one that is never locked."""

    def __init__(self) -> None:
        super().__init__()
        self.settings, self.waiting, self.app = Settings(), None, self


class Time:
    def __init__(self) -> None:
        self.moving, self.asleep = 1000.0, 0.0

    def wall(self) -> float:
        return self.moving + self.asleep


@pytest.fixture
def locks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []

    def lock(session: Any) -> Any:
        found.append(session)
        return session if session.waiting is None else None

    monkeypatch.setattr(guard, "lock", lock)
    monkeypatch.setattr(guard, "EARS", {})
    return found


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def watched(qapp: QApplication, locks: list[Any], time: Time) -> Iterator[Guard]:
    run = Run()
    made = Guard(run, moving=lambda: time.moving, wall=time.wall)
    yield made
    made.deleteLater()


def test_it_locks_after_so_long(watched: Guard, locks: list[Any], time: Time) -> None:
    time.moving += 599
    watched.look()
    assert not locks
    time.moving += 1
    watched.look()
    assert locks
    watched.session.settings.idle_lock = "30"
    locks.clear()
    watched.look()
    assert not locks


@pytest.mark.parametrize("what", ["key", "click", "wheel"])
def test_what_is_done_in_any_window_counts(
    qtbot: QtBot, watched: Guard, locks: list[Any], time: Time, what: str
) -> None:
    window = QLineEdit()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    watched.look()
    time.moving += 599
    handle = window.windowHandle()
    if what == "key":
        QTest.keyClick(handle, Qt.Key.Key_A)
    elif what == "click":
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    else:
        QTest.wheelEvent(handle, QPoint(2, 2), QPoint(0, 120))
    time.moving += 599
    watched.look()
    assert not locks
    assert watched.idle() == 599


def test_it_locks_where_the_computer_slept(watched: Guard, locks: list[Any], time: Time) -> None:
    time.moving += 5
    time.asleep += 2
    watched.look()
    assert not locks
    time.asleep += 3600
    watched.look()
    assert len(locks) == 1
    watched.look()
    assert len(locks) == 1


def test_while_something_is_done_with_the_file_it_locks_after_that(watched: Guard, locks: list[Any]) -> None:
    watched.session.waiting = object()
    watched.lock()
    watched.session.waiting = None
    watched.look()
    assert len(locks) == 2
    watched.look()
    assert len(locks) == 2


# ---- what the systems tell

BUS = ("dbus-run-session", "dbus-send")
LISTENS = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from desktop.ui.locking.linux import Ear
app = QCoreApplication([])
count = 0
def lock():
    global count
    count += 1
    print("locked", flush=True)
    if count == 3:
        app.quit()
ear = Ear(lock, app)
print("ready", flush=True)
app.exec()
"""


@pytest.mark.skipif(not all(map(shutil.which, BUS)), reason=f"needs {', '.join(BUS)}")
def test_a_linux_desktop_tells_on_its_bus() -> None:
    script = """
    "$0" -c "$1" > "$2" & ear=$!
    until grep -q ready "$2"; do sleep 0.1; done
    say() { dbus-send --session --type=signal "$@"; }
    say /org/freedesktop/ScreenSaver org.freedesktop.ScreenSaver.ActiveChanged boolean:false
    say /org/freedesktop/ScreenSaver org.freedesktop.ScreenSaver.ActiveChanged boolean:true
    say /org/gnome/ScreenSaver org.gnome.ScreenSaver.ActiveChanged boolean:true
    say /org/mate/ScreenSaver org.mate.ScreenSaver.ActiveChanged boolean:true
    wait $ear
    """
    heard = Path(os.environ["HOME"]) / "heard"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment.pop("DBUS_SYSTEM_BUS_ADDRESS", None)
    command = ["dbus-run-session", "--", "sh", "-c", script, sys.executable, LISTENS, str(heard)]
    subprocess.run(command, env=environment, cwd=ROOT, timeout=60, check=True, capture_output=True)
    assert heard.read_text("utf-8").split() == ["ready", "locked", "locked", "locked"]


def test_what_logind_tells(qapp: QApplication) -> None:
    told: list[int] = []
    parent = QObject()
    ear = linux.Ear(lambda: told.append(1), parent)
    ear._system = None
    ear._ask_to_wait = lambda: told.append(0)
    ear.on_sleep(True)
    ear.on_sleep(False)
    ear.on_lock()
    ear.on_saver(False)
    assert told == [1, 0, 1]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("2", "/org/freedesktop/login1/session/_32"),
        ("c12", "/org/freedesktop/login1/session/c12"),
        ("12", "/org/freedesktop/login1/session/_312"),
        ("", ""),
    ],
)
def test_the_path_of_a_session(monkeypatch: pytest.MonkeyPatch, name: str, path: str) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", name)
    assert linux.session_path() == path


@pytest.mark.parametrize(
    ("message", "word", "locks"),
    [
        (windows.WM_WTSSESSION_CHANGE, 0x7, True),
        (windows.WM_WTSSESSION_CHANGE, 0x8, False),
        (windows.WM_WTSSESSION_CHANGE, 0x4, True),
        (windows.WM_POWERBROADCAST, 0x4, True),
        (windows.WM_POWERBROADCAST, 0x12, False),
        (0x100, 0x7, False),
    ],
)
def test_what_windows_tells(qtbot: QtBot, message: int, word: int, locks: bool) -> None:
    told: list[int] = []
    parent = QObject()
    ear = windows.Ear(lambda: told.append(1), parent)
    said = wintypes.MSG(message=message, wParam=word)
    ear._window.nativeEvent(b"windows_generic_MSG", ctypes.addressof(said))
    assert bool(told) is locks
    assert not ear._window.isVisible()
    qtbot.addWidget(ear._window)


class Core:
    """Stands for CoreFoundation."""

    def __init__(self) -> None:
        self.observed: tuple[Any, ...] = ()

        class Call:
            def __init__(self, act: Any) -> None:
                self.act = act

            def __call__(self, *given: Any) -> Any:
                return self.act(*given)

        self.CFNotificationCenterGetDistributedCenter = Call(lambda: 1)
        self.CFStringCreateWithCString = Call(lambda _allocator, text, _encoding: text)
        self.CFNotificationCenterAddObserver = Call(lambda *given: setattr(self, "observed", given))


def test_what_macos_tells(qapp: QApplication) -> None:
    told: list[int] = []
    core, parent = Core(), QObject()
    ear = macos.Ear(lambda: told.append(1), parent, core)
    assert core.observed[3] == b"com.apple.screenIsLocked"
    ear.heard(None, None, None, None, None)
    assert told == [1]


# ---- keys at the eye


def at_the_eye(page: PassphrasePage) -> QWidget:
    """Go there by Tab, from the line in which something was typed."""
    page.activateWindow()
    page.line.setFocus()
    QTest.keyClicks(page.line, "seven")
    QTest.keyClick(page.line, Qt.Key.Key_Tab)
    eye = QApplication.focusWidget()
    assert eye is not page.line
    assert page.line.isAncestorOf(eye)
    return eye


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_at_the_eye_space_and_enter_press_it_and_nothing_else(
    qtbot: QtBot, page: PassphrasePage, door: Door, monkeypatch: pytest.MonkeyPatch, key: Qt.Key
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(page, "submit", lambda: asked.append(page.line.text()))
    eye = at_the_eye(page)
    for shown in (True, False):
        QTest.keyClick(eye, key)
        assert page.line.eye.isChecked() == shown
    assert asked == []
    assert page.line.text() == "seven"
    assert QApplication.focusWidget() is eye


def test_what_is_typed_at_the_eye_goes_nowhere(qtbot: QtBot, page: PassphrasePage) -> None:
    taken: list[str] = []
    for letter in ("l", "/"):
        QShortcut(QKeySequence(letter), page).activated.connect(lambda: taken.append("shortcut"))
    eye = at_the_eye(page)
    QTest.keyClicks(eye, "lanterns/drift")
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Home):
        QTest.keyClick(eye, key)
    QTest.keyClick(eye, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert (page.line.text(), taken) == ("seven", [])
    QTest.keyClick(eye, Qt.Key.Key_Tab)  # and one gets away from it
    assert QApplication.focusWidget() is not eye
    assert not page.line.isAncestorOf(QApplication.focusWidget())
