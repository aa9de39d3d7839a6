"""On a source: its text, to open, to take in or to replace; and how many passages it no longer has."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _, format_date, format_number, join_parts, ngettext
from desktop.service import passages
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.named import named
from desktop.ui.passages.lines import ElidedLabel
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.rag import Chip

OPENING = "desktop.ui.passages.opening"
"""Imported when a text is first opened: with all that reads files."""


class TextStrip(QWidget):
    """Shows how it stands with the text of the source that it is handed."""

    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.source: Any = None
        self.open = QPushButton(icon("source"), _("Open the text"))
        self.take = QPushButton()
        self.open.clicked.connect(lambda: self._run("open_text"))
        self.take.clicked.connect(lambda: self._run("choose_text"))
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.SMALL)
        flow.addWidget(self.open)
        flow.addWidget(self.take)
        self.words = ElidedLabel()
        self.words.setProperty("muted", True)
        self.lost = Chip()
        told = QHBoxLayout(spacing=theme.SMALL)
        told.addWidget(self.words, 1)
        told.addWidget(self.lost)
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(theme.TIGHT, 0, theme.SMALL, theme.TIGHT)
        column.addLayout(told)
        column.addWidget(buttons)

    def show_source(self, source: Any) -> None:
        """Show how it stands with the text of a source."""
        self.source = source
        edition = passages.newest(source)
        self.open.setVisible(edition is not None)
        lost = len(passages.lost(source)) if edition is not None else 0
        self.lost.setVisible(bool(lost))
        if edition is None:
            self.take.setText(_("Take in a text…"))
            self.words.setText(_("Its text is not in this workspace yet."))
            return
        self.take.setText(_("Replace by a newer edition…"))
        number = _("edition {number}").format(number=format_number(edition.number))
        self.words.setText(join_parts(edition.name, number, format_date(edition.added_on)))
        words = ngettext("{count} passage lost", "{count} passages lost", lost)
        self.lost.show_rag("amber", words.format(count=format_number(lost)))

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.open, self.take]

    def _run(self, verb: str) -> None:
        named(f"{OPENING}:{verb}")(self.context, self, self.source)
