"""What users expect of a well-behaved program, looked at in the whole window: see docs/conventions.md.

Texts are 40 % longer than in English, and nothing is cut; all that can have the focus has a name.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop import i18n
from desktop.i18n import messages
from desktop.model import ENTITIES, Meeting, Organisation
from desktop.service import links
from desktop.ui.actions import COMMANDS, plain
from desktop.ui.context import Context
from desktop.ui.dialogs.shortcuts import PLACES, ShortcutsDialog
from desktop.ui.help.window import HelpWindow, show_help
from desktop.ui.navigation import PAGES
from desktop.ui.window import MainWindow
from tests.ui.looking import Long, cut, lengthened, nameless, wide_menus

ROOT = Path(__file__).parents[2]
WIDTH, HEIGHT = 1280, 720
LANGUAGES = ("long", "ja", "es", "pt")
ASKS_THE_SYSTEM = {
    "open_workspace", "attach", "take_in_text", "read_text", "print", "print_record", "new_workspace",
    "take_in",
}  # fmt: skip
"""Commands whose windows are the system's own, or that leave this one."""
SELECTED = {
    "merge": "organisation",
    "edit_many": "organisation",
    "brief": "meeting",
    "minutes": "meeting",
    "mail_minutes": "meeting",
    "calendar_entry": "meeting",
    "share": "meeting",
}
"""What a command is about, where it is no follow-up."""


@pytest.fixture
def window(
    context: Context, qtbot: QtBot, request: pytest.FixtureRequest, monkeypatch: Any
) -> Iterator[MainWindow]:
    """The window in the language of the test, as large as the smallest screen."""
    language = getattr(request, "param", "en")
    if language == "long":
        monkeypatch.setattr(messages, "_catalogue", lambda _code: Long())
    else:
        i18n.use(language)
    context.settings.last_page = "directory"
    made = MainWindow(context)
    made.resize(WIDTH, HEIGHT)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()
    i18n.use("en")


def test_a_message_is_lengthened_and_stays_whole() -> None:
    assert lengthened("&Close…").startswith("&Close")
    assert lengthened("&Close…").endswith("…")
    assert "{count}" in lengthened("{count} follow-ups are overdue")
    assert len(lengthened("Follow-ups from this meeting")) >= 1.4 * len("Follow-ups from this meeting")
    assert lengthened("{a} → {b}") == "{a} → {b}"


def everywhere(window: MainWindow, qtbot: QtBot, look: Callable[[QWidget], list[str]]) -> list[str]:
    """What a look finds on all pages, in all tabs and views, in all records, and in all dialogs."""
    found: list[str] = []

    def note(where: str, widget: QWidget) -> None:
        QApplication.processEvents()
        qtbot.wait(30)
        QApplication.sendPostedEvents()  # what was laid out anew just now has its place
        found.extend(f"{where}: {each}" for each in look(widget))

    for entry in PAGES:
        page = window.show_page(entry.key)
        qtbot.wait(50)
        note(entry.key, window)
        for view in getattr(page, "views", ()):
            page._views.choose(view.key)
            qtbot.wait(80)
            note(f"{entry.key} {view.key}", window)
            page._views.choose("list")
        tabs = next((each for each in page.findChildren(QTabBar) if each.count()), None)
        for number in range(tabs.count() if tabs is not None else 0):
            tabs.setCurrentIndex(number)
            note(f"{entry.key} tab {number}", window)
    _records(window, qtbot, note)
    _dialogs(window, qtbot, note)
    show_help(window)
    note("help", window.findChild(HelpWindow))
    return sorted(set(found))


def _records(window: MainWindow, qtbot: QtBot, note: Callable[[str, QWidget], None]) -> None:
    for entity in ENTITIES:
        record = entity.select().first()
        if record is None:
            continue
        window.show_record(record)
        qtbot.waitUntil(lambda: window.pane.record_pane() is not None)
        qtbot.waitUntil(lambda record=record: _uid(window) == record.uid)
        view = window.pane.record_pane().view()
        for number in range(view.tabs.count()):
            view.tabs.setCurrentIndex(number)
            note(f"record {entity.key()} tab {number}", window)
        view.tabs.setCurrentIndex(0)


def _uid(window: MainWindow) -> str:
    record = window.pane.record_pane().record()
    return record.uid if record is not None else ""


