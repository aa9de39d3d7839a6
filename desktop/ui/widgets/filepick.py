"""Choosing one file of the disk: a button, the name of what is chosen, and a way to let it go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.widgets.tips import plain_tip


class FilePick(QWidget):
    """`path` is what is chosen; nothing is read."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.button = QPushButton(icon("attach", "muted"), _("Choose a file…"), autoDefault=False)
        self.button.clicked.connect(self.choose)
        self._name = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.clear = QToolButton(icon=icon("close", "muted"), autoRaise=True, visible=False)
        self.clear.setToolTip(_("Choose no file"))
        self.clear.setAccessibleName(self.clear.toolTip())
        self.clear.clicked.connect(lambda: self.set_path(None))
        row = QHBoxLayout(self, spacing=theme.TIGHT)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self._name, 1)
        row.addWidget(self.clear)
        self.setFocusProxy(self.button)

    def choose(self) -> None:
        """Ask for a file."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"))
        if name:
            self.set_path(Path(name))

    def set_path(self, path: Path | None) -> None:
        """Show a file as chosen; None for none."""
        self.path = path
        name = path.name if path is not None else ""
        self._name.setText(name)
        self._name.setToolTip(plain_tip(str(path or "")))
        self.button.setAccessibleDescription(name)
        self.clear.setVisible(path is not None)
        self.changed.emit()

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.button, self.clear]
