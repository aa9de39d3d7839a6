"""The passphrase of the workspace: have one, have another, have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _
from desktop.model import Invalid
from desktop.service import directory
from desktop.store import keys
from desktop.store.keys import Key
from desktop.ui import theme
from desktop.ui.apart import while_there
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.icons import icon
from desktop.ui.locking.newpassphrase import NewPassphrase
from desktop.ui.named import named
from desktop.ui.widgets.passphraseedit import PassphraseEdit

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

REWRITE = "desktop.ui.locking.rewriting:rewrite"


def passphrase(window: MainWindow) -> Any:
    """Open the dialog."""
    return open_dialog(window, PassphraseDialog)


class PassphraseDialog(Dialog):
    """Nothing that is typed in it is kept when it is closed."""

    title, verb = N_("Passphrase"), N_("Encrypt")
    usual = (600, 0)

    def build(self) -> None:
        self.column.addWidget(_words(self._about()))
        if self._key is not None:
            self._ask_present()
        self.new = NewPassphrase(self.keys, self._known())
        if self._key is not None:
            self.new.grid.setColumnMinimumWidth(0, self._label.sizeHint().width())
        self.after, self.bare = _words(_what_becomes_of_copies()), _Bare()
        for part in (self.new, self.after, self.bare):
            self.column.addWidget(part)

    @property
    def _key(self) -> Key | None:
        key: Key | None = self.context.workspace.engine.key
        return key

    def _about(self) -> str:
        if self._key is None:
            return _(
                "Encrypted, the workspace opens with its passphrase alone, here and on any other computer. It is"
                " written anew for that, which takes a moment; a backup is made first."
            )
        return _("The workspace is encrypted. It is written anew; a backup is made first.")

    def _known(self) -> list[str]:
        """Words that whoever knows the post would try."""
        facts = self.context.workspace.facts
        names = [facts.post, *(officer.name for officer in directory.officers())]
        return [word for name in names for word in name.split()]

    def _ask_present(self) -> None:
        self.present = PassphraseEdit(_("Present passphrase"))
        label = self._label = QLabel(self.keys.mark(self.present.accessibleName()))
        label.setProperty("muted", True)
        label.setBuddy(self.present)
        grid = QGridLayout(horizontalSpacing=theme.MEDIUM)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.present, 0, 1)
        self.column.addLayout(grid)
        self.change = QRadioButton(self.keys.mark(_("Change it")), checked=True)
        self.remove = QRadioButton(self.keys.mark(_("Remove it: the workspace is not encrypted any more")))
        group, both = QButtonGroup(self), QVBoxLayout(spacing=theme.SMALL)
        for button in (self.change, self.remove):
            group.addButton(button)
            both.addWidget(button)
        self.column.addLayout(both)
        self.remove.toggled.connect(self._on_chosen)

    def take(self, *given: Any) -> None:
        if self._key is not None:
            self._on_chosen(self.remove.isChecked())
            self.present.setFocus()
        else:
            self.new.setFocus()

    def _on_chosen(self, remove: bool) -> None:
        for part in (self.new, self.after):
            part.setVisible(not remove)
        self.bare.setVisible(remove)
        self.act_button.setText(_("Remove") if remove else _("Change"))
        QTimer.singleShot(0, self, self._fit_anew)

    def _fit_anew(self) -> None:
        self.resize(self.width(), 1)  # it may need less than before
        self.fit()

    def typed(self) -> bool:
        return False  # a passphrase is kept nowhere

    def accept(self) -> None:
        self.messages.dismiss()
        try:
            wanted = None if self._key is not None and self.remove.isChecked() else self.new.passphrase()
        except Invalid:
            self.fit_soon()
            return
        if self._key is None:
            self._go(wanted)
        else:
            self._check(self._key, wanted)

    def _check(self, key: Key, wanted: str | None) -> None:
        """Whoever changes the passphrase knows the present one; it is derived on a worker."""
        text = self.present.text()
        self._busy(True)

        def done(found: Key) -> None:
            self._busy(False)
            if found == key:
                self._go(wanted)
                return
            self.messages.show_message(_("This is not the present passphrase."), "error")
            self.present.setFocus()
            self.present.selectAll()

        self.context.work(lambda: keys.derive(text, key.salt, key.rounds), while_there(self, done))

    def _busy(self, busy: bool) -> None:
        self.act_button.setEnabled(not busy)

    def _go(self, wanted: str | None) -> None:
        self._wipe()
        self.finish()
        self.context.closing_requested.emit(lambda session: named(REWRITE)(session, wanted))

    def _wipe(self) -> None:
        self.new.wipe()
        if self._key is not None:
            self.present.wipe()

    def reject(self) -> None:
        self._wipe()
        super().reject()


class _Bare(QWidget):
    """What a workspace without a passphrase is."""

    def __init__(self) -> None:
        super().__init__()
        picture = QLabel()
        side = max(16, self.fontMetrics().height())
        picture.setPixmap(icon("warning", "amber").pixmap(QSize(side, side), self.devicePixelRatioF()))
        self.words = QLabel(
            _(
                "Without a passphrase, whoever gets hold of the file can read all that is in it, and so it is with"
                " each backup made from now on. Backups made until now keep the passphrase they have."
            ),
            wordWrap=True,
        )
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()


def _what_becomes_of_copies() -> str:
    return _(
        "What was not encrypted before may still be found on a disk, on an SSD in particular, also after it was"
        " overwritten or deleted; so may what the computer wrote to its swap file. Encrypt the whole disk as well"
        " (BitLocker, FileVault, LUKS). Backups keep the passphrase that they were made with; exports are never"
        " encrypted."
    )


def _words(text: str) -> QWidget:
    label = QLabel(text, wordWrap=True)
    label.setProperty("muted", True)
    return label
