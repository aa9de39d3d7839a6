"""One point of the minutes: what it is, its words or the follow-up that came of it, and what it was before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.i18n import N_, _, join_parts
from desktop.model import FollowUp, Invalid
from desktop.model.visibility import INTERNAL
from desktop.service import minutes
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.minutes import keys, telling
from desktop.ui.minutes.kindbutton import KindButton, fill_kinds
from desktop.ui.minutes.turnstrip import TurnStrip
from desktop.ui.record.recordrow import RecordButton
from desktop.ui.record.summaries import Summary
from desktop.ui.visibility.changing import set_level
from desktop.ui.visibility.levelbutton import LevelButton, level_menu
from desktop.ui.widgets.countline import CountLine
from desktop.ui.widgets.markdown import MarkdownEdit

WAS = {"note": N_("was a note"), "decision": N_("was a decision"), "follow_up": N_("was a follow-up")}


class PointRow(QWidget):
    """Its words are saved when they are left; a text that is emptied takes the point away."""

    moved = Signal(object, int)
    """It is to go so many places down (up where negative) among the points around it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.point: Any = None
        self._final = False
        self._told: Summary | None = None
        self._button: RecordButton | None = None
        self._strip: TurnStrip | None = None
        self.kind = KindButton(7)
        others = (
            (_("Move up"), keys.UP, lambda: self._move(-1)),
            (_("Move down"), keys.DOWN, lambda: self._move(1)),
            (_("Remove"), keys.REMOVE, self.remove),
        )
        fill_kinds(self.kind, self.turn, others)
        self.kind.menu.addSeparator()
        level_menu(self.kind.menu, _("Who may see it"), lambda: self.point.visibility, self._set_level)
        self.text = MarkdownEdit(least=1)
        self.text.committed.connect(self._save)
        for place in (self.text.input, self.text.view):
            place.setProperty("quiet", True)
        self.level = LevelButton(bare=True)
        self.level.chosen.connect(self._set_level)
        self._was = QLabel()
        self._was.setProperty("muted", True)
        self._was.setContentsMargins(0, 7, theme.TIGHT, 0)
        self._row = QHBoxLayout(spacing=theme.TIGHT)
        self._row.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self._was, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.level, 0, Qt.AlignmentFlag.AlignTop)
        self._outer = QVBoxLayout(self, spacing=0)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addLayout(self._row)
        self._outer.addWidget(CountLine(self.text.input))
        self._watch()
        self.setFocusProxy(self.kind)

    def _watch(self) -> None:
        calls = {
            keys.DECISION: lambda: self._toggle("decision"),
            keys.FOLLOW_UP: lambda: self._toggle("follow_up"),
            keys.UP: lambda: self._move(-1),
            keys.DOWN: lambda: self._move(1),
        }
        for place in (self.text.input, self.text.view):
            keys.Keys(place, calls, self.text.is_typed)
        keys.Keys(self.kind, {**calls, keys.REMOVE: self.remove})

    def show_point(self, row: tuple[Any, bool]) -> None:
        """Show a point, and whether it can be changed no more. What is being typed stays."""
        self.point, self._final = row
        kind = self.point.kind
        self.kind.show_kind(kind)
        self.kind.setEnabled(not self._final)
        if not self.text.is_typed():
            self.text.set_value(self.point.text)
        if self._final != self.text.input.isReadOnly():
            self.text.set_read_only(self._final)
        self._show_follow_up()
        self.text.setVisible(kind != "follow_up")
        self._was.setText(_(WAS[self.point.was]) if self.point.was else "")
        self._was.setVisible(bool(self.point.was))
        self.text.set_name(self.kind.accessibleName())
        self.kind.setAccessibleName(join_parts(self.kind.accessibleName(), self.words()[:80]))
        if self._final or kind == "follow_up":
            self._end_strip()
        self._show_level()

    def _show_level(self) -> None:
        """Who may see it, where that is not the post alone."""
        if self.level.hasFocus() and self.point.visibility == INTERNAL:
            self.kind.setFocus()
        self.level.show_about(join_parts(_("Visibility"), self.words()[:80]))
        self.level.show_level(self.point.visibility)
        self.level.setVisible(self.point.visibility != INTERNAL)

    def _set_level(self, level: str) -> None:
        self.commit()
        set_level(self.context, self.kind, self.point, level)

    def words(self) -> str:
        """What the point says, as it is kept."""
        return self._told.name if self._told is not None else str(self.point.text)

    def _show_follow_up(self) -> None:
        came = self.point.follow_up_id
        record = FollowUp.get_by_id(came) if came is not None else None
        told = telling.follow_up(self.context.workspace, record) if record is not None else None
        if told == self._told:
            return
        self._told = told
        focused = self._button is not None and self._button.hasFocus()
        if self._button is not None:
            if focused:
                self.kind.setFocus()
            self._row.removeWidget(self._button)
            self._button.hide()
            self._button.deleteLater()
            self._button = None
        if told is not None:
            self._button = RecordButton(self.context, told)
            self._row.insertWidget(1, self._button, 1)
            QWidget.setTabOrder(self.kind, self._button)
            if focused:
                self._button.setFocus()

    def button(self) -> RecordButton | None:
        """What leads to the follow-up that came of it."""
        return self._button

    # ---- acting

    def typed(self) -> bool:
        """Whether its words are not saved yet."""
        return self.text.is_typed()

    def commit(self) -> None:
        """Save its words."""
        self.text.commit()

    def unsaved(self) -> QWidget | None:
        """Where something stands, after `commit`, that could not be saved, or a question that is half answered."""
        strip = self.strip()
        if strip is not None and strip.promise.typed():
            return strip.promise.refused() or strip.act
        return self.text if self.typed() else None

    def _save(self) -> None:
        text = self.text.value()
        workspace = self.context.workspace
        if not text.strip():
            if not self.remove():
                self.text.ask_again()
        elif self.context.attempt(lambda: minutes.reword(workspace, self.point, text)) is None:
            self.text.ask_again()
        else:
            self.text.set_shown(text)

    def remove(self) -> bool:
        """Take it out of the minutes; whether that was done."""

        def verb() -> bool:
            minutes.remove(self.context.workspace, self.point)
            return True

        return not self._final and bool(self.context.attempt(verb))

    def _move(self, step: int) -> None:
        if not self._final:
            self.commit()
            self.moved.emit(self.point, step)

    def _toggle(self, kind: str) -> None:
        self.turn("note" if self.point.kind == kind else kind)

    def turn(self, into: str) -> None:
        """Make another kind of it; of a follow-up it is asked first who owes it."""
        if self._final or into == self.point.kind:
            return
        self.commit()
        if into == "follow_up":
            self._ask()
        else:
            self.context.attempt(lambda: minutes.turn(self.context.workspace, self.point, into))

    def _ask(self) -> None:
        if self._strip is None:
            self._strip = TurnStrip(self.context)
            self._strip.answered.connect(self._promise)
            self._strip.taken_back.connect(self._end_strip)
            self._outer.addWidget(self._strip)
            before: QWidget = self.text.view
            QWidget.setTabOrder(before, self.text.input)
            before = self.text.input
            for stop in self._strip.stops():
                QWidget.setTabOrder(before, stop)
                before = stop
        self._strip.promise.clear()
        self._strip.show()
        self._strip.promise.first().setFocus()

    def strip(self) -> TurnStrip | None:
        """What asks who owes it, while it does."""
        return self._strip if self._strip is not None and not self._strip.isHidden() else None

    def _promise(self, values: dict[str, Any]) -> None:
        def verb() -> Any:
            try:
                return minutes.turn(self.context.workspace, self.point, "follow_up", values)
            except Invalid as error:
                if self._strip is not None and self._strip.promise.blame(error):
                    return None
                raise

        self.context.attempt(verb)

    def _end_strip(self) -> None:
        if self._strip is not None and not self._strip.isHidden():
            focus = self.window().focusWidget()
            if focus is not None and self._strip.isAncestorOf(focus):
                self.kind.setFocus()
            self._strip.hide()
