"""The page on which an encrypted workspace is opened, at the start and after it was locked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.paths import APPLICATION, WORKSPACE_SUFFIX
from desktop.store import looking
from desktop.store.errors import StoreError
from desktop.store.keys import Key
from desktop.ui import enterkey, theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.announce import announce
from desktop.ui.icons import icon
from desktop.ui.named import named
from desktop.ui.recovery.errands import Errands
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.passphraseedit import PassphraseEdit
from desktop.ui.widgets.problemline import ProblemLine
from desktop.ui.widgets.tips import plain_tip

SIZE = QSize(900, 600)
WIDTH = 60
"""Of what is asked, in average letters."""
HELP = "desktop.ui.help.window:show_help"


class PassphrasePage(QWidget):
    """`attempt(key=…)` opens the workspace, or raises `StoreError`; the key is derived on a worker meanwhile.

    It shows nothing of the records, in its title neither. `geometry` is where the window was, as `saveGeometry` tells.
    """

    closed = Signal()
    open_requested = Signal(object)
    """The workspace at this path is wanted instead."""
    backups_requested = Signal()

    def __init__(
        self,
        path: Path,
        attempt: Callable[..., None],
        *,
        locked: bool = False,
        geometry: QByteArray | None = None,
    ) -> None:
        super().__init__()
        self.path, self._attempt, self._errands = path, attempt, Errands(self)
        self.closable = True
        """Whether it may be closed now."""
        self.setWindowTitle(APPLICATION)
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        if geometry is not None:
            self.restoreGeometry(geometry)
        QShortcut(QKeySequence.StandardKey.HelpContents, self).activated.connect(lambda: named(HELP)(self))
        self._build(locked)

    def _build(self, locked: bool) -> None:
        keys = AccessKeys()
        self.heading = Heading(_("Locked") if locked else _("Encrypted workspace"), 1)
        self.file = QLabel(self.path.name, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.file.setProperty("muted", True)
        self.file.setToolTip(plain_tip(str(self.path)))
        label = QLabel(keys.mark(_("Passphrase")))
        label.setProperty("muted", True)
        self.line = PassphraseEdit(_("Passphrase"))
        label.setBuddy(self.line)
        self.hint = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self.hint.setProperty("muted", True)
        self.problem = ProblemLine()
        self.line.textChanged.connect(self._on_typed)
        self._caps = False
        self.line.caps_changed.connect(self._on_caps)
        self.act = QPushButton(keys.mark(_("Unlock") if locked else _("Open workspace")))
        self.act.setProperty("primary", True)
        self.act.setAutoDefault(True)
        self.act.clicked.connect(self.submit)
        self.other = QPushButton(icon("folder"), keys.mark(_("Open another…")), flat=True)
        self.other.clicked.connect(self._choose)
        self.backups = QPushButton(icon("restore"), keys.mark(_("Backups…")), flat=True)
        self.backups.clicked.connect(self.backups_requested)
        self.messages = MessageBar()
        self._lay_out(label)
        self.setAccessibleName(self.heading.text())
        self.line.setFocus()

    def _lay_out(self, label: QLabel) -> None:
        asked = QVBoxLayout(spacing=theme.SMALL)
        for part in (self.heading, self.file):
            asked.addWidget(part)
        asked.addSpacing(theme.LARGE)
        for part in (label, self.line, self.hint, self.problem):
            asked.addWidget(part)
        asked.addSpacing(theme.SMALL)
        row = QHBoxLayout(spacing=theme.SMALL)
        row.addWidget(self.other)
        row.addWidget(self.backups)
        row.addStretch(1)
        row.addWidget(self.act)
        asked.addLayout(row)
        asked.addWidget(self.messages)
        inner = QWidget()
        inner.setLayout(asked)
        self._inner = inner
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inner, 1000)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(3)
        area = QScrollArea(self, widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def showEvent(self, event: QShowEvent) -> None:
        """As wide as a passphrase is easily read, and as the buttons need in this language."""
        super().showEvent(event)
        wide = WIDTH * self.fontMetrics().averageCharWidth() + 2 * theme.LARGE
        self._inner.setMaximumWidth(max(wide, self._inner.minimumSizeHint().width()))

    # ---- what is told

    def tell(self, sentence: str) -> None:
        """Say something that went wrong elsewhere."""
        self.messages.show_message(sentence, "error")

    def wait(self, sentence: str) -> None:
        """Say why the workspace is not closed yet: it can be unlocked, and nothing else; '' once it is."""
        self.closable = not sentence
        for button in (self.other, self.backups):
            button.setEnabled(not sentence)
        if sentence:
            self.messages.show_message(sentence, "info")
        else:
            self.messages.dismiss()

    def _on_typed(self) -> None:
        self.problem.say("")
        self._hint()

    def _on_caps(self, caps: bool) -> None:
        self._caps = caps
        self._hint()

    def _hint(self) -> None:
        words = _("Caps Lock is on.") if self._caps else ""
        if not words and not self.line.text().isascii():
            words = _("Letters with accents count the same however a keyboard makes them.")
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    # ---- acting

    def submit(self) -> None:
        """Try what was typed; the field stays while it is tried."""
        text = self.line.text()
        if not text:
            self.problem.say(_("Type the passphrase."))
            self.line.setFocus()
            return
        if not self.act.isEnabled():
            return
        self._busy(True)
        path = self.path
        self._errands.work(lambda: looking.key_of(path, text, None), self._on_key, self._refuse)

    def _on_key(self, key: Key | None) -> None:
        self._busy(False)
        if not self.isVisible():  # it was closed meanwhile, or something else was asked for
            return
        try:
            self._attempt(key=key)
        except StoreError as error:
            self._refuse(str(error))
            return
        self.line.wipe()

    def _refuse(self, sentence: str) -> None:
        self._busy(False)
        self.problem.say(sentence)
        announce(self.line, sentence, urgent=True)
        self.line.setFocus()
        self.line.selectAll()

    def _busy(self, busy: bool) -> None:
        self.act.setEnabled(not busy)
        self.line.setReadOnly(busy)
        if busy:
            self.problem.say("")
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()

    def _choose(self) -> None:
        kind = _("Juntos workspaces (*{suffix})").format(suffix=WORKSPACE_SUFFIX)
        name, _kind = QFileDialog.getOpenFileName(self, _("Open workspace"), str(self.path.parent), kind)
        if name:
            self.open_requested.emit(Path(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enterkey.pressed(self, event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.closable:
            event.ignore()
            return
        self._errands.stop()
        super().closeEvent(event)
        self.closed.emit()