def _dialogs(window: MainWindow, qtbot: QtBot, note: Callable[[str, QWidget], None]) -> None:
    opened: set[str] = set()
    for command in COMMANDS:
        asks = command.text.endswith("…") or command.key in ("shortcuts", "about", "search")
        if not asks or command.key in ASKS_THE_SYSTEM:
            continue
        _select(window, qtbot, SELECTED.get(command.key, "follow_up"))
        action = window.commands.actions[command.key]
        if command.key in SELECTED:
            qtbot.waitUntil(action.isEnabled)
        if not action.isEnabled():
            continue
        before = set(_windows())
        window.commands.run(command.key)
        qtbot.wait(30)
        for each in [each for each in _windows() if each not in before]:
            opened.add(command.key)
            note(f"dialog {command.key}", each)
            each.close()
            if isValid(each):
                each.hide()
    assert {"merge", "edit_many", "log_meeting", "remind"} < opened
    assert len(opened) >= 25


def _windows() -> list[QWidget]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isValid(each) and each.isVisible() and not isinstance(each, QMainWindow)
    ]


def _select(window: MainWindow, qtbot: QtBot, what: str) -> None:
    if what == "organisation":
        window.show_record(Organisation.get())
        qtbot.waitUntil(lambda: all(isinstance(each, Organisation) for each in window.selected() or [None]))
        window.page.page.table.selectAll()
        qtbot.waitUntil(lambda: window.ask("selected_count") > 1)
        return
    window.show_record(Meeting.get() if what == "meeting" else links.find("FU-2026-001"))
    qtbot.waitUntil(lambda: window.ask("selected_count") == 1)


def _none(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize("window", LANGUAGES, indirect=True)
def test_nothing_is_cut(window: MainWindow, qtbot: QtBot) -> None:
    assert (window.width(), window.height()) == (WIDTH, HEIGHT)
    _none(everywhere(window, qtbot, cut))
    assert wide_menus(window, WIDTH) == []


@pytest.fixture
def larger_text(qapp: QApplication) -> Iterator[None]:
    """Text at 150 %, as the system is told by who needs it."""
    usual = qapp.font()
    larger = QFont(usual)
    larger.setPointSizeF(usual.pointSizeF() * 1.5)
    qapp.setFont(larger)
    yield
    qapp.setFont(usual)


@pytest.mark.slow
@pytest.mark.parametrize("window", ["en", "ja"], indirect=True)
def test_nothing_is_cut_with_text_at_150_percent(larger_text: None, window: MainWindow, qtbot: QtBot) -> None:
    assert (window.width(), window.height()) == (WIDTH, HEIGHT)
    assert window.sidebar.is_shrunk()  # its words would take the room of what one reads
    assert not window.sidebar.is_wished_shrunk()
    _none(everywhere(window, qtbot, cut))
    assert wide_menus(window, WIDTH) == []


@pytest.mark.slow
def test_all_that_can_have_the_focus_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    _none(everywhere(window, qtbot, nameless))


@pytest.mark.slow
def test_nothing_is_cut_at_twice_the_scale() -> None:
    """The same walk, in a process of its own: Qt reads the scale once."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(Path(__file__))),
            *("-k", "test_nothing_is_cut and long and not twice"),
        ],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": "2"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    assert re.search(r"\b1 passed", done.stdout)


def test_the_cheat_sheet_has_every_key_and_can_be_copied_and_printed(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.commands.run("shortcuts")
    dialog = window.findChild(ShortcutsDialog)
    dialog.copy()
    copied = QApplication.clipboard().text()
    for command in COMMANDS:
        if command.shortcuts:
            keys = QKeySequence(command.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
            assert re.search(rf"^{re.escape(plain(command.text))}\t.*{re.escape(keys)}", copied, re.M), (
                command.key
            )
    for place in ("In lists", "On the board", "In the minutes", "In the help"):
        assert f"\n{place}\n" in copied
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "keys.pdf"))
    dialog.document().print_(printer)
    with PdfDocument(tmp_path / "keys.pdf") as pdf:
        printed = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    printed = re.sub(r"\s", "", printed)  # its reader parts words as it finds them
    assert "Logameeting" in printed
    assert "Ctrl+M" in printed


def test_the_keys_of_the_cheat_sheet_are_keys() -> None:
    for _title, rows in PLACES:
        for _words, keys in rows:
            for each in keys.split(" "):
                assert not QKeySequence(each).isEmpty(), each
                assert QKeySequence(each)[0].key() != Qt.Key.Key_unknown, each
