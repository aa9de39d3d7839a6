"""How many there are of each kind, as buttons that narrow the list to it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.export.intake.wayback import Kind, Proposal
from desktop.i18n import _, captioned, format_number
from desktop.ui.accesskeys import unmarked
from desktop.ui.widgets.flow import FlowLayout


class KindFilter(QWidget):
    """Several may be chosen; none means all."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self)
        self._buttons: dict[Kind, QToolButton] = {}
        for kind in Kind:
            button = QToolButton(checkable=True, visible=False)
            button.setProperty("filter", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.toggled.connect(lambda _on: self.changed.emit())
            self._buttons[kind] = button
            row.addWidget(button)

    def show_counts(self, counts: Mapping[Kind, int]) -> None:
        """Show the kinds that there are; those that are chosen stay so while there are any."""
        self.blockSignals(True)
        for kind, button in self._buttons.items():
            count, title = counts.get(kind, 0), Proposal(kind, "").title
            button.setText(unmarked(captioned(title, format_number(count))))
            button.setAccessibleName(_("Only: {kind}").format(kind=button.text()))
            button.setVisible(count > 0)
            if not count:
                button.setChecked(False)
        self.blockSignals(False)

    def clear(self) -> None:
        """Choose none, which is all; nothing is told."""
        self.blockSignals(True)
        for button in self._buttons.values():
            button.setChecked(False)
        self.blockSignals(False)

    def chosen(self) -> frozenset[Kind]:
        """The kinds that are chosen."""
        return frozenset(kind for kind, button in self._buttons.items() if button.isChecked())

    def button(self, kind: Kind) -> QToolButton:
        """The button of a kind."""
        return self._buttons[kind]
