"""Lines for the path of a file or a folder, each with a button that opens the system's dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.savefile import suffixed
from desktop.ui.widgets.tips import plain_tip


class FileEdit(QWidget):
    """The path of a file to be written; `kind` is what the system's dialog calls such files."""

    chosen = Signal(str)
    """Another path was chosen: this one, if what stands there may be replaced."""

    def __init__(self, kind: str, suffix: str) -> None:
        super().__init__()
        self.kind, self.suffix = kind, suffix
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

    def set_kind(self, kind: str, suffix: str) -> None:
        """Write another kind of file: its name keeps its stem."""
        if self.line.text().strip().lower().endswith(self.suffix):
            self.line.setText(self.line.text().strip()[: -len(self.suffix)] + suffix)
            self.line.setToolTip(plain_tip(self.line.text()))
        self.kind, self.suffix = kind, suffix

    def suffixed(self, path: Path) -> Path:
        """The path with the ending of its kind."""
        return suffixed(path, self.suffix)

    def _on_typed(self, text: str) -> None:
        self.typed = True
        self.line.setToolTip(plain_tip(text))

    def _browse(self) -> None:
        kind = f"{self.kind} (*{self.suffix})"
        name, _kind = QFileDialog.getSaveFileName(self, _("Export"), self.line.text(), kind)
        if name:
            path = self.suffixed(Path(name))
            self.suggest(path)
            self.typed = True
            # Of a name that only now got its suffix nobody has asked whether it may be replaced.
            self.chosen.emit(str(path) if path == Path(name) else "")


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
