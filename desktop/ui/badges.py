"""The numbers in the side bar: how many follow-ups are overdue or due this week. Counted on a worker, now and then."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.service import query, today
from desktop.ui.apart import Apart, while_there
from desktop.ui.context import Context
from desktop.ui.widgets.sidebar import SideBar

SETTLE_MS = 1000
"""Nothing is counted sooner after a change, so that typing never waits for it."""
COUNTED = ("overdue", "this_week")


class Badges(QObject):
    """Keeps the badge of Today."""

    def __init__(self, context: Context, sidebar: SideBar) -> None:
        super().__init__(sidebar)
        self._context, self._sidebar = context, sidebar
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._count)
        context.changed.connect(self._on_changed)
        self._timer.start()

    def _on_changed(self, _committed: Any) -> None:
        self._timer.start()

    def _count(self) -> None:
        workspace = self._context.workspace

        def slow() -> int:
            with closing(workspace.engine.reader()) as connection:
                apart: Any = Apart(workspace, connection)
                asked = today.queries(apart)
                return sum(query.count(apart, each) for name in COUNTED for each in asked[name][1])

        self._context.work(slow, while_there(self, lambda count: self._sidebar.set_count("today", count)))
