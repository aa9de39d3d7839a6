"""Lines of what is told at the left and its number at the right; where there is little room the number goes first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import captioned, join_parts
from desktop.ui import theme
from desktop.ui.widgets.tips import plain_tip

_ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class Facts(QWidget):
    """A screen reader hears them all."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these."""
        self.facts = tuple(facts)
        self.setAccessibleName(self.told())
        self.setToolTip(plain_tip(self.told()))
        self.setVisible(bool(facts))
        self.updateGeometry()
        self.update()

    def told(self) -> str:
        """All of them as one sentence."""
        return join_parts(*(captioned(*fact) for fact in self.facts))

    def sizeHint(self) -> QSize:
        return QSize(1, self.fontMetrics().lineSpacing() * len(self.facts))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.tabular(self.font()))
        metrics, elided = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        painter.setPen(theme.colour(theme.current().muted))
        for place, (fact, number) in enumerate(self.facts):
            line = QRect(0, place * metrics.lineSpacing(), self.width(), metrics.lineSpacing())
            number = metrics.elidedText(number, elided, line.width())
            painter.drawText(line, int(_ONE_LINE | Qt.AlignmentFlag.AlignRight), number)
            line.setRight(line.right() - metrics.horizontalAdvance(number) - theme.TIGHT)
            fact = metrics.elidedText(fact, elided, line.width())
            painter.drawText(line, int(_ONE_LINE | Qt.AlignmentFlag.AlignLeft), fact)
