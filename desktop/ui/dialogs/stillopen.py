"""What is still open with the counterparts of a meeting that is logged: a row each, and what became of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import N_, _, captioned, format_number, ngettext
from desktop.model import FollowUp
from desktop.model.kinds import Choice
from desktop.service import carry_over
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.editors import ChoiceEditor
from desktop.ui.minutes import telling
from desktop.ui.minutes.carried import ACTS, AT_ONCE, heading
from desktop.ui.widgets.heading import Heading

BECAME = {"left": N_("Left for later"), **ACTS}


class StillOpen(QWidget):
    """Hidden while nothing is; what is said of a row stays while other counterparts are chosen."""

    grown = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._title = Heading("", 3)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.LARGE)
        self._grid.setVerticalSpacing(theme.TIGHT)
        self._grid.setColumnStretch(0, 1)
        self._more = QPushButton(flat=True, autoDefault=False)
        self._more.clicked.connect(self._show_all)
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._title)
        outer.addWidget(self._list)
        outer.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._left: list[Any] = []
        self._said: dict[str, str] = {}
        self.choices: list[ChoiceEditor] = []
        self._asked: Any = None
        self._all = False
        self.hide()

    def show_open(self, counterparts: frozenset[int], on: str, *, held: bool) -> None:
        """Show what a meeting with these would open with, on that day."""
        asked = (counterparts, on, held)
        if asked != self._asked:
            self._asked, self._all = asked, False
            self._read()

    def read_again(self) -> None:
        """Show what is open now of what was asked for; something may have been closed, or come, meanwhile."""
        if self._asked is not None:
            self._read()

    def _read(self) -> None:
        counterparts, on, held = self._asked
        carried = carry_over.ahead(counterparts, on, held=held)
        self._left = [*carried.follow_ups, *carried.topics]
        words = _("{title} ({count})")
        self._title.setText(words.format(title=heading(counterparts), count=format_number(len(self._left))))
        self._build()
        self.setVisible(bool(self._left))
        self.grown.emit()

    def chosen(self) -> list[tuple[Any, str]]:
        """What something became of, in the order shown, with what."""
        rows = ((left, self._said.get(left.uid, "left")) for left in self._left)
        return [(left, state) for left, state in rows if state != "left"]

    def first(self) -> QWidget | None:
        """Where one begins; None while nothing is open."""
        return self.choices[0] if self.choices else None

    def _show_all(self) -> None:
        self._all = True
        place = len(self.choices)
        self._build()
        self.choices[place].setFocus()
        self.grown.emit()

    def _build(self) -> None:
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        self.choices = []
        shown = self._left if self._all else self._left[:AT_ONCE]
        before = self._list.previousInFocusChain()
        for place, left in enumerate(shown):
            name, detail = _told(self.context, left)
            choice = self._choice(left, name)
            self._grid.addWidget(_words(name, detail), place, 0)
            self._grid.addWidget(choice, place, 1, Qt.AlignmentFlag.AlignTop)
            QWidget.setTabOrder(before, choice.input)
            before = choice.input
            self.choices.append(choice)
        rest = len(self._left) - len(shown)
        words = ngettext("Show {count} more", "Show {count} more", rest)
        self._more.setText(words.format(count=format_number(rest)))
        self._more.setVisible(rest > 0)
        QWidget.setTabOrder(before, self._more)

    def _choice(self, left: Any, name: str) -> ChoiceEditor:
        kind = Choice(N_("What became of it"), BECAME, default="left")
        kind.name = "became"
        made = ChoiceEditor(kind, self.context)
        made.set_value(self._said.get(left.uid, "left"))
        made.set_name(captioned(kind.title, name))
        made.show_whole()
        made.edited.connect(lambda: self._said.__setitem__(left.uid, made.value()))
        return made


def _told(context: Context, left: Any) -> tuple[str, str]:
    """What is left, and what is known of it."""
    if isinstance(left, FollowUp):
        told = telling.follow_up(context.workspace, left)
        return told.name, f"{told.ref} · {told.detail}"
    return left.topic, telling.from_meeting(left.meeting_id)


def _words(name: str, detail: str) -> QWidget:
    """The two in lines of their own, the second muted."""
    words = QWidget()
    lines = QVBoxLayout(words, spacing=0)
    lines.setContentsMargins(0, 0, 0, 0)
    for text in (name, detail):
        label = QLabel(text, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        label.setProperty("muted", text is detail)
        lines.addWidget(label)
    return words
