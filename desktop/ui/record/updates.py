"""The tab of updates: the dated log of a record, newest first, with the dates that were moved in between."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as part
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _, captioned, format_date, join_parts
from desktop.model import Extension, Person, Update, field
from desktop.service import extensions, progress
from desktop.store.audience import DESK
from desktop.ui import readonly, theme
from desktop.ui.context import Context
from desktop.ui.editors import shown_text
from desktop.ui.record.slips import slips
from desktop.ui.visibility.changing import set_level
from desktop.ui.visibility.levelbutton import LevelButton
from desktop.ui.widgets.emptystate import EmptyState
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.ground import Ground
from desktop.ui.widgets.rag import Chip
from desktop.ui.widgets.scrollcolumn import ScrollColumn

PAGE = 40
"""Entries that are shown at once."""


TEXTS = ("done", "next", "blocks")
"""What an update says, each under the name of its field."""


@dataclass(frozen=True)
class Entry:
    """One entry of the log: an update, or a date that was moved."""

    on: str
    head: str
    author: str
    status: tuple[str, str]
    """Before and after, in words; empty where it stayed."""
    parts: tuple[tuple[str, str], ...]
    """Caption and text."""
    row: Any = part(default=None, compare=False)
    """The update or the extension itself; who may see it is no other entry."""


def entries(record: Any) -> list[Entry]:
    """Updates and extensions of a record, newest first."""
    found = [(row.on, row.created_at, _update(record, row)) for row in progress.updates(record)]
    found += [(row.moved_on, row.created_at, _extension(record, row)) for row in extensions.of(record)]
    return [entry for _on, _at, entry in sorted(found, key=lambda each: each[:2], reverse=True)]


def _update(record: Any, row: Update) -> Entry:
    entity = type(record)
    kind = field(entity, progress.status_field(entity, row.aspect))
    before, after = kind.text(row.status_from), kind.text(row.status_to)
    status = (before, after) if before != after else ("", "")
    texts = [(field(Update, name).title, getattr(row, name)) for name in TEXTS]
    author = Person.words_of(row.author_id) if row.author_id else ""
    return Entry(row.on, kind.title, author, status, tuple(each for each in texts if each[1]), row)


def _extension(record: Any, row: Extension) -> Entry:
    kind = field(type(record), row.field)
    moved = (format_date(row.from_on) if row.from_on else "–", format_date(row.to_on) if row.to_on else "–")
    texts = ((_("Reason"), row.reason), (_("Agreed by"), row.agreed_by))
    head = _("{date} moved").format(date=kind.title)
    return Entry(row.moved_on, head, "", moved, tuple(each for each in texts if each[1]), row)


class UpdatesTab(ScrollColumn):
    """Shows the log of the record it is handed; entries are never edited here, only added elsewhere."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName(_("Updates"))
        self._entries: list[Entry] = []
        self._shown = 0
        self._column = QVBoxLayout(self.page, spacing=theme.SMALL)
        self._column.setContentsMargins(0, theme.MEDIUM, theme.SMALL, theme.SMALL)
        self._empty = EmptyState(
            "progress", _("Nothing reported yet. What happens is told here, newest first.")
        )
        self._more = QPushButton(_("Show older ones"))
        self._more.clicked.connect(self._show_more)
        self._slips = QLabel(wordWrap=True, visible=False, textFormat=Qt.TextFormat.PlainText)
        self._slips.setProperty("muted", True)
        self._slips.setContentsMargins(theme.TIGHT, 0, 0, 0)
        self._column.addWidget(self._slips)
        self._column.addWidget(self._empty)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def show_record(self, record: Any) -> None:
        """Show the log of a record."""
        moved = bool(extensions.movable(record)) and bool(extensions.of(record))
        self._slips.setText(slips(record) if moved else "")
        self._slips.setVisible(moved)
        log = entries(record)
        if log == self._entries and self._shown:
            for card, entry in zip(self.cards(), log, strict=False):
                card.show_level(entry)
            return
        for card in self.cards():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._entries, self._shown = log, 0
        self._empty.setVisible(not log)
        self._show_more()

    def cards(self) -> list[EntryCard]:
        """The entries on show."""
        widgets = (self._column.itemAt(place).widget() for place in range(self._column.count()))
        return [widget for widget in widgets if isinstance(widget, EntryCard)]

    def _show_more(self) -> None:
        more = self._entries[self._shown : self._shown + PAGE]
        for entry in more:
            self._column.insertWidget(2 + self._shown, EntryCard(self.context, entry))
            self._shown += 1
        self._more.setVisible(self._shown < len(self._entries))


class EntryCard(Ground):
    """An entry of the log on a ground of its own."""

    def __init__(self, context: Context, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.entry = context, entry
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        head = QHBoxLayout(spacing=theme.SMALL)
        day = shown_text()
        day.setText(format_date(entry.on))
        day.setWordWrap(False)
        day.setFont(theme.heading_font(day.font(), 3))
        author = shown_text()
        author.setText(entry.author)
        author.setProperty("muted", True)
        author.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(day)
        head.addWidget(author, 1)
        self.level = LevelButton(join_parts(_("Visibility"), format_date(entry.on)), quiet=True, brief=True)
        self.level.chosen.connect(lambda level: set_level(self.context, self.level, self.entry.row, level))
        self.show_level(entry)
        head.addWidget(self.level)
        outer.addLayout(head)
        if any(entry.status):
            outer.addLayout(_change(entry))
        for caption, text in entry.parts:
            words = QLabel(caption, textFormat=Qt.TextFormat.PlainText)
            words.setProperty("muted", True)
            told = shown_text()
            told.setText(text)
            told.setAccessibleName(caption)
            outer.addWidget(words)
            outer.addWidget(told)
        moved = captioned(entry.head, " → ".join(entry.status)) if any(entry.status) else ""
        self.setAccessibleName(join_parts(format_date(entry.on), entry.author, moved))
        readonly.lock(self, context)

    def show_level(self, entry: Entry) -> None:
        """Show who may see it; what set the desk's assessment is nobody's but the post's."""
        self.entry = entry
        self.level.show_level(entry.row.visibility)
        if getattr(entry.row, "aspect", "") == DESK:
            self.level.setEnabled(False)
            self.level.setToolTip(_("The desk’s assessment never leaves the post."))


def _change(entry: Entry) -> FlowLayout:
    """What moved, from what to what, as chips that break into lines where it is narrow."""
    flow = FlowLayout(spacing=theme.TIGHT)
    name = QLabel(entry.head, textFormat=Qt.TextFormat.PlainText)
    name.setProperty("muted", True)
    flow.addWidget(name)
    if entry.status[0]:
        flow.addWidget(Chip(None, entry.status[0]))
    flow.addWidget(QLabel("→"))
    flow.addWidget(Chip(None, entry.status[1] or "–"))
    return flow
