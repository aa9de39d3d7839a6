"""The steps of the wizard at its side, that which is shown marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from desktop.i18n import _
from desktop.ui.intake.tracker.step import Step
from desktop.ui.widgets.pagelist import HERE, ICON, KEY, PageList


class StepList(PageList):
    """`chosen` tells the key of a step."""

    def __init__(self, steps: Sequence[Step], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Steps"))
        for number, step in enumerate(steps, 1):
            item = QListWidgetItem(f"{number}  {_(step.title)}")
            item.setData(KEY, step.key)
            item.setData(ICON, step.icon)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text())
            self.addItem(item)

    def mark(self, step: int) -> None:
        """This one is shown."""
        for number, item in enumerate(self.items()):
            item.setData(HERE, number == step)
        self.setCurrentRow(step)
