"""A level as a button: its icon and its word, never its colour alone; a menu under it gives another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QStyle, QWidget

from desktop.i18n import _, captioned
from desktop.model.visibility import AUDIENCES, INTERNAL
from desktop.ui import icons, theme
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.icons import icon
from desktop.ui.visibility.words import ICONS, short, word
from desktop.ui.widgets.rag import CHIP_PAD
from desktop.ui.widgets.tips import plain_tip

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_ROW_PAD = 7
"""Over and under it beside what is typed into: what the text there is set down by."""
Other = tuple[str, Callable[[], object]]
"""Words in the menu, and what they do."""


class LevelButton(QAbstractButton):
    """A chip with the whole word, in short at the end of its room where that is too small for it; or `quiet`:
    without a ground and in short, for what stands beside a label.

    `brief` ones show the icon alone while the level is internal, as almost all of a list are; `bare` ones always,
    where a word would take the room of what it is about.
    """

    chosen = Signal(str)
    """Somebody wants this level; it is shown once it is kept."""

    def __init__(
        self,
        about: str = "",
        *,
        quiet: bool = False,
        brief: bool = False,
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._about, self._quiet = about or _("Visibility"), quiet or bare
        self._brief, self._bare = brief, bare
        self._level = INTERNAL
        self._others: Sequence[Other] = ()
        self.menu = QMenu(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed if self._quiet else policy.Maximum, policy.Fixed)
        self.clicked.connect(self.open)
        self.show_level(INTERNAL)

    def level(self) -> str:
        """What is shown."""
        return self._level

    def show_level(self, level: str) -> None:
        """Show a level."""
        self._level = level
        self.setAccessibleName(captioned(self._about, word(level)))
        self.setToolTip(plain_tip(_("{level}: who may see this").format(level=word(level))))
        self.updateGeometry()
        self.update()

    def show_about(self, about: str) -> None:
        """Say whose level it is."""
        self._about = about
        self.show_level(self._level)

    def offer(self, others: Sequence[Other]) -> None:
        """What its menu has under the levels."""
        self._others = others

    def open(self) -> None:
        """Open the menu."""
        self.fill(self.menu)
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def fill(self, menu: QMenu) -> None:
        """Put the levels and what else there is into a menu."""
        menu.clear()
        fill_levels(menu, self._level, self.chosen.emit, self._others)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and not event.modifiers():
            self.open()
            return
        super().keyPressEvent(event)

    # ---- how it looks

    def _words(self) -> str:
        if self._bare or (self._brief and self._level == INTERNAL):
            return ""
        whole = word(self._level)
        return whole if not self._quiet and self._width_of(whole) <= self.width() else short(self._level)

    def _side(self) -> int:
        return max(10, round(self.fontMetrics().height() * 0.8))

    def _width_of(self, words: str) -> int:
        width = 2 * theme.TIGHT + 2 + self._side() + (0 if self._quiet else theme.TIGHT)
        if words:
            width += 2 * theme.TIGHT + self.fontMetrics().horizontalAdvance(words) + self._arrow()
        return width

    def _size_for(self, words: str) -> QSize:
        height = self.fontMetrics().height() + 2 * (_ROW_PAD if self._bare else CHIP_PAD)
        return QSize(self._width_of(words), height)

    def sizeHint(self) -> QSize:
        return self._size_for(self._words() if self._quiet else word(self._level))

    def minimumSizeHint(self) -> QSize:
        return self._size_for(self._words() if self._quiet else short(self._level))

    def _arrow(self) -> int:
        return round(self._side() * 0.75)

    def _inks(self) -> tuple[str, str]:
        """Ink and ground; '' for no ground."""
        tones = theme.current()
        over = self.isEnabled() and (self.underMouse() or self.menu.isVisible())
        if not self.isEnabled():
            return tones.disabled, ""
        shared = self._level != INTERNAL
        if self._quiet:
            ink = tones.accent if shared else tones.muted
            return (tones.text, tones.hover) if over else (ink, "")
        if over:
            return tones.text, tones.pressed
        return (tones.accent, tones.accent_soft) if shared else tones.rag("grey")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = self._inks()
        tones = theme.current()
        ring = QPen(theme.colour(tones.accent), theme.RING)
        outline = QPen(theme.colour(ink)) if tones.high else Qt.PenStyle.NoPen
        painter.setPen(ring if self.hasFocus() else outline)
        painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        inset = theme.RING / 2 if self.hasFocus() else 0.5 if tones.high else 0
        side, words = self._side(), self._words()
        used = self._width_of(words)
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            painter.translate(self.width() - used, 0)
        whole = QRectF(0, 0, used, self.height()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        start = theme.TIGHT + (1 if self._quiet else theme.TIGHT // 2 + 1)
        place = QRect(start, (self.height() - side) // 2, side, side)
        icons.paint(painter, self._turned(place), ICONS[self._level], ink)
        if not words:
            return
        at = place.right() + 1 + theme.TIGHT
        area = QRect(at, 0, self.fontMetrics().horizontalAdvance(words) + 1, self.height())
        painter.setPen(theme.colour(ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self._turned(area), int(flags), words)
        arrow = self._arrow()
        down = QRect(area.right() + theme.TIGHT, (self.height() - arrow) // 2 + 1, arrow, arrow)
        icons.paint(painter, self._turned(down), "chevron-down", ink)

    def _turned(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.EnabledChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)


def fill_levels(
    menu: QMenu, level: str, chosen: Callable[[str], object], others: Sequence[Other] = ()
) -> None:
    """Put the three levels into a menu, the one that holds marked; and under them what else can be done."""
    words = with_access_keys([*(word(each) for each in AUDIENCES), *(said for said, _call in others)])
    for each, said in zip(AUDIENCES, words, strict=False):
        action = menu.addAction(icon("check" if each == level else ICONS[each]), said)
        action.setCheckable(True)
        action.setChecked(each == level)
        action.triggered.connect(lambda _on=False, each=each: chosen(each))
    if others:
        menu.addSeparator()
    for said, (_said, call) in zip(words[len(AUDIENCES) :], others, strict=True):
        menu.addAction(said).triggered.connect(lambda _on=False, call=call: call())


def level_menu(parent: QMenu, words: str, level: Callable[[], str], chosen: Callable[[str], object]) -> QMenu:
    """A menu of the levels within another one; `level` is asked each time it opens."""
    inner = parent.addMenu(icon("lock", "muted"), words)

    def fill() -> None:
        inner.clear()
        fill_levels(inner, level(), chosen)

    inner.aboutToShow.connect(fill)
    fill_levels(inner, INTERNAL, chosen)  # an empty menu opens nowhere
    return inner
