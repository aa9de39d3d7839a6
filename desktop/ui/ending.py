"""What is asked when a follow-up ends, in dialogs and in the record pane: outcome, evidence, who has looked."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from desktop.i18n import _
from desktop.model import FollowUp, Invalid, field
from desktop.service import closing, evidence
from desktop.service.closing import Ending
from desktop.ui.fields import Fields, leaf
from desktop.ui.widgets.filepick import FilePick

PROOF = ("evidence_link", "evidence_meeting")


class EndingFields:
    """Adds its rows to `fields`; they take no room until a status asks for them."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.asked: tuple[str, ...] = ()
        fields.add(field(FollowUp, "outcome"))
        for name in PROOF:
            fields.add(field(FollowUp, name))
        self.file = FilePick()
        fields.row(_("Evidence (file)"), self.file)
        self.file.button.setAccessibleName(_("Evidence (file)"))
        self._label = next(each for each in fields.findChildren(QLabel) if each.buddy() is leaf(self.file))
        fields.add(field(FollowUp, "verified_by"))
        self.ask(None, "")

    def ask(self, follow_up: Any, status: str, *, always: bool = False) -> None:
        """Ask what a follow-up needs to get this status; evidence only where it is needed, or `always`."""
        ended = isinstance(follow_up, FollowUp) and closing.ends(status)
        cancelled = status in FollowUp.course.closed
        proof = ended and (evidence.needed(status, follow_up.priority) or (always and not cancelled))
        self.asked = ("outcome",) * ended + (*PROOF, "verified_by") * proof
        for name in closing.FIELDS:
            self.fields.ask(name, name in self.asked)
        for part in (self._label, self.file):
            part.setVisible(proof)
        words = _("Why it is cancelled") if cancelled else _("What came of it")
        self.fields.at("outcome").input.setPlaceholderText(words)

    def show(self, follow_up: Any) -> None:
        """Begin with what is kept of a follow-up."""
        for name in closing.FIELDS:
            kind = field(FollowUp, name)
            value = follow_up.__data__.get(name) if follow_up is not None else kind.empty()
            self.fields.give(name, value)
        self.file.set_path(None)

    def ending(self) -> Ending:
        """What is told; raises `Invalid`."""
        values = {name: self.fields.at(name).value() for name in self.asked}
        return Ending(**values, evidence_file=self.file.path if self.asked[1:] else None)

    def blame(self, error: Invalid) -> bool:
        """Tell an error where it belongs; whether it is about these fields."""
        if error.field == "evidence_file" and self.file.isVisible():
            self.fields.at("evidence_link").show_problem(str(error))
            self.file.setFocus()
            return True
        return error.field in self.asked and self.fields.blame(error)

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        order = [self.fields.at(name).stops()[0] for name in ("outcome", *PROOF)]
        return [*order, *self.file.stops(), self.fields.at("verified_by").stops()[0]]
