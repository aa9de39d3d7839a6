"""The two ends of a range of days, under the spans that a filter of dates offers by name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.i18n import _
from desktop.model import Invalid
from desktop.ui import theme
from desktop.ui.lists.spans import DateFilter
from desktop.ui.widgets.dateedit import DateEdit
from desktop.ui.widgets.problemline import ProblemLine


class Ends(QWidget):
    """The two ends of a range of days."""

    committed = Signal()

    def __init__(self, chosen_by: DateFilter) -> None:
        super().__init__()
        self._filter = chosen_by
        self._edits = []
        self._problem = ProblemLine()
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.TIGHT, theme.TIGHT, theme.TIGHT, 0)
        grid.setSpacing(theme.TIGHT)
        for row, text in enumerate((_("&From"), _("&To"))):
            edit, label = DateEdit(), QLabel(text)
            label.setBuddy(edit)
            edit.committed.connect(self._commit)
            edit.problem.connect(self._problem.say)
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
            self._edits.append(edit)
        grid.addWidget(self._problem, 2, 0, 1, 2)

    def show_ends(self, ends: Sequence[str | None]) -> None:
        """Show two days."""
        for edit, end in zip(self._edits, ends, strict=True):
            edit.set_value(end)
        self._problem.say("")

    def _commit(self) -> None:
        try:
            self._filter.between(*(edit.value() for edit in self._edits))
        except Invalid as error:
            self._problem.say(str(error))
            return
        self._problem.say("")
        self.committed.emit()
