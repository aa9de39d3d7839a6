"""The tab of links: what a record is tied to, grouped by how; each a click away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _, format_number
from desktop.model import ENTITIES, FollowUp, Meeting, Recommendation, Source
from desktop.model.anchored import Anchored
from desktop.model.base import Registered
from desktop.service import links
from desktop.service.query import Condition
from desktop.service.workspace import Workspace
from desktop.ui import readonly, theme
from desktop.ui.context import Context
from desktop.ui.record.attendees import Attendees
from desktop.ui.record.files import Files
from desktop.ui.record.linkpicker import LinkPicker
from desktop.ui.record.recordrow import RecordRow
from desktop.ui.record.summaries import Summary, summaries, summary
from desktop.ui.widgets.emptystate import EmptyState
from desktop.ui.widgets.scrollcolumn import ScrollColumn

AT_ONCE = 25
"""Rows of a group that are shown until somebody asks for the rest."""
MOST = 2000
"""Of what stands in a source; its list has all."""


@dataclass(frozen=True)
class Group:
    """A heading and what stands under it; `links` are the links behind the rows, where they can be removed."""

    title: str
    rows: list[Summary]
    links: list[Any] = field(default_factory=list, compare=False)


def groups(context: Context, record: Any) -> list[Group]:
    """All that a record is tied to: its place in a tree, what came out of it, and its links by relation."""
    workspace = context.workspace
    found = []
    if isinstance(record, Recommendation):
        if record.parent_id is not None:
            parent = summary(workspace, Recommendation.get_by_id(record.parent_id))
            found.append(Group(_("Part of"), [parent]))
        children = summaries(workspace, Recommendation, [Condition("parent", "in", (record.id,))])
        found.append(Group(_("Contains"), children))
    if isinstance(record, Meeting):
        came = summaries(workspace, FollowUp, [Condition("meeting", "in", (record.id,))])
        found.append(Group(_("Follow-ups from this meeting"), came))
    if isinstance(record, Source):
        return _anchored(workspace, record)
    by_relation: dict[str, Group] = {}
    for seen in links.of(record):
        group = by_relation.setdefault(seen.relation, Group(seen.relation, []))
        group.rows.append(summary(workspace, seen.other))
        group.links.append(seen.link)
    return [group for group in (*found, *by_relation.values()) if group.rows]


def _anchored(workspace: Workspace, source: Source) -> list[Group]:
    """All that stands in a source, by kind, what is followed first: the way back from a document to what it asks."""
    found = []
    for entity in sorted(ENTITIES, key=lambda each: not issubclass(each, Registered)):
        if issubclass(entity, Anchored):
            here = [Condition("source", "in", (source.id,))]
            found.append(Group(_(entity.plural), summaries(workspace, entity, here, limit=MOST)))
    return [group for group in found if group.rows]


class LinksTab(ScrollColumn):
    """Shows what the record it is handed is tied to; `begin` opens the picker for one more."""

    rearranged = Signal()
    """Tab stops at other places than before."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.record: Any = None
        self._groups: list[Group] | None = None
        self.setAccessibleName(_("Links"))
        column = QVBoxLayout(self.page, spacing=theme.SMALL)
        column.setContentsMargins(0, theme.MEDIUM, theme.SMALL, theme.SMALL)
        self.picker = LinkPicker(context)
        self.attendees, self.files = Attendees(context), Files(context)
        self._empty = EmptyState(
            "link", _("Not linked yet. Link it to what it serves, advances or was discussed at."), _("Link…")
        )
        self._empty.action_requested.connect(self.begin)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list, spacing=theme.TIGHT)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.picker, self.attendees, self._empty, self._list, self.files):
            column.addWidget(part)
        column.addStretch(1)

    def begin(self) -> None:
        """Open the picker."""
        if readonly.refused(self.context, "link"):
            return
        self.ensureWidgetVisible(self.picker)
        self.picker.begin()

    def show_record(self, record: Any) -> None:
        """Show what a record is tied to."""
        if self.record is None or self.record.uid != record.uid:
            self._groups = None
            self.picker.end()
        self.record = record
        self.picker.record = record
        self.attendees.setVisible(isinstance(record, Meeting))
        if isinstance(record, Meeting):
            self.attendees.show_meeting(record)
        self.files.setVisible(isinstance(record, Registered))
        if isinstance(record, Registered):
            self.files.show_record(record)
        found = groups(self.context, record)
        if found != self._groups:
            self._groups = found
            self._build(found)
        self._empty.button.setVisible(not self.context.workspace.readonly)
        self._empty.setVisible(
            not found and isinstance(record, Registered) and not isinstance(record, Meeting)
        )

    def rows(self) -> list[RecordRow]:
        """The rows on show, in order."""
        widgets = (self._column.itemAt(place).widget() for place in range(self._column.count()))
        return [widget for widget in widgets if isinstance(widget, RecordRow)]

    def _build(self, found: list[Group]) -> None:
        """New rows. The old ones go when they are done with the click that may have led here."""
        while self._column.count():
            old = self._column.takeAt(0).widget()
            old.hide()
            old.setParent(None)
            old.deleteLater()
        for group in found:
            self._column.addWidget(_heading(group))
            self._add_rows(group, 0, AT_ONCE)

    def _add_rows(self, group: Group, start: int, stop: int, at: int | None = None) -> None:
        place = self._column.count() if at is None else at
        for index, each in enumerate(group.rows[start:stop], start):
            link = group.links[index] if group.links and not self.context.workspace.readonly else None
            row = RecordRow(self.context, each, removing=_("Remove this link") if link is not None else "")
            if link is not None:
                row.remove_requested.connect(lambda link=link: self._unlink(link))
            self._column.insertWidget(place, row)
            place += 1
        if len(group.rows) > stop:
            rest = format_number(len(group.rows) - stop)
            more = QPushButton(_("Show {count} more").format(count=rest), flat=True)
            more.clicked.connect(lambda: self._show_rest(group, stop, more))
            self._column.insertWidget(place, more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_rest(self, group: Group, start: int, more: QPushButton) -> None:
        place = self._column.indexOf(more)
        self._column.removeWidget(more)
        more.deleteLater()
        self._add_rows(group, start, len(group.rows), place)
        self.rearranged.emit()

    def _unlink(self, link: Any) -> None:
        self.context.attempt(lambda: links.unlink(self.context.workspace, link))


def _heading(group: Group) -> QLabel:
    """A group's title with the number of its rows."""
    words = _("{title} ({count})").format(title=group.title, count=format_number(len(group.rows)))
    label = QLabel(words, textFormat=Qt.TextFormat.PlainText)
    label.setFont(theme.heading_font(label.font(), 3))
    label.setContentsMargins(theme.TIGHT, theme.SMALL, 0, 0)
    label.setWordWrap(True)
    return label
