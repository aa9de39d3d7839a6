"""Somebody who types into the real window, everywhere, and saves nothing; or who starts it again and takes texts back.

    python typist.py type|type-unkept|read WORKSPACE HOME WHERE

`type` says `typed` when the last key is pressed, and goes on as if nothing more was to come. `type-unkept` does the
same without anybody keeping drafts. `read` brings back what was left, and prints where each text stands then, as JSON.
The passphrase of an encrypted workspace comes in `JUNTOS_PASSPHRASE`.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import i18n, paths
from desktop.service import links
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.ui import session as sessions
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.dialogs.meeting import MeetingDialog
from desktop.ui.dialogs.progress import ProgressDialog
from desktop.ui.drafts.dialog import DraftsDialog
from desktop.ui.quick.bar import QuickBar
from desktop.ui.quick.opening import quick_entry
from desktop.ui.record.window import RecordWindow

TEXT = {
    "update": "canary-update: they agreed 海底ケーブル",
    "meeting": "canary-meeting: what was said 海底ケーブル",
    "quick": "canary-quick send the list 海底ケーブル",
    "minutes": "canary-minutes: a summary 海底ケーブル",
    "field": "canary-field: the detail 海底ケーブル",
}
"""What is typed at each place; the end of it by an input method."""
STEP_MS = 50


class Typist:
    """Waits for the window and its keeper, then works."""

    def __init__(self, session: Any, mode: str, where: str) -> None:
        self.session, self.mode, self.where = session, mode, where
        self.watch = QTimer(interval=STEP_MS)
        self.watch.timeout.connect(self.look)
        self.watch.start()

    def look(self) -> None:
        window = self.session.window
        if window is None or not (hasattr(window, "keeper") or (hasattr(window, "badges") and self.unkept())):
            return
        self.watch.stop()
        if self.mode == "read":
            print(json.dumps(self.read(window), ensure_ascii=False), flush=True)
            QTimer.singleShot(0, lambda: os._exit(0))
        else:
            self.type(window)
            print("typed", flush=True)

    def unkept(self) -> bool:
        return self.mode == "type-unkept"

    # ---- typing

    def type(self, window: Any) -> None:
        dialog = open_dialog(window, ProgressDialog, links.find("FU-2026-001"))
        press(dialog.words.at("done").input, TEXT["update"])
        dialog = open_dialog(window, MeetingDialog, [])
        press(dialog.minutes.at("minutes").input, TEXT["meeting"])
        window.activateWindow()
        quick_entry(window)
        press(window.findChild(QuickBar).line, TEXT["quick"])
        if self.where == "minutes":
            press(whole(window.pane.open_window(links.find("MT-2026-001"))).input, TEXT["minutes"])
        else:
            press(detail(window.pane.open_window(links.find("FU-2026-001"))).input, TEXT["field"])

    # ---- reading

    def read(self, window: Any) -> dict[str, str]:
        offered = window.keeper.left
        for _each in list(offered):
            window.commands.run("drafts")
            (dialog,) = [each for each in window.findChildren(DraftsDialog) if each.isVisible()]
            dialog.accept()
        assert not offered, [each["where"] for each in offered.values()]
        found = {}
        for dialog in window.findChildren(ProgressDialog):
            found["update"] = dialog.words.at("done").text()
        for dialog in window.findChildren(MeetingDialog):
            found["meeting"] = dialog.minutes.at("minutes").text()
        for bar in window.findChildren(QuickBar):
            found["quick"] = bar.line.text()
        for opened in window.findChildren(RecordWindow):
            place = whole(opened).input if self.where == "minutes" else detail(opened).input
            found[self.where] = place.toPlainText()
        return found


def whole(window: Any) -> Any:
    """The minutes as a whole, ready to be written."""
    view = window.pane.view()
    view.show_tab("minutes")
    made = view.page("minutes").general.text
    made.edit()
    return made


def detail(window: Any) -> Any:
    """The detail of a follow-up."""
    return window.pane.view().form.rows["detail"].editor


def press(line: Any, text: str) -> None:
    """Key after key; what a keyboard has no keys for comes from an input method."""
    line.window().activateWindow()
    line.setFocus()
    plain = text.encode("ascii", "ignore").decode()
    QTest.keyClicks(line, plain)
    event = QInputMethodEvent()
    event.setCommitString(text[len(plain) :])
    QApplication.sendEvent(line, event)


def fail(kind: Any, error: Any, trace: Any) -> None:
    """Tell what went wrong, and end at once."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def main(mode: str, workspace: str, home: str, where: str) -> None:
    """Start the program."""
    places = paths.use_home(Path(home))
    i18n.use("en")
    session = sessions.Session(places, Settings(), "en")
    session.backs_up = False
    if mode == "type-unkept":
        sessions.DRAFTS = "builtins:id"
    opened = Workspace.open(Path(workspace), passphrase=os.environ.pop("JUNTOS_PASSPHRASE", None))
    sys.excepthook = fail
    session.typist = Typist(session, mode, where)
    session.run(Path(workspace), opened, [])


main(*sys.argv[1:5])
