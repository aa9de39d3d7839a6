"""A meeting with its due dates, or a follow-up, as a file that calendars take in; in a language, for an audience."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.export import calendar, mail
from desktop.export.documents.saving import suggested_name
from desktop.export.errors import ExportError
from desktop.export.report import marking_of
from desktop.i18n import LANGUAGES, N_, _, language, speaking
from desktop.model import FollowUp, Invalid, Meeting
from desktop.service import reports
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.dialogs.writing import WritingDialog
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def write_calendar(window: MainWindow, record: Any = None) -> None:
    """Ask for whom the meeting or the follow-up that is given or selected is put into a calendar."""
    chosen = record or next(each for each in window.selected() if isinstance(each, Meeting | FollowUp))
    # What cannot be put into any calendar is told before anything is asked.
    made = window.context.attempt(lambda: content_of(window.context.workspace, chosen, language()))
    if made is not None:
        open_dialog(window, CalendarDialog, chosen)


def content_of(workspace: Any, record: Any, spoken: str, **more: str) -> bytes:
    """The calendar of a meeting with what came of it, or of a follow-up."""
    if isinstance(record, Meeting):
        return calendar.meeting_calendar(workspace, record, language=spoken, **more)
    return calendar.due_dates(workspace, [record], language=spoken, **more)


class CalendarDialog(WritingDialog):
    """Of the record that `take` names."""

    title, verb = N_("Calendar entry"), N_("Save")
    record: Any = None

    def build_form(self) -> None:
        fields = self.main = self.add_fields(columns=2)
        self.reader = Combo()
        for code, name in LANGUAGES.items():
            self.reader.addItem(name, code)
        self.reader.setCurrentIndex(self.reader.findData(language()))
        self.add_audience(fields)
        fields.row(_("Language"), self.reader)
        self.add_file(fields, _("Calendar files"), calendar.SUFFIX)

    def take(self, record: Any) -> None:
        """Of this meeting or follow-up."""
        if self._running.going():
            return
        self.record = record
        self.setWindowTitle(_("Calendar entry of {record}").format(record=record.ref))
        self.suggest(suggested_name("Calendar", record.ref, suffix=calendar.SUFFIX))
        self.on_audience()
        self.act_button.setFocus()  # most often everything is right as it stands

    def about(self) -> tuple[Any, Any]:
        return self.record, None

    def start(self, path: Path) -> None:
        workspace, audience = self.context.workspace, self.audience.audience()
        entity = type(self.record)
        try:
            record = entity.get_or_none(entity.id == self.record.id)
            if record is None:
                raise ExportError(_("{record} was deleted meanwhile.").format(record=self.record.ref))
            made = content_of(workspace, record, self.reader.currentData(), audience=audience)
        except (ExportError, Invalid) as error:
            self.messages.show_message(str(error), "error")
            return
        self.audience.remember()

        with speaking(self.reader.currentData()):
            noted = {"marking": marking_of(workspace, "", audience), "audience": audience}

        def done(saved: Path) -> None:
            self.context.attempt(lambda: reports.exported(workspace, saved.name, **noted))
            self.written(saved, [_("{file} was written.").format(file=saved.name)])

        # Whether it may be replaced was asked before.
        self.write(path, lambda: mail.save(made, path, replace=True), done)
