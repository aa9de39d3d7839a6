"""Move an agreed date: to when, why, and who agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.i18n import N_, _, format_date
from desktop.model import Extension, FollowUp, Invalid, Recommendation, field
from desktop.model.dates import Date
from desktop.model.kinds import Text
from desktop.service import extensions, records
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.editors import SHOWN_MARGINS, shown_text
from desktop.ui.record.slips import slips
from desktop.ui.subjects import SubjectLine
from desktop.ui.widgets.pickline import PickLine

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def move_date(window: MainWindow) -> None:
    """Open the dialog for the record that is selected, else for one to be chosen."""
    chosen = window.selected()
    open_dialog(window, MoveDateDialog, chosen[0] if len(chosen) == 1 else None)


class MoveDateDialog(Dialog):
    """The due date of a follow-up, the target of a recommendation."""

    title, verb = N_("Move the date"), N_("Move it")
    usual = (540, 0)

    def build(self) -> None:
        self._record: Any = None
        self.main = self.add_fields()
        self.line: PickLine = SubjectLine(self.context.workspace, (FollowUp, Recommendation))
        self.main.row(_("Record"), self.line)
        self.line.picked.connect(self._on_record)
        self.line.editingFinished.connect(self._on_record)
        self.now = shown_text()
        self.now.setProperty("muted", True)
        self.now.setContentsMargins(*SHOWN_MARGINS)
        self.main.row(_("So far"), self.now)
        to = Date(N_("New date"), required=True)
        to.name = "to_on"
        self.main.add(to)
        reason = Text(N_("Reason"), required=True)
        reason.name = "reason"
        self.main.add(reason)
        self.main.add(field(Extension, "agreed_by"))

    def take(self, record: Any) -> None:
        """Move this record's date, unless something is typed about another one."""
        if extensions.movable(record) and not self.typed():
            self.line.set_record(record)
            self._on_record()
        (self.line if self._record is None else self.main.at("to_on")).setFocus()

    def _on_record(self) -> None:
        self._record = self.line.record()
        self.now.setText(slips(self._record) if self._record is not None else "")

    def act(self) -> Any:
        self._on_record()
        if self._record is None:
            self.line.setFocus()
            raise Invalid(_("Choose the record whose date is moved."))
        values, name = self.main.values(), extensions.movable(self._record)
        try:
            records.change(
                self.context.workspace,
                self._record,
                {name: values["to_on"]},
                reason=values["reason"],
                agreed_by=values["agreed_by"],
            )
        except Invalid as error:
            raise Invalid(str(error), "to_on" if error.field == name else error.field) from error
        return values["to_on"]

    def done_with(self, result: str) -> None:
        words = _("{record} is due on {day} now.").format(record=self._record.ref, day=format_date(result))
        self.context.said.emit(words, [])

    def draft_words(self) -> str:
        return _("The date is not moved yet; what you typed is kept.")
