"""In the details of a record: the words that it comes from, each passage a click away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _, captioned
from desktop.service import passages
from desktop.ui import theme
from desktop.ui.named import named
from desktop.ui.passages.strip import OPENING
from desktop.ui.passages.words import shortened
from desktop.ui.widgets.ground import Ground
from desktop.ui.widgets.rag import Chip
from desktop.ui.widgets.tips import plain_tip

MOST = 280
"""Characters of a passage that are shown."""


class PassagesBlock(QWidget):
    """Hidden where a record comes from no passage."""

    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._shown: list[Any] = []
        self._rows = QVBoxLayout(self, spacing=theme.TIGHT)
        self._rows.setContentsMargins(0, theme.TIGHT, 0, theme.TIGHT)
        self.setAccessibleName(_("Passages"))
        self.hide()

    def show_record(self, record: Any) -> None:
        """Show the passages of a record."""
        found = passages.of(record)
        shown = [(each.uid, each.version) for each in found]
        if shown == self._shown:
            return
        self._shown = shown
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for quote in found:
            self._rows.addWidget(PassageCard(self.context, quote))
        self.setVisible(bool(found))

    def cards(self) -> list[PassageCard]:
        """The passages, in order."""
        return [self._rows.itemAt(place).widget() for place in range(self._rows.count())]


class PassageCard(Ground):
    """Its words, and the button that leads to them."""

    tone = "accent_soft"

    def __init__(self, context: Any, quote: Any) -> None:
        super().__init__()
        self.context, self.quote = context, quote
        words = QLabel(shortened(quote.quote, MOST), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        words.setToolTip(plain_tip(quote.quote))
        self.open = QPushButton(_("Show in the text"), flat=True)
        self.open.setAccessibleName(captioned(_("Show in the text"), shortened(quote.quote, 60)))
        self.open.clicked.connect(self._open)
        foot = QHBoxLayout(spacing=theme.SMALL)
        foot.addWidget(self.open)
        foot.addStretch(1)
        if quote.state == passages.LOST:
            foot.addWidget(Chip("amber", _("Lost")))
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(0, theme.SMALL, theme.MEDIUM, theme.TIGHT)
        words.setContentsMargins(theme.MEDIUM + 3, 0, 0, 0)  # as far in as those of the button
        column.addWidget(words)
        column.addLayout(foot)

    def _open(self) -> None:
        source = self.quote.edition.source
        named(f"{OPENING}:open_text")(self.context, self, source, None, self.quote)
