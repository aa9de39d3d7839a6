"""The line that is always ready for one more point: Enter adds what stands in it, and one can go on typing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model import Invalid
from desktop.service import minutes
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.minutes import keys
from desktop.ui.minutes.kindbutton import KindButton, fill_kinds
from desktop.ui.minutes.promise import PromiseFields
from desktop.ui.widgets.countline import CountLine
from desktop.ui.widgets.growingtext import GrowingText
from desktop.ui.widgets.problemline import ProblemLine

ASKED = {
    "note": N_("Add a note…"),
    "decision": N_("Add a decision…"),
    "follow_up": N_("Add a follow-up: what is to be done…"),
}


class AddLine(QWidget):
    """A kind, its words, and for a follow-up who owes it. The kind stays for the next one."""

    added = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.meeting: Any = None
        self.item: Any = None
        self._promise: PromiseFields | None = None
        self.kind = KindButton()
        fill_kinds(self.kind, self._choose)
        self.line = GrowingText(least=1, most=6, one_line=True)
        self.line.setProperty("quiet", True)
        self.line.finished.connect(self.add)
        calls = {
            keys.DECISION: lambda: self._toggle("decision"),
            keys.FOLLOW_UP: lambda: self._toggle("follow_up"),
        }
        keys.Keys(self.line, calls, self.typed)
        keys.Keys(self.kind, calls)
        self.problem = ProblemLine()
        row = QHBoxLayout(spacing=theme.TIGHT + 2)  # its text stands in line with that of the points above
        row.addWidget(self.kind)
        row.addWidget(self.line, 1)
        self._under = QVBoxLayout(spacing=0)
        self._under.setContentsMargins(self.kind.sizeHint().width() + theme.TIGHT, 0, 0, 0)
        self._under.addWidget(CountLine(self.line))
        self._under.addWidget(self.problem)
        outer = QVBoxLayout(self, spacing=0)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(row)
        outer.addLayout(self._under)
        self.setFocusProxy(self.line)
        self.show_kind("note")

    def show_place(self, meeting: Any, item: Any, about: str = "") -> None:
        """Add to this meeting's minutes from now on, to this item of its agenda or to none."""
        self.meeting, self.item = meeting, item
        self.line.setAccessibleName(f"{_(ASKED[self.kind.kind()])} {about}".strip())

    def typed(self) -> bool:
        """Whether something stands here that is not added yet."""
        return bool(self.line.toPlainText().strip())

    def clear(self) -> None:
        """Forget what stands here."""
        self.line.clear()
        self.problem.say("")
        if self._promise is not None:
            self._promise.clear()

    def add(self) -> bool:
        """Add what stands here; whether nothing is left to add."""
        text, kind = self.line.toPlainText().strip(), self.kind.kind()
        if not text or self.meeting is None:
            return not text
        values = self._promise.values() if kind == "follow_up" and self._promise is not None else {}
        if values is None:
            return False
        workspace = self.context.workspace

        def verb() -> Any:
            try:
                return minutes.add(workspace, self.meeting, kind, text, self.item, values)
            except Invalid as error:
                if self._promise is None or not self._promise.blame(error):
                    self.problem.say(str(error))
                return None

        focus = self.window().focusWidget()
        here = focus is not None and self.isAncestorOf(focus)
        if self.context.attempt(verb) is None:
            return False
        self.clear()
        self.added.emit()
        if here:
            self.line.setFocus()
        return True

    def unsaved(self) -> QWidget | None:
        """Where something stands, after `add`, that could not be added; why not is told under it."""
        if self.kind.kind() != "follow_up" or self._promise is None:
            return self.line if self.typed() else None
        if self.typed():
            return self._promise.refused() or self.line
        if self._promise.typed():
            self.problem.say(_("Say what is to be done."))
            return self.line
        return None

    def leave(self) -> None:
        """Nothing more is typed here: what cannot be a follow-up yet is kept as a note."""
        if not self.add():
            self.show_kind("note")
        self.add()
        self.give_up()

    def give_up(self) -> None:
        """Forget what stands here; the officer is told what it was."""
        if self.typed():
            words = _("This was not added to the minutes: “{text}” {why}")
            text = self.line.toPlainText().strip()
            self.context.problem.emit(words.format(text=text, why=self.problem.text()).strip())
        self.clear()

    def _choose(self, kind: str) -> None:
        self.show_kind(kind)
        self.line.setFocus()

    def _toggle(self, kind: str) -> None:
        self._choose("note" if self.kind.kind() == kind else kind)

    def show_kind(self, kind: str) -> None:
        """Begin to add this kind of point."""
        self.kind.show_kind(kind)
        self.line.setPlaceholderText(_(ASKED[kind]))
        self.line.setAccessibleName(_(ASKED[kind]))
        if kind == "follow_up" and self._promise is None:
            self._promise = PromiseFields(self.context)
            self._promise.entered.connect(self.add)
            self._under.insertWidget(0, self._promise)
            self._order()
        if self._promise is not None:
            self._promise.setVisible(kind == "follow_up")

    def _order(self) -> None:
        """Tab goes from the words to who owes them."""
        before: QWidget = self.line
        for each in self._promise.editors.values() if self._promise is not None else ():
            for stop in each.stops()[:1]:
                QWidget.setTabOrder(before, stop)
                before = stop

    def promise(self) -> PromiseFields | None:
        """The fields of a follow-up, once they were needed."""
        return self._promise
