"""What is asked when a follow-up ends: its outcome; of one of high priority, what proves it and who has looked."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from desktop.i18n import _
from desktop.model import FollowUp, Invalid
from desktop.service import closing, evidence
from desktop.service.closing import Ending
from desktop.ui.context import Context
from desktop.ui.ending import EndingFields
from desktop.ui.fields import Fields, leaf
from desktop.ui.record.strip import Strip


class _Unmarked:
    """The access keys around it are the form's: its own fields have none."""

    def mark(self, text: str) -> str:
        return text.replace("&", "&&")


class ClosingStrip(Strip):
    """Stands under the status."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Save the new status"), _("Keep the old status"), parent)
        self._context = context
        fields = Fields(context, _Unmarked())
        for label in fields.findChildren(QLabel):
            label.setWordWrap(True)
        self.ending = EndingFields(fields)
        self.body.addWidget(fields)
        self._record: Any = None
        self._status = ""
        self.watch()

    def ask(self, record: FollowUp, status: str) -> None:
        """Ask about a follow-up that gets this status."""
        self._record, self._status = record, status
        if status in FollowUp.course.closed:
            words = _("It is cancelled. Say why.")
        elif evidence.needed(status, record.priority):
            words = _(
                "It is done, and of high priority. Say what came of it, and show it by a link, a meeting or a file."
            )
        else:
            words = _("It is done. Say what came of it.")
        self.begin(words)
        self.ending.ask(record, status)

    def fields(self) -> list[QWidget]:
        return [leaf(part) for part in self.ending.stops()]

    def problem_with(self) -> str:
        """As the service will see it; nothing is written yet."""
        try:
            told = self.ending.ending()
            given = told.values() | ({"evidence_link": "-"} if told.evidence_file is not None else {})
            closing.follows(self._record, self._status, given, self._context.workspace.today())
        except Invalid as error:
            return str(error)
        return ""

    def clear(self) -> None:
        self.ending.show(self._record)

    def typed(self) -> dict[str, Any]:
        """What was typed and can be kept, though it is no whole answer."""
        found = {}
        for name in self.ending.asked:
            with suppress(Invalid):
                found[name] = self.ending.fields.at(name).value()
        return {name: value for name, value in found.items() if value}

    def told(self) -> Ending:
        """The answer; raises `Invalid`."""
        return self.ending.ending()
