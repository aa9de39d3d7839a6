"""Log a meeting: when and with whom, what was still open, what was said and decided, and who owes what to whom now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, _, format_number, ngettext
from desktop.model import FollowUp, Initiative, Invalid, Meeting, Recommendation, Series, field
from desktop.service import meetings, series
from desktop.ui import theme
from desktop.ui.dialogs.attendees import Attendees
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.dialogs.enrol import enrol
from desktop.ui.dialogs.promises import Promises
from desktop.ui.dialogs.stillopen import StillOpen
from desktop.ui.editors import EditorWidget
from desktop.ui.fields import text_of
from desktop.ui.subjects import SubjectsEdit
from desktop.ui.widgets.heading import Heading

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def log_meeting(window: MainWindow) -> None:
    """Open the dialog; a recommendation or initiative that is selected is what the meeting discussed."""
    open_dialog(window, MeetingDialog, window.selected())


class MeetingDialog(Dialog):
    """Above the meeting and who came, then what was said, below what follows from it; F6 goes from part to part."""

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
        self.still_open = StillOpen(self.context)
        self.column.addWidget(self.still_open)
        self._build_words()
        self.column.addWidget(Heading(_("What follows from it"), 3))
        self.promises = Promises(self.context)
        self.column.addWidget(self.promises)
        for rows in (self.attendees, self.promises):
            rows.grown.connect(self.fit_soon)
        self.still_open.grown.connect(self.fit_soon)
        self.attendees.finished.connect(self._after_attendees)
        self.promises.finished.connect(lambda: self.act_button.setFocus())
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._show_open)
        self.context.stopping.connect(self._asking.stop)
        self.main.edited.connect(self._asking.start)
        officer = self.context.workspace.officer
        if officer is not None:
            # Only now: the rows of a widget that stands nowhere yet do not keep their order for Tab.
            self.attendees.propose(officer)
        self._on_state()
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._go_on(step))

    def _parts(self) -> list[tuple[tuple[QWidget, ...], QWidget]]:
        """The parts of the dialog, each with where typing begins in it."""
        words = self.words.at("decisions" if self._held() else "agenda")
        parts: list[tuple[tuple[QWidget, ...], QWidget]] = [
            ((self.main,), self.main.at("title")),
            ((self.attendees,), self.attendees.last()),
            ((self.words, self.minutes), words),
            ((self.promises,), self.promises.last()),
        ]
        left = self.still_open.first()
        return parts if left is None else [*parts[:2], ((self.still_open,), left), *parts[2:]]

    def _go_on(self, step: int) -> None:
        """To the next part, or to the one before."""
        parts, focus = self._parts(), self.focusWidget()
        within = (place for place, (of, _start) in enumerate(parts) if any(p.isAncestorOf(focus) for p in of))
        here = next(within, -1) if focus is not None else -1
        parts[(here + step) % len(parts)][1].setFocus(Qt.FocusReason.TabFocusReason)

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
        fields.add(field(Meeting, "fold"))
        fields.ask("fold", False)
        fields.add(field(Meeting, "series"))
        fields.ask("series", Series.select().exists())
        fields.at("on").committed.connect(self._on_day)
        fields.at("state").edited.connect(self._on_state)
        fields.at("series").committed.connect(self._on_series)
        left.addStretch(1)
        above.addLayout(left, 5)
        self.main = fields

    def _build_words(self) -> None:
        beside = QHBoxLayout(spacing=theme.WIDE)
        left, right = QVBoxLayout(), QVBoxLayout()
        self.words = self.add_fields(into=left)
        for name in ("purpose", "agenda", "decisions"):
            self.words.add(field(Meeting, name))
        for name in ("agenda", "decisions"):
            self.words.at(name).input.setPlaceholderText(_("One a line"))
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
        self._on_state()

    def _held(self) -> bool:
        return bool(self.main.at("state").value() != "planned")

    def _on_state(self) -> None:
        """A meeting ahead has an agenda, one that was held decisions; what is typed already stays."""
        for name, asked in (("agenda", not self._held()), ("decisions", self._held())):
            self.words.ask(name, asked or bool(text_of(self.words.at(name)).strip()))
        self._asking.start()
        self.fit_soon()

    def _on_series(self) -> None:
        """Fill in what a meeting of the series begins with, where nobody has typed anything."""
        chosen = self.main.at("series").value()
        if chosen is not None:
            for name, value in series.values(self.context.workspace, Series.get_by_id(chosen)).items():
                if name != "series" and self.main.has(name) and value and self.main.untouched(name):
                    self.main.give(name, value)
            self._asking.start()

    def _show_open(self) -> None:
        """Show what is still open with the counterparts that are chosen now."""
        try:
            counterparts, on = self.main.at("counterparts").value(), self.main.at("on").value()
        except Invalid:
            return  # half typed
        self.still_open.show_open(counterparts, on or "", held=self._held())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What was left as a draft comes back to a workspace in which things went on.
        if not event.spontaneous():
            self.context.safely(self.still_open.read_again)

    def _after_attendees(self) -> None:
        """There are no more attendees: on to what was open, or to the words."""
        (self.still_open.first() or self.words.at("purpose")).setFocus()

    def take(self, selected: list[Any]) -> None:
        """Begin with what is selected in the window, unless something is typed already."""
        if not self.typed():
            about = (each for each in selected if isinstance(each, Recommendation | Initiative))
            self.discussed.set_records(about)

    def typed(self) -> bool:
        return super().typed() or self.attendees.touched() or bool(self.promises.rows())

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
        if isinstance(error, Invalid) and error.field == "fold":
            self.main.ask("fold", True)
            self.fit_soon()
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
        values = {**self.main.values(), **self.words.values(), **self.minutes.values(), **self._of_series()}
        if values["zone"] == "" and values["starts"]:
            raise Invalid(_("A meeting with a time needs its time zone."), "zone")
        about = self.discussed.records()
        served = [each for each in about if isinstance(each, Recommendation | Initiative)]
        # With several, nobody but the officer knows which of them each follow-up serves.
        serves = served if len(served) == 1 else []
        return meetings.log_meeting(
            workspace,
            {**values, "country": self._country(values)},
            self.attendees.attendees(),
            [{**row.values(), "serves": serves} for row in self.promises.rows()],
            about,
            self.still_open.chosen(),
        )

    def _of_series(self) -> dict[str, Any]:
        """What a meeting has from its series and is not asked here."""
        chosen = self.main.at("series").value()
        return {"sectors": Series.sectors.read(chosen)} if chosen is not None else {}

    def _country(self, values: dict[str, Any]) -> str:
        """Where it was: the one country that it is about, if there is one."""
        countries = values["countries"]
        return next(iter(countries)) if len(countries) == 1 else ""

    def done_with(self, result: Meeting) -> None:
        window, context, more = self.parent(), self.context, []
        unknown = len(meetings.typed_only(result))
        told = _("{record} was logged.").format(record=result.ref)
        if unknown:
            words = ngettext(
                "{count} person is not in the directory.", "{count} people are not in the directory.", unknown
            )
            told = f"{told} {words.format(count=format_number(unknown))}"
            adds = ngettext("Add them…", "Add them…", unknown)
            more.append((adds, lambda: enrol(context, window, result)))
        sideless = len(meetings.without_side(result))
        if sideless:
            words = ngettext(
                "{count} organisation has no side yet.", "{count} organisations have no side yet.", sideless
            )
            told = f"{told} {words.format(count=format_number(sideless))}"
            if not unknown:  # the dialog that asks for people asks for them too
                more.append((_("Complete…"), lambda: enrol(context, window, result)))
        self.context.said.emit(
            told,
            [(_("Show"), lambda: self.context.record_requested.emit(result)), *more],
        )

    def draft_words(self) -> str:
        return _("The meeting is not logged yet; what you typed is kept.")
