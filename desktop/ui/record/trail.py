"""Where a follow-up comes from: its meeting, what it serves, and where that stands in the source; a click each."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, join_parts, ngettext
from desktop.model import FollowUp, Link, Meeting, Source
from desktop.model.anchored import Anchored
from desktop.service import links
from desktop.ui.context import Context
from desktop.ui.record.recordrow import RecordButton
from desktop.ui.record.summaries import Summary, summary

MOST = 2
"""What it serves and is shown here; the tab of links has all."""


class Trail(QWidget):
    """Hidden where there is nothing to show."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._rows = QVBoxLayout(self, spacing=0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(_("Where it comes from"))

    def show_record(self, record: Any) -> None:
        """Show where this follow-up comes from."""
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        if record.meeting_id is not None:
            self._add(Meeting.get_by_id(record.meeting_id), _("From meeting"))
        served = _served(record)
        for other in served[:MOST]:
            self._add(other, _("Serves"))
            if isinstance(other, Anchored) and other.source_id is not None:
                self._add_anchor(other)
        if len(served) > MOST:
            rest = len(served) - MOST
            words = ngettext("and {count} more under Links", "and {count} more under Links", rest)
            more = QLabel(words.format(count=format_number(rest)))
            more.setProperty("muted", True)
            self._rows.addWidget(more)
        self.setVisible(bool(self._rows.count()))

    def buttons(self) -> list[RecordButton]:
        """The steps, in order."""
        widgets = (self._rows.itemAt(place).widget() for place in range(self._rows.count()))
        return [widget for widget in widgets if isinstance(widget, RecordButton)]

    def _add(self, record: Any, lead: str) -> None:
        self._rows.addWidget(RecordButton(self.context, summary(self.context.workspace, record), lead))

    def _add_anchor(self, record: Any) -> None:
        source = Source.get_by_id(record.source_id)
        where = Summary(Source, source.id, "", anchor(record, source), "")
        self._rows.addWidget(RecordButton(self.context, where, _("In the source")))


def _served(record: FollowUp) -> list[Any]:
    rows = (
        Link.select().where((Link.from_subject == record.id) & (Link.relation == "serves")).order_by(Link.id)
    )
    return [links.subject(row.to_subject_id) for row in rows]


def anchor(record: Any, source: Source) -> str:
    """Where in a source a record stands, in words."""
    parts = [record.section]
    if record.paragraph:
        parts.append(_("paragraph {number}").format(number=record.paragraph))
    if record.endnotes:
        parts.append(_("endnotes {numbers}").format(numbers=record.endnotes))
    parts.append(source.title)
    return join_parts(*parts)
