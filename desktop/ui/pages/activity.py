"""Activity: everything that was done, what is deleted, and the workbooks that were made and sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.activitytabs import Deleted, Done, Exports, Tab
from desktop.ui.pages.seenfresh import SeenFresh
from desktop.ui.passing import PassesFocus
from desktop.ui.widgets.heading import Heading


class ActivityPage(SeenFresh, PassesFocus, QWidget):
    """The tabs; only the one that is seen is kept up to date."""

    tabs: tuple[tuple[str, Callable[[Context], Tab]], ...] = (
        (N_("Everything"), Done),
        (N_("Deleted"), Deleted),
        (N_("Exports"), Exports),
    )

    def __init__(self, context: Context) -> None:
        super().__init__()
        column = QVBoxLayout(self, spacing=theme.SMALL)
        column.setContentsMargins(0, theme.LARGE, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.WIDE, 0, theme.WIDE, 0)
        head.addWidget(Heading(_("Activity"), 1))
        column.addLayout(head)
        self.bar = QTabBar(drawBase=False, expanding=False)
        self.bar.setAccessibleName(_("Activity"))
        self.pages = QStackedWidget()
        for title, make in self.tabs:
            self.bar.addTab(_(title))
            self.pages.addWidget(make(context))
        row = QHBoxLayout()
        row.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, 0)
        row.addWidget(self.bar)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.pages, 1)
        before: QWidget = self.bar
        for tab in (self.pages.widget(place) for place in range(self.pages.count())):
            for part in tab.stops():
                self.setTabOrder(before, part)
                before = part
        self.bar.currentChanged.connect(self._on_tab)
        self.pass_focus_to(self.pages.currentWidget())
        self.keep_fresh(context)

    def _on_tab(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        self.pass_focus_to(self.pages.currentWidget())
        self.refresh()

    def show_where(self, days: Sequence[str]) -> None:
        """Begin with what was done on a day; without one, with the newest."""
        self.bar.setCurrentIndex(0)
        self.pages.widget(0).begin_with(days[0] if days else "")

    def refresh(self) -> None:
        """Read anew what is seen."""
        super().refresh()
        self.pages.currentWidget().fill()
