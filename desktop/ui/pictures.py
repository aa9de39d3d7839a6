"""Pictures of the window, drawn off screen: one of each page, with a record beside its list where there is one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QWidget

from desktop.paths import Places, private_folder
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.ui.layout import usual_sizes
from desktop.ui.navigation import PAGES
from desktop.ui.session import Session

SIZE = QSize(1440, 900)
SETTLE_MS = 400
"""What is counted and filled in by workers is there by then."""


def draw(workspace: Workspace, settings: Settings, places: Places, folder: Path) -> list[Path]:
    """Draw each page into the folder; the files, in the order of the pages."""
    session = Session(places, settings)
    session.backs_up = False
    session.show(workspace)
    window = session.window
    window.resize(SIZE)
    private_folder(folder)
    window.messages.dismiss()
    wait(SETTLE_MS)
    window.splitter.setSizes(usual_sizes(window))
    written = []
    for number, entry in enumerate(PAGES, 1):
        page = window.show_page(entry.key)
        wait(SETTLE_MS)
        table = getattr(getattr(page, "page", page), "table", None)
        if table is not None and table.model().rowCount():
            table.setCurrentIndex(table.model().index(0, 0))
        page.setFocus()
        wait(SETTLE_MS)
        written.append(save(window, folder / f"{number}-{entry.key}.png"))
    session.end()
    return written


def save(widget: QWidget, path: Path) -> Path:
    """Draw a widget into a file."""
    if not widget.grab().save(str(path)):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
    return path


def wait(milliseconds: int) -> None:
    """Let the window do what it does for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
