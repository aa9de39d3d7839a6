"""A time of day as text: `14:30`; 1430, 14h30 and full-width digits are understood."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.i18n import _, format_time, parse_time
from desktop.ui.widgets.valueedit import ValueEdit


class TimeEdit(ValueEdit):
    """Values are `HH:MM` on the 24-hour clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda text: format_time(parse_time(text)), parent)
        self.setPlaceholderText(_("hh:mm"))
