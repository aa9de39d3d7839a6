"""A line in which one of many is chosen by typing a part of its name.

It knows nothing of records: `search` finds pairs of key and label for a text, `make` turns a pair that was
picked into the one that is chosen. What is typed stands there as it is until somebody picks; `chosen()` tells
the key whose label stands in the line.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from PySide6.QtCore import QEvent, QObject, QRect, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from desktop.i18n import _
from desktop.text import fold
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.widgets.elidedline import ElidedLine
from desktop.ui.widgets.tips import plain_tip

Option = tuple[Hashable, str]
SETTLE_MS = 60
WIDEST = 64
"""The most that the list of offers is wide, in characters."""


class PickLine(ElidedLine):
    """Down, or the arrow at its end, offers without a text; Esc closes what is offered."""

    picked = Signal()
    """Somebody chose one of what was offered."""

    def __init__(
        self,
        search: Callable[[str], Iterable[Option]],
        parent: QWidget | None = None,
        *,
        make: Callable[[Option], Option | None] = lambda option: option,
    ) -> None:
        super().__init__(parent)
        self._search, self._make = search, make
        self._offered: list[Option] = []
        self._key: Hashable | None = None
        self._label = ""
        self._labels = QStringListModel(self)
        self._completer = QCompleter(self._labels, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self.installEventFilter(self)  # before the completer, which keeps it to itself that the line is left
        self._completer.popup().setProperty("popup", True)
        self._completer.popup().setTextElideMode(Qt.TextElideMode.ElideRight)
        self._completer.activated[str].connect(self._on_activated)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(lambda: self.offer(self.text()))
        self.textEdited.connect(lambda _text: self._settled.start())
        self._all = QAction(icon("chevron-down", "muted"), _("Show what can be chosen"), self)
        self._all.triggered.connect(lambda: self.offer(""))
        self.addAction(self._all, QLineEdit.ActionPosition.TrailingPosition)

    def set_chosen(self, key: Hashable | None, label: str) -> None:
        """Show this one as chosen; None for nothing."""
        self._settled.stop()
        self._key, self._label = key, label
        self.setText(label)
        self.setCursorPosition(0)
        self.setToolTip(plain_tip(label))

    def chosen(self) -> Hashable | None:
        """The key of what stands in the line; None if it is empty or not chosen yet."""
        return self._key if self.text().strip() == self._label.strip() else None

    def exact(self) -> bool:
        """Whether the line is empty or shows what was chosen."""
        return not self.text().strip() or self.chosen() is not None

    def marked(self) -> Option | None:
        """What is marked in the open list: Enter will choose it."""
        popup = self._completer.popup()
        shown = popup.isVisible() and popup.currentIndex().isValid()
        return self._offered[popup.currentIndex().row()] if shown else None

    def match(self, among: Callable[[Option], bool] = lambda _option: True) -> Option | None:
        """What the text means although nobody picked it: what is marked, a label as it stands, the only find."""
        marked = self.marked()
        if marked is not None and among(marked):
            return marked
        found = [option for option in self._search(self.text()) if among(option)]
        typed = fold(self.text().strip())
        same = [option for option in found if fold(option[1]) == typed]
        return same[0] if same else found[0] if len(found) == 1 else None

    def offered(self) -> list[str]:
        """The labels shown now."""
        return [label for _key, label in self._offered] if self._completer.popup().isVisible() else []

    def offer(self, text: str) -> None:
        """Show what a text finds."""
        self._settled.stop()
        if self.isReadOnly():
            return
        self._offered = list(self._search(text))
        self._labels.setStringList([label for _key, label in self._offered])
        popup = self._completer.popup()
        if not self._offered:
            popup.hide()
            return
        self._completer.complete(QRect(0, 0, self._popup_width(), self.height() + theme.TIGHT))
        if text.strip():
            popup.setCurrentIndex(self._labels.index(0))

    def _popup_width(self) -> int:
        """What the longest offer needs, within reason; never less than the line."""
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(label) for _key, label in self._offered) + 2 * theme.WIDE
        return max(self.width(), min(longest, WIDEST * metrics.averageCharWidth()))

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self._all.setVisible(not read_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.offer("" if self.exact() else self.text())
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        left = watched is self and event.type() == QEvent.Type.FocusOut
        if left and event.reason() == Qt.FocusReason.ShortcutFocusReason:
            self._completer.popup().hide()  # at once: it would swallow the next key
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._settled.stop()
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                QTimer.singleShot(0, self, self._completer.popup().hide)
        return super().event(event)

    def _on_activated(self, label: str) -> None:
        option = next((option for option in self._offered if option[1] == label), None)
        if option is None:
            return
        # After the completer has put its text into the line.
        QTimer.singleShot(0, self, lambda: self._take(option))

    def _take(self, option: Option) -> None:
        made = self._make(option)
        if made is not None:
            self.set_chosen(*made)
            self.picked.emit()
