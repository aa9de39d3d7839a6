"""Knows when there is something new to be reminded of.

Each minute it looks at the clock, and at nothing else: the workspace is read, on a worker, only after it was
written or when the list changes by itself (see `service.reminders`).
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from desktop.i18n import _
from desktop.service import reminders
from desktop.service.reminders import Due, Reminder
from desktop.ui import layout
from desktop.ui.announce import announce
from desktop.ui.apart import Apart, while_there
from desktop.ui.reminders import words
from desktop.ui.reminders.card import ReminderCard
from desktop.ui.reminders.tray import Tray

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

MINUTE_MS = 60_000
SETTLE_MS = 1000
"""Nothing is read sooner after a change, so that typing never waits for it."""


class Reminders(QObject):
    """One a window, begun when that stands; the card and the tray hang on it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._context = window, window.context
        workspace = self._context.workspace
        self.due = Due()
        self.reads = 0
        """How often the workspace was read."""
        self._told: set[tuple[str, str]] = set()
        self._stale, self._wanted, self._reading = True, False, False
        self.card = ReminderCard(workspace)
        layout.under_pages(window, self.card)
        self.card.open_requested.connect(self.open)
        self.card.report_requested.connect(self._report)
        self.card.snooze_requested.connect(self.snooze)
        wanted = self._context.settings.reminders != "none"
        self.tray = Tray(window) if wanted and QSystemTrayIcon.isSystemTrayAvailable() else None
        if self.tray is not None:
            self.tray.open_requested.connect(self.open)
            self.tray.list_requested.connect(self.show_all)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.look)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.look)
        self._context.changed.connect(self._on_changed)
        self._context.stopping.connect(self._stop)
        self._minute.start()
        self.look()

    def _stop(self) -> None:
        self._minute.stop()
        self._settle.stop()
        if self.tray is not None:
            self.tray.take_down()

    def _on_changed(self, _committed: Any) -> None:
        self._stale = True
        self._settle.start()

    # ---- looking

    def look(self) -> None:
        """Read anew where something may be otherwise than a minute ago; else only say how late it is."""
        workspace = self._context.workspace
        if self._context.settings.reminders == "none" and not self._wanted:
            return
        if not (self._stale or workspace.now() >= self.due.changes_at):
            self._tell(self.due)
            return
        if self._reading:
            self._stale = True
            return
        self._stale, self._reading = False, True
        self.reads += 1
        now, officer = workspace.now(), workspace.officer
        mine = self._context.settings.reminders != "all"

        def read() -> Due:
            with closing(workspace.engine.reader()) as connection:
                return reminders.due(Apart(workspace, connection), now, officer, mine=mine)

        self._context.work(read, while_there(self, self._on_read), while_there(self, self._on_failed))

    def _on_read(self, due: Due) -> None:
        self._reading = False
        if self._stale:  # something was saved meanwhile
            self._settle.start()
        self._tell(due)

    def _on_failed(self, sentence: str) -> None:
        self._reading = False
        self._context.problem.emit(sentence)

    def _tell(self, due: Due) -> None:
        """Bring card and tray up to date; what is new is shown, unless it is quiet."""
        self.due = due
        self.card.show_due(due)
        if self.tray is not None:
            self.tray.show_due(due)
        if self._wanted:
            self._wanted = False
            self._show()
            return
        if not due.rows:
            self.card.hide()
        if reminders.is_quiet(self._context.workspace, self._context.settings, due.day_off):
            return
        new = [row for row in due.rows if (row.kind, row.uid) not in self._told]
        self._told = {(row.kind, row.uid) for row in due.rows}
        if new:
            self.card.show()
            announce(self.card, self.card.accessibleName())
            if self.tray is not None and not self._window.isActiveWindow():
                self.tray.bubble(new)

    def show_all(self) -> None:
        """Somebody asks for them, whatever the hour."""
        self._wanted, self._stale = True, True
        self.look()

    def _show(self) -> None:
        if self.due.rows:
            self.card.show()
            self.card.rows[0].name.setFocus()
        else:
            self._context.said.emit(_("Nothing is overdue or due today, and no meeting is planned."), [])

    # ---- acting

    def _record(self, row: Reminder) -> Any:
        record = row.entity.get_or_none(row.entity.uid == row.uid)
        if record is None:
            self._context.problem.emit(_("{ref} was deleted.").format(ref=row.ref))
        return record

    def open(self, row: Reminder) -> None:
        """Lead to what a reminder is about."""
        record = self._record(row)
        if record is not None:
            self._context.record_requested.emit(record)

    def _report(self, row: Reminder) -> None:
        record = self._record(row)
        if record is not None:
            self._window.commands.run("report_progress", record)

    def snooze(self, rows: list[Reminder], until: Any) -> None:
        """Put these off."""
        context = self._context
        uids = [row.uid for row in rows]

        def act() -> bool:
            reminders.snooze(context.workspace, uids, until)
            return True

        if not context.attempt(act):
            return
        self._forget(set(uids))
        moment = words.until(context.workspace, until)
        context.said.emit(
            _("Put off until {moment}.").format(moment=moment), [(_("Undo"), lambda: self._wake(uids))]
        )

    def _wake(self, uids: list[str]) -> None:
        reminders.wake(self._context.workspace, uids)
        self._told -= {(kind, uid) for kind, uid in self._told if uid in uids}
        self._stale = True
        self.look()

    def _forget(self, uids: set[str]) -> None:
        """Take away at once what was put off, and read anew."""
        kept = tuple(row for row in self.due.rows if row.uid not in uids)
        counts = {
            kind: count - sum(row.kind == kind and row.uid in uids for row in self.due.rows)
            for kind, count in self.due.counts.items()
        }
        self._tell(Due(kept, counts, self.due.changes_at, self.due.day_off))
        self._stale = True
        self.look()


def show_reminders(window: MainWindow) -> None:
    """Show what there is to be reminded of, also where it is quiet."""
    begin(window).show_all()


def begin(window: MainWindow) -> Reminders:
    """The reminders of a window, begun where they are not yet."""
    return window.findChild(Reminders) or Reminders(window)
