"""What is compared, in words, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import N_, _, captioned, format_date
from desktop.model import FrozenReport, field
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.reports import words
from desktop.ui.widgets.heading import Heading

BUTTONS = (
    ("compare", N_("Compare with…"), "history"),
    ("export", N_("Export…"), "export"),
    ("delete", N_("Delete"), "delete"),
)
SHARE = 0.45
"""Of the width, what the buttons may take for their words."""


class ReportHead(QWidget):
    """A heading with buttons beside it, the facts of the report, its note."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Heading("", 2)
        self.heading.setWordWrap(True)
        self.facts, self.note = QLabel(), QLabel()
        for label in (self.facts, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setProperty("muted", True)
        top = QHBoxLayout(spacing=theme.TIGHT)
        top.addWidget(self.heading, 1)
        self.buttons: dict[str, QToolButton] = {}
        for key, title, picture in BUTTONS:
            button = QToolButton(icon=icon(picture, "muted"), autoRaise=True)
            button.setText(_(title))
            button.setToolTip(_(title))
            button.setAccessibleName(_(title))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.buttons[key] = button
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(theme.WIDE, 0, theme.MEDIUM, 0)
        column.addLayout(top)
        column.addWidget(self.facts)
        column.addWidget(self.note)

    def show_report(self, workspace: Any, report: FrozenReport) -> None:
        """Tell of what changed since a report."""
        self.heading.setText(_("Since “{title}”").format(title=report.title))
        self.facts.setText(words.facts(workspace, report, words.layout_title(str(report.layout or ""))))
        self.note.setText(str(report.note or ""))
        self.note.setVisible(bool(report.note))
        self.buttons["delete"].setEnabled(True)

    def show_between(
        self, reports: Sequence[FrozenReport], since: str, until: str, audience: str, within: str = ""
    ) -> None:
        """Tell of what changed between two points: uids of reports, days, or ''; `within` says of which records."""
        titles = {each.uid: str(each.title) for each in reports}
        begin = (titles.get(since) or format_date(since)) if since else _("The beginning")
        end = (titles.get(until) or format_date(until)) if until else _("Now")
        self.heading.setText(_("{begin} – {end}").format(begin=begin, end=end))
        kind = field(FrozenReport, "audience")
        self.facts.setText(captioned(kind.title, kind.text(audience)))
        self.note.setText(within)
        self.note.setVisible(bool(within))
        self.buttons["delete"].setEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        styles = Qt.ToolButtonStyle
        for style in (styles.ToolButtonTextBesideIcon, styles.ToolButtonIconOnly):
            for button in self.buttons.values():
                button.setToolButtonStyle(style)
            if sum(button.sizeHint().width() for button in self.buttons.values()) < SHARE * self.width():
                return
