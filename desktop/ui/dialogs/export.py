"""Export: the whole status workbook or the list at hand, for a period, in a language, under a marking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from desktop.export.report import SUFFIX, Report, Request, suggested_name
from desktop.export.report import export as write
from desktop.i18n import N_, _, ngettext
from desktop.model import Invalid
from desktop.model.dates import Date
from desktop.service import reports
from desktop.ui import theme
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.dialogs.writing import WritingDialog

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def export(window: MainWindow) -> None:
    """Open the dialog; the page shown offers its list."""
    open_dialog(window, ExportDialog, window.ask("current_query"))


class ExportDialog(WritingDialog):
    """Writes a workbook."""

    title, verb = N_("Export"), N_("Export")

    def build_form(self) -> None:
        self._query: Any = None
        self.whole = QRadioButton(self.keys.mark(_("The whole status workbook")))
        self._list_words = self.keys.mark(_("This list"))
        self.list = QRadioButton(self._list_words)
        self.whole.setChecked(True)
        group = QButtonGroup(self)
        what = QVBoxLayout(spacing=theme.TIGHT)
        for button in (self.whole, self.list):
            group.addButton(button)
            what.addWidget(button)
        self.list.toggled.connect(lambda _checked: self._suggest())
        self.column.addLayout(what)
        self._build_fields()

    def _build_fields(self) -> None:
        context = self.context
        asked: dict[str, Date] = {
            "period_from": Date(N_("Period from"), help=N_("Reports and closures since then. Empty: all.")),
            "period_to": Date(N_("Period to"), help=N_("Empty: until the day of “as of”.")),
            "as_of": Date(N_("As of"), required=True, help=N_("The day by which things are overdue.")),
        }
        fields = self.main = self.add_fields(columns=2)
        for name, kind in asked.items():
            kind.name = name
        fields.add(asked["period_from"], narrow=True)
        fields.add(asked["period_to"], beside=True)
        fields.add(asked["as_of"], context.workspace.today(), narrow=True)
        fields.at("as_of").committed.connect(self._suggest)
        self.add_reader(fields)
        self.add_file(fields, _("Excel workbooks"), SUFFIX)

    def take(self, query: Any) -> None:
        """Offer this list, if there is one."""
        if self._running.going():
            return
        self._query = query
        self.list.setEnabled(query is not None)
        if query is not None:
            words = _("{this_list}: {name}").format(this_list=self._list_words, name=_(query.entity.plural))
            self.list.setText(words)
        self._suggest()
        self.act_button.setFocus()  # most often everything is right as it stands

    def _suggest(self) -> None:
        """A good name for the file, which tells its day."""
        try:
            as_of = self.main.at("as_of").value()
        except Invalid:
            return
        name = suggested_name(self.context.workspace, as_of)
        if self.list.isChecked() and self._query is not None:
            name = name.replace("Status", self._query.entity.__name__, 1)
        self.suggest(name)

    def start(self, path: Path) -> None:
        values = self.main.values()
        context, officer = self.context, self.context.workspace.officer
        request = Request(
            period_from=values["period_from"] or "",
            period_to=values["period_to"] or "",
            as_of=values["as_of"],
            language=self.language.currentData(),
            marking=values["marking"],
            prepared_by=officer.name if officer else "",
            only=self._query if self.list.isChecked() else None,
        )
        context.settings.last_marking = values["marking"]
        workspace, progress = context.workspace, self._running.progress
        self.write(
            path,
            lambda: write(workspace, request, path, progress),
            lambda report: self._on_written(report, request),
        )

    def _on_written(self, report: Report, request: Request) -> None:
        context, path, rows = self.context, report.path, sum(report.sheets.values())
        context.attempt(
            lambda: reports.exported(context.workspace, path.name, marking=request.marking, rows=rows)
        )
        words = ngettext("{file} was written: {count} row.", "{file} was written: {count} rows.", rows)
        self.written(path, [words.format(file=path.name, count=rows), *report.told])
