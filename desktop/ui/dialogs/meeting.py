"""Log a meeting: when and with whom, what was said and decided, who came, and what somebody now owes to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n import N_, _
from desktop.model import FollowUp, Initiative, Invalid, Meeting, Recommendation, field
from desktop.service import meetings
from desktop.ui import theme
from desktop.ui.dialogs.attendees import Attendees
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.dialogs.promises import Promises
from desktop.ui.editors import EditorWidget
from desktop.ui.subjects import SubjectsEdit
from desktop.ui.widgets.heading import Heading

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def log_meeting(window: MainWindow) -> None:
    """Open the dialog; a recommendation or initiative that is selected is what the meeting discussed."""
    open_dialog(window, MeetingDialog, window.selected())


class MeetingDialog(Dialog):
    """Above the meeting and who came, then what was said, below what follows from it."""

    title, verb = N_("Log a meeting"), N_("Log meeting")
    usual = (1120, 0)

    def build(self) -> None:
        above = QHBoxLayout(spacing=theme.WIDE)
        self._build_facts(above)
        right = QVBoxLayout(spacing=theme.SMALL)
        right.addWidget(Heading(_("Who came"), 3))
        self.attendees = Attendees(self.context)
        right.addWidget(self.attendees)
        right.addStretch(1)
        above.addLayout(right, 6)
        self.column.addLayout(above)
        self._build_words()
        self.column.addWidget(Heading(_("What follows from it"), 3))
        self.promises = Promises(self.context)
        self.column.addWidget(self.promises)
        for rows in (self.attendees, self.promises):
            rows.grown.connect(self.fit_soon)
        self.attendees.finished.connect(self.words.at("purpose").setFocus)
        self.promises.finished.connect(lambda: self.act_button.setFocus())

    def _build_facts(self, above: QHBoxLayout) -> None:
        workspace = self.context.workspace
        left = QVBoxLayout()
        fields = self.add_fields(columns=2, into=left)
        fields.add(field(Meeting, "title"), title=_("Title"))
        fields.add(field(Meeting, "on"), workspace.today(), narrow=True)
        fields.add(field(Meeting, "kind"), "bilateral", beside=True)
        fields.add(field(Meeting, "starts"), narrow=True)
        fields.add(field(Meeting, "ends"), beside=True)
        fields.add(field(Meeting, "counterparts"))
        fields.add(field(Meeting, "place"), narrow=True)
        fields.add(field(Meeting, "countries"), frozenset(workspace.facts.accreditations[:1]), beside=True)
        fields.add(field(Meeting, "zone"), workspace.facts.zone, narrow=True)
        fields.add(field(Meeting, "state"), "held", beside=True)
        fields.at("on").committed.connect(self._on_day)
        left.addStretch(1)
        above.addLayout(left, 5)
        self.main = fields

    def _build_words(self) -> None:
        beside = QHBoxLayout(spacing=theme.WIDE)
        left, right = QVBoxLayout(), QVBoxLayout()
        self.words = self.add_fields(into=left)
        for name in ("purpose", "decisions"):
            self.words.add(field(Meeting, name))
        self.minutes = self.add_fields(into=right)
        self.minutes.aligned = False
        self.minutes.add(field(Meeting, "minutes"))
        self.discussed = SubjectsEdit(self.context.workspace, (Recommendation, Initiative, FollowUp))
        self.discussed.set_placeholder(_("Recommendations, initiatives, follow-ups"))
        self.minutes.row(_("Discussed"), self.discussed)
        for half in (left, right):
            half.addStretch(1)
        beside.addLayout(left, 5)
        beside.addLayout(right, 6)
        self.column.addLayout(beside)

    def _on_day(self) -> None:
        """A meeting on a day to come is planned."""
        day = self.main.at("on").value()
        if day:
            self.main.give("state", "planned" if day > self.context.workspace.today() else "held")

    def take(self, selected: list[Any]) -> None:
        """Begin with what is selected in the window, unless something is typed already."""
        if not self.typed():
            about = (each for each in selected if isinstance(each, Recommendation | Initiative))
            self.discussed.set_records(about)

    def typed(self) -> bool:
        return super().typed() or bool(self.attendees.rows() or self.promises.rows())

    def accept(self) -> None:
        wrong = [row.wrong() for row in self.promises.rows()]
        wrong += [row.organisation for row in self.attendees.rows() if not row.organisation.check()]
        first = next((each for each in wrong if each is not None), None)
        if first is not None:
            self.messages.dismiss()
            self.go_to(first)
            return
        super().accept()

    def blame(self, error: Exception) -> None:
        due = self._due_too_early() if isinstance(error, Invalid) and error.field == "due_on" else None
        if due is None:
            super().blame(error)
        else:
            due.show_problem(str(error))
            self.go_to(due)

    def _due_too_early(self) -> EditorWidget | None:
        """The first date of a follow-up that lies before the day on which it is raised."""
        today = self.context.workspace.today()
        day = self.main.at("on").value()
        raised = min(day, today) if len(day) == 10 else today
        dates = (row.editors["due_on"] for row in self.promises.rows())
        return next((each for each in dates if each.value() and each.value() < raised), None)

    def act(self) -> Meeting:
        workspace = self.context.workspace
        values = {**self.main.values(), **self.words.values(), **self.minutes.values()}
        if values["zone"] == "" and values["starts"]:
            raise Invalid(_("A meeting with a time needs its time zone."), "zone")
        about = self.discussed.records()
        served = [each for each in about if isinstance(each, Recommendation | Initiative)]
        # With several, nobody but the officer knows which of them each follow-up serves.
        serves = served if len(served) == 1 else []
        return meetings.log_meeting(
            workspace,
            {**values, "country": self._country(values)},
            [row.attendee() for row in self.attendees.rows()],
            [{**row.values(), "serves": serves} for row in self.promises.rows()],
            about,
        )

    def _country(self, values: dict[str, Any]) -> str:
        """Where it was: the one country that it is about, if there is one."""
        countries = values["countries"]
        return next(iter(countries)) if len(countries) == 1 else ""

    def done_with(self, result: Meeting) -> None:
        self.context.said.emit(
            _("{record} was logged.").format(record=result.ref),
            [(_("Show"), lambda: self.context.record_requested.emit(result))],
        )

    def draft_words(self) -> str:
        return _("The meeting is not logged yet; what you typed is kept.")
