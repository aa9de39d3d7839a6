"""A set, edited as chips: what is chosen can be removed, and a line behind it finds more."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.text import fold
from desktop.ui import theme
from desktop.ui.announce import announce
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.itemchip import ItemChip

Option = tuple[Hashable, str]
"""A key and the label under which people know it."""
_OFFERED = 50


class ChipsEdit(QWidget):
    """`search` finds pairs of key and label for a text.

    One stop for Tab: from the line, Left goes back over the chips and Backspace removes the last; on a chip,
    Delete removes it.
    """

    changed = Signal()
    """Somebody added or removed one; `set_items()` says nothing."""

    def __init__(self, search: Callable[[str], Iterable[Option]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._chips: list[ItemChip] = []
        self._offered: list[Option] = []
        self._read_only = False
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(theme.TIGHT, theme.TIGHT, theme.TIGHT, theme.TIGHT)
        self._line = QLineEdit(frame=False)
        self._line.setProperty("inside", True)
        self._line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line.textEdited.connect(self._offer)
        self._flow.addWidget(self._line)
        self._labels = QStringListModel(self)
        self._completer = QCompleter(self._labels, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self._line)
        self._line.installEventFilter(
            self
        )  # before the completer, which keeps it to itself that the line is left
        self._completer.popup().setProperty("popup", True)
        self._completer.activated[str].connect(self._on_activated)
        self.setFocusProxy(self._line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._fit()

    def keys(self) -> list[Hashable]:
        """The keys of what is chosen, in the order shown."""
        return [chip.key for chip in self._chips]

    def items(self) -> list[Option]:
        """What is chosen: key and words of each, in the order shown."""
        return [(chip.key, chip.label) for chip in self._chips]

    def set_items(self, items: Iterable[Option]) -> None:
        """Show another set."""
        items = list(items)
        if items == self.items():
            return
        while self._chips:
            self._drop(self._chips[-1])
        for key, label in items:
            self._append(key, label)
        self._line.clear()

    def add(self, key: Hashable, label: str) -> None:
        """Add one as if somebody had; one that is there already stays once."""
        self._line.clear()
        if key not in self.keys():
            self._append(key, label)
            announce(self, _("{item} added").format(item=label))
            self.changed.emit()

    def remove(self, key: Hashable) -> None:
        """Remove one as if somebody had; the focus goes to its neighbour."""
        place = self.keys().index(key)
        chip = self._chips[place]
        had_focus = chip.hasFocus()
        self._drop(chip)
        if had_focus:
            self._focus(min(place, len(self._chips)))
        announce(self, _("{item} removed").format(item=chip.label))
        self.changed.emit()

    def line(self) -> QLineEdit:
        """The line in which one looks for more."""
        return self._line

    def set_placeholder(self, text: str) -> None:
        self._line.setPlaceholderText(text)
        self._fit()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._line.setVisible(not read_only)
        for chip in self._chips:
            chip.set_removable(not read_only)
        self.update()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    # ---- looking for more

    def _offer(self, text: str) -> None:
        """Show what can be added for a text, the first of it chosen if something was typed."""
        chosen = set(self.keys())
        found = (option for option in self._search(text) if option[0] not in chosen)
        self._offered = [option for option, _place in zip(found, range(_OFFERED), strict=False)]
        self._labels.setStringList([label for _key, label in self._offered])
        popup = self._completer.popup()
        if not self._offered:
            popup.hide()
            return
        width = max(self._line.width(), 28 * self.fontMetrics().averageCharWidth())
        self._completer.complete(QRect(0, 0, width, self._line.height() + theme.TIGHT))
        popup.setCurrentIndex(self._labels.index(0) if text.strip() else QModelIndex())

    def _on_activated(self, label: str) -> None:
        option = next((option for option in self._offered if option[1] == label), None)
        if option is not None:
            self.add(*option)
            QTimer.singleShot(0, self._line.clear)  # after the completer is done with it

    def _take_typed(self) -> bool:
        """Add what the text names exactly or, failing that, the only thing offered for it."""
        text = self._line.text()
        if not text.strip():
            return False
        found = [option for option, _place in zip(self._meant(text), range(_OFFERED), strict=False)]
        exact = [option for option in found if fold(option[1].strip()) == fold(text.strip())]
        if len(exact or found) != 1:
            return False
        self.add(*(exact or found)[0])
        return True

    def _meant(self, text: str) -> Iterable[Option]:
        """What a text may name although nobody picked it."""
        return self._search(text)

    # ---- chips

    def _append(self, key: Hashable, label: str) -> None:
        chip = ItemChip(key, label, self)
        chip.set_removable(not self._read_only)
        chip.remove_requested.connect(lambda: self.remove(key))
        chip.installEventFilter(self)
        self._flow.insert(len(self._chips), chip)
        self._chips.append(chip)
        chip.show()
        self._changed_shape()

    def _drop(self, chip: ItemChip) -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.removeEventFilter(self)
        chip.hide()
        chip.deleteLater()
        self._changed_shape()

    def _focus(self, place: int) -> None:
        """Focus the chip at a place, or the line behind the last."""
        target = self._chips[place] if 0 <= place < len(self._chips) else self._line
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
            if watched is self._line and event.type() == QEvent.Type.FocusOut:
                self._on_left(event.reason())
        elif event.type() == QEvent.Type.ShortcutOverride:
            if watched is self._line and event.key() == Qt.Key.Key_Escape and self._line.text():
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress:
            if watched is self._line:
                return self._on_line_key(event)
            if watched in self._chips:
                return self._on_chip_key(self._chips.index(watched), event)
        return super().eventFilter(watched, event)

    def _on_left(self, reason: Qt.FocusReason) -> None:
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if reason == Qt.FocusReason.ShortcutFocusReason:
            self._completer.popup().hide()  # at once: it would swallow the next key
        if reason not in stays and not self._take_typed():
            self._leave_typed()

    def _leave_typed(self) -> None:
        """The line was left with a text that names nothing."""
        self._line.clear()

    def _on_line_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._line.text().strip():
            if not self._take_typed():
                self._offer(self._line.text())
            return True  # not the dialog's default button
        if key == Qt.Key.Key_Escape and self._line.text():
            self._line.clear()
            return True
        if key == Qt.Key.Key_Down:
            self._offer(self._line.text())
            return True
        if self._line.cursorPosition() or self._line.hasSelectedText() or not self._chips:
            return False
        if key == Qt.Key.Key_Backspace and not self._line.text():
            self.remove(self._chips[-1].key)
            return True
        if key == self._towards_start():
            self._focus(len(self._chips) - 1)
            return True
        return False

    def _on_chip_key(self, place: int, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if not self._read_only:
                self.remove(self._chips[place].key)
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._focus(max(0, place - 1) if key == self._towards_start() else place + 1)
            return True
        return False

    def _towards_start(self) -> Qt.Key:
        leftwards = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        return Qt.Key.Key_Left if leftwards else Qt.Key.Key_Right

    # ---- looks

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        focus = self.focusWidget()
        active = focus is not None and focus.hasFocus()
        off = self._read_only or not self.isEnabled()
        width = theme.RING if active else 1
        half = width / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tones.accent if active else tones.hairline if off else tones.control
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour(tones.window if off else tones.surface))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), theme.RADIUS, theme.RADIUS
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        least = metrics.averageCharWidth() * 10
        wanted = metrics.horizontalAdvance(self._line.placeholderText()) + 2 * theme.SMALL
        self._line.setMinimumSize(max(least, min(wanted, 3 * least)), metrics.height() + 4)  # high as a chip

    def _changed_shape(self) -> None:
        self._flow.invalidate()
        self.updateGeometry()
        self.update()
