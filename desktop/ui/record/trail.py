"""Where a record comes from: its meeting, what it serves, and where that stands in the source; a click each."""

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
        self._shown: Any = ([], 0)
        self._rows = QVBoxLayout(self, spacing=0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(_("Where it comes from"))
        self.hide()

    def show_record(self, record: Any) -> None:
        """Show where this record comes from; steps that are the same stay, with the focus that one may have."""
        steps, rest = self._steps(record)
        if (steps, rest) == self._shown:
            return
        self._shown = (steps, rest)
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for step, lead in steps:
            self._rows.addWidget(RecordButton(self.context, step, lead))
        if rest:
            words = ngettext("and {count} more under Links", "and {count} more under Links", rest)
            more = QLabel(words.format(count=format_number(rest)))
            more.setProperty("muted", True)
            self._rows.addWidget(more)
        self.setVisible(bool(self._rows.count()))

    def _steps(self, record: Any) -> tuple[list[tuple[Summary, str]], int]:
        """Each step with what is told before it, and how many more the record serves."""
        if not isinstance(record, FollowUp):
            return _anchors(record), 0
        steps = []
        if record.meeting_id is not None:
            steps.append((self._summary(Meeting.get_by_id(record.meeting_id)), _("From meeting")))
        served = _served(record)
        for other in served[:MOST]:
            steps += [(self._summary(other), _("Serves")), *_anchors(other)]
        return steps, max(0, len(served) - MOST)

    def _summary(self, record: Any) -> Summary:
        return summary(self.context.workspace, record)

    def buttons(self) -> list[RecordButton]:
        """The steps, in order."""
        widgets = (self._rows.itemAt(place).widget() for place in range(self._rows.count()))
        return [widget for widget in widgets if isinstance(widget, RecordButton)]


def _anchors(record: Any) -> list[tuple[Summary, str]]:
    """Where a record stands in its source, if it has one."""
    if not isinstance(record, Anchored) or record.source_id is None:
        return []
    source = Source.get_by_id(record.source_id)
    return [(Summary(Source, source.id, "", anchor(record, source), ""), _("In the source"))]


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
