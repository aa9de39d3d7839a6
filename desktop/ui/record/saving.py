"""How a form saves: each field when it is left, what contradicts itself once it agrees again.

A value that the record as a whole refuses (an amount without its currency) stays typed and is tried again
together with the next field that is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.model import Invalid
from desktop.service import extensions, records
from desktop.ui.context import Context
from desktop.ui.record.extensionstrip import ExtensionStrip
from desktop.ui.record.fieldrow import FieldRow


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
        self._strip: ExtensionStrip | None = None
        for row in rows.values():
            if row.editable:
                row.editor.committed.connect(lambda row=row: self.save(row.name))
                row.editor.edited.connect(lambda row=row: self._on_edited(row.name))

    def show_record(self, record: Any) -> None:
        """Save into this record from now on; what was refused before is forgotten."""
        self._waiting.clear()
        if self._strip is not None:
            self._strip.dismiss()
        self.record = record

    def save(self, name: str) -> None:
        """Write a field that was left. A date that was agreed is asked about first."""
        if self.record is None:
            return
        editor = self.rows[name].editor
        if name == extensions.movable(self.record) and editor.shown() and editor.is_typed():
            self._ask(name)
        else:
            self._write(name)

    def commit(self) -> None:
        """Save all that is typed, as when the form is left for good; what cannot be saved is told."""
        if self._strip is not None:
            self._strip.answer()
        typed = [row for row in self.rows.values() if row.editable and row.editor.is_typed()]
        for row in typed:
            if self.record is not None and row.editor.check():
                self._write(row.name)
        for row in typed:
            if self.record is not None and row.editor.is_typed():
                words = _("{record}: “{field}” was not saved. {why}")
                why = row.editor.problem() or row.editor.note()
                ref = self.context.workspace.say(self.record)
                self.context.problem.emit(words.format(record=ref, field=row.kind.title, why=why))

    def _on_edited(self, name: str) -> None:
        asking = self.is_asking() and name == extensions.movable(self.record)
        if (asking or name in self._waiting) and not self.rows[name].editor.is_typed():
            self._waiting.discard(name)
            if asking:
                self._strip.dismiss()

    def is_asking(self) -> bool:
        """Whether an answer about a moved date is waited for."""
        return self._strip is not None and self._strip.is_asking()

    def _ask(self, name: str) -> None:
        if self._strip is None:
            self._strip = ExtensionStrip()
            self._strip.answered.connect(lambda reason, by: self._write(name, reason=reason, agreed_by=by))
            self._strip.taken_back.connect(self._keep_date)
            self._strip.closing.connect(lambda: self.rows[name].editor.setFocus())
            self.strip_made.emit(name, self._strip)
        editor = self.rows[name].editor
        self._strip.ask(editor.shown(), editor.value())

    def _keep_date(self) -> None:
        name = extensions.movable(self.record)
        self.rows[name].editor.revert()
        self.rows[name].editor.setFocus()

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

        def verb() -> bool:
            try:
                # What is being written is what is shown: the refresh that follows must not take it for typed.
                return self._written(record, values, why)
            except Invalid as error:
                self._tell(error, names)
            return False

        remarks = {each: self.rows[each].editor.remarks() for each in names}
        done = bool(self.context.attempt(verb))
        if done:
            spoken = QAccessibleAnnouncementEvent(self.rows[names[-1]].editor, _("Saved"))
            QAccessible.updateAccessibility(spoken)
            for each, sentences in remarks.items():
                self.rows[each].editor.show_note(" ".join(sentences))
        return done

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
        row.editor.show_problem(str(error))
        if row.name not in names:
            note = _("Not saved yet: see “{field}”.").format(field=row.kind.title)
            self.rows[names[-1]].editor.show_note(note)
