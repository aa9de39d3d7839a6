"""Where a record comes from: its meeting, what it serves, and where that stands in the source; a click each."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, join_parts, ngettext
from desktop.model import FollowUp, Initiative, Link, Meeting, Source
from desktop.model.anchored import Anchored
from desktop.model.scales import RELATION
from desktop.service import links
from desktop.ui.context import Context
from desktop.ui.passages.step import Place, PlaceButton, place_of
from desktop.ui.passages.words import place_words
from desktop.ui.record.recordrow import RecordButton
from desktop.ui.record.summaries import Summary, summary

MOST = 2
"""What it serves or advances and is shown here; the tab of links has all."""


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
            button = PlaceButton if isinstance(step, Place) else RecordButton
            self._rows.addWidget(button(self.context, step, lead))
        if rest:
            words = ngettext("and {count} more under Links", "and {count} more under Links", rest)
            more = QLabel(words.format(count=format_number(rest)))
            more.setProperty("muted", True)
            self._rows.addWidget(more)
        self.setVisible(bool(self._rows.count()))

    def _steps(self, record: Any) -> tuple[list[tuple[Summary, str]], int]:
        """Each step with what is told before it, and how many more the record serves."""
        if isinstance(record, Initiative):
            steps, rest = self._towards(record, "advances")
            return [*_anchors(record), *steps], rest
        if not isinstance(record, FollowUp):
            return _anchors(record), 0
        steps = []
        if record.meeting_id is not None:
            steps.append((self._summary(Meeting.get_by_id(record.meeting_id)), _("From meeting")))
        served, rest = self._towards(record, "serves")
        return [*steps, *served], rest

    def _towards(self, record: Any, relation: str) -> tuple[list[tuple[Summary, str]], int]:
        """What a record serves or advances, where that stands in its source, and how many more there are.

        Of an initiative that it serves, also the first recommendation that this one advances.
        """
        found = _ends(record, relation)
        steps = []
        for other in found[:MOST]:
            steps += [(self._summary(other), _(RELATION[relation])), *_anchors(other)]
            for further in _ends(other, "advances")[:1] if isinstance(other, Initiative) else ():
                steps += [(self._summary(further), _(RELATION["advances"])), *_anchors(further)]
        return steps, max(0, len(found) - MOST)

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
    return [(place_of(record, source, anchor(record, source)), _("In the source"))]


def _ends(record: Any, relation: str) -> list[Any]:
    """What a record leads to by a relation."""
    rows = (
        Link.select().where((Link.from_subject == record.id) & (Link.relation == relation)).order_by(Link.id)
    )
    return [links.subject(row.to_subject_id) for row in rows]


def anchor(record: Any, source: Source) -> str:
    """Where in a source a record stands, in words."""
    place = place_words(record.section, record.paragraph, record.endnotes)
    return join_parts(place, source.title)
