"""The countries to choose from: a search by name in any of our languages, and the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.countries import country_name, named_like
from desktop.i18n import _, format_number, join_parts
from desktop.service.country import Counts
from desktop.ui import theme
from desktop.ui.passing import PassesFocus
from desktop.ui.widgets.ground import wash
from desktop.ui.widgets.searchbox import SearchBox
from desktop.ui.widgets.tips import plain_tip

CODE, COUNT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
WIDTH = 26
"""Of the list, in average letters."""


class CountryList(PassesFocus, QWidget):
    """Names with the number of open commitments beside them; those of accreditation stand first, in bold."""

    chosen = Signal(str)
    """The code of the country that is current from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Sequence[tuple[str, Counts]] = ()
        self._first: frozenset[str] = frozenset()
        self.search = SearchBox(_("Search countries"))
        self.search.text_changed_settled.connect(lambda _text: self._fill(self.code()))
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(_("Countries"))
        self.list.setItemDelegate(_CountryDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.viewport().setAutoFillBackground(False)
        self.list.currentItemChanged.connect(self._on_current)
        self.nothing = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self.nothing.setProperty("muted", True)
        self.nothing.setText(_("No country that anything concerns has such a name."))
        column = QVBoxLayout(self, spacing=theme.SMALL)
        column.setContentsMargins(theme.MEDIUM, theme.LARGE, theme.MEDIUM, theme.SMALL)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.pass_focus_to(self.list)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH * self.fontMetrics().averageCharWidth() + 2 * theme.MEDIUM, 300)

    def offer(self, countries: Sequence[tuple[str, Counts]], first: Sequence[str], code: str) -> None:
        """Show these, of which `first` are those of accreditation, with `code` current. Tells no choice."""
        self._offered, self._first = countries, frozenset(first)
        self._fill(code, tell=False)

    def code(self) -> str:
        """The code of the current country; '' where there is none."""
        item = self.list.currentItem()
        return str(item.data(CODE)) if item is not None else ""

    def go_to(self, code: str) -> None:
        """Make this country current, whatever was searched for."""
        self.search.clear()
        self._fill(code)

    def _fill(self, code: str, tell: bool = True) -> None:
        found = named_like(self.search.text())
        before = self.code()
        self.list.blockSignals(True)
        self.list.clear()
        for each, counts in self._offered:
            if each in found:
                self._add(each, counts)
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(CODE) == code]
        if self.list.count():
            self.list.setCurrentRow(rows[0] if rows else 0)
        self.list.blockSignals(False)
        self.nothing.setVisible(not self.list.count() and bool(self.search.text()))
        if tell and self.code() != before:
            self._tell()

    def _add(self, code: str, counts: Counts) -> None:
        item = QListWidgetItem(country_name(code))
        item.setData(CODE, code)
        item.setData(COUNT, format_number(counts.commitments) if counts.commitments else "")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, join_parts(country_name(code), *counts.words()))
        item.setToolTip(plain_tip(join_parts(*counts.words())))
        if code in self._first:
            font = self.list.font()
            font.setBold(True)
            item.setFont(font)
        self.list.addItem(item)

    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self._tell()

    def _tell(self) -> None:
        if self.code():
            self.chosen.emit(self.code())


class _CountryDelegate(QStyledItemDelegate):
    """Names with a number at the end of the line; the current one on a wash, as the pages of the side bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, theme.row_height(self.parent()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tones = theme.current()
        painter.save()
        here = wash(painter, option)
        self._write(painter, option, index, tones.accent if here else tones.text)
        painter.restore()

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, ink: str) -> None:
        room, direction = option.rect.adjusted(theme.SMALL, 0, -theme.SMALL, 0), option.direction
        count = index.data(COUNT)
        painter.setFont(theme.tabular(option.font))
        width = painter.fontMetrics().horizontalAdvance(count) + 1
        end = QRect(room.right() + 1 - width, room.top(), width, room.height())
        painter.setPen(theme.colour(theme.current().muted))
        painter.drawText(QStyle.visualRect(direction, room, end), int(Qt.AlignmentFlag.AlignCenter), count)
        font = index.data(Qt.ItemDataRole.FontRole) or option.font
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        name = room.adjusted(0, 0, -(width + theme.SMALL if count else 0), 0)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, name.width())
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        seen = QStyle.visualRect(direction, room, name)
        painter.drawText(seen, int(Qt.AlignmentFlag.AlignVCenter | side), text)
