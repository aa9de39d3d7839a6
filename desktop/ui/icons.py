"""Icons: our own SVGs (24 grid, stroke 1.75, round), drawn sharp at any size in the colours in force.

`icon("meetings")` reads `resources/icons/meetings.svg`. The drawings say `currentColor`, which QtSvg paints
black: it is replaced when a picture is drawn, by the tone of the state (normal, disabled, selected). An icon
asks for the tones each time it is painted, so icons that are on buttons already follow a change of theme.

To add one: draw it with no fills and no colours but `currentColor`, save it, look at it at 16 pixels.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import bundled
from desktop.ui import theme
from desktop.ui.tones import LIGHT


@lru_cache(maxsize=256)
def icon(name: str, tone: str = "text") -> QIcon:
    """The icon `name`; `tone` is the tone that it has when it is neither disabled nor selected."""
    _source(name)  # a name that is none fails here, not in the middle of a paint
    return QIcon(_Engine(name, tone))


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """The program's own icon, for windows and the task bar: the two links on a tile, in either scheme."""
    return QIcon(_AppEngine("app", "on_accent"))


def paint(painter: QPainter, rect: QRect | QRectF, name: str, colour: str) -> None:
    """Draw the icon `name` into `rect` in a colour; for delegates and widgets that paint themselves."""
    _renderer(name, colour).render(painter, QRectF(rect))


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return bundled("resources", "icons", f"{name}.svg").read_text("utf-8")


_clones: list[QIconEngine] = []


def _kept(clone: QIconEngine) -> QIconEngine:
    """PySide lets go of what `clone()` returns while Qt still draws with it; nothing of ours asks for many."""
    _clones.append(clone)
    return clone


class _Engine(QIconEngine):
    """Draws one SVG in the tones that are in force at that moment."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def _colour(self, mode: QIcon.Mode) -> str:
        tones = theme.current()
        if mode == QIcon.Mode.Disabled:
            return tones.disabled
        return tones.on_accent if mode == QIcon.Mode.Selected else getattr(tones, self._tone)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        paint(painter, square, self._name, self._colour(mode))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """The picture at `size` (device-independent) for a screen of that scale."""
        colour = self._colour(mode)
        size = QSizeF(size.width() * scale, size.height() * scale).toSize()
        if size.isEmpty():
            return QPixmap()  # a button that is squeezed for a moment has no room for it
        key = f"{self.key()}:{self._name}:{colour}:{size.width()}x{size.height()}@{scale}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
            painter.end()
            pixmap.setDevicePixelRatio(scale)
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size

    def isNull(self) -> bool:
        return False

    def key(self) -> str:
        return "juntos"

    def iconName(self) -> str:
        return self._name

    def clone(self) -> QIconEngine:
        return _kept(_Engine(self._name, self._tone))


class _AppEngine(_Engine):
    """A tile in the accent of the light scheme, whatever the scheme: task bars have colours of their own."""

    def _colour(self, mode: QIcon.Mode) -> str:
        return LIGHT.on_accent

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(LIGHT.accent))
        radius = rect.width() * 0.22
        painter.drawRoundedRect(QRectF(rect), radius, radius)
        painter.restore()
        inset = round(rect.width() * 0.02)
        super().paint(painter, rect.adjusted(inset, inset, -inset, -inset), mode, state)

    def key(self) -> str:
        return "juntos-app"

    def clone(self) -> QIconEngine:
        return _kept(_AppEngine(self._name, self._tone))
