"""Report progress on a recommendation, an initiative or a follow-up: how it stands, what was done, what is next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import N_, _
from desktop.model import FollowUp, Initiative, Invalid, Recommendation, Update, field
from desktop.model.followed import Followed
from desktop.model.kinds import Choice
from desktop.model.scales import ASPECT
from desktop.service import progress
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.ending import EndingFields
from desktop.ui.fields import Fields, leaf
from desktop.ui.subjects import SubjectLine
from desktop.ui.widgets.pickline import PickLine

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def report_progress(window: MainWindow, record: Any = None) -> None:
    """Open the dialog for the record given, else for the one selected, else for one to be chosen."""
    chosen = window.selected()
    wanted = record or (chosen[0] if len(chosen) == 1 else None)
    open_dialog(window, ProgressDialog, wanted)


class ProgressDialog(Dialog):
    """The status offered is that of the record's own scale, as it stands."""

    title, verb = N_("Report progress"), N_("Report")
    usual = (640, 0)

    def build(self) -> None:
        top = self.add_fields()
        self.line: PickLine = SubjectLine(self.context.workspace, (FollowUp, Recommendation, Initiative))
        top.row(_("Record"), self.line)
        self.line.picked.connect(self._on_record)
        self.line.editingFinished.connect(self._on_record)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.status: Fields | None = None
        self._record: Any = None
        words = self.add_fields(columns=2)
        words.add(field(Update, "done"))
        words.add(field(Update, "next"))
        words.add(field(Update, "blocks"))
        kind = Choice(N_("As"), ASPECT, default="reported")
        kind.name = "aspect"
        aspect = words.add(kind, "reported", narrow=True)
        aspect.committed.connect(lambda: self._offer_status(keep=True))
        words.ask("aspect", False)
        words.add(field(Update, "on"), self.context.workspace.today(), narrow=True)
        self.words = words
        self.ending = EndingFields(self.add_fields())

    def take(self, record: Any) -> None:
        """Report on this record, unless something is typed about another one."""
        if isinstance(record, Followed) and not self.typed():
            self.line.set_record(record)
            self._on_record()
        if self._record is None:
            self.line.setFocus()
        elif self.status is not None:
            self.status.at("status").setFocus()

    def _on_record(self) -> None:
        """Offer the scale of the record that is chosen now."""
        record = self.line.record()
        if record is self._record or (record and self._record and record.id == self._record.id):
            return
        self._record = record
        self._offer_status()

    def _aspect(self) -> str:
        """Whose view it is; only recommendations know more than one."""
        several = isinstance(self._record, Recommendation)
        return str(self.words.at("aspect").value()) if several else "reported"

    def _offer_status(self, *, keep: bool = False) -> None:
        """What depends on the record: its status, and for recommendations whose view that is.

        `keep` what was chosen already, where it is on the scale.
        """
        chosen = ""
        if self.status is not None:
            chosen = self.status.at("status").value() if keep and self.status.typed() else ""
            self.fields.remove(self.status)
            self._place.removeWidget(self.status)
            self.status.deleteLater()
            self.status = None
        self.words.ask("aspect", isinstance(self._record, Recommendation))
        self._ask_ending()
        if self._record is None:
            return
        self.ending.show(self._record if isinstance(self._record, FollowUp) else None)
        entity = type(self._record)
        name = progress.status_field(entity, self._aspect())
        self.status = self.add_fields(columns=2, into=self._place)
        scale = field(entity, name)
        kind = Choice(scale.label, scale.scale, default=scale.default)
        kind.name = "status"
        self.status.add(kind, getattr(self._record, name), narrow=True)
        if chosen in scale.scale:
            self.status.at("status").set_value(chosen)
        self.status.edited.connect(self._ask_ending)
        self._ask_ending()
        self.fit()
        places = [self.line, leaf(self.status.at("status")), leaf(self.words.at("done"))]
        for before, after in pairwise(places):
            self.setTabOrder(before, after)

    def _ask_ending(self) -> None:
        """Outcome and evidence are asked where the status that is chosen ends a follow-up."""
        status = self.status.at("status").value() if self.status is not None else ""
        ended = isinstance(self._record, FollowUp) and status != self._record.status
        self.ending.ask(self._record if ended else None, status)
        self.fit_soon()

    def blame(self, error: Exception) -> None:
        if not (isinstance(error, Invalid) and self.ending.blame(error)):
            super().blame(error)
        self.fit_soon()

    def act(self) -> Update:
        self._on_record()
        if self._record is None:
            self.line.setFocus()
            raise Invalid(_("Choose the record on which you report."))
        values = {name: value for name, value in self.words.values().items() if name != "aspect"}
        status = self.status.at("status").value() if self.status else ""
        name = progress.status_field(type(self._record), self._aspect())
        same = status == getattr(self._record, name)
        return progress.report(
            self.context.workspace,
            self._record,
            status="" if same else status,
            aspect=self._aspect(),
            ending=self.ending.ending(),
            **values,
        )

    def done_with(self, result: Update) -> None:
        record = self._record
        self.context.said.emit(
            _("Progress on {record} is noted.").format(record=record.ref),
            [(_("Show"), lambda: self.context.record_requested.emit(record))],
        )

    def draft_words(self) -> str:
        return _("The progress is not noted yet; what you typed is kept.")
