"""Close a follow-up: what came of it, or why it is cancelled; what proves it, and who has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.i18n import N_, _
from desktop.model import FollowUp, Invalid, Update, field
from desktop.model.kinds import Choice
from desktop.service import follow_ups
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.ending import EndingFields
from desktop.ui.subjects import SubjectLine
from desktop.ui.widgets.pickline import PickLine

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

HOW = {"done": N_("Done"), "cancelled": N_("Cancelled")}


def close(window: MainWindow) -> None:
    """Open the dialog for the follow-up that is selected, else for one to be chosen."""
    chosen = window.selected()
    open_dialog(window, CloseDialog, chosen[0] if len(chosen) == 1 else None)


class CloseDialog(Dialog):
    """Begins in the outcome: the words and Ctrl+Enter are enough, where no evidence is needed."""

    title, verb = N_("Close a follow-up"), N_("Close it")
    usual = (600, 0)

    def build(self) -> None:
        self._record: Any = None
        top = self.add_fields()
        self.line: PickLine = SubjectLine(self.context.workspace, (FollowUp,))
        top.row(_("Record"), self.line)
        self.line.picked.connect(self._on_record)
        self.line.editingFinished.connect(self._on_record)
        how = Choice(N_("As"), HOW, default="done")
        how.name = "status"
        self.how = top.add(how, "done")
        for told in (self.how.edited, self.how.committed):
            told.connect(self._ask)
        rest = self.add_fields()
        self.ending = EndingFields(rest)
        last = self.add_fields()
        self.on = last.add(field(Update, "on"), self.context.workspace.today())

    def take(self, record: Any) -> None:
        """Close this one, unless something is typed about another one."""
        if isinstance(record, FollowUp) and not self.typed():
            self.line.set_record(record)
            self._on_record()
        if self._record is None:
            self.line.setFocus()
        else:
            self.ending.fields.at("outcome").setFocus()

    def typed(self) -> bool:
        return super().typed() or self.ending.file.path is not None

    def _on_record(self) -> None:
        record = self.line.record()
        if record is self._record or (record and self._record and record.id == self._record.id):
            return
        self._record = record
        self.ending.show(record)
        self._ask()

    def _ask(self) -> None:
        self.ending.ask(self._record, self.how.value(), always=True)
        self.fit_soon()

    def act(self) -> Update:
        self._on_record()
        if self._record is None:
            self.line.setFocus()
            raise Invalid(_("Choose the follow-up that is to be closed."))
        told = self.ending.ending()
        return follow_ups.close(
            self.context.workspace,
            self._record,
            outcome=told.outcome,
            on=self.on.value(),
            evidence_link=told.evidence_link,
            evidence_meeting=told.evidence_meeting,
            evidence_file=told.evidence_file,
            verified_by=told.verified_by,
            cancelled=self.how.value() == "cancelled",
        )

    def blame(self, error: Exception) -> None:
        if not (isinstance(error, Invalid) and self.ending.blame(error)):
            super().blame(error)
        self.fit_soon()

    def done_with(self, result: Update) -> None:
        record, done = self._record, result.status_to in FollowUp.course.done
        words = _("{record} is done.") if done else _("{record} is cancelled.")
        self.context.said.emit(
            words.format(record=record.ref),
            [(_("Show"), lambda: self.context.record_requested.emit(record))],
        )

    def draft_words(self) -> str:
        return _("The follow-up is not closed yet; what you typed is kept.")
