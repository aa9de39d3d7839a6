"""About: which program and libraries these are, where the workspace lies, and that nothing is sent anywhere."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop import __version__
from desktop.i18n import N_, _
from desktop.paths import APPLICATION
from desktop.ui import theme, verbs
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.icons import icon
from desktop.ui.widgets.heading import Heading

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

LIBRARIES = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("peewee", "MIT"),
    ("sqlcipher3", "zlib"),
    ("openpyxl", "MIT"),
    ("lxml", "BSD-3-Clause"),
    ("defusedxml", "PSF-2.0"),
    ("platformdirs", "MIT"),
    ("tzdata", "Apache-2.0"),
)
"""What the program is made with, and under which licence."""


def about(window: MainWindow) -> None:
    """Open the dialog."""
    AboutDialog(window).show()


def details(window: MainWindow) -> list[tuple[str, str]]:
    """What somebody who helps wants to know: no contents, no names of people."""
    workspace = window.context.workspace
    schema = workspace.engine.pragma("user_version")
    return [
        (APPLICATION, __version__),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        ("SQLite", str(workspace.engine.rows("SELECT sqlite_version()")[0][0])),
        (_("System"), platform.platform()),
        (_("Workspace"), f"{workspace.engine.path} ({schema})"),
        (_("Settings"), str(window.context.places.settings_file)),
        (_("Log"), str(window.context.places.log_file)),
    ]


def version(name: str) -> str:
    """The version of a library; a bundled program may not know it."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


class AboutDialog(TellingDialog):
    """Name, purpose, details, libraries."""

    title = N_("About Juntos")
    usual = (580, 560)

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        super().__init__(window)

    def build(self) -> None:
        head = QHBoxLayout(spacing=theme.LARGE)
        picture = QLabel()
        picture.setPixmap(icon("app", "accent").pixmap(QSize(56, 56), self.devicePixelRatioF()))
        words = QVBoxLayout(spacing=theme.TIGHT)
        words.addWidget(Heading(f"{APPLICATION} {__version__}", 1))
        words.addWidget(
            self._words(_("Keeps the follow-up of a policy agenda: who owes what to whom, by when."))
        )
        head.addWidget(picture)
        head.addLayout(words, 1)
        self.column.addLayout(head)
        self.column.addWidget(
            self._words(
                _("It works on this machine alone: it makes no network connection, sends no statistics and looks for"
                  " no updates.")
            )
        )  # fmt: skip
        self.column.addWidget(self._words(_("Free software under the MIT licence.")))
        self.column.addWidget(Heading(_("Details"), 3))
        self._table(details(self._window))
        self.column.addWidget(Heading(_("Libraries"), 3))
        self._table([(name, f"{version(name)} · {licence}") for name, licence in LIBRARIES])
        copy = QPushButton(_("Copy &details"), autoDefault=False)
        copy.clicked.connect(self.copy)
        log = QPushButton(_("Open the &log folder"), autoDefault=False)
        log.clicked.connect(lambda: verbs.open_log_folder(self._window))
        self.foot.insertWidget(0, copy)
        self.foot.insertWidget(1, log)

    def _table(self, rows: list[tuple[str, str]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.TIGHT)
        grid.setColumnStretch(1, 1)
        for number, (name, value) in enumerate(rows):
            grid.addWidget(self._words(name, muted=True), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._words(value), number, 1)
        self.column.addLayout(grid)

    def _words(self, text: str, muted: bool = False) -> QLabel:
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setProperty("muted", muted)
        return label

    def copy(self) -> None:
        """Put the details on the clipboard."""
        libraries = [(name, version(name)) for name, _licence in LIBRARIES]
        verbs.copy_text("\n".join(f"{name}: {value}" for name, value in (*details(self._window), *libraries)))
