"""Looking at a window as it stands: what is cut, and what a screen reader has no name for."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QMenu,
    QScrollBar,
    QStyle,
    QStyleOptionTab,
    QTabBar,
    QToolButton,
    QWidget,
)

from desktop.ui.widgets.dateedit import DateEdit
from desktop.ui.widgets.rag import Chip

MORE = 0.4
"""By how much texts may be longer than in English."""
_KEPT = re.compile(r"(\{[^}]*\}|%\([a-z_]+\)s|&(?=\w))")
_END = re.compile(r"[….:!?)\s]*$")
_FILLER = "laengerer wortlaut in einer anderen sprache "


class Long(gettext.NullTranslations):
    """A language whose every message is 40 % longer than the English one; what it names stays whole."""

    def gettext(self, message: str) -> str:
        return lengthened(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return lengthened(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return lengthened(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return lengthened(msgid1 if n == 1 else msgid2)


def lengthened(message: str) -> str:
    """A message with 40 % more letters before its last signs."""
    letters = len(_KEPT.sub("", message))
    if not re.search(r"[^\W\d]", _KEPT.sub("", message)):
        return message
    more = max(1, -(-letters * 4 // 10))
    filler = (_FILLER * (more // len(_FILLER) + 1))[:more].replace(" ", "m" if more < 8 else " ")
    end = _END.search(message)
    gap = " " if more >= 8 else ""
    return message[: end.start()] + gap + filler[: more - len(gap)].rstrip() + message[end.start() :]


def cut(root: QWidget) -> list[str]:
    """What is seen below a widget and has too little room for its words."""
    return [f"{_told(widget)}: {why}" for widget in _seen(root) if (why := _cut(widget))]


def nameless(root: QWidget) -> list[str]:
    """What can have the focus below a widget and tells a screen reader no name."""
    found = []
    for widget in _seen(root):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isEnabled():
            continue
        if widget.focusProxy() is not None or isinstance(widget, QScrollBar):
            continue
        if _inside(widget, QAbstractSpinBox, QComboBox):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            found.append(_told(widget))
    return found


def wide_menus(root: QWidget, width: int) -> list[str]:
    """Menus that have no room on the screen."""
    return [menu.title() for menu in root.findChildren(QMenu) if menu.sizeHint().width() > width]


def _seen(root: QWidget) -> Iterator[QWidget]:
    if root.isVisible():
        yield root
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def _inside(widget: QWidget, *kinds: type) -> bool:
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, kinds):
            return True
        above = above.parentWidget()
    return False


def _cut(widget: QWidget) -> str:
    """Why the words of a widget are not whole; '' where they are, or where cutting is declared."""
    if widget.property("elides"):
        return "" if widget.toolTip() or not widget.text() else "elided, and without a tool tip"
    if isinstance(widget, QLabel):
        why = _label(widget)
    elif isinstance(widget, DateEdit):
        why = _small(widget, widget.minimumSizeHint())
    elif isinstance(widget, Chip):
        why = _small(widget, widget.sizeHint())
    elif isinstance(widget, QTabBar):
        why = _tabs(widget)
    elif isinstance(widget, QToolButton) and _icon_alone(widget):
        return ""
    elif isinstance(widget, QAbstractButton) and widget.text():
        why = _small(widget, widget.minimumSizeHint() if widget.icon().isNull() else widget.sizeHint())
    else:
        return ""
    return why or _covered(widget)


def _icon_alone(button: QToolButton) -> bool:
    shown = button.toolButtonStyle()
    return shown == Qt.ToolButtonStyle.ToolButtonIconOnly and not button.icon().isNull()


def _label(label: QLabel) -> str:
    if not label.text() or not label.pixmap().isNull():
        return ""
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        room = QRect(0, 0, label.contentsRect().width(), 10_000)
        flags = Qt.TextFlag.TextWordWrap | (Qt.TextFlag.TextShowMnemonic if label.buddy() else Qt.TextFlag(0))
        wide = label.fontMetrics().boundingRect(room, flags, label.text()).width()
        rich = label.textFormat() == Qt.TextFormat.RichText or "<" in label.text()
        if wide > room.width() + 1 and not rich:
            return f"a word is {wide} wide in {room.width()}"
        return f"{needed} high in {label.height()}" if needed > label.height() + 1 else ""
    return _small(label, label.sizeHint())


def _small(widget: QWidget, wanted: QSize) -> str:
    if wanted.width() > widget.width() + 1:
        return f"{wanted.width()} wide in {widget.width()}"
    return f"{wanted.height()} high in {widget.height()}" if wanted.height() > widget.height() + 1 else ""


def _tabs(bar: QTabBar) -> str:
    for number in range(bar.count()):
        option = QStyleOptionTab()
        bar.initStyleOption(option, number)
        room = bar.style().subElementRect(QStyle.SubElement.SE_TabBarTabText, option, bar)
        shown = bar.tabText(number).replace("&&", "&").replace("&", "")
        needed = bar.fontMetrics().horizontalAdvance(shown)
        if needed > room.width() + 1:
            return f"tab “{shown}” {needed} wide in {room.width()}"
    return ""


def _covered(widget: QWidget) -> str:
    """What stands in an area that scrolls can be brought into view; elsewhere all of it must be seen."""
    if _inside(widget, QAbstractScrollArea, QAbstractItemView):
        return ""
    seen: QRect = widget.visibleRegion().boundingRect()
    whole: QRect = widget.rect()
    if seen.width() + 1 < whole.width() or seen.height() + 1 < whole.height():
        return f"only {seen.width()}×{seen.height()} of {whole.width()}×{whole.height()} is seen"
    return ""


def _told(widget: Any) -> str:
    words = widget.text() if hasattr(widget, "text") else ""
    path = []
    above = widget
    while above is not None and len(path) < 4:
        path.append(type(above).__name__)
        above = above.parentWidget()
    return f"{'<'.join(path)} “{str(words)[:60]}”"
