"""A headed group of fields that can be folded."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.record.fieldrow import FieldRow

TITLES = {
    "details": N_("Details"),
    "people": N_("People"),
    "dates": N_("Dates"),
    "progress": N_("Progress"),
    "source": N_("Source"),
    "system": N_("System"),
}
"""Heading of each section, in their order in a form."""
LINES = 3
"""Lines of the grid that a field may take: label, field, and what is asked under it."""
UNHEADED = frozenset({"details"})
"""Sections that need no heading: the first of a form."""
FOLDED = frozenset({"system"})
"""Sections that are folded until somebody opens them."""


class Section(QWidget):
    """A heading, which folds and unfolds, over rows of label and editor."""

    folded = Signal(bool)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.rows: list[FieldRow] = []
        self.button = QToolButton(checkable=True, autoRaise=True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setText(_(TITLES.get(key, key)))
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.setIconSize(QSize(14, 14))
        self.button.setProperty("fold", True)
        self.body = QWidget()
        self.grid = QGridLayout(self.body)
        self.grid.setContentsMargins(theme.TIGHT, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme.SMALL)
        self.grid.setVerticalSpacing(theme.TIGHT)
        self.grid.setColumnStretch(1, 1)
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(0, 0, 0, theme.MEDIUM)
        outer.addWidget(self.button)
        outer.addWidget(self.body)
        self.button.toggled.connect(self._on_toggled)
        self.button.clicked.connect(lambda opened: self.folded.emit(not opened))
        self.button.setVisible(key not in UNHEADED)
        self.set_open(key not in FOLDED)
        self._dress()

    def add(self, row: FieldRow) -> None:
        """Add a field at the end."""
        place = LINES * len(self.rows)
        self.rows.append(row)
        if row.wide:
            self.grid.addWidget(row.head, place, 0, 1, 2)
            self.grid.addWidget(row.field, place + 1, 0, 1, 2)
        else:
            self.grid.addWidget(row.label, place, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(row.field, place, 1)

    def put_under(self, row: FieldRow, widget: QWidget) -> None:
        """Show something under a field, as wide as label and field together."""
        self.grid.addWidget(widget, LINES * self.rows.index(row) + LINES - 1, 0, 1, 2)

    def put_last(self, widget: QWidget) -> None:
        """Show something under all its fields."""
        self.grid.addWidget(widget, LINES * len(self.rows), 0, 1, 2)

    def set_open(self, opened: bool) -> None:
        """Unfold it, or fold it."""
        self.button.setChecked(opened)
        self._on_toggled(opened)

    def is_open(self) -> bool:
        return self.button.isChecked()

    def set_label_width(self, width: int) -> None:
        """How wide its column of labels is: the same in all sections of a form."""
        for row in self.rows:
            if not row.wide:
                row.label.setFixedWidth(width)

    def _on_toggled(self, opened: bool) -> None:
        self.body.setVisible(opened)
        self.button.setIcon(icon("chevron-down" if opened else "chevron-right", "muted"))
        self.button.setAccessibleDescription(_("Shown") if opened else _("Folded"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.button.setFont(theme.heading_font(self.font(), 3))
