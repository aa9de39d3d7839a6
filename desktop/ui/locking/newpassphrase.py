"""A new passphrase: typed twice, how good it is, and that nobody gets in without it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model import Invalid
from desktop.store import keys
from desktop.store.strength import strength
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.widgets.passphraseedit import PassphraseEdit
from desktop.ui.widgets.problemline import ProblemLine
from desktop.ui.widgets.strengthbar import StrengthBar


class WordyCheck(QWidget):
    """A box to tick whose words take as many lines as they need; a click on them ticks it too."""

    toggled = Signal(bool)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(words)
        self.box.toggled.connect(self.toggled)
        self._words = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._words.mousePressEvent = lambda _event: self.box.toggle()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._words.setSizePolicy(policy)
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.setFocusProxy(self.box)

    def isChecked(self) -> bool:
        return self.box.isChecked()

    def setChecked(self, on: bool) -> None:
        self.box.setChecked(on)


class NewPassphrase(QWidget):
    """`known` are words of the workspace, which are easy to guess for whoever knows the post."""

    def __init__(self, keys_: AccessKeys, known: Iterable[str] = ()) -> None:
        super().__init__()
        self._known = tuple(known)
        self.first = PassphraseEdit(_("New passphrase"))
        self.second = PassphraseEdit(_("The same again"))
        self.strength, self.caps, self.problem = StrengthBar(), ProblemLine(), ProblemLine()
        self.agreed = WordyCheck(
            _(
                "There is no way back in without it: nobody can recover it. I have put it where I will find it."
            )
        )
        grid = self.grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(theme.SMALL)
        grid.setColumnStretch(1, 1)
        for row, edit in ((0, self.first), (2, self.second)):
            label = QLabel(keys_.mark(edit.accessibleName()))
            label.setProperty("muted", True)
            label.setBuddy(edit)
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
            edit.textChanged.connect(self._on_typed)
            edit.caps_changed.connect(self._on_caps)
        grid.addWidget(self.strength, 1, 1)
        column = QVBoxLayout(self, spacing=theme.SMALL)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self.caps)
        column.addWidget(self.agreed)
        column.addWidget(self.problem)
        self.agreed.toggled.connect(lambda _on: self.problem.say(""))
        self.setFocusProxy(self.first)

    def _on_typed(self) -> None:
        text = self.first.text()
        self.strength.show_strength(strength(text, self._known) if text else None)
        self.problem.say("")

    def _on_caps(self, caps: bool) -> None:
        self.caps.say(_("Caps Lock is on.") if caps else "")

    def typed(self) -> bool:
        """Whether anything was typed."""
        return bool(self.first.text() or self.second.text())

    def wipe(self) -> None:
        """Forget what was typed."""
        self.first.wipe()
        self.second.wipe()
        self.agreed.setChecked(False)

    def passphrase(self) -> str:
        """The passphrase; raises `Invalid`, having said what is missing and gone there."""
        text = self.first.text()
        found = strength(text, self._known)
        if not found.accepted:
            self._blame(self.first, found.sentence)
        if keys.normalised(self.second.text()) != keys.normalised(text):
            self._blame(self.second, _("Both lines have to be the same."))
        if not self.agreed.isChecked():
            self._blame(self.agreed, _("Tick that you have kept the passphrase: without it nobody gets in."))
        return text

    def _blame(self, where: QWidget, sentence: str) -> None:
        self.problem.say(sentence)
        where.setFocus()
        raise Invalid(sentence, "passphrase")
