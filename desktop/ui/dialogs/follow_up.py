"""Add a follow-up: what is promised, by whom to whom, by when, and what it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.i18n import N_, _
from desktop.model import FollowUp, Initiative, Meeting, Recommendation, field
from desktop.service import follow_ups
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.subjects import SubjectsEdit

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def add_follow_up(window: MainWindow) -> None:
    """Open the dialog; what is selected is what the follow-up serves, or the meeting that it comes from."""
    open_dialog(window, FollowUpDialog, window.selected())


class FollowUpDialog(Dialog):
    """Without anybody named, we owe it; without an owner it is the officer's who writes it down."""

    title, verb = N_("Add a follow-up"), N_("Add follow-up")
    usual = (680, 0)

    def build(self) -> None:
        workspace = self.context.workspace
        officer, host = workspace.officer, frozenset(workspace.facts.accreditations[:1])
        fields = self.add_fields(columns=2)
        fields.add(field(FollowUp, "title"), title=_("What is to be done"))
        fields.add(field(FollowUp, "owed_by"), narrow=True).input.setPlaceholderText(_("us"))
        fields.add(field(FollowUp, "owed_to"), beside=True)
        fields.add(field(FollowUp, "due_on"), narrow=True)
        fields.add(field(FollowUp, "priority"), "medium", beside=True)
        fields.add(field(FollowUp, "owner"), officer.id if officer else None, narrow=True)
        fields.add(field(FollowUp, "countries"), host, beside=True)
        self.serves = SubjectsEdit(workspace, (Recommendation, Initiative))
        fields.row(_("Serves"), self.serves)
        self.serves.set_placeholder(_("Recommendations and initiatives"))
        fields.add(field(FollowUp, "meeting"))
        fields.add(field(FollowUp, "detail"))
        self.main = fields

    def take(self, selected: list[Any]) -> None:
        """Begin with what is selected in the window, unless something is typed already."""
        if self.typed():
            return
        self.serves.set_records(each for each in selected if isinstance(each, Recommendation | Initiative))
        meeting = next((each for each in selected if isinstance(each, Meeting)), None)
        if meeting is not None:
            self.main.give("meeting", meeting.id)
            self.main.give("countries", field(Meeting, "countries").read(meeting.id))

    def act(self) -> FollowUp:
        return follow_ups.add(self.context.workspace, self.main.values(), self.serves.records())

    def done_with(self, result: FollowUp) -> None:
        self.context.said.emit(
            _("{record} was added.").format(record=result.ref),
            [(_("Show"), lambda: self.context.record_requested.emit(result))],
        )

    def draft_words(self) -> str:
        return _("The follow-up is not added yet; what you typed is kept.")
