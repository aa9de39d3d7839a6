"""Under the fields of a dialog that writes for others: what they do not get, or that they may not see it at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.export.audience import refused
from desktop.export.leftout import LeftOut, left_out, left_out_of
from desktop.export.request import Request
from desktop.i18n import _
from desktop.model.visibility import INTERNAL, levels
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.audience import LeftOutLine
from desktop.ui.icons import icon
from desktop.ui.visibility.words import ICONS


class OthersLine(QWidget):
    """Told anew whenever something is shared or closed meanwhile."""

    counted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._audience, self._record = INTERNAL, None
        self._query: Any = None
        self.line = LeftOutLine(context)
        self.line.counted.connect(self.counted)
        self.shape = QLabel()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.share = QPushButton(_("Share…"), autoDefault=False)
        self.share.clicked.connect(self._share)
        self._refused = QWidget(visible=False)
        row = QHBoxLayout(self._refused, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.shape)
        row.addWidget(self.words, 1)
        row.addWidget(self.share)
        self.shape.setPixmap(icon(ICONS[INTERNAL], "muted").pixmap(self.fontMetrics().height()))
        column = QVBoxLayout(self, spacing=0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        column.addWidget(self._refused)
        context.changed.connect(self._on_changed)

    def tell(self, audience: str, record: Any = None, query: Any = None) -> None:
        """Say what an audience does not get of a record or of a list; without either, of everything."""
        self._audience, self._record, self._query = audience, record, query
        self._tell()

    def _on_changed(self, _committed: Any) -> None:
        if self.isVisible():
            self._tell()

    def refuses(self) -> str:
        """Why nothing can be written for them; '' where it can."""
        if self._record is None or self._audience == INTERNAL:
            return ""
        record = type(self._record).get_or_none(type(self._record).id == self._record.id)
        hidden = record is None or record.visibility not in levels(self._audience)
        return str(refused(self._record, self._audience)) if hidden else ""

    def _tell(self) -> None:
        why = self.refuses()
        self.words.setText(why)
        self._refused.setVisible(bool(why))
        self.line.show_for(INTERNAL if why else self._audience, self._counting())
        self.counted.emit()

    def _counting(self) -> Callable[[], LeftOut]:
        workspace, audience, record, query = (
            self.context.workspace,
            self._audience,
            self._record,
            self._query,
        )
        if record is not None:
            return lambda: left_out_of(workspace, [record], audience)
        return lambda: left_out(workspace, Request(audience=audience, only=query))

    def _share(self) -> None:
        from desktop.ui.visibility.share import share_these

        dialog = self.window()
        share_these(dialog.parent() or dialog, [self._record])
