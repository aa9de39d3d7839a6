"""The final versions of minutes: each with who made it and when, and why it was reopened; a button shows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _, captioned, format_datetime, format_number
from desktop.model import Person
from desktop.service import versions
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.versions import VersionDialog
from desktop.ui.editors import shown_text
from desktop.ui.minutes.keyed import Keyed
from desktop.ui.widgets.heading import Heading


class VersionsSection(QWidget):
    """The newest first; hidden where there is none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.meeting: Any = None
        self._rows = Keyed(self._make, VersionRow.show_version, theme.TIGHT)
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Heading(_("Versions"), 3))
        outer.addWidget(self._rows)

    def show_meeting(self, meeting: Any) -> None:
        """Show the versions of a meeting's minutes."""
        self.meeting = meeting
        found = versions.versions(meeting)
        self._rows.show_rows([(each.uid, each) for each in reversed(found)])
        self.setVisible(bool(found))

    def rows(self) -> list[VersionRow]:
        """The versions on show, the newest first."""
        return self._rows.widgets()

    def _make(self, _row: Any) -> QWidget:
        row = VersionRow(self.context)
        row.read.clicked.connect(lambda: VersionDialog(self.context, row.version, self.window()).show())
        return row


class VersionRow(QWidget):
    """One of them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.version: Any = None
        self._made, self._reopened = shown_text(), shown_text()
        self._reopened.setProperty("muted", True)
        self.read = QPushButton(_("Read…"))
        words = QVBoxLayout(spacing=0)
        words.addWidget(self._made)
        words.addWidget(self._reopened)
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(theme.SMALL, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self.read)
        self.setFocusProxy(self.read)

    def show_version(self, version: Any) -> None:
        """Show what is known of a version."""
        self.version = version
        number = _("Version {number}").format(number=format_number(version.number))
        self._made.setText(" · ".join([number, *self._acted(version.made_at, version.made_by_id)]))
        told = ""
        if version.reopened_at:
            acted = " · ".join(self._acted(version.reopened_at, version.reopened_by_id))
            told = _("Reopened {when}: {why}").format(when=acted, why=version.reopened_why)
        self._reopened.setText(told)
        self._reopened.setVisible(bool(told))
        self.read.setAccessibleName(captioned(_("Read"), number))

    def _acted(self, at: str, by: int | None) -> list[str]:
        when = format_datetime(self.context.workspace.local(at))
        return [when, *([Person.words_of(by)] if by else [])]
