"""A second start on the same workspace: the window that is open already comes to the front, and there is no other.

The first one listens on a local socket of this user, which leads nowhere beyond this computer. A mark in the cache
folder says that somebody may be listening: without it a start asks nobody, and loads nothing for it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.paths import Places, private_folder

PATIENCE_MS = 1000
KNOCK = b"show\n"


def raised(path: Path, places: Places) -> bool:
    """Whether another window of this user shows the workspace, and was asked to come to the front."""
    if not _mark(path, places).exists():
        return False
    from PySide6.QtNetwork import QLocalSocket  # only a second start needs it

    socket = QLocalSocket()
    socket.connectToServer(_name(path, places))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(KNOCK)
    told = socket.waitForBytesWritten(PATIENCE_MS)
    socket.disconnectFromServer()
    return bool(told)


class Door(QObject):
    """Hears a second start on a workspace, until it is closed."""

    knocked = Signal()

    def __init__(self, path: Path, places: Places, parent: QObject) -> None:
        from PySide6.QtNetwork import QLocalServer  # once the window stands

        super().__init__(parent)
        self._marked = _mark(path, places)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)
        QLocalServer.removeServer(_name(path, places))  # what a crash has left
        if self._server.listen(_name(path, places)):
            private_folder(self._marked.parent)
            self._marked.touch()

    def _on_knock(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
        self.knocked.emit()

    def close(self) -> None:
        """Listen no more."""
        if self._server.isListening():
            self._server.close()
            self._marked.unlink(missing_ok=True)


def _name(path: Path, places: Places) -> str:
    """One name a workspace and user; short, as some systems want it."""
    return "juntos-" + hashlib.sha256(f"{places.config}\0{path.resolve()}".encode()).hexdigest()[:20]


def _mark(path: Path, places: Places) -> Path:
    return places.cache / f"{_name(path, places)}.open"
