"""A column of widgets, each for something with a key: what stays keeps its widget, and what is typed in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Keyed(QWidget):
    """`make` makes the widget of a key; `refresh` shows in it what it stands for now."""

    def __init__(
        self,
        make: Callable[[Any], QWidget],
        refresh: Callable[[Any, Any], None],
        spacing: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make, self._refresh = make, refresh
        self._held: dict[Hashable, QWidget] = {}
        self._column = QVBoxLayout(self, spacing=spacing)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_rows(self, rows: Sequence[tuple[Hashable, Any]]) -> bool:
        """Show these, each under its key; returns whether others stand here than before, or in another order.

        The focus in a row that goes passes on to the one that takes its place.
        """
        keys = [key for key, _row in rows]
        before = list(self._held)
        lost = next(
            (place for place, key in enumerate(before) if key not in keys and self._focused(key)), None
        )
        for key in before:
            if key not in keys:
                gone = self._held.pop(key)
                self._column.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        for place, (key, row) in enumerate(rows):
            if key not in self._held:
                self._held[key] = self._make(row)
            widget = self._held[key]
            self._refresh(widget, row)
            if self._column.indexOf(widget) != place:
                self._column.removeWidget(widget)
                self._column.insertWidget(place, widget)
        self._held = {key: self._held[key] for key in keys}
        self.setVisible(bool(rows))
        if lost is not None and keys:
            self.widgets()[min(lost, len(keys) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        return keys != before

    def widgets(self) -> list[Any]:
        """The widgets, in order."""
        return list(self._held.values())

    def of(self, key: Hashable) -> Any:
        """The widget of a key; None for one that is not shown."""
        return self._held.get(key)

    def _focused(self, key: Hashable) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and (focus is self._held[key] or self._held[key].isAncestorOf(focus))
