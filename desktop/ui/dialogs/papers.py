"""The papers of a meeting: its brief, its minutes, an e-mail draft with these.

Nothing is sent from here. What is read of the records is read before the worker begins.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.export import mail
from desktop.export.documents import attached
from desktop.export.documents.brief import brief as brief_of
from desktop.export.documents.content import Document
from desktop.export.documents.minutes import check_held
from desktop.export.documents.minutes import minutes as minutes_of
from desktop.export.errors import ExportError
from desktop.export.request import Request
from desktop.i18n import N_, _, format_date, join_parts
from desktop.model import Meeting
from desktop.model.visibility import INTERNAL
from desktop.service import minutes_state, reports, versions
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.dialogs.document import KINDS, DocumentDialog
from desktop.ui.dialogs.writing import WritingDialog
from desktop.ui.pdf import print_pdf
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def write_brief(window: MainWindow, meeting: Any = None) -> None:
    """Ask how the brief of a meeting is to be written: of the one that is given or selected."""
    open_dialog(window, BriefDialog, meeting or _chosen(window, Meeting))


def write_minutes(window: MainWindow, meeting: Any = None) -> None:
    """Ask how the minutes of a meeting are to be written."""
    _open_minutes(window, MinutesDialog, meeting)


def mail_minutes(window: MainWindow, meeting: Any = None) -> None:
    """Ask how the minutes of a meeting are to be attached to an e-mail draft."""
    _open_minutes(window, MinutesMailDialog, meeting)


def _open_minutes(window: MainWindow, kind: type[Any], meeting: Any) -> None:
    meeting = meeting or _chosen(window, Meeting)
    try:
        check_held(meeting)
    except ExportError as error:
        window.context.problem.emit(str(error))
        return
    open_dialog(window, kind, meeting)


def _chosen(window: MainWindow, *kinds: type[Any]) -> Any:
    return next(each for each in window.selected() if isinstance(each, kinds))


def _fresh(meeting: Any) -> Any:
    """The meeting as it is now: while the dialog is open, one can go on working."""
    found = Meeting.get_or_none(Meeting.id == meeting.id)
    if found is None:
        raise ExportError(_("{meeting} was deleted meanwhile.").format(meeting=meeting.ref))
    return found


class BriefDialog(DocumentDialog):
    """Before a meeting."""

    title = N_("Meeting brief")
    meeting: Any = None

    def take(self, meeting: Any) -> None:
        """Of this meeting."""
        if self._running.going():
            return
        self.meeting = meeting
        self.setWindowTitle(_("Brief of {meeting}").format(meeting=meeting.ref))
        self.suggest(attached.brief_name(meeting, self.kind.currentData()))
        self.on_audience()
        self.act_button.setFocus()  # most often everything is right as it stands

    def about(self) -> tuple[Any, Any]:
        return self.meeting, None

    def composer(self, workspace: Any, request: Request) -> Callable[[], Document]:
        document = brief_of(workspace, _fresh(self.meeting), request)
        return lambda: document


class VersionBox(Combo):
    """Which minutes: the draft where it is one, else the final version or one of those before."""

    def show_meeting(self, workspace: Any, meeting: Any) -> None:
        """Offer those of a meeting."""
        self.clear()
        if meeting.state != "final":
            self.addItem(_("Draft"), None)
        for version in reversed(versions.versions(meeting)):
            day = format_date(workspace.local(version.made_at).date())
            words = minutes_state.in_words("final", version.number)
            self.addItem(join_parts(words, day), version.number)


class MinutesDialog(DocumentDialog):
    """After a meeting: the draft or one of the final versions."""

    title = N_("Minutes")
    meeting: Any = None

    def build_form(self) -> None:
        super().build_form()
        self.version = VersionBox()
        self.version.currentIndexChanged.connect(self._on_version)
        self.main.row(_("Version"), self.version, narrow=True)

    def take(self, meeting: Any) -> None:
        """Of this meeting."""
        if self._running.going():
            return
        self.meeting = meeting
        self.setWindowTitle(_("Minutes of {meeting}").format(meeting=meeting.ref))
        self.version.show_meeting(self.context.workspace, meeting)
        self.on_audience()
        self.act_button.setFocus()

    def about(self) -> tuple[Any, Any]:
        return self.meeting, None

    def on_audience(self) -> None:
        super().on_audience()
        own = self.audience.audience() == INTERNAL
        self.version.setEnabled(own)
        self.version.setToolTip(
            "" if own else _("Others get what they may see of the minutes, as they stand.")
        )
        self._on_version()

    def _number(self) -> int | None:
        """The version; others get none, as a version has everything."""
        number: int | None = self.version.currentData()
        return number if self.audience.audience() == INTERNAL else None

    def _on_version(self) -> None:
        if self.meeting is not None and self.version.count():
            audience, suffix = self.audience.audience(), self.kind.currentData()
            self.suggest(attached.minutes_name(self.meeting, suffix, self._number(), audience))

    def composer(self, workspace: Any, request: Request) -> Callable[[], Document]:
        document = minutes_of(workspace, _fresh(self.meeting), request, self._number())
        return lambda: document


class MinutesMailDialog(WritingDialog):
    """A draft to those who were present, which a mail program opens as not yet sent."""

    title, verb = N_("E-mail with the minutes"), N_("Save draft")
    meeting: Any = None

    def build_form(self) -> None:
        fields = self.main = self.add_fields(columns=2)
        self.kind = Combo()
        for suffix, words in KINDS.items():
            self.kind.addItem(_(words), suffix)
        self.add_audience(fields)
        fields.row(_("Attached as"), self.kind, narrow=True)
        self.add_reader(fields)
        self.add_file(fields, _("E-mail drafts"), mail.SUFFIX)
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setProperty("muted", True)
        self.column.addWidget(self.note)

    def take(self, meeting: Any) -> None:
        """With the minutes of this meeting."""
        if self._running.going():
            return
        self.meeting = meeting
        self.setWindowTitle(_("E-mail with the minutes of {meeting}").format(meeting=meeting.ref))
        nothing = _("Nothing is sent from here: a draft opens in your mail program, and you send it.")
        self.note.setText(" ".join([*mail.reached(meeting)[1], nothing]))
        self.on_audience()
        self.act_button.setFocus()

    def about(self) -> tuple[Any, Any]:
        return self.meeting, None

    def on_audience(self) -> None:
        super().on_audience()
        self.suggest(attached.minutes_name(self.meeting, mail.SUFFIX, audience=self.audience.audience()))

    def start(self, path: Path) -> None:
        context, suffix = self.context, self.kind.currentData()
        spoken, audience = self.language.currentData(), self.audience.audience()
        request = Request(language=spoken, marking=self.asked_marking(), audience=audience)
        try:
            meeting = _fresh(self.meeting)
            document = minutes_of(context.workspace, meeting, request)
        except ExportError as error:
            self.messages.show_message(str(error), "error")
            return
        self.audience.remember()

        def done(content: bytes) -> None:
            name = attached.minutes_name(meeting, suffix, audience=audience)
            try:
                marking = document.marking
                made, told = mail.minutes_mail(
                    context.workspace, meeting, content, name, spoken, audience, marking
                )
                saved = mail.save(made, path, replace=True)  # whether it may be replaced was asked before
            except ExportError as error:
                self._failed(str(error))
                return
            noted = {"marking": marking, "audience": audience}
            context.attempt(lambda: reports.exported(context.workspace, saved.name, **noted))
            self.written(saved, [_("{file} was written.").format(file=saved.name), *told])

        self.write(path, lambda: attached.content(document, suffix, printer=print_pdf), done)
