"""The dossier of a country, to be saved as Word or PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.countries import country_name
from desktop.export.documents.content import Document
from desktop.export.documents.dossier import dossier
from desktop.export.documents.saving import suggested_name
from desktop.export.request import Request
from desktop.i18n import N_, _
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.dialogs.document import DocumentDialog

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def write_dossier(window: MainWindow, code: str) -> None:
    """Open the dialog for a country."""
    if code:
        open_dialog(window, DossierDialog, code)


class DossierDialog(DocumentDialog):
    """Of the country that `take` names."""

    title = N_("Dossier")

    def take(self, code: str) -> None:
        if self._running.going():
            return
        self.code = code
        self.setWindowTitle(_("{country}: dossier").format(country=country_name(code)))
        parts = (country_name(code), self.context.workspace.today())
        self.suggest(suggested_name("Dossier", *parts, suffix=self.kind.currentData()))
        self.on_audience()
        self.act_button.setFocus()  # most often everything is right as it stands

    def compose(self, workspace: Any, request: Request) -> Document:
        return dossier(workspace, self.code, request)
