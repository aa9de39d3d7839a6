"""What is asked, in passing, when a date that was agreed is moved: why, and who agreed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_date
from desktop.ui import theme
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.ground import Ground


class ExtensionStrip(Ground):
    """Stands under a date; both answers may stay empty. Leaving it is an answer too."""

    tone = "accent_soft"

    answered = Signal(str, str)
    """Reason and who agreed."""
    taken_back = Signal()
    closing = Signal()
    """It is about to go although the focus is in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.reason, self.agreed_by = QLineEdit(), QLineEdit()
        form = QFormLayout(rowWrapPolicy=QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(theme.TIGHT)
        for words, line in ((_("Reason"), self.reason), (_("Agreed by"), self.agreed_by)):
            form.addRow(words, line)
            line.setAccessibleName(words)
            line.returnPressed.connect(self.answer)
        self.save = QPushButton(_("Save the new date"))
        self.save.clicked.connect(self.answer)
        self.back = QPushButton(_("Keep the old one"))
        self.back.clicked.connect(self._take_back)
        buttons = FlowLayout(spacing=theme.SMALL)
        buttons.addWidget(self.save)
        buttons.addWidget(self.back)
        outer = QVBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        outer.addWidget(self._words)
        outer.addLayout(form)
        outer.addLayout(buttons)
        for part in self.stops():
            part.installEventFilter(self)
        self._asking = False
        self.hide()

    def ask(self, before: Any, after: Any) -> None:
        """Ask about a date that moves from one day to another, or to none."""
        if after:
            words = _("Moved from {before} to {after}. If you like, say why and who agreed.")
        else:
            words = _("The date {before} is taken away. If you like, say why and who agreed.")
        self._words.setText(
            words.format(before=format_date(before), after=format_date(after) if after else "")
        )
        self.setAccessibleName(self._words.text())
        if not self._asking:
            self.reason.clear()
            self.agreed_by.clear()
        self._asking = True
        self.show()
        # After the focus has arrived where Tab was leading it.
        QTimer.singleShot(0, self, lambda: self.reason.setFocus())

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.reason, self.agreed_by, self.save, self.back]

    def is_asking(self) -> bool:
        return self._asking

    def answer(self) -> None:
        """Take what stands there as the answer."""
        if self._asking:
            self.dismiss()
            self.answered.emit(self.reason.text(), self.agreed_by.text())

    def dismiss(self) -> None:
        """Ask no more."""
        self._asking = False
        if any(part.hasFocus() for part in self.stops()):
            self.closing.emit()  # else Qt looks for another place, and finds one anywhere
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and event.reason() != Qt.FocusReason.PopupFocusReason:
            QTimer.singleShot(0, self, self._on_left)
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._take_back()
            return True
        return super().eventFilter(watched, event)

    def _on_left(self) -> None:
        focus = self.window().focusWidget()
        if focus is None or not (focus is self or self.isAncestorOf(focus)):
            self.answer()

    def _take_back(self) -> None:
        if self._asking:
            self.dismiss()
            self.taken_back.emit()
