"""A row over the recommendations: all, those without any activity yet, stale ones, those overtaken by events.

A button sets the page's filter of the activity, or lifts it; the filter's own button shows the same choice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from desktop.i18n import _, format_number
from desktop.model.scales import ACTIVITY
from desktop.service import query
from desktop.service.apart import apart
from desktop.service.query import Query
from desktop.store.engine import TooSlow
from desktop.ui import theme
from desktop.ui.apart import while_there
from desktop.ui.context import Context
from desktop.ui.lists.filterbar import FilterBar
from desktop.ui.pages.seenfresh import SeenFresh
from desktop.ui.widgets.flow import FlowLayout

FIELD = "activity"
ALL = ""
OFFERED = (ALL, "none", "stale", "overtaken")
"""The values of the field that have a button, after the one for all."""
NOTICED = 0.05
"""Seconds that counting may take on the window's own thread."""


class ActivityRow(SeenFresh, QWidget):
    """Counts what the page's other filters and its search leave, by activity."""

    def __init__(self, context: Context, bar: FilterBar) -> None:
        super().__init__()
        self.context, self._bar = context, bar
        self._query: Query | None = None
        self.counts: Counter[str] = Counter()
        self.setAccessibleName(_("By activity"))
        self._group = QButtonGroup(self)
        self.buttons = {key: self._button(key) for key in OFFERED}
        row = FlowLayout(self, theme.TIGHT)
        row.setContentsMargins(theme.LARGE - theme.TIGHT, 0, theme.LARGE, theme.SMALL)
        for button in self.buttons.values():
            row.addWidget(button)
        self.setFocusProxy(self.buttons[ALL])
        self._say()
        self.keep_fresh(context)

    def _button(self, key: str) -> QToolButton:
        button = QToolButton(checkable=True, autoRaise=True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.choose(key))
        self._group.addButton(button)
        return button

    def choose(self, key: str) -> None:
        """Narrow the page to an activity, or to none in particular."""
        self._bar.restore({FIELD: [key] if key else []})
        self._bar.changed.emit()

    def show_query(self, asked: Query) -> None:
        """The page shows this: mark what it is narrowed to, and count by what else it asks."""
        chosen = [each for each in asked.where if each.field == FIELD]
        key: str | None = ALL
        if chosen:
            alone = len(chosen) == 1 and chosen[0].operator == "in" and len(chosen[0].values) == 1
            key = chosen[0].values[0] if alone else None
        self._group.setExclusive(False)  # so that none can be down: several were chosen in the filter
        for each, button in self.buttons.items():
            button.setChecked(each == key)
        self._group.setExclusive(True)
        others = tuple(each for each in asked.where if each.field != FIELD)
        counted = replace(asked, columns=(FIELD,), where=others, order=(), group="")
        self._stale = self._stale or counted != self._query
        self._query = counted
        if self.isVisible():
            self._refresh_if_stale()

    def refresh(self) -> None:
        """Count anew: at once where that takes no time that one notices, else on a worker."""
        super().refresh()
        workspace, asked = self.context.workspace, self._query
        if asked is None:
            return
        try:
            with workspace.engine.within(NOTICED):
                self._take(asked, _count(workspace, asked))
        except TooSlow:

            def read() -> Counter[str]:
                with apart(workspace) as seen:
                    return _count(seen, asked)

            self.context.work(read, while_there(self, lambda counts: self._take(asked, counts)))

    def _take(self, asked: Query, counts: Counter[str]) -> None:
        if asked == self._query:
            self.counts = counts
            self._say()

    def _say(self) -> None:
        for key, button in self.buttons.items():
            count = self.counts[key] if key else self.counts.total()
            title = _(ACTIVITY[key]) if key else _("All")
            button.setText(_("{title} ({count})").format(title=title, count=format_number(count)))


def _count(workspace: Any, asked: Query) -> Counter[str]:
    """How many have each activity."""
    return Counter(row[1] for row in query.page(workspace, asked, limit=-1))
