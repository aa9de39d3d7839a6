"""How a form saves: each field when it is left, what contradicts itself once it agrees again.

A value that the record as a whole refuses (an amount without its currency) stays typed and is tried again
together with the next field that is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.model import FollowUp, Invalid
from desktop.service import closing, extensions, follow_ups, records
from desktop.ui.announce import announce
from desktop.ui.context import Context
from desktop.ui.record.closingstrip import ClosingStrip
from desktop.ui.record.extensionstrip import ExtensionStrip
from desktop.ui.record.fieldrow import FieldRow
from desktop.ui.record.strip import Strip


class Saving(QObject):
    """Writes what is typed in `rows` into the record on show."""

    gone = Signal()
    """The record was deleted meanwhile; nothing was written."""
    strip_made = Signal(str, QWidget)
    """Something is to be asked under the field of this name."""

    def __init__(self, context: Context, rows: Mapping[str, FieldRow], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self.rows = context, rows
        self.record: Any = None
        self._waiting: set[str] = set()
        self._leaving = False
        """Whether the form is left for good: what another program changed meanwhile can be told, not asked."""
        self._strips: dict[str, Strip] = {}
        """What is asked under a field, by its name."""
        for row in rows.values():
            if row.editable:
                row.editor.committed.connect(lambda row=row: self.save(row.name))
                row.editor.edited.connect(lambda row=row: self._on_edited(row.name))

    def show_record(self, record: Any) -> None:
        """Save into this record from now on; what was refused before is forgotten."""
        self._waiting.clear()
        for strip in self._strips.values():
            strip.dismiss()
        self.record = record

    def save(self, name: str) -> None:
        """Write a field that was left. A date that was agreed, and the end of a follow-up, are asked about first."""
        if self.record is None:
            return
        editor = self.rows[name].editor
        if name == extensions.movable(self.record) and editor.shown() and editor.is_typed():
            self._strip_under(name).ask(editor.shown(), editor.value())
        elif self._ends(name) and editor.is_typed():
            self._strip_under(name).ask(self.record, editor.value())
        else:
            self._write(name)

    def _ends(self, name: str) -> bool:
        """Whether what stands in this field ends a follow-up."""
        return (
            isinstance(self.record, FollowUp)
            and name == FollowUp.course.status
            and closing.ends(self.rows[name].editor.value())
        )

    def commit(self) -> None:
        """Save all that is typed, as when the form is left for good; what cannot be saved is told."""
        if self.context.held:
            return
        for strip in self._strips.values():
            strip.answer()
        waiting = {name: strip.problem.text() for name, strip in self._strips.items() if strip.is_asking()}
        self._keep_typed()
        typed = [row for row in self.rows.values() if row.editable and row.editor.is_typed()]
        self._leaving = True
        for row in typed:
            if self.record is not None and row.name not in waiting and row.editor.check():
                self._write(row.name)
        self._leaving = False
        for row in typed:
            if self.record is not None and row.editor.is_typed():
                words = _("{record}: “{field}” was not saved. {why}")
                why = waiting.get(row.name) or row.editor.problem() or row.editor.note()
                ref = self.context.workspace.say(self.record)
                self.context.problem.emit(words.format(record=ref, field=row.kind.title, why=why))

    def _keep_typed(self) -> None:
        """What was told of an end that is not one yet is kept for when it is."""
        strip = self._strips.get(FollowUp.course.status)
        if isinstance(strip, ClosingStrip) and strip.is_asking() and strip.typed():
            record = FollowUp.get_or_none(FollowUp.uid == self.record.uid)
            if record is not None:
                self.context.attempt(lambda: records.change(self.context.workspace, record, strip.typed()))

    def _on_edited(self, name: str) -> None:
        strip, editor = self._strips.get(name), self.rows[name].editor
        asking = strip is not None and strip.is_asking()
        if (asking or name in self._waiting) and (not editor.is_typed() or self._asks_no_more(name)):
            self._waiting.discard(name)
            if asking:
                strip.dismiss()

    def _asks_no_more(self, name: str) -> bool:
        """Whether what stands in a status now is nothing to ask about."""
        return isinstance(self._strips.get(name), ClosingStrip) and not self._ends(name)

    def is_asking(self) -> bool:
        """Whether an answer is waited for."""
        return any(strip.is_asking() for strip in self._strips.values())

    def strip_of(self, name: str) -> Strip | None:
        """What is asked, or was asked, under the field of this name."""
        return self._strips.get(name)

    def _strip_under(self, name: str) -> Any:
        if name not in self._strips:
            moves = name == extensions.movable(self.record)
            strip: Strip = ExtensionStrip() if moves else ClosingStrip(self.context)
            strip.answered.connect(lambda: self._move(name) if moves else self._end(name))
            strip.taken_back.connect(lambda: self._keep(name))
            strip.closing.connect(lambda: self.rows[name].editor.setFocus())
            self._strips[name] = strip
            self.strip_made.emit(name, strip)
        return self._strips[name]

    def _keep(self, name: str) -> None:
        """Leave a field as it was."""
        self.rows[name].editor.revert()
        self.rows[name].editor.setFocus()

    def _move(self, name: str) -> None:
        strip: Any = self._strips[name]
        strip.dismiss()
        self._write(name, **strip.why())

    def _end(self, name: str) -> None:
        """End the follow-up, as one operation."""
        strip: Any = self._strips[name]
        editor = self.rows[name].editor
        status, shown = editor.value(), editor.shown()
        record = FollowUp.get_or_none(FollowUp.uid == self.record.uid)
        if record is None:
            self.gone.emit()
            return

        def verb() -> bool:
            # What is being written is what is shown: the refresh that follows must not take it for typed.
            editor.set_shown(status)
            follow_ups.end(self.context.workspace, record, status, strip.told())
            return True

        strip.dismiss()
        if not self.context.attempt(verb):
            editor.set_shown(shown)

    def _write(self, name: str, **why: str) -> None:
        """Write a field, with those that wait for it; alone where they still do not go together."""
        record = type(self.record).get_or_none(type(self.record).uid == self.record.uid)
        if record is None:
            self.gone.emit()
            return
        self._waiting.add(name)
        names = [each for each in self._waiting if self.rows[each].editor.check()]
        if name in names and not self._change(record, names, why) and len(names) > 1:
            self._change(record, [name], why)

    def _change(self, record: Any, names: list[str], why: dict[str, str]) -> bool:
        """Write these fields; whether that went well. What is wrong is told under the field that it is about."""
        values = {each: self.rows[each].editor.value() for each in names}
        told = self._elsewhere(record, values)
        if told and not self._leaving:
            return False

        def verb() -> bool:
            try:
                # What is being written is what is shown: the refresh that follows must not take it for typed.
                return self._written(record, values, why)
            except Invalid as error:
                self._tell(error, names)
            return False

        remarks = {each: self.rows[each].editor.remarks() for each in names}
        done = bool(self.context.attempt(verb))
        if not done:
            # The disk was full, say: whoever comes back here and goes on tries it again.
            for each in names:
                self.rows[each].editor.ask_again()
        else:
            announce(self.rows[names[-1]].editor, _("Saved"))
            for each, sentences in remarks.items():
                self.rows[each].editor.show_note(" ".join(sentences))
            for sentence in told:
                self.context.said.emit(sentence, [])
        return done

    def _elsewhere(self, record: Any, values: dict[str, Any]) -> list[str]:
        """Tell of each field that another program changed since it was shown; what is typed stays.

        Returns a sentence for each, with both values, for when it is written over all the same: the form is left.
        """
        told, now = [], records.values_of(record)
        for name, mine in values.items():
            row = self.rows[name]
            if now[name] in (row.editor.shown(), mine):
                continue
            row.tell_elsewhere(now[name])
            words = _(
                "{record}: “{field}” was changed elsewhere to “{theirs}”; yours, “{mine}”, was saved over it. Both"
                " are in the history."
            )
            ref = self.context.workspace.say(record)
            shown = {"theirs": row.kind.text(now[name]) or "–", "mine": row.kind.text(mine) or "–"}
            told.append(words.format(record=ref, field=row.kind.title, **shown))
        return told

    def _written(self, record: Any, values: dict[str, Any], why: dict[str, str]) -> bool:
        shown = {each: self.rows[each].editor.shown() for each in values}
        for each, value in values.items():
            self.rows[each].editor.set_shown(value)
        try:
            records.change(self.context.workspace, record, values, **why)
        except BaseException:
            for each, value in shown.items():
                self.rows[each].editor.set_shown(value)
            raise
        self._waiting.difference_update(values)
        return True

    def _tell(self, error: Invalid, names: list[str]) -> None:
        about = self.rows.get(error.field) if error.field else None
        row = about if about is not None and about.editable else self.rows[names[-1]]
        row.set_shown(True)
        row.editor.show_problem(str(error))
        if row.name not in names:
            note = _("Not saved yet: see “{field}”.").format(field=row.kind.title)
            self.rows[names[-1]].editor.show_note(note)
