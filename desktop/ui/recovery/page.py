"""A workspace that cannot be opened: what is wrong with which file, what could be read, and the ways on.

Of one that only waits for its passphrase it lists the backups, and leads back to where that is asked for.

It decides nothing: what is wanted goes out as a signal. Nothing is deleted, whatever is chosen here.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.paths import APPLICATION, WORKSPACE_SUFFIX
from desktop.service import salvaging
from desktop.store import kept
from desktop.store.errors import StoreError
from desktop.store.keys import Key
from desktop.store.reading import key_to
from desktop.ui import enterkey, theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.announce import announce
from desktop.ui.apart import while_there
from desktop.ui.backups import words
from desktop.ui.backups.comparing import CLOSED, Comparing, nothing
from desktop.ui.backups.list import BackupList
from desktop.ui.backups.passphrase import PassphraseLine
from desktop.ui.icons import icon
from desktop.ui.named import named
from desktop.ui.recovery.errands import Errands
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.tips import plain_tip

SIZE = QSize(900, 680)
HELP = "desktop.ui.help.window:show_help"


class RecoveryPage(QWidget):
    """`sentence` is why the file at `path` could not be opened; '' where only its backups are looked at."""

    closed = Signal()
    again_requested = Signal()
    open_requested = Signal(object)
    """Another file, by its path."""
    new_requested = Signal()
    restore_requested = Signal(object, object)
    """What is known of a backup, and the passphrase that was typed, or None."""

    def __init__(
        self,
        path: Path,
        sentence: str,
        second: str = "",
        *,
        key: Key | None = None,
        passphrase: str | None = None,
        locked: bool = False,
    ) -> None:
        """Without a sentence nothing is wrong with the file: it was `locked`, or is encrypted.

        `key` opens the file, `passphrase` was typed for it: neither is asked for again while the page is there."""
        super().__init__()
        self.path, self._second = path, second
        self.key, self.given = key, passphrase
        self.setWindowTitle(f"{path.name} — {APPLICATION}")
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        self.errands, self.comparing = Errands(self), Comparing(self)
        QShortcut(QKeySequence.StandardKey.HelpContents, self).activated.connect(lambda: named(HELP)(self))
        self._build(sentence, locked)
        self.say(sentence)
        self.comparing.told.connect(self.list.tell)
        self._refresh()

    # ---- the page

    def _build(self, sentence: str, locked: bool) -> None:
        keys = AccessKeys()
        page = QWidget()
        column = QVBoxLayout(page, spacing=theme.MEDIUM)
        column.setContentsMargins(theme.WIDE * 2, theme.WIDE, theme.WIDE * 2, theme.WIDE)
        self.wrong = _text()
        self.read = _text(muted=True)
        kept_safe = _text(muted=True)
        kept_safe.setText(_("Nothing was changed, and nothing will be deleted, whatever you choose here."))
        self.messages = MessageBar()
        self.list = BackupList()
        self.list.chosen_changed.connect(self._on_chosen)
        self.passphrase = PassphraseLine(keys)
        self.passphrase.entered.connect(self._compare)
        self.none_kept = _text(muted=True)
        self.none_kept.setText(_("No backup of this file was found."))
        self.restore_button = QPushButton(keys.mark(_("Restore…")), autoDefault=True)
        self.restore_button.setProperty("primary", True)
        self.restore_button.clicked.connect(self.ask_to_restore)
        column.addLayout(self._head(sentence, locked))
        for part in (self.wrong, self.read, kept_safe):
            column.addWidget(part)
        column.addSpacing(theme.SMALL)
        column.addWidget(Heading(_("Backups"), 2))
        column.addWidget(self.list, 100)
        for part in (self.none_kept, self.passphrase):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        area.setWidget(page)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self, spacing=0)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area, 1)
        told = QHBoxLayout()
        told.setContentsMargins(theme.WIDE * 2, 0, theme.WIDE * 2, 0)
        told.addWidget(self.messages)
        outer.addLayout(told)
        outer.addLayout(self._foot(keys))
        if not sentence:
            for button in (self.new_button, self.again_button):
                button.hide()
            self.offer_back(self.path.name)

    def _head(self, sentence: str, locked: bool) -> QHBoxLayout:
        """What is the matter with the file."""
        if sentence:
            told = _("{file} cannot be opened").format(file=self.path.name)
        else:
            told = _("Locked") if locked else _("Encrypted workspace")
        picture = _picture(self, "warning", "amber") if sentence else _picture(self, "lock", "muted")
        self.heading = Heading(told, 1)
        self.file = _text(muted=True)
        self.file.setText(self.path.name)
        self.file.setToolTip(plain_tip(str(self.path)))
        self.file.setVisible(not sentence)
        words_ = QVBoxLayout(spacing=theme.TIGHT)
        words_.addWidget(self.heading)
        words_.addWidget(self.file)
        head = QHBoxLayout(spacing=theme.MEDIUM)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words_, 1)
        self.setAccessibleName(told)
        return head

    def _foot(self, keys: AccessKeys) -> QHBoxLayout:
        foot = QHBoxLayout(spacing=theme.SMALL)
        foot.setContentsMargins(theme.WIDE * 2, theme.MEDIUM, theme.WIDE * 2, theme.WIDE)
        self.back_button = QPushButton(visible=False)
        self.back_button.clicked.connect(self.close)
        self.open_button = QPushButton(keys.mark(_("Open another…")))
        self.open_button.clicked.connect(self.choose_another)
        self.new_button = QPushButton(keys.mark(_("Make a new workspace…")))
        self.new_button.clicked.connect(lambda: self.new_requested.emit())
        self.again_button = QPushButton(keys.mark(_("Try again")))
        self.again_button.clicked.connect(self._try_again)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        for button in (self.new_button, self.open_button, self.again_button, self.restore_button):
            foot.addWidget(button)
        self._keys = keys
        return foot

    def offer_back(self, name: str) -> None:
        """Offer to go back to where one was before; the page is closed for that."""
        self.back_button.setText(self._keys.mark(_("Back to {file}").format(file=name)))
        self.back_button.show()

    def say(self, sentence: str) -> None:
        """Why it cannot be opened."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, urgent=True)

    def tell(self, sentence: str) -> None:
        """Say something that went wrong meanwhile."""
        self.messages.show_message(sentence, "error")

    # ---- what there is

    def _refresh(self) -> None:
        found = kept.listed(self.path, self._second)
        self.list.show_kept(found)
        for part in (self.list, self.restore_button):
            part.setVisible(bool(found))
        self.none_kept.setVisible(not found)
        on = self.open_button if self.back_button.isHidden() else self.back_button
        (self.list if found else on).setFocus()
        self._show_read("")
        path, key = self.path, self.key
        told = while_there(self, self._show_read)
        self.errands.work(lambda: salvaging.told(path, key), told, lambda _sentence: None)
        self._compare()

    def _show_read(self, sentence: str) -> None:
        self.read.setText(sentence)
        self.read.setVisible(bool(sentence))

    def _compare(self) -> None:
        typed = self.passphrase.text() or None
        wanted = [each.backup for each in self.list.found() if typed is None or each.state == CLOSED]
        self.comparing.begin(self.errands.work, wanted, nothing, self.key, typed or self.given)

    def _on_chosen(self) -> None:
        found = self.list.chosen
        self.restore_button.setEnabled(found is not None and found.usable)
        self.passphrase.setVisible(found is not None and found.state == CLOSED)
        if self.messages.buttons():
            self.messages.dismiss()

    # ---- what one does

    def ask_to_restore(self) -> None:
        """Say what will happen, and ask."""
        found = self.list.chosen
        if found is None or not found.usable:
            return
        when = words.moment(found.backup.at)
        sentence = words.asked(self._in_doubt()).format(file=self.path.name, when=when)
        self.messages.show_message(
            sentence, "info", [(_("Restore"), self.restore), (_("Cancel"), lambda: None)]
        )
        self.messages.go_in()

    def _in_doubt(self) -> bool:
        """Whether nothing might lead back to the file that is there: it is damaged, or nothing known opens it."""
        if self.wrong.text():
            return True
        for key in {self.key, *(each.key for each in self.list.found())}:
            with contextlib.suppress(StoreError):
                key_to(self.path, key=key)
                return False
        return True

    def restore(self) -> None:
        """Ask for the one that is chosen to be put in the place of the file."""
        found = self.list.chosen
        if found is not None:
            self.comparing.stop()
            self.errands.stop()
            self.restore_requested.emit(found, self.passphrase.text() or self.given)

    def choose_another(self) -> None:
        """Choose another workspace to open."""
        kind = _("Juntos workspaces (*{suffix})").format(suffix=WORKSPACE_SUFFIX)
        name, _kind = QFileDialog.getOpenFileName(self, _("Open workspace"), str(self.path.parent), kind)
        if name:
            self.open_requested.emit(Path(name))

    def _try_again(self) -> None:
        self.errands.stop()  # it reads the file
        self.again_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enterkey.pressed(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.comparing.stop()
        self.errands.stop()
        self.list.clear()  # the keys that opened them are forgotten too
        self.key = self.given = None
        super().closeEvent(event)
        self.closed.emit()


def _text(*, muted: bool = False) -> QLabel:
    made = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setProperty("muted", muted)
    return made


def _picture(widget: QWidget, name: str, tone: str) -> QLabel:
    side = round(1.6 * widget.fontMetrics().height())
    made = QLabel()
    made.setPixmap(icon(name, tone).pixmap(QSize(side, side), widget.devicePixelRatioF()))
    return made
