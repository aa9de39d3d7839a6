"""Where Tab stops, found by going through layouts: in the order in which one reads."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import isValid


def stops(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout that Tab stops at, and of those within, in their order."""
    for place in range(layout.count()):
        entry = layout.itemAt(place)
        widget, inner = entry.widget(), entry.layout()
        if inner is not None:
            yield from stops(inner)
        elif widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            if widget.layout() is not None:
                yield from stops(widget.layout())


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab can stop at a widget now."""
    if not isValid(widget):  # a row that was taken away meanwhile
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def beyond(part: QWidget, forward: bool) -> QWidget | None:
    """Where Tab goes when it leaves a part of a window; None where nothing else takes it."""
    window, here = part.window(), part
    for _step in range(len(window.findChildren(QWidget)) + 1):
        here = here.nextInFocusChain() if forward else here.previousInFocusChain()
        if here is part:
            return None
        outside = here.window() is window and here is not window and not part.isAncestorOf(here)
        if outside and takes_tab(here):
            return here
    return None
