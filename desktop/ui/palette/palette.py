"""The palette: a line and what it finds, over the upper middle of the window, which goes on working under it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.i18n import _, format_number, ngettext
from desktop.service.finding import Hit
from desktop.ui import theme
from desktop.ui.announce import announce
from desktop.ui.palette import entries
from desktop.ui.palette.delegate import EntryDelegate
from desktop.ui.palette.entries import Entry
from desktop.ui.palette.line import PaletteLine
from desktop.ui.palette.model import EntriesModel
from desktop.ui.palette.offers import Offers
from desktop.ui.palette.reading import Reading

WIDTH, HEIGHT = 720, 560
"""The most that it takes."""
SAID_MS = 600
"""After so long without a change a screen reader hears how many results there are."""
SHADOW = 10


class Palette(QWidget):
    """One of each window; shown by `begin`. It goes when the focus goes elsewhere."""

    entry_chosen = Signal(object, bool)
    """An `Entry`, and whether it is meant for a window of its own."""

    def __init__(self, window: Any, offers: Offers) -> None:
        super().__init__(window)
        self._window, self.offers = window, offers
        self._before: QWidget | None = None
        self._waiting: bool | None = None
        self.reading = Reading(window.context, self)
        self.reading.found.connect(self._on_found)
        self.line, self.model = PaletteLine(), EntriesModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._nothing = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._said = QTimer(self, singleShot=True, interval=SAID_MS, timeout=self._say_count)
        self._lay_out()
        self.line.typed.connect(self._on_typed)
        self.line.moved.connect(self._move)
        self.line.chosen.connect(self._choose)
        self.line.left.connect(self.end)
        self.list.clicked.connect(lambda _index: self._choose(False))
        QApplication.instance().focusChanged.connect(self._on_focus_changed)
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self.setAccessibleName(_("Search everywhere"))
        self.list.setAccessibleName(_("Results"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMouseTracking(True)
        self.list.viewport().setAutoFillBackground(False)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hints = QLabel(_("Enter opens · Ctrl+Enter in its own window · Esc closes"))
        for label in (self._count, self._nothing, hints):
            label.setProperty("muted", True)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(hints)
        inner = QVBoxLayout(self, spacing=theme.SMALL)
        edge = SHADOW + theme.SMALL
        inner.setContentsMargins(edge, edge, edge, edge)
        inner.addWidget(self.line)
        inner.addWidget(self._nothing, 1)
        inner.addWidget(self.list, 1)
        inner.addLayout(foot)

    # ---- coming and going

    def begin(self) -> None:
        """Show it, empty, with the keyboard in its line."""
        self.offers.refresh()
        if not self.isVisible():
            self._before = self._window.focusWidget()
        self._place()
        self.line.clear()
        self.model.show([])
        self._nothing.hide()
        self.list.show()
        self._count.clear()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._on_typed("")

    def end(self) -> None:
        """Hide it, and give the keyboard back to what had it."""
        before, self._before = self._before, None
        had = self.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() else True
        self._said.stop()
        self._waiting = None
        self.reading.close()
        self.hide()
        if had and before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room = self._window.rect()
        width = min(WIDTH + 2 * SHADOW, room.width() - 2 * theme.SMALL)
        height = min(HEIGHT + 2 * SHADOW, room.height() - 2 * theme.WIDE)
        top = max(theme.WIDE, (room.height() - height) // 3)
        self.setGeometry(QRect((room.width() - width) // 2, top, width, height))

    # ---- what is typed, and what is found

    def _on_typed(self, text: str) -> None:
        if text[:1] in entries.COMMAND_MARKS:
            self.reading.close()
            self._show(text, entries.of_offers(_("Commands"), self.offers.commands(), text[1:]))
        else:
            self.reading.ask(text)

    def _on_found(self, text: str, found: list[Hit]) -> None:
        if text != self.line.text():
            return
        pages = entries.of_offers(_("Pages"), self.offers.pages(), text)
        views = entries.of_offers(_("Saved views"), self.offers.views(), text)
        if text.strip():
            commands = entries.of_offers(_("Commands"), self.offers.commands(), text)
            self._show(text, entries.together(text, entries.of_records(found), pages, views, commands))
        else:
            self._show(text, [*entries.recent(found), *pages, *views])

    def _show(self, text: str, rows: list[Entry]) -> None:
        self.model.show(rows)
        first = self.model.next(-1, 1)
        if self.model.can_be_chosen(first):
            self.list.setCurrentIndex(self.model.index(first))
        self.list.scrollToTop()
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._nothing.setText(_("Nothing has “{text}” in it.").format(text=text.strip()) if not rows else "")
        count = sum(not row.heading for row in rows)
        words = ngettext("{count} result", "{count} results", count)
        self._count.setText(words.format(count=format_number(count)) if text.strip() else "")
        self._said.start()
        if self._waiting is not None:
            alone, self._waiting = self._waiting, None
            self._choose(alone)

    def _say_count(self) -> None:
        entry = self.current()
        first = entry.said() if entry is not None else self._nothing.text()
        announce(self.line, ". ".join(filter(None, (self._count.text(), first))))

    def current(self) -> Entry | None:
        """The row that Enter opens."""
        row = self.list.currentIndex().row()
        return self.model.entries[row] if self.model.can_be_chosen(row) else None

    def _move(self, rows: int) -> None:
        step = 1 if rows > 0 else -1
        row = self.list.currentIndex().row()
        for _time in range(abs(rows)):
            row = self.model.next(row, step)
        if not self.model.can_be_chosen(row):
            return
        self.list.setCurrentIndex(self.model.index(row))
        if self.model.next(row, -1) == row:
            self.list.scrollToTop()  # with its heading
        announce(self.line, self.model.entries[row].said())
        self._said.stop()

    def _choose(self, alone: bool) -> None:
        """Open the row; where what was typed is not answered yet, the first row of the answer."""
        if self.line.settle() or self.reading.waiting:
            self._waiting = alone
            return
        entry = self.current()
        if entry is not None:
            self.end()
            self.entry_chosen.emit(entry, alone)

    # ---- how it looks

    def paintEvent(self, _event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(Qt.GlobalColor.black) if tones.dark else theme.colour(tones.text).toRgb()
        for step in range(SHADOW):
            shade.setAlpha(3 + step if not tones.dark else 8 + 2 * step)
            painter.setBrush(shade)
            inset = step + 1
            painter.drawRoundedRect(
                self.rect().adjusted(inset, inset + 2, -inset, -inset),
                theme.RADIUS + SHADOW,
                theme.RADIUS + SHADOW,
            )
        painter.setBrush(theme.colour(tones.raised))
        painter.setPen(QPen(theme.colour(tones.edge), 1))
        inner = self.rect().adjusted(SHADOW, SHADOW, -SHADOW - 1, -SHADOW - 1)
        painter.drawRoundedRect(inner, theme.RADIUS, theme.RADIUS)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What is pressed here is not pressed in what lies under it; in the shadow it closes the palette."""
        inner = self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        if not inner.contains(event.position().toPoint()):
            self.end()
        event.accept()
