"""The passphrase of a backup that does not open with that of the workspace: shown only where one takes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys


class PassphraseLine(QWidget):
    """A line whose content nobody sees; `entered` once it is typed."""

    entered = Signal()

    def __init__(self, keys: AccessKeys) -> None:
        super().__init__()
        label = QLabel(keys.mark(_("Passphrase of this backup")))
        self.line = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(_("Passphrase of this backup"))
        label.setBuddy(self.line)
        self.line.editingFinished.connect(self._on_finished)
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        self.hide()
        self._told = ""

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def _on_finished(self) -> None:
        if self.text() != self._told:
            self._told = self.text()
            self.entered.emit()
