"""A date as text, with a calendar beside it: ISO, or anything that names the month; full-width digits too."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QLocale, QSize
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, Qt, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import _, first_weekday, language, parse_date, parse_fuzzy_date
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.widgets.popup import place_by
from desktop.ui.widgets.valueedit import ValueEdit


def _exact(text: str) -> str:
    return parse_date(text).isoformat()


_BESIDE = 46
"""What border, padding and button take of the width."""


class DateEdit(ValueEdit):
    """Values are `2026-11-21`; `fuzzy` allows `2026-11` and `2026` as well.

    Ctrl+; puts in today, which `today` tells: the post's day is not always the machine's. Alt+Down opens the
    calendar.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        fuzzy: bool = False,
        today: Callable[[], datetime.date] = datetime.date.today,
    ) -> None:
        super().__init__(parse_fuzzy_date if fuzzy else _exact, parent)
        self._today = today
        self._popup: _CalendarPopup | None = None
        self.setPlaceholderText(_("yyyy-mm-dd, or yyyy-mm, or yyyy") if fuzzy else _("yyyy-mm-dd"))
        keys = QKeySequence("Alt+Down").toString(QKeySequence.SequenceFormat.NativeText)
        self._open = QAction(icon("calendar", "muted"), _("Calendar ({keys})").format(keys=keys), self)
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self._open.setVisible(not read_only)

    def minimumSizeHint(self) -> QSize:
        """A whole day, and the button."""
        least = super().minimumSizeHint()
        day = self.fontMetrics().horizontalAdvance("0000-00-00")
        return QSize(max(least.width(), day + _BESIDE), least.height())

    def put_today(self) -> None:
        """Put in today and commit it."""
        self.take(self._today().isoformat())

    def open_calendar(self) -> None:
        """Show the calendar under the line, at the date that is typed, else at today."""
        if self._popup is None:
            self._popup = _CalendarPopup(self)
            self._popup.calendar.activated.connect(self._on_chosen)
            self._popup.calendar.clicked.connect(self._on_chosen)
        try:
            typed = (self._understood() or "").split("-")
        except ValueError:
            typed = [""]
        day = QDate(self._today())
        if typed[0]:
            day = QDate(*(int(part) for part in (*typed, "1", "1")[:3]))
        self._popup.show_at(self, day, QDate(self._today()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and (_is_today(event) or _is_open(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_today(event) and not self.isReadOnly():
            self.put_today()
        elif _is_open(event) and not self.isReadOnly():
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, day: QDate) -> None:
        self._popup.close()
        self.take(day.toString(Qt.DateFormat.ISODate))
        self.setFocus(Qt.FocusReason.PopupFocusReason)


def _is_today(event: QEvent) -> bool:
    """Ctrl+; where the semicolon needs Shift (Spanish, Portuguese) too."""
    if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Semicolon:
        return False
    return event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.ControlModifier


def _is_open(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Down
        and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    )


class _CalendarPopup(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popup", True)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        layout.addWidget(self.calendar)
        for name, drawing, words in (
            ("qt_calendar_prevmonth", "chevron-left", _("Previous month")),
            ("qt_calendar_nextmonth", "chevron-right", _("Next month")),
        ):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:  # a name inside Qt
                button.setIcon(icon(drawing))
                button.setAccessibleName(words)

    def show_at(self, line: QWidget, day: QDate, today: QDate) -> None:
        tones = theme.current()
        self.calendar.setLocale(QLocale(language()))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek(first_weekday() + 1))
        plain = QTextCharFormat()
        plain.setForeground(QColor(tones.muted))
        self.calendar.setHeaderTextFormat(plain)
        plain.setForeground(QColor(tones.text))
        for weekday in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(weekday, plain)
        marked = QTextCharFormat()
        marked.setForeground(QColor(tones.accent))
        marked.setFontWeight(700)
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        self.calendar.setDateTextFormat(today, marked)
        self.calendar.setSelectedDate(day)
        self.adjustSize()
        self.move(place_by(line, self))
        self.show()
        self.calendar.setFocus()
