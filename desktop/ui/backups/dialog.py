"""The backups of the workspace: what is kept, how it differs from now, and going back to one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QPushButton

from desktop import settings as settings_file
from desktop.i18n import N_, _
from desktop.model import Invalid
from desktop.service import backups
from desktop.service.apart import apart
from desktop.store import kept
from desktop.store.errors import StoreError
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.apart import while_there
from desktop.ui.backups import words
from desktop.ui.backups.comparing import CLOSED, Comparing
from desktop.ui.backups.list import BackupList
from desktop.ui.backups.passphrase import PassphraseLine
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.named import named
from desktop.ui.passages.lines import ElidedLabel
from desktop.ui.standing import Banner
from desktop.ui.verbs import open_path
from desktop.ui.widgets.messagebar import MessageBar

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

RESTORE = "desktop.ui.recovery.restoring:restore"
COPY = "desktop.ui.recovery.copies:open_copy"


def show_backups(window: MainWindow) -> BackupsDialog:
    """Open the dialog, or come back to the one that is open."""
    return BackupsDialog.opened(window)


class BackupsDialog(TellingDialog):
    """What is done is done to the one that is chosen in the list."""

    title = N_("Backups")
    usual = (720, 560)

    def __init__(self, window: MainWindow) -> None:
        self.window_, self.context = window, window.context
        self._zone = self.context.workspace.facts.zone
        super().__init__(window)
        self.list.setFocus()
        self._refresh()

    def build(self) -> None:
        keys = AccessKeys()
        keys.mark(_("Close"))  # has its letter already
        about = QLabel(
            _(
                "A backup is made each day, and before whatever changes much. Going back to one is itself undoable:"
                " what is there now is moved aside, and listed here."
            ),
            wordWrap=True,
        )
        about.setProperty("muted", True)
        self.list = BackupList(self._zone)
        self.list.chosen_changed.connect(self._on_chosen)
        self.passphrase = PassphraseLine(keys)
        self.passphrase.entered.connect(self._compare)
        self.messages = MessageBar()
        self.say_over_foot(self.messages)
        for part in (about, self.list, self.passphrase):
            self.column.addWidget(part, 100 if part is self.list else 0)
        self.column.addLayout(self._places(keys))
        self._build_buttons(keys)
        self.comparing = Comparing(self, self._zone)
        self.comparing.told.connect(self.list.tell)
        self.context.giving_way.connect(self.comparing.stop)

    def _build_buttons(self, keys: AccessKeys) -> None:
        self.make_button = QPushButton(keys.mark(_("Back up now")), autoDefault=False)
        self.make_button.clicked.connect(self.back_up)
        self.copy_button = QPushButton(keys.mark(_("Open a copy")), autoDefault=False)
        self.copy_button.setToolTip(_("To be read only; the workspace comes back after it."))
        self.copy_button.clicked.connect(self.open_copy)
        self.restore_button = QPushButton(keys.mark(_("Restore…")), autoDefault=False)
        self.restore_button.clicked.connect(self.ask_to_restore)
        self.foot.insertWidget(0, self.make_button)
        self.foot.addWidget(self.copy_button)
        self.foot.addWidget(self.restore_button)
        self.make_button.setEnabled(not self.context.workspace.readonly)

    def _places(self, keys: AccessKeys) -> QGridLayout:
        """Where they lie: beside the file, and in the second folder."""
        grid = QGridLayout(horizontalSpacing=theme.MEDIUM, verticalSpacing=theme.TIGHT)
        grid.setColumnStretch(1, 1)
        self.here, self.second = ElidedLabel(), ElidedLabel()
        self.show_button = QPushButton(keys.mark(_("Show in folder")), autoDefault=False)
        self.show_button.clicked.connect(lambda: self._safely(self._show_folder))
        self.choose_button = QPushButton(keys.mark(_("Choose…")), autoDefault=False)
        self.choose_button.setAccessibleName(_("Choose a second folder for backups"))
        self.choose_button.clicked.connect(self.choose_second)
        rows = (
            (_("Folder"), self.here, self.show_button),
            (_("Second folder"), self.second, self.choose_button),
        )
        for row, (name, label, button) in enumerate(rows):
            caption = QLabel(name)
            caption.setProperty("muted", True)
            grid.addWidget(caption, row, 0)
            grid.addWidget(label, row, 1)
            grid.addWidget(button, row, 2)
        return grid

    # ---- what is kept

    def _refresh(self) -> None:
        path, second = self._path(), self.context.settings.second_backup_folder
        self.here.setText(str(kept.folder(path)))
        self.second.setText(second or _("None: the backups lie on the same disk as the file."))
        self.list.show_kept(kept.listed(path, second))
        self.list.setEnabled(bool(self.list.count()))
        if not self.list.count():
            self.messages.show_message(_("There is no backup yet."), "info")
        self._on_chosen()
        self._compare()

    def _path(self) -> Path:
        return self.context.workspace.engine.path

    def _compare(self) -> None:
        """Look at each of them; with what was typed as passphrase, at those that take another one."""
        typed = self.passphrase.text() or None
        wanted = [each.backup for each in self.list.found() if typed is None or each.state == CLOSED]
        workspace = self.context.workspace
        self.comparing.begin(self.context.work, wanted, lambda: apart(workspace), workspace.engine.key, typed)

    def _on_chosen(self) -> None:
        found = self.list.chosen
        self.passphrase.setVisible(found is not None and found.state == CLOSED)
        for button in (self.copy_button, self.restore_button):
            button.setEnabled(found is not None and found.usable)
        if self.messages.buttons():
            self.messages.dismiss()  # what was asked was asked of another one

    # ---- what is done

    def back_up(self) -> None:
        """Make one now."""
        workspace = self.context.workspace
        self.make_button.setEnabled(False)

        def done(made: backups.Made) -> None:
            self.make_button.setEnabled(True)
            self._refresh()
            self.window_.status.show_kept()
            words_ = _("A backup was written: {file}").format(file=made.path.name)
            self.messages.show_message(made.notice or words_, "error" if made.notice else "success")

        def failed(sentence: str) -> None:
            self.make_button.setEnabled(True)
            self.messages.show_message(sentence, "error")

        self.context.work(
            lambda: backups.make(workspace, "asked"),
            while_there(self, done),
            while_there(self, failed),
            asked=True,
        )

    def ask_to_restore(self) -> None:
        """Say what will happen, and ask."""
        found = self.list.chosen
        if found is None:
            return
        sentence = words.asked(self._in_doubt()).format(
            file=self._path().name, when=words.moment(found.backup.at, self._zone)
        )
        self.messages.show_message(
            sentence, "info", [(_("Restore"), self.restore), (_("Cancel"), lambda: None)]
        )
        self.messages.go_in()

    def _in_doubt(self) -> bool:
        """Whether it is told over the pages that the file is damaged, or is not the one that was opened."""
        told = self.window_.findChildren(Banner)
        return any(each.kind() == "error" and not each.isHidden() for each in told)

    def restore(self) -> None:
        """Go back to the one that is chosen."""
        self._leave_with(RESTORE)

    def open_copy(self) -> None:
        """Look into the one that is chosen."""
        self._leave_with(COPY)

    def _leave_with(self, act: str) -> None:
        found = self.list.chosen
        if found is None:
            return
        passphrase = self.passphrase.text() or None
        self.comparing.stop()
        self.accept()
        self.context.closing_requested.emit(
            lambda session: named(act)(session, found.backup, passphrase, key=found.key)
        )

    # ---- folders

    def _show_folder(self) -> None:
        folder = kept.folder(self._path())
        open_path(folder if folder.exists() else folder.parent)

    def choose_second(self) -> None:
        """Choose where each backup is copied to besides."""
        settings = self.context.settings
        folder = QFileDialog.getExistingDirectory(
            self, _("Second folder for backups"), settings.second_backup_folder
        )
        if not folder:
            return
        settings.second_backup_folder = folder
        problem = settings_file.save(settings)
        if problem:
            self.messages.show_message(problem, "error")
        self._refresh()

    def _safely(self, act: Any) -> None:
        try:
            act()
        except (Invalid, StoreError) as error:
            self.messages.show_message(str(error), "error")

    def done(self, result: int) -> None:
        self.comparing.stop()
        super().done(result)
