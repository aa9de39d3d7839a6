"""Keep how a tracker is understood: under a name in the workspace, or in a file for another office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.export.intake.tracker import kept
from desktop.export.intake.tracker.mapping import Mapping
from desktop.i18n import N_, _, quoted
from desktop.model import ImportMapping, field
from desktop.service import mappings
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.fields import text_of
from desktop.ui.intake.tracker.keeping import ask_where_to_write

if TYPE_CHECKING:
    from desktop.ui.intake.tracker.wizard import TrackerWizard


def save_mapping(wizard: TrackerWizard) -> None:
    """Ask under which name to keep what was understood."""
    if wizard.held.understood is not None:
        open_dialog(wizard.parent(), SaveMappingDialog, wizard)


class SaveMappingDialog(Dialog):
    """A name that a mapping has already replaces it: undo brings the other one back."""

    title, verb = N_("Save this mapping"), N_("Save")
    usual = (440, 0)

    def build(self) -> None:
        self.main = self.add_fields()
        self.name = self.main.add(field(ImportMapping, "name"))
        self.name.edited.connect(self._look)
        self.file_button = QPushButton(self.keys.mark(_("Into a file…")), autoDefault=False)
        self.file_button.clicked.connect(self._to_file)

    def take(self, wizard: TrackerWizard) -> None:
        """Keep what this wizard understands."""
        self.wizard = wizard
        if self.foot.indexOf(self.file_button) < 0:
            self.foot.insertWidget(0, self.file_button)
            QWidget.setTabOrder(self.file_button, self.cancel_button)
        self.main.give("name", wizard.held.understood.mapping.name or wizard.held.path.stem)
        self._look()
        self.name.setFocus()

    def typed(self) -> bool:
        return False  # a name is soon typed again

    def _look(self) -> None:
        """Tell of a mapping that bears the name already."""
        there = mappings.bearer(text_of(self.name))
        words = _("Replaces the mapping “{name}”.") if there is not None else ""
        self.name.show_note(words.format(name=quoted(str(there.name))) if there is not None else "")
        self.fit_soon()

    def act(self) -> Mapping:
        made = self.wizard.held.understood.mapping
        return kept.save(self.context.workspace, made, self.name.value(), instead=True)

    def done_with(self, result: Mapping) -> None:
        words = _("The mapping “{name}” was saved; the first step offers it for the next file.")
        self.wizard.messages.show_message(words.format(name=quoted(result.name)), "success", timeout=8_000)

    def _to_file(self) -> None:
        self.finish()
        ask_where_to_write(self.wizard)
