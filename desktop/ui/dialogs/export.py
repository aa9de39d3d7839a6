"""Export: the whole status workbook or the list at hand, for a period, in a language, under a marking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
)

from desktop import settings as settings_file
from desktop.export.errors import Cancelled, ExportError
from desktop.export.report import SUFFIX, Report, Request, suggested_name
from desktop.export.report import export as write
from desktop.i18n import LANGUAGES, N_, _, language, ngettext, why
from desktop.model import Invalid
from desktop.model.dates import Date
from desktop.model.kinds import Text
from desktop.service import reports
from desktop.ui import theme, verbs
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.dialogs.pathedits import FileEdit
from desktop.ui.dialogs.running import Running
from desktop.ui.freepath import free_path
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def export(window: MainWindow) -> None:
    """Open the dialog; the page shown offers its list."""
    open_dialog(window, ExportDialog, window.ask("current_query"))


class ExportDialog(Dialog):
    """The file is written on a worker thread; the dialog stays until it is done, or cancelled."""

    title, verb = N_("Export"), N_("Export")
    usual = (620, 0)

    def build(self) -> None:
        self._query: Any = None
        self._running = Running(self)
        self._running.told.connect(self._on_progress)
        self._may_replace = ""
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
        self.bar = QProgressBar(visible=False, textVisible=False)
        self.bar.setAccessibleName(_("Progress of the export"))
        self.column.addWidget(self.bar)

    def _build_fields(self) -> None:
        context = self.context
        asked: dict[str, Date] = {
            "period_from": Date(N_("Period from"), help=N_("Reports and closures since then. Empty: all.")),
            "period_to": Date(N_("Period to"), help=N_("Empty: until the day of “as of”.")),
            "as_of": Date(N_("As of"), required=True, help=N_("The day by which things are overdue.")),
        }
        fields = self.add_fields(columns=2)
        for name, kind in asked.items():
            kind.name = name
        fields.add(asked["period_from"], narrow=True)
        fields.add(asked["period_to"], beside=True)
        fields.add(asked["as_of"], context.workspace.today(), narrow=True)
        fields.at("as_of").committed.connect(self._suggest)
        self.language = Combo()
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(language()))
        marking = Text(N_("Marking"), required=True, help=N_("Stands on each sheet and each printed page."))
        marking.name = "marking"
        facts = context.workspace.facts
        fields.put_beside(_("Language"), self.language)
        fields.add(marking, facts.marking or context.settings.last_marking or _("Internal"))
        self.file = FileEdit()
        self.file.line.textEdited.connect(lambda _text: self._file_problem(""))
        self.file.chosen.connect(self._on_chosen)
        fields.row(_("File"), self.file)
        self._told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self._told.setProperty("problem", True)
        self.column.addWidget(self._told)
        self.main = fields

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
        """A good name for the file, unless one was typed or chosen."""
        if self.file.typed:
            return
        settings, workspace = self.context.settings, self.context.workspace
        folder = Path(settings.export_folder) if settings.export_folder else self.context.places.documents
        try:
            as_of = self.main.at("as_of").value()
        except Invalid:
            return
        name = suggested_name(workspace, as_of)
        if self.list.isChecked() and self._query is not None:
            name = name.replace("Status", self._query.entity.__name__, 1)
        self.file.suggest(free_path(folder / name))

    def _on_chosen(self, path: str) -> None:
        # The system's dialog has asked already whether to replace what stands there.
        self._may_replace = path
        self._file_problem("")

    def typed(self) -> bool:
        return False

    def _file_problem(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))
        if sentence:
            self.file.setFocus()

    def act(self) -> None:
        raise NotImplementedError  # `accept` starts the worker instead

    def accept(self) -> None:
        """Start writing, if nothing is wrong."""
        wrong = self.main.wrong()
        if wrong is not None:
            wrong.setFocus()
            return
        path = self._path()
        if path is not None and not self._running.going():
            self._start(path)

    def _path(self) -> Path | None:
        """Where to write; None after it was told what is wrong with it."""
        text = self.file.line.text().strip()
        if not text:
            self._file_problem(_("Give the file a name."))
            return None
        path = Path(text).expanduser()
        if not path.is_absolute():
            path = self.context.places.documents / path
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        if path.exists() and str(path) != self._may_replace:
            self._may_replace = str(path)
            self._file_problem(
                _("{file} exists already. Press “{verb}” once more to replace it.").format(
                    file=path.name, verb=_(self.verb)
                )
            )
            return None
        return path

    def _start(self, path: Path) -> None:
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
        self.form.setEnabled(False)
        self.act_button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        running, workspace = self._running, context.workspace
        running.start()

        def slow() -> Report | ExportError:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                return write(workspace, request, path, running.progress)
            except ExportError as error:
                return error
            except OSError as error:
                return ExportError(
                    _("The folder {folder} cannot be made: {why}.").format(folder=path.parent, why=why(error))
                )

        context.work(slow, lambda result: self._on_written(result, request), self._failed)

    def _on_progress(self, done: int, all_rows: int) -> None:
        self.bar.setRange(0, all_rows)
        self.bar.setValue(done)

    def _on_written(self, result: Report | ExportError, request: Request) -> None:
        if isinstance(result, ExportError):
            self._failed("" if isinstance(result, Cancelled) else str(result))
            return
        context = self.context
        path, rows = result.path, sum(result.sheets.values())
        context.attempt(
            lambda: reports.exported(context.workspace, path.name, marking=request.marking, rows=rows)
        )
        settings_file.save(context.settings)
        words = ngettext("{file} was written: {count} row.", "{file} was written: {count} rows.", rows)
        sentences = [words.format(file=path.name, count=rows), *result.told]
        self._running.stop()
        self.finish()
        context.said.emit(
            " ".join(sentences),
            [
                (_("Open file"), lambda: verbs.open_path(path)),
                (_("Show in folder"), lambda: verbs.show_in_folder(path)),
            ],
        )

    def _failed(self, sentence: str) -> None:
        """Nothing was written: say why, and let the officer go on."""
        self._running.stop()
        self.form.setEnabled(True)
        self.act_button.setEnabled(True)
        self.bar.hide()
        if sentence:
            self.messages.show_message(sentence, "error")
        if self.isHidden():
            self.discard()

    def reject(self) -> None:
        if self._running.going():
            self._running.cancel()
            return
        super().reject()
