"""Files and saved e-mails that are dropped: on a row of any list, or on the record that is shown.

The twin in the menus is the command that attaches a file to the selected record (`attaching`).
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView, QRubberBand, QWidget

from desktop.ui.context import Context
from desktop.ui.dropped import accept_copy, files
from desktop.ui.intake.dropping import over
from desktop.ui.named import named

UNDER = "desktop.ui.record.under:target"
ATTACH = "desktop.ui.record.attaching:attach"
"""Imported when something is dragged over the window for the first time."""
_MOVES = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class FileDrop(QObject):
    """Takes the drops on `host` and all in it that wants none itself; shows on which record they would fall."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self._band: QRubberBand | None = None
        host.setAcceptDrops(True)
        host.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _MOVES:
            self._context.safely(lambda: self._over(event))
            return True
        if kind == QEvent.Type.DragLeave:
            self._mark(None, QRect())
            return True
        if kind == QEvent.Type.Drop:
            self._context.safely(lambda: self._dropped(event))
            return True
        return False

    def _over(self, event: Any) -> None:
        """Whether something can be dropped here. A drag that brings no files is nobody's business here."""
        record, widget, place = self._target(event)
        event.setAccepted(event.type() == QEvent.Type.DragEnter and bool(files(event)))
        tables = over(self._host)
        if record is not None or (tables is not None and tables.wants(event)):
            accept_copy(event)
        self._mark(widget, place)

    def _dropped(self, event: Any) -> None:
        record, _widget, _place = self._target(event)
        self._mark(None, QRect())
        if record is None:
            tables = over(self._host)
            event.setAccepted(tables is not None and tables.take(event))
            return
        if accept_copy(event):
            named(ATTACH)(self._context, record, files(event))

    def _target(self, event: Any) -> tuple[Any, QWidget | None, QRect]:
        """The record under the pointer, what shows it, and where."""
        if not files(event):
            return None, None, QRect()
        place = event.position().toPoint()
        widget = self._host.childAt(place) or self._host
        return named(UNDER)(self._host, widget, widget.mapFrom(self._host, place))

    def _mark(self, widget: QWidget | None, place: QRect) -> None:
        if self._band is not None and (widget is None or self._band.parentWidget() is not widget):
            self._band.hide()
            self._band.deleteLater()
            self._band = None
        if widget is not None:
            self._band = self._band or QRubberBand(QRubberBand.Shape.Rectangle, widget)
            self._band.setGeometry(place)
            self._band.show()


def row_rect(view: QAbstractItemView, place: QPoint) -> QRect:
    """The whole row under a place of a view's viewport; empty where there is none."""
    index = view.indexAt(place)
    if not index.isValid():
        return QRect()
    rect = view.visualRect(index)
    return QRect(0, rect.top(), view.viewport().width(), rect.height())
