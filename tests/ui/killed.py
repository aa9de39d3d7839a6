"""A window that ends as if the program had been killed, and what another process would find of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.store import drafts
from desktop.store.drafts import Drafts
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.drafts.keeper import Keeper
from desktop.ui.record.window import RecordWindow
from desktop.ui.window import MainWindow


def end(window: MainWindow) -> None:
    """Nothing is told to it."""
    held: Keeper | None = getattr(window, "keeper", None)
    if held is not None:
        held._stop()
    window.pane.commit = window.pane.leave = lambda: None
    for record in window.findChildren(RecordWindow):
        record.pane.leave = lambda: None
        record.pane.commit = lambda: None
    window.blockSignals(True)
    for dialog in window.findChildren(Dialog):
        dialog.hide()
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def on_disk(window: MainWindow) -> dict[str, dict[str, Any]]:
    """What another process would find."""
    if not window.keeper.keep_now():  # a clock rang while nothing could be written: that is heard only now
        QApplication.processEvents()
        window.keeper.keep_now()
    engine = window.context.workspace.engine
    found = Drafts(engine.path, engine.key, file=drafts.place(engine.path))
    kept = {draft.place: draft.content for draft in found.all()}
    found.close()
    return kept
