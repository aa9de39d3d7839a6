"""Lines for the path of a file or a folder, each with a button that opens the system's dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.export.report import SUFFIX
from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.tips import plain_tip


class FileEdit(QWidget):
    """The path of a file to be written."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.typed = False
        self.line = QLineEdit()
        self.line.textEdited.connect(self._on_typed)
        browse = QPushButton(_("Choose…"), autoDefault=False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(browse)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def suggest(self, path: Path) -> None:
        """Propose a path."""
        self.line.setText(str(path))
        self.line.setToolTip(plain_tip(str(path)))
        self.line.setCursorPosition(len(str(path)))

    def _on_typed(self, text: str) -> None:
        self.typed = True
        self.line.setToolTip(plain_tip(text))

    def _browse(self) -> None:
        kind = _("Excel workbooks (*{suffix})").format(suffix=SUFFIX)
        name, _kind = QFileDialog.getSaveFileName(self, _("Export"), self.line.text(), kind)
        if name:
            path = Path(name)
            path = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
            self.suggest(path)
            self.typed = True
            self.chosen.emit(str(path))


class FolderEdit(QWidget):
    """A folder, typed or chosen."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.line = QLineEdit(folder)
        choose = QPushButton(_("Choose…"), autoDefault=False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(choose)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def text(self) -> str:
        """The folder as it stands."""
        return self.line.text().strip()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose a folder"), self.text())
        if folder:
            self.line.setText(folder)
