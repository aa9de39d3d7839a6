"""Preferences, generated from `Settings`: a field of it with a label is asked here."""

from __future__ import annotations

import dataclasses
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop import settings as settings_file
from desktop.i18n import LANGUAGES, N_, _
from desktop.model import Invalid
from desktop.store.engine import StoreError
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.dialogs.pathedits import FolderEdit
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.heading import Heading

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def preferences(window: MainWindow) -> None:
    """Open the dialog; the window is made anew where something was changed."""
    open_dialog(window, PreferencesDialog).changed = window.rebuild_requested.emit


class PreferencesDialog(Dialog):
    """One row a preference, by sections."""

    title, verb = N_("Preferences"), N_("Save")
    usual = (520, 0)

    def build(self) -> None:
        self.changed: Any = None
        self.asked: dict[str, QWidget] = {}
        asked = settings_file.preferences()
        for section, group in groupby(asked, key=lambda each: each.metadata["section"]):
            self.column.addWidget(Heading(_(section), 3))
            fields = self.add_fields()
            for each in group:
                made = self._editor(each)
                made.setToolTip(_(each.metadata["help"]))
                self.asked[each.name] = made
                fields.row(_(each.metadata["label"]), made)
                made.setAccessibleDescription(_(each.metadata["help"]))

    def _editor(self, asked: dataclasses.Field[Any]) -> QWidget:
        value = getattr(self.context.settings, asked.name)
        if asked.metadata["kind"] == "choice":
            combo = Combo()
            for key, words in asked.metadata["choices"].items():
                # A language is called by its own name, whichever is spoken.
                combo.addItem(words if key in LANGUAGES else _(words), key)
            combo.setCurrentIndex(combo.findData(value))
            return combo
        return FolderEdit(value)

    def values(self) -> dict[str, str]:
        """What stands in the fields, by the name of the setting."""
        return {
            name: each.currentData() if isinstance(each, Combo) else each.text()
            for name, each in self.asked.items()
        }

    def typed(self) -> bool:
        return False

    def act(self) -> bool:
        settings, values = self.context.settings, self.values()
        for name, each in self.asked.items():
            # One that is not there any more, such as a stick that was taken out, keeps nobody from saving the rest.
            typed = isinstance(each, FolderEdit) and values[name] != getattr(settings, name)
            if typed and values[name] and not Path(values[name]).is_dir():
                each.setFocus()
                raise Invalid(_("There is no folder {folder}.").format(folder=values[name]), name)
        before = {name: getattr(settings, name) for name in values}
        for name, value in values.items():
            setattr(settings, name, value)
        problem = settings_file.save(settings)
        if problem:
            raise StoreError(problem)
        return before != values

    def done_with(self, result: bool) -> None:
        if result and self.changed is not None:
            self.changed()
