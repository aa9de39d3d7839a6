"""What lies beside an encrypted workspace and is not encrypted: listed, and removed once the officer agrees."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem

from desktop.i18n import N_, _, format_datetime, format_number, ngettext
from desktop.service import backups
from desktop.store import crypt
from desktop.ui.apart import while_there
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


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

    def build(self) -> None:
        self._found: list[Path] = []
        self.about = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.list = QListWidget()
        self.list.setAccessibleName(_(self.title))
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
        for file in self._found:
            item = QListWidgetItem(_line(file))
            item.setToolTip(plain_tip(str(file)))
            self.list.addItem(item)
        self.cancel_button.setFocus()

    def typed(self) -> bool:
        return False

    def accept(self) -> None:
        workspace, found = self.context.workspace, self._found
        self.act_button.setEnabled(False)

        def slow() -> list[Path]:
            backups.make(workspace, "daily")
            return crypt.remove(found)

        def failed(sentence: str) -> None:
            self.act_button.setEnabled(True)
            self.messages.show_message(sentence, "error")

        def done(left: list[Path]) -> None:
            if left:
                self.take(left)
                words = _("These could not be deleted: check the rights on their folder.")
                failed(words)
                return
            self.finish()
            self.context.said.emit(_("The copies that were not encrypted are deleted."), [])

        self.context.work(slow, while_there(self, done), while_there(self, failed))


def _line(file: Path) -> str:
    if not file.exists():
        return file.name
    found = file.stat()
    at = dt.datetime.fromtimestamp(found.st_mtime).astimezone()
    size = _("{size} MB").format(size=format_number(found.st_size / 1_000_000, 1))
    return f"{file.name}\n{format_datetime(at)} · {size}"
