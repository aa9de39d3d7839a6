"""A view of a figure whose items are marks of a picture: arrows go from one to the next, Enter leads to its list.

It is a table view, so whatever reads the screen finds a table of named cells in it; only where the cells are, and how
they look, is its own. A subclass says how high it wants to be, where the marks are, and how they are drawn.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QTableView, QWidget

from desktop.ui import theme
from desktop.ui.charts.figure import CELL, Figure, FigureModel
from desktop.ui.tones import LIGHT, Tones

Places = dict[tuple[int, int], QRectF]
"""Where the mark of a row and column is."""
_SHARP = 2
"""Pixels of a copied picture for one of the screen's."""
_LEAST_COPIED = 560


class Chart(QTableView):
    """Shows the figure of its model."""

    leads = Signal(str, object)
    """Somebody wants the list of this entity key with these conditions."""
    newest_last = False
    """Whether it is time that goes from the first mark to the last: then one begins with the last."""

    def __init__(self, model: FigureModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places: Places = {}
        self._kept = (-1, -1)
        self.ring = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._on_reset)
        self.clicked.connect(self._lead)
        self._on_reset()

    @property
    def figure(self) -> Figure:
        model: Any = self.model()
        figure: Figure = model.figure
        return figure

    # ---- what a kind of chart says

    @abstractmethod
    def wanted_height(self, width: float) -> int:
        """How high it is, being so wide."""

    @abstractmethod
    def arrange(self, area: QRectF) -> Places:
        """Where the marks of the figure are within an area."""

    @abstractmethod
    def draw(self, painter: QPainter, area: QRectF, places: Places, tones: Tones) -> None:
        """Draw the figure; the painter has the font of the chart."""

    # ---- as a widget

    def metrics(self) -> QFontMetricsF:
        """Of the chart's font, on whatever it is drawn."""
        return QFontMetricsF(self.font())

    def sizeHint(self) -> QSize:
        return QSize(240, self.wanted_height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._on_reset()

    def _on_reset(self) -> None:
        """Take over another figure; what was current stays so, as far as it is there."""
        self.setAccessibleName(self.figure.title)
        self.setAccessibleDescription(self.figure.told)
        blank = self.figure.blank
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if blank else Qt.FocusPolicy.StrongFocus)
        self._arrange()
        kept, self._kept = self._kept, (-1, -1)
        if kept in self.places:
            self.setCurrentIndex(self.model().index(*kept))

    def _remember(self) -> None:
        self._kept = (self.currentIndex().row(), self.currentIndex().column())

    def _arrange(self) -> None:
        blank = self.figure.blank
        self.places = {} if blank else self.arrange(QRectF(self.viewport().rect()))
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        self._paint(painter, QRectF(self.viewport().rect()), self.places, theme.current())
        place = self.places.get((self.currentIndex().row(), self.currentIndex().column()))
        if place is not None and self.hasFocus() and self.ring:
            painter.setPen(QPen(theme.colour(theme.current().accent), theme.RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inside = QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(place.adjusted(-2, -2, 2, 2) & inside, theme.TIGHT, theme.TIGHT)

    def _paint(self, painter: QPainter, area: QRectF, places: Places, tones: Tones) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.figure.blank:
            self.draw(painter, area, places, tones)
            return
        painter.setPen(theme.colour(tones.muted))
        line = area.adjusted(0, 0, 0, self.metrics().height() + theme.MEDIUM - area.height())
        painter.drawText(
            line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), self.figure.empty
        )

    def picture(self) -> QImage:
        """The chart with its title, sharp and in light colours, as it goes into a document."""
        width, edge = max(_LEAST_COPIED, self.viewport().width()), float(theme.LARGE)
        heading = theme.heading_font(self.font(), 3)
        top = edge + QFontMetricsF(heading).height() + theme.MEDIUM
        area = QRectF(edge, top, width, self.wanted_height(width))
        size = QSize(round(area.right() + edge), round(area.bottom() + edge))
        image = QImage(size * _SHARP, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SHARP)
        image.fill(theme.colour(LIGHT.surface))
        painter = QPainter(image)
        painter.setFont(heading)
        painter.setPen(theme.colour(LIGHT.text))
        painter.drawText(
            QRectF(edge, edge, width, top - edge), int(Qt.AlignmentFlag.AlignLeft), self.figure.title
        )
        painter.setFont(self.font())
        self._paint(painter, area, {} if self.figure.blank else self.arrange(area), LIGHT)
        painter.end()
        return image

    # ---- keyboard and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.ring = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._lead(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring = event.reason() != Qt.FocusReason.MouseFocusReason
        if not self.currentIndex().isValid() and self.places:
            row, column = list(self.places)[-1 if self.newest_last else 0]
            self.setCurrentIndex(self.model().index(row, column))
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ring = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.indexAt(event.position().toPoint()).data(CELL)
        hand = cell is not None and cell.leads is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def _lead(self, index: QModelIndex) -> None:
        cell = index.data(CELL)
        if cell is not None and cell.leads is not None:
            self.leads.emit(*cell.leads)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        move = QAbstractItemView.CursorAction
        here = (self.currentIndex().row(), self.currentIndex().column())
        if not self.places:
            return QModelIndex()
        order = list(self.places)
        if action == move.MoveHome or here not in self.places:
            return self.model().index(*order[0])
        if action == move.MoveEnd:
            return self.model().index(*order[-1])
        steps = {move.MoveLeft: (-1, 0), move.MoveRight: (1, 0), move.MoveUp: (0, -1), move.MoveDown: (0, 1)}
        found = self._beside(here, steps[action]) if action in steps else here
        return self.model().index(*found)

    def _beside(self, here: tuple[int, int], step: tuple[int, int]) -> tuple[int, int]:
        """The nearest mark that way: as straight as there is one, the same where there is none."""
        start = self.places[here].center()
        best, least = here, float("inf")
        for key, place in self.places.items():
            way = place.center() - start
            along = way.x() * step[0] + way.y() * step[1]
            aside = abs(way.x() * step[1]) + abs(way.y() * step[0])
            if along > 1 and aside <= along * 4 and along + 3 * aside < least:
                best, least = key, along + 3 * aside
        return best

    # ---- what an item view asks

    def visualRect(self, index: QModelIndex) -> QRect:
        place = self.places.get((index.row(), index.column()))
        return place.toAlignedRect() if place is not None else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        for (row, column), place in self.places.items():
            if place.contains(point):
                return self.model().index(row, column)
        return QModelIndex()

    def scrollTo(
        self,
        index: QModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Everything is in sight."""

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: QModelIndex) -> bool:
        return (index.row(), index.column()) not in self.places

    def setSelection(self, rect: QRect, command: Any) -> None:
        self.selectionModel().select(self.indexAt(rect.center()), command)

    def visualRegionForSelection(self, selection: Any) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index))
        return region
