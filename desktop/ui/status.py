"""The line at the foot of the window: how many, how many selected; when it was saved, in which file, backed up."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar

from desktop.i18n import _, format_date, format_datetime, format_time
from desktop.model import Operation
from desktop.model.dates import instant
from desktop.store import backup
from desktop.ui.context import Context
from desktop.ui.passages.lines import ElidedLabel
from desktop.ui.widgets.tips import plain_tip


class StatusLine(QStatusBar):
    """Left what is looked at, right where it is kept."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setSizeGripEnabled(False)
        self._shown = ElidedLabel()  # what is kept, and where, stands beside it whole
        self._kept = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.addWidget(self._shown, 1)
        self.addPermanentWidget(self._kept)
        context.changed.connect(self.show_kept)

    def say(self, words: str) -> None:
        """Tell what is looked at."""
        self._shown.setText(words)

    def show_kept(self, _committed: Any = None) -> None:
        """Tell when the workspace was last written, its file, and whether there is a backup of the last day."""
        workspace = self.context.workspace
        path = workspace.engine.path
        last = Operation.select(Operation.at).order_by(Operation.id.desc()).tuples().first()
        parts = []
        if last:
            at = instant(last[0]).astimezone(ZoneInfo(workspace.facts.zone))
            today = at.date().isoformat() == workspace.today()
            parts.append(_("Saved {time}").format(time=format_time(at) if today else format_datetime(at)))
        parts.append(path.name)
        last_backup = backup.last(path)
        if last_backup is not None:
            day = last_backup.at.astimezone(ZoneInfo(workspace.facts.zone)).date()
            late = _("last backup {day}").format(day=format_date(day))
            parts.append(late if backup.due(workspace.engine) else _("backup ✓"))
        self._kept.setText("  ·  ".join(parts))
        self._kept.setToolTip(plain_tip(str(path)))
