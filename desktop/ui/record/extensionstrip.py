"""What is asked when a date that was agreed is moved: why, and who agreed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from desktop.i18n import _, format_date
from desktop.ui import theme
from desktop.ui.record.strip import Strip


class ExtensionStrip(Strip):
    """Stands under a date. Who agreed may stay empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Save the new date"), _("Keep the old one"), parent)
        self.reason, self.agreed_by = QLineEdit(), QLineEdit()
        form = QFormLayout(rowWrapPolicy=QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(theme.TIGHT)
        for words, line in ((_("Reason"), self.reason), (_("Agreed by"), self.agreed_by)):
            form.addRow(words, line)
            line.setAccessibleName(words)
            line.returnPressed.connect(self.answer)
        self.body.addLayout(form)
        self.watch()

    def ask(self, before: Any, after: Any) -> None:
        """Ask about a date that moves from one day to another, or to none."""
        if after:
            words = _("Moved from {before} to {after}. Say why, and who agreed.")
        else:
            words = _("The date {before} is taken away. Say why, and who agreed.")
        self.begin(words.format(before=format_date(before), after=format_date(after) if after else ""))

    def fields(self) -> list[QWidget]:
        return [self.reason, self.agreed_by]

    def problem_with(self) -> str:
        return "" if self.reason.text().strip() else _("Say why the date is moved.")

    def clear(self) -> None:
        self.reason.clear()
        self.agreed_by.clear()

    def why(self) -> dict[str, str]:
        """The answer."""
        return {"reason": self.reason.text(), "agreed_by": self.agreed_by.text()}
