"""What lies beside an encrypted workspace and is not encrypted: listed, and removed once the officer agrees."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem

from desktop.i18n import N_, _, format_number, ngettext
from desktop.service import backups
from desktop.store import crypt
from desktop.ui import layout, theme
from desktop.ui.apart import while_there
from desktop.ui.backups import words
from desktop.ui.context import Context
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


KEPT = "kept_copies"
"""Under which name the settings keep where those lie that were kept on purpose."""


def keep(window: MainWindow, files: list[Path]) -> None:
    """They are kept on purpose: they are not told of again."""
    layout.state_of(window).setdefault(KEPT, []).extend(map(str, files))


def not_kept(window: MainWindow, files: list[Path]) -> list[Path]:
    """Those of which nobody said that they are kept."""
    kept = layout.state_of(window).get(KEPT, [])
    return [file for file in files if str(file) not in kept]


def offer(window: MainWindow) -> None:
    """Ask what becomes of them, where there are any."""
    context = window.context
    found = crypt.plain_copies(context.workspace.engine.path, context.settings.second_backup_folder)
    if found:
        open_dialog(window, PlainCopiesDialog, found)


class PlainCopiesDialog(Dialog):
    """Before they go, an encrypted backup is made: there is always one."""

    title, verb = N_("Copies that are not encrypted"), N_("Delete them")
    usual = (640, 0)

    def __init__(self, context: Context, parent: MainWindow) -> None:
        super().__init__(context, parent)
        self.cancel_button.clicked.connect(lambda: keep(parent, self._found))  # Esc only puts it off

    def build(self) -> None:
        self._found: list[Path] = []
        self.about = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.list = QListWidget()
        self.list.setAccessibleName(_(self.title))
        self.list.setSpacing(theme.TIGHT // 2)
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        for part in (self.about, self.list):
            self.column.addWidget(part)
        after = QLabel(
            _(
                "They are deleted for good, after an encrypted backup was made. What is deleted may still be found on"
                " the disk by those who search it with special tools, on an SSD in particular."
            ),
            wordWrap=True,
        )
        after.setProperty("muted", True)
        self.column.addWidget(after)

    def take(self, *given: Any) -> None:
        (self._found,) = given
        self.cancel_button.setText(self.keys.mark(_("Keep them")))
        self.about.setText(
            ngettext(
                "{count} copy of this workspace can be read without the passphrase.",
                "{count} copies of this workspace can be read without the passphrase.",
                len(self._found),
            ).format(count=format_number(len(self._found)))
        )
        self.list.clear()
        self.list.setFixedHeight(_height(self.list, len(self._found)))
        for file in self._found:
            item = QListWidgetItem(_line(file, self.context.workspace.facts.zone))
            item.setToolTip(plain_tip(str(file)))
            self.list.addItem(item)
        self.cancel_button.setFocus()

    def typed(self) -> bool:
        return False

    def accept(self) -> None:
        workspace, found = self.context.workspace, self._found
        self.act_button.setEnabled(False)

        def slow() -> list[Path]:
            backups.make(workspace, "daily").rely()
            return crypt.remove(found)

        def failed(sentence: str) -> None:
            self.act_button.setEnabled(True)
            self.messages.show_message(sentence, "error")

        def done(left: list[Path]) -> None:
            if left:
                self.take(left)
                failed(_("These could not be deleted: check the rights on their folder."))
                return
            self.finish()
            self.context.said.emit(_("The copies that were not encrypted are deleted."), [])

        self.context.work(slow, while_there(self, done), while_there(self, failed))


def _height(view: QListWidget, count: int) -> int:
    """Of so many copies, two lines each, and no more than six of them."""
    return min(count, 6) * (2 * view.fontMetrics().lineSpacing() + theme.SMALL) + 2 * view.frameWidth()


def _line(file: Path, zone: str) -> str:
    if not file.exists():
        return file.name
    found = file.stat()
    at = dt.datetime.fromtimestamp(found.st_mtime, dt.UTC)
    return f"{file.name}\n{words.moment(at, zone)} · {words.size(found.st_size)}"
