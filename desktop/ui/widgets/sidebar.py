"""The side bar: whose workspace this is, the pages, and under them the saved views; can shrink to icons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_number
from desktop.ui import icons, theme
from desktop.ui.views.viewlist import ViewList
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.pagelist import COUNT, HERE, ICON, KEY, PageList
from desktop.ui.widgets.tips import plain_tip


class SideBar(QWidget):
    """Entries are shown by arrow keys and chosen by Enter, Space or the pointer."""

    page_requested = Signal(str)
    shrunk_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Heading()
        self._name.setWordWrap(True)
        self._place = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._place.setProperty("muted", True)
        self._list = PageList(self)
        self._list.chosen.connect(self.page_requested)
        self.views = ViewList(self)
        self._views_head = QLabel(_("Saved views"), textFormat=Qt.TextFormat.PlainText)
        self._views_head.setProperty("muted", True)
        self._views_head.setContentsMargins(theme.SMALL, 0, 0, 0)
        self._toggle = QToolButton(autoRaise=True, icon=icons.icon("sidebar", "muted"), checkable=True)
        self._toggle.toggled.connect(self.set_shrunk)
        names = QVBoxLayout(spacing=0)
        names.addWidget(self._name)
        names.addWidget(self._place)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        head.addLayout(names)
        outer = QVBoxLayout(self, spacing=theme.LARGE)
        outer.setContentsMargins(theme.SMALL, theme.LARGE, theme.SMALL, theme.SMALL)
        outer.addWidget(self._head)
        outer.addWidget(self._list)
        shelf = QVBoxLayout(spacing=theme.TIGHT)
        shelf.addWidget(self._views_head)
        shelf.addWidget(self.views, 1)
        outer.addLayout(shelf, 1)
        outer.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._shrunk = self._wished = False
        self._roomy = True
        self._name_toggle()
        self._head.hide()
        self._fit()

    def set_post(self, name: str, place: str = "") -> None:
        """The post, such as "Embassy" and, smaller, "Santiago"."""
        self._name.setText(name)
        self._place.setText(place)
        self._place.setVisible(bool(place))
        self._head.setVisible(bool(name) and not self._shrunk)
        self._fit()

    def add_entry(self, key: str, icon_name: str, text: str) -> None:
        """Add a page; `key` is what `page_requested` will say."""
        self._add(key, icon_name, text)
        self._fit()

    def _add(self, key: str, icon_name: str, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(KEY, key)
        item.setData(ICON, icon_name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
        self._list.addItem(item)

    def add_pages(self, entries: Iterable[Any]) -> None:
        """Add the pages of the window, each with a key, an icon and a title."""
        for entry in entries:
            self._add(entry.key, entry.icon, _(entry.title))
        self._fit()

    def show_views(self, entries: Iterable[tuple[str, str, bool]]) -> None:
        """Show these saved views: key, name, and whether it can be moved."""
        self.views.fill(entries)
        self._fit()

    def set_count(self, key: str, count: int | None) -> None:
        """The badge of an entry; None or 0 for none."""
        item = next(
            (item for item in (*self._list.items(), *self.views.items()) if item.data(KEY) == key), None
        )
        if item is None:
            return
        shown = format_number(count) if count else ""
        item.setData(COUNT, shown)
        spoken = _("{page}, {count}").format(page=item.text(), count=shown) if shown else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self._tell(item)

    def set_current(self, key: str) -> None:
        """Mark the page that is shown. Asks for nothing."""
        for item in (*self._list.items(), *self.views.items()):
            here = item.data(KEY) == key
            item.setData(HERE, here)
            if here:
                item.listWidget().setCurrentItem(item)

    def current(self) -> str | None:
        """The key of the page that is marked as shown."""
        items = (*self._list.items(), *self.views.items())
        return next((item.data(KEY) for item in items if item.data(HERE)), None)

    def keys(self) -> list[str]:
        return [item.data(KEY) for item in self._list.items()]

    def is_shrunk(self) -> bool:
        return self._shrunk

    def is_wished_shrunk(self) -> bool:
        """Whether the officer wants icons alone, whatever room there is."""
        return self._wished

    def set_shrunk(self, shrunk: bool) -> None:
        """Show icons alone; names are then in the tool tips."""
        self._wished = shrunk
        self._shrink(shrunk)

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for words beside what else the window shows; without it, icons alone."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._shrink(self._wished or not roomy)

    def width_of_words(self) -> int:
        """What it takes when it is not shrunk."""
        margins = self.layout().contentsMargins()
        return self._list.width_of_words() + margins.left() + margins.right()

    def _shrink(self, shrunk: bool) -> None:
        if shrunk == self._shrunk:
            return
        self._shrunk = shrunk
        with QSignalBlocker(self._toggle):
            self._toggle.setChecked(shrunk)
        self._name_toggle()
        self._head.setVisible(bool(self._name.text()) and not shrunk)
        for item in (*self._list.items(), *self.views.items()):
            self._tell(item)
        self._fit()
        self.shrunk_changed.emit(shrunk)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _name_toggle(self) -> None:
        words = _("Show the names of the pages") if self._shrunk else _("Shrink the side bar to icons")
        self._toggle.setAccessibleName(words)
        self._toggle.setToolTip(words)

    def _tell(self, item: QListWidgetItem) -> None:
        """A tool tip where the name is not seen, or may be cut."""
        words = item.data(Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(plain_tip(words) if self._shrunk or item.listWidget() is self.views else "")

    def _fit(self) -> None:
        """Take the width that the longest entry needs, or that of an icon."""
        self._list.shrunk = self.views.shrunk = self._shrunk
        for each, least in ((self._list, 4), (self.views, 2)):
            each.setMinimumHeight(least * each.entry_height())
            # beside icons alone it would stand on their counts; the wheel and the keys scroll all the same
            policy = (
                Qt.ScrollBarPolicy.ScrollBarAlwaysOff
                if self._shrunk
                else Qt.ScrollBarPolicy.ScrollBarAsNeeded
            )
            each.setVerticalScrollBarPolicy(policy)
        self._list.setMaximumHeight(self._list.needed_height())
        width = self._list.needed_width()  # names of views are cut where they are longer
        self._views_head.setVisible(self.views.count() > 0 and not self._shrunk)
        margins = self.layout().contentsMargins()
        self.setFixedWidth(width + margins.left() + margins.right())
        for each in (self._list, self.views):
            each.viewport().update()
