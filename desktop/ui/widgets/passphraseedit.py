"""A line for a passphrase: hidden until its eye is pressed, and told of when the keys seem to be locked to capitals."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop.i18n import _
from desktop.ui.icons import icon

SECRET = "secret"
"""The property of an input whose words nothing may keep, whether they are shown or not."""
LONGEST = 1000
"""Characters, so that a file pasted by mistake is not derived from."""
PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
PASSED = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
HELD = ALT_GR | Qt.KeyboardModifier.MetaModifier
"""What the eye leaves to the window: going on, closing, shortcuts; what is typed with AltGr is none."""


class PassphraseEdit(QLineEdit):
    """What is typed in it is kept nowhere: not as a draft, not by an input method, not by undo once it is cleared."""

    caps_changed = Signal(bool)
    """Whether Caps Lock seems to be on, told by the letters that come of keys: Qt does not know."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, echoMode=QLineEdit.EchoMode.Password, maxLength=LONGEST)
        self.setProperty(SECRET, True)
        self.setAccessibleName(name)
        hints = Qt.InputMethodHint
        self._hints = hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase
        self.setInputMethodHints(self._hints | hints.ImhHiddenText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._caps = False
        self.eye = QAction(self, checkable=True)
        self.eye.toggled.connect(self._on_eye)
        self.addAction(self.eye, QLineEdit.ActionPosition.TrailingPosition)
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.installEventFilter(self)
        self._on_eye(False)

    def _on_eye(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.setInputMethodHints(self._hints if shown else self._hints | Qt.InputMethodHint.ImhHiddenText)
        words = _("Hide the passphrase") if shown else _("Show the passphrase")
        self.eye.setIcon(icon("eye-off" if shown else "eye", "muted"))
        self.eye.setText(words)
        self.eye.setToolTip(words)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """At the eye, Space and Enter press it. What else is typed there goes nowhere: Qt would hand it to the line,
        without its spaces, and Enter to whatever acts."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return super().eventFilter(watched, event)
        key, held = event.key(), event.modifiers() & HELD
        if (held and held != ALT_GR) or key in PASSED or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
            return super().eventFilter(watched, event)
        event.accept()  # or a letter would be a shortcut of the window
        if event.type() == QEvent.Type.KeyPress and key in PRESSES and not event.isAutoRepeat():
            self.eye.toggle()
        return True

    def wipe(self) -> None:
        """Forget what was typed, and hide what comes next."""
        self.clear()
        self.eye.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._set_caps(False)  # it is told anew by the next letter
        elif len(letter) == 1 and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._set_caps(letter.isupper() != shift)
        super().keyPressEvent(event)

    def _set_caps(self, caps: bool) -> None:
        if caps != self._caps:
            self._caps = caps
            self.caps_changed.emit(caps)
