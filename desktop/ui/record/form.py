"""The form of an entity, made from its declared fields: sections of labels and editors, saved as they are left."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model import Entity, Meeting, field, fields
from desktop.model.anchored import Anchored
from desktop.model.base import Registered
from desktop.model.computed import Computed
from desktop.model.visibility import texts
from desktop.service import locks, query, records
from desktop.service.query import Query
from desktop.ui import theme
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.context import Context
from desktop.ui.editors import ChoiceEditor
from desktop.ui.passages.block import PassagesBlock
from desktop.ui.record.fieldrow import FieldRow
from desktop.ui.record.saving import Saving
from desktop.ui.record.section import TITLES, Section
from desktop.ui.record.strip import Strip
from desktop.ui.widgets.scrollcolumn import WIDEST, ScrollColumn

HEAD = ("ref", "rag", "attention")
"""Fields that stand over the form."""
IN_TABS = frozenset({"minutes"})
"""Sections whose fields stand in a tab of their own."""
DATED = {
    "reported_on": ("status", N_("reported on {date}")),
    "assessed_on": ("assessment", N_("assessed on {date}")),
}
"""Days that stand under the field of what was said on them."""
LABELS = 0.36
"""The part of the width that labels may take."""
TWO_COLUMNS = 900
"""The width from which on the sections stand in two columns."""


class Form(ScrollColumn):
    """Made once for an entity; shows one record after the other. `title` is the row of the field that names it."""

    gone = Signal()

    def __init__(self, context: Context, entity: type[Entity], taken: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.context, self.entity = context, entity
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.record: Any = None
        kinds = [kind for kind in fields(entity) if kind.name not in HEAD and kind.section not in IN_TABS]
        self._computed = tuple(kind.name for kind in kinds if isinstance(kind, Computed))
        kinds = [kind for kind in kinds if kind.name not in DATED]
        levelled = {kind.name for kind in texts(entity)}
        self.rows = {kind.name: FieldRow(kind, context, levelled=kind.name in levelled) for kind in kinds}
        self.title = self.rows[entity.naming]
        self._strips: dict[str, Strip] = {}
        self.sections = {key: Section(key) for key in TITLES if any(k.section == key for k in kinds)}
        columns = QHBoxLayout(self.page, spacing=theme.WIDE)
        columns.setContentsMargins(0, theme.SMALL, theme.SMALL, theme.SMALL)
        self._columns = [QVBoxLayout(spacing=0) for _side in range(2)]
        for side in self._columns:
            columns.addLayout(side, 1)
        for row in self.rows.values():
            if row is not self.title:
                self.sections[row.kind.section].add(row)
        self._locked = False
        self.passages = PassagesBlock(context)
        if issubclass(entity, Anchored) and issubclass(entity, Registered):
            self.sections["source"].put_last(self.passages)
        self._two = True
        self._arrange(two=False)
        self._set_access_keys(taken)
        self.saving = Saving(context, self.rows, self)
        self.saving.gone.connect(self.gone)
        self.saving.strip_made.connect(self._put_strip)
        self.setAccessibleName(_("Details"))

    def _put_strip(self, name: str, strip: Strip) -> None:
        row = self.rows[name]
        self.sections[row.kind.section].put_under(row, strip)
        self._strips[name] = strip
        _title, *stops = self.stops()
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def show_record(self, record: Any) -> None:
        """Show another record; what was typed into the one before is saved."""
        self.leave()
        self.record = record
        self.saving.show_record(record)
        for name, value in self._values().items():
            self.rows[name].show_value(value)
        self._show_levels()
        self._show_passages()
        if "source" in self.sections:
            values = [row.editor.shown() for row in self.sections["source"].rows]
            self.sections["source"].set_open(any(values))
        self.verticalScrollBar().setValue(0)

    def refresh(self, record: Any) -> None:
        """Show what is kept now. What is being typed stays, and is told where it differs from another's change."""
        self.record = self.saving.record = record
        for name, value in self._values().items():
            self._refresh_row(self.rows[name], value)
        self._show_levels()
        self._show_passages()

    def _show_levels(self) -> None:
        for row in self.rows.values():
            if row.level is not None:
                row.level.show_record(self.record)

    def _show_passages(self) -> None:
        """Under what the record says of its source, the passages that it comes from."""
        if self.passages.parent() is not None:
            self.passages.show_record(self.record)

    def _refresh_row(self, row: FieldRow, value: Any) -> None:
        editor = row.editor
        if not row.editable or not editor.is_typed():
            # Where the cursor stands in what is the same, it is left there.
            if value != editor.shown() or not editor.has_focus():
                row.show_value(value)
            return
        if value != editor.shown():
            row.tell_elsewhere(value)

    def commit(self) -> None:
        """Save all that is typed."""
        if self.record is not None:
            self.saving.commit()

    def leave(self) -> None:
        """Save all that is typed, and have no more to do with the record."""
        self.commit()
        self.record = self.saving.record = None

    def focus_field(self, name: str = "") -> None:
        """Go to a field, or to the one that names the record."""
        self.rows.get(name, self.title).editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _values(self) -> dict[str, Any]:
        values = records.values_of(self.record)
        row = query.one(self.context.workspace, Query(self.entity, self._computed), self.record.id)
        values |= dict(zip(self._computed, row[1:] if row else (), strict=False))
        self._show_days(values)
        if "fold" in self.rows and not self.rows["fold"].editor.problem():
            self.rows["fold"].set_shown(bool(values["fold"]))
        final = isinstance(self.record, Meeting) and self.record.state == locks.FINAL
        self._lock(final or bool(self.context.workspace.readonly))
        return {name: values[name] for name in self.rows if name in values}

    def _show_days(self, values: dict[str, Any]) -> None:
        """Under the reported status and the desk's assessment, the day of each."""
        for name, (said, words) in DATED.items():
            if name in values:
                day = field(self.entity, name).shown(values[name])
                self.rows[said].show_note(_(words).format(date=day) if day else "")

    def _lock(self, locked: bool) -> None:
        """What final minutes lock can be read and copied, not changed; they are reopened where they stand."""
        if locked == self._locked:
            return
        self._locked = locked
        for row in self.rows.values():
            if isinstance(row.editor, ChoiceEditor):
                row.editor.setEnabled(not locked)
            elif row.editable:
                row.editor.set_read_only(locked)

    def _set_access_keys(self, taken: tuple[str, ...]) -> None:
        editable = [row for section in self.sections.values() for row in section.rows if row.editable]
        marked = with_access_keys([row.kind.title for row in editable], taken)
        for row, words in zip(editable, marked, strict=True):
            row.label.setText(words)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in the order of reading."""
        found = self.title.editor.stops()
        for section in self.sections.values():
            found.append(section.button)
            for row in section.rows:
                found += row.stops()
                found += self._strips[row.name].stops() if row.name in self._strips else []
            if section.key == "source":
                found += [card.open for card in self.passages.cards()]
        return found

    def _arrange(self, two: bool) -> None:
        """The sections under each other, or in two columns of about the same length, in the order of reading."""
        if two == self._two:
            return
        self._two = two
        weights = [
            2 + sum(3 if row.wide else 1 for row in section.rows) for section in self.sections.values()
        ]
        half = sum(weights) / 2
        for side in self._columns:
            while side.count():
                side.takeAt(0)
        passed = 0
        for section, weight in zip(self.sections.values(), weights, strict=True):
            side = self._columns[1 if two and passed + weight / 2 > half else 0]
            side.addWidget(section)
            passed += weight
        for side in self._columns:
            side.addStretch(1)
        self.page.layout().setStretch(1, 1 if two else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(two=self.viewport().width() >= TWO_COLUMNS)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._align()
        super().changeEvent(event)

    def _align(self) -> None:
        """One width for the labels of all sections: what the longest needs, within a share of the form."""
        rows = [row for section in self.sections.values() for row in section.rows if not row.wide]
        longest = max((row.label.fontMetrics().horizontalAdvance(row.kind.title) for row in rows), default=0)
        width = self.viewport().width() // 2 if self._two else self.viewport().width()
        self.page.setMaximumWidth(2 * WIDEST if self._two else WIDEST)
        words = {word for row in rows for word in row.kind.title.split()}
        metrics = self.fontMetrics()
        whole = max((metrics.horizontalAdvance(word) for word in words), default=0)  # a word is never cut
        most = max(round(min(width, WIDEST) * LABELS), whole + 2)
        for section in self.sections.values():
            section.set_label_width(min(longest + theme.SMALL, most))
