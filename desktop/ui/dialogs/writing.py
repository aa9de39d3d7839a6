"""What the dialogs that write a file share: its place, the worker that writes it, and what is told of it then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar
from shiboken6 import isValid

from desktop import settings as settings_file
from desktop.export.errors import Cancelled, ExportError, WouldReplace
from desktop.export.report import marking_of
from desktop.i18n import LANGUAGES, N_, _, language, why
from desktop.model import FrozenReport, field
from desktop.model.kinds import Text
from desktop.model.scales import VISIBILITY
from desktop.model.visibility import INTERNAL
from desktop.ui import verbs
from desktop.ui.apart import while_there
from desktop.ui.dialogs.audience import AudienceChoice
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.dialogs.pathedits import FileEdit
from desktop.ui.dialogs.running import Running
from desktop.ui.fields import Fields
from desktop.ui.freepath import free_path
from desktop.ui.visibility.others import OthersLine
from desktop.ui.widgets.combo import Combo


class WritingDialog(Dialog):
    """The file is written on a worker thread; the dialog stays until it is done, or cancelled."""

    usual = (620, 0)
    working = N_("Progress of the export")
    """What the bar is called."""
    replaces_on_second_press = True
    """Whether a file that stands there may go once it was said; else `would_replace` asks when that is known."""

    def build(self) -> None:
        self._running = Running(self)
        self._running.told.connect(self._on_progress)
        self.context.stopping.connect(self._running.cancel)
        self._may_replace = ""
        self.build_form()
        self.bar = QProgressBar(visible=False, textVisible=False)
        self.bar.setAccessibleName(_(self.working))
        self.column.addWidget(self.bar)

    def build_form(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def start(self, path: Path) -> None:
        """Begin to write, by `write`."""
        raise NotImplementedError

    # ---- building

    def add_reader(self, fields: Fields) -> None:
        """Ask for the reader's language and the marking."""
        self.language = Combo()
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(language()))
        marking = Text(N_("Marking"), required=True, help=N_("Stands on each sheet and each printed page."))
        marking.name = "marking"
        facts = self.context.workspace.facts
        fields.put_beside(_("Language"), self.language)
        fields.add(
            marking, marking_of(self.context.workspace, facts.marking or self.context.settings.last_marking)
        )

    def add_file(self, fields: Fields, kind: str, suffix: str) -> None:
        """Ask where to write; `kind` is what the system's dialog calls such files."""
        self.file = FileEdit(kind, suffix)
        self.file.line.textEdited.connect(lambda _text: self._file_problem(""))
        self.file.chosen.connect(self._on_chosen)
        fields.row(_("File"), self.file)
        self._told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self._told.setProperty("problem", True)
        self.column.addWidget(self._told)

    def add_audience(self, fields: Fields) -> None:
        """Ask who will read it; what they do not get is told under the form."""
        self.audience = AudienceChoice(self.context)
        fields.row(field(FrozenReport, "audience").title, self.audience)
        self.others = OthersLine(self.context)
        self.others.counted.connect(self.fit_soon)
        self.column.addWidget(self.others)
        self.audience.changed.connect(self.on_audience)

    def about(self) -> tuple[Any, Any]:
        """The record, or the query, of which others may not get everything; without either it is of all there is."""
        return None, None

    def on_audience(self) -> None:
        """Say what those do not get for whom it is, and how it is marked for them, unless somebody has said that."""
        self.others.tell(self.audience.audience(), *self.about())
        if self.main.has("marking") and self.main.untouched("marking"):
            self.main.give("marking", self._usual_marking())

    def _usual_marking(self) -> str:
        workspace, audience = self.context.workspace, self.audience.audience()
        own = self.context.settings.last_marking if audience == INTERNAL else ""
        return marking_of(workspace, workspace.facts.marking or own, audience)

    def asked_marking(self) -> str:
        """What was typed, remembered where it is the post's own; usual words are said in the reader's language."""
        audience, typed = self.audience.audience(), str(self.main.values()["marking"])
        if audience == INTERNAL:
            self.context.settings.last_marking = typed
        usual = typed == _(VISIBILITY[audience]) and not self.context.workspace.facts.marking
        return "" if usual else typed

    def suggest(self, name: str) -> None:
        """Propose a name for the file, where the last export went, unless one was typed or chosen."""
        if self.file.typed:
            return
        settings = self.context.settings
        folder = Path(settings.export_folder) if settings.export_folder else self.context.places.documents
        self.file.suggest(free_path(folder / name))

    def typed(self) -> bool:
        return False

    # ---- the file

    def _on_chosen(self, path: str) -> None:
        # The system's dialog has asked already whether to replace what stands there.
        self._may_replace = path
        self._file_problem("")

    def _file_problem(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))
        if sentence:
            self.file.setFocus()

    def _path(self) -> Path | None:
        """Where to write; None after it was told what is wrong with it."""
        text = self.file.line.text().strip()
        if not text:
            self._file_problem(_("Give the file a name."))
            return None
        path = Path(text).expanduser()
        if not path.is_absolute():
            path = self.context.places.documents / path
        path = self.file.suffixed(path)
        if self.replaces_on_second_press and path.exists() and str(path) != self._may_replace:
            self._may_replace = str(path)
            self._file_problem(
                _("{file} exists already. Press “{verb}” once more to replace it.").format(
                    file=path.name, verb=_(self.verb)
                )
            )
            return None
        return path

    # ---- writing

    def act(self) -> None:
        raise NotImplementedError  # `accept` starts the worker instead

    def accept(self) -> None:
        """Start writing, if nothing is wrong."""
        wrong = next((each for each in (fields.wrong() for fields in self.fields) if each is not None), None)
        if wrong is not None:
            wrong.setFocus()
            return
        path = self._path()
        if path is not None and not self._running.going():
            self.start(path)

    def write(self, path: Path, writer: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Run `writer`, which may raise `ExportError`, on a worker; then `done` with what it returns."""
        self.form.setEnabled(False)
        self.act_button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._running.start()

        def slow() -> Any:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                return writer()
            except ExportError as error:
                return error
            except OSError as error:
                return ExportError(
                    _("The folder {folder} cannot be made: {why}.").format(folder=path.parent, why=why(error))
                )

        def finished(result: Any) -> None:
            if not isValid(self):  # the window was taken down
                return
            if isinstance(result, WouldReplace):
                self.would_replace(path, result)
            elif isinstance(result, ExportError):
                self._failed("" if isinstance(result, Cancelled) else str(result))
            else:
                done(result)

        self.context.work(slow, finished, while_there(self, self._failed))

    def written(self, path: Path, sentences: list[str]) -> None:
        """Close, say what was written, and offer to open it."""
        settings_file.save(self.context.settings)
        self._running.stop()
        self.finish()
        self.context.said.emit(
            " ".join(sentences),
            [
                (_("Open file"), lambda: verbs.open_path(path)),
                (_("Show in folder"), lambda: verbs.show_in_folder(path)),
            ],
        )

    def _on_progress(self, done: int, all_rows: int) -> None:
        self.bar.setRange(0, all_rows)
        self.bar.setValue(done)

    def would_replace(self, path: Path, refused: WouldReplace) -> None:
        """A file stands there that nobody said may go."""
        self._failed(str(refused))

    def _failed(self, sentence: str) -> None:
        """Nothing was written: say why, and let the officer go on."""
        self._running.stop()
        self.form.setEnabled(True)
        self.act_button.setEnabled(True)
        self.bar.hide()
        if sentence:
            self.messages.show_message(sentence, "error")
        if self.isHidden():
            if sentence:
                self.context.problem.emit(sentence)
            self.discard()

    def going(self) -> bool:
        """Whether a file is being written that is still wanted."""
        return self._running.going() and not self._running.stopped()

    def discard(self) -> None:
        if self._running.going():
            self._running.cancel()
            self.hide()  # goes once the worker has heard of it
            return
        super().discard()

    def reject(self) -> None:
        if self._running.going():
            self._running.cancel()
            return
        super().reject()
