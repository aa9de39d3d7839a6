"""Change fields of several records at once: which, to what, and how many of them that concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _, format_number, join_list, ngettext
from desktop.model import Extension, FollowUp, Invalid, field, fields
from desktop.model.kinds import Document, Kind, Text
from desktop.model.relations import Many
from desktop.service import closing, extensions, records
from desktop.service.journal import stored
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.fields import plain_editor, settle
from desktop.ui.icons import icon
from desktop.ui.lists.counts import counted
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

SETTLE_MS = 200
EMPTY = (None, "", frozenset())
FIRST = ("owner", "status", "priority", "stage", "kind")
"""The field that the dialog begins with: the first of these that the records have."""


def edit_many(window: MainWindow) -> None:
    """Open the dialog for what is selected."""
    chosen = window.selected()
    if chosen:
        open_dialog(window, EditManyDialog, chosen)


def changeable(entity: Any) -> list[Kind]:
    """The fields that several records can be given the same value of: not what names each of them."""
    return [
        kind
        for kind in fields(entity)
        if kind.editable and kind.name not in ("ref", entity.naming) and not isinstance(kind, Document)
    ]


class Line(QWidget):
    """A field and its new value."""

    changed = Signal()
    removed = Signal()

    def __init__(self, context: Context, kinds: list[Kind], name: str) -> None:
        super().__init__()
        self._context = context
        self._kinds = {kind.name: kind for kind in kinds}
        self.combo = Combo()
        self.combo.setAccessibleName(_("Field to change"))
        for kind in kinds:
            self.combo.addItem(kind.title, kind.name)
        self.combo.setCurrentIndex(max(0, self.combo.findData(name)))
        self.combo.currentIndexChanged.connect(lambda _index: self._remake())
        self.remove_button = QToolButton(icon=icon("minus", "muted"), autoRaise=True)
        self.remove_button.setAccessibleName(_("Do not change this field"))
        self.remove_button.setToolTip(self.remove_button.accessibleName())
        self.remove_button.clicked.connect(self.removed)
        self._row = QHBoxLayout(self, spacing=theme.SMALL)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.combo, 2, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        self.editor: Any = None
        self._remake()

    @property
    def name(self) -> str:
        """The field."""
        return str(self.combo.currentData())

    def _remake(self) -> None:
        if self.editor is not None:
            self._row.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        kind = self._kinds[self.name]
        made = self.editor = plain_editor(kind, self._context, self)
        made.set_name(_("New value of {field}").format(field=kind.title))
        made.set_value(getattr(kind, "default", None) or kind.empty())
        made.edited.connect(self._on_edited)
        made.committed.connect(lambda: settle(made))
        self._row.insertWidget(1, made, 3, Qt.AlignmentFlag.AlignTop)
        QWidget.setTabOrder(self.combo, made)
        QWidget.setTabOrder(made, self.remove_button)
        self.changed.emit()

    def _on_edited(self) -> None:
        if isinstance(self.editor.kind, Text):
            settle(self.editor)
        self.changed.emit()


class EditManyDialog(Dialog):
    """One operation for all of them: one undo takes it back."""

    title, verb = N_("Change several at once"), N_("Change")
    usual = (680, 0)

    def build(self) -> None:
        self.records: list[Any] = []
        self.lines: list[Line] = []
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._lines = QVBoxLayout(spacing=theme.SMALL)
        self.more = QPushButton(
            icon("add", "muted"), self.keys.mark(_("Another field")), flat=True, autoDefault=False
        )
        self.more.clicked.connect(lambda: self._add())
        self.preview = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.preview.setProperty("muted", True)
        self.column.addWidget(self.count)
        self.column.addLayout(self._lines)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.moving = self.add_fields()
        reason = Text(N_("Reason for the moved date"), required=False)
        reason.name = "reason"
        self.moving.add(reason)
        self.moving.add(field(Extension, "agreed_by"))
        self.moving.hide()
        self.column.addWidget(self.preview)
        self._pause = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._pause.timeout.connect(self._look)
        self.context.stopping.connect(self._pause.stop)

    def take(self, chosen: list[Any]) -> None:
        """Change these; another selection begins anew."""
        if [each.id for each in chosen] == [each.id for each in self.records] and self.lines:
            return
        self.records = chosen
        for line in list(self.lines):
            self._remove(line)
        entity = type(chosen[0])
        self.count.setText(counted(entity.key(), len(chosen)))
        names = [kind.name for kind in changeable(entity)]
        self._add(next((name for name in FIRST if name in names), names[0]))

    def typed(self) -> bool:
        return False

    # ---- which fields

    def _add(self, name: str = "") -> Line:
        kinds = changeable(type(self.records[0]))
        taken = {line.name for line in self.lines}
        free = next((kind.name for kind in kinds if kind.name not in taken), kinds[0].name)
        line = Line(self.context, kinds, name or free)
        line.changed.connect(self._on_changed)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._lines.addWidget(line)
        self._refresh()
        line.combo.setFocus()
        return line

    def _remove(self, line: Line) -> None:
        self.lines.remove(line)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._refresh()

    def _on_changed(self) -> None:
        self._ask_for_outcome()
        self._refresh()

    def _ask_for_outcome(self) -> None:
        """What ends needs its outcome: it is asked with the status."""
        values = self._values_now()
        names = {line.name for line in self.lines}
        ends = type(self.records[0]) is FollowUp and closing.ends(values.get("status") or "")
        if ends and "outcome" not in names:
            status = next(line for line in self.lines if line.name == "status")
            self._add("outcome")
            status.editor.setFocus()

    def _refresh(self) -> None:
        for line in self.lines:
            line.remove_button.setEnabled(len(self.lines) > 1)
        names = [line.name for line in self.lines]
        moved = bool(self.records) and extensions.movable(self.records[0]) in names
        self.moving.setVisible(moved)
        self._pause.start()
        self.fit_soon()

    def _values_now(self) -> dict[str, Any]:
        """The values as far as they can be taken."""
        found = {}
        for line in self.lines:
            try:
                found[line.name] = line.editor.kind.check(line.editor.value())
            except Invalid:
                continue
        return found

    def concerned(self) -> int:
        """How many of the records would be another than they are."""
        values = self._values_now()
        return sum(
            any(_now(record, name) != value for name, value in values.items()) for record in self.records
        )

    def _look(self) -> None:
        count, all_of_them = self.concerned(), len(self.records)
        words = ngettext("{count} of {all} will change.", "{count} of {all} will change.", count)
        told = [words.format(count=format_number(count), all=format_number(all_of_them))]
        emptied = [
            field(type(self.records[0]), name).title
            for name, value in self._values_now().items()
            if value in EMPTY and any(_now(record, name) not in EMPTY for record in self.records)
        ]
        if emptied:
            told.append(_("Emptied: {fields}.").format(fields=join_list(emptied)))
        self.preview.setText(" ".join(told))

    # ---- acting

    def accept(self) -> None:
        wrong = [line.editor for line in self.lines if not line.editor.check()]
        if wrong:
            self.go_to(wrong[0])
            return
        super().accept()

    def act(self) -> int:
        values: dict[str, Any] = {}
        for line in self.lines:
            if line.name in values:
                raise Invalid(_("“{field}” is there twice.").format(field=line.editor.kind.title))
            values[line.name] = line.editor.value()
        told = self.moving.values()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            # Read anew: while the dialog is open, one can go on working.
            entity = type(self.records[0])
            fresh = [entity.get_or_none(entity.id == each.id) for each in self.records]
            return records.change_many(
                self.context.workspace, [each for each in fresh if each is not None], values, **told
            )
        finally:
            QApplication.restoreOverrideCursor()

    def blame(self, error: Exception) -> None:
        if isinstance(error, Invalid) and error.field == "reason":
            self.moving.blame(error)
            return
        line = next((line for line in self.lines if line.name == getattr(error, "field", "")), None)
        if line is not None:
            line.editor.show_problem(str(error))
            line.editor.setFocus()
            self.fit_soon()
        else:
            self.messages.show_message(str(error), "error")

    def done_with(self, result: int) -> None:
        words = ngettext("{count} record was changed.", "{count} records were changed.", result)
        window = self.parent()
        undo = [(_("Undo"), lambda: window.commands.run("undo"))] if result else []
        self.context.said.emit(words.format(count=format_number(result)), undo)


def _now(record: Any, name: str) -> Any:
    kind = field(type(record), name)
    return kind.read(record.id) if isinstance(kind, Many) else stored(record, name)
