"""What is dropped on the window from another program: files are copied, and are never written out as a text.

A file manager proposes to move; who accepts that tells it that the file may go from where it was. And a text
field of Qt accepts it, for the place of the file in words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit


def files(event: Any) -> list[Path]:
    """The files of this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def accept_copy(event: Any) -> bool:
    """Accept a drag or a drop as a copy; False where the other program lets nobody copy, and nothing is accepted."""
    may = bool(event.possibleActions() & Qt.DropAction.CopyAction)
    if may:
        event.setDropAction(Qt.DropAction.CopyAction)
    event.setAccepted(may)
    return may


def passes(event: Any) -> bool:
    """Whether a drag that comes over a text field brings files: then it is left to what stands around the field."""
    if event.type() != QEvent.Type.DragEnter or not files(event):
        return False
    event.ignore()
    return True


def leave_files(line: QLineEdit) -> None:
    """Let a line that is in no editor leave them, too."""
    line.installEventFilter(_Leaves(line))


class _Leaves(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return passes(event)
