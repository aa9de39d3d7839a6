"""A card of the board: what it tells of an initiative, and how it is painted. Texts are made once, when first seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.i18n import _, format_date, join_parts
from desktop.model import Initiative, field
from desktop.service.pipeline import CARD
from desktop.service.query import Row
from desktop.ui import icons, theme
from desktop.ui.lists.chips import rag_of
from desktop.ui.lists.hits import Terms, hits
from desktop.ui.lists.lines import SHOWN
from desktop.ui.tones import Tones
from desktop.ui.widgets.rag import chip_size, paint_chip, word

GAP = theme.SMALL
"""Between two cards."""
_PAD = 10
_NAME_LINES = 2
_CALLED = field(Initiative, "attention")
_ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Card:
    """What a card tells, ready to be painted."""

    id: int
    stage: str
    ref: str
    name: str
    rag: str
    attention: str
    """Its key; `called` is how it reads."""
    called: str
    milestone: str
    day: str
    value: str
    owner: str
    countries: str

    def said(self) -> str:
        """The card in words: for a screen reader, and as its tool tip."""
        milestone = join_parts(self.milestone, self.day)
        return join_parts(
            f"{self.ref} {self.name}",
            word(self.rag),
            self.called,
            _("milestone {what}").format(what=milestone) if milestone else "",
            self.value,
            self.owner,
            self.countries,
        )


def worth(currency: str, amount: str) -> str:
    """An amount with its currency; `amount` as it reads."""
    return _("{currency} {amount}").format(currency=currency, amount=amount)


def card_of(row: Row) -> Card:
    """The card of a row of `pipeline.cards`."""
    raw = dict(zip(CARD, row[1:], strict=True))
    told = {name: field(Initiative, name).shown(raw[name])[:SHOWN] for name in CARD}
    return Card(
        id=row[0],
        stage=raw["stage"],
        ref=raw["ref"],
        name=told["name"],
        rag=raw["rag"],
        attention=raw["attention"],
        called=told["attention"],
        milestone=told["milestone"],
        day=format_date(raw["milestone_on"]),
        value=worth(raw["currency"], told["value"]) if raw["value"] else "",
        owner=told["owner"],
        countries=told["countries"],
    )


class CardDelegate(QStyledItemDelegate):
    """Paints the cards of a `CardList`: `list.card(row)` gives one, `list.terms` what is searched for."""

    def __init__(self, cards: Any) -> None:
        super().__init__(cards)
        self._list = cards
        self._names: dict[str, tuple[str, ...]] = {}
        self._names_for: tuple[str, int] = ("", 0)

    def _name(self, text: str) -> tuple[str, ...]:
        """The lines of a name; broken once for a font and a width."""
        font, width = self._list.font(), self._list.viewport().width() - 2 * _PAD
        if self._names_for != (font.key(), width):
            self._names_for = font.key(), width
            self._names.clear()
        if text not in self._names:
            self._names[text] = _broken(text, theme.tabular(font), width)
        return self._names[text]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        card, width = self._list.card(index.row()), self._list.viewport().width()
        metrics = QFontMetrics(self._list.font())
        lines = 1 + bool(card.milestone or card.day) + bool(card.value or card.owner) + bool(card.countries)
        name = len(self._name(card.name))
        chip = chip_size(metrics, card.rag, "").height()
        height = chip + (name + lines - 1) * metrics.lineSpacing() + lines * theme.TIGHT
        return QSize(max(1, width), height + 2 * _PAD + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        card, tones = self._list.card(index.row()), theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = self._list.hasFocus()
        rect = option.rect.adjusted(0, 0, 0, -GAP)
        painter.save()
        painter.setFont(theme.tabular(self._list.font()))
        _paint_ground(painter, rect, tones, chosen, focused, hovered)
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        _Painting(painter, inner, tones, chosen).paint(card, self._name(card.name), self._list.terms)
        painter.restore()


def _paint_ground(
    painter: QPainter, rect: QRect, tones: Tones, chosen: bool, focused: bool, hovered: bool
) -> None:
    """The card itself; the one that is selected has the ring while the focus is on it."""
    ring = chosen and focused
    ground = (
        tones.accent_soft if ring else tones.pressed if chosen else tones.hover if hovered else tones.raised
    )
    width = theme.RING if ring else 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(tones.accent if ring else tones.hairline), width))
    painter.setBrush(theme.colour(ground))
    inset = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS)


class _Painting:
    """The lines of one card, from top to bottom."""

    def __init__(self, painter: QPainter, area: QRect, tones: Tones, chosen: bool) -> None:
        self._painter, self._area, self._tones = painter, area, tones
        self._quiet = tones.text if chosen else tones.muted
        self._top = area.top()
        self._metrics = painter.fontMetrics()

    def paint(self, card: Card, name: tuple[str, ...], terms: Terms) -> None:
        self._paint_head(card)
        self._paint_name(name, terms)
        if card.milestone or card.day:
            ink = self._tones.red if card.attention == "overdue" else self._quiet
            self._paint_pair(card.milestone, card.day, self._tones.text, ink, flag=True)
        if card.value or card.owner:
            self._paint_pair(card.value, card.owner, self._tones.text, self._quiet)
        if card.countries:
            self._paint_pair(card.countries, "", self._quiet, self._quiet)

    def _paint_head(self, card: Card) -> None:
        """The reference, and at the right the RAG and what calls for attention."""
        height = chip_size(self._metrics, card.rag, "").height()
        line = QRect(self._area.left(), self._top, self._area.width(), height)
        self._text(line, _LEFT, card.ref, self._quiet)
        line.setLeft(line.left() + self._metrics.horizontalAdvance(card.ref) + theme.SMALL)
        for rag, text in ((card.rag, word(card.rag)), (rag_of(_CALLED, card.attention), card.called)):
            if text and line.width() > 2 * height:
                paint_chip(self._painter, line, rag, text, _RIGHT)
                line.setRight(line.right() - chip_size(self._metrics, rag, text).width() - theme.TIGHT)
        self._top += height + theme.TIGHT

    def _paint_name(self, name: tuple[str, ...], terms: Terms) -> None:
        for text in name:
            line = self._line()
            self._paint_hits(line, text, terms)
            self._text(line, _LEFT, text, self._tones.text)
            self._top += self._metrics.lineSpacing()
        self._top += theme.TIGHT

    def _paint_hits(self, line: QRect, text: str, terms: Terms) -> None:
        for start, end in hits(text, terms) if terms else ():
            left = line.left() + self._metrics.horizontalAdvance(text[:start])
            width = self._metrics.horizontalAdvance(text[start:end])
            self._painter.fillRect(
                left - 1, line.top(), width + 2, line.height(), theme.colour(self._tones.amber_on)
            )
            if self._tones.high:
                self._painter.fillRect(left, line.bottom() - 1, width, 2, theme.colour(self._tones.text))

    def _paint_pair(self, left: str, right: str, ink: str, other: str, flag: bool = False) -> None:
        """What stands at the left, cut where it must be, and at the right, which may take half the line."""
        line = self._line()
        if flag:
            side = self._metrics.ascent()
            square = QRectF(line.left(), line.center().y() - side / 2 + 0.5, side, side)
            icons.paint(self._painter, square, "flag", self._quiet)
            line.setLeft(line.left() + side + theme.TIGHT)
        if right:
            room = line.width() if not left else line.width() // 2
            taken = min(room, self._metrics.horizontalAdvance(right) + 1)
            end = QRect(line)
            end.setLeft(line.right() - taken)
            if left:
                self._text(end, _RIGHT, right, other)
                line.setRight(end.left() - theme.SMALL)
            else:
                self._text(line, _LEFT, right, other)
        if left:
            self._text(line, _LEFT, left, ink)
        self._top += self._metrics.lineSpacing() + theme.TIGHT

    def _line(self) -> QRect:
        return QRect(self._area.left(), self._top, self._area.width(), self._metrics.lineSpacing())

    def _text(self, line: QRect, side: Qt.AlignmentFlag, text: str, ink: str) -> None:
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width() + 1)
        self._painter.setPen(theme.colour(ink))
        self._painter.drawText(line.adjusted(0, 0, 1, 0), int(_ONE_LINE | side), shown)


def _broken(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """A name in at most two lines, the second cut where there is more."""
    layout = QTextLayout(text, font)
    layout.setTextOption(_WRAPS)
    layout.beginLayout()
    starts = []
    while len(starts) <= _NAME_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    last = min(len(starts), _NAME_LINES) - 1
    ends = [*starts[1 : last + 1], len(text)]
    return tuple(text[start:end].strip() for start, end in zip(starts, ends, strict=False))


_WRAPS = QTextOption()
_WRAPS.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
