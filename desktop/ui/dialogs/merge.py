"""Make one record of several organisations or people that mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton

from desktop.i18n import N_, _
from desktop.service import directory, undo
from desktop.ui import offers
from desktop.ui.accesskeys import unmarked
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.widgets.heading import Heading

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def merge(window: MainWindow, chosen: list[Any] | None = None) -> None:
    """Open the dialog for these records, or those selected."""
    open_dialog(window, MergeDialog, chosen or window.selected())


class MergeDialog(Dialog):
    """Which of them stays."""

    title, verb = N_("Merge into one"), N_("Merge")
    usual = (520, 0)

    def build(self) -> None:
        self.column.addWidget(Heading(_("Which one stays?"), 3))
        self.group = QButtonGroup(self)
        self.choices: list[tuple[QRadioButton, Any]] = []
        self.told = QLabel(
            _("It takes over what the others have and all that refers to them. It can be undone."),
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        self.told.setProperty("muted", True)
        self.column.addWidget(self.told)

    def take(self, chosen: list[Any]) -> None:
        """Choose among these; the one that was there first is proposed."""
        for button, _record in self.choices:
            self.column.removeWidget(button)
            button.deleteLater()
        self.choices.clear()
        for record in sorted(chosen, key=lambda each: each.id):
            words = offers.caption(self.context.workspace, type(record), record.id)
            button = QRadioButton(unmarked(f"{record.ref}  {words}"))
            self.group.addButton(button)
            self.choices.append((button, record))
            self.column.insertWidget(len(self.choices), button)
        self.choices[0][0].setChecked(True)
        self.choices[0][0].setFocus()

    def typed(self) -> bool:
        return False

    def act(self) -> Any:
        keep = next(record for button, record in self.choices if button.isChecked())
        others = [record for _button, record in self.choices if record is not keep]
        directory.merge(self.context.workspace, keep, others)
        return keep

    def done_with(self, result: Any) -> None:
        context = self.context
        context.record_requested.emit(type(result).get_by_id(result.id))
        context.said.emit(
            _("Merged into {record}.").format(record=result.ref),
            [(_("Undo"), lambda: context.attempt(lambda: undo.undo(context.workspace)))],
        )
