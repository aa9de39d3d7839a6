"""How many records a search or a filter has found, said aloud once the list has settled."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.ui.announce import announce
from desktop.ui.lists.filterbar import FilterBar
from desktop.ui.lists.model import RowsModel
from desktop.ui.widgets.searchbox import SearchBox

SAID_MS = 600
"""After so long without another key or another number it is said: who types is not interrupted."""


class SpokenCount(QObject):
    """Says nothing of what somebody did not ask for, such as a record that is saved."""

    def __init__(self, search: SearchBox, filters: FilterBar, rows: RowsModel) -> None:
        super().__init__(search)
        self._search, self._rows = search, rows
        self._timer = QTimer(self, singleShot=True, interval=SAID_MS)
        self._timer.timeout.connect(self._say)
        search.text_changed_settled.connect(lambda _text: self._timer.start())
        filters.changed.connect(self._timer.start)
        rows.counted.connect(self._put_off)

    def _put_off(self) -> None:
        if self._timer.isActive():
            self._timer.start()

    def _say(self) -> None:
        if self._rows.waiting or not self._rows.exact:
            self._timer.start()
        elif self._search.isVisible():
            announce(self._search, self._rows.count_text())
