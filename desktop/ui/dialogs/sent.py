"""Note that an exported workbook was sent: when, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.i18n import N_, _, format_date
from desktop.model.dates import Date
from desktop.model.kinds import Text
from desktop.service import reports
from desktop.service.reports import Export
from desktop.ui.context import Context
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def note_as_sent(window: MainWindow) -> None:
    """Open the dialog for the export made last that was not sent yet."""
    known = reports.exports(window.context.workspace)
    if not known:
        window.context.problem.emit(_("No workbook was exported yet."))
        return
    note_export_as_sent(window, window.context, next((each for each in known if not each.sent_on), known[0]))


def note_export_as_sent(parent: QWidget, context: Context, export: Export) -> None:
    """Open the dialog for this export."""
    dialog = SentDialog(context, parent)
    dialog.take(export)
    dialog.fit()
    dialog.come_back()


class SentDialog(Dialog):
    """Which workbook, when, to whom."""

    title, verb = N_("Note an export as sent"), N_("Note it")

    def build(self) -> None:
        self.exports = {each.uid: each for each in reports.exports(self.context.workspace)}
        fields = self.add_fields()
        self.export = Combo()
        for each in self.exports.values():
            self.export.addItem(each.file, each.uid)
        fields.row(_("Workbook"), self.export)
        on, to = Date(N_("Sent on"), required=True), Text(N_("Sent to"), required=True)
        on.name, to.name = "on", "to"
        fields.add(on, self.context.workspace.today())
        fields.add(to)
        self.main = fields

    def take(self, export: Any) -> None:
        """Speak of this export."""
        self.export.setCurrentIndex(self.export.findData(export.uid))
        if export.sent_on:
            self.main.give("on", export.sent_on)
            self.main.give("to", export.sent_to)
        self.main.at("to").setFocus()

    def act(self) -> Any:
        uid = self.export.currentData()
        values = self.main.values()
        reports.sent(self.context.workspace, uid, values["on"], values["to"])
        return self.exports[uid], values

    def done_with(self, result: Any) -> None:
        export, values = result
        self.context.said.emit(
            _("Noted: {file} was sent to {whom} on {day}.").format(
                file=export.file, whom=values["to"], day=format_date(values["on"])
            ),
            [],
        )
