"""The agenda: its items in an order that is dragged, or moved by keys, and the line that adds to it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.i18n import _, format_number
from desktop.model import FollowUp, Initiative, Recommendation
from desktop.service import agenda, links
from desktop.service.workspace import Workspace
from desktop.ui import readonly, subjects, theme
from desktop.ui.context import Context
from desktop.ui.editorwidget import is_undo
from desktop.ui.minutes.item import Item, ItemBlock
from desktop.ui.minutes.keyed import Keyed
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.pickline import PickLine

ABOUT = (Recommendation, Initiative, FollowUp)
"""What an item can be about."""


class AgendaSection(QWidget):
    """A block an item."""

    dragged_near = Signal(QPoint)
    """Something is dragged over this place of the screen."""
    point_left = Signal(object)
    """A point is moved down past the last item."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.meeting: Any = None
        self._title = Heading("", 3)
        self._blocks = Keyed(self._make, ItemBlock.show_item, theme.TIGHT)
        self.line = TopicLine(context.workspace)
        self.line.setAccessibleName(_("Add an item to the agenda"))
        self.line.picked.connect(self.add)
        self.line.returnPressed.connect(self._on_return)
        self._mark = QFrame(self)
        self._mark.setFixedHeight(theme.RING)
        self._mark.hide()
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(0, 0, 0, 0)
        for part in (self._title, self._blocks, self.line):
            outer.addWidget(part)

    def blocks(self) -> list[ItemBlock]:
        """The items, in order."""
        return self._blocks.widgets()

    def show_meeting(self, meeting: Any, points: list[Any]) -> None:
        """Show the agenda of a meeting, with these points under its items."""
        if self.meeting is None or self.meeting.uid != meeting.uid:
            self.line.set_chosen(None, "")
        self.meeting = meeting
        found = agenda.items(meeting)
        words = _("Agenda ({count})") if found else _("Agenda")
        self._title.setText(words.format(count=format_number(len(found))))
        rows = [
            Item(meeting, item, number, tuple(point for point in points if point.item_id == item.id))
            for number, item in enumerate(found, 1)
        ]
        self._blocks.show_rows([(row.item.uid, row) for row in rows])
        self.line.setVisible(not readonly.locked(self.context, meeting))

    def _make(self, _row: Any) -> QWidget:
        block = ItemBlock(self.context)
        block.moved.connect(self._move)
        block.point_left.connect(self._move_point)
        block.dragged.connect(self._show_mark)
        block.dropped.connect(self._drop)
        return block

    def commit(self) -> None:
        """Save what is typed; what stands in the line becomes an item."""
        for block in self.blocks():
            block.commit()
        self.add()

    def unsaved(self) -> QWidget | None:
        """Where something stands, after `commit`, that could not be saved."""
        found = next((at for block in self.blocks() if (at := block.unsaved()) is not None), None)
        return found or (self.line if self.line.text().strip() else None)

    # ---- adding

    def _on_return(self) -> None:
        if self.line.marked() is None:  # else it is picked next
            self.add()

    def add(self) -> None:
        """Add what stands in the line: a record that was picked, one whose reference was typed, or a topic."""
        text = self.line.text().strip()
        if not text or self.meeting is None:
            return
        record = self.line.record()
        topic = "" if record is not None else text
        made = self.context.attempt(lambda: agenda.add(self.context.workspace, self.meeting, topic, record))
        if made is not None:
            self.line.set_chosen(None, "")

    # ---- order

    def _place(self, item: Any) -> int:
        return next(place for place, block in enumerate(self.blocks()) if block.item.uid == item.uid)

    def _move(self, item: Any, step: int) -> None:
        place = self._place(item) + step
        if 0 <= place < len(self.blocks()):
            self._move_to(item, place)

    def _move_to(self, item: Any, place: int) -> None:
        self.context.attempt(lambda: agenda.move(self.context.workspace, item, place))

    def _move_point(self, point: Any, step: int) -> None:
        """A point that leaves its item goes to the end of the one before, or to the beginning of the one after."""
        blocks = self.blocks()
        place = next(n for n, block in enumerate(blocks) if block.item.id == point.item_id) + step
        if 0 <= place < len(blocks):
            blocks[place].points.take(point, at_end=step < 0)
        elif place == len(blocks):
            self.point_left.emit(point)

    def _gap(self, at: QPoint) -> int:
        """Before which block something over this place of the screen would go."""
        y = self.mapFromGlobal(at).y()
        middles = [block.mapTo(self, block.rect().center()).y() for block in self.blocks()]
        return sum(middle < y for middle in middles)

    def _show_mark(self, _item: Any, at: QPoint) -> None:
        blocks, gap = self.blocks(), self._gap(at)
        if gap < len(blocks):
            y = blocks[gap].mapTo(self, QPoint(0, 0)).y()
        else:
            y = blocks[-1].mapTo(self, QPoint(0, blocks[-1].height())).y()
        palette = self._mark.palette()
        palette.setColor(self._mark.backgroundRole(), theme.colour(theme.current().accent))
        self._mark.setPalette(palette)
        self._mark.setAutoFillBackground(True)
        self._mark.setGeometry(0, y - 1, self.width(), theme.RING)
        self._mark.raise_()
        self._mark.show()
        self.dragged_near.emit(at)

    def _drop(self, item: Any, at: QPoint) -> None:
        self._mark.hide()
        gap, place = self._gap(at), self._place(item)
        self._move_to(item, gap - 1 if gap > place else gap)


class TopicLine(PickLine):
    """A topic in one's own words, or a record; nothing is marked in what it offers until somebody goes there."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(lambda text: subjects.found(workspace, ABOUT, text), parent)
        self.setPlaceholderText(_("Add an item: a topic, or a record"))
        self.setProperty("quiet", True)
        self.installEventFilter(self)

    def offer(self, text: str) -> None:
        super().offer(text)
        self._completer.popup().setCurrentIndex(QModelIndex())

    def record(self) -> Any:
        """The record that is meant, or None for a topic."""
        key: Any = self.chosen()
        if key is None:
            typed = self.text().strip().casefold()
            same = (each for each in self._search(typed) if each[1].split(" ")[0].casefold() == typed)
            key = next((each[0] for each in same), None)
        return links.subject(key) if key is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo(event) and not self.text():
            event.ignore()  # nothing to undo in here: the window undoes what was saved last
            return True
        return super().eventFilter(watched, event)
