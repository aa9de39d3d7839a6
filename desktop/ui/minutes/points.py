"""The points of one agenda item, or those that belong to none, and the line that adds to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.service import minutes
from desktop.ui import readonly, theme
from desktop.ui.context import Context
from desktop.ui.minutes.addline import AddLine
from desktop.ui.minutes.keyed import Keyed
from desktop.ui.minutes.pointrow import PointRow


class Points(QWidget):
    """A row a point. One that is moved past the first or the last leaves for the item before or after."""

    left = Signal(object, int)
    """A point goes to the item before (-1) or after (1)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.item: Any = None
        self._rows = Keyed(self._make, PointRow.show_point)
        self.adding = AddLine(context)
        outer = QVBoxLayout(self, spacing=0)
        outer.setContentsMargins(0, 0, 0, theme.TIGHT)
        outer.addWidget(self._rows)
        outer.addWidget(self.adding)

    def rows(self) -> list[PointRow]:
        """The points, in order."""
        return self._rows.widgets()

    def row(self, uid: str) -> PointRow | None:
        """The row of a point."""
        return self._rows.of(uid)

    def show_points(self, meeting: Any, item: Any, points: Sequence[Any], about: str = "") -> bool:
        """Show these of a meeting; returns whether others stand here than before."""
        self.item = item
        final = readonly.locked(self.context, meeting)
        self.adding.show_place(meeting, item, about)
        self.adding.setVisible(not final)
        return self._rows.show_rows([(each.uid, (each, final)) for each in points])

    def take(self, point: Any, *, at_end: bool) -> None:
        """Let a point of elsewhere stand here, last or first; it is where one goes on."""
        at = len(self.rows()) if at_end else 0
        if self.context.attempt(lambda: minutes.move(self.context.workspace, point, at, self.item)):
            row = self.row(point.uid)
            if row is not None:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Save what is typed; what stands in the line becomes a point."""
        for row in self.rows():
            row.commit()
        self.adding.add()

    def unsaved(self) -> QWidget | None:
        """Where something stands, after `commit`, that could not be saved."""
        return next(
            (found for each in (*self.rows(), self.adding) if (found := each.unsaved()) is not None), None
        )

    def leave(self) -> None:
        """Save what is typed, whatever it is."""
        self.commit()
        self.adding.leave()

    def _make(self, _row: Any) -> QWidget:
        row = PointRow(self.context)
        row.moved.connect(self._move)
        return row

    def _move(self, point: Any, step: int) -> None:
        place = next(n for n, row in enumerate(self.rows()) if row.point.uid == point.uid) + step
        if 0 <= place < len(self.rows()):
            self.context.attempt(lambda: minutes.move(self.context.workspace, point, place, self.item))
        else:
            self.left.emit(point, step)
